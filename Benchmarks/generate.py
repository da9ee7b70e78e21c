#!/usr/bin/env python3
"""Write the throughput corpus: news-like JSON Lines with planted duplicates, and its gold pairs.

    generate.py DOCUMENTS [--seed 1] [--workers CPUS] [-o data/corpus_DOCUMENTS.jsonl]
    generate.py DOCUMENTS --events [--real FOLDER]

--events writes reports of events instead (bench/events.py), and CORPUS.events.tsv with the gold event of
each; --real puts the stories of FOLDER/*.jsonl.gz among them, each once, for up to a quarter of the whole.

Beside CORPUS.jsonl it writes
    CORPUS.docs.tsv   id, family, id of the document copied (or -), kind
    CORPUS.pairs.tsv  id, id, Jaccard, containment of every pair inside a family, by exact 5-word
                      shingle sets over the tokens `\\w+` of the lower-cased text
The bytes depend on DOCUMENTS and the seed only. Memory is bounded by the plan (some 50 bytes a
document), not by the text.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.events import Events
from bench.jaccard import jaccard, score_all, shingle_hashes, shingles, tokens
from bench.plan import KINDS, Plan, make_plan
from bench.story import OUTLETS, Stories

DATA = Path(__file__).resolve().parent / "data"
CHUNK = 1000
REAL_SHARE = .25
_stories: Stories     # one per worker process
_events: Events


def document_id(position: int) -> str:
    return f"d{position:07d}"


def write_corpus(plan: Plan, path: Path, seed: int, workers: int) -> None:
    spans = [(start, min(start + CHUNK, len(plan))) for start in range(0, len(plan), CHUNK)]
    families = plan.families()
    groups = [families[start:start + CHUNK] for start in range(0, len(families), CHUNK)]
    _write(path.with_suffix(".docs.tsv"), (_gold_row(plan, document) for document in plan.order.tolist()))
    with multiprocessing.Pool(workers, _start_worker, (plan, seed)) as pool:
        _write(path, pool.imap(_records, spans))
        _write(path.with_suffix(".pairs.tsv"), pool.imap(_pairs, groups))


def _write(path: Path, blocks: Iterable[str]) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as out:
        out.writelines(blocks)
    part.rename(path)


def _start_worker(plan: Plan, seed: int) -> None:
    global _stories
    _stories = Stories(plan, seed)


def _records(span: tuple[int, int]) -> str:
    return "".join(json.dumps(_record(position)) + "\n" for position in range(*span))


def _record(position: int) -> dict[str, str]:
    document = int(_stories.plan.order[position])
    outlet = OUTLETS[position * 7919 % len(OUTLETS)]
    return {"id": document_id(position), "source": outlet,
            "published_at": f"2024-{1 + position % 12:02d}-{1 + position % 28:02d}T{position % 24:02d}:00:00Z",
            "url": f"https://{outlet}.example/{position}",
            "title": _stories.title(document), "text": _stories.text(document)}


def _pairs(families: list) -> str:
    return "".join(row for family in families for row in _family_pairs(family))


def _family_pairs(family: Iterable[int]) -> Iterator[str]:
    members = sorted(family, key=lambda document: _stories.plan.position[document])
    ids = [document_id(_stories.plan.position[document]) for document in members]
    scored = score_all([shingle_hashes(_stories.tokens(document)) for document in members])
    for a, b, j, c in zip(scored.a, scored.b, scored.jaccard, scored.containment):
        yield f"{ids[a]}\t{ids[b]}\t{j:.6f}\t{c:.6f}\n"


def _gold_row(plan: Plan, document: int) -> str:
    parent = plan.parent[document]
    return "\t".join((document_id(plan.position[document]), document_id(plan.position[plan.family[document]]),
                      document_id(plan.position[parent]) if parent >= 0 else "-",
                      KINDS[plan.kind[document]])) + "\n"


def check(plan: Plan, seed: int, sample: int) -> None:
    """The gold is computed from word ids; hold it against the text for a sample of families."""
    stories = Stories(plan, seed)
    families = plan.families()
    for family in families[::max(1, len(families) // sample)]:
        texts = [stories.text(document) for document in family.tolist()]
        for document, text in zip(family.tolist(), texts):
            expected = stories.vocabulary.words[stories.tokens(document)].tolist()
            if tokens(text) != expected:
                raise SystemExit(f"document {document}: the text does not read back as its words")
        sets = [shingles(text) for text in texts]
        scored = score_all([shingle_hashes(stories.tokens(document)) for document in family.tolist()])
        for a, b, j in zip(scored.a, scored.b, scored.jaccard):
            if abs(jaccard(sets[a], sets[b]) - j) > 1e-9:
                raise SystemExit(f"family {family[0]}: Jaccard of members {a} and {b} differs")


def write_events(documents: int, path: Path, seed: int, workers: int, folder: Path | None) -> None:
    stories = list(itertools.islice(real_stories(folder), int(documents * REAL_SHARE))) if folder else []
    events = Events(documents - len(stories), seed)
    spans = [(start, min(start + CHUNK, len(events))) for start in range(0, len(events), CHUNK)]
    shares = [stories[len(stories) * i // len(spans):len(stories) * (i + 1) // len(spans)] for i in range(len(spans))]
    _write(path.with_suffix(".events.tsv"),
           (f"g{position:07d}\t{events.gold(position)}\n" for position in range(len(events))))
    with multiprocessing.Pool(workers, _start_event_worker, (events,)) as pool:
        _write(path, ("".join(share) + block for share, block in zip(shares, pool.imap(_event_records, spans))))


def real_stories(folder: Path) -> Iterator[str]:
    """The lines of all files in turn, with ids that no two share."""
    files = sorted(folder.glob("*.jsonl.gz"))
    rows = itertools.zip_longest(*(gzip.open(file, "rt", encoding="utf-8") for file in files))
    stories = (json.loads(line) for row in rows for line in row if line)
    for number, story in enumerate(story for story in stories if story.get("text")):
        yield json.dumps({**story, "id": f"r{number:07d}"}, ensure_ascii=False) + "\n"


def _start_event_worker(events: Events) -> None:
    global _events
    _events = events


def _event_records(span: tuple[int, int]) -> str:
    return "".join(json.dumps(_events.record(position)) + "\n" for position in range(*span))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--events", action="store_true")
    parser.add_argument("--real", type=Path, metavar="FOLDER")
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    kind = "events" if options.events else "corpus"
    output = options.output or DATA / f"{kind}_{options.documents}.jsonl"
    output.parent.mkdir(parents=True, exist_ok=True)
    if options.events:
        return write_events(options.documents, output, options.seed, options.workers, options.real)
    plan = make_plan(options.documents, options.seed)
    check(plan, options.seed, sample=200)
    write_corpus(plan, output, options.seed, options.workers)


if __name__ == "__main__":
    main()
