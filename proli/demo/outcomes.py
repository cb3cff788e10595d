"""Which request came to what: most are done, and what is open is recent."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from proli.conversations.reasons import PersonReason
from proli.demo.life import Outcome

SHARES = {
    Outcome.booked: (0.05, 4.0),
    Outcome.contacted: (0.06, 5.0),
    Outcome.new: (0.04, 3.0),
    Outcome.cancelled: (0.08, None),
    Outcome.called_off: (0.06, None),
    Outcome.no_show: (0.0075, None),
}
"""The share of each, and within how many days of now most of them lie; None for any time."""
OPEN_OFFERS = 3
REASONS = (
    PersonReason.human_asked, PersonReason.complaint, PersonReason.nobody_left, PersonReason.human_asked,
    PersonReason.callback, PersonReason.nobody_fits, PersonReason.human_asked, PersonReason.stuck,
    PersonReason.danger, PersonReason.callback, PersonReason.nobody_left, PersonReason.complaint,
    PersonReason.agent_failed, PersonReason.human_asked, PersonReason.callback,
)  # fmt: skip
"""Why a person is needed, of the newest requests that are being talked about."""
DONE = 0.5
"""The share of requests that are done whatever else must be found a place, so that no week is without visits."""
FRESH = timedelta(hours=20)
"""Hardly anything younger has had its visit."""


def outcomes_of(rng: Random, moments: Sequence[datetime], *, now: datetime, approval: bool) -> list[Outcome]:
    """What comes of each request, in the order of the moments; the newest few are offers that are still open."""
    found = [Outcome.done] * len(moments)
    free = list(range(len(moments)))
    if approval:
        for place in [free.pop() for _ in range(min(OPEN_OFFERS, len(free) // 60 + 1, len(free)))]:
            found[place] = Outcome.offered
    done = {place for place in free if now - moments[place] > FRESH and rng.random() < DONE}
    free = [place for place in free if place not in done]
    for outcome, (share, days) in SHARES.items():
        for _ in range(min(round(share * len(moments)), len(free))):
            place = rng.choices(free, [weight(now - moments[one], days) for one in free])[0]
            free.remove(place)
            found[place] = outcome
    for place in free:
        if now - moments[place] < FRESH:
            found[place] = Outcome.cancelled
    return found


def weight(age: timedelta, days: float | None) -> float:
    return 1.0 if days is None else math.exp(-((age.total_seconds() / 86_400 / days) ** 2))


def reasons_for(outcomes: Sequence[Outcome], *, approval: bool) -> dict[int, PersonReason]:
    """Why a person is needed, by the place of the request: about half of those that are being talked about."""
    talked = [place for place, outcome in enumerate(outcomes) if outcome is Outcome.contacted][::-1]
    reasons = [
        reason for reason in REASONS if approval or reason not in {PersonReason.nobody_left, PersonReason.danger}
    ]
    return dict(zip(talked[: len(talked) // 2], reasons, strict=False))
