"""A customer who gives up what stands is heard by code, whoever answers in the conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from loguru import logger

from proli.accounts.actor import BY_CUSTOMER
from proli.chat.parties import Parties
from proli.chat.turns import last_words
from proli.conversations.models import Author, Message
from proli.conversations.outbox import queue_text
from proli.conversations.reasons import StaffNews
from proli.dispatch.actions import cancel_request
from proli.knowledge.requests import Request, find_request
from proli.knowledge.said import burst_as_said
from proli.leads.models import ASKED_OR_BOOKED
from proli.leads.queries import find_open_lead, get_lead
from proli.mind.choices import Choice, choices_of
from proli.mind.request_words import name_of
from proli.mind.which_request import pick
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
    text = "\n".join(burst_as_said([message.text for message in said]))
    playbook = get_playbook(parties.business.playbook)
    choices = choices_of(parties.request)
    meant = pick_cancelled(parties, text, choices, now=now) if choices else None
    lead = await find_open_lead(session, conversation.contact_id) if meant is None else await get_lead(session, meant)
    arranged = lead is not None and (bool(choices) or lead.status in ASKED_OR_BOOKED)
    request = find_cancel(text, playbook, arranged=arranged) if lead is not None else None
    if lead is None or request is None:
        return None
    if not request.certain or (choices and meant is None):
        return "unclear"
    try:
        await cancel_request(session, lead, actor=BY_CUSTOMER, words=text, now=now)
    except VisitNotChangeable:
        return "unclear"
    for message in said:
        message.answered_at = now
    language = language_for(parties.contact.language, parties.business.language)
    own, zone = own_texts(playbook, parties.business.texts), ZoneInfo(parties.business.zone)
    names = [name_of(one, now=now, zone=zone, language=language, own=own) for one in choices if one.lead_id == lead.id]
    words = say("cancelled_of", language, own, visits=names[0]) if names else say("cancelled", language, own)
    await queue_text(session, conversation, words, dedup_key=f"cancel:{newest}", author=Author.system, now=now)
    await tell_again(session, conversation, reason=StaffNews.cancel_done, key=f"cancel:{newest}")
    return "cancelled"


def pick_cancelled(parties: Parties, text: str, choices: Sequence[Choice], *, now: datetime) -> int | None:
    """Of several requests the one that the text plainly gives up."""
    playbook, local = get_playbook(parties.business.playbook), now.astimezone(ZoneInfo(parties.business.zone))
    waiting = {line.id for line in parties.waiting}
    earlier = [line for line in parties.history if line.id not in waiting]
    last = last_words(parties.conversation.asked, earlier)[1]
    try:
        picked = pick(text, choices, last, homes=playbook.subject == "home", now=local)
    except Exception:  # noqa: BLE001 - the rest must be said all the same
        logger.exception("A text cannot be searched for what it cancels")
        return None
    return picked.lead_ids[0] if picked.wanted == "cancel" and len(picked.lead_ids) == 1 else None


def find_cancel(text: str, playbook: Playbook, *, arranged: bool) -> Request | None:
    """What the text says of cancelling; the very text may be one that nothing can be made of."""
    try:
        request = find_request(text, homes=playbook.subject == "home", has_booking=arranged)
    except Exception:  # noqa: BLE001 - the rest must be said all the same
        logger.exception("A text cannot be searched for a cancellation")
        return None
    return request if request is not None and request.kind == "cancel" else None
