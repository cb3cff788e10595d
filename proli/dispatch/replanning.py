"""A professional's day is planned anew: its visits, another professional and hour for each, and asking customers.

Nobody is moved here: a visit stands as it did until its customer has agreed and whoever comes instead has.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.dispatch.asked import Asked, list_asked
from proli.dispatch.assigning import assign
from proli.dispatch.calendar import lock_visit
from proli.dispatch.errors import AskedNoMore
from proli.dispatch.events import MoveAsked
from proli.dispatch.planning import Affected, Choice, Proposal, list_choices, propose
from proli.dispatch.proposed import hold_proposed
from proli.dispatch.queries import Wish, list_candidates
from proli.dispatch.rules import Candidate, Weights
from proli.dispatch.slots import require_complete
from proli.knowledge.trades import URGENT
from proli.leads.actions import note
from proli.leads.models import EntryKind, Lead, LeadEntry
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.queries import get_professional
from proli.scheduling.actions import require_promised
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.queries import find_awaiting_approval
from proli.scheduling.rules import Interval
from proli.scheduling.wall import opens_at

AHEAD: Final = timedelta(days=7)
"""How many days after the day other hours are looked for."""
MOST_SLOTS: Final = 400
MOST_CHOICES: Final = 4


@dataclass(frozen=True, slots=True)
class Replanned:
    """A visit of the day with what could be instead of it, the proposed first, and what its customer was asked."""

    booking: Booking
    lead: Lead
    contact: Contact
    proposal: Proposal
    choices: list[Choice]
    asked: Asked | None


async def replan_day(session: BusinessSession, professional_id: int, day: date, *, now: datetime) -> list[Replanned]:
    """The visits of the day that are still ahead, each with other professionals and hours where there are any; also
    those that were moved or cancelled since their customers were asked, with nothing proposed.

    Nothing is written; what is proposed is free as long as nobody books it.
    """
    business = await get_business(session)
    zone = ZoneInfo(business.zone)
    start, end = opens_at(day, 0, zone), opens_at(day + timedelta(days=1), 0, zone)
    rows = await list_rows(session, professional_id, Interval(max(start, now), end)) if end > now else []
    asked = await list_asked(session, [booking for booking, _, _ in rows])
    rows = [row for row in rows if row[0].status == BookingStatus.confirmed or row[0].id in asked]
    if not rows:
        return []
    within = Interval(max(start, now), end + AHEAD)
    affected = [
        await weigh(session, booking, lead, business=business, within=within, gives_up=within, now=now)
        for booking, lead, _ in rows
        if booking.status == BookingStatus.confirmed
    ]
    plan = propose(affected, weights=Weights(**business.weights), now=now)
    proposals = {one.booking_id: one for one in plan}
    choices = {one.booking_id: list_choices(one, plan, now=now, most=MOST_CHOICES) for one in affected}
    return [
        Replanned(
            *row,
            proposal=proposals.get(row[0].id, Proposal(row[0].id, None, None)),
            choices=choices.get(row[0].id, []),
            asked=asked.get(row[0].id),
        )
        for row in rows
    ]


async def list_rows(
    session: BusinessSession, professional_id: int, within: Interval
) -> list[tuple[Booking, Lead, Contact]]:
    """The visits that begin in the window and stand, and those that stood."""
    found = await session.execute(
        select(Booking, Lead, Contact)
        .join(Lead, Lead.id == Booking.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .where(
            Booking.professional_id == professional_id,
            Booking.status.in_((BookingStatus.confirmed, BookingStatus.cancelled)),
            Booking.starts_at >= within.start,
            Booking.starts_at < within.end,
        )
        .order_by(Booking.starts_at, Booking.id)
    )
    return [(booking, lead, contact) for booking, lead, contact in found]


async def weigh(
    session: BusinessSession,
    booking: Booking,
    lead: Lead,
    *,
    business: Business,
    within: Interval,
    gives_up: Interval,
    now: datetime,
) -> Affected:
    """The visit with everybody who can be asked to make it, and their hours within the window, but for those that its
    own professional `gives_up`.
    """
    wish = Wish(within, exact=False)
    found = await list_candidates(session, lead, wish=wish, business=business, now=now, most=MOST_SLOTS)
    candidates = [without(one, gives_up) if one.professional_id == booking.professional_id else one for one in found]
    return Affected(booking.id, booking.starts_at, lead.urgency in URGENT, tuple(candidates))


def without(candidate: Candidate, hours: Interval) -> Candidate:
    """The candidate, who makes no visit in these hours."""
    rest = candidate.buffer_minutes
    left = [one for one in candidate.slots if not one.padded(before_minutes=0, after_minutes=rest).overlaps(hours)]
    return replace(candidate, slots=tuple(left))


async def ask_to_move(
    session: BusinessSession, booking_id: int, *, professional_id: int, starts_at: datetime, actor: Actor, now: datetime
) -> None:
    """The customer will be asked whether this hour suits them as well; until they agree, the visit stands, and until
    they answer the hour is held for them.

    Without an answer people see to it. Asked the same again, nothing changes.

    Raises:
        BookingNotFound
        BookingNotLive: it is not promised, or no more.
        ProfessionalNotFound
        LeadIncomplete: the trade or the place is not known, so nobody could be asked for the hour.
        SlotInPast, SlotTaken: the hour cannot be had.
    """
    lead, booking = await lock_visit(session, booking_id)
    require_promised(booking)
    require_complete(lead)
    professional = await get_professional(session, professional_id)
    asked = {
        "booking_id": booking_id,
        "moves": booking.moves,
        "professional_id": professional_id,
        "starts_at": starts_at.isoformat(),
        "to": professional.name,
    }
    last = await find_ask(session, lead.id)
    if last is not None and last.details == asked:
        return
    await hold_proposed(session, booking, professional, starts_at=starts_at, actor=actor, now=now)
    note(session, lead, kind=EntryKind.move_asked, actor=actor, now=now, details=asked)
    await session.flush()
    entry = await find_ask(session, lead.id)
    if entry is None:
        raise AskedNoMore(booking_id=booking_id)
    await emit(session, MoveAsked(business_id=session.require_business(), entry_id=entry.id))


async def find_ask(session: BusinessSession, lead_id: int) -> LeadEntry | None:
    """The last question to the customer whether the visit may move."""
    newest = select(LeadEntry).where(LeadEntry.lead_id == lead_id, LeadEntry.kind == EntryKind.move_asked)
    return await session.scalar(newest.order_by(LeadEntry.id.desc()).limit(1))


async def find_standing_ask(
    session: BusinessSession, entry_id: int, *, now: datetime
) -> tuple[LeadEntry, Booking] | None:
    """The question and its visit, while the visit stands as it did, has not begun, and nothing else was asked since."""
    entry = await session.get(LeadEntry, entry_id)
    if entry is None or entry.kind != EntryKind.move_asked:
        return None
    newest = await find_ask(session, entry.lead_id)
    booking = await session.get(Booking, entry.details["booking_id"])
    if newest is None or newest.id != entry_id or booking is None:
        return None
    same = booking.status == BookingStatus.confirmed and booking.moves == entry.details["moves"]
    return (entry, booking) if same and not booking.has_begun(now) else None


async def agree_to_move(session: BusinessSession, entry_id: int, *, actor: Actor, now: datetime) -> Lead:
    """The customer has agreed: the professional is asked, or booked at once where nobody need approve. Until then the
    old visit stands; agreed again, nobody is asked again.

    Raises:
        AskedNoMore: the visit stands no more as it did, or has begun, or something else was asked since.
        DoesNotFit: the hour has been given away meanwhile.
    """
    found = await find_standing_ask(session, entry_id, now=now)
    if found is None:
        raise AskedNoMore(entry_id=entry_id)
    entry, _ = found
    lead = await get_lead(session, entry.lead_id, lock=True)
    starts_at, professional_id = datetime.fromisoformat(entry.details["starts_at"]), entry.details["professional_id"]
    held = await find_awaiting_approval(session, lead.id)
    if held is None or (held.professional_id, held.starts_at) != (professional_id, starts_at):
        await assign(session, lead, professional_id=professional_id, starts_at=starts_at, actor=actor, now=now)
    return lead
