#!/usr/bin/env python3
"""Measure the Python package: against the command, in somebody's process, on Parquet.

    python.py DEDUP CORPUS.jsonl

Needs the package, pyarrow and what `make python` links; of rivals what Benchmarks/requirements.txt has. Each run is a process of its own; CPU is user and system, of
five runs in turn the median.
"""

import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND, CORPUS = map(os.path.abspath, sys.argv[1:3])
ROUNDS = int(os.environ.get("ROUNDS", "5"))
LOAD = "import time, resource, sys, os, signal, threading, pyarrow as pa, pyarrow.ipc as ipc; import dedup; "
TABLE = "table = ipc.open_file(pa.memory_map('in.arrow')).read_all(); "
#: The same in memory, read before.
LOADED = "table = ipc.open_file(pa.OSFile('in.arrow')).read_all(); "
CPU = "cpu = lambda: sum(os.times()[:2]); anonymous = lambda: int([l for l in open('/proc/self/status') if l.startswith('RssAnon')][0].split()[1]); "


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", LOAD + CPU + code], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def cpu(command: list[str]) -> float:
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def medians(**runs) -> dict[str, float]:
    """Of each the median, the runs in turn."""
    found = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            found[name].append(run())
    return {name: statistics.median(values) for name, values in found.items()}


def against_the_command() -> None:
    cluster = "before = cpu(); c = dedup.cluster(table, level='near', threads=1); print(cpu() - before)"
    found = medians(
        command=lambda: cpu([COMMAND, "cluster", CORPUS, "--level", "near", "--threads", "1", "-q", "-o", "out.jsonl"]),
        python=lambda: float(python(LOADED + cluster)),
    )
    print(f"near, one thread: command on JSON Lines {found['command']:.2f} CPU s, cluster of a table {found['python']:.2f}:"
          f" {found['python'] / found['command']:.2f}")  # fmt: skip


def memory() -> None:
    for level in ("near", "event"):
        told = python(
            TABLE + "before = anonymous(); c = dedup.cluster(table, level='%s'); "
            "told = {l.split(':')[0]: int(l.split()[1]) for l in open('/proc/self/status') if ' kB' in l}; "
            "print((told['VmHWM'] - told['RssFile'] - before) >> 10)" % level)  # fmt: skip
        print(f"{level}: {told.strip()} MB at the peak beyond the table")


def import_time() -> None:
    found = medians(
        bare=lambda: wall([sys.executable, "-c", "pass"]), dedup=lambda: wall([sys.executable, "-c", "import dedup"]))  # fmt: skip
    print(f"import: {1000 * (found['dedup'] - found['bare']):.0f} ms")


def wall(command: list[str]) -> float:
    before = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - before


def other_threads() -> None:
    told = python(TABLE + """
count, done = 0, False
def work():
    global count
    while not done: count += 1
def speed(seconds, body):
    global count
    before, start = count, time.perf_counter()
    body()
    return (count - before) / (time.perf_counter() - start)
thread = threading.Thread(target=work, daemon=True); thread.start()
alone = speed(1, lambda: time.sleep(1))
beside = speed(0, lambda: [dedup.cluster(table, level='near', threads=1) for _ in range(3)])
done = True
print(beside / alone)""")
    print(f"another thread of Python beside a call of one thread: {float(told):.0%} of its speed alone")


def interrupts() -> None:
    told = python(TABLE + """
import random
r, start = random.Random(1), time.perf_counter(); dedup.cluster(table); whole = time.perf_counter() - start
found = []
for _ in range(20):
    sent = []
    def kill(): sent.append(time.perf_counter()); os.kill(os.getpid(), signal.SIGINT)
    timer = threading.Timer(r.random() * whole * .9, kill)
    try:
        timer.start(); dedup.cluster(table); time.sleep(whole)
    except KeyboardInterrupt: found.append(time.perf_counter() - sent[0])
    timer.join()
found.sort()
print(found[len(found) // 2], found[-1])""")
    middle, most = map(float, told.split())
    print(f"Ctrl-C at 20 random moments, level event: {1000 * middle:.0f} ms in the middle, {1000 * most:.0f} at most")


def parquet() -> None:
    copy = ("import pyarrow.parquet as pq, os\nfile = pq.ParquetFile('in.parquet', pre_buffer=False, memory_map=True)\n"
            "with pq.ParquetWriter('copy.parquet', file.schema_arrow, compression='snappy') as writer:\n"
            "    for group in range(file.num_row_groups): writer.write_table(file.read_row_group(group, use_threads=False))")  # fmt: skip
    filter = [sys.executable, "-m", "dedup.command", "filter", "in.parquet", "-o", "out.parquet", "-q", "--threads", "1"]
    near = "before = cpu(); dedup.keep(table, threads=1, id=None); print(cpu() - before)"
    found = medians(
        filter=lambda: cpu(filter), copy=lambda: cpu([sys.executable, "-c", copy]), near=lambda: float(python(LOADED + near)))  # fmt: skip
    print(f"Parquet filter {found['filter']:.2f} CPU s; PyArrow alone reads and writes in {found['copy']:.2f}; "
          f"what is beyond, {found['filter'] - found['copy']:.2f}; level near of a table {found['near']:.2f}")  # fmt: skip


RIVALS = """
sys.path.insert(0, %r); sys.argv = ['', '', '']
import numpy as np
from common import BATCH, SHINGLE, SLOTS, band_edges, components, shingle_hashes
table = table.select(['text'])
def rensa():
    from rensa import RMinHash
    sketches = []
    for at in range(0, table.num_rows, BATCH):
        hashes, offsets = shingle_hashes([text or '' for text in table['text'].slice(at, BATCH).to_pylist()])
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets.astype(np.uint64), SLOTS, 42)
        sketches.append(np.array(matrix.to_rows(), np.uint32))
    return np.concatenate(sketches)
def daft():
    import daft
    from daft.functions import lower, minhash
    daft.set_runner_native()
    text = lower(daft.col('text').fill_null(''))
    found = daft.from_arrow(table).select(minhash(
        text, num_hashes=SLOTS, ngram_size=SHINGLE, seed=1, hash_function='xxhash3_64').alias('sketch')).to_arrow()
    return np.concatenate([chunk.flatten().to_numpy().reshape(-1, SLOTS) for chunk in found['sketch'].chunks])
before = cpu(); signatures = %s(); components(len(signatures), list(band_edges(signatures))); print(cpu() - before)
"""


def rivals() -> None:
    """Those whose wheels run, as the scripts of `rivals` use them, of the same table."""
    ours = "before = cpu(); dedup.cluster(table, level='near'); print(cpu() - before)"
    runs = {"dedup": LOADED + ours}
    for name in ("rensa", "daft"):
        if importlib.util.find_spec(name):
            runs[name] = LOADED + RIVALS % (str(Path(__file__).resolve().parent / "rivals"), name)
    found = medians(**{name: lambda code=code: float(python(code)) for name, code in runs.items()})
    print("near, from Python: " + ", ".join(f"{name} {seconds:.2f} CPU s" for name, seconds in found.items()))


def main() -> None:
    import pyarrow.ipc
    import pyarrow.json
    import pyarrow.parquet

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        table = pyarrow.json.read_json(CORPUS)
        pyarrow.parquet.write_table(table, "in.parquet", row_group_size=10_000)
        with pyarrow.ipc.new_file("in.arrow", table.schema) as writer:
            writer.write_table(table)
        print(f"{Path(CORPUS).name}: {table.num_rows:,} rows, {table.nbytes >> 20} MB; {os.cpu_count()} cores")
        del table
        for measure in (against_the_command, memory, import_time, other_threads, interrupts, parquet, rivals):
            measure()


if __name__ == "__main__":
    main()
