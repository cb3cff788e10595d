"""Where nobody has to approve: the best professional who is free is booked at once."""

from datetime import datetime

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.dispatch.actions import promise
from proli.dispatch.errors import NobodyFits
from proli.dispatch.rules import Ranked
from proli.dispatch.slots import hold_for, rank_for_hour
from proli.leads.models import Lead
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.professionals.queries import get_professional
from proli.scheduling.actions import replace_visit
from proli.scheduling.models import Booking
from proli.scheduling.queries import find_promised


async def book_visit(
    session: BusinessSession, lead: Lead, *, starts_at: datetime, actor: Actor, now: datetime
) -> Booking:
    """The visit is booked with the best professional who is free then; one that was booked before has moved.

    Raises:
        LeadIncomplete: the trade or the place is not known.
        NobodyFits: nobody is free at that hour; nothing has changed.
    """
    lead = await get_lead(session, lead.id, lock=True)
    promised = await find_promised(session, lead.id, lock=True)
    if promised is not None and promised.starts_at == starts_at:
        return promised
    async with session.begin_nested():
        business = await get_business(session)
        keep = promised.professional_id if promised is not None else None
        ranked = await rank_for_hour(session, lead, starts_at=starts_at, business=business, now=now, keep=keep)
        for one in ranked:
            booking = await try_booking(session, lead, one, actor=actor, now=now, promised=promised)
            if booking is not None:
                return booking
        raise NobodyFits(lead_id=lead.id, starts_at=starts_at.isoformat())


async def try_booking(
    session: BusinessSession, lead: Lead, one: Ranked, *, actor: Actor, now: datetime, promised: Booking | None
) -> Booking | None:
    """The professional's slot is booked for the lead, in place of what was promised; None when somebody was faster."""
    if one.slot is None:
        return None
    professional = await get_professional(session, one.professional_id)
    booking = await hold_for(session, lead, professional, one.slot, actor=actor, now=now, replaces=promised)
    if booking is None:
        return None
    if promised is not None:
        await replace_visit(session, booking, promised, buffer_minutes=professional.buffer_minutes, actor=actor)
    await promise(session, lead, booking, professional, actor=actor, now=now)
    return booking
