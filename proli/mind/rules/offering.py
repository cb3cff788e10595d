"""Offered times in words, and why nothing of the wished time is among them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from proli.knowledge.text import isolate
from proli.mind.facts import Facts
from proli.mind.rules import replies
from proli.mind.rules.how_it_stands import standing_words
from proli.mind.rules.state import State
from proli.playbooks.words import say_times


def offer_words(state: State, found: Mapping[str, Any]) -> str:
    """The times that were found, or where it should be sooner than the visit and cannot, that."""
    facts = state.facts
    if state.heard.sooner and not found.get("fits_wish"):
        return nothing_sooner(state)
    starts = [datetime.fromisoformat(time["start"]) for time in found["times"]]
    options = say_times(starts, now=facts.now, zone=facts.zone, language=facts.language)
    lead_in = "" if found.get("fits_wish") else why_not_then(facts, found) + "\n"
    told = lead_in + state.facts.say("offer_times", times=options)
    return replies.about_it(state, "\n".join(filter(None, (told, replies.stands_meanwhile(state)))))


def nothing_sooner(state: State) -> str:
    """That no time is free before the visit, and how that stands."""
    return "\n".join(filter(None, (state.facts.say("nothing_sooner"), standing_words(state.facts))))


def why_not_then(facts: Facts, found: Mapping[str, Any]) -> str:
    """Why nothing of the wished time is offered."""
    code = f"closed_{found['closed']}" if found.get("closed") else "no_times_wish"
    return facts.say(code, days=isolate(str(found.get("books_days_ahead", ""))))
