"""What the rules agent does next: a list of rules, of which the first that has something to do decides."""

from dataclasses import replace
from datetime import UTC, datetime

from proli.conversations.reasons import PersonReason
from proli.knowledge.visits import is_patient
from proli.leads.models import ASKED_OR_BOOKED
from proli.mind.facts import Done, Facts
from proli.mind.hearing.burst import Heard
from proli.mind.request_words import ask_which as ask_which_request
from proli.mind.request_words import tell_all
from proli.mind.rules import replies
from proli.mind.rules.after_visit import pass_on_after_visit
from proli.mind.rules.ended import leave_not_held, take_back_cancelling, tell_nothing_stands, with_reopened
from proli.mind.rules.how_it_stands import standing_beside, standing_words
from proli.mind.rules.hurry import has_sooner, in_a_hurry, is_far
from proli.mind.rules.noting import new_details
from proli.mind.rules.offering import offer_words
from proli.mind.rules.passing_on import pass_on, tell_noted
from proli.mind.rules.people import BEFORE_ANYTHING, ONCE_NOTED
from proli.mind.rules.state import Call, Move, Rule, Say, State

COLUMNS = {"city": "locality", "when": "wish", "name": "customer_name"}
"""Arguments of `save_details` that a lead keeps under another name."""
ARRANGED = frozenset({"asked", "booked"})
CANCEL_SAID = {"cancelled": "cancelled", "handed_over": "passed_to_team"}


def step(facts: Facts, heard: Heard, done: list[Done]) -> Move:
    """The next tool call, or the reply."""
    state = State(facts, heard, (*facts.done, *done), tuple(done))
    facts = with_reopened(facts, state.reopened)
    state = replace(state, facts=facts)
    for rule in RULES:
        move = rule(state)
        if move is not None:
            return Say(replies.going_on(state, move.text)) if isinstance(move, Say) else move
    return Say(replies.compose(state, standing_words(facts) or replies.ask_next(state)))


def ask_which(state: State) -> Move | None:
    """Of several requests none is given up, moved or told of before it is known which is meant."""
    people = state.heard.danger is not None or state.asks_for("complaint", "human")
    if not state.facts.unclear or state.done or people:
        return None
    if state.facts.picked is not None and state.facts.picked.wanted == "ask":
        return Say(replies.compose(state, tell_all(state.facts)))
    return Say(replies.compose(state, ask_which_request(state.facts)))


def cancel(state: State) -> Move | None:
    if not state.asks_for("cancel") or state.heard.may_cancel:
        return None
    outcome = state.outcome("cancel_visit")
    if outcome is None and state.facts.known.lead_id is not None:
        return Call("cancel_visit", {})
    status = str((outcome or {}).get("status"))
    if status == "which_one":
        return Say(ask_which_request(state.facts))
    return Say(replies.cancelled_words(state, outcome or {}, CANCEL_SAID.get(status, "nothing_to_cancel")))


def ask_whether_to_cancel(state: State) -> Move | None:
    """A question, a thought or a condition cancels nothing: whether it should be is asked."""
    if not state.heard.may_cancel:
        return None
    if state.facts.standing is not None:
        return Say(replies.compose(state, replies.ask_cancel(state)))
    if state.facts.known.lead_id is None:
        return Say(replies.words(state, "nothing_to_cancel"))
    return Say(replies.compose(state, f"{replies.words(state, 'no_visit_yet')}\n{replies.ask_next(state)}"))


def save(state: State) -> Move | None:
    """What was heard and is not known yet is saved before anything is asked, once."""
    details = new_details(state)
    saves = [done.arguments for done in state.ran if done.tool == "save_details"]
    if any(all(details.get(name) == value for name, value in saved.items()) for saved in saves):
        return None
    left = {name: value for name, value in details.items() if COLUMNS.get(name, name) not in state.saved}
    return Call("save_details", left) if left.keys() - {"intent", "new_request"} else None


def alert_danger(state: State) -> Move | None:
    """People in danger: staff hear at once, besides whatever else is done."""
    if state.heard.danger is None or not state.heard.danger.life or state.last("hand_over") is not None:
        return None
    return Call("hand_over", {"reason": "danger"})


def look_up_prices(state: State) -> Move | None:
    """A price is looked up as soon as it is known of what."""
    asked = "price" in state.heard.intents or state.asks_for("price_question")
    if not asked or state.known.trade is None or state.last("list_prices") is not None:
        return None
    return Call("list_prices", {"trade": state.known.trade})


def look_up_facts(state: State) -> Move | None:
    asked = "question_facts" in state.heard.intents or (
        state.facts.playbook.trade is not None and "price" in state.heard.intents
    )
    return Call("business_facts", {}) if asked and state.last("business_facts") is None else None


def tell_effect(state: State) -> Move | None:
    """What this turn has brought about, by whichever model or in whichever try, is told and not done again."""
    if any(done.tool == "opt_out" for done in state.done):
        return Say(replies.left_alone(state))
    for done in reversed(state.done):
        status = done.outcome.get("status")
        if done.tool == "request_visit" and status in ARRANGED:
            return Say(replies.compose(state, replies.arranged_words(state, done.outcome)))
        if done.tool == "request_visit" and status == "handed_over":
            return Say(replies.compose(state, replies.words(state, "passed_to_team")))
        if done.tool == "cancel_visit" and status in CANCEL_SAID:
            return Say(replies.cancelled_words(state, done.outcome, CANCEL_SAID[status]))
        if done.tool == "hand_over" and (code := replies.PERSON_CALLED.get(done.outcome.get("reason", ""))):
            return Say(replies.words(state, code))
    return None


def ask_whether(state: State) -> Move | None:
    """The time that was written is over: nobody is asked to come before it is known whether, and when."""
    if state.heard.lapsed is None or (state.facts.standing is not None and not state.wants_other_time):
        return None
    return Say(replies.compose(state, replies.words(state, "time_is_over")))


def ask_what_is_missing(state: State) -> Move | None:
    """One question at a time, never one that is answered."""
    if state.wants_number:
        return Say(replies.compose(state, replies.ask_number(state)))
    if state.known.wish and state.known.wish.get("days"):
        return Say(replies.compose(state, replies.ask_which_day(state)))
    if state.known.half_told:
        return Say(replies.compose(state, replies.ask_half_of_day(state)))
    if len(state.heard.cities) > 1 and "city" in state.missing:
        return Say(replies.compose(state, replies.ask_which_city(state)))
    if not state.missing or state.known.status in ASKED_OR_BOOKED:
        return None
    if "thanks" in state.heard.intents and not state.done and state.known.lead_id is None:
        return Say(replies.words(state, "thanks"))
    return Say(replies.compose(state, replies.ask_next(state)))


def call_about_place(state: State) -> Move | None:
    """Another town while somebody is asked or expected, and an address put right in words we do not follow.

    Whom this very turn has asked, in an earlier try, was told of the place as it is.
    """
    if state.facts.standing is None or state.is_new_request or state.last("hand_over") is not None:
        return None
    if state.last("request_visit") is not None:
        return None
    moved = state.known.status in ASKED_OR_BOOKED and "locality" in state.saved and state.facts.known.locality
    return Call("hand_over", {"reason": PersonReason.place_changed}) if moved or state.place_unclear else None


def turn_away(state: State) -> Move | None:
    """A trade that nobody here does: said at once, before anything more is asked, and a person is called for it."""
    trade = state.known.trade or (state.facts.playbook.trade if state.known.lead_id or state.saved else None)
    if state.facts.is_done_here(trade) or state.facts.standing is not None:
        return None
    if state.facts.known.attention == PersonReason.not_our_trade and not state.saved.get("trade"):
        return Say(replies.compose(state, with_team(state)))
    if state.last("hand_over") is None:
        return Call("hand_over", {"reason": PersonReason.not_our_trade})
    return Say(replies.compose(state, replies.not_our_trade(state, trade)))


def with_team(state: State) -> str:
    """What is said to whoever writes on when people have the request: thanks are thanks."""
    return replies.words(state, "thanks" if "thanks" in state.heard.intents else "with_team")


def leave_to_people(state: State) -> Move | None:
    """Danger that is nobody's trade, such as gas, is for the team, who know of it."""
    if state.known.trade is not None or not state.in_danger:
        return None
    return Say(replies.compose(state, replies.words(state, "team_calls")))


def stay_as_is(state: State) -> Move | None:
    """Something is held or booked and nothing about it should change: say how it stands."""
    if state.facts.standing is None or state.is_new_request or state.last("request_visit") is not None:
        return None
    if wished_start(state) is not None or (state.wants_other_time and state.heard.wish is not None):
        return None
    if state.wants_other_time:
        return Say(replies.compose(state, replies.ask_new_time(state)))
    if (
        "thanks" in state.heard.intents
        and not state.saved
        and not replies.called_for(state, PersonReason.customer_wrote)
    ):
        return Say(replies.words(state, "thanks"))
    if state.facts.standing.expected_at is not None and not state.saved and is_patient(state.facts.text):
        return Say(replies.words(state, "thanks_patience"))
    about = "\n".join(filter(None, (replies.place_words(state), replies.passed_words(state))))
    standing = "" if state.place_unclear else standing_beside(state)
    return Say(replies.compose(state, "\n".join(filter(None, (about, standing)))))


def ask_professional(state: State) -> Move | None:
    """The time is known to the minute: it is asked for."""
    start = wished_start(state)
    if start is None or state.last("find_times") is not None:
        return None
    outcome = state.outcome("request_visit")
    if outcome is None:
        return Call("request_visit", {"start": start.isoformat()})
    if outcome.get("status") in ARRANGED:
        return Say(replies.compose(state, replies.arranged_words(state, outcome)))
    return Call("find_times", {})


def wished_start(state: State) -> datetime | None:
    """The start to ask for: a chosen offer, or an exact wish; of a slot that stands, only a wish newly heard.

    Who takes back a move that waits for its approval asks for the visit as it is promised.
    """
    if state.heard.chosen is not None:
        return state.heard.chosen
    wish = state.known.wish
    if state.facts.standing is not None and state.heard.of_visit == "keeps":
        return state.facts.standing.stays_at
    if state.facts.standing is not None and not state.is_new_request and state.heard.wish is None:
        return None
    if state.facts.standing is not None and not (state.wants_other_time or state.is_new_request):
        return None
    if wish and wish["kind"] == "exact" and wish["start"] and state.asks_anew:
        return datetime.fromisoformat(wish["start"]).astimezone(UTC)
    return None


def offer_times(state: State) -> Move | None:
    """The wish leaves room: concrete times are offered, and in a hurry the first is asked for at once."""
    found = state.outcome("find_times")
    if found is None:
        return Call("find_times", {})
    times = found.get("times", [])
    if not times:
        if state.facts.known.attention == PersonReason.nobody_fits and not state.saved:
            return Say(replies.compose(state, with_team(state)))
        if state.last("hand_over") is None:
            return Call("hand_over", {"reason": PersonReason.nobody_fits})
        return Say(replies.compose(state, replies.words(state, "no_times")))
    if is_far(state, times[0]["start"]) and state.last("hand_over") is None:
        return Call("hand_over", {"reason": PersonReason.nobody_fits})
    asked = state.outcome("request_visit")
    if in_a_hurry(state) and found.get("fits_wish") and state.asks_anew:
        if has_sooner(state, times[0]["start"]) and (stands := standing_words(state.facts)):
            return Say(replies.compose(state, stands))
        if asked is None:
            return Call("request_visit", {"start": times[0]["start"]})
        if asked.get("status") in ARRANGED:
            return Say(replies.compose(state, replies.arranged_words(state, asked)))
    return Say(replies.compose(state, offer_words(state, found)))


RULES: tuple[Rule, ...] = (
    *BEFORE_ANYTHING,
    ask_which,
    take_back_cancelling,
    tell_nothing_stands,
    cancel,
    pass_on_after_visit,
    save,
    *ONCE_NOTED,
    alert_danger,
    ask_whether_to_cancel,
    call_about_place,
    look_up_prices,
    look_up_facts,
    tell_effect,
    leave_not_held,
    turn_away,
    ask_whether,
    ask_what_is_missing,
    leave_to_people,
    tell_noted,
    pass_on,
    stay_as_is,
    ask_professional,
    offer_times,
)
