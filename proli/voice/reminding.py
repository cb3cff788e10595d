"""Reminders by a call: of whom, and whether the visit is still so."""

from datetime import datetime

from proli.accounts.queries import get_business
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.scheduling.models import BookingStatus
from proli.voice.models import OutgoingCall


async def is_wanted_still(session: BusinessSession, planned: OutgoingCall, *, now: datetime) -> bool:
    """Whether the visit stands, is certain and ahead, and the business still wants such calls."""
    assert planned.booking_id is not None
    visit = await get_visit(session, planned.booking_id)
    stands = visit.booking.status is BookingStatus.confirmed and visit.booking.starts_at > now
    certain = not visit.in_question(now) and visit.booking.expected_at is None
    return stands and certain and (await get_business(session)).calls_reminders
