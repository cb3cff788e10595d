"""Reads of bookings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import case, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import Range

from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.leads.models import Lead
from proli.platform.db import BusinessSession, locked
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound
from proli.scheduling.models import LIVE, Booking, BookingStatus, Rating
from proli.scheduling.rules import Interval

STILL_AT_WORK: Final = or_(
    Professional.active,
    exists().where(Booking.professional_id == Professional.id, Booking.status == BookingStatus.confirmed),
)
"""Whoever takes requests, or still has a visit to make: they write as professionals."""
type Writer = Literal["our own number", "professional", "staff", "customer"]
WRITER: Final = case(
    (func.proli_is_ours(Contact.phone_e164), "our own number"),
    (
        exists()
        .where(
            Professional.business_id == Contact.business_id,
            Professional.phone_e164 == Contact.phone_e164,
            STILL_AT_WORK,
        )
        .correlate(Contact),
        "professional",
    ),
    (Contact.phone_e164 == Business.staff_e164, "staff"),
    (
        Business.transfers["people"].contains(
            func.jsonb_build_array(func.jsonb_build_object("phone_e164", Contact.phone_e164))
        ),
        "staff",
    ),
    else_="customer",
)
"""Who a contact of the business writes as. A professional who is also who staff are called by is served by the desk."""


async def get_booking(session: BusinessSession, booking_id: int, *, lock: bool = False) -> Booking:
    statement = select(Booking).where(Booking.id == booking_id)
    found = await session.scalar(locked(statement) if lock else statement)
    if found is None:
        raise BookingNotFound(booking_id=booking_id)
    return found


async def find_promised(session: BusinessSession, lead_id: int, *, lock: bool = False) -> Booking | None:
    """The one visit the lead was promised."""
    statement = select(Booking).where(Booking.lead_id == lead_id, Booking.status == BookingStatus.confirmed)
    return await session.scalar(locked(statement) if lock else statement)


async def find_asked(session: BusinessSession, lead_id: int, *, lock: bool = False) -> Booking | None:
    """The one slot that is held for the lead and not promised, whoever is asked for it."""
    asked = (BookingStatus.held, BookingStatus.pending)
    statement = select(Booking).where(Booking.lead_id == lead_id, Booking.status.in_(asked))
    return await session.scalar(locked(statement) if lock else statement)


async def find_awaiting_approval(session: BusinessSession, lead_id: int) -> Booking | None:
    """The one slot that is held for the lead while a professional is asked for it."""
    found = await find_asked(session, lead_id)
    return found if found is not None and found.asks_until is None else None


async def list_busy(
    session: BusinessSession, professional_ids: Sequence[int], *, within: Interval, besides: int | None = None
) -> dict[int, list[Interval]]:
    """What each professional's live bookings occupy within a window, buffers included, `besides` those of a lead."""
    found = await session.execute(
        select(Booking.professional_id, Booking.during).where(
            Booking.professional_id.in_(professional_ids),
            Booking.status.in_(LIVE),
            Booking.during.overlaps(Range(within.start, within.end)),
            Booking.lead_id != besides if besides is not None else true(),
        )
    )
    busy: dict[int, list[Interval]] = {professional_id: [] for professional_id in professional_ids}
    for professional_id, during in found:
        if during.lower is not None and during.upper is not None:
            busy[professional_id].append(Interval(during.lower, during.upper))
    return busy


async def list_visits(
    session: BusinessSession, professional_id: int, *, start: datetime, end: datetime
) -> Sequence[Booking]:
    """Promised visits of a professional that begin in a window, in order."""
    return (
        await session.scalars(
            select(Booking)
            .where(
                Booking.professional_id == professional_id,
                Booking.status == BookingStatus.confirmed,
                Booking.starts_at >= start,
                Booking.starts_at < end,
            )
            .order_by(Booking.starts_at)
        )
    ).all()


async def find_last_rating(session: BusinessSession, lead_id: int) -> Rating | None:
    """The newest rating among the visits of a lead."""
    newest = select(Rating).where(Rating.lead_id == lead_id).order_by(Rating.at.desc(), Rating.id.desc()).limit(1)
    return await session.scalar(newest)


async def find_rating(session: BusinessSession, booking_id: int) -> Rating | None:
    return await session.scalar(select(Rating).where(Rating.booking_id == booking_id))


async def find_at_work(session: BusinessSession, phone_e164: str) -> Professional | None:
    """The professional who writes from this phone."""
    return await session.scalar(select(Professional).where(Professional.phone_e164 == phone_e164, STILL_AT_WORK))


async def find_last_done(session: BusinessSession, contact_id: int, *, since: datetime) -> Booking | None:
    """The last visit of the contact that took place, if it ended since then."""
    done = select(Booking).join(Lead, Lead.id == Booking.lead_id)
    done = done.where(Lead.contact_id == contact_id, Booking.status == BookingStatus.done, Booking.ends_at >= since)
    return await session.scalar(done.order_by(Booking.ends_at.desc()).limit(1))
