"""A plan for visits that cannot stay: for each another professional and hour, no two of them the same. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import inf

from proli.dispatch.rules import Candidate, Weights, best, rank
from proli.scheduling.rules import Interval


@dataclass(frozen=True, slots=True)
class Affected:
    """A visit that cannot stay as it is; of each candidate all free slots, sorted."""

    booking_id: int
    starts_at: datetime
    urgent: bool
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who could make the visit, and when; None for nobody."""

    booking_id: int
    professional_id: int | None
    slot: Interval | None


def propose(affected: Sequence[Affected], *, weights: Weights, now: datetime) -> list[Proposal]:
    """Return a proposal for each visit, in the order of their hours; no professional is proposed twice at one time.

    Urgent visits choose first, then those that fewest can make, then the earlier ones. Each gets an hour as near as can
    be had to the one that was promised; among those equally near, the ranking decides.
    """
    taken: defaultdict[int, list[Interval]] = defaultdict(list)
    found = dict[int, Proposal]()
    for one in sorted(affected, key=_turn):
        choice = best(rank(_near(one, taken, now), weights=weights, now=now, urgent=one.urgent))
        if choice is None or choice.slot is None:
            found[one.booking_id] = Proposal(one.booking_id, None, None)
            continue
        taken[choice.professional_id].append(choice.slot)
        found[one.booking_id] = Proposal(one.booking_id, choice.professional_id, choice.slot)
    return [found[one.booking_id] for one in sorted(affected, key=lambda one: (one.starts_at, one.booking_id))]


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could make a visit, with their hour that is nearest to the promised one."""

    candidate: Candidate
    slot: Interval
    free_at: datetime
    """From when they can make another visit: after this one and the pause that follows it."""


def list_choices(one: Affected, plan: Sequence[Proposal], *, now: datetime, most: int) -> list[Choice]:
    """Who could make the visit while the rest of the plan holds: the proposed one first, then the nearest hours."""
    taken: defaultdict[int, list[Interval]] = defaultdict(list)
    own: Proposal | None = None
    for each in plan:
        if each.booking_id == one.booking_id:
            own = each
        elif each.professional_id is not None and each.slot is not None:
            taken[each.professional_id].append(each.slot)
    slots = _slots(one, taken, now)
    if own is not None and own.professional_id is not None and own.slot is not None:
        slots[own.professional_id] = own.slot
    found = [
        Choice(each, slot, slot.end + timedelta(minutes=each.buffer_minutes))
        for each in one.candidates
        if (slot := slots.get(each.professional_id)) is not None
    ]

    def turn(choice: Choice) -> tuple[bool, timedelta, float, int]:
        proposed = own is not None and choice.candidate.professional_id == own.professional_id
        far = choice.candidate.distance_km
        return (
            not proposed,
            abs(choice.slot.start - one.starts_at),
            inf if far is None else far,
            choice.candidate.professional_id,
        )

    return sorted(found, key=turn)[:most]


def _turn(one: Affected) -> tuple[bool, int, datetime, int]:
    able = sum(1 for each in one.candidates if each.slots)
    return not one.urgent, able, one.starts_at, one.booking_id


def _near(one: Affected, taken: Mapping[int, Sequence[Interval]], now: datetime) -> list[Candidate]:
    """Those who can come nearest to the promised hour, each with that slot alone."""
    slots = _slots(one, taken, now)
    if not slots:
        return []
    nearest = min(abs(slot.start - one.starts_at) for slot in slots.values())
    return [
        replace(each, slots=(slot,), open_jobs=each.open_jobs + len(taken.get(each.professional_id, ())))
        for each in one.candidates
        if (slot := slots.get(each.professional_id)) is not None and abs(slot.start - one.starts_at) == nearest
    ]


def _slots(one: Affected, taken: Mapping[int, Sequence[Interval]], now: datetime) -> dict[int, Interval]:
    """Of each who has room for it, the hour nearest to the promised one."""
    return {
        each.professional_id: slot
        for each in one.candidates
        if each.excluded is None
        and replace(each, open_jobs=each.open_jobs + len(taken.get(each.professional_id, ()))).has_room
        and (slot := _nearest(each, one.starts_at, taken, now)) is not None
    }


def _nearest(
    each: Candidate, wanted: datetime, taken: Mapping[int, Sequence[Interval]], now: datetime
) -> Interval | None:
    """The candidate's slot nearest to the hour that the plan has not given away: outwards from it, both ways."""
    after = bisect_left(each.slots, wanted, key=lambda slot: slot.start)
    before, blocked = after - 1, taken.get(each.professional_id, ())
    rest = timedelta(minutes=each.buffer_minutes)
    while before >= 0 or after < len(each.slots):
        later = each.slots[after].start - wanted if after < len(each.slots) else None
        earlier = wanted - each.slots[before].start if before >= 0 else None
        if earlier is None or (later is not None and later <= earlier):
            slot, after = each.slots[after], after + 1
        else:
            slot, before = each.slots[before], before - 1
        apart = all(slot.start >= other.end + rest or other.start >= slot.end + rest for other in blocked)
        if slot.start >= now and apart:
            return slot
    return None
