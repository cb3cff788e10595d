"""Whether the time of a promised visit suits, as the customer says; it stands until another is approved."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from proli.accounts.actor import BY_CUSTOMER
from proli.leads.actions import note
from proli.leads.models import EntryKind, Lead, LeadEntry
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.scheduling.events import TimeSaid
from proli.scheduling.models import Booking

SAID: Final = (EntryKind.time_refused, EntryKind.time_suits, EntryKind.visit_confirmed)


async def note_time(session: BusinessSession, lead: Lead, booking: Booking, *, suits: bool, now: datetime) -> bool:
    """The timeline says it, and whoever comes hears; False where it says so already. The lead is locked."""
    newest = await find_time_said(session, booking)
    if suits != (newest is not None and newest.kind == EntryKind.time_refused):
        return False
    kind = EntryKind.time_suits if suits else EntryKind.time_refused
    details = {"booking_id": booking.id, "moves": booking.moves}
    note(session, lead, kind=kind, actor=BY_CUSTOMER, now=now, details=details)
    await emit(session, TimeSaid(business_id=session.require_business(), booking_id=booking.id, suits=suits))
    return True


async def find_time_said(session: BusinessSession, booking: Booking, *, before: int | None = None) -> LeadEntry | None:
    """The line of the timeline with what was said last of the time of the visit as it stands, or last before a line."""
    found = (
        select(LeadEntry)
        .where(
            LeadEntry.lead_id == booking.lead_id,
            LeadEntry.kind.in_(SAID),
            LeadEntry.details["booking_id"].as_integer() == booking.id,
            LeadEntry.details["moves"].as_integer() == booking.moves,
        )
        .order_by(LeadEntry.id.desc())
    )
    return await session.scalar((found.where(LeadEntry.id < before) if before else found).limit(1))
