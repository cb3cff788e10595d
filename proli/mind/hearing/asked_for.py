"""What a burst asks for, by what was asked and what stands; and what it wants back that was cancelled."""

from dataclasses import replace
from typing import Any, Final, cast

from proli.knowledge.answers import is_consent
from proli.knowledge.requests import PLAIN, STRONG, WEAK, Request, find_request
from proli.knowledge.said import OLD
from proli.knowledge.trades import TradeMatch
from proli.leads.wishes import exact_wish
from proli.mind.choices import BACK, CANCEL, LastWords
from proli.mind.facts import Facts, Known
from proli.mind.given_up import GivenUp, as_choices, cancelled_last, wanted_back
from proli.mind.hearing.of_visit import was_visited
from proli.mind.hearing.pieces import written_at
from proli.mind.which_request import pick

BESIDE_BACK: Final = frozenset({"cancel", "book", "reschedule", "viewing", "search"})
"""What may be asked for beside what is wanted back; who asks for something else does not want that."""
AS_ANSWERED: Final = {
    "cancel": Request("cancel", STRONG),
    "may_cancel": Request("cancel", WEAK, certain=False),
    "move": Request("reschedule", STRONG),
}
"""What is asked for by who answers which request is meant."""


def request_in(facts: Facts, plain: str, *, role: str | None, back: bool, instead: bool) -> Request | None:
    """What the `plain` text asks for, in which those who come are called by their trade.

    `back` says that it wants something back, which it cannot give up in the same breath; `instead` that it names
    another time for the visit.
    """
    found = find_request(
        plain,
        homes=facts.playbook.subject == "home",
        has_booking=facts.standing is not None or bool(facts.choices) or back,
        visited=was_visited(facts),
        asked=facts.asked if facts.asked != CANCEL else None,
        role=role,
    )
    if facts.asked == CANCEL and is_consent(facts.text):
        found = Request("cancel", STRONG)
    if found is None or found.kind != "cancel":
        return found
    if instead:
        return Request("reschedule", STRONG)
    if back:
        return None
    return Request("cancel", WEAK, certain=False) if facts.now - written_at(facts) > OLD else found


def guessed_request(facts: Facts, *, chosen: bool) -> Request | None:
    """Who says where or when, and not what for, wants what most want of this business, unless it is known."""
    if facts.intent not in (None, "unknown"):
        return None
    if chosen and facts.playbook.trade:
        return Request("viewing", WEAK)
    first = next(iter(facts.playbook.goals.values()))
    return Request(cast("Any", first.intents[0]), WEAK)


def intent_after(before: str | None, request: Request | None, *, role: str | None) -> str | None:
    """What the conversation is about: the first request in it, until another one is made just as plainly.

    A search by nobody who buys or rents was a guess.
    """
    if request is None:
        return before
    if before is None or before == "unknown" or request.strength == STRONG:
        return request.kind
    guessed = before == "search" and role not in {"buyer", "tenant"}
    passing = (before in {"price_question", "quote", "callback"} or guessed) and request.strength == PLAIN
    return request.kind if passing and request.kind != "callback" else before


def back_in(facts: Facts, text: str, trades: tuple[TradeMatch, ...]) -> tuple[GivenUp, ...]:
    """What they have cancelled and want after all; nothing while another request is told of or asked about."""
    arranging = facts.known.lead_id is not None and (facts.known.status != "booked" or facts.intent != CANCEL)
    if arranging or facts.asked == CANCEL or facts.unclear:
        return ()
    if facts.asked == BACK and (chosen := chosen_back(facts, text)):
        return chosen
    return wanted_back(facts.given_up, text, trades={one.trade for one in trades}, now=facts.now)


def chosen_back(facts: Facts, text: str) -> tuple[GivenUp, ...]:
    """Those that the answer to which of them is wanted after all names; all, where it says so."""
    gone = cancelled_last(facts.given_up, now=facts.now)
    choices = as_choices(gone)
    asked = LastWords(lead_ids=tuple(one.lead_id for one in choices), which="cancel")
    picked = pick(text, choices, asked, homes=facts.playbook.subject == "home", now=facts.local_now)
    return tuple(one for one in gone if picked.answered and one.lead_id in picked.lead_ids)


def as_wished(facts: Facts, back: tuple[GivenUp, ...]) -> Facts:
    """The facts by which a time is read that is told beside what is wanted back: an hour alone is of its day."""
    start = back[0].starts_at if len(back) == 1 else None
    if start is None:
        return facts
    return replace(facts, known=Known(wish=exact_wish(start.astimezone(facts.zone))), standing=None)
