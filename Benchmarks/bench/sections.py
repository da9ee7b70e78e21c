"""The measurements, one function a section of RESULTS.md; each returns plain data for report.py."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import copies, inputs, quality
from bench.inputs import DATA, Corpus
from bench.jaccard import jaccard, shingles
from bench.measure import Cost, interleaved, median_cost, run_once
from bench.tools import FLOORS, Tool, floors, our_rows, ours, rivals, supports

OUTPUTS = DATA / "out"
LATENCY_RUNS = 20
FEWEST_PAIRS = 50      # below this a precision is an anecdote
LIVE_BLOG = 10_000     # versions
EVENT_SIZES = (50_000, 200_000, 1_000_000)
KERNELS = ("scalar", "avx2", "avx512", "neon")


@dataclass(frozen=True)
class Settings:
    binary: Path
    documents: int
    scaling: tuple[int, ...]
    repeats: int
    corpora: Path          # real text; need not exist


def output_of(tool: Tool) -> Path:
    OUTPUTS.mkdir(parents=True, exist_ok=True)
    plain = "".join(c if c.isalnum() else "-" for c in tool.name).strip("-")
    return OUTPUTS / f"{plain}.{'jsonl' if tool.ours else 'tsv'}"


def measure_tools(tools: list[Tool], corpus: Corpus, repeats: int, with_floors: bool) -> list[dict]:
    jobs: dict[str, Callable[[], Cost]] = {}
    for name, command in (floors() if with_floors else {}).items():
        jobs[name] = lambda command=command: run_once([*command, str(corpus.path)])
    for tool in tools:
        jobs[tool.name] = lambda tool=tool: run_once(tool.command(corpus.path, output_of(tool)), tool.threads)
    print(f"{corpus.name}: {corpus.megabytes:.0f} MB", file=sys.stderr)
    run_once(["cat", str(corpus.path)])      # everyone finds the file in the page cache
    costs = interleaved(jobs, repeats)
    return [{"name": name, **cost.as_dict(), "mb_per_cpu_second": corpus.megabytes / max(cost.cpu, 1e-9)}
            for name, cost in costs.items()]


def with_scores(rows: list[dict], tools: list[Tool], gold: quality.Gold) -> list[dict]:
    for tool in tools:
        read = quality.read_ours if tool.ours else quality.read_rival
        result = read(output_of(tool), gold)
        next(row for row in rows if row["name"] == tool.name).update(quality.pair_scores(result.near, gold))
    return rows


def throughput(settings: Settings) -> dict:
    corpus = inputs.generated(settings.documents)
    tools = our_rows(settings.binary) + rivals()
    rows = measure_tools(tools, corpus, settings.repeats, with_floors=True)
    with_scores(rows, tools, quality.load_gold(corpus))
    return {"corpus": corpus.name, "megabytes": corpus.megabytes, "rows": rows,
            "missing": sorted(FLOORS.keys() - floors().keys())}


def promises(settings: Settings) -> dict:
    """What our output promises, held against the gold of the generated corpus."""
    corpus = inputs.generated(settings.documents)
    gold = quality.load_gold(corpus)
    star = run_ours(settings, corpus, gold, "--pairs")
    single = run_ours(settings, corpus, gold, "--linkage", "single")
    return {"corpus": corpus.name, "star": quality.star_promises(star, gold),
            "pairs": quality.verified_pairs(star, gold), "single": quality.component_scores(single.near, gold)}


def run_ours(settings: Settings, corpus: Corpus, gold: quality.Gold, *options: str) -> quality.Result:
    tool = ours(settings.binary, *options, name="check", threads=len(os.sched_getaffinity(0)))
    run_once(tool.command(corpus.path, output_of(tool)), tool.threads)
    return quality.read_ours(output_of(tool), gold)


def reuters(settings: Settings) -> dict | None:
    """Brute-force truth over real near-duplicates; the margins allow for another tokeniser's boundaries."""
    corpus = inputs.real(settings.corpora, "reuters21578")
    if corpus is None:
        return None
    gold = quality.load_gold(corpus)
    result = run_ours(settings, corpus, gold, "--linkage", "single", "--pairs")
    sets = [shingles(row.get("text") or "") for row in corpus.rows()]
    below = sum(jaccard(sets[a], sets[b]) < .65 for a, b in result.pairs.tolist())
    return {"missed": quality.missed(result, gold, .75), "below": below, "listed": len(result.pairs),
            "truth": len(gold.reaching(.75)[0])}


def real_text(settings: Settings) -> list[dict]:
    tables = []
    for name in ("reuters21578", "allsides-en-a", "xinwenlianbo-zh"):
        corpus = inputs.real(settings.corpora, name)
        if corpus is None:
            continue
        tools = our_rows(settings.binary)[:2] + rivals()
        rows = measure_tools(tools, corpus, settings.repeats, with_floors=False)
        gold = quality.load_gold(corpus)
        pairs = len(gold.reaching(quality.THRESHOLD)[0])
        if pairs >= FEWEST_PAIRS:
            with_scores(rows, tools, gold)
        tables.append({"corpus": name, "megabytes": corpus.megabytes, "documents": len(gold), "pairs": pairs,
                       "rows": rows})
    return tables


def levels(settings: Settings) -> dict:
    """Every level costs what those inside it cost, and its own."""
    corpus = inputs.real(settings.corpora, "allsides-en-a") or inputs.generated(settings.scaling[0])
    tools = [ours(settings.binary, "--level", level, name=level) for level in ("exact", "near", "copy", "event")]
    return {"corpus": corpus.name, "megabytes": corpus.megabytes,
            "rows": measure_tools(tools, corpus, settings.repeats, with_floors=False)}


def scaling(settings: Settings) -> list[dict]:
    tool = ours(settings.binary)
    rows = []
    for documents in settings.scaling:
        corpus = inputs.generated(documents)
        cost = measure_tools([tool], corpus, settings.repeats, with_floors=False)[0]
        rows.append({"documents": documents, "megabytes": corpus.megabytes, **cost})
    return rows


def memory(settings: Settings) -> dict:
    """Five times the largest corpus in a tenth of what it would take, against the main corpus in memory."""
    documents, times = settings.scaling[-1], 5
    limit = "512M" if documents * times >= 1_000_000 else "48M"
    small, largest = inputs.generated(settings.documents), inputs.generated(documents)
    rows = []

    def add(path: Path, documents: int, level: str, limit: str) -> None:
        print(f"  {documents:,} {level} {limit}", file=sys.stderr)
        tool = ours(settings.binary, "--level", level, "--memory", limit, name="memory")
        costs = [run_once(tool.command(path, output_of(tool))) for _ in range(settings.repeats)]
        rows.append({"documents": documents, "level": level, "limit": limit, **median_cost(costs).as_dict()})

    enlarged = inputs.enlarged(documents, times)
    try:
        for level in ("exact", "near"):
            add(small.path, settings.documents, level, "8G")
            add(largest.path, documents, level, "8G")
            add(largest.path, documents, level, "160M" if documents >= 1_000_000 else "40M")
            add(enlarged, documents * times, level, limit)
        add(largest.path, documents, "copy", "8G")
        add(largest.path, documents, "copy", limit)
        megabytes = enlarged.stat().st_size / 1e6
    finally:
        enlarged.unlink()
        output_of(ours(settings.binary, name="memory")).unlink()
    return {"megabytes": megabytes, "rows": rows}


def events(settings: Settings) -> list[dict]:
    """What the event level costs over the near level, and whether that grows with the corpus."""
    tools = [ours(settings.binary, "--level", level, name=level) for level in ("near", "event")]
    sizes = tuple(size // 10 for size in EVENT_SIZES) if settings.scaling[-1] < EVENT_SIZES[-1] else EVENT_SIZES
    rows = []
    for documents, corpus in ((sizes[1], inputs.generated(sizes[1])),
                              *((size, inputs.event_reports(size, settings.corpora)) for size in sizes)):
        has_events = corpus.pairs.name.endswith(".events.tsv")
        near, event = measure_tools(tools, corpus, settings.repeats if documents < EVENT_SIZES[-1] else 1, with_floors=False)
        rows.append({"corpus": corpus.name, "documents": documents, "megabytes": corpus.megabytes,
                     "near": near, "event": event,
                     "b_cubed": quality.b_cubed(output_of(tools[1]), corpus.pairs) if has_events else None})
    return rows


def copy_level(settings: Settings) -> dict:
    """Hand-labelled reprints; level copy beside level near as dumps grow; the longest chain of copies."""
    reprints, labelled = None, copies.labelled(settings.corpora)
    if labelled is not None:
        tools, gold = copies.tools(settings.binary), copies.gold(labelled)
        rows = measure_tools(tools, labelled, settings.repeats, with_floors=False)
        for tool, row in zip(tools, rows, strict=True):
            found = (copies.clusters_of_ours(output_of(tool), tool.name.split()[-1]) if tool.ours
                     else copies.clusters_of_rival(output_of(tool)))
            row.update(copies.scores(found, gold))
        reprints = {"corpus": labelled.name, "documents": len(gold), "rows": rows}
    growth = []
    for documents in settings.scaling:
        corpus = inputs.generated(documents)
        tools = [ours(settings.binary, "--level", level, name=level) for level in ("near", "copy")]
        near, copy = measure_tools(tools, corpus, settings.repeats, with_floors=False)
        growth.append({"documents": documents, "megabytes": corpus.megabytes, "near": near, "copy": copy,
                       **copies.contained(output_of(tools[1]), corpus)})
    blog = inputs.live_blog(LIVE_BLOG)
    cost = measure_tools(tools[1:], blog, settings.repeats, with_floors=False)[0]
    clusters = len(set(copies.clusters_of_ours(output_of(tools[1]), "copy").values()))
    return {"reprints": reprints, "growth": growth, "blog": {"versions": LIVE_BLOG, "clusters": clusters, **cost}}


def stages(settings: Settings) -> dict | None:
    if not supports(settings.binary, "--stats"):
        return None
    corpus, statistics = inputs.generated(settings.documents), OUTPUTS / "stats.json"
    tool = ours(settings.binary, "--stats", str(statistics), name="stages")
    run_once(tool.command(corpus.path, output_of(tool)))
    return {"corpus": corpus.name, "file": statistics.read_text()}


def latency(settings: Settings) -> list[dict]:
    source = str(inputs.five_stories())
    rows = []
    for level in ("near", "event"):
        runs = [run_once([str(settings.binary), "cluster", source, "--level", level, "--format", "jsonl"])
                for _ in range(LATENCY_RUNS)]
        rows.append({"level": level, "milliseconds": 1000 * median(run.wall for run in runs),
                     "peak_mb": median(run.peak_mb for run in runs)})
    return rows


def same_bytes(settings: Settings) -> list[dict]:
    """One digest for every thread count and for every kernel that this machine can run."""
    corpus = inputs.generated(settings.scaling[0])
    rows = []
    variants = [(threads, "") for threads in (1, 2, 7)] + [(1, kernel) for kernel in KERNELS]
    for threads, kernel in variants:
        tool = ours(settings.binary, "--pairs", name="bytes", threads=threads)
        try:
            run_once(tool.command(corpus.path, output_of(tool)), threads,
                     environment={"DEDUP_KERNEL": kernel} if kernel else None)
            digest = hashlib.sha256(output_of(tool).read_bytes()).hexdigest()[:16]
        except RuntimeError:
            digest = None       # a kernel that this processor lacks
        rows.append({"threads": threads, "kernel": kernel or "default", "digest": digest})
    return rows


SECTIONS: dict[str, Callable[[Settings], object]] = {
    "throughput": throughput, "promises": promises, "reuters": reuters, "real_text": real_text,
    "levels": levels, "copies": copy_level, "events": events, "stages": stages,
    "scaling": scaling, "memory": memory, "latency": latency, "same_bytes": same_bytes,
}
