"""The table of sweeps in the operator's book says what the code does."""

from pathlib import Path

from proli.sweeps.plans import PLANS, Plan

BOOK = Path(__file__).parents[2] / "docs/operations.md"


def often(plan: Plan) -> str:
    if plan.daily:
        return f"daily at {plan.minutes // 60:02}:{plan.minutes % 60:02}"
    return "every minute" if plan.minutes == 1 else f"every {plan.minutes} minutes"


def test_the_book_describes_every_sweep_as_it_is() -> None:
    chapter = BOOK.read_text().partition("\n## Sweeps\n")[2].partition("\n## ")[0]
    table = [line for line in chapter.splitlines() if line.startswith("| `")]
    assert table == [
        f"| `{sweep}` | {plan.looks_for} | {often(plan)} | {plan.does} | {'no' if plan.essential else 'yes'} |"
        for sweep, plan in PLANS.items()
    ]
