"""What the agent would answer now, for a person to edit: thought through as a turn is, and then as if it never was."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from proli.chat.errors import NothingToAnswer
from proli.chat.hearing_media import load_burst_media
from proli.chat.parties import load_parties
from proli.chat.replying import make_reply
from proli.chat.transcribing import Listened, listen_to_burst
from proli.chat.turns import make_turn
from proli.conversations.models import Author, Message
from proli.mind.facts import Done, Said
from proli.mind.standing import with_lead
from proli.mind.thinking import WRITING, deps_of, think
from proli.mind.turn import Turn
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime

HARMLESS = frozenset({"save_details"})
"""What changes nothing that the customer would be told of."""


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    model: str
    presumed: tuple[Done, ...]
    """What the agent would have done besides, and the words may tell of; nobody has done it."""


async def make_draft(runtime: Runtime, business_id: int, conversation_id: int) -> Draft:
    """The reply that a turn would come to now, whoever answers in the conversation. Nothing is stored, sent or done.

    Its tools run in transactions that are rolled back; like a turn it thinks with none open.

    Raises:
        NothingToAnswer: no words of a customer wait for an answer.
    """
    turn = await read_as_is(runtime, business_id, conversation_id, now=runtime.clock.now())
    turn = with_words(turn, await listen_to_burst(runtime, business_id, turn))
    turn, media = await load_burst_media(runtime, business_id, turn)
    deps = await deps_of(runtime, business_id, turn, rehearsal=True)
    thought = await think(turn, deps, media)
    async with deps.begin() as session:
        facts = await with_lead(session, turn.facts, turn.contact_id)
    reply = make_reply(facts, deps.heard, thought, offered=deps.offered)
    presumed = [done for done in thought.done if done.tool in WRITING - HARMLESS and not done.failed]
    return Draft(reply.text, thought.model, tuple(presumed))


async def read_as_is(runtime: Runtime, business_id: int, conversation_id: int, *, now: datetime) -> Turn:
    """The turn that would be begun now; reading one notes the contact's language, which is not kept here."""
    async with runtime.db.begin(business_id) as session:
        parties = await load_parties(session, conversation_id)
        said_id = await last_said_by_person(session, conversation_id)
        waiting = [line for line in parties.waiting if line.id > said_id]
        if not waiting or parties.writer != "customer":
            raise NothingToAnswer(conversation_id=conversation_id)
        turn = make_turn(parties, waiting, now=now)
        await session.rollback()
    return turn


async def last_said_by_person(session: BusinessSession, conversation_id: int) -> int:
    """What a person of the business has said answers all before it; 0 when nobody has said anything."""
    said = select(func.max(Message.id)).where(
        Message.conversation_id == conversation_id, Message.author == Author.human
    )
    return await session.scalar(said) or 0


def with_words(turn: Turn, found: dict[int, Listened]) -> Turn:
    """The turn with what was heard in its voice notes."""
    said = tuple(heard_as(one, found.get(one.message_id)) for one in turn.facts.said)
    return replace(turn, facts=replace(turn.facts, said=said))


def heard_as(said: Said, listened: Listened | None) -> Said:
    if listened is None:
        return said
    words = listened.words.text if listened.words else ""
    return replace(said, text=words, media={**(said.media or {}), **listened.marks()})
