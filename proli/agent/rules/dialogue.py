"""What the rules agent does next: a list of rules, of which the first that has something to do decides."""

from datetime import UTC, datetime
from typing import Any

from proli.agent.facts import Done, Facts, Known
from proli.agent.rules import replies
from proli.agent.rules.hearing import Heard
from proli.agent.rules.state import Call, Move, Rule, Say, State
from proli.conversations.models import MessageKind

AT_ONCE = "כמה שיותר מהר"
"""What is not asked in an emergency: when."""


def step(facts: Facts, heard: Heard, done: list[Done]) -> Move:
    """The next tool call, or the reply."""
    state = State(facts, heard, (*facts.done, *done), tuple(done))
    for rule in RULES:
        move = rule(state)
        if move is not None:
            return move
    return Say(replies.compose(state, replies.standing_words(facts) or replies.ask_next(state)))


def answer_wordless(state: State) -> Move | None:
    """A message without words, where none of its kind can be understood."""
    words = {
        MessageKind.audio: "send_text",
        MessageKind.undecryptable: "resend",
        MessageKind.unsupported: "unsupported",
        MessageKind.call: "missed_call",
    }
    if state.heard.wordless is None:
        return None
    unopened = any(said.unopened for said in state.facts.said)
    code = "media_failed" if unopened else words.get(state.heard.wordless)
    return Say(replies.words(state, code)) if code else None


def call_person(state: State) -> Move | None:
    """A person is called when asked for, or when the talk is abusive or about mail we should not send."""
    if not state.heard.intents & {"human", "abuse", "opt_out", "wrong_number"}:
        return None
    if state.last("hand_over") is None:
        return Call("hand_over", {"reason": "human_asked"})
    return Say(replies.words(state, "handed_over"))


def cancel(state: State) -> Move | None:
    if "cancel" not in state.heard.intents:
        return None
    outcome = state.outcome("cancel_visit")
    if outcome is None and state.facts.known.lead_id is None:
        return None
    if outcome is None:
        return Call("cancel_visit", {})
    return Say(replies.words(state, "cancelled" if outcome.get("status") == "cancelled" else "nothing_to_cancel"))


def save(state: State) -> Move | None:
    """What was heard and is not known yet is saved before anything is asked."""
    if any(done.tool == "save_details" for done in state.ran):
        return None
    details = new_details(state)
    return Call("save_details", details) if details else None


def new_details(state: State) -> dict[str, Any]:
    facts, heard = state.facts, state.heard
    known = Known() if state.is_new_request else facts.known
    if known.status in {"offered", "booked"} and not state.wants_other_time:
        return {}
    details: dict[str, Any] = {}
    if heard.trade and (known.trade is None or heard.trade.issue):
        details |= {"trade": heard.trade.trade, "issue": heard.trade.issue, "description": facts.text[:300]}
    if len(heard.cities) == 1:
        details["city"] = heard.cities[0]
    if heard.address:
        details["address"] = heard.address
    if heard.wish and heard.chosen is None:
        details["when"] = heard.wish.source
    elif "emergency" in {heard.urgency, known.urgency} and not known.wish:
        details["when"] = AT_ONCE
    if heard.name:
        details["name"] = heard.name
    if heard.urgency and heard.urgency != known.urgency and (heard.trade or heard.danger or known.trade):
        details["urgency"] = heard.urgency
    details = {name: value for name, value in details.items() if value}
    return details | {"new_request": True} if details and state.is_new_request else details


def alert_danger(state: State) -> Move | None:
    """People in danger: staff hear at once, besides whatever else is done."""
    if state.heard.danger is None or not state.heard.danger.life or state.last("hand_over") is not None:
        return None
    return Call("hand_over", {"reason": "danger"})


def tell_effect(state: State) -> Move | None:
    """What this turn has brought about, by whichever model or in whichever try, is told and not done again."""
    for done in reversed(state.done):
        status = done.outcome.get("status")
        if done.tool == "request_visit" and status == "asked":
            return Say(replies.compose(state, replies.asked_words(state, done.outcome)))
        if done.tool == "cancel_visit" and status == "cancelled":
            return Say(replies.words(state, "cancelled"))
        if done.tool == "hand_over" and done.outcome.get("reason") in {"human_asked", "stuck"}:
            return Say(replies.words(state, "handed_over"))
    return None


def look_up_prices(state: State) -> Move | None:
    if "price" not in state.heard.intents or state.last("list_prices") is not None:
        return None
    return Call("list_prices", {"trade": state.known.trade})


def ask_what_is_missing(state: State) -> Move | None:
    """One question at a time, never one that is answered."""
    if state.known.half_told:
        return Say(replies.compose(state, replies.ask_half_of_day(state)))
    if len(state.heard.cities) > 1 and "locality" in state.missing:
        return Say(replies.compose(state, replies.ask_which_city(state)))
    if not state.missing or state.known.status in {"offered", "booked"}:
        return None
    if "thanks" in state.heard.intents and not state.done and state.known.lead_id is None:
        return Say(replies.words(state, "thanks"))
    return Say(replies.compose(state, replies.ask_next(state)))


def stay_as_is(state: State) -> Move | None:
    """Something is held or booked and nothing about it should change: say how it stands."""
    if state.facts.standing is None or state.is_new_request or state.last("request_visit") is not None:
        return None
    if wished_start(state) is not None or (state.wants_other_time and state.heard.wish is not None):
        return None
    if state.wants_other_time:
        return Say(replies.words(state, "new_time"))
    if "thanks" in state.heard.intents:
        return Say(replies.words(state, "thanks"))
    return Say(replies.compose(state, replies.standing_words(state.facts) or ""))


def ask_professional(state: State) -> Move | None:
    """The time is known to the minute: the professional is asked for it."""
    start = wished_start(state)
    if start is None or state.last("find_times") is not None:
        return None
    outcome = state.outcome("request_visit")
    if outcome is None:
        return Call("request_visit", {"start": start.isoformat()})
    if outcome.get("status") == "asked":
        return Say(replies.compose(state, replies.asked_words(state, outcome)))
    return Call("find_times", {})


def wished_start(state: State) -> datetime | None:
    """The start to ask for: a chosen offer, or an exact wish; of a slot that stands, only a wish newly heard."""
    if state.heard.chosen is not None:
        return state.heard.chosen
    wish = state.known.wish
    if state.facts.standing is not None and not state.is_new_request and state.heard.wish is None:
        return None
    if state.facts.standing is not None and not (state.wants_other_time or state.is_new_request):
        return None
    if wish and wish["kind"] == "exact" and wish["start"]:
        return datetime.fromisoformat(wish["start"]).astimezone(UTC)
    return None


def offer_times(state: State) -> Move | None:
    """The wish leaves room: concrete times are offered, and in a hurry the first is asked for at once."""
    found = state.outcome("find_times")
    if found is None:
        return Call("find_times", {})
    times = found.get("times", [])
    if not times:
        if state.last("hand_over") is None:
            return Call("hand_over", {"reason": "nobody_fits"})
        return Say(replies.words(state, "no_times"))
    asked = state.outcome("request_visit")
    if in_a_hurry(state) and found.get("fits_wish"):
        if asked is None:
            return Call("request_visit", {"start": times[0]["start"]})
        if asked.get("status") == "asked":
            return Say(replies.compose(state, replies.asked_words(state, asked)))
    return Say(replies.compose(state, replies.offer_words(state, found)))


def in_a_hurry(state: State) -> bool:
    wish = state.known.wish or {}
    return wish.get("kind") == "asap"


RULES: tuple[Rule, ...] = (
    answer_wordless,
    call_person,
    cancel,
    save,
    alert_danger,
    look_up_prices,
    tell_effect,
    ask_what_is_missing,
    stay_as_is,
    ask_professional,
    offer_times,
)
