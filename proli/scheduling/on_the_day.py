"""A promised visit on its day: somebody sets out for it, is late, cannot come or comes after all, and it is done."""

from datetime import datetime, timedelta
from typing import Final

from proli.accounts.actor import Actor
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.scheduling.actions import MOST_WORDS, require_promised
from proli.scheduling.errors import TooEarly
from proli.scheduling.events import ProfessionalLate, ProfessionalOnTheWay, VisitDone, VisitStands
from proli.scheduling.models import Booking, BookingStatus

SETS_OUT_WITHIN: Final = timedelta(hours=3)
"""How long before its start a visit may be set out for, or finished."""


def require_near(booking: Booking, *, now: datetime) -> None:
    """Return when the visit is confirmed and begins soon enough for "on my way" to be said of it.

    Raises:
        BookingNotLive: it is not promised, or no more.
        TooEarly: it begins too long from now.
    """
    require_promised(booking)
    if booking.starts_at - SETS_OUT_WITHIN > now:
        raise TooEarly(booking_id=booking.id, starts_at=booking.starts_at)


def require_begun(booking: Booking, *, now: datetime) -> None:
    """Return when the visit has begun or the professional has set out for it.

    Raises:
        BookingNotLive: it is not promised, or no more.
        TooEarly: neither.
    """
    require_promised(booking)
    if booking.starts_at > now and (booking.on_the_way_at is None or booking.starts_at - SETS_OUT_WITHIN > now):
        raise TooEarly(reason="not_begun", booking_id=booking.id, starts_at=booking.starts_at)


async def set_out(session: BusinessSession, booking: Booking, *, now: datetime) -> bool:
    """The customer will hear that the professional is on the way; False when that was said before."""
    if booking.on_the_way_at is not None:
        return False
    booking.on_the_way_at, booking.unable_at = now, None
    await emit(session, ProfessionalOnTheWay(business_id=session.require_business(), booking_id=booking.id))
    return True


def say_unable(booking: Booking, *, now: datetime) -> None:
    """Its professional cannot come: the visit is in question until people decide, and nobody is on the way to it.

    Raises:
        BookingNotLive: it is not promised, or no more.
    """
    require_promised(booking)
    booking.unable_at, booking.on_the_way_at = booking.unable_at or now, None


async def let_stand(session: BusinessSession, booking: Booking, *, by_professional: bool) -> None:
    """The visit, which was in question, will be after all, and whoever heard otherwise will hear."""
    booking.unable_at = None
    business_id = session.require_business()
    await emit(session, VisitStands(business_id=business_id, booking_id=booking.id, by_professional=by_professional))


async def expect_late(session: BusinessSession, booking: Booking, *, expected_at: datetime) -> bool:
    """The customer will hear when the visit begins instead, be it at its own hour after all; False when that was said
    before.

    Raises:
        BookingNotLive: it is not promised, or no more.
    """
    require_promised(booking)
    later = expected_at if expected_at > booking.starts_at else None
    if booking.expected_at == later:
        return False
    booking.expected_at = later
    await emit(session, ProfessionalLate(business_id=session.require_business(), booking_id=booking.id))
    return True


def record_work(booking: Booking, *, words: str, price_agorot: int | None) -> None:
    """The visit tells what was done and what was taken; what is not told now stays as it was told before."""
    booking.work_done = words[:MOST_WORDS] or booking.work_done
    booking.price_agorot = booking.price_agorot if price_agorot is None else price_agorot


async def finish_visit(session: BusinessSession, booking: Booking, *, actor: Actor, tells: bool = True) -> None:
    """The visit has taken place, and the customer is thanked; not yet without `tells`.

    Raises:
        BookingNotLive: it has ended before, or was never promised.
    """
    require_promised(booking)
    booking.status, booking.actor = BookingStatus.done, actor
    if tells:
        await emit(session, VisitDone(business_id=session.require_business(), booking_id=booking.id))
