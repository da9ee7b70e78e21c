"""What the measures are to reach, and what they reached."""

from __future__ import annotations

from collections.abc import Callable

from .markdown import MEGABYTE, Row, table


def targets(results: dict) -> list[str]:
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
