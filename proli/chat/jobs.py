"""Answers whatever a conversation has left unanswered, and remembers what was said in it."""

from dataclasses import replace
from datetime import UTC, datetime

from loguru import logger

from proli.chat.events import HistoryGrew
from proli.chat.failed_turns import give_up, leave_to_person, set_aside
from proli.chat.hearing_media import load_burst_media
from proli.chat.machines import NoCustomer, pass_over
from proli.chat.moving import hear_moves
from proli.chat.overhearing import overhear
from proli.chat.remembering import read_summary_input, summarise, write_summary
from proli.chat.replying import make_reply
from proli.chat.said_for_visit import take_notes
from proli.chat.time_said import hear_time_said
from proli.chat.transcribing import transcribe_burst
from proli.chat.turns import NotYet, read_turn
from proli.chat.writing import read_again, write_turn
from proli.contacts.budgets import Budget, count_spent, spend
from proli.contacts.errors import ContactNotFound, OverBudget
from proli.conversations.errors import ConversationNotFound
from proli.conversations.events import MessageReceived
from proli.conversations.reasons import PersonReason
from proli.desk.serving import FromProfessional, serve
from proli.mind.ladder.providers import configured_models
from proli.mind.standing import with_request
from proli.mind.thinking import deps_of, think
from proli.mind.turn import Turn
from proli.notifications.events import PersonNeeded
from proli.platform.db import BusinessSession
from proli.platform.faults import is_passing
from proli.platform.jobs import emit, on, on_dead
from proli.platform.runtime import Runtime
from proli.traces.outages import note_summaries

TRIES = 3
"""How often a draft is thrown away because more was said, before it is sent all the same."""


@on(MessageReceived, queue="agent", key="conversation_id", attempts=6)
async def answer(runtime: Runtime, event: MessageReceived) -> None:
    """Whatever happens, the contact is answered, or is told that a person will.

    Where the database was away, or somebody wrote at the same time, trying again is all that is needed.
    """
    try:
        await answer_all(runtime, event)
    except (ConversationNotFound, ContactNotFound):  # erased meanwhile
        raise
    except OverBudget as refusal:
        await leave_to_person(runtime, event.business_id, event.conversation_id, refusal)
    except Exception as fault:
        if is_passing(fault):
            raise
        logger.exception("The turn of conversation {} failed", event.conversation_id)
        await give_up(runtime, event.business_id, event.conversation_id)


@on_dead(answer)
async def answer_never(runtime: Runtime, event: MessageReceived) -> None:
    """A conversation that cannot be answered, or that kills whoever tries, is a person's."""
    await give_up(runtime, event.business_id, event.conversation_id, for_good=True)


async def answer_all(runtime: Runtime, event: MessageReceived) -> None:
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
    now = runtime.clock.now()
    async with runtime.db.begin(event.business_id) as session:
        turn = await read_turn(
            session,
            event.conversation_id,
            settle_s=runtime.settings.agent.settle_s,
            settle_max_s=runtime.settings.agent.settle_max_s,
            now=now,
        )
        if isinstance(turn, NotYet):
            await emit(session, event, after_s=turn.wait_s)
            return None
        if await hear_taps(session, event.conversation_id, turn, now=now):
            await emit(session, event)  # what else was said is answered after it
            return None
        if isinstance(turn, NoCustomer) and turn.why == "taken":
            turn = await overhear(session, turn, now=now)
        if isinstance(turn, NoCustomer):
            await pass_over(session, turn, public_url=runtime.settings.http.public_url, now=now)
            return None
        if isinstance(turn, FromProfessional):
            await serve_each(session, turn, now=now)
            return None
        if turn is None:
            return None
        await spend(session, runtime.settings.budget, Budget.turns, contact_id=turn.contact_id, now=now)
        return await within_requests(session, runtime, turn, now=now)


async def hear_taps(
    session: BusinessSession, conversation_id: int, turn: Turn | NoCustomer | FromProfessional | None, *, now: datetime
) -> bool:
    """Whether a customer has answered a question of ours whose answer code alone acts on, whoever answers otherwise."""
    if isinstance(turn, Turn):
        return await hear_moves(session, conversation_id, turn.taps, now=now)
    if isinstance(turn, NoCustomer) and turn.why == "taken":
        return await hear_moves(session, conversation_id, [one.id for one in turn.messages], now=now)
    return False


async def within_requests(session: BusinessSession, runtime: Runtime, turn: Turn, *, now: datetime) -> Turn:
    """The turn, which asks no model when the day's requests are used up; staff are told once a day."""
    if not configured_models(runtime):
        return turn
    limits, contact_id = runtime.settings.budget, turn.contact_id
    spent = await count_spent(session, limits, Budget.model_requests, contact_id=contact_id, now=now, amount=0)
    if spent.over is None:
        return turn
    whose, day = (turn.conversation_id if spent.over == "contact" else "all"), now.astimezone(UTC).date()
    business_id, key = session.require_business(), f"models:{whose}:{day}"
    await emit(
        session,
        PersonNeeded(
            business_id=business_id, conversation_id=turn.conversation_id, reason=PersonReason.over_budget, key=key
        ),
    )
    return replace(turn, frugal=True)


async def serve_each(session: BusinessSession, turn: FromProfessional, *, now: datetime) -> None:
    """Each message of a professional is served for itself: one that fails takes no approval with it."""
    for message in turn.messages:
        try:
            async with session.begin_nested():
                await serve(session, replace(turn, messages=[message]), now=now)
        except Exception as fault:
            if is_passing(fault):
                raise
            logger.exception("Message {} of a professional cannot be served", message.id)
            await set_aside(session, turn.conversation, [message], now=now)


async def reply_to(runtime: Runtime, business_id: int, turn: Turn, *, even_if_stale: bool) -> bool:
    """The turn is thought through and written; False when more was said meanwhile and nothing had been committed."""
    turn, media = await load_burst_media(runtime, business_id, turn)
    deps = await deps_of(runtime, business_id, turn)
    turn = await hear_time_said(runtime, business_id, turn, deps.heard)
    turn = await take_notes(runtime, business_id, turn, deps.heard)
    thought = await think(turn, deps, media)
    stands = await read_again(runtime.db, business_id, turn)
    anyhow = even_if_stale or thought.committed
    if stands.stale and not anyhow:
        return False
    reply = make_reply(with_request(turn.facts, stands.request), deps.heard, thought, offered=deps.offered)
    asked, now = len(thought.journal.attempts), runtime.clock.now()
    return await write_turn(runtime.db, business_id, turn, reply, anyhow=anyhow, asked_models=asked, now=now)


@on(HistoryGrew, queue="memory", key="conversation_id")
async def remember(runtime: Runtime, event: HistoryGrew) -> None:
    """What a model will not be shown any more is in the conversation's summary. No turn waits for that."""
    async with runtime.db.begin(event.business_id) as session:
        given = await read_summary_input(session, event.conversation_id)
    if given is None:
        return
    summary, upto_id = await summarise(runtime, given)
    async with runtime.db.begin(event.business_id) as session:
        if not await write_summary(session, given, summary, upto_id):
            logger.info("Conversation {} was summarised meanwhile", event.conversation_id)
        await note_summaries(session, well=True, now=runtime.clock.now())


@on_dead(remember)
async def remember_never(runtime: Runtime, event: HistoryGrew) -> None:
    """Nobody waits for a summary: no person is called to the conversation, and staff hear once that none are made."""
    async with runtime.db.begin(event.business_id) as session:
        await note_summaries(session, well=False, now=runtime.clock.now())
