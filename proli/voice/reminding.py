"""Reminders by a call: whom nothing in writing reaches, and whether the visit is still so."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.queries import get_business
from proli.contacts.actions import may_be_written_first
from proli.conversations.models import Delivery, Direction, Message, MessageKind
from proli.conversations.queries import find_latest_conversation
from proli.notifications.events import ReminderDue
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.scheduling.models import BookingStatus
from proli.voice.calling_out import Plan, plan_call
from proli.voice.models import OutgoingCall
from proli.voice.out_rules import CallPurpose
from proli.voice.rules import may_have_whatsapp

BEFORE: Final = timedelta(minutes=30)
"""Nobody is called about a visit that begins so soon."""


async def remind_by_call(session: BusinessSession, event: ReminderDue, *, now: datetime) -> None:
    """Whom the reminder cannot reach in writing is called instead, where the business wants that; once for each."""
    if not (await get_business(session)).calls_reminders:
        return
    visit = await get_visit(session, event.booking_id)
    if visit.booking.starts_at != event.starts_at or not stands(visit, now=now):
        return
    contact = visit.contact
    if contact.phone_e164 is None or not may_be_written_first(contact) or await reads(session, visit):
        return
    plan = Plan(
        contact_id=contact.id, purpose=CallPurpose.reminder, due_at=now, actor=BY_SYSTEM, lead_id=visit.lead.id,
        key=f"reminder:{event.booking_id}:{event.code}:{event.starts_at.isoformat()}", booking_id=event.booking_id,
        useful_until=event.starts_at - BEFORE,
    )  # fmt: skip
    await plan_call(session, plan, now=now)


async def reads(session: BusinessSession, visit: VisitDetails) -> bool:
    """Whether what is written reaches the customer: not at a landline from which they never wrote, nor where our last
    message could not be delivered."""
    conversation = await find_latest_conversation(session, visit.contact.id)
    phone = visit.contact.phone_e164
    if conversation is None:
        return phone is not None and may_have_whatsapp(phone)
    written = (Message.conversation_id == conversation.id, Message.kind != MessageKind.call)
    ours = select(Message.delivery).where(*written, Message.direction == Direction.outbound)
    settled = ours.where(Message.delivery.not_in((Delivery.queued, Delivery.sending)))
    if await session.scalar(settled.order_by(Message.id.desc()).limit(1)) is Delivery.failed:
        return False
    theirs = select(Message.id).where(*written, Message.direction == Direction.inbound).limit(1)
    return (phone is not None and may_have_whatsapp(phone)) or await session.scalar(theirs) is not None


def stands(visit: VisitDetails, *, now: datetime) -> bool:
    """Whether the visit is promised, certain and ahead, at the hour that its row says."""
    promised = visit.booking.status is BookingStatus.confirmed and visit.booking.starts_at > now
    return promised and not visit.in_question(now) and visit.booking.expected_at is None


async def is_wanted_still(session: BusinessSession, planned: OutgoingCall, *, now: datetime) -> bool:
    """Whether the visit stands, and the business still wants such calls."""
    assert planned.booking_id is not None
    return (
        stands(await get_visit(session, planned.booking_id), now=now) and (await get_business(session)).calls_reminders
    )
