"""Figures of a run: for people as a table, for programs as JSON."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.table import Table

from proli.evals.scoring import Scored

VERDICTS = ("right", "wrong", "missed", "false_fill")


def summary(runs: Sequence[Sequence[Scored]]) -> dict[str, Any]:
    """The figures of EVALS.md over the first run, and pass^k when every case was played k times."""
    first = runs[0]
    fields: dict[str, Counter[str]] = {}
    for scored in first:
        for name, verdict in scored.verdicts.items():
            fields.setdefault(name, Counter()).update([verdict])
    figures: dict[str, Any] = {
        "cases": len(first),
        "fields": {name: {verdict: counted[verdict] for verdict in VERDICTS} for name, counted in fields.items()},
        "conversations_ok": sum(scored.ok for scored in first),
        "failures": [
            {"id": one.id, "field": one.field, "gold": one.gold, "got": one.got, "verdict": one.verdict}
            for scored in first
            for one in scored.failures
        ],
    }
    if len(runs) > 1:
        figures["k"] = len(runs)
        figures["pass_k"] = sum(all(scored.ok for scored in plays) for plays in zip(*runs, strict=True))
    return figures


def table(figures: dict[str, Any], *, title: str) -> Table:
    shown = Table(title=title, title_justify="left")
    shown.add_column("field")
    for name in ("right", "wrong", "missed", "false fill", "share"):
        shown.add_column(name, justify="right")
    for name, counted in figures["fields"].items():
        total = sum(counted.values())
        shown.add_row(name, *(str(counted[verdict]) for verdict in VERDICTS), f"{counted['right'] / total:.1%}")
    cases = max(figures["cases"], 1)
    ok = figures["conversations_ok"]
    shown.add_section()
    shown.add_row("conversations ok", str(ok), str(figures["cases"] - ok), "", "", f"{ok / cases:.1%}")
    if "k" in figures:
        passed = figures["pass_k"]
        shown.add_row(f"pass^{figures['k']}", str(passed), str(cases - passed), "", "", f"{passed / cases:.1%}")
    return shown
