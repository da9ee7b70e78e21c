"""datasketch as an index, in memory or in Redis: history inserted, the last day asked for. Candidates only, nothing is
verified.

usage: index_datasketch.py INPUT.jsonl DAY [redis]

Redis is started for the run, on a socket of its own, and does not write to disk; its CPU is counted.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from common import SLOTS, THRESHOLD, batches, shingle_hashes
from datasketch import MinHash, MinHashLSH

#: Documents that are inserted by one round trip.
AT_ONCE = 5000


def sketched(source: str) -> tuple[list[MinHash], float]:
    """Of all documents, and the CPU seconds that it took."""
    empty, sketches, start = MinHash(num_perm=SLOTS, hashfunc=lambda value: value), [], time.process_time()
    for _, texts in batches(source):
        hashes, offsets = shingle_hashes(texts)
        narrow = (hashes >> np.uint64(32)).astype(np.uint32)
        for first, end in zip(offsets[:-1], offsets[1:]):
            sketches.append(empty.copy())
            sketches[-1].update_batch(narrow[first:end])
    return sketches, time.process_time() - start


class Server:
    """Redis, with the CPU and the memory that it takes."""

    def __init__(self):
        import redis

        self.folder = tempfile.TemporaryDirectory(prefix="dedup-redis-")
        self.socket = str(Path(self.folder.name, "socket"))
        self.process = subprocess.Popen(["redis-server", "--port", "0", "--unixsocket", self.socket, "--save", ""],
                                        stdout=subprocess.DEVNULL)
        while not Path(self.socket).exists():
            time.sleep(.05)
        self.client = redis.Redis(unix_socket_path=self.socket)
        self.storage = {"type": "redis", "basename": b"lsh", "redis": {"unix_socket_path": self.socket}}

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    def cpu(self) -> float:
        used = self.client.info("cpu")
        return used["used_cpu_user"] + used["used_cpu_sys"]

    def memory(self) -> float:
        return self.client.info("memory")["used_memory"] / 1e6


def main() -> None:
    server = Server() if sys.argv[3:] else None
    try:
        measure(sys.argv[1], int(sys.argv[2]), server)
    finally:
        if server:
            server.close()


def measure(source: str, day: int, server: Server | None) -> None:
    index = MinHashLSH(threshold=THRESHOLD, num_perm=SLOTS, **({"storage_config": server.storage} if server else {}))
    sketches, made = sketched(source)
    history, asked_for, count = sketches[:-day], sketches[-day:], len(sketches)

    def cpu() -> float:
        return time.process_time() + (server.cpu() if server else 0)

    start = cpu()
    if server:
        with index.insertion_session(buffer_size=AT_ONCE) as session:
            for row, sketch in enumerate(history):
                session.insert(row, sketch, check_duplication=False)
    else:
        for row, sketch in enumerate(history):
            index.insert(row, sketch, check_duplication=False)
    inserted = cpu() - start
    start = cpu()
    found = sum(bool(index.query(sketch)) for sketch in asked_for)
    asked = cpu() - start
    memory = server.memory() if server else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"datasketch{' in Redis' if server else ''}: sketch {1e6 * made / count:.0f} µs a document, insert "
          f"{1e6 * inserted / len(history):.0f} µs, query {1e6 * asked / day:.0f} µs; {memory:.0f} MB for {count} "
          f"documents; {found} of {day} have a candidate")


if __name__ == "__main__":
    main()
