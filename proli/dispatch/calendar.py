"""What staff do with visits that are in the calendar. Every verb locks the lead first, then the booking."""

from datetime import datetime

from proli.dispatch.actions import finish_job
from proli.dispatch.errors import OfferStillOut
from proli.leads.actions import move
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.scheduling.actions import cancel_booking, require_live
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.queries import get_booking


async def lock_visit(session: BusinessSession, booking_id: int) -> tuple[Lead, Booking]:
    """The visit and its lead, which nobody else changes now.

    Raises:
        BookingNotFound
    """
    found = await get_booking(session, booking_id)
    lead = await get_lead(session, found.lead_id, lock=True)
    return lead, await get_booking(session, booking_id, lock=True)


async def lock_promised(session: BusinessSession, booking_id: int) -> tuple[Lead, Booking]:
    """The same, of a visit that is on.

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


async def mark_done(session: BusinessSession, booking_id: int, *, actor: str, now: datetime) -> None:
    """The visit has taken place and its lead is done.

    Raises:
        BookingNotFound, BookingNotLive, OfferStillOut
    """
    _, booking = await lock_promised(session, booking_id)
    await finish_job(session, booking, actor=actor, now=now)


async def mark_no_show(session: BusinessSession, booking_id: int, *, actor: str, now: datetime) -> None:
    """Nobody was there; the lead waits for another hour.

    Raises:
        BookingNotFound, BookingNotLive, OfferStillOut
    """
    lead, booking = await lock_promised(session, booking_id)
    booking.status, booking.actor = BookingStatus.no_show, actor
    move(session, lead, LeadStatus.contacted, actor=actor, now=now)


async def call_off(session: BusinessSession, booking_id: int, *, actor: str, reason: str, now: datetime) -> None:
    """The visit will not be, and both sides are told; the lead stays open.

    Raises:
        BookingNotFound, BookingNotLive, OfferStillOut
    """
    lead, booking = await lock_promised(session, booking_id)
    await cancel_booking(session, booking, actor=actor, reason=reason)
    move(session, lead, LeadStatus.contacted, actor=actor, now=now)
