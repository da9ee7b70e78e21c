"""RESULTS.md from the data of sections.py."""

from __future__ import annotations

import json
from collections.abc import Callable

from .markdown import MEGABYTE, Row, table
from .targets import targets


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
    "targets": targets, "throughput": _throughput, "promises": _promises, "reuters": _reuters,
    "real_text": _real_text, "levels": _levels, "copies": _copies, "events": _events, "stages": _stages,
    "scaling": _scaling, "memory": _memory, "latency": _latency, "same_bytes": _same_bytes,
}
