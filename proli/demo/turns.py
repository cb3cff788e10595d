"""How the agent's latest replies came to be, in the shape in which the agent writes it down."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from proli.demo.life import Life, Said
from proli.demo.office import Office
from proli.mind.instructions import version_of
from proli.mind.ladder.failures import ModelFailure
from proli.traces.models import Turn

RECENT = timedelta(days=14)
MODELS = (("gemini-3.1-flash-lite", 86), ("gemini-3.8-flash", 10), ("rules", 4))
MICROS = {"gemini-3.1-flash-lite": (0.1, 0.4), "gemini-3.8-flash": (0.3, 2.5)}
"""Millionths of a dollar for a token read and a token written."""


def turns_of(
    lives: Sequence[Life],
    office: Office,
    *,
    leads: Mapping[Life, int],
    talks: Mapping[str, int],
    messages: Mapping[Said, int],
    rng: Random,
) -> Iterator[Turn]:
    """A turn for every reply of the last days that answered something."""
    for life in lives:
        for said in life.messages:
            if said.burst and said.at >= office.now - RECENT:
                yield turn_of(said, office, leads[life], talks[life.person.phone_e164], messages, rng)


def turn_of(said: Said, office: Office, lead_id: int, talk: int, messages: Mapping[Said, int], rng: Random) -> Turn:
    model = rng.choices([name for name, _ in MODELS], [share for _, share in MODELS])[0]
    latency_ms = rng.randint(15, 60) if model == "rules" else rng.randint(900, 4200)
    burst = [messages[one] for one in said.burst]
    attempts = attempts_of(rng, model, latency_ms)
    usage = usage_of(rng, model, calls=len(said.tools))
    return Turn(
        conversation_id=talk,
        key=str(min(burst)),
        reply_message_id=messages[said],
        lead_id=lead_id,
        model=model,
        prompt_version=version_of(office.playbook.id),
        latency_ms=latency_ms + sum(one["ms"] for one in attempts if one["failure"]),
        cost_micros=cost_of(model, usage),
        trace={
            "messages": burst,
            "attempts": attempts,
            "tools": [with_lead(call, lead_id) for call in said.tools],
            "usage": usage,
            "rewritten": None,
            "draft": None,
        },
        created_at=said.at,
    )


def attempts_of(rng: Random, model: str, latency_ms: int) -> list[dict[str, Any]]:
    """One request, after those that failed on the rungs above it."""
    names = [name for name, _ in MODELS]
    above = names[: names.index(model)]
    overloaded = {"failure": "HTTP 503: overloaded", "kind": ModelFailure.busy}
    failures = [{"model": name, "ms": rng.randint(400, 2500), **overloaded} for name in above]
    own = [] if model == "rules" else [{"model": model, "ms": latency_ms, "failure": None, "kind": None}]
    return [*failures, *own]


def usage_of(rng: Random, model: str, *, calls: int) -> dict[str, int]:
    if model == "rules":
        return {"input_tokens": 0, "output_tokens": 0}
    return {"input_tokens": rng.randint(2100, 2900) * (1 + calls), "output_tokens": rng.randint(40, 110) * (1 + calls)}


def cost_of(model: str, usage: Mapping[str, int]) -> int:
    read, wrote = MICROS.get(model, (0.0, 0.0))
    return round(usage["input_tokens"] * read + usage["output_tokens"] * wrote)


def with_lead(call: Mapping[str, Any], lead_id: int) -> dict[str, Any]:
    """The call as it was stored; one that saved something names the lead."""
    outcome = {"lead_id": lead_id, **call["outcome"]} if call["tool"] == "save_details" else call["outcome"]
    return {**call, "outcome": outcome}
