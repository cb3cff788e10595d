"""A visit as its customer may see it."""

from sqlalchemy import case, func, select

from proli.leads.models import EntryKind, LeadEntry
from proli.leads.queries import get_lead
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.scheduling.errors import BookingNotFound
from proli.scheduling.models import LIVE, Booking, BookingStatus


async def get_current_visit(session: BusinessSession, booking_id: int, *, lock: bool) -> VisitDetails:
    """The visit of that booking, or the one it was moved to since; with `lock`, nobody else changes it now.

    Raises:
        BookingNotFound
    """
    lead_id = await session.scalar(select(Booking.lead_id).where(Booking.id == booking_id))
    if lead_id is None:
        raise BookingNotFound(booking_id=booking_id)
    if lock:
        await get_lead(session, lead_id, lock=True)
    stands = case(
        (Booking.status == BookingStatus.confirmed, 0),
        (Booking.status.in_(LIVE), 1),
        (Booking.status != BookingStatus.cancelled, 2),
        else_=3,
    )
    order = stands, Booking.id.desc()
    current = await session.scalar(select(Booking.id).where(Booking.lead_id == lead_id).order_by(*order).limit(1))
    return await get_visit(session, current or booking_id)


async def is_confirmed(session: BusinessSession, visit: VisitDetails) -> bool:
    """Whether the customer has said that they will be there."""
    said = select(LeadEntry.id).where(
        LeadEntry.lead_id == visit.lead.id,
        LeadEntry.kind == EntryKind.visit_confirmed,
        LeadEntry.details["booking_id"].as_integer() == visit.booking.id,
        func.coalesce(LeadEntry.details["moves"].as_integer(), 0) == visit.booking.moves,
    )
    return await session.scalar(said.limit(1)) is not None
