"""Answers whatever a conversation has left unanswered, and remembers what was said in it."""

from loguru import logger

from proli.agent.desk import serve
from proli.agent.events import HistoryGrew
from proli.agent.hearing_media import load_burst_media
from proli.agent.parties import with_lead
from proli.agent.remembering import read_fallen, summarise, write_summary
from proli.agent.replying import make_reply
from proli.agent.thinking import deps_of, think
from proli.agent.transcribing import transcribe_burst
from proli.agent.turns import FromProfessional, NotYet, Turn, lock_for_reply, read_turn, write_turn
from proli.conversations.events import MessageReceived
from proli.platform.jobs import emit, on
from proli.platform.runtime import Runtime

TRIES = 3
"""How often a draft is thrown away because more was said, before it is sent all the same."""


@on(MessageReceived, queue="agent", key="conversation_id")
async def answer(runtime: Runtime, event: MessageReceived) -> None:
    """Answer everything the contact has said since our last reply.

    Voice notes become words first, which are then read like all others. The model call sits between two transactions: a
    slow model holds no row and no connection. A burst of messages is one turn; the later jobs find nothing to do.
    """
    for last_try in (False,) * (TRIES - 1) + (True,):
        turn = await take_turn(runtime, event)
        if turn is not None and await transcribe_burst(runtime, event.business_id, turn):
            turn = await take_turn(runtime, event)
        if turn is None or await reply_to(runtime, event.business_id, turn, even_if_stale=last_try):
            return
    logger.info("Conversation {} keeps talking", event.conversation_id)


async def take_turn(runtime: Runtime, event: MessageReceived) -> Turn | None:
    """What there is to think about now; None when there is nothing yet, or the desk has seen to it."""
    async with runtime.db.begin(event.business_id) as session:
        turn = await read_turn(
            session,
            event.conversation_id,
            settle_s=runtime.settings.agent.settle_s,
            settle_max_s=runtime.settings.agent.settle_max_s,
            now=runtime.clock.now(),
        )
        if isinstance(turn, NotYet):
            await emit(session, event, after_s=turn.wait_s)
            return None
        if isinstance(turn, FromProfessional):
            await serve(session, turn, now=runtime.clock.now())
            return None
        return turn


async def reply_to(runtime: Runtime, business_id: int, turn: Turn, *, even_if_stale: bool) -> bool:
    """The turn is thought through and written; False when more was said meanwhile and nothing had been committed."""
    turn, media = await load_burst_media(runtime, turn)
    deps = await deps_of(runtime, business_id, turn)
    thought = await think(turn, deps, media)
    async with runtime.db.begin(business_id) as session:
        conversation, stale = await lock_for_reply(session, turn)
        if stale and not even_if_stale and not thought.committed:
            return False
        facts = await with_lead(session, turn.facts, turn.contact_id)
        reply = make_reply(facts, deps.heard, thought, offered=deps.offered)
        await write_turn(session, conversation, turn, reply, now=runtime.clock.now())
    return True


@on(HistoryGrew, queue="memory", key="conversation_id")
async def remember(runtime: Runtime, event: HistoryGrew) -> None:
    """What a model will not be shown any more is in the conversation's summary. No turn waits for that."""
    async with runtime.db.begin(event.business_id) as session:
        fallen = await read_fallen(session, event.conversation_id)
    if fallen is None:
        return
    summary, upto_id = await summarise(runtime, fallen)
    async with runtime.db.begin(event.business_id) as session:
        if not await write_summary(session, fallen, summary, upto_id):
            logger.info("Conversation {} was summarised meanwhile", event.conversation_id)
