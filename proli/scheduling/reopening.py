"""A visit that was reported as done stands again."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import Actor
from proli.leads.models import EntryKind, LeadEntry
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.scheduling.errors import BookingNotLive, LeadHasBooking, SlotTaken
from proli.scheduling.events import VisitReopened
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.queries import find_promised


async def reopen_visit(session: BusinessSession, booking: Booking, *, actor: Actor) -> None:
    """The visit stands again as it was promised, and tells neither what was done nor a price.

    Raises:
        BookingNotLive: it is not done.
        SlotTaken, LeadHasBooking: something else stands there by now; the transaction stays usable.
    """
    if booking.status != BookingStatus.done:
        raise BookingNotLive(booking_id=booking.id, status=booking.status.value)
    if await find_promised(session, booking.lead_id) is not None:
        raise LeadHasBooking(lead_id=booking.lead_id)
    try:
        async with session.begin_nested():
            booking.status, booking.actor = BookingStatus.confirmed, actor
            booking.work_done, booking.price_agorot = "", None
            await session.flush()
    except IntegrityError as error:
        await session.refresh(booking)
        raise SlotTaken(starts_at=booking.starts_at) from error
    await emit(session, VisitReopened(business_id=session.require_business(), booking_id=booking.id))


async def find_reopened(session: BusinessSession, booking: Booking) -> LeadEntry | None:
    """The newest line of the timeline that says that the visit is not done after all."""
    found = select(LeadEntry).where(
        LeadEntry.lead_id == booking.lead_id,
        LeadEntry.kind == EntryKind.reopened,
        LeadEntry.details["booking_id"].as_integer() == booking.id,
    )
    return await session.scalar(found.order_by(LeadEntry.id.desc()).limit(1))
