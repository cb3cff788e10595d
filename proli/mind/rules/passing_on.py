"""Rules about what is said to a visit that stands: whoever comes reads it, or people do."""

from proli.conversations.reasons import PersonReason
from proli.mind.rules import replies
from proli.mind.rules.state import Call, Move, Say, State


def tell_noted(state: State) -> Move | None:
    """What is for whoever comes is with them, or will be: so it is said, and nothing else where nothing else was."""
    if not state.is_noted or state.is_new_request or state.wants_other_time or state.done:
        return None
    return Say(replies.compose(state, ""))


def pass_on(state: State) -> Move | None:
    """What is said to a visit that stands and can only be acted on by people goes to them with the words."""
    if not state.is_for_people or state.last("hand_over") is not None:
        return None
    return Call("hand_over", {"reason": PersonReason.customer_wrote})
