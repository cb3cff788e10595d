"""Who writes: names of the land, phones that nobody has, and homes on streets that exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, Literal

from proli.demo.files import read_words
from proli.knowledge.address import Address

Speaks = Literal["he", "en", "ru"]
PHONES = range(1000, 10_000)
"""The last four digits; the ones below are the demo's own."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives: the locality under its canonical name, and both as they themselves would write them."""

    locality: str
    city: str
    address: Address

    @property
    def street(self) -> str:
        return f"{self.address.street} {self.address.number}"

    @property
    def parts(self) -> dict[str, Any]:
        """As a lead keeps them."""
        names = ("street", "number", "floor", "apartment", "entrance")
        return {name: value for name in names if (value := getattr(self.address, name)) is not None}


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    woman: bool
    speaks: Speaks
    phone_e164: str
    home: Home

    @property
    def answered_in(self) -> Literal["he", "en"]:
        """Russian is answered in Hebrew, as it is by the agent."""
        return "en" if self.speaks == "en" else "he"


@cache
def words() -> dict[str, Any]:
    return read_words("people")


def phones(rng: Random, count: int) -> list[str]:
    return [f"+97250000{number}" for number in rng.sample(PHONES, count)]


def known_places(speaks: Speaks) -> Sequence[str]:
    """The localities whose streets are known in the language."""
    return list(words()[{"he": "streets", "en": "english", "ru": "russian"}[speaks]])


def make_person(rng: Random, *, speaks: Speaks, phone_e164: str, locality: str) -> Person:
    woman = rng.random() < 0.54
    return Person(
        name=a_name(rng, speaks, woman=woman),
        woman=woman,
        speaks=speaks,
        phone_e164=phone_e164,
        home=make_home(rng, speaks, locality),
    )


def a_name(rng: Random, speaks: Speaks, *, woman: bool) -> str:
    """A full name, or as often on WhatsApp, a first one alone."""
    kind = "women" if woman else "men"
    if speaks != "he":
        return rng.choice(words()[f"{'english' if speaks == 'en' else 'russian'}_{kind}"])
    chance = rng.random()
    if chance < 0.06:
        return rng.choice(words()[f"arabic_{kind}"])
    first = rng.choice(words()[kind])
    return first if chance < 0.35 else f"{first} {rng.choice(words()['families'])}"


def make_home(rng: Random, speaks: Speaks, locality: str) -> Home:
    """A home in the locality; most are flats in a building."""
    streets = words()[{"he": "streets", "en": "english", "ru": "russian"}[speaks]]
    city = locality if speaks == "he" else words()[{"en": "english_names", "ru": "russian_names"}[speaks]][locality]
    flat = speaks == "he" and rng.random() < 0.85
    floor = rng.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8)) if flat and rng.random() < 0.8 else None
    apartment = rng.randint(1, 24) if flat and (floor is None or rng.random() < 0.6) else None
    entrance = rng.choice("אב") if flat and rng.random() < 0.12 else None
    street, number = rng.choice(streets[locality]), rng.choice((*range(2, 60), *range(60, 130, 4)))
    return Home(locality, city, Address(street, number, floor, apartment, entrance))


def as_written(rng: Random, home: Home) -> str:
    """The address as people type it: with or without commas, the floor told or left out."""
    address, street = home.address, home.street
    floor = {None: "", 0: "קומת קרקע"}.get(address.floor, f"קומה {address.floor}")
    entrance = f"כניסה {address.entrance}" if address.entrance else ""
    apartment = f"דירה {address.apartment}" if address.apartment else ""
    parts = [part for part in (street, entrance, floor, apartment) if part]
    return rng.choice((" ", " ", ", ")).join(parts)
