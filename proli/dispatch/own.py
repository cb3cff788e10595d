"""What is a professional's own: the offers they may answer, their visits, and what they say of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, select

from proli.accounts.actor import Actor
from proli.contacts.models import Contact
from proli.dispatch.actions import finish_job
from proli.dispatch.calendar import lock_visit
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead
from proli.platform.db import BusinessSession
from proli.scheduling.actions import require_near, set_out
from proli.scheduling.errors import BookingNotFound
from proli.scheduling.models import Booking, BookingStatus

SHOWN = (BookingStatus.pending, BookingStatus.confirmed, BookingStatus.done, BookingStatus.no_show)


async def list_own_offers(
    session: BusinessSession, professional_id: int, *, now: datetime
) -> Sequence[Row[Offer, Booking, Lead]]:
    """Offers the professional has been sent and may still answer, soonest to expire first."""
    statement = (
        select(Offer, Booking, Lead)
        .join(Booking, Booking.id == Offer.booking_id)
        .join(Lead, Lead.id == Offer.lead_id)
        .where(
            Offer.professional_id == professional_id,
            Offer.status == OfferStatus.open,
            Offer.sends_at <= now,
            Offer.expires_at > now,
        )
        .order_by(Offer.expires_at, Offer.id)
    )
    return (await session.execute(statement)).all()


async def list_own_visits(
    session: BusinessSession, professional_id: int, *, start: datetime, end: datetime
) -> Sequence[Row[Booking, Lead, Contact]]:
    """Visits of the professional that begin in a window and were not called off, in order."""
    statement = (
        select(Booking, Lead, Contact)
        .join(Lead, Lead.id == Booking.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .where(
            Booking.professional_id == professional_id,
            Booking.starts_at >= start,
            Booking.starts_at < end,
            Booking.status.in_(SHOWN),
        )
        .order_by(Booking.starts_at)
    )
    return (await session.execute(statement)).all()


async def lock_own_visit(session: BusinessSession, booking_id: int, professional_id: int) -> Booking:
    """The visit of this professional, which nobody else changes now.

    Raises:
        BookingNotFound: there is none, or it is somebody else's.
    """
    _, booking = await lock_visit(session, booking_id)
    if booking.professional_id != professional_id:
        raise BookingNotFound(booking_id=booking_id)
    return booking


async def set_out_for(session: BusinessSession, booking_id: int, *, professional_id: int, now: datetime) -> bool:
    """The customer will hear that the professional is on the way; False when that was said before.

    Raises:
        BookingNotFound: not theirs.
        BookingNotLive: it is not promised, or no more.
        TooEarly: it begins too long from now.
    """
    booking = await lock_own_visit(session, booking_id, professional_id)
    require_near(booking, now=now)
    return await set_out(session, booking, now=now)


async def finish_own(
    session: BusinessSession, booking_id: int, *, professional_id: int, actor: Actor, now: datetime
) -> Booking:
    """The visit has taken place and the customer is thanked; said again, it changes nothing.

    Raises:
        BookingNotFound: not theirs.
        BookingNotLive: it is not promised, or no more.
        TooEarly: it has not begun, and the professional has not set out.
    """
    booking = await lock_own_visit(session, booking_id, professional_id)
    if booking.status != BookingStatus.done:
        await finish_job(session, booking, actor=actor, now=now)
    return booking
