"""text-dedup's script for Spark, on Parquet files: rows kept, and CPU seconds of all processes.

    spark_text_dedup.py IN.parquet ROOT

Its connected components come from a jar of GraphFrames, which is no Python package; here they are found on the driver,
which costs less; and the thousands of partitions that it asks for, with which it does not end here, are eight. The rest is
run as it is.
"""

import importlib.util
import json
import os
import re
import sys
import types
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.spark import tree  # noqa: E402


class GraphFrame:
    def __init__(self, vertices, edges) -> None:
        self.edges = edges

    def connectedComponents(self):  # noqa: N802
        parents: dict[int, int] = {}

        def find(at: int) -> int:
            while parents.setdefault(at, at) != at:
                parents[at] = at = parents[parents[at]]
            return at

        for a, b in self.edges.toPandas().itertuples(index=False):
            a, b = sorted((find(a), find(b)))
            parents[b] = a
        rows = [(at, find(at)) for at in list(parents)]
        return self.edges.sparkSession.createDataFrame(rows, "id long, component long")


source, root = sys.argv[1:]
sys.modules["graphframes"] = types.SimpleNamespace(GraphFrame=GraphFrame)
os.environ["PYSPARK_SUBMIT_ARGS"] = "--master local[2] --driver-memory 4g --conf spark.ui.enabled=false pyspark-shell"
sys.argv = ["minhash_spark.py", "--input", source, "--output", f"{root}/kept", "--checkpoint_dir", f"{root}/points",
            "--column", "text", "--num_perm", "128", "--b", "25", "--r", "5"]  # fmt: skip
script = Path(importlib.util.find_spec("text_dedup.minhash_spark").origin).read_text()
exec(compile(re.sub(r"\b(8192|4096|100)\b", "8", script), "minhash_spark", "exec"))
print(json.dumps({"kept": FINAL_SIZE, "cpu": sum(tree().values())}))  # noqa: F821
