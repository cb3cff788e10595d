"""A customer who gives up what stands is heard by code, whoever answers in the conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from loguru import logger
from sqlalchemy import func, select

from proli.accounts.actor import BY_CUSTOMER
from proli.chat.parties import Parties
from proli.conversations.models import Author, Message
from proli.conversations.outbox import queue_text
from proli.conversations.reasons import StaffNews
from proli.dispatch.actions import cancel_request
from proli.knowledge.requests import Request, find_request
from proli.knowledge.said import burst_as_said
from proli.leads.models import ASKED_OR_BOOKED, Lead
from proli.leads.queries import find_open_lead
from proli.notifications.calling import tell_again
from proli.platform.db import BusinessSession
from proli.playbooks.loader import Playbook, get_playbook
from proli.playbooks.texts import language_for, own_texts, say
from proli.scheduling.errors import VisitNotChangeable

type Heeded = Literal["cancelled", "unclear"]


async def hear_cancel(
    session: BusinessSession, parties: Parties, said: Sequence[Message], *, now: datetime
) -> Heeded | None:
    """What the customer plainly gives up is cancelled, as they are told; staff know of it, of what is not plain, and of
    what is given up too late."""
    conversation, newest = parties.conversation, max(message.id for message in said)
    lead = await find_open_lead(session, conversation.contact_id)
    text = "\n".join(burst_as_said([message.text for message in said]))
    playbook = get_playbook(parties.business.playbook)
    request = find_cancel(text, playbook, lead) if lead is not None else None
    if lead is None or request is None:
        return None
    if not request.certain or await count_standing(session, conversation.contact_id) > 1:
        return "unclear"
    try:
        await cancel_request(session, lead, actor=BY_CUSTOMER, words=text, now=now)
    except VisitNotChangeable:
        return "unclear"
    for message in said:
        message.answered_at = now
    words = say(
        "cancelled",
        language_for(parties.contact.language, parties.business.language),
        own_texts(playbook, parties.business.texts),
    )
    await queue_text(session, conversation, words, dedup_key=f"cancel:{newest}", author=Author.system, now=now)
    await tell_again(session, conversation, reason=StaffNews.cancel_done, key=f"cancel:{newest}")
    return "cancelled"


def find_cancel(text: str, playbook: Playbook, lead: Lead) -> Request | None:
    """What the text says of cancelling; the very text may be one that nothing can be made of."""
    try:
        request = find_request(text, homes=playbook.subject == "home", has_booking=lead.status in ASKED_OR_BOOKED)
    except Exception:  # noqa: BLE001 - the rest must be said all the same
        logger.exception("A text cannot be searched for a cancellation")
        return None
    return request if request is not None and request.kind == "cancel" else None


async def count_standing(session: BusinessSession, contact_id: int) -> int:
    """How many requests of the contact somebody was asked for, or will come for."""
    standing = select(func.count(Lead.id)).where(Lead.contact_id == contact_id, Lead.status.in_(ASKED_OR_BOOKED))
    return await session.scalar(standing) or 0
