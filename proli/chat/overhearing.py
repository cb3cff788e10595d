"""What code hears in a conversation that a person answers, or nobody yet: danger, cancelling, and that it waits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from loguru import logger
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from proli.accounts.actor import BY_AGENT
from proli.chat.cancelling import hear_cancel
from proli.chat.machines import NoCustomer, sort_out
from proli.chat.opting_out import hear_consent
from proli.chat.parties import Parties
from proli.chat.said_for_visit import noted_by
from proli.chat.turns import before, make_turn
from proli.conversations.models import Author, Message, Owner
from proli.conversations.outbox import queue_text
from proli.conversations.reasons import PersonReason, StaffNews
from proli.conversations.waiting import end_call
from proli.knowledge.dangers import Danger, find_danger
from proli.knowledge.said import burst_as_said
from proli.knowledge.visits import is_courtesy
from proli.leads.actions import attend
from proli.leads.queries import find_open_lead
from proli.mind.hearing.burst import Heard, hear
from proli.mind.hearing.for_visit import notes_in
from proli.mind.hearing.listening import AT_ONCE
from proli.mind.models import ToolCall, origin_of
from proli.mind.turn import Turn
from proli.notifications.calling import call_staff, quarter, tell_again
from proli.platform.db import BusinessSession
from proli.playbooks.loader import get_playbook
from proli.playbooks.texts import OwnTexts, language_for, own_texts, say, say_danger

AGAIN: Final = timedelta(hours=4)
"""So long after it was said that somebody waits for a person, it may be said again."""
HEARD: Final = "overhear"
"""The name under which the ledger keeps how far a conversation has been heard."""
OF_PEOPLE: Final = frozenset({"human", "complaint", "callback", "wrong_number", "off_topic", "cancel"})
"""Requests that do not give a conversation back to the agent."""


async def overhear(session: BusinessSession, one: NoCustomer, *, now: datetime) -> Turn | None:
    """What is said while a person should answer is heard once: dangers, cancelling, and that more was said.

    The turn to think about, where the agent may carry on after all.
    """
    conversation = one.parties.conversation
    fresh = await not_heard(session, conversation.id, one.messages)
    if not fresh:
        return None
    await note_heard(session, conversation.id, fresh)
    said = sort_out(fresh, before(one.parties.history, fresh), desk=False).said
    if not said:
        return None
    turn = await carry_on(session, one, now=now)
    if turn is None:
        await hear_notes(session, one, said, now=now)
        await heed(session, one.parties, said, waits=conversation.called_for is not None, now=now)
    return turn


async def not_heard(session: BusinessSession, conversation_id: int, messages: Sequence[Message]) -> list[Message]:
    """Those of the messages that came after what was heard last."""
    upto = await session.scalar(
        select(ToolCall.outcome["upto"].as_integer())
        .where(ToolCall.origin == origin_of(conversation_id), ToolCall.tool == HEARD)
        .order_by(ToolCall.id.desc())
        .limit(1)
    )
    return [message for message in messages if message.id > (upto or 0)]


async def note_heard(session: BusinessSession, conversation_id: int, messages: Sequence[Message]) -> None:
    """These messages have been heard, whoever will answer them."""
    upto = max(message.id for message in messages)
    key = f"{HEARD}:{upto}"
    await session.execute(
        insert(ToolCall)
        .values(
            business_id=session.require_business(), origin=origin_of(conversation_id), conversation_id=conversation_id,
            turn_key=key, tool=HEARD, arguments_digest="", outcome={"upto": upto},
        )
        .on_conflict_do_nothing()
    )  # fmt: skip


async def heed(
    session: BusinessSession, parties: Parties, said: Sequence[Message], *, waits: bool, now: datetime
) -> None:
    """A danger is answered with what to do and staff are alerted; what is plainly cancelled is cancelled; who wants no
    more messages gets none, and who wants them again does.

    Where the conversation `waits` for a person, anything else is acknowledged.
    """
    danger = find_danger_in(said)
    if danger is not None:
        await warn(session, parties, danger, said, now=now)
    wished = await hear_consent(session, parties, said, now=now)
    given_up = await hear_cancel(session, parties, said, now=now)
    if waits and danger is None and given_up != "cancelled":
        if not wished:
            await acknowledge(session, parties, said, now=now)
        reason = StaffNews.cancel_said if given_up == "unclear" else StaffNews.said_more
        await tell_again(session, parties.conversation, reason=reason, key=quarter(now))


async def hear_notes(session: BusinessSession, one: NoCustomer, said: Sequence[Message], *, now: datetime) -> None:
    """What is said for whoever comes gets there whoever answers; of several visits only where it is plain which."""
    facts = make_turn(one.parties, one.messages, said=said, now=now).facts
    if notes := notes_in(facts.said, facts, of_place=True):
        await noted_by(session, facts, notes, now=now)


def find_danger_in(said: Sequence[Message]) -> Danger | None:
    """The danger to life that was told of; the very text may be one that nothing can be made of."""
    try:
        danger = find_danger("\n".join(burst_as_said([message.text for message in said])))
    except Exception:  # noqa: BLE001 - the rest must be said all the same
        logger.exception("A text cannot be searched for dangers")
        return None
    return danger if danger is not None and danger.life else None


async def warn(
    session: BusinessSession, parties: Parties, danger: Danger, said: Sequence[Message], *, now: datetime
) -> None:
    """Whoever is in danger reads what to do, each time; staff are alerted anew, unless they were within this hour."""
    conversation, newest = parties.conversation, max(message.id for message in said)
    words = say_danger(danger, language_of_contact(parties), own_texts_of(parties))
    await queue_text(session, conversation, words, dedup_key=f"safety:{newest}", author=Author.system, now=now)
    told = conversation.called_for == PersonReason.danger
    when = now.astimezone(UTC).strftime("%Y-%m-%dT%H") if told else f"{newest}"
    await call_staff(session, conversation, reason=PersonReason.danger, key=f"danger:{conversation.id}:{when}", now=now)


async def acknowledge(session: BusinessSession, parties: Parties, said: Sequence[Message], *, now: datetime) -> None:
    """Who waits for a person hears once in a while that what they add has come in."""
    conversation = parties.conversation
    told = (Message.conversation_id == conversation.id, Message.dedup_key.startswith("waiting:"))
    last = await session.scalar(select(func.max(Message.sent_at)).where(*told))
    handed_over = conversation.owner_since or now
    if last is None or last < handed_over or now - last >= AGAIN:
        words = say("still_waiting", language_of_contact(parties), own_texts_of(parties))
        key = f"waiting:{max(message.id for message in said)}"
        await queue_text(session, conversation, words, dedup_key=key, author=Author.system, now=now)


async def carry_on(session: BusinessSession, one: NoCustomer, *, now: datetime) -> Turn | None:
    """The agent answers again where it was stuck, no person has come yet, and all that waits is plain by now.

    That a person would answer is taken back in words. Whoever has a visit, past or to come, keeps the person: what was
    not understood may be about it.
    """
    conversation = one.parties.conversation
    waiting = sort_out(one.messages, before(one.parties.history, one.messages), desk=False).said
    too_long = sum(len(message.text) for message in waiting) > AT_ONCE
    if conversation.called_for != PersonReason.stuck or too_long:
        return None
    turn = make_turn(one.parties, one.messages, said=waiting, now=now)
    if turn.facts.standing is not None or turn.facts.past or not is_all_plain(turn):
        return None
    conversation.owner, conversation.owner_since = Owner.ai, now
    await end_call(session, conversation_id=conversation.id)
    lead = await find_open_lead(session, conversation.contact_id)
    if lead is not None and lead.attention == PersonReason.stuck:
        await attend(session, lead, actor=BY_AGENT, now=now)
    key = f"carried_on:{turn.key}"
    await queue_text(session, conversation, turn.facts.say("carried_on"), dedup_key=key, author=Author.system, now=now)
    return turn


def is_all_plain(turn: Turn) -> bool:
    """Whether what waits says together what is wanted, and no message of it says anything but that and courtesy."""
    each = [replace(turn.facts, said=(said,)) for said in turn.facts.said]
    return is_plain(turn, hear(turn.facts)) and all(is_plain(turn, hear(one)) or is_courtesy(one.text) for one in each)


def is_plain(turn: Turn, heard: Heard) -> bool:
    """Whether the burst says what is wanted, or carries on what was asked for before."""
    facts, request = turn.facts, heard.request
    if (heard.danger is not None and heard.danger.life) or (request is not None and request.kind in OF_PEOPLE):
        return False
    told = any((heard.cities, heard.address, heard.wish, heard.chosen))
    return bool(heard.trades) or (told and bool(facts.known.trade or facts.playbook.trade))


def language_of_contact(parties: Parties) -> str:
    return language_for(parties.contact.language, parties.business.language)


def own_texts_of(parties: Parties) -> OwnTexts:
    return own_texts(get_playbook(parties.business.playbook), parties.business.texts)
