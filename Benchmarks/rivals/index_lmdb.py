"""The floor of a B-tree as an index: 25 random band keys a document put in sorted batches, those of a day asked for.

usage: index_lmdb.py DOCUMENTS DAY
"""

import os
import random
import struct
import tempfile
import time

import lmdb
import sys

count, day, bands, batch = int(sys.argv[1]), int(sys.argv[2]), 25, 20_000
choice = random.Random(1)
folder = tempfile.mkdtemp(prefix="dedup-lmdb-")
store = lmdb.open(folder, map_size=1 << 36, sync=False, max_dbs=1)
table = store.open_db(b"bands", dupsort=True, dupfixed=True)
took = 0.0
for first in range(0, count, batch):
    rows = [(struct.pack(">BI", band, choice.getrandbits(32)), struct.pack("<I", document))
            for document in range(first, min(count, first + batch)) for band in range(bands)]
    start = time.process_time()
    rows.sort()
    with store.begin(write=True) as transaction:
        transaction.cursor(table).putmulti(rows)
    took += time.process_time() - start
keys = sorted(struct.pack(">BI", band, choice.getrandbits(32)) for _ in range(day) for band in range(bands))
start = time.process_time()
with store.begin() as transaction:
    cursor = transaction.cursor(table)
    for key in keys:
        cursor.set_key(key)
asked = time.process_time() - start
size = os.stat(f"{folder}/data.mdb").st_blocks * 512
print(f"LMDB: {1e6 * took / count:.0f} µs a document put, {1e6 * asked / day:.0f} µs looked up, {size // count} bytes each")
