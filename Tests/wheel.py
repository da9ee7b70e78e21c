"""What the wheel brings works where there is nothing beside it: no NumPy, no PyArrow, no compiler."""

import subprocess
import sys
import tempfile
from pathlib import Path

import dedup

STORY = "The port of Marrowick reopened on Monday after a strike of nine days"
clusters = dedup.cluster([STORY, STORY.upper(), "It rained."])
assert clusters.documents["event"] == [0, 0, 2]
assert dedup.drop_duplicates([{"text": STORY}, {"text": STORY}]) == [{"text": STORY}]
assert dedup.compare(STORY, STORY).jaccard == 1
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "in.jsonl")
    path.write_text('{"text": "a b c d e f"}\n' * 2)
    kept = subprocess.run([sys.argv[1], "filter", str(path), "-q"], capture_output=True, text=True, check=True)
    assert kept.stdout == '{"text": "a b c d e f"}\n'
    Path(folder, "in.parquet").write_bytes(b"")
    told = subprocess.run([sys.argv[1], "filter", f"{folder}/in.parquet", "-o", f"{folder}/o.parquet"], capture_output=True, text=True)
    assert told.returncode == 69 and "pip install 'newsdedup[parquet]'" in told.stderr, told
print(f"dedup {dedup.__version__}: the wheel works by itself")
