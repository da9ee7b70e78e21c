"""datasketch in memory as an index: history inserted, the last day asked for. Candidates only, nothing is verified.

usage: index_datasketch.py INPUT.jsonl DAY
"""

import resource
import sys
import time

import numpy as np
from common import SLOTS, THRESHOLD, batches, shingle_hashes
from datasketch import MinHash, MinHashLSH

source, day = sys.argv[1], int(sys.argv[2])
index = MinHashLSH(threshold=THRESHOLD, num_perm=SLOTS)
empty = MinHash(num_perm=SLOTS, hashfunc=lambda value: value)
sketches = []
start = time.process_time()
for _, texts in batches(source):
    hashes, offsets = shingle_hashes(texts)
    narrow = (hashes >> np.uint64(32)).astype(np.uint32)
    for first, end in zip(offsets[:-1], offsets[1:]):
        sketch = empty.copy()
        sketch.update_batch(narrow[first:end])
        sketches.append(sketch)
made = time.process_time() - start
start = time.process_time()
for row, sketch in enumerate(sketches[:-day]):
    index.insert(row, sketch, check_duplication=False)
inserted = time.process_time() - start
start = time.process_time()
found = sum(bool(index.query(sketch)) for sketch in sketches[-day:])
asked = time.process_time() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
count = len(sketches)
print(f"datasketch: sketch {1e6 * made / count:.0f} µs a document, insert {1e6 * inserted / (count - day):.0f} µs, query "
      f"{1e6 * asked / day:.0f} µs; {memory:.0f} MB for {count} documents; {found} of {day} have a candidate")
