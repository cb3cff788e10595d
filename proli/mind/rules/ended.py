"""Rules about a visit that is no more: it was cancelled, or it did not take place."""

from dataclasses import replace
from typing import Any

from proli.conversations.reasons import PersonReason
from proli.knowledge.cancelling import asks_whether_cancelled
from proli.mind.choices import BACK
from proli.mind.facts import Facts, Known
from proli.mind.given_up import as_choices
from proli.mind.hearing.burst import Heard
from proli.mind.request_words import ask_which_of
from proli.mind.rules import replies
from proli.mind.rules.state import Call, Move, Say, State


def tell_nothing_stands(state: State) -> Move | None:
    """Who asks whether it was cancelled, where nothing is open, hears that nothing is."""
    if state.facts.known.lead_id is not None or not asks_whether_cancelled(state.facts.text):
        return None
    return Say(replies.compose(state, replies.words(state, "nothing_to_cancel")))


def take_back_cancelling(state: State) -> Move | None:
    """What was cancelled and is wanted after all is open again; which of several is asked, and all are for people."""
    if not state.heard.back or state.reopened is not None:
        return None
    if asks_which_back(state.facts, state.heard):
        return Say(replies.compose(state, ask_which_of(as_choices(state.heard.back), state.facts)))
    if state.last("restore_request") is None:
        return Call("restore_request", {})
    if state.last("hand_over") is None:
        return Call("hand_over", {"reason": PersonReason.stuck})
    return Say(replies.words(state, "handed_over"))


def asks_which_back(facts: Facts, heard: Heard) -> bool:
    """Whether it has to be asked which of several is wanted after all, which it was not yet."""
    return len(heard.back) > 1 and facts.asked != BACK


def with_reopened(facts: Facts, known: dict[str, Any] | None) -> Facts:
    """The facts with the request that this turn has opened again in place of any other."""
    return facts if known is None else replace(facts, known=Known(**known), standing=None, choices=(), begun=None)


def leave_not_held(state: State) -> Move | None:
    """After a visit at which nobody is said to have been, new hours are offered to who asks for them; people, who
    arrange what follows, read whatever else is said."""
    facts, heard = state.facts, state.heard
    if facts.standing is not None or not facts.known.not_held or heard.request is not None or heard.names_job:
        return None
    if facts.asked is not None or facts.offered or "reschedule" in heard.intents or state.saved:
        return None
    if "thanks" in heard.intents:
        return Say(replies.words(state, "thanks"))
    if state.last("hand_over") is None:
        return Call("hand_over", {"reason": PersonReason.customer_wrote})
    told = (replies.passed_words(state), replies.words(state, "visit_not_held"))
    return Say(replies.compose(state, "\n".join(filter(None, told))))
