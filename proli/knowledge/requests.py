"""What a message asks for, by the names that conversations are scored by."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from proli.knowledge.dangers import find_danger
from proli.knowledge.intents import find_intents
from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.text import fold
from proli.knowledge.trades import find_trade

Vertical = Literal["services", "real_estate"]
Kind = Literal[
    "book", "quote", "price_question", "reschedule", "cancel", "human", "callback", "complaint", "emergency", "search",
    "viewing", "valuation", "sell", "list_property", "wrong_number", "off_topic", "unknown",
]  # fmt: skip
KINDS: Final[frozenset[str]] = frozenset(Kind.__args__)
WEAK, PLAIN, STRONG = 1, 2, 3
_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
_SEPARATE: Final = r"(?<![^\W\d_])(?:[ושהבלמכ]|וש|כש|של|ול)?(?:%s)(?![^\W\d_])"


@dataclass(frozen=True, slots=True)
class Request:
    """`strength` tells what it may replace: STRONG whatever was asked before, PLAIN a weak one, WEAK nothing."""

    kind: Kind
    strength: int


def find_request(text: str, *, vertical: str, has_booking: bool, asked: str | None = None) -> Request | None:
    """What the text asks for; None when it asks for nothing that we know.

    `asked` names the question just put: what only answers it asks for nothing new.
    """
    cues = find_cues(text)
    kind = _of_person(text, cues, has_booking=has_booking, vertical=vertical)
    if kind is not None:
        return Request(kind, STRONG)
    found = _of_property(cues) if vertical == "real_estate" else _of_service(text, cues)
    if found is None or (asked is not None and asked != "trade" and found.strength == WEAK):
        return None
    return found


def find_cues(text: str) -> frozenset[str]:
    """The names of all patterns that the text holds."""
    folded = fold(text)
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(folded))


def _of_person(text: str, cues: frozenset[str], *, has_booking: bool, vertical: str) -> Kind | None:
    """What is asked of people rather than of the trade; each outweighs the trade it may name."""
    intents = find_intents(text)
    if cues & {"wrong_number"} or "wrong_number" in intents:
        return "wrong_number"
    if "complaint" in cues and find_danger(text) is None:
        return "complaint"
    if has_booking and (found := _of_booking(cues, intents)):
        return found
    if "human" in cues or "human" in intents:
        return "callback" if "callback" in cues else "human"
    if "callback" in cues and not (vertical == "real_estate" and cues & {"sell", "valuation", "list_property"}):
        return "callback"
    if "off_topic" in cues and not find_trade(text):
        return "off_topic"
    return None if has_booking else _of_booking(cues & {"cancel", "reschedule"}, intents & {"cancel", "reschedule"})


def _of_booking(cues: frozenset[str], intents: frozenset[str]) -> Kind | None:
    """A visit that stands is moved, or given up; who takes back a move gives up."""
    said = cues | intents
    if "cancel" in said:
        return "cancel"
    return "reschedule" if "reschedule" in said else None


def _of_service(text: str, cues: frozenset[str]) -> Request | None:
    trade = find_trade(text)
    if find_danger(text) is not None or (trade is not None and trade.urgency == "emergency"):
        return Request("emergency", STRONG)
    if "quote" in cues:
        return Request("quote", PLAIN)
    if "price" in cues:
        return Request("book" if "wants" in cues and trade else "price_question", PLAIN if trade else WEAK)
    if trade is not None:
        return Request("book", PLAIN if "wants" in cues else WEAK)
    return Request("book", WEAK) if "wants" in cues else None


def _of_property(cues: frozenset[str]) -> Request | None:
    if "list_property" in cues and "seeks" not in cues:
        return Request("list_property", PLAIN)
    if "valuation" in cues:
        return Request("valuation", PLAIN)
    if "sell" in cues:
        return Request("sell", PLAIN)
    if "viewing" in cues and "seeks" not in cues:
        return Request("viewing", PLAIN)
    if "price" in cues and "seeks" not in cues:
        return Request("price_question", WEAK)
    return Request("search", PLAIN if "seeks" in cues else WEAK) if cues & {"seeks", "wants"} else None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = read_table("requests.yaml")
    return {
        name: re.compile("|".join(_SEPARATE % pattern.translate(_FINALS) for pattern in patterns))
        for name, patterns in table.items()
    }
