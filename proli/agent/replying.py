"""From a thought to a reply that may be sent: every claim in it is true, or it is said differently."""

from collections.abc import Sequence
from datetime import datetime

from loguru import logger

from proli.agent.facts import Facts
from proli.agent.prompts.services import VERSION
from proli.agent.proof import Proof, unproven
from proli.agent.rules.replies import ask_field, standing_words
from proli.agent.thinking import Thought
from proli.agent.turns import Reply, Trace
from proli.conversations.models import Author
from proli.knowledge.intents import find_intents
from proli.playbooks.texts import say
from proli.playbooks.words import say_list, say_when

LONGEST = 4000


def make_reply(facts: Facts, thought: Thought, *, offered: Sequence[str]) -> Reply:
    """The reply for facts as they stand now, after the turn's tools; `offered` are the times shown in it."""
    handed_over = handed_over_by(thought)
    proof = Proof(
        standing=facts.standing,
        cancelled=any(done.outcome.get("status") == "cancelled" for done in thought.done),
        handed_over=handed_over is not None,
        prices_agorot=named_prices(thought),
    )
    reason = unproven(thought.text, proof) if thought.text else "nothing to say"
    if reason is not None:
        logger.warning("A reply was rewritten: {}", reason)
    open_times = [] if requested(thought) else list(offered)
    return Reply(
        text=(thought.text if reason is None else true_words(facts, open_times))[:LONGEST],
        author=Author.system if handed_over in {"human_asked", "stuck", "agent_failed"} else Author.ai,
        asked=next_question(facts, open_times),
        offered=open_times,
        trace=trace_of(facts, thought, rewritten=reason),
    )


def handed_over_by(thought: Thought) -> str | None:
    """Why a person was called in this turn."""
    return next((str(d.outcome.get("reason")) for d in reversed(thought.done) if d.tool == "hand_over"), None)


def requested(thought: Thought) -> bool:
    return any(done.tool == "request_visit" and done.outcome.get("status") == "asked" for done in thought.done)


def named_prices(thought: Thought) -> frozenset[int]:
    return frozenset(
        agorot
        for done in thought.done
        if done.tool == "list_prices"
        for price in done.outcome.get("prices", [])
        for agorot in price["agorot"]
    )


def next_question(facts: Facts, offered: Sequence[str]) -> str | None:
    """The field that a bare answer to this reply would fill."""
    if offered:
        return "time"
    if facts.standing is not None:
        return "time" if "reschedule" in find_intents(facts.text) else None
    missing = facts.known.missing(facts.playbook)
    return missing[0] if missing else None


def true_words(facts: Facts, offered: Sequence[str]) -> str:
    """How things stand and what comes next, in words that are true by construction."""
    standing = standing_words(facts)
    if standing is not None:
        return standing
    if offered:
        starts = [datetime.fromisoformat(start) for start in offered]
        said = [say_when(start, now=facts.now, zone=facts.zone, language=facts.language) for start in starts]
        return say("offer_times", facts.language, times=say_list(said, language=facts.language))
    missing = facts.known.missing(facts.playbook)
    return ask_field(facts, missing[0] if missing else "time")


def trace_of(facts: Facts, thought: Thought, *, rewritten: str | None) -> Trace:
    return Trace(
        model=thought.model,
        prompt_version=VERSION,
        latency_ms=thought.latency_ms,
        cost_micros=thought.cost_micros,
        details={
            "messages": [said.message_id for said in facts.said],
            "attempts": thought.journal.as_json(),
            "tools": [
                {"tool": d.tool, "arguments": dict(d.arguments), "outcome": dict(d.outcome)} for d in thought.done
            ],
            "usage": thought.usage,
            "rewritten": rewritten,
            "draft": thought.text if rewritten else None,
        },
    )
