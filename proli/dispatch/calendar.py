"""What staff do with visits in the calendar: book, move, end, take back. All lock the lead, then the booking."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.dispatch.actions import (
    SETTLED_BY_A_VISIT,
    SETTLED_BY_RESTORING,
    await_another_hour,
    drop_asked,
    finish_job,
    promise,
    settle,
)
from proli.dispatch.assigning import require_open, require_suited
from proli.dispatch.errors import OfferStillOut, TooLateToUndo
from proli.dispatch.queries import find_open_offer
from proli.dispatch.slots import require_room
from proli.leads.actions import move, note
from proli.leads.models import EntryKind, Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.queries import get_professional
from proli.scheduling.actions import cancel_booking, hold_slot, move_in_place, require_live
from proli.scheduling.errors import LeadHasBooking, SlotTaken
from proli.scheduling.events import VisitSettles
from proli.scheduling.models import LIVE, Booking, BookingStatus, EndReason
from proli.scheduling.on_the_day import require_begun
from proli.scheduling.queries import find_asked, find_promised, get_booking
from proli.scheduling.rules import Interval

UNDO: Final = timedelta(seconds=6)
"""How long staff may take back what they have done with a visit before anybody hears of it."""


async def lock_visit(session: BusinessSession, booking_id: int) -> tuple[Lead, Booking]:
    """The visit and its lead, which nobody else changes now.

    Raises:
        BookingNotFound
    """
    found = await get_booking(session, booking_id)
    lead = await get_lead(session, found.lead_id, lock=True)
    return lead, await get_booking(session, booking_id, lock=True)


async def lock_promised(session: BusinessSession, booking_id: int) -> tuple[Lead, Booking]:
    """The visit and its lead, which nobody else changes now; the visit is on.

    Raises:
        BookingNotFound
        BookingNotLive: it has ended.
        OfferStillOut: it is the hold of an offer, which nobody was promised.
    """
    lead, booking = await lock_visit(session, booking_id)
    require_live(booking)
    if booking.status == BookingStatus.held:
        raise OfferStillOut(booking_id=booking_id)
    return lead, booking


async def tell_later(session: BusinessSession, booking: Booking, *, now: datetime) -> None:
    """What staff have done with the visit is told as it then is, when the time to undo it has passed."""
    booking.settles_at = now + UNDO
    event = VisitSettles(business_id=session.require_business(), booking_id=booking.id)
    await emit(session, event, at=booking.settles_at)


async def mark_done(session: BusinessSession, booking_id: int, *, actor: Actor, now: datetime) -> None:
    """The visit has taken place and its lead is done.

    Raises:
        BookingNotFound, BookingNotLive, OfferStillOut
        TooEarly: it has not begun, and the professional has not set out.
    """
    _, booking = await lock_promised(session, booking_id)
    await finish_job(session, booking, actor=actor, now=now, tells=False)
    await tell_later(session, booking, now=now)


async def mark_no_show(session: BusinessSession, booking_id: int, *, actor: Actor, now: datetime) -> None:
    """Nobody was there; the lead waits for another hour.

    Raises:
        BookingNotFound, BookingNotLive, OfferStillOut
        TooEarly: it has not begun, and the professional has not set out.
    """
    lead, booking = await lock_promised(session, booking_id)
    require_begun(booking, now=now)
    booking.status, booking.actor = BookingStatus.no_show, actor
    await await_another_hour(session, lead, actor=actor, now=now, tells_at=now + UNDO)
    await tell_later(session, booking, now=now)


async def call_off(session: BusinessSession, booking_id: int, *, actor: Actor, words: str = "", now: datetime) -> None:
    """The visit will not be, for what is said in `words`, and both sides are told; the lead stays open.

    Raises:
        BookingNotFound, BookingNotLive, OfferStillOut
    """
    lead, booking = await lock_promised(session, booking_id)
    await cancel_booking(session, booking, actor=actor, words=words, tells=False)
    await await_another_hour(session, lead, actor=actor, now=now, tells_at=now + UNDO)
    await tell_later(session, booking, now=now)


async def restore(session: BusinessSession, booking_id: int, *, actor: Actor, now: datetime) -> Booking:
    """The visit that staff have just ended is on again, as if nothing had been; nobody has heard.

    Raises:
        BookingNotFound
        TooLateToUndo: it has been told, or was not staff's doing.
        SlotTaken, LeadHasBooking: something else stands there by now.
    """
    lead, booking = await lock_visit(session, booking_id)
    if booking.settles_at is None or booking.status in LIVE or booking.reason == EndReason.moved:
        raise TooLateToUndo(booking_id=booking_id)
    if await find_asked(session, lead.id) or await find_promised(session, lead.id):
        raise LeadHasBooking(lead_id=lead.id)
    try:
        async with session.begin_nested():
            booking.status, booking.actor, booking.reason = BookingStatus.confirmed, actor, None
            await session.flush()
    except IntegrityError as error:
        raise SlotTaken(starts_at=booking.starts_at) from error
    lead.professional_id = booking.professional_id
    settle(lead, by=SETTLED_BY_RESTORING)
    move(session, lead, LeadStatus.booked, actor=actor, now=now)
    await tell_later(session, booking, now=now)
    return booking


async def book_by_hand(
    session: BusinessSession,
    lead: Lead,
    *,
    professional_id: int,
    visit: Interval,
    over_limit: bool = False,
    actor: Actor,
    now: datetime,
) -> Booking:
    """The visit is promised to both sides on the word of staff, who have spoken with the professional.

    Both sides hear of it once it can no longer be undone.

    Raises:
        OfferStillOut: somebody has been asked and has not answered.
        DoesNotFit: the professional is not suited.
        OutsideHours: the professional does not work then.
        LoadLimitReached: they have enough open jobs, and it is not to be theirs `over_limit`.
        SlotTaken, SlotInPast, LeadHasBooking: see `scheduling.actions.hold_slot`.
    """
    lead = await get_lead(session, lead.id, lock=True)
    if await find_open_offer(session, lead.id) is not None:
        raise OfferStillOut(lead_id=lead.id)
    professional, business = await get_professional(session, professional_id), await get_business(session)
    require_suited(professional, business, lead)
    require_open(professional, business, lead, visit)
    booking = await hold_slot(
        session,
        lead_id=lead.id,
        professional_id=professional_id,
        visit=visit,
        buffer_minutes=professional.buffer_minutes,
        actor=actor,
        now=now,
    )
    if not over_limit:
        await require_room(session, professional, lead)
    await promise(session, lead, booking, professional, actor=actor, tells=False, now=now)
    await tell_later(session, booking, now=now)
    return booking


async def reschedule(
    session: BusinessSession,
    booking_id: int,
    *,
    professional_id: int,
    visit: Interval,
    over_limit: bool = False,
    actor: Actor,
    now: datetime,
) -> Booking:
    """The visit stands elsewhere in the calendar. Both sides hear, once, of where it stands when nobody moves it again.

    Only made longer or shorter, nobody hears. Whoever was asked for another hour need not answer.

    Raises:
        BookingNotLive: it has ended.
        OfferStillOut: it is the hold of an offer.
        DoesNotFit: another professional, who is not suited; nothing has changed.
        LoadLimitReached: another one, who has enough open jobs, and it is not to be theirs `over_limit`.
        OutsideHours, SlotTaken, SlotInPast: it cannot be there; nothing has changed.
    """
    lead, booking = await lock_promised(session, booking_id)
    professional, business = await get_professional(session, professional_id), await get_business(session)
    if professional_id != booking.professional_id:
        require_suited(professional, business, lead)
    require_open(professional, business, lead, visit)
    was = {"starts_at": booking.starts_at.isoformat(), "professional_id": booking.professional_id}
    moves = booking.moves
    async with session.begin_nested():
        await move_in_place(
            session,
            booking,
            professional_id=professional_id,
            visit=visit,
            buffer_minutes=professional.buffer_minutes,
            actor=actor,
            now=now,
        )
        if professional_id != was["professional_id"] and not over_limit:
            await require_room(session, professional, lead)
        if booking.moves != moves:
            await drop_asked(session, lead, actor=actor, reason=EndReason.moved)
            lead.professional_id = professional_id
            if professional.active:  # who has left has the visit still
                settle(lead, by=SETTLED_BY_A_VISIT)
            note(
                session,
                lead,
                kind=EntryKind.moved,
                actor=actor,
                now=now,
                details={"was": was, "with": professional.name},
            )
            await tell_later(session, booking, now=now)
    return booking
