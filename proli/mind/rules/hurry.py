"""What is different for somebody in a hurry."""

from datetime import datetime

from proli.dispatch.rules import SOON
from proli.mind.rules.state import State


def is_far(state: State, start: str) -> bool:
    """Whether an emergency would wait long: then people look for a faster way."""
    return state.known.urgency == "emergency" and datetime.fromisoformat(start) - state.facts.now > SOON


def has_sooner(state: State, start: str) -> bool:
    """Whether what is held or promised begins no later, and will do: who hurries does not lose it for a later hour."""
    standing = state.facts.standing
    if standing is None or state.is_new_request or standing.in_question or standing.unsettled or standing.refused:
        return False
    return state.facts.now < standing.starts_at <= datetime.fromisoformat(start)


def in_a_hurry(state: State) -> bool:
    wish = state.known.wish
    return wish.get("kind") == "asap" if wish else state.known.urgency == "emergency"
