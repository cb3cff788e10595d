"""The rules agent's words, put together from the texts of the playbook."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from proli.agent.facts import Facts
from proli.agent.rules.state import State
from proli.conversations.models import MessageKind
from proli.knowledge.text import isolate
from proli.knowledge.trades import Danger
from proli.playbooks.texts import say
from proli.playbooks.words import say_list, say_when


def words(state: State, code: str) -> str:
    return say(code, state.facts.language, business=isolate(state.facts.business))


def compose(state: State, main: str) -> str:
    """The greeting, the safety words and whatever else belongs before the main thing, a line each."""
    before = [greeting(state), safety(state), unread(state), prices(state)]
    return "\n".join(part for part in (*before, main) if part)


def greeting(state: State) -> str:
    return words(state, "hello") if state.facts.first_contact else ""


def safety(state: State) -> str:
    danger = state.heard.danger
    return "" if danger is None else safety_words(danger, state.facts.language)


def safety_words(danger: Danger, language: str) -> str:
    """What to do at once, before anything is arranged."""
    return say("danger_life" if danger.life else "danger_property", language, number=isolate(danger.call))


def unread(state: State) -> str:
    """Which part of a burst with words could not be taken in."""
    said = state.facts.said
    if any(one.unopened for one in said):
        return words(state, "media_failed")
    return words(state, "send_text") if any(one.kind == MessageKind.audio and not one.text for one in said) else ""


def prices(state: State) -> str:
    found = state.outcome("list_prices")
    if found is None:
        return ""
    language = state.facts.language
    lines = [
        say("price_line", language, label=isolate(price["label"]), price=price["words"])
        for price in found.get("prices", [])
    ]
    return say("price_lines", language, prices="\n".join(lines)) if lines else say("no_price", language)


def ask_next(state: State) -> str:
    missing = state.missing
    return ask_field(state.facts, missing[0]) if missing else words(state, "thanks")


def ask_field(facts: Facts, field: str) -> str:
    """The playbook's question for a field."""
    questions = {str(name): words for name, words in facts.playbook.questions.items()}
    return questions[field]["he" if facts.language == "he" else "en"]


def ask_half_of_day(state: State) -> str:
    wish = state.known.wish
    start = datetime.fromisoformat(wish["start"]).astimezone(state.facts.zone) if wish else None
    hour = f"{start.hour % 12 or 12}" if start else ""
    return say("ambiguous_time", state.facts.language, time=isolate(hour))


def ask_which_city(state: State) -> str:
    language = state.facts.language
    return say("which_city", language, cities={"he": " או ", "en": " or "}[language].join(state.heard.cities))


def when(facts: Facts, moment: datetime) -> str:
    return say_when(moment, now=facts.now, zone=facts.zone, language=facts.language)


def asked_words(state: State, outcome: Mapping[str, Any]) -> str:
    start = datetime.fromisoformat(outcome["start"])
    return say("asked_professional", state.facts.language, when=when(state.facts, start))


def offer_words(state: State, found: Mapping[str, Any]) -> str:
    language = state.facts.language
    options = say_list([time["words"] for time in found["times"]], language=language)
    lead_in = "" if found.get("fits_wish") else say("no_times_wish", language) + "\n"
    return lead_in + say("offer_times", language, times=options)


def standing_words(facts: Facts) -> str | None:
    """How the request stands, in words that are true by construction."""
    standing = facts.standing
    if standing is None:
        return None
    moment = when(facts, standing.starts_at)
    if standing.status == "confirmed":
        return say("booked", facts.language, when=moment, professional=isolate(standing.professional))
    return say("waiting", facts.language, when=moment)
