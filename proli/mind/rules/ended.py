"""Rules about a visit that is no more: it was cancelled, or it did not take place."""

from proli.conversations.reasons import PersonReason
from proli.knowledge.cancelling import asks_whether_cancelled
from proli.mind.rules import replies
from proli.mind.rules.state import Call, Move, Say, State


def tell_nothing_stands(state: State) -> Move | None:
    """Who asks whether it was cancelled, where nothing is open, hears that nothing is."""
    if state.facts.known.lead_id is not None or not asks_whether_cancelled(state.facts.text):
        return None
    return Say(replies.compose(state, replies.words(state, "nothing_to_cancel")))


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
