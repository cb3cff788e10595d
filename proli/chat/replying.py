"""From a thought to a reply that may be sent: every claim in it is true, or it is said differently."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from loguru import logger

from proli.chat.writing import Reply, Trace
from proli.conversations.models import Author
from proli.conversations.reasons import PersonReason
from proli.knowledge.said import as_said
from proli.mind.choices import BACK, CANCEL, WHICH, asked_of, in_order
from proli.mind.facts import Facts
from proli.mind.hearing.burst import Heard
from proli.mind.instructions import findings_of, version_of
from proli.mind.proof.amounts import dialled, named_prices
from proli.mind.proof.checking import Proof, Sources, Unproven, promised_in, unproven
from proli.mind.proof.claims import HALF_DAY, clock_times, find_claims, spoken_times
from proli.mind.request_words import ask_which
from proli.mind.rules.ended import asks_which_back
from proli.mind.rules.how_it_stands import standing_words
from proli.mind.rules.replies import ask_field, noted_words, safety_words
from proli.mind.thinking import Thought
from proli.mind.tools.business import PERSON_ANSWERS
from proli.playbooks.words import say_times

LONGEST = 4000
AMOUNTS = ("budget_min", "budget_max", "asking_price")


def make_reply(facts: Facts, heard: Heard, thought: Thought, *, offered: Sequence[str]) -> Reply:
    """The reply for facts as they stand now, after the turn's tools; `offered` are the times found in it."""
    fault = unproven(thought.text, proof_of(facts, heard, thought, offered))
    if fault is not None:
        logger.warning("A reply was rewritten: {}, {} unproven", fault.kind, len(fault.items))
    possible = [] if requested(thought) else list(offered)
    text = (thought.text if fault is None else true_words(facts, thought, possible))[:LONGEST]
    shown = shown_in(text, possible, facts)
    return Reply(
        text=with_safety(text, facts, heard),
        author=Author.system if handed_over_by(thought) in PERSON_ANSWERS else Author.ai,
        asked=next_question(facts, heard, shown, thought),
        offered=shown or chosen_among(facts, heard, thought),
        intent=intent_of(heard, thought),
        misses=0 if heard.said_something else facts.misses + 1,
        trace=trace_of(facts, heard, thought, rewritten=fault),
    )


def proof_of(facts: Facts, heard: Heard, thought: Thought, offered: Sequence[str]) -> Proof:
    """What this turn and those before it have shown to be true."""
    ours = [words for direction, words in thought.history if direction == "out"]
    business_texts = list(words_of_business(facts, thought))
    return Proof(
        now=facts.now,
        zone=facts.zone,
        standing=facts.standing,
        cancelled=any(done.outcome.get("status") == "cancelled" for done in thought.done),
        handed_over=handed_over_by(thought) is not None
        or facts.known.attention == PersonReason.danger
        or facts.known.not_held
        or (facts.standing is not None and facts.standing.unsettled)
        or heard.suits
        or facts.noted is not None
        or (facts.standing is not None and facts.standing.refused),
        said_before=frozenset(claim.kind for words in ours for claim in find_claims(words)),
        prices_agorot=listed_prices(thought).union(amounts_told(facts, heard), *map(named_prices, ours)),
        times=known_times(facts, thought, offered),
        promised=promised_in(business_texts),
        sources=Sources.of(
            [facts.text, *(words for _, words in thought.history), *business_texts], numbers=known_numbers(facts, heard)
        ),
    )


def known_times(facts: Facts, thought: Thought, offered: Sequence[str]) -> frozenset[int]:
    """The clock times that somebody has named: a tool, the visit, the wish, the customer, or we ourselves before."""
    moments = [*map(datetime.fromisoformat, offered), *facts.offered]
    if facts.standing is not None:
        moments.append(facts.standing.starts_at)
        moments += [one for one in (facts.standing.stays_at, facts.standing.expected_at) if one is not None]
    moments += [one.starts_at for one in facts.choices if one.starts_at is not None]
    for done in thought.done:
        starts = [
            done.outcome.get("start"),
            done.outcome.get("asks_at"),
            *done.outcome.get("starts", []),
            *(time["start"] for time in done.outcome.get("times", [])),
        ]
        moments += [datetime.fromisoformat(start) for start in starts if start]
    wish = facts.known.wish or {}
    moments += [datetime.fromisoformat(wish[end]) for end in ("start", "end") if wish.get(end)]
    local = [moment.astimezone(facts.zone) for moment in moments]
    words = [
        facts.text,
        str(wish.get("source") or ""),
        *(as_said(words) for _, words in thought.history),
        *business_facts_in(thought),
    ]
    return frozenset((one.hour * 60 + one.minute) % HALF_DAY for one in local).union(*map(spoken_times, words))


def business_facts_in(thought: Thought) -> Iterator[str]:
    """Every text that the business's facts hold, after the name it goes by: "guarantee: a year"."""
    waiting: list[tuple[str, Any]] = [("", done.outcome) for done in thought.done if done.tool == "business_facts"]
    while waiting:
        name, one = waiting.pop()
        if isinstance(one, str):
            yield f"{name} {one}".strip()
        elif isinstance(one, dict):
            waiting += [(str(key), value) for key, value in cast("dict[str, Any]", one).items()]
        elif isinstance(one, list):
            waiting += [(name, value) for value in cast("list[Any]", one)]


def words_of_business(facts: Facts, thought: Thought) -> Iterator[str]:
    """What the business has written: its facts, its guidance, and its own texts."""
    yield from business_facts_in(thought)
    if facts.guidance is not None:
        yield facts.guidance.text
    for texts in facts.own_texts.values():
        yield from texts.values()


def known_numbers(facts: Facts, heard: Heard) -> set[str]:
    """The customer's phones, the amounts that they have named, and the phone of whoever will come, as digits."""
    needs = {**facts.known.needs, **heard.needs}
    amounts = {str(needs[name]) for name in AMOUNTS if needs.get(name)}
    theirs = facts.standing.phone if facts.standing and facts.standing.status == "confirmed" else None
    phones = (facts.contact_phone, needs.get("phone"), theirs)
    return amounts.union(dialled(phone.removeprefix("+")) for phone in phones if phone)


def handed_over_by(thought: Thought) -> str | None:
    """Why a person was called in this turn."""
    found = [d for d in thought.done if d.outcome.get("status") == "handed_over"]
    reasons = [str(d.outcome.get("reason")) for d in found]
    return next((reason for reason in reasons if reason in PERSON_ANSWERS), reasons[-1] if reasons else None)


def asks_which(thought: Thought) -> bool:
    """Whether something should be cancelled, and it is not known which of several."""
    return any(done.outcome.get("status") == "which_one" for done in thought.done)


def chosen_among(facts: Facts, heard: Heard, thought: Thought) -> list[str]:
    """The times of which one was just chosen and asked for: who thinks again picks another of them."""
    return [one.isoformat() for one in facts.offered] if requested(thought) and heard.chosen in facts.offered else []


def requested(thought: Thought) -> bool:
    return any(
        done.tool == "request_visit" and done.outcome.get("status") in ("asked", "booked") for done in thought.done
    )


def listed_prices(thought: Thought) -> frozenset[int]:
    """The prices that the price list and the business's facts named in this turn."""
    listed = {
        agorot
        for done in thought.done
        if done.tool == "list_prices"
        for price in done.outcome.get("prices", [])
        for agorot in price["agorot"]
    }
    return frozenset(listed).union(*map(named_prices, business_facts_in(thought)))


def amounts_told(facts: Facts, heard: Heard) -> frozenset[int]:
    """What the customer can pay or asks for a property: their own amounts may be said back to them."""
    needs = {**facts.known.needs, **heard.needs}
    return frozenset(needs[name] * 100 for name in AMOUNTS if needs.get(name))


def shown_in(text: str, offered: Sequence[str], facts: Facts) -> list[str]:
    """Those of the times found that the reply names, in its order; a number would choose among these."""
    named = clock_times(text)
    places: dict[str, int] = {}
    for start in offered:
        local = datetime.fromisoformat(start).astimezone(facts.zone)
        minutes = (local.hour * 60 + local.minute) % HALF_DAY
        if minutes in named:
            places[start] = named.index(minutes)
    return sorted(places, key=lambda start: places[start])


def intent_of(heard: Heard, thought: Thought) -> str | None:
    """What the conversation is about: as the tools have saved it, or else as it was heard."""
    saved = [done.outcome.get("saved", {}).get("intent") for done in thought.done if done.tool == "save_details"]
    return next((intent for intent in reversed(saved) if intent), heard.intent)


def next_question(facts: Facts, heard: Heard, offered: Sequence[str], thought: Thought) -> str | None:
    """The field that a bare answer to this reply would fill, and of several requests of which one."""
    told = facts.picked is not None and facts.picked.wanted == "ask"
    which = facts.choices and ((facts.unclear and not told) or asks_which(thought)) and handed_over_by(thought) is None
    if which:
        wanted = facts.picked.wanted if facts.picked is not None and facts.picked.wanted else "cancel"
        return asked_of(f"{WHICH}{wanted}", [one.lead_id for one in in_order(facts.choices)])
    if asks_which_back(facts, heard) and handed_over_by(thought) is None:
        return BACK
    field = next_field(facts, heard, offered)
    meant = facts.picked.lead_ids if facts.picked is not None else ()
    begun = facts.begun.missing(facts.playbook) if field is None and facts.begun is not None else []
    if begun and facts.begun is not None and facts.begun.lead_id is not None:
        return asked_of(begun[0], [facts.begun.lead_id])
    return asked_of(field, meant) if field and facts.choices and len(meant) == 1 else field


def next_field(facts: Facts, heard: Heard, offered: Sequence[str]) -> str | None:
    if offered or heard.lapsed is not None or (facts.known.wish or {}).get("days"):
        return "time"
    if facts.standing is not None and heard.may_cancel:
        return CANCEL
    if facts.standing is not None and heard.of_visit == "keeps":
        return None
    if facts.standing is not None:
        asked = heard.of_visit in ("moves", "refuses") and heard.wish is None
        answered = facts.picked is not None and facts.picked.answered and facts.picked.wanted == "move"
        return "time" if asked or (answered and heard.wish is None) or "reschedule" in heard.intents else None
    if facts.known.wants_number(facts.playbook, heard.address):
        return "address"
    missing = facts.known.missing(facts.playbook) if facts.is_done_here(facts.known.trade) else ()
    return missing[0] if missing else None


def true_words(facts: Facts, thought: Thought, offered: Sequence[str]) -> str:
    """How things stand and what comes next, in words that are true by construction."""
    handed_over = handed_over_by(thought)
    if handed_over in PERSON_ANSWERS:
        return facts.say("handed_over")
    if named := next((done.outcome["visits"] for done in thought.done if done.outcome.get("visits")), None):
        return facts.say("cancelled_of", visits="; ".join(named))
    if facts.choices and (facts.unclear or asks_which(thought)):
        return ask_which(facts)
    if PersonReason.danger in (handed_over, facts.known.attention) and facts.known.trade is None:
        return facts.say("team_calls")
    standing = standing_words(facts)
    if facts.noted is not None:
        return "\n".join(filter(None, (noted_words(facts), standing)))
    if standing is not None:
        return standing
    if any(done.outcome.get("status") == "cancelled" for done in thought.done):
        return facts.say("cancelled")
    if not facts.is_done_here(facts.known.trade):
        return facts.say("with_team")
    if offered:
        starts = [datetime.fromisoformat(start) for start in offered]
        times = say_times(starts, now=facts.now, zone=facts.zone, language=facts.language)
        return facts.say("offer_times", times=times)
    missing = facts.known.missing(facts.playbook)
    return ask_field(facts, missing[0] if missing else "time")


def with_safety(text: str, facts: Facts, heard: Heard) -> str:
    """Whoever tells of a danger to life reads the number to call, whatever else is said."""
    danger = heard.danger
    if danger is None or not danger.life or danger.call in text:
        return text
    return f"{safety_words(danger, facts)}\n{text}"


def trace_of(facts: Facts, heard: Heard, thought: Thought, *, rewritten: Unproven | None) -> Trace:
    return Trace(
        model=thought.model,
        prompt_version=version_of(facts.playbook.id, facts.guidance),
        latency_ms=thought.latency_ms,
        cost_micros=thought.cost_micros,
        details={
            "messages": [said.message_id for said in facts.said],
            "heard": json.loads(json.dumps(findings_of(heard), default=str)),
            "attempts": thought.journal.as_json(),
            "tools": [
                {"tool": d.tool, "arguments": dict(d.arguments), "outcome": dict(d.outcome)} for d in thought.done
            ],
            "usage": thought.usage,
            "rewritten": asdict(rewritten) if rewritten else None,
            "draft": thought.text if rewritten else None,
        },
    )
