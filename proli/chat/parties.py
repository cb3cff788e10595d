"""Whom a conversation concerns, and all that a turn in it goes by: in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, and_, bindparam, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.conversations.errors import ConversationNotFound
from proli.conversations.lines import JSON_VALUE, WAITING_LINES, WAITS, Line, newest_lines, read_lines
from proli.conversations.models import Conversation
from proli.mind.facts import Guidance
from proli.mind.given_up import given_up_of
from proli.mind.records import past_of
from proli.mind.standing import request_of
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.professionals.queries import TAKES_REQUESTS
from proli.prompts.models import Prompt, PromptChannel, PromptStatus
from proli.scheduling.queries import STILL_AT_WORK, WRITER, Writer

HISTORY: Final = 20
"""How many of the last messages a model is shown."""
DONE: Final = """
    SELECT coalesce(jsonb_agg(jsonb_build_object('turn', turn_key, 'tool', tool, 'outcome', outcome) ORDER BY id), '[]')
    FROM tool_calls WHERE origin = 'conversation:' || conversations.id AND turn_key IN (
        SELECT id::text FROM messages WHERE {waits})
"""
TRADES: Final = func.array(
    select(func.unnest(Professional.trades))
    .where(Professional.business_id == Conversation.business_id, TAKES_REQUESTS)
    .correlate(Conversation)
    .scalar_subquery(),
    type_=ARRAY(Text),
)
OPEN_HOURS: Final = """
    SELECT coalesce(jsonb_object_agg(week.day, jsonb_build_array(week.opens, week.closes)), '{}') FROM (
        SELECT of_day.key AS day, min(CAST(span ->> 0 AS integer)) AS opens, max(CAST(span ->> 1 AS integer)) AS closes
        FROM professionals AS one, jsonb_each(one.hours) AS of_day, jsonb_array_elements(of_day.value) AS span
        WHERE one.business_id = conversations.business_id AND one.active GROUP BY of_day.key
    ) AS week
"""
"""When somebody of the business works, by weekday: from the first who begins to the last who ends, in minutes."""


def value(words: str) -> ColumnElement[Any]:
    return literal_column(f"({words})", JSON_VALUE)


PARTIES: Final = (
    select(
        Conversation,
        Contact,
        Business,
        Professional,
        Prompt,
        WRITER,
        WAITING_LINES,
        newest_lines(HISTORY),
        value(request_of("contacts.id")),
        value(past_of("contacts.id")),
        value(given_up_of("contacts.id")),
        value(DONE.format(waits=WAITS)),
        TRADES,
        value(OPEN_HOURS),
        func.now(),
    )
    .join(Contact, Contact.id == Conversation.contact_id)
    .join(Business, Business.id == Conversation.business_id)
    .outerjoin(Professional, (Professional.phone_e164 == Contact.phone_e164) & STILL_AT_WORK)
    .outerjoin(
        Prompt,
        (Prompt.business_id == Conversation.business_id)
        & (Prompt.channel == PromptChannel.whatsapp)
        & or_(
            Prompt.status == PromptStatus.published,
            and_(Conversation.tries_draft, Prompt.status == PromptStatus.draft),
        ),
    )
    .where(Conversation.id == bindparam("conversation_id"))
    .order_by((Prompt.status == PromptStatus.draft).desc().nulls_last())
    .limit(1)
    .with_for_update(of=(Contact, Conversation))
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Everybody a conversation concerns, and what its business wants of the agent in writing."""

    conversation: Conversation
    contact: Contact
    business: Business
    professional: Professional | None
    guidance: Guidance | None
    writer: Writer
    """Who the other side is."""
    waiting: Sequence[Line]
    """What wants an answer and has none, in the order it was written."""
    history: Sequence[Line]
    """The last messages of both sides beside those, oldest first."""
    request: Sequence[Mapping[str, Any]]
    past: Sequence[Mapping[str, Any]]
    given_up: Sequence[Mapping[str, Any]]
    done: Sequence[Mapping[str, Any]]
    """What earlier tries of a turn over what waits have brought about, in order."""
    trades: frozenset[str]
    """The trades of those who take requests."""
    hours: Mapping[str, tuple[int, int]]
    """When the business is open; see `OPEN_HOURS`."""
    read_at: datetime
    """By the clock of the database, which stamped the messages."""


async def load_parties(session: BusinessSession, conversation_id: int) -> Parties:
    """The parties, with the contact and the conversation locked, in this order, as the intake does.

    What came while these were waited for is not among what waits: its own job will find it.

    The guidance is what is published; the draft where the conversation tries it and there is one.
    """
    row = (await session.execute(PARTIES, {"conversation_id": conversation_id})).first()
    if row is None:
        raise ConversationNotFound(conversation_id=conversation_id)
    conversation, contact, business, professional, prompt, writer, waiting, history, *read = row
    request, past, given_up, done, trades, hours, read_at = read
    return Parties(
        conversation, contact, business, professional, guidance_of(prompt), writer,
        read_lines(waiting), read_lines(history), request, past, given_up, done, frozenset(trades), hours, read_at,
    )  # fmt: skip


def guidance_of(prompt: Prompt | None) -> Guidance | None:
    if prompt is None:
        return None
    return Guidance(prompt.number, prompt.text, prompt.version if prompt.status == PromptStatus.draft else None)
