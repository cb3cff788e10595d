"""What a call was about, in a line."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.leads.models import Lead
from proli.mind.records import line_of
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking
from proli.voice.actions import get_call
from proli.voice.transcript import sum_up


async def sum_up_call(session: BusinessSession, call_id: int) -> None:
    """The call says what became of the request that it was about; nothing of one without a request."""
    call = await get_call(session, call_id)
    if call.lead_id is None:
        return
    row = (
        await session.execute(
            select(Lead, Booking, Professional.name)
            .outerjoin(Booking, (Booking.lead_id == Lead.id) & Booking.status.in_(LIVE))
            .outerjoin(Professional, Professional.id == Booking.professional_id)
            .where(Lead.id == call.lead_id)
            .order_by(Booking.id.desc())
            .limit(1)
        )
    ).first()
    if row is not None:
        lead, booking, name = row
        zone = ZoneInfo((await get_business(session)).zone)
        await sum_up(session, call_id, summary=line_of(lead, booking, name, zone))
