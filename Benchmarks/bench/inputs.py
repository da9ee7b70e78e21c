"""The files the benchmark reads: generated corpora, real text where it is present, five tiny stories."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.jaccard import all_pairs

BENCHMARKS = Path(__file__).resolve().parent.parent
DATA = BENCHMARKS / "data"
TRUTH_FLOOR = .5


@dataclass(frozen=True)
class Corpus:
    name: str
    path: Path
    pairs: Path      # id, id, Jaccard, … of all pairs that matter

    @property
    def megabytes(self) -> float:
        return self.path.stat().st_size / 1e6

    def rows(self) -> list[dict]:
        with self.path.open("rb") as lines:
            return [json.loads(line) for line in lines]


def generated(documents: int, seed: int = 1) -> Corpus:
    path = DATA / f"corpus_{documents}_{seed}.jsonl"
    pairs = path.with_suffix(".pairs.tsv")
    if not pairs.exists():
        print(f"generating {documents:,} documents", file=sys.stderr)
        subprocess.run([sys.executable, str(BENCHMARKS / "generate.py"), str(documents), "--seed", str(seed),
                        "-o", str(path)], check=True, env={"OPENBLAS_NUM_THREADS": "1"})
    return Corpus(f"{documents:,} generated", path, pairs)


def enlarged(documents: int, times: int) -> Path:
    """So many copies of a generated corpus, each in letters of its own: the same families over and over, strangers to
    one another. Made at the speed of the disk, where generating takes an hour; the caller removes it."""
    source = generated(documents).path
    path = DATA / f"corpus_{documents}_times_{times}.jsonl"
    letters = b"ghijklmopqsvwxyz"     # none that stands in an escape of JSON
    start = b'"text": "'
    with path.open("wb", buffering=1 << 22) as target:
        for copy in range(times):
            turned = letters[copy:] + letters[:copy]
            alphabet = bytes.maketrans(letters + letters.upper(), turned + turned.upper())
            with source.open("rb") as lines:
                for number, line in enumerate(lines, copy * documents):
                    head, _, text = line.partition(start)
                    fields = head[head.index(b","):]
                    target.write(b'{"id": "d%07d"%s%s%s"}\n' % (number, fields, start, text[:-3].translate(alphabet)))
    return path


def live_blog(versions: int, words: int = 400, kept: int = 250) -> Corpus:
    """One text after the other that each keeps most of the one before and moves on, for as long as you like."""
    path = DATA / f"live_blog_{versions}.jsonl"
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        step, choice = words - kept, random.Random(versions)
        stream = ["".join(choice.choices("aeiklmnoprstu", k=choice.randint(2, 9)))
                  for _ in range(step * (versions - 1) + words)]
        with path.open("w") as target:
            for version in range(versions):
                text = " ".join(stream[version * step:version * step + words])
                target.write(json.dumps({"id": f"v{version:06}", "text": text}) + "\n")
    return Corpus(f"{versions:,} versions", path, path.with_suffix(".pairs.tsv"))


def event_reports(documents: int, folder: Path, seed: int = 1) -> Corpus:
    """Generated reports of events, with real text among them where `folder` has some."""
    mixed = folder.is_dir()
    path = DATA / f"events_{documents}_{seed}{'_mixed' if mixed else ''}.jsonl"
    if not path.exists():
        print(f"generating {documents:,} reports of events", file=sys.stderr)
        subprocess.run([sys.executable, str(BENCHMARKS / "generate.py"), str(documents), "--seed", str(seed),
                        "--events", *(["--real", str(folder)] if mixed else []), "-o", str(path)],
                       check=True, env={"OPENBLAS_NUM_THREADS": "1"})
    name = f"{documents:,} {'mixed' if mixed else 'generated'}"
    return Corpus(name, path, path.with_suffix(".events.tsv"))


def unpacked(folder: Path, name: str) -> Corpus | None:
    """A gzipped corpus unpacked, without truth about pairs."""
    packed = folder / f"{name}.jsonl.gz"
    if not packed.exists():
        return None
    DATA.mkdir(exist_ok=True)
    path = DATA / f"{name}.jsonl"
    _unpack(packed, path)
    return Corpus(name, path, path.with_suffix(".pairs.tsv"))


def real(folder: Path, name: str) -> Corpus | None:
    """A gzipped corpus unpacked, with brute-force truth (its own `.pairs.tsv.gz` where it has one)."""
    packed = folder / f"{name}.jsonl.gz"
    if not packed.exists():
        return None
    DATA.mkdir(exist_ok=True)
    path, pairs = DATA / f"{name}.jsonl", DATA / f"{name}.pairs.tsv"
    _unpack(packed, path)
    packed_pairs = folder / f"{name}.pairs.tsv.gz"
    if packed_pairs.exists():
        _unpack(packed_pairs, pairs)
    elif not pairs.exists():
        print(f"brute-force truth of {name}", file=sys.stderr)
        rows = Corpus(name, path, pairs).rows()
        found = all_pairs([row.get("text") or "" for row in rows], TRUTH_FLOOR)
        pairs.write_text("".join(f"{rows[a]['id']}\t{rows[b]['id']}\t{score:.6f}\n" for a, b, score in found))
    return Corpus(name, path, pairs)


def _unpack(packed: Path, path: Path) -> None:
    if not path.exists():
        with gzip.open(packed, "rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)


def five_stories() -> Path:
    """The smallest job worth starting a process for."""
    opening = "The harbour authority of Port Ellery said on Monday that"
    endings = ("the north pier will stay closed until the storm damage has been repaired.",
               "the north pier will stay closed until the storm damage has been repaired.",
               "ferries to the outer islands run again from Thursday, two weeks earlier than planned.",
               "it has opened an inquiry into the collision of a tug and a grain carrier in the channel.",
               "fees for fishing boats will rise by four per cent, the first increase in six years.")
    path = DATA / "five.jsonl"
    DATA.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps({"id": f"s{i}", "text": f"{opening} {ending}",
                                        "published_at": f"2024-03-0{i + 1}"}) + "\n"
                            for i, ending in enumerate(endings)))
    return path
