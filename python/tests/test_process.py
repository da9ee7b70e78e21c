"""Threads, forks, Ctrl-C, memory: a guest in somebody's process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from support import WORDS, texts

import dedup


def threads(expected: int = 0) -> int:
    """Those of the process; one that has just ended its work is given a moment to go."""
    for _ in range(100):
        count = len(os.listdir("/proc/self/task"))
        if count <= expected or not expected:
            break
        time.sleep(0.01)
    return count


def many(count: int) -> list[str]:
    import random

    r = random.Random(5)
    return [" ".join(r.choices(WORDS, k=200)) + str(n % 7) for n in range(count)]


def script(body: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(body)], capture_output=True, text=True, timeout=120,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])} | environment)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_thread_outlives_a_call() -> None:
    before = threads()
    dedup.cluster(many(300), threads=8)
    assert threads(before) <= before


def test_hundred_forks() -> None:
    """Before, after and during a call: every child works and ends."""
    assert script("""
        import os, threading, dedup, test_process
        story = test_process.many(40)
        expected = dedup.cluster(story).documents["event"]
        stop = threading.Event()
        def busy():
            while not stop.is_set(): dedup.cluster(story, threads=4)
        others = [threading.Thread(target=busy) for _ in range(2)]
        for number in range(100):
            if number == 30:
                for other in others: other.start()
            child = os.fork()
            if child == 0:
                os._exit(0 if dedup.cluster(story, threads=2).documents["event"] == expected else 1)
            assert os.waitpid(child, 0)[1] == 0
            if number == 70:
                stop.set()
                for other in others: other.join()
        print("done")
    """) == "done\n"


def kept(story: list[str]) -> list[bool]:
    found: list[bool] = dedup.keep(story)
    return found


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing(method: str) -> None:
    story = many(20)
    expected = kept(story)
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(kept, [story] * 6) == [expected] * 6


@pytest.mark.parametrize("after", [0.0, 0.05, 0.2, 0.5, 1.0])
def test_interrupt_ends_a_run_and_leaves_nothing(after: float) -> None:
    story = many(40_000)
    before = threads()
    timer = threading.Timer(after, os.kill, [os.getpid(), signal.SIGINT])
    with pytest.raises(KeyboardInterrupt):
        timer.start()
        for _ in range(20):
            dedup.cluster(story)
    timer.join()
    assert threads(before) <= before
    assert dedup.cluster(story[:2]).documents["exact"] == [0, 1]


def test_progress_is_told_and_may_end_a_run() -> None:
    told: list[tuple[str, int, int | None]] = []
    story = many(40_000)
    dedup.cluster(story, progress=lambda *one: told.append(one))
    assert told and all(total is None or done <= total for _, done, total in told)

    class Enough(Exception):
        pass

    def stop(*_: Any) -> None:
        raise Enough

    before = threads()
    with pytest.raises(Enough):
        dedup.cluster(story, progress=stop)
    assert threads(before) <= before


def test_other_threads_go_on() -> None:
    count = 0
    done = threading.Event()

    def work() -> None:
        nonlocal count
        while not done.is_set():
            count += 1

    other = threading.Thread(target=work)
    other.start()
    before = count
    dedup.cluster(many(2000), threads=1)
    done.set()
    other.join()
    assert count > before


def test_side_by_side() -> None:
    import random

    expected = [dedup.cluster(texts(random.Random(seed), 50)).documents.to_pydict() for seed in range(8)]
    found: list[Any] = [None] * 8

    def work(seed: int) -> None:
        found[seed] = dedup.cluster(texts(random.Random(seed), 50)).documents.to_pydict()

    workers = [threading.Thread(target=work, args=[seed]) for seed in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == expected


def test_thousand_calls_leave_memory_flat() -> None:
    """In a process of its own: what other tests and their threads leave to the allocators would be counted here."""
    grown = script("""
        import os, dedup, test_process
        story = test_process.many(30)
        def resident():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
        def calls(count):
            for _ in range(count):
                clusters = dedup.cluster(story, pairs=True)
                clusters.documents.to_pydict()
                clusters.pairs.to_pydict()
        calls(200)
        before = resident()
        calls(1000)
        print(resident() - before)
    """)
    assert int(grown) < 4 << 20


def test_a_result_alive_at_the_end_of_the_process() -> None:
    assert script("""
        import dedup
        clusters = dedup.cluster(["a few words"] * 3)
        table, capsule = clusters.events, clusters.__arrow_c_stream__()
        import atexit
        atexit.register(lambda: print(len(clusters.documents)))
    """) == "3\n"


def test_imports_nothing_that_it_does_not_need() -> None:
    assert script("""
        import sys, dedup
        dedup.cluster(["a", "b"]).documents.to_pydict()
        print(sorted({"numpy", "pandas", "pyarrow", "polars"} & set(sys.modules)))
    """) == "[]\n"


def test_time_of_the_waiting_thread() -> None:
    """It sleeps while a call runs."""
    before, start = time.thread_time(), time.monotonic()
    dedup.cluster(many(10_000), level="near")
    assert time.thread_time() - before < time.monotonic() - start + 1
