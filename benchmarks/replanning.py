"""A day of 200 visits planned anew, next to a plain insertion that takes the first free hour for each visit in turn."""

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from proli.dispatch.planning import Affected, Proposal, propose
from proli.dispatch.rules import Candidate, Weights
from proli.scheduling.rules import Interval

VISITS = 200
PEOPLE = 60
DAYS = 7
NOW = datetime(2070, 11, 24, 5, 0, tzinfo=UTC)
SLOT = timedelta(minutes=30)
LENGTH = timedelta(hours=1)
BUFFER = 30


def day_of(visits: int = VISITS, people: int = PEOPLE, *, seed: int = 1) -> list[Affected]:
    """Visits of one day, of five trades, and professionals whose week is half full."""
    chance = random.Random(seed)
    everybody = [candidate(number, chance) for number in range(people)]
    return [
        Affected(
            booking_id=number,
            starts_at=NOW + SLOT * chance.randrange(2, 18),
            urgent=chance.random() < 0.1,
            candidates=tuple(one for one in everybody if one.professional_id % 5 == number % 5),
        )
        for number in range(visits)
    ]


def candidate(number: int, chance: random.Random) -> Candidate:
    starts = [NOW + timedelta(days=day) + SLOT * at for day in range(DAYS) for at in range(2, 20)]
    slots = tuple(Interval(start, start + LENGTH) for start in starts if chance.random() < 0.5)
    count = chance.randrange(5, 60)
    return Candidate(
        number,
        f"p{number}",
        count * 4,
        count,
        chance.random() * 20,
        0,
        50,
        chance.randrange(9),
        slots,
        buffer_minutes=BUFFER,
    )


def insert_first(affected: Sequence[Affected]) -> list[Proposal]:
    """The baseline: each visit in the order of hours gets the first hour that anybody has from the promised one on."""
    taken: defaultdict[int, list[Interval]] = defaultdict(list)
    found: list[Proposal] = []
    for one in sorted(affected, key=lambda each: each.starts_at):
        free = (
            (slot, each.professional_id)
            for each in one.candidates
            for slot in each.slots
            if slot.start >= one.starts_at and all(apart(slot, other) for other in taken[each.professional_id])
        )
        slot, who = min(free, key=lambda pair: (pair[0].start, pair[1]), default=(None, None))
        if slot is not None and who is not None:
            taken[who].append(slot)
        found.append(Proposal(one.booking_id, who, slot))
    return found


def apart(slot: Interval, other: Interval) -> bool:
    rest = timedelta(minutes=BUFFER)
    return slot.start >= other.end + rest or other.start >= slot.end + rest


def judged(affected: Sequence[Affected], proposals: Sequence[Proposal]) -> tuple[int, float]:
    """How many visits have an hour, and by how many hours it differs from the promised one on average."""
    promised = {one.booking_id: one.starts_at for one in affected}
    shifts = [abs(one.slot.start - promised[one.booking_id]) for one in proposals if one.slot is not None]
    return len(shifts), sum(shifts, timedelta()) / timedelta(hours=1) / max(len(shifts), 1)


def nearest_of_all(affected: Sequence[Affected]) -> list[Proposal]:
    """What no plan and no solver can do better: each visit at the nearest hour that anybody has, taken or not."""
    return [
        Proposal(one.booking_id, each.professional_id, slot)
        for one in affected
        for slot, each in [
            min(
                ((slot, each) for each in one.candidates for slot in each.slots),
                key=lambda pair: (abs(pair[0].start - one.starts_at), pair[1].professional_id),
            )
        ]
    ]


def measure_replanning() -> list[list[str]]:
    affected = day_of()
    rows = [[f"{VISITS} visits planned anew", "ms", "with an hour", "hours from the promised one"]]
    for name, make in (
        ("plain insertion", lambda: insert_first(affected)),
        ("plan", lambda: propose(affected, weights=Weights(), now=NOW)),
        ("nobody could do better", lambda: nearest_of_all(affected)),
    ):
        begun = time.perf_counter()
        proposals = make()
        took_ms = (time.perf_counter() - begun) * 1000
        placed, shift = judged(affected, proposals)
        rows.append([name, f"{took_ms:.0f}", f"{placed}", f"{shift:.2f}"])
    return rows
