"""Rules about people, which come before any business: who cannot be read, who wants us to stop, who wants a person."""

from proli.conversations.models import MessageKind
from proli.conversations.reasons import PersonReason
from proli.mind.choices import CANCEL
from proli.mind.rules import replies
from proli.mind.rules.state import Call, Move, Rule, Say, State

BESIDES = {
    "callback": PersonReason.callback,
    "human": PersonReason.human_asked,
    "complaint": PersonReason.complaint,
}
"""What a person is called for, by what is asked for, also where no more messages are wanted: "don't write, call me"."""
STUCK = 2
"""After so many turns in a row that brought nothing we understood, a person is called."""
WORDLESS = {
    MessageKind.audio: "send_text",
    MessageKind.undecryptable: "resend",
    MessageKind.unsupported: "unsupported",
    MessageKind.call: "missed_call",
}


def answer_wordless(state: State) -> Move | None:
    """A message without words, where none of its kind can be understood."""
    if state.heard.wordless is None:
        return None
    unopened = any(said.unopened for said in state.facts.said)
    code = "media_failed" if unopened else WORDLESS.get(state.heard.wordless)
    return Say(replies.words(state, code)) if code else None


def stop_writing(state: State) -> Move | None:
    """Whoever wants no more messages gets one answer and then no more unasked; a person is called if one is wanted."""
    if "opt_out" not in state.heard.intents:
        return None
    if state.last("opt_out") is None:
        return Call("opt_out", {})
    reason = next((reason for kind, reason in BESIDES.items() if state.asks_for(kind)), None)
    if reason is not None and state.last("hand_over") is None:
        return Call("hand_over", {"reason": reason})
    return Say(replies.left_alone(state))


def write_again(state: State) -> Move | None:
    """Whoever wanted no messages and wants them again gets them, and whatever else they ask for."""
    if "opt_in" not in state.heard.intents:
        return None
    if state.last("opt_in") is None:
        return Call("opt_in", {})
    return None if state.heard.asks_something else Say(replies.compose(state, ""))


def call_person(state: State) -> Move | None:
    """A person is called when asked for, for a complaint, and when the talk is abusive or leads nowhere."""
    reason = reason_for_person(state)
    if reason is None:
        return None
    if state.last("hand_over") is None:
        return Call("hand_over", {"reason": reason})
    return Say(replies.words(state, replies.PERSON_CALLED.get(reason, "handed_over")))


def reason_for_person(state: State) -> PersonReason | None:
    if state.heard.danger is not None and state.heard.danger.life:
        return None
    if state.asks_for("human") or "abuse" in state.heard.intents:
        return PersonReason.human_asked
    if state.asks_for("complaint"):
        return PersonReason.complaint
    if undoes_cancelling(state) or (state.heard.may_cancel and state.facts.asked == CANCEL):
        return PersonReason.stuck
    arranged = state.facts.standing is not None and not state.is_new_request
    if not arranged and state.facts.misses + 1 >= STUCK and not state.heard.said_something:
        return PersonReason.stuck
    return None


def undoes_cancelling(state: State) -> bool:
    """Whether somebody who has cancelled does not want to have, when nothing stands that could be kept."""
    facts, heard = state.facts, state.heard
    gone = facts.intent == "cancel" and facts.known.lead_id is None
    return gone and heard.stance == "keeps" and heard.request is None and not heard.trades


def promise_call(state: State) -> Move | None:
    """Whoever wants to be called is called by a person; the conversation goes on here meanwhile."""
    if not state.asks_for("callback"):
        return None
    if state.last("hand_over") is None:
        return Call("hand_over", {"reason": PersonReason.callback})
    return None


def stay_on_topic(state: State) -> Move | None:
    """A wrong number and what has nothing to do with the business get a courteous word, and no request."""
    if state.facts.known.lead_id is not None:
        return None
    if state.asks_for("wrong_number"):
        return Say(replies.words(state, "wrong_number"))
    if state.asks_for("off_topic"):
        return Say(replies.words(state, "off_topic"))
    return None


BEFORE_ANYTHING: tuple[Rule, ...] = (answer_wordless, stop_writing, write_again, stay_on_topic)
ONCE_NOTED: tuple[Rule, ...] = (call_person, promise_call)
"""A person who is called finds what was said in the request."""
