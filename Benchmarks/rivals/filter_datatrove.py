"""datatrove: its four stages of MinHash on one worker, from JSON Lines to JSON Lines, of which the ids are then written."""

import glob
import json
import sys
import tempfile
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

BANDS = 16
source, target = Path(sys.argv[1]).resolve(), sys.argv[2]
config = MinhashConfig(n_grams=5, num_buckets=BANDS, hashes_per_bucket=8)
with tempfile.TemporaryDirectory() as folder:
    def reader():
        return JsonlReader(str(source.parent), glob_pattern=source.name)
    stages = [
        (1, [reader(), MinhashDedupSignature(f"{folder}/signatures", config=config)]),
        (BANDS, [MinhashDedupBuckets(f"{folder}/signatures", f"{folder}/buckets", config=config)]),
        (1, [MinhashDedupCluster(f"{folder}/buckets", f"{folder}/removed", config=config)]),
        (1, [reader(), MinhashDedupFilter(f"{folder}/removed"), JsonlWriter(f"{folder}/kept", compression=None)]),
    ]
    for number, (tasks, pipeline) in enumerate(stages):
        LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=f"{folder}/log{number}").run()
    with open(target, "w") as kept:
        for file in glob.glob(f"{folder}/kept/*.jsonl"):
            kept.writelines(json.loads(line)["id"] + "\n" for line in open(file))
