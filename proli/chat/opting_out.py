"""A customer who wants no more messages is heard by code, also where a person answers in the conversation."""

from collections.abc import Sequence
from datetime import datetime

from proli.chat.parties import Parties
from proli.contacts.actions import Said, opt_out
from proli.conversations.models import Author, Message
from proli.conversations.outbox import queue_text
from proli.knowledge.intents import find_intents
from proli.knowledge.said import burst_as_said
from proli.platform.db import BusinessSession
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import language_for, own_texts, say


async def hear_opt_out(session: BusinessSession, parties: Parties, said: Sequence[Message], *, now: datetime) -> bool:
    """Whether the wish was said; then it is kept as evidence, and the customer knows that it holds."""
    texts = burst_as_said([message.text for message in said])
    asked = [(one, text) for one, text in zip(said, texts, strict=True) if "opt_out" in find_intents(text)]
    for message, text in asked:
        await opt_out(session, parties.contact.id, Said(text, message.id), now=now)
    if asked:
        language = language_for(parties.contact.language, parties.business.language)
        words = say("opted_out", language, own_texts(get_playbook(parties.business.playbook), parties.business.texts))
        key = f"opted_out:{asked[-1][0].id}"
        await queue_text(session, parties.conversation, words, dedup_key=key, author=Author.system, now=now)
    return bool(asked)
