"""From a turn to its reply, with no transaction open: the ladder thinks, the proof checks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import Any

from pydantic_ai.exceptions import AgentRunError
from pydantic_ai.messages import (
    BinaryContent,
    ModelMessage,
    ModelRequest,
    ModelResponse,
    TextPart,
    UserContent,
    UserPromptPart,
)
from pydantic_ai.models import Model
from pydantic_ai.run import AgentRunResult

from proli.conversations.models import MessageKind
from proli.knowledge.reading.chat_headers import without_headers
from proli.knowledge.said import LONGEST, as_said, recently_said
from proli.mind.agent import LIMITS, agent
from proli.mind.choices import NOTHING
from proli.mind.deps import Deps
from proli.mind.facts import Done, Facts, Said
from proli.mind.hearing.listening import listen
from proli.mind.hearing.pieces import pieces
from proli.mind.instructions import instructions
from proli.mind.ladder.rungs import Journal, Ladder
from proli.mind.ledger import list_done
from proli.mind.models import origin_of
from proli.mind.proof.form import form_for
from proli.mind.rules.alone import answer_alone
from proli.mind.rules.model import NAME as RULES
from proli.mind.rules.model import RulesModel, tools_done
from proli.mind.standing import with_lead
from proli.mind.turn import Turn
from proli.platform.runtime import Runtime

WRITING = frozenset(
    {"save_details", "request_visit", "cancel_visit", "restore_request", "hand_over", "opt_out", "opt_in"}
)


@dataclass(frozen=True, slots=True)
class Thought:
    """What the ladder came to: words that are not proven yet, and how they came to be."""

    text: str
    model: str
    latency_ms: int
    cost_micros: int | None
    done: tuple[Done, ...]
    journal: Journal
    usage: dict[str, Any]
    history: tuple[tuple[str, str], ...] = ()
    """What was said before: ("in" or "out", words)."""

    @property
    def committed(self) -> bool:
        """Whether a tool has changed anything."""
        return any(done.tool in WRITING and not done.failed for done in self.done)


async def deps_of(runtime: Runtime, business_id: int, turn: Turn, *, rehearsal: bool = False) -> Deps:
    """What the turn's tools go by. A rehearsal looks in the ledger before it acts, as it acts anew each time."""
    return Deps(
        runtime=runtime,
        business_id=business_id,
        origin=origin_of(turn.conversation_id),
        conversation_id=turn.conversation_id,
        contact_id=turn.contact_id,
        turn_key=turn.key,
        now=turn.facts.now,
        zone=turn.facts.zone,
        language=turn.facts.language,
        playbook=turn.facts.playbook,
        heard=await listen(runtime, turn.facts, conversation_id=turn.conversation_id),
        said=said_in(turn),
        written=written_in(turn),
        shown=turn.facts.offered,
        trades_done=turn.facts.trades_done,
        choices=turn.facts.choices,
        picked=turn.facts.picked or NOTHING,
        tried_before=rehearsal or bool(turn.facts.done),
        rehearsed=[] if rehearsal else None,
    )


def said_in(turn: Turn) -> str:
    """All that the contact has said, without what was copied with it out of other chats."""
    before = [without_headers(as_said(words)) for direction, words in turn.history if direction == "in"]
    return recently_said([*before, turn.facts.text])


def written_in(turn: Turn) -> tuple[tuple[str, datetime], ...]:
    """The newest messages of the contact as they are read, with when they were written, oldest first."""
    kept: list[tuple[str, datetime]] = []
    room = 2 * LONGEST
    for text, at in reversed(turn.inbound):
        room -= len(as_said(text))
        if room < 0:
            break
        kept.append((as_said(text), at))
    return tuple(pieces(turn.facts, reversed(kept)))


async def think(turn: Turn, deps: Deps, media: Sequence[BinaryContent]) -> Thought:
    """A reply from the best model that gives one; from the rules agent when none does."""
    began, journal = perf_counter(), Journal()
    ladder = Ladder(deps.runtime, journal, form=form_for(turn.facts, turn.history), frugal=turn.frugal)
    turn, ran = await climb(turn, deps, media, ladder)
    return Thought(
        text=ran.text.strip(),
        model=ran.model,
        latency_ms=milliseconds(began),
        cost_micros=ran.cost_micros,
        done=(*turn.facts.done, *ran.done),
        journal=journal,
        usage={"input_tokens": ran.input_tokens, "output_tokens": ran.output_tokens},
        history=turn.history,
    )


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run came to, whoever answered."""

    text: str
    model: str = RULES
    done: Sequence[Done] = ()
    cost_micros: int | None = 0
    input_tokens: int = 0
    output_tokens: int = 0


async def climb(turn: Turn, deps: Deps, media: Sequence[BinaryContent], ladder: Ladder) -> tuple[Turn, Ran]:
    """What a run came to, and the turn it began from.

    A request that fails goes to the next rung within the run. A run that fails as a whole, by a call that makes no
    sense or by endless calls, is begun again one rung lower, from what it has brought about.
    """
    while True:
        try:
            return turn, await run(turn, deps, media, model=ladder.model(RulesModel(turn.facts, deps.heard)))
        except AgentRunError as failure:
            if not ladder.step_down(failure):
                raise
        turn = await as_it_stands(turn, deps)


async def as_it_stands(turn: Turn, deps: Deps) -> Turn:
    """The turn with what the tools have changed; times that were found have not been shown to anybody."""
    deps.offered.clear()
    async with deps.begin() as session:
        facts = await with_lead(session, turn.facts, turn.contact_id)
        done = await list_done(session, origin=deps.origin, turn_key=turn.key)
    return replace(turn, facts=replace(facts, done=tuple(done)))


async def run(turn: Turn, deps: Deps, media: Sequence[BinaryContent], *, model: Model) -> Ran:
    if isinstance(model, RulesModel):
        text, done = await answer_alone(turn.facts, deps)
        return Ran(text, done=done)
    result = await agent.run(
        prompt_of(turn.facts, media),
        message_history=history_of(turn),
        instructions=instructions(turn.facts, deps.heard),
        deps=deps,
        model=model,
        usage_limits=LIMITS,
    )
    return Ran(
        result.output,
        model=result.response.model_name or RULES,
        done=tools_done(result.new_messages()),
        cost_micros=cost_of(result),
        input_tokens=result.usage.input_tokens,
        output_tokens=result.usage.output_tokens,
    )


def milliseconds(began: float) -> int:
    return round((perf_counter() - began) * 1000)


def cost_of(result: AgentRunResult[str]) -> int | None:
    """Millionths of a dollar for all requests of the run; None where a model's price is not known."""
    answers = [message for message in result.new_messages() if isinstance(message, ModelResponse)]
    try:
        return round(sum(a.cost().total_price * 1_000_000 for a in answers if (a.model_name or RULES) != RULES))
    except (LookupError, AssertionError, ValueError):
        return None


def prompt_of(facts: Facts, media: Sequence[BinaryContent]) -> str | list[UserContent]:
    """The burst as the customer wrote it, a line a message, with its pictures and sounds."""
    lines = [line_of(said) for said in facts.said]
    return ["\n".join(lines), *media] if media else "\n".join(lines)


def line_of(said: Said) -> str:
    if said.unopened:
        return f"[{said.kind.value}: the file did not open] {said.text}".strip()
    if said.kind == MessageKind.contact:
        return f"[a contact's card, not the customer's words: {said.text}]"
    if said.silent:
        return f"[{said.kind.value}: nothing can be heard in it; ask for it in writing]"
    return said.text or f"[{said.kind.value}]"


def history_of(turn: Turn) -> list[ModelMessage]:
    return [
        ModelRequest(parts=[UserPromptPart(content=text)])
        if direction == "in"
        else ModelResponse(parts=[TextPart(content=text)])
        for direction, text in turn.history
    ]
