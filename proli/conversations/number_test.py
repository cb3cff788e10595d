"""A message that shows whether a number works."""

from datetime import datetime

from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.contacts.actions import may_be_written_first
from proli.contacts.addresses import ensure_contact
from proli.contacts.errors import ContactUnreachable
from proli.contacts.models import Evidence
from proli.conversations.errors import ChannelAccountNotFound, OptedOut, TestedJustNow
from proli.conversations.models import Author, ChannelAccount, Message
from proli.conversations.opening import open_conversation
from proli.conversations.outbox import queue_text
from proli.knowledge.text import isolate
from proli.platform.db import BusinessSession
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import language_for, own_texts, say


async def queue_test(session: BusinessSession, *, channel_id: int, phone_e164: str, now: datetime) -> Message:
    """A test message is in the outbox of the number; one a minute to each phone.

    Raises:
        ChannelAccountNotFound: the business has no such number.
        OptedOut: this phone hears from us only in answer to what it asks.
        TestedJustNow: one was queued to this phone within the minute.
    """
    account = await session.scalar(select(ChannelAccount).where(ChannelAccount.id == channel_id))
    if account is None:
        raise ChannelAccountNotFound(channel_id=channel_id)
    contact = await ensure_contact(session, phone_e164=phone_e164, evidence=Evidence.staff)
    if not may_be_written_first(contact):
        raise OptedOut
    conversation = await open_conversation(session, account, contact)
    if conversation is None:
        raise ContactUnreachable(contact_id=contact.id)
    business = await get_business(session)
    own = own_texts(get_playbook(business.playbook), business.texts)
    words = say("number_test", language_for(contact.language, business.language), own, business=isolate(business.name))
    key = f"test:{now:%Y-%m-%dT%H:%M}"
    message_id = await queue_text(session, conversation, words, dedup_key=key, author=Author.system, now=now)
    if message_id is None:
        raise TestedJustNow
    return await session.get_one(Message, message_id)
