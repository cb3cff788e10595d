"""Slots are held, promised, released and ended. The database refuses overlaps; nothing here needs to check first."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import Actor
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.queries import get_professional
from proli.scheduling.errors import (
    BookingNotLive,
    LeadHasBooking,
    SlotInPast,
    SlotTaken,
    VisitNotChangeable,
)
from proli.scheduling.events import (
    BookingCancelled,
    BookingConfirmed,
)
from proli.scheduling.models import LIVE, NO_OVERLAP, ONE_ASKED_PER_LEAD, Booking, BookingStatus, EndReason
from proli.scheduling.queries import find_promised
from proli.scheduling.rules import Interval

MOST_WORDS: Final = 500
"""Letters kept of what was done, or of why a visit will not be."""


async def hold_slot(
    session: BusinessSession,
    *,
    lead_id: int,
    professional_id: int,
    visit: Interval,
    buffer_minutes: int,
    actor: Actor,
    now: datetime,
    replaces: Booking | None = None,
) -> Booking:
    """The slot, with its buffer after, is kept for the lead; the visit it would replace stands until then.

    Of callers racing for one slot exactly one wins. They stand in line for the professional: two that found each other
    through the constraint alone would wait for each other.

    Raises:
        SlotInPast: the visit begins no later than `now`.
        SlotTaken: a live booking overlaps; the transaction stays usable.
        LeadHasBooking: the lead holds another slot; the transaction stays usable.
    """
    if visit.start <= now:
        raise SlotInPast(starts_at=visit.start)
    if replaces is None and await find_promised(session, lead_id) is not None:
        raise LeadHasBooking(lead_id=lead_id)
    during = occupied(visit, buffer_minutes)
    if replaces is not None and replaces.professional_id == professional_id:
        during = not_yet_held(during, replaces.during)
    booking = Booking(
        lead_id=lead_id,
        professional_id=professional_id,
        status=BookingStatus.held,
        starts_at=visit.start,
        ends_at=visit.end,
        during=during,
        actor=actor,
        replaces_id=replaces.id if replaces is not None else None,
    )
    try:
        async with session.begin_nested():
            await get_professional(session, professional_id, lock=True)
            session.add(booking)
    except IntegrityError as error:
        if NO_OVERLAP in str(error.orig):
            raise SlotTaken(starts_at=visit.start) from error
        if ONE_ASKED_PER_LEAD in str(error.orig):
            raise LeadHasBooking(lead_id=lead_id) from error
        raise
    return booking


def occupied(visit: Interval, buffer_minutes: int) -> Range[datetime]:
    during = visit.padded(before_minutes=0, after_minutes=buffer_minutes)
    return Range(during.start, during.end)


def not_yet_held(wanted: Range[datetime], had: Range[datetime]) -> Range[datetime]:
    """What is wanted and not had, as one range. Where that is on both sides, all that is wanted: the database then
    refuses it.
    """
    if not wanted.overlaps(had):
        return wanted
    if had.contains(wanted):
        return Range(empty=True)
    if wanted.contains(had) and wanted.lower != had.lower and wanted.upper != had.upper:
        return wanted
    return wanted.difference(had)


async def replace_visit(
    session: BusinessSession, booking: Booking, replaced: Booking, *, buffer_minutes: int, actor: Actor
) -> None:
    """The hold takes all of its time, and the visit that stood until now is no more.

    The pause after it is as long as it is now, or else as was held, or else none.

    Raises:
        SlotTaken: what the hold had of the other visit's time was given away; nothing has changed.
    """
    visit, held_until = Interval(booking.starts_at, booking.ends_at), booking.during.upper
    held = max(held_until - visit.end, timedelta()) if held_until is not None else timedelta()
    await get_professional(session, booking.professional_id, lock=True)
    for pause in dict.fromkeys((buffer_minutes, held // timedelta(minutes=1), 0)):
        try:
            async with session.begin_nested():
                replaced.status, replaced.actor, replaced.reason = BookingStatus.cancelled, actor, EndReason.moved
                await session.flush()
                booking.during = occupied(visit, pause)
                await session.flush()
        except IntegrityError as error:
            await session.refresh(booking)
            await session.refresh(replaced)
            if NO_OVERLAP not in str(error.orig):
                raise
        else:
            return
    raise SlotTaken(starts_at=visit.start)


async def move_in_place(
    session: BusinessSession,
    booking: Booking,
    *,
    professional_id: int,
    visit: Interval,
    buffer_minutes: int,
    actor: Actor,
    now: datetime,
) -> None:
    """The visit stands elsewhere in the calendar, or is longer or shorter.

    Raises:
        SlotInPast: it would begin anew no later than `now`.
        SlotTaken: a live booking overlaps; the transaction stays usable.
    """
    elsewhere = professional_id != booking.professional_id or visit.start != booking.starts_at
    if elsewhere and visit.start <= now:
        raise SlotInPast(starts_at=visit.start)
    try:
        async with session.begin_nested():
            await get_professional(session, professional_id, lock=True)
            booking.professional_id, booking.starts_at, booking.ends_at = professional_id, visit.start, visit.end
            booking.during, booking.actor = occupied(visit, buffer_minutes), actor
            if elsewhere:
                booking.moves += 1
                booking.on_the_way_at, booking.expected_at, booking.unable_at = None, None, None
            await session.flush()
    except IntegrityError as error:
        await session.refresh(booking)
        if NO_OVERLAP in str(error.orig):
            raise SlotTaken(starts_at=visit.start) from error
        raise


def require_live(booking: Booking) -> None:
    if booking.status not in LIVE:
        raise BookingNotLive(booking_id=booking.id, status=booking.status.value)


async def confirm_booking(session: BusinessSession, booking: Booking, *, actor: Actor, tells: bool = True) -> None:
    """The visit is promised and both sides will be told; not yet without `tells`. Said twice, it changes nothing.

    Raises:
        BookingNotLive: it has ended meanwhile.
    """
    require_live(booking)
    if booking.status != BookingStatus.confirmed:
        booking.status, booking.actor = BookingStatus.confirmed, actor
        if tells:
            await emit(session, BookingConfirmed(business_id=session.require_business(), booking_id=booking.id))


def release_hold(booking: Booking, *, actor: Actor, reason: EndReason) -> None:
    """The slot of an unanswered or declined offer is free again; nobody was promised anything."""
    require_live(booking)
    booking.status, booking.actor, booking.reason = BookingStatus.cancelled, actor, reason


async def cancel_booking(
    session: BusinessSession, booking: Booking, *, actor: Actor, words: str = "", tells: bool = True
) -> None:
    """The visit will not be, for what is said in `words`. Whoever was promised it is told; not yet without `tells`.

    Raises:
        BookingNotLive: it has ended meanwhile.
    """
    promised = booking.status == BookingStatus.confirmed
    release_hold(booking, actor=actor, reason=EndReason.called_off)
    booking.reason_words = words[:MOST_WORDS]
    if promised and tells:
        await emit(session, BookingCancelled(business_id=session.require_business(), booking_id=booking.id))


def require_promised(booking: Booking) -> None:
    """Return when the visit is promised to both sides.

    Raises:
        BookingNotLive: it is not, or no more.
    """
    if booking.status != BookingStatus.confirmed:
        raise BookingNotLive(booking_id=booking.id, status=booking.status.value)


def may_customer_change(booking: Booking, *, now: datetime) -> bool:
    """Customers may move a visit or call it off until it begins."""
    return not booking.has_begun(now)


def require_changeable(booking: Booking | None, *, actor: Actor, now: datetime) -> None:
    """Return when whoever acts may still move what stands, or call it off: customers may until it begins.

    Raises:
        VisitNotChangeable
    """
    if booking is not None and actor.is_customer and not may_customer_change(booking, now=now):
        raise VisitNotChangeable(booking_id=booking.id, status=booking.status.value)
