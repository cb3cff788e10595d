"""The professional waits at the door: the customer hears at once, and staff when nothing has come of it."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from proli.accounts.actor import BY_SYSTEM
from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Direction, Message
from proli.conversations.reasons import PersonReason
from proli.knowledge.at_door import is_let_in
from proli.knowledge.text import isolate
from proli.leads.actions import call_for_person
from proli.notifications.actions import alert_staff
from proli.notifications.customers import key_of, tell_customer
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.words import say_phone
from proli.scheduling.events import DoorUnanswered, ProfessionalAtDoor
from proli.scheduling.models import BookingStatus

PATIENCE: Final = timedelta(minutes=5)
"""So long it is waited for the customer before staff hear."""
AGAIN_AFTER: Final = timedelta(minutes=10)
"""Until then the customer is not told again."""
CODE: Final = "at_the_door"


async def tell_of_door(session: BusinessSession, event: ProfessionalAtDoor, *, now: datetime) -> None:
    """The customer knows that somebody waits, at any hour, while it is still so."""
    visit = await get_visit(session, event.booking_id)
    if visit.booking.status != BookingStatus.confirmed or visit.in_question(now):
        return
    text = visit.say(
        CODE,
        professional=isolate(visit.professional.name),
        address=visit.address,
        phone=say_phone(visit.professional.phone_e164),
    )
    key = key_of(visit, f"door:{event.message_id}")
    await tell_customer(session, visit, text, key=key, now=now, useful_until=now + AGAIN_AFTER)


async def tell_of_silence(session: BusinessSession, event: DoorUnanswered, *, now: datetime) -> None:
    """Staff know that nobody opens, unless the customer has written since, or the professional that it is settled."""
    visit = await get_visit(session, event.booking_id)
    said = await session.get(Message, event.message_id)
    if said is None or visit.booking.status != BookingStatus.confirmed or visit.in_question(now):
        return
    since = select(Message.text).where(Message.direction == Direction.inbound, Message.id > said.id)
    theirs = since.join(Conversation, Conversation.id == Message.conversation_id).join(
        Contact, Contact.id == Conversation.contact_id
    )
    if await session.scalar(theirs.where(Contact.id == visit.contact.id).limit(1)) is not None:
        return
    own = await session.scalars(since.where(Message.conversation_id == said.conversation_id))
    if any(is_let_in(text) for text in own):
        return
    call_for_person(session, visit.lead, PersonReason.nobody_opens, actor=BY_SYSTEM, now=now)
    key = key_of(visit, f"nobody_opens:{said.id}")
    await alert_staff(session, lead=visit.lead, reason=PersonReason.nobody_opens, key=key, now=now)


async def find_told_at_door(session: BusinessSession, visit: VisitDetails) -> Message | None:
    """What the customer was told last of somebody who waits at the door of this visit."""
    told = select(Message).where(
        Message.conversation_id == visit.lead.conversation_id,
        Message.dedup_key.startswith(key_of(visit, "door:")),
        Message.code == CODE,
    )
    return await session.scalar(told.order_by(Message.id.desc()).limit(1))
