"""What a customer answers who was asked whether their visit may move: heard by code, whoever answers otherwise."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from proli.accounts.actor import BY_CUSTOMER
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.models import Author, Conversation, Message
from proli.conversations.outbox import queue_text
from proli.conversations.queries import find_tap, get_conversation
from proli.dispatch.actions import cancel_request
from proli.dispatch.asked import note_answer
from proli.dispatch.errors import AskedNoMore, DoesNotFit
from proli.dispatch.replanning import agree_to_move, find_standing_ask
from proli.leads.queries import find_open_lead
from proli.notifications.customers import when_of
from proli.notifications.moves import MOVE, offer_other_hours
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.scheduling.queries import find_promised


async def hear_moves(
    session: BusinessSession, conversation_id: int, message_ids: Sequence[int], *, now: datetime
) -> bool:
    """Each tap on such a question has its effect and its answer, once; tells whether there was one."""
    found = select(Message).where(Message.id.in_(message_ids), Message.answered_at.is_(None)).order_by(Message.id)
    if not message_ids:
        return False
    heard = False
    for message in (await session.scalars(found)).all():
        tap = MOVE.read(await find_tap(session, message))
        if tap is None:
            continue
        conversation = await get_conversation(session, conversation_id)
        await take_answer(session, conversation, message, int(tap[0]), tap[1], now=now)
        message.answered_at, heard = now, True
    return heard


async def take_answer(
    session: BusinessSession, conversation: Conversation, message: Message, entry_id: int, answer: str, *, now: datetime
) -> None:
    """The answer has its effect where the question still stands and is this customer's."""
    found = await find_standing_ask(session, entry_id, now=now)
    visit = await get_visit(session, found[1].id) if found is not None else None
    if visit is None or visit.contact.id != conversation.contact_id:
        await say_over(session, conversation, message, now=now)
        return
    key = f"moved:{message.id}"
    note_answer(session, visit.lead, entry_id=entry_id, answer=answer, now=now)
    if answer == "cancel":
        await cancel_request(session, visit.lead, actor=BY_CUSTOMER, now=now)
        text = visit.say("cancelled")
    elif answer == "other":
        await offer_other_hours(session, conversation, visit, key=key, gone=False, now=now)
        return
    else:
        try:
            await agree_to_move(session, entry_id, actor=BY_CUSTOMER, now=now)
        except (AskedNoMore, DoesNotFit):
            await offer_other_hours(session, conversation, visit, key=key, gone=True, now=now)
            return
        if not visit.playbook.approval:
            return  # the news of the visit says it
        text = visit.say("move_agreed")
    await queue_text(session, conversation, text, dedup_key=key, author=Author.system, now=now)


async def say_over(session: BusinessSession, conversation: Conversation, message: Message, *, now: datetime) -> None:
    """The question stands no more; how the visit stands is said, where there is one."""
    lead = await find_open_lead(session, conversation.contact_id)
    promised = await find_promised(session, lead.id) if lead is not None else None
    if promised is None:
        business, contact = await get_business(session), await session.get_one(Contact, conversation.contact_id)
        text = say("move_over", language_for(contact.language, business.language))
    else:
        visit = await get_visit(session, promised.id)
        text = visit.say("move_over_stands", when=when_of(visit, now, visit.language))
    await queue_text(session, conversation, text, dedup_key=f"moved:{message.id}", author=Author.system, now=now)
