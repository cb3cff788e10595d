"""What people look for in a home and what they offer: rooms and money as they say them and as a lead keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

SALE = {2: (15, 21), 3: (20, 28), 4: (25, 36), 5: (32, 47), 6: (42, 62)}
"""Hundreds of thousands of shekels by rooms."""
RENT = {2: (42, 56), 3: (52, 70), 4: (66, 92), 5: (84, 115), 6: (98, 130)}
"""Hundreds of shekels a month by rooms."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one person has in mind; the amounts in shekels."""

    rooms: int
    amount: int
    rent: bool

    def said(self, speaks: str) -> str:
        """The amount as people write it: "2.4 מיליון", "6,500"."""
        if self.rent:
            return f"{self.amount:,}"
        million = {"he": "מיליון", "en": "million", "ru": "миллиона"}[speaks]
        return f"{self.amount / 1_000_000:g} {million}"


def make_terms(rng: Random, needs: Mapping[str, Any]) -> Terms:
    rent = needs.get("deal_type") == "rent"
    small = needs.get("property_type") in {"housing_unit", "office", "store"}
    rooms = 2 if small else rng.choices((3, 4, 5, 6), (32, 42, 20, 6))[0]
    if needs.get("property_type") in {"penthouse", "private_house"}:
        rooms = rng.choice((5, 6))
    least, most = (RENT if rent else SALE)[rooms]
    return Terms(rooms, rng.randint(least, most) * (100 if rent else 100_000), rent)


def needs_told(line: str, terms: Terms) -> dict[str, Any]:
    """What a line of the customer adds to the needs."""
    told: dict[str, Any] = {}
    if "{rooms}" in line:
        told |= {"rooms_min": terms.rooms, "rooms_max": terms.rooms}
    if "{budget}" in line:
        told |= {"budget_max": terms.amount, "currency": "ILS"}
    if "{asking}" in line:
        told |= {"asking_price": terms.amount, "currency": "ILS"}
    return told
