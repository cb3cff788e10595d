"""Who asks for a call is called; who could not be reached reads so, or a person sees to it."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.actor import BY_CUSTOMER, BY_SYSTEM, Actor
from proli.accounts.queries import get_business
from proli.chat.parties import load_parties
from proli.contacts.actions import may_be_written_first
from proli.contacts.addresses import get_contact
from proli.contacts.models import Contact
from proli.conversations.models import Author, Conversation, Direction, MessageKind, Owner
from proli.conversations.outbox import queue_text
from proli.conversations.queries import find_latest_conversation, get_conversation, last_burst
from proli.conversations.reasons import PersonReason
from proli.knowledge.times import find_time
from proli.knowledge.wishes import window
from proli.leads.actions import call_for_person
from proli.leads.models import Lead
from proli.leads.queries import find_open_lead
from proli.notifications.calling import call_staff
from proli.notifications.events import PersonNeeded
from proli.notifications.queries import open_line
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import language_for, own_texts, say
from proli.voice.calling_out import Plan, find_waiting, get_planned, lawful, of_customer, plan_call, put_off
from proli.voice.errors import AlreadyRung, CannotBeRung, NobodyCalls, PersonAnswers
from proli.voice.events import CallOutOver
from proli.voice.models import OutgoingCall, VoiceNumber
from proli.voice.out_rules import CallOutState, CallPurpose
from proli.voice.rules import key_of_message, may_have_whatsapp

SOON: Final = timedelta(minutes=1)
"""Who asks for a call and not when has so long to say more."""
USEFUL_FOR: Final = timedelta(hours=12)
TELLS: Final = frozenset({CallOutState.word_left, CallOutState.unreached, CallOutState.doubtful})


def asked_hour(text: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When somebody wants to be called, by their own words; None when they name no time."""
    local = now.astimezone(zone)
    wish = find_time(text, now=local, asked=True)
    return None if wish is None else window(wish, now=local)[0]


async def call_back_if_asked(session: BusinessSession, event: PersonNeeded, *, now: datetime) -> None:
    """A customer has asked for a call: they get it from us, where the business wants that, unless a person answers
    them. Asked once more, the hour that was named last holds."""
    business = await get_business(session)
    of_call = event.key.startswith(key_of_message())
    if event.reason != PersonReason.callback or of_call or not business.calls_back:
        return
    conversation = await get_conversation(session, event.conversation_id)
    contact = await get_contact(session, conversation.contact_id)
    if conversation.owner is Owner.human or contact.phone_e164 is None:
        return
    words = await last_burst(session, conversation.id)
    named = asked_hour(words, now=now, zone=ZoneInfo(business.zone))
    waiting = await find_waiting(session, contact.id, CallPurpose.callback)
    if waiting is not None:
        if named is not None:
            await put_off(session, waiting, await lawful(session, contact, named, lead_id=event.lead_id))
        return
    plan = Plan(
        contact_id=contact.id, purpose=CallPurpose.callback, key=f"callback:{event.key}", actor=BY_CUSTOMER,
        due_at=named or now + SOON, lead_id=event.lead_id,
    )  # fmt: skip
    await plan_call(session, plan, now=now)


async def call_by_staff(
    session: BusinessSession, contact_id: int, *, at: datetime | None, lead_id: int | None, actor: Actor, now: datetime
) -> OutgoingCall:
    """Somebody of the business wants them to be called, now or at that hour; where it is not lawful, later.

    Raises:
        ContactNotFound
        CannotBeRung: they have no phone, or want to be left alone.
        PersonAnswers: a person answers them in writing.
        AlreadyRung: they are rung at this moment.
    """
    contact = await get_contact(session, contact_id)
    if contact.phone_e164 is None or contact.erased_at is not None or not may_be_written_first(contact):
        raise CannotBeRung(contact_id=contact_id)
    conversation = await find_latest_conversation(session, contact_id)
    if conversation is not None and conversation.owner is Owner.human:
        raise PersonAnswers(contact_id=contact_id)
    waiting = await find_waiting(session, contact_id, CallPurpose.callback)
    if waiting is not None:
        waiting.actor = actor
        await put_off(session, waiting, await lawful(session, contact, max(at or now, now), lead_id=lead_id))
        return waiting
    key = f"staff:{contact_id}:{now.isoformat()}"
    plan = Plan(
        contact_id=contact_id, purpose=CallPurpose.callback, key=key, due_at=at or now, actor=actor, lead_id=lead_id
    )
    planned = await plan_call(session, plan, now=now)
    if planned is None:
        raise AlreadyRung(contact_id=contact_id)
    return planned


async def tell_what_came(session: BusinessSession, event: CallOutOver, *, now: datetime) -> None:
    """Who was not reached reads that we have called, once and not at night; who cannot be written to is left to a
    person."""
    planned = await get_planned(session, event.call_out_id)
    if planned.state not in TELLS:
        return
    contact = await session.get_one(Contact, planned.contact_id)
    later = await lawful(session, contact, now, lead_id=planned.lead_id)
    if later > now:
        await emit(session, event, at=later)
        return
    conversation = await find_latest_conversation(session, contact.id) or await open_line(session, contact)
    if conversation is None or not await may_read(session, planned, contact, conversation):
        await leave_to_person(session, planned, conversation, now=now)
        return
    business = await get_business(session)
    words = say(
        "call_not_reached",
        language_for(contact.language, business.language),
        own_texts(get_playbook(business.playbook), business.texts),
    )
    await queue_text(
        session, conversation, words,
        dedup_key=f"call_out:{planned.id}", author=Author.system, useful_until=now + USEFUL_FOR, now=now,
    )  # fmt: skip


async def may_read(
    session: BusinessSession, planned: OutgoingCall, contact: Contact, conversation: Conversation
) -> bool:
    """Whether a message may and can reach them: one at a landline only where they have written themselves."""
    if not may_be_written_first(contact) and not of_customer(planned):
        return False
    if contact.phone_e164 is None or may_have_whatsapp(contact.phone_e164):
        return True
    history = (await load_parties(session, conversation.id)).history
    return any(one.kind is not MessageKind.call and one.direction is Direction.inbound for one in history)


async def leave_to_person(
    session: BusinessSession, planned: OutgoingCall, conversation: Conversation | None, *, now: datetime
) -> None:
    reminder = planned.purpose is CallPurpose.reminder
    reason = PersonReason.customer_not_told if reminder else PersonReason.callback
    lead = await session.get(Lead, planned.lead_id) if planned.lead_id else None
    lead = lead or await find_open_lead(session, planned.contact_id)
    if conversation is not None:
        await call_staff(session, conversation, reason=reason, key=f"call:out:{planned.id}", now=now, lead=lead)
    elif lead is not None:
        call_for_person(session, lead, reason, actor=BY_SYSTEM, now=now)


async def require_caller(session: BusinessSession, *, talks: bool, public_url: str | None) -> None:
    """There is a number from which we call, and who would talk.

    Raises:
        NobodyCalls
    """
    if not talks or not public_url or await session.scalar(select(VoiceNumber.id).limit(1)) is None:
        raise NobodyCalls
