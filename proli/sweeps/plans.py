"""The sweeps: what each looks for, how often, and what it does. The code of each stands with the rule that it is about.

`docs/operations.md` has the same table, which a test holds against this one.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


class Sweep(enum.StrEnum):
    offers = "offers"
    holds = "holds"
    unanswered = "unanswered"
    sends = "sends"
    leads = "leads"
    visits = "visits"
    in_question = "in_question"
    digest = "digest"
    calls = "calls"
    calls_out = "calls_out"
    recordings = "recordings"
    numbers = "numbers"
    models = "models"
    agenda = "agenda"
    week = "week"


@dataclass(frozen=True, slots=True)
class Plan:
    looks_for: str
    does: str
    minutes: int
    """So often, unless the business wants it otherwise; of a daily one the minute of its day."""
    least: int
    most: int
    daily: bool = False
    essential: bool = False
    """It can be moved but not switched off: people would be left waiting."""


PLANS: Final[Mapping[Sweep, Plan]] = {
    Sweep.offers: Plan(
        looks_for="open offers whose time has passed",
        does="closes them and asks the next professional, or calls a person",
        minutes=1, least=1, most=10, essential=True,
    ),
    Sweep.holds: Plan(
        looks_for="hours that are held though nobody is asked for them any more",
        does="frees the hour; the request waits for a person",
        minutes=5, least=1, most=60, essential=True,
    ),
    Sweep.unanswered: Plan(
        looks_for="messages of 5 minutes ago and more that want an answer, with no job to give it",
        does="answers them; after an hour of that calls a person and tells the customer",
        minutes=10, least=1, most=60, essential=True,
    ),
    Sweep.sends: Plan(
        looks_for="messages waiting to be sent for 10 minutes and more, with no job to do it",
        does="sends them; where an earlier attempt is in doubt, the provider is asked first",
        minutes=10, least=1, most=60, essential=True,
    ),
    Sweep.leads: Plan(
        looks_for="requests new or begun in which nothing was said or done for 30 minutes",
        does="asks a professional where all is known and the hour wished can be had, else calls a person",
        minutes=10, least=5, most=240,
    ),
    Sweep.visits: Plan(
        looks_for="promised visits that ended 30 minutes ago and more, and whose outcome nobody has told",
        does="asks the professional once; without an answer for three hours a person is called",
        minutes=30, least=10, most=240,
    ),
    Sweep.in_question: Plan(
        looks_for="promised visits within 4 days whose professional has left, cannot come, or is off then",
        does="calls staff 24, 3, 1 hours before, the first two not at rest; tells the customer once, 3 hours before",
        minutes=10, least=1, most=30, essential=True,
    ),
    Sweep.digest: Plan(
        looks_for="requests that stand still for 24 hours, talks that wait for a person, visits without an outcome",
        does="tells staff in one message, with links; nothing when there is nothing, on Shabbat and on holidays kept",
        minutes=8 * 60 + 30, least=6 * 60, most=20 * 60, daily=True,
    ),
    Sweep.calls: Plan(
        looks_for="calls that nobody has ended, without a sign for 2 minutes",
        does="ends them; who was cut off or not served is written to",
        minutes=1, least=1, most=10, essential=True,
    ),
    Sweep.calls_out: Plan(
        looks_for="calls of ours that are 2 minutes late, or of which nothing was heard for 10",
        does="rings them; whom the provider may have rung is not rung again, and reads so",
        minutes=1, least=1, most=10, essential=True,
    ),
    Sweep.recordings: Plan(
        looks_for="recordings of calls that the provider has kept for 30 minutes",
        does="fetches them where that is still to do, and deletes them there",
        minutes=30, least=10, most=24 * 60, essential=True,
    ),
    Sweep.numbers: Plan(
        looks_for="numbers that have been down or silent for 5 minutes, and those that work again",
        does="tells staff once of each, over a number that works",
        minutes=5, least=1, most=60,
    ),
    Sweep.models: Plan(
        looks_for="models that failed five times in half an hour without one answer, and those that answer again",
        does="tells staff once of each",
        minutes=10, least=5, most=120,
    ),
    Sweep.agenda: Plan(
        looks_for="professionals with a visit today",
        does="sends each the day's visits with a calendar file; not on a day off, on Shabbat or on holidays kept",
        minutes=8 * 60, least=5 * 60, most=12 * 60, daily=True,
    ),
    Sweep.week: Plan(
        looks_for="professionals who made a visit in the seven days up to the last Thursday, and do not know of it",
        does="sends each the count of visits, what was taken and the rating; on a later day where Thursday is kept",
        minutes=18 * 60, least=12 * 60, most=21 * 60, daily=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """How a business has a sweep."""

    on: bool
    minutes: int


def setting_of(own: Mapping[str, Any], sweep: Sweep) -> Setting:
    """What holds, by what the business has of its own."""
    plan, chosen = PLANS[sweep], own.get(sweep, {})
    return Setting(on=plan.essential or chosen.get("on", True), minutes=chosen.get("minutes", plan.minutes))


def may_be(sweep: Sweep, setting: Setting) -> bool:
    plan = PLANS[sweep]
    return plan.least <= setting.minutes <= plan.most and (setting.on or not plan.essential)
