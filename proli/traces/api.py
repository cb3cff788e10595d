"""In the console: how a reply came to be, the agent's turns, and how the models are doing."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.mind.ladder.failures import ModelFailure
from proli.traces.models import Turn
from proli.traces.queries import Line, Rung, get_turn, list_rungs, list_turns
from proli.traces.rewritten import Rewritten

router = APIRouter(prefix="/api/businesses/{slug}", tags=["agent"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Manager = Annotated[Inside, inside(Role.manager)]

Model = Annotated[str, Field(description="The model that answered, or rules, or none.", examples=["gemini-3.8-flash"])]
PromptVersion = Annotated[
    str, Field(description="+3 is the business's own third; +3~2 its draft.", examples=["services-ab12cd34+3"])
]
Cost = Annotated[int | None, Field(description="Millionths of a US dollar; null when the model has no known price.")]


class ToolOut(BaseModel):
    """A tool call; an outcome without anything in it is a call that failed, or was done in an earlier try."""

    tool: Annotated[str, Field(examples=["find_times"])]
    arguments: dict[str, Any]
    outcome: dict[str, Any]


class AttemptOut(BaseModel):
    """One request to one model."""

    model: Annotated[str, Field(examples=["gemini-3.8-flash"])]
    ms: int
    failure: Annotated[str | None, Field(description="Why the next one was asked; null when it answered usably.")]
    kind: Annotated[ModelFailure | None, Field(description="What kind of failure it was.")] = None

    @model_validator(mode="before")
    @classmethod
    def read_kept(cls, kept: dict[str, Any]) -> dict[str, Any]:
        """Old traces have no kind, and those of a later release may have one that is not known yet."""
        known = kept.get("kind") in ModelFailure or not kept.get("failure")
        return kept if known else {**kept, "kind": ModelFailure.other}


class UsageOut(BaseModel):
    input_tokens: int | None = None
    output_tokens: int | None = None


class TraceDetails(BaseModel):
    """What a turn keeps of itself."""

    model_config = ConfigDict(extra="ignore")

    messages: Annotated[list[int], Field(description="The ids of the messages that it answers.")] = []
    heard: Annotated[dict[str, Any] | None, Field(description="What code found in them; null in old turns.")] = None
    tools: list[ToolOut] = []
    attempts: Annotated[list[AttemptOut], Field(description="In order; none when the rules agent was first.")] = []
    usage: UsageOut = UsageOut()
    rewritten: Rewritten = None
    draft: Annotated[str | None, Field(description="The words that were rewritten.")] = None


class TraceOut(TraceDetails):
    turn_id: int
    conversation_id: int
    message_id: Annotated[int, Field(description="The reply.")]
    lead_id: int | None
    at: datetime
    model: Model
    prompt_version: PromptVersion
    latency_ms: int
    cost_micros: Cost


class TurnOut(BaseModel):
    id: int
    conversation_id: int
    contact_id: int
    contact_name: str
    message_id: Annotated[int | None, Field(description="The reply, by which its trace is asked for.")]
    reply: Annotated[str | None, Field(description="What was said.")]
    at: datetime
    model: Model
    prompt_version: PromptVersion
    latency_ms: int
    cost_micros: Cost
    tools: Annotated[list[str], Field(description="Names, in the order of the calls.", examples=[["save_details"]])]
    rewritten: Rewritten


class TurnPage(BaseModel):
    turns: list[TurnOut]
    after: Annotated[int | None, Field(description="For the next page; null at the end.")]


class ModelOut(BaseModel):
    """A model and what it did for this business in the last 24 hours."""

    model: Annotated[str, Field(examples=["google:gemini-3.8-flash"])]
    place: Annotated[int | None, Field(description="1 is asked first; null when it is not on the ladder.")]
    usable: Annotated[bool, Field(description="Whether its provider is set up.")]
    turns: Annotated[int, Field(description="Turns whose reply it gave.")]
    median_ms: int | None
    p95_ms: int | None
    failures: Annotated[int, Field(description="Requests that it did not answer usably.")]
    cost_micros: Cost


@router.get("/conversations/{conversation_id}/messages/{message_id}/trace")
async def get_trace(conversation_id: int, message_id: int, inside: Viewer) -> TraceOut:
    """How a reply of the agent came to be."""
    turn = await get_turn(inside.session, conversation_id, message_id)
    return TraceOut(
        **dict(TraceDetails.model_validate(turn.trace)),
        turn_id=turn.id,
        message_id=message_id,
        lead_id=turn.lead_id,
        **of_turn(turn),
    )


@router.get("/agent/turns")
async def get_turns(
    inside: Viewer, after: int | None = None, limit: Annotated[int, Query(ge=1, le=100)] = 30
) -> TurnPage:
    """The agent's turns, newest first, a page at a time."""
    lines, following = await list_turns(inside.session, after=after, limit=limit)
    return TurnPage(turns=[shown(line) for line in lines], after=following)


@router.get("/agent/models")
async def get_models(inside: Manager) -> list[ModelOut]:
    """The ladder in the order it is climbed, and how each model did in the last 24 hours."""
    return [shown_rung(rung) for rung in await list_rungs(inside.session, inside.runtime)]


def of_turn(turn: Turn) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation_id,
        "at": turn.created_at,
        "model": turn.model,
        "prompt_version": turn.prompt_version,
        "latency_ms": turn.latency_ms,
        "cost_micros": turn.cost_micros,
    }


def shown(line: Line) -> TurnOut:
    turn, contact_id, name, reply = line
    details = TraceDetails.model_validate(turn.trace)
    return TurnOut(
        id=turn.id,
        contact_id=contact_id,
        contact_name=name,
        message_id=turn.reply_message_id,
        reply=reply,
        tools=[one.tool for one in details.tools],
        rewritten=details.rewritten,
        **of_turn(turn),
    )


def shown_rung(rung: Rung) -> ModelOut:
    did = rung.doing
    return ModelOut(
        model=rung.model,
        place=rung.place,
        usable=rung.usable,
        turns=did.turns,
        median_ms=did.median_ms,
        p95_ms=did.p95_ms,
        failures=did.failures,
        cost_micros=did.cost_micros,
    )
