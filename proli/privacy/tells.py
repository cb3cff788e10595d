"""What gives a person away in words of anybody's: phones however they are spelled, chats, whole names, addresses."""

import re
from collections.abc import Collection, Iterable
from typing import Final

COUNTRY: Final = "+972"
LEAST_OF_ADDRESS: Final = 5


def pattern_of(*, values: Collection[str], names: Collection[str], addresses: Collection[str]) -> str:
    """A regular expression of PostgreSQL's that finds them, and nothing when there is nothing to find.

    `values` are what the person is reached by. A name of one word is many people's, and is not looked for.
    """
    found = [
        *(phone_pattern(one) if re.fullmatch(r"\+[0-9]{7,15}", one) else quoted(one) for one in values if one),
        *(r"\s+".join(quoted(word) for word in one.split()) for one in names if len(one.split()) > 1),
        *(
            quoted(one)
            for one in addresses
            if len(one) >= LEAST_OF_ADDRESS and any(letter.isdecimal() for letter in one)
        ),
    ]
    return "|".join(sorted(set(found))) or "(?!)"


def phone_pattern(e164: str) -> str:
    """The phone in any spelling: with or without the country, with anything short between its digits."""
    home = e164.startswith(COUNTRY)
    digits = e164.removeprefix(COUNTRY) if home else e164[1:]
    before = rf"(?:\+?{COUNTRY[1:]}[^0-9]{{0,3}})?0?" if home else r"\+?"
    return rf"(?<![0-9]){before}{'[^0-9]{0,2}'.join(digits)}(?![0-9])"


def quoted(words: str) -> str:
    """The words as such, also as JSON has them."""
    return "".join(rf"\\?{letter}" if letter == '"' else re.escape(letter) for letter in words)


def ids_pattern(ids: Iterable[int]) -> str:
    return "|".join(str(one) for one in sorted(ids)) or "(?!)"


def keys_pattern(*, leads: Iterable[int], bookings: Iterable[int], offers: Iterable[int], talks: Iterable[int]) -> str:
    """Finds the keys of messages to others that are about these, as `outbox.queue_text` is given them."""
    ours = f"offer:({ids_pattern(offers)})|booking:({ids_pattern(bookings)})|lead:({ids_pattern(leads)})"
    asked = f"staff:({ids_pattern(leads)})|staff:(?!offer:|booking:|lead:)[a-z_]+:({ids_pattern(talks)})"
    return f"^((staff:)?({ours})|{asked})(:|$)"
