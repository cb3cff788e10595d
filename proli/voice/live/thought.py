"""One turn of a call: what the caller has said goes through the same mind, tools and proof as what is written."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from proli.chat.events import HistoryGrew
from proli.chat.jobs import within_requests
from proli.chat.parties import load_parties
from proli.chat.replying import handed_over_by, make_reply
from proli.chat.turns import make_turn
from proli.chat.writing import Reply, read_again
from proli.contacts.budgets import Budget, count_spent, spend
from proli.conversations.lines import Line
from proli.conversations.models import Author, Direction, MessageKind, Owner
from proli.conversations.queries import get_conversation
from proli.conversations.reasons import PersonReason
from proli.knowledge.dangers import find_danger
from proli.knowledge.said import as_said
from proli.mind.facts import Done, Facts, Guidance
from proli.mind.ledger import list_done
from proli.mind.models import origin_of
from proli.mind.rules.replies import safety_words
from proli.mind.standing import with_request
from proli.mind.thinking import deps_of, think
from proli.mind.turn import Turn
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.platform.runtime import Runtime
from proli.playbooks.spoken import spoken_texts
from proli.prompts.models import Prompt, PromptChannel, PromptStatus
from proli.traces.models import Turn as TurnRow
from proli.voice.live.notes import Noted, Notes, Utterance
from proli.voice.models import Call
from proli.voice.rules import TransferReason
from proli.voice.transcript import add_turn, write_spoken
from proli.voice.transfers import Leading

MOST_ASKED_IN_DANGER: Final = 3
"""After so many turns in a danger a person is rung, whatever is not known yet."""
PUBLISHED: Final = select(Prompt).where(
    Prompt.channel == PromptChannel.voice, Prompt.status == PromptStatus.published
).limit(1)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to the caller, as it stands in the conversation before it is spoken."""

    noted: Noted
    asked: str | None
    """The field that it asks for."""
    facts: Facts
    offered: Sequence[str]
    settled: bool
    """There is nothing left to ask: a visit stands, or a person was called."""
    leads_on: Leading | None = None
    """To whom the caller is connected once it was said."""


class TakenOver(Exception):
    """A person of ours answers this conversation by now."""


@dataclass
class Mind:
    """The mind of one call. What it was told and has not answered yet is answered with what is told next.

    Where a tool has committed something for it by then, that is a turn of its own, which stands in the history: a tool
    takes nothing twice of one turn, and what was said since may put right what it has taken.
    """

    runtime: Runtime
    notes: Notes
    waiting: list[Utterance] = field(default_factory=list[Utterance])
    _tried: frozenset[int] = frozenset()
    _passed_over: tuple[Utterance, ...] = ()
    """What was never answered by itself, as more was said once a tool had committed something for it."""
    _safety: str = ""
    _danger_turns: int = 0

    async def answer(self, *, alone: bool = False) -> Answer:
        """The reply to all that waits, written down; `alone`, no model is asked.

        May be cancelled at any time: what its tools have committed stands.

        Raises:
            TakenOver
            OverBudget
        """
        business_id = self.notes.call.business_id
        turn = await self._read()
        turn = replace(turn, frugal=turn.frugal or alone)
        deps = await deps_of(self.runtime, business_id, turn)
        thought = await think(turn, deps, ())
        stands = await read_again(self.runtime.db, business_id, turn)
        facts = with_request(turn.facts, stands.request)
        reply = make_reply(facts, deps.heard, thought, offered=deps.offered)
        called, danger = handed_over_by(thought), self._in_danger()
        settled = facts.standing is not None or called is not None
        leads_on = await self.notes.find_people(reason_to_lead_on(called, danger=danger, asks=reply.asked is not None))
        if leads_on is not None:
            reply = connecting(reply, facts, in_place=leads_on.reason is not TransferReason.danger)
        reply = self._with_safety(reply, facts)
        noted = await self._written(turn, reply, facts, asked_models=len(thought.journal.attempts))
        return Answer(noted, reply.asked, facts, reply.offered, settled, leads_on)

    def _in_danger(self) -> int:
        """In how many turns by now we know of a danger that this call has told of."""
        told = as_said("\n".join(one.text for one in (*self._passed_over, *self.waiting)))
        self._danger_turns += bool(self._danger_turns or find_danger(told))
        return self._danger_turns

    async def _written(self, turn: Turn, reply: Reply, facts: Facts, *, asked_models: int) -> Noted:
        """The reply is written down, or not at all: cancelled while that happens, it is written down as unheard."""
        writing = asyncio.ensure_future(self._write(turn, reply, facts, asked_models=asked_models))
        try:
            noted = await asyncio.shield(writing)
        except asyncio.CancelledError:
            unheard = await writing
            self._answered(turn)
            await self.notes.keep_heard(unheard, "", offered=(), question_heard=False)
            raise
        self._answered(turn)
        return noted

    def _with_safety(self, reply: Reply, facts: Facts) -> Reply:
        """The reply, behind what to do in a danger that was told of and that the caller has not heard yet."""
        danger = find_danger(as_said("\n".join(one.text for one in (*self._passed_over, *self.waiting))))
        safety = self.notes.owed or (str(safety_words(danger, facts)) if danger else "")
        self._safety = safety
        return reply if safety in reply.text else replace(reply, text=f"{safety}\n{reply.text}")

    def _answered(self, turn: Turn) -> None:
        self._passed_over, self.notes.owed = (), ""
        self.waiting = [one for one in self.waiting if one.message_id not in turn.message_ids]

    async def _read(self) -> Turn:
        now, notes = self.runtime.clock.now(), self.notes
        async with self.runtime.db.begin(notes.call.business_id) as session:
            parties = await load_parties(session, notes.conversation_id)
            if parties.conversation.owner is Owner.human:
                raise TakenOver
            done = await self._done_before(session)
            turn = make_turn(parties, [line_of(one) for one in self.waiting], now=now)
            facts = replace(turn.facts, done=tuple(done))
            turn = replace(turn, facts=await as_spoken(session, facts))
            await spend(session, self.runtime.settings.budget, Budget.turns, contact_id=turn.contact_id, now=now)
            return await within_requests(session, self.runtime, turn, now=now)

    async def _done_before(self, session: BusinessSession) -> Sequence[Done]:
        """What an earlier try of what waits has brought about; was more said since, that alone waits from here on."""
        origin, key = origin_of(self.notes.conversation_id), str(self.waiting[0].message_id)
        done = await list_done(session, origin=origin, turn_key=key)
        new = [one for one in self.waiting if one.message_id not in self._tried]
        if done and new:
            self._passed_over += tuple(one for one in self.waiting if one not in new)
            self.waiting, done = new, []
        self._tried = frozenset(one.message_id for one in self.waiting)
        return done

    async def _write(self, turn: Turn, reply: Reply, facts: Facts, *, asked_models: int) -> Noted:
        """The reply stands in transcript and conversation, with the turn's trace; nothing where a person
        has taken over."""
        notes, now = self.notes, self.runtime.clock.now()
        async with self.runtime.db.begin(notes.call.business_id) as session:
            conversation = await get_conversation(session, turn.conversation_id, lock=True)
            if conversation.owner is Owner.human and reply.author is Author.ai:
                raise TakenOver
            message_id = await write_spoken(
                session, conversation, reply.text,
                direction=Direction.outbound, author=reply.author, key=f"turn:{turn.key}", at=now, now=now,
            )  # fmt: skip
            before = conversation.asked
            conversation.asked, conversation.offered = reply.asked, list(reply.offered)
            conversation.intent, conversation.misses = reply.intent, reply.misses
            call = await session.get_one(Call, notes.call.call_id)
            call.lead_id = facts.known.lead_id or call.lead_id
            await keep_trace(session, turn, reply, message_id)
            notes.number += 1
            noted = Noted(notes.number, reply.text, now, message_id, before=before, owed=self._safety)
            await add_turn(
                session, notes.call.call_id, number=noted.number, speaker="agent", text=reply.text, began_at=now,
                trace=reply.trace.details["tools"] and {"tools": reply.trace.details["tools"]},
            )  # fmt: skip
            if asked_models:
                await count_spent(
                    session, self.runtime.settings.budget, Budget.model_requests,
                    contact_id=turn.contact_id, now=now, amount=asked_models,
                )  # fmt: skip
            if turn.grown:
                await emit(
                    session, HistoryGrew(business_id=notes.call.business_id, conversation_id=turn.conversation_id)
                )
        return noted


def reason_to_lead_on(called: str | None, *, danger: int, asks: bool) -> TransferReason | None:
    """Why a caller is to be connected to a person after this reply, if they are: they want one, the talk leads nowhere,
    or they are in danger and nothing is asked of them any more, or was for long enough."""
    if danger and (not asks or danger >= MOST_ASKED_IN_DANGER):
        return TransferReason.danger
    if called == PersonReason.human_asked:
        return TransferReason.asked
    return TransferReason.trouble if called == PersonReason.stuck else None


def connecting(reply: Reply, facts: Facts, *, in_place: bool) -> Reply:
    """That they are connected, behind the reply or `in_place` of it; nothing is asked then."""
    said = str(facts.say("call_connecting"))
    return replace(reply, text=said if in_place else f"{reply.text}\n{said}", asked=None, offered=[])


async def as_spoken(session: BusinessSession, facts: Facts) -> Facts:
    """The facts of a talk by voice: its texts, and the guidance that is published for it."""
    prompt = await session.scalar(PUBLISHED)
    guidance = None if prompt is None else Guidance(prompt.number, prompt.text)
    return replace(facts, own_texts=spoken_texts(facts.playbook, facts.own_texts), guidance=guidance, aloud=True)


async def keep_trace(session: BusinessSession, turn: Turn, reply: Reply, message_id: int) -> None:
    trace = reply.trace
    row = insert(TurnRow).values(
        business_id=session.require_business(), conversation_id=turn.conversation_id, key=turn.key,
        reply_message_id=message_id, lead_id=turn.facts.known.lead_id, model=trace.model,
        prompt_version=trace.prompt_version, latency_ms=trace.latency_ms, cost_micros=trace.cost_micros,
        trace=trace.details,
    )  # fmt: skip
    await session.execute(row.on_conflict_do_nothing(index_elements=[TurnRow.conversation_id, TurnRow.key]))


def line_of(said: Utterance) -> Line:
    """As the mind reads it: words, like those of a message."""
    at: datetime = said.began_at
    return Line(said.message_id, Direction.inbound, MessageKind.text, said.text, None, None, at, at)
