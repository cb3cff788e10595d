"""What a customer answers who was asked whether their visit may move: heard by code, whoever answers otherwise."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from proli.accounts.actor import BY_CUSTOMER
from proli.accounts.queries import get_business
from proli.contacts.models import Contact
from proli.conversations.models import Author, Conversation, Direction, Message
from proli.conversations.outbox import queue_text
from proli.conversations.queries import find_tap, get_conversation
from proli.dispatch.actions import cancel_request
from proli.dispatch.asked import note_answer
from proli.dispatch.errors import AskedNoMore, DoesNotFit
from proli.dispatch.replanning import agree_to_move, find_standing_ask
from proli.knowledge.answers import find_answer
from proli.knowledge.reading.changed_mind import words_in_turn
from proli.knowledge.times import find_time
from proli.knowledge.wishes import names_visit
from proli.leads.queries import find_open_lead
from proli.mind.hearing.choosing import is_whole
from proli.notifications.customers import when_of
from proli.notifications.moves import MOVE, offer_other_hours
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.scheduling.queries import find_promised


async def hear_moves(
    session: BusinessSession, conversation_id: int, message_ids: Sequence[int], *, now: datetime
) -> bool:
    """Each tap on such a question has its effect and its answer, once; tells whether there was one.

    One that words after it put right has none: the words are what is meant.
    """
    found = select(Message).where(Message.id.in_(message_ids), Message.answered_at.is_(None)).order_by(Message.id)
    if not message_ids:
        return False
    heard = False
    for message in (await session.scalars(found)).all():
        tap = MOVE.read(await find_tap(session, message))
        if tap is None:
            continue
        if not await is_put_right(session, message, int(tap[0]), tap[1], now=now):
            conversation = await get_conversation(session, conversation_id)
            await take_answer(session, conversation, message, int(tap[0]), tap[1], now=now)
        message.answered_at, heard = now, True
    return heard


async def is_put_right(session: BusinessSession, tap: Message, entry_id: int, answer: str, *, now: datetime) -> bool:
    """Whether what was written after the tap, and is not answered yet, takes it back or names another time."""
    later = select(Message.text).where(
        Message.conversation_id == tap.conversation_id,
        Message.direction == Direction.inbound,
        Message.id > tap.id,
        Message.answered_at.is_(None),
        Message.button_id.is_(None),
    )
    texts = [text for text in await session.scalars(later.order_by(Message.id)) if text]
    found = await find_standing_ask(session, entry_id, now=now) if texts and answer != "other" else None
    if found is None:
        return False
    zone = (await get_visit(session, found[1].id)).zone
    agreed = datetime.fromisoformat(found[0].details["starts_at"]).astimezone(zone) if answer == "yes" else None
    return any(puts_right(text, agreed, now=now.astimezone(zone)) for text in texts)


def puts_right(text: str, agreed: datetime | None, *, now: datetime) -> bool:
    """Whether the words leave nothing of a tapped yes to that hour, or of a cancellation: "9 עדיף", "רגע לא", "9"."""
    said = words_in_turn(text)
    if find_answer(text) == "decline" or any(one.held_back for one in said):
        return True
    for one in said:
        wish = find_time(one.text, now=now, asked=True)
        if wish is None or (agreed is not None and names_visit(wish, agreed)):
            continue
        if one.turn != "says" or (agreed is not None and is_whole(wish, one.text)):
            return True
    return False


async def take_answer(
    session: BusinessSession, conversation: Conversation, message: Message, entry_id: int, answer: str, *, now: datetime
) -> None:
    """The answer has its effect where the question still stands and is this customer's."""
    found = await find_standing_ask(session, entry_id, now=now)
    visit = await get_visit(session, found[1].id) if found is not None else None
    if found is None or visit is None or visit.contact.id != conversation.contact_id:
        await say_over(session, conversation, message, now=now)
        return
    key, refused = f"moved:{message.id}", datetime.fromisoformat(found[0].details["starts_at"])
    note_answer(session, visit.lead, entry_id=entry_id, answer=answer, now=now)
    if answer == "cancel":
        await cancel_request(session, visit.lead, actor=BY_CUSTOMER, now=now)
        text = visit.say("cancelled")
    elif answer == "other":
        await offer_other_hours(session, conversation, visit, refused=refused, key=key, gone=False, now=now)
        return
    else:
        try:
            await agree_to_move(session, entry_id, actor=BY_CUSTOMER, now=now)
        except (AskedNoMore, DoesNotFit):
            await offer_other_hours(session, conversation, visit, refused=refused, key=key, gone=True, now=now)
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
