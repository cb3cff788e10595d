"""What a message asks for, by the names that conversations are scored by."""

from dataclasses import dataclass
from typing import Final, Literal

from proli.knowledge.cancelling import find_stance
from proli.knowledge.contact_ways import without_refused_calls
from proli.knowledge.dangers import find_danger
from proli.knowledge.intents import find_intents
from proli.knowledge.reading.cues import cues_of
from proli.knowledge.text import fold
from proli.knowledge.trades import find_trade, find_urgency

Kind = Literal[
    "book", "quote", "price_question", "reschedule", "cancel", "human", "callback", "complaint", "emergency", "search",
    "viewing", "valuation", "sell", "list_property", "wrong_number", "off_topic", "unknown",
]  # fmt: skip
KINDS: Final[frozenset[str]] = frozenset(Kind.__args__)
WEAK, PLAIN, STRONG = 1, 2, 3
_FILE: Final = "requests.yaml"


@dataclass(frozen=True, slots=True)
class Request:
    """`strength` tells what it may replace: STRONG whatever was asked before, PLAIN a weak one, WEAK nothing."""

    kind: Kind
    strength: int
    certain: bool = True
    """Whether it may be acted on; a cancellation that is only asked about, or bounded, has to be asked about first."""


def find_request(
    text: str,
    *,
    homes: bool,
    has_booking: bool,
    visited: bool = False,
    asked: str | None = None,
    role: str | None = None,
) -> Request | None:
    """What the text asks for; None when it asks for nothing that we know.

    `homes` says that the business deals in them. `visited` says that somebody was there of late, or should be by now:
    what does not work then is a complaint. `asked` names the question just put: what only answers it asks for
    nothing new. `role` is who the contact is in a deal of property, as `knowledge.property` found it.
    """
    cues = find_cues(text)
    kind = _of_people(text, cues | {"complaint"} if visited and "complaint_of_visit" in cues else cues)
    if kind is not None:
        return Request(kind, STRONG)
    if (found := _of_booking(text, cues, has_booking=has_booking)) is not None:
        return found
    found = _of_property(cues, role) if homes else _of_service(text, cues)
    if found is None and "off_topic" in cues:
        return Request("off_topic", PLAIN)
    return None if found and asked not in (None, "trade") and found.strength == WEAK else found


def find_cues(text: str) -> frozenset[str]:
    """The names of all patterns that the text holds."""
    folded = _meant(text)
    return frozenset(name for name, pattern in cues_of(_FILE).items() if pattern.search(folded))


def _meant(text: str) -> str:
    """The folded text without what sounds like a request and is none."""
    return without_refused_calls(cues_of(_FILE)["not_meant"].sub(" ", fold(text)))


def _of_people(text: str, cues: frozenset[str]) -> Kind | None:
    """What is asked of people rather than of the trade; it outweighs the trade it may name."""
    if "wrong_number" in cues or "wrong_number" in find_intents(text):
        return "wrong_number"
    if "complaint" in cues and find_danger(text) is None:
        return "complaint"
    return "human" if "human" in cues and "callback" not in cues else None


def _of_booking(text: str, cues: frozenset[str], *, has_booking: bool) -> Request | None:
    """A visit that stands is moved or given up; who takes back a move gives up."""
    stance = find_stance(text, standing=has_booking)
    if stance in ("gives_up", "may_give_up"):
        certain = stance == "gives_up"
        return Request("cancel", STRONG if certain else WEAK, certain)
    moves = has_booking and "reschedule" in cues | find_intents(_meant(text))
    return Request("reschedule", STRONG) if moves else None


def _of_service(text: str, cues: frozenset[str]) -> Request | None:
    danger, trade = find_danger(text), find_trade(text)
    urgent = trade is not None and trade.urgency == "emergency" and find_urgency(text) != "low"
    if (danger is not None and danger.life) or ((danger or urgent) and "emergency" in cues):
        return Request("emergency", STRONG)
    if "callback" in cues and not (trade is not None and "come" in cues):
        return Request("callback", STRONG)
    if "quote" in cues:
        return Request("quote", PLAIN)
    if "price" in cues:
        return Request("book" if "wants" in cues and trade else "price_question", PLAIN if trade else WEAK)
    if trade is not None:
        return Request("book", PLAIN if "wants" in cues else WEAK)
    return Request("book", WEAK) if cues & {"wants", "fault"} else None


def _of_property(cues: frozenset[str], role: str | None) -> Request | None:
    """What is wanted of a property; a wish to be called is only how, unless nothing else is said."""
    seeks = "seeks" in cues or role in {"buyer", "tenant"}
    if ("list_property" in cues and "seeks" not in cues) or role == "landlord":
        return Request("list_property", PLAIN)
    if "valuation" in cues:
        return Request("valuation", PLAIN)
    buys_too = role == "buyer" and "seeks" in cues
    if ("sell" in cues and not buys_too) or role == "seller":
        return Request("sell", PLAIN)
    if "viewing" in cues and ("seeks" not in cues or "advert" in cues):
        return Request("viewing", PLAIN)
    if "callback" in cues and not seeks:
        return Request("callback", PLAIN)
    if "commission" in cues and "seeks" not in cues:
        return Request("price_question", PLAIN)
    if "price" in cues and not seeks:
        return Request("price_question", WEAK)
    return Request("search", PLAIN if "seeks" in cues else WEAK) if seeks or "wants" in cues else None
