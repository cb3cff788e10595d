"""What the rules agent writes down of what it has heard."""

from typing import Any

from proli.leads.models import ASKED_OR_BOOKED
from proli.mind.facts import Known
from proli.mind.rules.state import State

LONGEST_DESCRIPTION = 600
WHILE_STANDING = frozenset({"city", "address", "name", "needs"})
"""What may be added to a request whose slot stands, or put right in it; anything else would need another slot."""


def new_details(state: State) -> dict[str, Any]:
    """The arguments of `save_details`: what was said and is not known yet; nothing when there is nothing new."""
    known = Known() if state.is_new_request else state.facts.known
    details = {name: value for name, value in heard_details(state, known).items() if value}
    if known.status in ASKED_OR_BOOKED and not state.wants_other_time:
        details = {name: value for name, value in details.items() if name in WHILE_STANDING}
    if not details or (state.facts.known.lead_id is None and is_card_alone(details)):
        return {}
    intent = state.heard.intent if goal_exists(state) and state.heard.intent != known.intent else None
    extra = {"intent": intent, "new_request": state.is_new_request}
    return details | {name: value for name, value in extra.items() if value}


def is_card_alone(details: dict[str, Any]) -> bool:
    """Whether all there is are numbers on cards, which ask for nothing."""
    return details.keys() == {"needs"} and details["needs"].keys() == {"other_phones"}


def goal_exists(state: State) -> bool:
    return any(state.heard.intent in goal.intents for goal in state.facts.playbook.goals.values())


def heard_details(state: State, known: Known) -> dict[str, Any]:
    heard = state.heard
    details: dict[str, Any] = before(state) | job(state, known)
    if len(heard.cities) == 1:
        details["city"] = heard.cities[0]
    if heard.address:
        details["address"] = heard.address.line()
    if heard.chosen is not None and known.wish is None:
        details["when"] = heard.chosen.isoformat()
    elif heard.wish and heard.chosen is None:
        details["when"] = heard.wish.source
    if (
        heard.urgency
        and heard.urgency != known.urgency
        and (heard.trade or heard.danger or known.trade or state.facts.playbook.trade)
    ):
        details["urgency"] = heard.urgency
    return details | {"name": heard.name, "needs": dict(heard.needs)}


def job(state: State, known: Known) -> dict[str, Any]:
    """The trade and the issue, and in the contact's own words what it is about."""
    trade, details = state.heard.trade, {}
    if trade is not None and takes_trade(state, known):
        details = {"trade": trade.trade, "issue": trade.issue}
    first = known.trade is None and not known.description
    tells = (
        bool(details)
        or state.heard.danger is not None
        or (state.heard.in_writing and known.lead_id is not None)
        or (first and goal_exists(state) and state.heard.asks_something)
    )
    return details | {"description": described(state, known)} if tells else details


def takes_trade(state: State, known: Known) -> bool:
    """Whether the trade just heard is the request's: a mention in passing does not change one that is known."""
    trade = state.heard.trade
    if trade is None:
        return False
    if known.trade is None or state.facts.asked == "trade":
        return True
    if trade.trade == known.trade:
        return trade.issue is not None and trade.issue != known.issue
    return state.facts.asked is None or "no" in state.heard.intents


def described(state: State, known: Known) -> str:
    """All that was said of the job, the first words first."""
    words = state.facts.text
    told = known.description if words in known.description else f"{known.description}\n{words}"
    return told.strip()[:LONGEST_DESCRIPTION]


def before(state: State) -> dict[str, Any]:
    """What "like last time" stands for."""
    past = state.heard.before
    if past is None:
        return {}
    return {"trade": past.trade, "city": past.locality, "address": past.address}
