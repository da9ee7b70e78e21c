"""RESULTS.md from the data of sections.py."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

MEGABYTE = 1e6
Row = dict


def render(results: dict) -> str:
    lines = ["# Results", "", *_header(results["header"])]
    for run in results.get("again", []):
        lines += [f"{', '.join(run['sections'])} measured again on {run['date']} by `{run['command']}`, dedup "
                  f"{run['versions']['dedup']}, load {run['load']:.2f}.", ""]
    for section, write in _WRITERS.items():
        if section == "targets" or results.get(section) is not None:
            lines += write(results)
    return "\n".join(lines).rstrip() + "\n"


def with_section(page: str, section: str) -> str:
    """The page with a section of its own at the end, in place of one of the same heading."""
    heading = section.partition("\n")[0]
    before, found, rest = page.partition(heading + "\n")
    after = rest.partition("\n## ")
    kept = before.rstrip() + (f"\n\n## {after[2]}" if found and after[1] else "")
    return kept.rstrip() + "\n\n" + section.rstrip() + "\n"


def _header(run: Row) -> list[str]:
    versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
    return [f"{run['date']} · {run['cpu']}, {run['cores']} cores, {run['memory_gb']:.0f} GB · {run['system']}", "",
            f"`{run['command']}`, medians of {run['repeats']}; load average before the run {run['load']:.2f}", "",
            f"{versions}.", "",
            "What the columns mean and what each rival does and leaves out: [README.md](README.md).", ""]


def table(head: str, rows: Iterable[Iterable[str]]) -> list[str]:
    titles = head.split(" | ")
    return [f"| {head} |", "|" + "---|" * len(titles), *("| " + " | ".join(row) + " |" for row in rows), ""]


def _targets(results: dict) -> list[str]:
    rows = [(what, target, *_verdict(results, measure, passes)) for what, target, measure, passes in _TARGETS]
    return ["## Targets", "", *table("what | target | measured | met", rows)]


def _verdict(results: dict, measure: Callable[[dict], tuple[float, ...]],
             passes: Callable[..., bool]) -> tuple[str, str]:
    try:
        values = measure(results)
    except (KeyError, TypeError, StopIteration, IndexError):
        return "not measured", ""
    return "; ".join(_number(value) for value in values), "yes" if passes(*values) else "**no**"


def _number(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:.4f}" if abs(value) < 1 else f"{value:,.2f}"


def _row(results: dict, start: str) -> Row:
    return next(row for row in results["throughput"]["rows"] if row["name"].startswith(start))


def _against_daft(results: dict) -> tuple[float]:
    daft = min(row["cpu"] for row in results["throughput"]["rows"] if row["name"].startswith("Daft"))
    return (daft / _row(results, "**dedup** star")["cpu"],)


def _speedup(results: dict) -> tuple[float]:
    return (_row(results, "**dedup** star")["wall"] / _row(results, "**dedup** star, 2")["wall"],)


def _bounded(results: dict) -> tuple[float, float]:
    near = [row for row in results["memory"]["rows"] if row["level"] == "near"]
    each = [row["cpu"] / row["documents"] for row in near]
    return near[-1]["peak_mb"], each[-1] / each[0]


def _growth(results: dict) -> float:
    small, large = results["scaling"][-2:]
    return (large["peak_mb"] - small["peak_mb"]) * MEGABYTE / (large["documents"] - small["documents"])


_TARGETS: list[tuple[str, str, Callable[[dict], tuple[float, ...]], Callable[..., bool]]] = [
    ("verified pairs: recall of J ≥ .7; pairs below", "≥ .999; 0",
     lambda r: (r["promises"]["pairs"]["recall"], r["promises"]["pairs"]["below"]),
     lambda recall, below: recall >= .999 and below == 0),
    ("star: documents below against their representative; share of J ≥ .7 pairs between representatives",
     "0; ≤ .001", lambda r: (r["promises"]["star"]["below"], r["promises"]["star"]["reaching_share"]),
     lambda below, share: below == 0 and share <= .001),
    ("single against the true components: recall; precision", "≥ .999; ≥ .995",
     lambda r: (r["promises"]["single"]["recall"], r["promises"]["single"]["precision"]),
     lambda recall, precision: recall >= .999 and precision >= .995),
    ("Reuters-21578: pairs J ≥ .75 missed; verified pairs below .65", "0; 0",
     lambda r: (r["reuters"]["missed"], r["reuters"]["below"]), lambda missed, below: missed == below == 0),
    ("CPU time, fastest Daft row over ours", "≥ 10", _against_daft, lambda ratio: ratio >= 10),
    ("two threads against one, wall", "≥ 1.8", _speedup, lambda ratio: ratio >= 1.8),
    ("peak memory, MB; growth, bytes a document", "≤ 250; ≤ 700",
     lambda r: (_row(r, "**dedup** star")["peak_mb"], _growth(r)),
     lambda peak, growth: peak <= 250 and growth <= 700),
    ("five times the largest corpus in `--memory 512M`: peak MB; CPU a document over that of the main corpus in memory",
     "≤ 537; ≤ 1.5", _bounded, lambda peak, ratio: peak <= 512 * 1.048576 and ratio <= 1.5),
    ("five small documents, whole process, ms (near; event)", "≤ 20",
     lambda r: tuple(row["milliseconds"] for row in r["latency"]), lambda *times: max(times) <= 20),
    ("all levels to event against near, CPU time, 200,000 documents (generated; reports of events)", "≤ 5",
     lambda r: tuple(row["event"]["cpu"] / row["near"]["cpu"] for row in r["events"]
                     if row["documents"] == r["events"][0]["documents"]),
     lambda *ratios: max(ratios) <= 5),
    ("level copy against near, CPU time, 200,000 documents; contained pairs found", "≤ 2; ≥ .99",
     lambda r: next((row["copy"]["cpu"] / row["near"]["cpu"], row["found"] / row["wanted"])
                    for row in r["copies"]["growth"] if row["documents"] == 200_000),
     lambda ratio, found: ratio <= 2 and found >= .99),
    ("distinct outputs over threads and kernels", "1",
     lambda r: (len({row["digest"] for row in r["same_bytes"] if row["digest"]}),), lambda count: count == 1),
]


def _tools(rows: list[Row]) -> list[str]:
    def score(row: Row) -> str:
        return f"{row['precision']:.3f} / {row['recall']:.3f}" if "precision" in row else "–"
    return table("tool | CPU s | wall s | MB/s/core | peak MB | pair P / R at J ≥ .7",
                 ((row["name"], f"{row['cpu']:.2f}", f"{row['wall']:.2f}", f"{row['mb_per_cpu_second']:.0f}",
                   f"{row['peak_mb']:.0f}", score(row)) for row in rows))


def _throughput(results: dict) -> list[str]:
    section = results["throughput"]
    return [f"## JSON Lines to clusters: {section['corpus']} documents, {section['megabytes']:.0f} MB", "",
            *_tools(sorted(section["rows"], key=lambda row: row["cpu"])),
            *([f"Not installed here: {', '.join(section['missing'])}.", ""] if section["missing"] else [])]


def _promises(results: dict) -> list[str]:
    section = results["promises"]
    star, pairs, single = section["star"], section["pairs"], section["single"]
    return [f"## What our clusters promise: {section['corpus']} documents", "", *table("check | value", [
        ("star: documents below .7 against their representative", f"{star['below']:,}"),
        ("star: pairs of representatives at .7 or above", f"{star['reaching']:,} ({star['reaching_share']:.5f})"),
        ("pairs listed by `--pairs`", f"{pairs['listed']:,}"),
        ("of them below .7", f"{pairs['below']:,}"),
        ("largest difference of a listed Jaccard from the gold", f"{pairs['largest_error']:.6f}"),
        ("recall of pairs at .7 or above, exact copies standing for each other", f"{pairs['recall']:.5f}"),
        ("recall of pairs at .7 or above, as listed", f"{pairs['listed_recall']:.5f}"),
        ("single linkage against the true components, P / R",
         f"{single['precision']:.5f} / {single['recall']:.5f}")])]


def _reuters(results: dict) -> list[str]:
    section = results["reuters"]
    return ["## Reuters-21578", "", f"Of {section['truth']} pairs with J ≥ .75 by brute force "
            f"{section['missed']} are missed; of {section['listed']} verified pairs {section['below']} "
            "are below .65 by the tokens of the truth.", ""]


def _real_text(results: dict) -> list[str]:
    lines = ["## Real text", ""]
    for part in results["real_text"]:
        lines += [f"### {part['corpus']}: {part['documents']:,} documents, {part['megabytes']:.0f} MB, "
                  f"{part['pairs']:,} true pairs at J ≥ .7", "",
                  *_tools(sorted(part["rows"], key=lambda row: row["cpu"]))]
    return lines


def _levels(results: dict) -> list[str]:
    part = results["levels"]
    return [f"## What each level costs: {part['corpus']}, {part['megabytes']:.0f} MB, one thread", "", *table(
        "outermost level | CPU s | peak MB",
        ((row["name"], f"{row['cpu']:.2f}", f"{row['peak_mb']:.0f}") for row in part["rows"]))]


def _events(results: dict) -> list[str]:
    rows, previous = [], None
    for row in results["events"]:
        near, event, documents = row["near"], row["event"], row["documents"]
        is_grown = previous is not None and previous["documents"] < documents and previous["b_cubed"] is not None
        grown = ((event["peak_mb"] - previous["event"]["peak_mb"]) * MEGABYTE / (documents - previous["documents"])
                 if is_grown else None)
        rows.append((row["corpus"], f"{row['megabytes']:.0f}", f"{near['cpu']:.2f}", f"{event['cpu']:.2f}",
                     f"{event['cpu'] / near['cpu']:.1f}", f"{1e6 * event['cpu'] / documents:.1f}",
                     f"{event['peak_mb']:.0f}", f"{grown:.0f}" if grown else "–",
                     "–" if row["b_cubed"] is None else f"{row['b_cubed']:.3f}"))
        previous = row
    return ["## Events: all levels against near, one thread", "",
            "The first corpus is that of the other sections. B³ F1 is of generated reports, whose events are known.", "",
            *table("documents | MB | near, CPU s | event, CPU s | event / near | CPU µs a document | peak MB | "
                   "bytes a further document | B³ F1", rows)]


def _copies(results: dict) -> list[str]:
    part, lines = results["copies"]["reprints"], []
    if part is not None:
        lines = [f"## Copies: {part['corpus']}, {part['documents']:,} documents labelled by hand, one thread", "",
                 *table("tool | ARI | B³ F1 | CPU s | peak MB",
                        ((row["name"], f"{row['ari']:.3f}", f"{row['b3']:.3f}", f"{row['cpu']:.2f}",
                          f"{row['peak_mb']:.0f}") for row in sorted(part["rows"], key=lambda row: -row["ari"])))]
    rows, previous = [], None
    for row in results["copies"]["growth"]:
        near, copy = row["near"], row["copy"]
        bytes_a_document = "–" if previous is None else "{:.0f}".format(
            (copy["peak_mb"] - previous["copy"]["peak_mb"]) * MEGABYTE / (row["documents"] - previous["documents"]))
        rows.append((f"{row['documents']:,}", f"{near['cpu']:.2f}", f"{copy['cpu']:.2f}",
                     f"{copy['cpu'] / near['cpu']:.2f}", f"{copy['cpu'] / row['documents'] * 1e6:.2f}",
                     f"{near['peak_mb']:.0f}", f"{copy['peak_mb']:.0f}", bytes_a_document,
                     f"{row['found']:,} of {row['wanted']:,}", f"{row['mixed']} of {row['clusters']:,}"))
        previous = row
    blog = results["copies"]["blog"]
    return lines + [
        "## Growth: level copy beside level near, one thread", "",
        "Contained: pairs of containment .95 or more and Jaccard below .7 in one copy cluster. Mixed: copy clusters of "
        "more than one family.", "",
        *table("documents | near CPU s | copy CPU s | ratio | copy CPU µs a document | near peak MB | copy peak MB "
               "| copy bytes a further document | contained | mixed", rows),
        f"A live blog of {blog['versions']:,} versions, each with 250 of its 400 words from the one before: "
        f"{blog['cpu']:.2f} CPU s, {blog['clusters']:,} clusters.", ""]


def _stages(results: dict) -> list[str]:
    statistics = json.loads(results["stages"]["file"])
    spent = [stage for stage in statistics["stages"] if stage["seconds"] > 0]
    total = sum(stage["seconds"] for stage in spent) or 1
    lines = [f"## Where the time goes: {results['stages']['corpus']} documents, one thread", "",
             "`parse` is reading and JSON; the clocks of the first five stages cost some 5 %.", "",
             *table("stage | CPU s | share", (
                 (stage["name"], f"{stage['seconds']:.3f}", f"{stage['seconds'] / total:.0%}") for stage in spent))]
    counts = statistics.get("counts", {})
    return lines + ([", ".join(f"{name} {count:,}" for name, count in counts.items()) + ".", ""] if counts else [])


def _scaling(results: dict) -> list[str]:
    rows, previous = [], None
    for row in results["scaling"]:
        growth = "–" if previous is None else "{:.0f}".format(
            (row["peak_mb"] - previous["peak_mb"]) * MEGABYTE / (row["documents"] - previous["documents"]))
        rows.append((f"{row['documents']:,}", f"{row['megabytes']:.0f}", f"{row['cpu']:.2f}",
                     f"{row['cpu'] / row['documents'] * 1e6:.2f}", f"{row['peak_mb']:.0f}", growth))
        previous = row
    return ["## Growth: dedup star, one thread", "",
            *table("documents | MB | CPU s | CPU µs a document | peak MB | bytes a further document", rows)]


def _memory(results: dict) -> list[str]:
    section = results["memory"]
    return [f"## Bounded memory, one thread; the largest corpus has {section['megabytes']:,.0f} MB", "", *table(
        "documents | level | `--memory` | CPU s | CPU µs a document | wall s | peak MB",
        ((f"{row['documents']:,}", row["level"], row["limit"], f"{row['cpu']:.2f}",
          f"{row['cpu'] / row['documents'] * 1e6:.2f}", f"{row['wall']:.1f}", f"{row['peak_mb']:.0f}")
         for row in section["rows"]))]


def _latency(results: dict) -> list[str]:
    return ["## Five small documents, whole process", "", *table("level | median ms of 20 | peak MB", (
        (row["level"], f"{row['milliseconds']:.1f}", f"{row['peak_mb']:.0f}") for row in results["latency"]))]


def _same_bytes(results: dict) -> list[str]:
    return ["## Same bytes", "", *table("threads | kernel | SHA-256 of the output, first 16 digits", (
        (str(row["threads"]), row["kernel"], row["digest"] or "not on this processor")
        for row in results["same_bytes"]))]


_WRITERS: dict[str, Callable[[dict], list[str]]] = {
    "targets": _targets, "throughput": _throughput, "promises": _promises, "reuters": _reuters,
    "real_text": _real_text, "levels": _levels, "copies": _copies, "events": _events, "stages": _stages,
    "scaling": _scaling, "memory": _memory, "latency": _latency, "same_bytes": _same_bytes,
}
