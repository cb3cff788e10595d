"""A professional who wants no messages from us: it is kept as said, and the office hears of it."""

from datetime import datetime

from proli.accounts.actor import Actor
from proli.contacts.actions import Said as Evidence
from proli.contacts.actions import opt_out
from proli.conversations.models import Message
from proli.conversations.queries import get_conversation
from proli.desk.for_people import call_office
from proli.dispatch.queries import list_open_offers
from proli.knowledge.intents import find_intents
from proli.knowledge.said import as_said
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional


async def hear_opt_out(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> str | None:
    """What to say to the wish to get no more messages; None when the words say none.

    From here on no offer is made and no agenda sent. Visits that stand are still told of. A bare "stop" while an offer
    waits is about that offer.
    """
    text = as_said(message.text)
    if "opt_out" not in find_intents(text) or "?" in text:
        return None
    if len(text.split()) < 3 and await list_open_offers(session, professional.id, at=min(message.sent_at, now)):
        return None
    conversation = await get_conversation(session, message.conversation_id)
    evidence = Evidence(text, message.id, Actor.professional(professional.name))
    await opt_out(session, conversation.contact_id, evidence, now=now)
    await call_office(session, message, now=now)
    return say("professional_opted_out", language_for(professional.language))
