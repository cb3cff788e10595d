"""Which offers and visits a professional's words name, by hour, day, street or town."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from proli.desk.answer_words import means, names_place, times_in
from proli.dispatch.models import Offer
from proli.knowledge.wishes import TimeWish
from proli.knowledge.workday import read_workday
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.queries import list_visits

AHEAD = timedelta(days=60)
STREET = re.compile(r"[^\d,]+")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An offer that waits for an answer, with its visit."""

    offer: Offer
    visit: VisitDetails


@dataclass(frozen=True, slots=True)
class Named:
    """What words name of that which waits."""

    by: bool
    """Whether they name anything at all, be it nothing that waits."""
    ids: Sequence[int] = ()
    """Offers, each by words of its own; empty when none fits, or several by the same words."""
    unclear: bool = False
    """Several fit the same words."""


async def list_waiting(session: BusinessSession, offers: Sequence[Offer]) -> list[Waiting]:
    return [Waiting(offer, await get_visit(session, offer.booking_id)) for offer in offers]


def name_offers(text: str, waiting: Sequence[Waiting], *, now: datetime) -> Named:
    """Offers by what stands in the text: the street, else the hour or the day, else the town."""
    streets = {street_of(one.visit) for one in waiting}
    named = {street for street in streets if names_place(text, street)}
    if named:
        groups = [[one for one in waiting if street_of(one.visit) == street] for street in sorted(named)]
        return picked([group if len(group) == 1 else by_number(text, group) for group in groups])
    wishes = wishes_in(text, waiting, now=now)
    if wishes:
        fits = [[one for one in waiting if means(wish, start_of(one.visit))] for wish in wishes]
        return picked(fits)
    towns = {one.visit.lead.locality or "" for one in waiting}
    groups = [[one for one in waiting if one.visit.lead.locality == town] for town in towns if names_place(text, town)]
    return picked(groups) if groups else Named(by=False)


def name_visits(text: str, visits: Sequence[VisitDetails], *, now: datetime) -> list[VisitDetails]:
    """The visits that the words name: by street, else by the hour, else by town or customer; none when by nothing.

    `now` is local.
    """
    if found := by_street(text, visits):
        return found
    wishes = [wish for wish in times_in(text, now=now) if wish.kind == "exact"]
    by_hour = [one for one in visits if any(means(wish, start_of(one)) for wish in wishes)]
    if by_hour:
        return by_hour
    named = by_name(text, visits)
    return named if len(named) < len(visits) else []


def by_street(text: str, visits: Sequence[VisitDetails]) -> list[VisitDetails]:
    return [one for one in visits if names_place(text, street_of(one))]


def by_name(text: str, visits: Sequence[VisitDetails]) -> list[VisitDetails]:
    """Those of the customer, or else in the town, that the words name."""
    customers = [one for one in visits if names_customer(text, one)]
    return customers or [one for one in visits if names_place(text, one.lead.locality or "")]


def names_customer(text: str, visit: VisitDetails) -> bool:
    return any(names_place(text, name) for name in visit.customer.split() if len(name) > 1)


def names_of(visit: VisitDetails) -> list[str]:
    """What words may call it: the customer, the street, and the street with the house."""
    street, address = street_of(visit), visit.lead.address or ""
    house = re.search(rf"{re.escape(street)} \d{{1,4}}", address) if street else None
    customer = [name for name in visit.customer.split() if len(name) > 1]
    return [*customer, *([street] if street else []), *([house[0]] if house else [])]


def picked(groups: Sequence[Sequence[Waiting]]) -> Named:
    """What the words pick: each of them one, or they are not clear."""
    unclear = any(len(group) > 1 for group in groups)
    if unclear or not all(groups):
        return Named(by=True, unclear=unclear)
    return Named(by=True, ids=sorted({group[0].offer.id for group in groups}))


def by_number(text: str, group: Sequence[Waiting]) -> Sequence[Waiting]:
    """Of offers in one street, those whose house the text names; all of them when it names none."""
    numbers = set(re.findall(r"\d+", text))
    housed = [one for one in group if set(re.findall(r"\d+", one.visit.lead.address or "")[:1]) & numbers]
    return housed or group


def wishes_in(text: str, waiting: Sequence[Waiting], *, now: datetime) -> list[TimeWish]:
    """The times that the text names, where it is; the numbers of offers are none."""
    if not waiting:
        return times_in(text, now=now)
    local = now.astimezone(waiting[0].visit.zone)
    return times_in(text, now=local, open_ids={one.offer.id for one in waiting})


@dataclass(frozen=True, slots=True)
class Refused:
    """Promised visits that a refusal names."""

    visits: Sequence[VisitDetails] | None = None
    """None when it names nothing; empty when it names something, and none of the visits."""
    by_name: bool = False
    """By their street, town or customer, and not by the time alone."""


def visits_refused(text: str, said: str, visits: Sequence[VisitDetails], *, now: datetime) -> Refused:
    """The visits that the words name: by street, customer or town, by the time, or both; who is ill means today.

    `text` is what was `said` without the reasons, whose day is that of the refusal where it tells none itself. `now` is
    local.
    """
    wishes = times_in(text, now=now) or [wish for wish in times_in(said, now=now) if wish.kind == "day"]
    named = by_street(text, visits) or by_name(text, visits)
    if not wishes and not named and "ill" in read_workday(said).kinds:
        wishes = times_in("היום", now=now)
    if not wishes and not named:
        return Refused()
    at = [one for one in named or visits if all(means(wish, start_of(one)) for wish in wishes)]
    return Refused(at, by_name=bool(named))


async def promised_ahead(session: BusinessSession, professional: Professional, *, now: datetime) -> list[VisitDetails]:
    """The promised visits of today that are not over, and those after it."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = await list_visits(session, professional.id, start=start, end=start + AHEAD)
    return [await get_visit(session, one.id) for one in found if one.over_at > now]


def start_of(visit: VisitDetails) -> datetime:
    return visit.booking.starts_at.astimezone(visit.zone)


def street_of(visit: VisitDetails) -> str:
    parts = visit.lead.address_parts or {}
    found = STREET.match(parts.get("street") or visit.lead.address or "")
    street = found[0].strip() if found else ""
    return street.removeprefix("רחוב ").strip()
