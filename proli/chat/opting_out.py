"""A customer who wants no more messages, or wants them again, is heard by code, also where a person answers."""

from collections.abc import Sequence
from datetime import datetime

from proli.chat.parties import Parties
from proli.contacts.actions import Said
from proli.conversations.models import Author, Message
from proli.conversations.outbox import queue_text
from proli.knowledge.intents import find_intents
from proli.knowledge.said import burst_as_said
from proli.notifications.consent import leave_alone, write_again
from proli.platform.db import BusinessSession
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import language_for, own_texts, say


async def hear_consent(session: BusinessSession, parties: Parties, said: Sequence[Message], *, now: datetime) -> bool:
    """Whether such a wish was said; then it is kept as evidence, the last one holds, and the customer knows that."""
    texts, told = burst_as_said([message.text for message in said]), None
    for message, text in zip(said, texts, strict=True):
        intents, evidence = find_intents(text), Said(text, message.id)
        if "opt_out" in intents:
            await leave_alone(session, parties.conversation, evidence, now=now)
            told = ("opted_out", message.id)
        elif "opt_in" in intents and await write_again(session, parties.conversation, evidence, now=now):
            told = ("opted_in", message.id)
    if told is None:
        return False
    language = language_for(parties.contact.language, parties.business.language)
    words = say(told[0], language, own_texts(get_playbook(parties.business.playbook), parties.business.texts))
    key = f"{told[0]}:{told[1]}"
    await queue_text(session, parties.conversation, words, dedup_key=key, author=Author.system, now=now)
    return True
