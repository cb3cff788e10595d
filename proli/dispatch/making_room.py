"""An emergency finds nobody who is free: whose visits could move, so that somebody comes soon. Nobody is moved here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.dispatch.planning import propose
from proli.dispatch.queries import Wish, list_able, list_candidates
from proli.dispatch.replanning import AHEAD, weigh
from proli.dispatch.rules import SOON, Weights
from proli.knowledge.trades import URGENT
from proli.leads.models import Lead
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.professionals.queries import get_professional
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.queries import find_asked
from proli.scheduling.rules import Interval

SETS_OUT: Final = timedelta(minutes=30)
"""A visit that begins sooner than this is being set out for."""
MOST_LOOKED_AT: Final = 20
MOST: Final = 3
"""So many visits are proposed, of different professionals."""


@dataclass(frozen=True, slots=True)
class Room:
    """A visit that could move, whose hour the emergency could have, and where it could go."""

    booking: Booking
    lead: Lead
    contact: Contact
    professional: Professional
    other: Professional
    slot: Interval


async def find_room(session: BusinessSession, lead: Lead, *, now: datetime) -> list[Room]:
    """The visits that could make room for the lead, the soonest first, none later than an hour that is free for it or
    asked for; nothing is written and nobody asked.
    """
    business = await get_business(session)
    able = {one.id: one for one in await list_able(session, lead, business)}
    until = await best_hour(session, lead, business=business, within=Interval(now, now + SOON), now=now)
    if until <= now + SETS_OUT:
        return []
    weights, found = Weights(**business.weights), dict[int, Room]()
    for booking, theirs, contact in await list_movable(session, list(able), Interval(now + SETS_OUT, until)):
        during = booking.during
        if booking.professional_id in found or during.lower is None or during.upper is None:
            continue
        affected = await weigh(
            session, booking, theirs, business=business, within=Interval(now, until + AHEAD),
            gives_up=Interval(during.lower, during.upper), now=now,
        )  # fmt: skip
        (plan,) = propose([affected], weights=weights, now=now)
        if plan.professional_id is not None and plan.slot is not None:
            whose, other = able[booking.professional_id], await get_professional(session, plan.professional_id)
            found[whose.id] = Room(booking, theirs, contact, whose, other, plan.slot)
        if len(found) == MOST:
            break
    return list(found.values())


async def best_hour(
    session: BusinessSession, lead: Lead, *, business: Business, within: Interval, now: datetime
) -> datetime:
    """When somebody comes to the lead without anybody's being moved; the end of the window where nobody does."""
    wish = Wish(within, exact=False)
    free = [
        one.slots[0].start
        for one in await list_candidates(session, lead, wish=wish, business=business, now=now, most=1)
        if one.slots and one.has_room
    ]
    asked = await find_asked(session, lead.id)
    return min([*free, within.end, *([asked.starts_at] if asked is not None else [])])


async def list_movable(
    session: BusinessSession, professional_ids: Sequence[int], within: Interval
) -> Sequence[tuple[Booking, Lead, Contact]]:
    """Promised visits of these professionals that begin in the window and are not urgent themselves, in order."""
    found = await session.execute(
        select(Booking, Lead, Contact)
        .join(Lead, Lead.id == Booking.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .where(
            Booking.professional_id.in_(professional_ids),
            Booking.status == BookingStatus.confirmed,
            Booking.on_the_way_at.is_(None),
            Booking.starts_at >= within.start,
            Booking.starts_at < within.end,
            Lead.urgency.not_in(URGENT),
        )
        .order_by(Booking.starts_at, Booking.id)
        .limit(MOST_LOOKED_AT)
    )
    return [(booking, lead, contact) for booking, lead, contact in found]
