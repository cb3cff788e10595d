"""A contact wants no messages unasked, or wants them again; staff know of whom a visit waits without a reminder."""

from datetime import datetime

from sqlalchemy import select

from proli.contacts import actions as contacts
from proli.contacts.actions import Said, may_be_written_first
from proli.contacts.addresses import get_contact
from proli.conversations.models import Conversation
from proli.conversations.reasons import StaffNews
from proli.leads.models import Lead
from proli.notifications.calling import tell_again
from proli.platform.db import BusinessSession
from proli.scheduling.models import Booking, BookingStatus


async def leave_alone(session: BusinessSession, conversation: Conversation, said: Said, *, now: datetime) -> None:
    """The contact hears from us only in answer; of each visit ahead staff hear once that no reminder will be sent.

    Raises:
        ContactNotFound
    """
    await contacts.opt_out(session, conversation.contact_id, said, now=now)
    ahead = select(Booking.id).join(Lead, Lead.id == Booking.lead_id)
    ahead = ahead.where(Lead.contact_id == conversation.contact_id, Booking.status == BookingStatus.confirmed)
    for booking_id in await session.scalars(ahead.where(Booking.starts_at > now).order_by(Booking.id)):
        await tell_again(session, conversation, reason=StaffNews.opted_out, key=f"opted_out:{booking_id}")


async def write_again(session: BusinessSession, conversation: Conversation, said: Said, *, now: datetime) -> bool:
    """The contact may be written to first again; False where they may be already, and nothing is kept of it.

    Raises:
        ContactNotFound
    """
    if may_be_written_first(await get_contact(session, conversation.contact_id)):
        return False
    await contacts.opt_in(session, conversation.contact_id, said, now=now)
    return True
