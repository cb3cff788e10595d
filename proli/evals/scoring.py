"""One case's verdicts: field by field, and whether the conversation as a whole was right."""

from dataclasses import dataclass
from typing import Any

from proli.evals.cases import Case
from proli.evals.fields import Verdict, judge
from proli.evals.outcomes import broken_promises, outcome_problem
from proli.evals.record import Record
from proli.evals.stage import BASE

FIELDS = (
    "intent", "city", "address", "trade", "trades", "issue_keywords", "preferred_time", "urgency", "role", "deal_type",
    "property_type", "rooms_min", "rooms_max", "budget_min", "budget_max", "asking_price", "currency", "areas",
    "features", "size_sqm", "move_in", "name", "phone", "quantity", "recurring", "city_to", "sell_city", "opt_out",
)  # fmt: skip
LISTED = {"city": "cities", "preferred_time": "alternatives"}
"""Where gold keeps further acceptable values under another name than `<field>_ok`."""
FROM_CONTEXT = ("city", "trade", "address")
"""What was known before and need not be said again."""


@dataclass(frozen=True, slots=True)
class Failure:
    id: str
    field: str
    gold: Any
    got: Any
    verdict: str


@dataclass(frozen=True, slots=True)
class Scored:
    case: Case
    verdicts: dict[str, Verdict]
    failures: list[Failure]
    lines: list[tuple[str, str]]

    @property
    def ok(self) -> bool:
        return not self.failures


def score(case: Case, record: Record) -> Scored:
    verdicts: dict[str, Verdict] = {}
    failures: list[Failure] = []
    for name in FIELDS:
        if name not in case.gold:
            continue
        got = record.fields.get("issue" if name == "issue_keywords" else name)
        verdict = judge_field(case, name, got)
        verdicts[name] = verdict
        if verdict != "right":
            failures.append(Failure(case.id, name, case.gold[name], got, verdict))
    problem = outcome_problem(case, record)
    verdicts["outcome"] = "wrong" if problem else "right"
    problems = ([problem] if problem else []) + broken_promises(record)
    failures += [Failure(case.id, "outcome", case.gold.get("intent"), words, "wrong") for words in problems]
    return Scored(case, verdicts, failures, record.played.lines)


def judge_field(case: Case, name: str, got: Any) -> Verdict:
    if name == "issue_keywords" and not case.gold[name]:
        return "right"
    if name in FROM_CONTEXT and was_known(case, name, got):
        return "right"
    if name == "opt_out":
        return "right" if bool(case.gold[name]) == bool(got) else "wrong"
    return judge(name, acceptable(case, name), got)


def acceptable(case: Case, name: str) -> list[Any]:
    """The value of gold and every other that is as good."""
    gold = case.gold
    values: list[Any] = [gold[name], *(gold.get(f"{name}_ok") or []), *(gold.get(LISTED.get(name, "")) or [])]
    inner = gold[name].get("alternatives") if isinstance(gold[name], dict) else None
    return [*values, *(inner or [])]


def was_known(case: Case, name: str, got: Any) -> bool:
    """Whether gold says nothing of what the context had told already."""
    context = case.context or {}
    unsaid = not case.gold[name]
    if name == "address":
        return unsaid and bool(context)
    if name == "city" and context.get("existing_appointment") and not context.get("city"):
        return unsaid and got == BASE
    return unsaid and got is not None and got == context.get(name)
