#!/usr/bin/env python3
"""Measure dedup index, and hold it against dedup cluster.

    index.py DEDUP CORPUS [--level copy] [--batches 10] [--window 30] [--no-texts]
                                                          CPU of batches, of a match, bytes, moved labels; of an index
                                                          without texts at level near
    index.py DEDUP CORPUS --times 5 [--day 50000]          a day against some times the rest of the corpus
    index.py DEDUP --settled [CORPUS…]                     settled = clustered, by tenths in random order and by date

Corpora are JSON Lines, compressed or not; those of --settled are ../shared/corpora/news by default.
"""

import argparse
import gzip
import json
import random
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

NEWS = Path(__file__).resolve().parents[2] / "shared/corpora/news"


def run(*words) -> tuple[str, float]:
    """Standard output and CPU seconds; records that cannot be read (code 2) are left out by all alike."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    assert done.returncode in (0, 2), done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def lines_of(path: Path) -> list[str]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        return file.read().splitlines(keepends=True)


def labels(table: str) -> list[list[str]]:
    return [row.split("\t")[:5] for row in table.splitlines()]


def outermost(rows: list[list[str]]) -> dict[str, str]:
    level = max(at for at, name in enumerate(rows[0]) if name in ("exact", "near", "copy", "event"))
    return {row[0]: row[level] for row in rows[1:]}


def agreement(found: dict[str, str], wanted: dict[str, str]) -> float:
    """B-cubed F1 of clusters against others, of the same ids."""
    names = [found, wanted]
    clusters = [{}, {}]
    for each, own in zip(clusters, names):
        for id, label in own.items():
            each.setdefault(label, set()).add(id)
    both = {id: len(clusters[0][names[0][id]] & clusters[1][names[1][id]]) for id in names[0]}
    precision, recall = (sum(both[id] / len(each[own[id]]) for id in both) / len(both)
                         for each, own in zip(clusters, names))
    return 2 * precision * recall / (precision + recall)


def parts(lines: list[str], count: int, folder: Path) -> list[Path]:
    size = (len(lines) + count - 1) // count
    paths = []
    for at in range(0, len(lines), size):
        paths.append(folder / f"{at:09}.jsonl")
        paths[-1].write_text("".join(lines[at:at + size]), encoding="utf-8")
    return paths


def sizes(dedup: str, index: Path) -> dict:
    stats = json.loads(run(dedup, "index", "stats", index, "--format", "jsonl")[0])
    each = {name: round(size / stats["documents"]) for name, size in stats.items() if name.startswith("bytes")}
    rest = each["bytes"] - each["bytes_texts"] - each["bytes_shingles"]
    print(f"bytes a document: {each}; without texts or shingles {rest}")
    return stats


def measure(dedup: str, corpus: Path, level: str, batches: int, window: float, keeps_texts: bool):
    folder = Path(tempfile.mkdtemp(prefix="dedup-index-"))
    days = parts(lines_of(corpus), batches, folder)
    one, made = ["--threads", "1", "-q", "-o", "/dev/null"], ["--level", level, "--window", window]
    _, whole = run(dedup, "cluster", *days, *made, *one)
    _, alone = run(dedup, "cluster", days[-1], *made, *one)
    index = folder / "index"
    run(dedup, "index", "create", index, *made, *([] if keeps_texts else ["--no-texts"]))
    seconds = []
    for day in days:
        _, took = run(dedup, "index", "add", index, day, *one)
        seconds.append(took)
    total = sum(seconds)
    print(f"cluster {whole:.2f} CPU s; {batches} additions {total:.2f}, {total / whole:.1f} times as much")
    print("each: " + " ".join(f"{took:.2f}" for took in seconds) + f"; cluster of the last alone {alone:.2f}")
    _, took = run(dedup, "index", "match", index, days[-1], *one)
    count = len(lines_of(days[-1]))
    print(f"match of {count}: {took:.2f} CPU s, {1e6 * took / count:.0f} µs a document")
    story = folder / "one.jsonl"
    known = json.loads(lines_of(days[0])[7]) | {"id": "asked"}
    words = known["text"].split()
    random.Random(1).shuffle(words)
    for what, asked in {"a copy": known, "its words in another order": known | {"text": " ".join(words)}}.items():
        story.write_text(json.dumps(asked) + "\n")
        took = min(run(dedup, "index", "match", index, story, *one)[1] for _ in range(7))
        print(f"match of one, {what}: {1000 * took:.0f} ms")
    if keeps_texts:
        filtered(dedup, index, days[-1], folder, level)
    stats = sizes(dedup, index)
    before = outermost(labels(run(dedup, "index", "export", index, "--format", "tsv")[0]))
    moved, took = run(dedup, "index", "settle", index, "--threads", "1", "-q")
    after = outermost(labels(run(dedup, "index", "export", index, "--format", "tsv")[0]))
    rows = [row.split("\t")[1] for row in moved.splitlines()[1:]]
    shares = {name: f"{100 * rows.count(name) / stats['documents']:.3f} %" for name in ("exact", "near", "copy", "event")}
    print(f"settle {took:.2f} CPU s; labels that moved: {shares}; B-cubed F1 of the outermost as they stood, against "
          f"settled: {agreement(before, after):.4f}")
    gold = {row["id"]: row["label"] for row in map(json.loads, lines_of(corpus)) if "label" in row}
    if gold.keys() >= before.keys():
        gold = {id: gold[id] for id in before}
        print(f"against the labels of the corpus: as they stood {agreement(before, gold):.4f}, settled "
              f"{agreement(after, gold):.4f}")
    sizes(dedup, index)


def peak(*words) -> tuple[float, int]:
    """CPU seconds, and megabytes at most."""
    done = subprocess.run(["/usr/bin/time", "-f", "%U %S %M", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    user, system, size = done.stderr.split()[-3:]
    return float(user) + float(system), int(size) >> 10


def grown(dedup: str, corpus: Path, level: str, times: int, size: int):
    """What a day costs as the history grows: the rest of the corpus, and then the corpus over and over, each time in
    letters of its own, so that nothing of it is like the day."""
    folder = Path(tempfile.mkdtemp(prefix="dedup-index-"))
    lines = lines_of(corpus)
    day, story = folder / "day.jsonl", folder / "one.jsonl"
    day.write_text("".join(lines[-size:]))
    story.write_text(json.dumps(json.loads(lines[-7]) | {"id": "asked"}) + "\n")
    one = ["--threads", "1", "-q", "-o", "/dev/null"]
    alone, _ = peak(dedup, "cluster", day, "--level", level, *one)
    index, letters, start = folder / "index", "ghijklmopqsvwxyz", '"text": "'
    run(dedup, "index", "create", index, "--level", level)
    count = 0
    for copy in range(times):
        turned = "".join(random.Random(copy).sample(letters, len(letters))) if copy else letters
        table = str.maketrans(letters + letters.upper(), turned + turned.upper())
        rest = lines if copy else lines[:-size]
        for first in range(0, len(rest), size):
            batch = folder / "batch.jsonl"
            with batch.open("w") as file:
                for line in rest[first:first + size]:
                    head, _, text = line.partition(start)
                    record = f'{{"id": "d{count:08}"{head[head.index(","):]}{start}{text[:-3].translate(table)}"}}\n'
                    file.write(record if copy else line)
                    count += 1
            took, held = peak(dedup, "index", "add", index, batch, *one)
        match, memory = peak(dedup, "index", "match", index, day, *one)
        single = min(peak(dedup, "index", "match", index, story, *one)[0] for _ in range(3))
        print(f"{count} documents: the last {min(size, len(rest))} added in {took:.2f} CPU s, {held} MB; match of {size} "
              f"others {match:.2f} s, {1e6 * match / size:.0f} µs a document, {match / alone:.1f} times clustering them "
              f"alone, {memory} MB; of one {1000 * single:.0f} ms", flush=True)
    took, held = peak(dedup, "index", "add", index, day, *one)
    print(f"{size} added to {count}: {took:.2f} CPU s, {held} MB; clustered alone {alone:.2f}: {took / alone:.1f} times")
    sizes(dedup, index)
    shutil.rmtree(folder)


def filtered(dedup: str, index: Path, day: Path, folder: Path, outermost: str):
    """A filter against an index and against its stories, the last day taken out of it."""
    ids = folder / "ids.txt"
    ids.write_text("".join(json.loads(line)["id"] + "\n" for line in lines_of(day)))
    subprocess.run(f"{dedup} index remove {index} - -q < {ids}", shell=True, check=True)
    dump = folder / "dump.jsonl"
    dump.write_text(run(dedup, "index", "export", index, "--records")[0])
    for level in ["exact", "near", "copy", "event"]:
        seconds, gone = [], []
        for known in [index, dump]:
            dupes = folder / "dupes.jsonl"
            _, took = run(dedup, "filter", "--against", known, day, "--level", level, "--threads", "1", "-q",
                          "-o", "/dev/null", "--dupes", dupes)
            seconds.append(took)
            gone.append({row["id"]: row["of"] for row in map(json.loads, lines_of(dupes))})
        differ = len(gone[0].keys() ^ gone[1].keys())
        others = sum(gone[0][id] != gone[1][id] for id in gone[0].keys() & gone[1].keys())
        print(f"filter, level {level}: {seconds[0]:.2f} CPU s against the index, {seconds[1]:.2f} against its stories; "
              f"{len(gone[1])} go, {differ} of them in one of the two, {others} for another")
        if level == outermost:
            break
    run(dedup, "index", "add", index, day, "-q", "-o", "/dev/null")


def settled(dedup: str, corpus: Path):
    folder = Path(tempfile.mkdtemp(prefix="dedup-index-"))
    lines = [line for line in lines_of(corpus) if line.strip()]
    random.Random(1).shuffle(lines)
    by_date = sorted(lines, key=lambda line: str(json.loads(line).get("published_at") or json.loads(line).get("date") or ""))
    for name, order in ("tenths", lines), ("by date", by_date):
        days = parts(order, 10, folder)
        index = folder / name
        run(dedup, "index", "create", index)
        for day in days:
            run(dedup, "index", "add", index, day, "-q", "-o", "/dev/null")
        moved, _ = run(dedup, "index", "settle", index, "-q")
        export, _ = run(dedup, "index", "export", index, "--format", "tsv", "-q")
        cluster, _ = run(dedup, "cluster", *days, "--format", "tsv", "-q")
        isSame = labels(export) == labels(cluster)
        print(f"{corpus.name}, {name}: {len(lines)} stories, {len(moved.splitlines()) - 1} labels moved, "
              f"{'equal' if isSame else 'NOT EQUAL'}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dedup", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--settled", action="store_true")
    parser.add_argument("--level", default="copy")
    parser.add_argument("--batches", type=int, default=10)
    parser.add_argument("--window", type=float, default=30)
    parser.add_argument("--no-texts", action="store_true")
    parser.add_argument("--times", type=int)
    parser.add_argument("--day", type=int, default=50_000)
    options = parser.parse_args()
    if options.settled:
        for corpus in options.corpora or sorted(NEWS.glob("*.jsonl.gz")):
            settled(options.dedup, corpus)
    elif options.times:
        for corpus in options.corpora:
            grown(options.dedup, corpus, options.level, options.times, options.day)
    else:
        for corpus in options.corpora:
            level = "near" if options.no_texts else options.level
            measure(options.dedup, corpus, level, options.batches, options.window, not options.no_texts)


if __name__ == "__main__":
    main()
