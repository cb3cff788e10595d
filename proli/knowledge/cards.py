"""Cards of contacts, as phones send them: whose they are, and the numbers that can be dialled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.knowledge.text import normalise

MOST_CARDS: Final = 10
_MOST_PHONES: Final = 3
_LONGEST: Final = 20_000
"""A card may hold a picture below what is read."""
_WAID: Final = re.compile(r"(?:^|;)waid=(\d{7,15})(?:;|$)", re.IGNORECASE)
_FOLD: Final = re.compile(r"\r?\n[ \t]")


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    phones: tuple[str, ...]
    """In E.164."""


def read_cards(vcards: Sequence[object]) -> list[Card]:
    """The cards that say a name or a number."""
    found = [_read(card[:_LONGEST]) for card in vcards[:MOST_CARDS] if isinstance(card, str)]
    return [card for card in found if card.name or card.phones]


def _read(vcard: str) -> Card:
    name, phones = "", dict[str, None]()
    for line in _FOLD.sub("", vcard).splitlines():
        told, _, value = line.partition(":")
        field, _, parameters = told.rpartition(".")[2].partition(";")
        if field.upper() == "FN" and not name:
            name = normalise(value.replace("\\,", ","))[:80]
        elif field.upper() == "TEL" and (number := _phone(value, parameters)):
            phones.setdefault(number)
    return Card(name, tuple(phones)[:_MOST_PHONES])


def _phone(value: str, parameters: str) -> str | None:
    """The number as WhatsApp knows it, or else as it is written."""
    known = _WAID.search(parameters)
    try:
        return parse_phone(f"+{known[1]}" if known else value[:40])
    except BadPhone:
        return None
