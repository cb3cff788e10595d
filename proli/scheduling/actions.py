"""Slots are held, promised, released and ended. The database refuses overlaps; nothing here needs to check first."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.queries import get_professional
from proli.scheduling.errors import (
    BadScore,
    BookingNotDone,
    BookingNotLive,
    LeadHasBooking,
    SlotInPast,
    SlotTaken,
    TooEarly,
)
from proli.scheduling.events import BookingCancelled, BookingConfirmed, ProfessionalOnTheWay, VisitDone
from proli.scheduling.models import LIVE, NO_OVERLAP, ONE_LIVE_PER_LEAD, Booking, BookingStatus, Rating
from proli.scheduling.queries import find_rating
from proli.scheduling.rules import Interval

EARLY: Final = timedelta(hours=3)
"""How long before its start a visit may be set out for, or finished."""


async def hold_slot(
    session: BusinessSession,
    *,
    lead_id: int,
    professional_id: int,
    visit: Interval,
    buffer_minutes: int,
    actor: str,
    now: datetime,
) -> Booking:
    """The slot, with its buffer after, is kept for the lead.

    Of callers racing for one slot exactly one wins. They stand in line for the professional: two that found each other
    through the constraint alone would wait for each other.

    Raises:
        SlotInPast: the visit begins no later than `now`.
        SlotTaken: a live booking overlaps; the transaction stays usable.
        LeadHasBooking: the lead holds another slot; the transaction stays usable.
    """
    if visit.start <= now:
        raise SlotInPast(starts_at=visit.start)
    during = visit.padded(before_minutes=0, after_minutes=buffer_minutes)
    booking = Booking(
        lead_id=lead_id,
        professional_id=professional_id,
        status=BookingStatus.held,
        starts_at=visit.start,
        ends_at=visit.end,
        during=Range(during.start, during.end),
        actor=actor,
    )
    try:
        async with session.begin_nested():
            await get_professional(session, professional_id, lock=True)
            session.add(booking)
    except IntegrityError as error:
        if NO_OVERLAP in str(error.orig):
            raise SlotTaken(starts_at=visit.start) from error
        if ONE_LIVE_PER_LEAD in str(error.orig):
            raise LeadHasBooking(lead_id=lead_id) from error
        raise
    return booking


def require_live(booking: Booking) -> None:
    if booking.status not in LIVE:
        raise BookingNotLive(booking_id=booking.id, status=booking.status.value)


async def confirm_booking(session: BusinessSession, booking: Booking, *, actor: str) -> None:
    """The visit is promised and both sides will be told. Said twice, it changes nothing.

    Raises:
        BookingNotLive: it has ended meanwhile.
    """
    require_live(booking)
    if booking.status != BookingStatus.confirmed:
        booking.status, booking.actor = BookingStatus.confirmed, actor
        await emit(session, BookingConfirmed(business_id=session.require_business(), booking_id=booking.id))


def release_hold(booking: Booking, *, actor: str, reason: str) -> None:
    """The slot of an unanswered or declined offer is free again; nobody was promised anything."""
    require_live(booking)
    booking.status, booking.actor, booking.reason = BookingStatus.cancelled, actor, reason


async def cancel_booking(session: BusinessSession, booking: Booking, *, actor: str, reason: str) -> None:
    """The visit will not be, and whoever was promised it will be told.

    Raises:
        BookingNotLive: it has ended meanwhile.
    """
    require_live(booking)
    promised = booking.status == BookingStatus.confirmed
    booking.status, booking.actor, booking.reason = BookingStatus.cancelled, actor, reason
    if promised:
        await emit(session, BookingCancelled(business_id=session.require_business(), booking_id=booking.id))


def require_near(booking: Booking, *, now: datetime) -> None:
    """Return when the visit is promised and near enough to be set out for.

    Raises:
        BookingNotLive: it is not promised, or no more.
        TooEarly: it begins too long from now.
    """
    if booking.status != BookingStatus.confirmed:
        raise BookingNotLive(booking_id=booking.id, status=booking.status.value)
    if booking.starts_at - EARLY > now:
        raise TooEarly(booking_id=booking.id, starts_at=booking.starts_at)


def require_begun(booking: Booking, *, now: datetime) -> None:
    """Return when the visit has begun or the professional has set out for it.

    Raises:
        BookingNotLive: it is not promised, or no more.
        TooEarly: neither.
    """
    require_near(booking, now=now)
    if booking.starts_at > now and booking.on_the_way_at is None:
        raise TooEarly(booking_id=booking.id, starts_at=booking.starts_at)


async def set_out(session: BusinessSession, booking: Booking, *, now: datetime) -> bool:
    """The customer will hear that the professional is on the way; False when that was said before."""
    if booking.on_the_way_at is not None:
        return False
    booking.on_the_way_at = now
    await emit(session, ProfessionalOnTheWay(business_id=session.require_business(), booking_id=booking.id))
    return True


async def finish_visit(session: BusinessSession, booking: Booking, *, actor: str) -> None:
    """The visit has taken place.

    Raises:
        BookingNotLive: it has ended before, or was never promised.
    """
    if booking.status not in (BookingStatus.pending, BookingStatus.confirmed):
        raise BookingNotLive(booking_id=booking.id, status=booking.status.value)
    booking.status, booking.actor = BookingStatus.done, actor
    await emit(session, VisitDone(business_id=session.require_business(), booking_id=booking.id))


async def rate_visit(session: BusinessSession, booking: Booking, *, score: int, words: str, now: datetime) -> Rating:
    """The visit has this rating and the professional's sums hold it; one given before is replaced.

    Raises:
        BadScore: not 1 to 5.
        BookingNotDone: the visit has not taken place.
    """
    if not 1 <= score <= 5:
        raise BadScore(score=score)
    if booking.status != BookingStatus.done:
        raise BookingNotDone(booking_id=booking.id, status=booking.status.value)
    # Two ratings of one professional stand in line here, so that neither is lost from the sums.
    professional = await get_professional(session, booking.professional_id, lock=True)
    rating = await find_rating(session, booking.id)
    if rating is None:
        rating = Rating(
            booking_id=booking.id, professional_id=booking.professional_id, lead_id=booking.lead_id, score=0
        )
        session.add(rating)
        professional.rating_count += 1
    professional.rating_sum += score - rating.score
    rating.score, rating.words, rating.at = score, words.strip(), now
    await session.flush()
    return rating
