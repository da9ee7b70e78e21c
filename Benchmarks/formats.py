"""Times `dedup cluster --level near` on one dump in several formats: wall clock beside the decompressor's own and that of the
plain file, and CPU. Rounds are taken in turn, medians told.

usage: python3 Benchmarks/formats.py DUMP.jsonl [DEDUP] [ROUNDS]
"""

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

COMPRESSORS = {"gz": ["gzip", "-k", "-c"], "zst": ["zstd", "-q", "-c"], "xz": ["xz", "-1", "-c"], "lz4": ["lz4", "-q", "-c"]}
READERS = {"gz": "zcat", "zst": "zstdcat", "xz": "xzcat", "lz4": "lz4cat"}


def seconds(command):
    """Of wall clock and of CPU."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def as_table(dump, path):
    with open(dump, encoding="utf-8") as lines, open(path, "w", newline="", encoding="utf-8") as out:
        writer = None
        for line in lines:
            record = json.loads(line)
            writer = writer or csv.DictWriter(out, list(record), extrasaction="ignore")
            if out.tell() == 0:
                writer.writeheader()
            writer.writerow(record)


def main():
    dump = sys.argv[1]
    tool = sys.argv[2] if len(sys.argv) > 2 else ".build/release/dedup"
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        work = lambda path: [tool, "cluster", path, "--level", "near", "-q", "-o", f"{folder}/out.jsonl"]
        commands = {"plain": work(dump)}
        as_table(dump, f"{folder}/dump.csv")
        commands["csv"] = work(f"{folder}/dump.csv")
        for name, compressor in COMPRESSORS.items():
            path = f"{folder}/dump.jsonl.{name}"
            with open(path, "wb") as out:
                subprocess.run([*compressor, dump], check=True, stdout=out)
            commands[name] = work(path)
            commands[READERS[name]] = [READERS[name], path]
        taken = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                taken[name].append(seconds(command))
        wall = {name: statistics.median(time[0] for time in times) for name, times in taken.items()}
        cpu = {name: statistics.median(time[1] for time in times) for name, times in taken.items()}
        print("| input | wall s | CPU s | decompressor alone: wall, CPU s | throughput beside the slower of it and plain | CPU beside both |")
        print("|---|---|---|---|---|---|")
        for name in ["plain", "csv", *COMPRESSORS]:
            reader = READERS.get(name)
            alone, work_alone = wall.get(reader, 0), cpu.get(reader, 0)
            print(
                f"| {name} | {wall[name]:.2f} | {cpu[name]:.2f} | {alone:.2f}, {work_alone:.2f} "
                f"| {max(alone, wall['plain']) / wall[name]:.2f} | {cpu[name] / (cpu['plain'] + work_alone):.2f} |")


main()
