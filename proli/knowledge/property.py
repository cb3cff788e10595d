"""What somebody looks for, or offers, in a home or a plot: who they are, which deal, how large, for how much, when."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final, Literal

from proli.knowledge.money import RENT_MOST, SALE_LEAST, Deal, Money, find_money
from proli.knowledge.numbers import with_digits
from proli.knowledge.reading.property_clauses import Clause, Side, read_clauses
from proli.knowledge.reading.property_moves import find_move
from proli.knowledge.reading.property_prices import Prices, add_prices
from proli.knowledge.reading.property_roles import Role, answered, find_role, joint_deal
from proli.knowledge.reading.property_rooms import Rooms, find_rooms
from proli.knowledge.reading.property_sizes import find_size
from proli.knowledge.reading.property_words import find_features, find_type, without_our_office
from proli.knowledge.text import fold

__all__ = ["Asked", "Deal", "PropertyNeeds", "Role", "find_needs"]

Asked = Literal["rooms", "budget", "asking_price", "deal_type", "role", "move_in", "property_type", "features", "size"]
_AMOUNTS: Final = ("budget", "asking_price")
_NUMBERS: Final = (*_AMOUNTS, "rooms", "size")
_FOLLOWS: Final = re.compile(
    r"^\W*(?:לא,? ?)?(?:(?:ו?אבל|ו?אפשר|ו?גמ|אולי|אפילו|מקסימומ|גג|but|also|maybe|ו?בעצמ|סליחה|טעות|טעיתי"
    r"|התכוונתי|אופס|רגע|אה|כלומר|ליתר דיוק|או|לא|sorry|actually|i mean|oops|or|no|извините|вернее)\W*(?:ל|ש"
    r"|זה )?-?)+\d"
)
_OFFERING: Final = ("seller", "landlord")
_ENDS: Final = re.compile(r"(?:חוזה|שכירות|lease|contract)\b.{0,20}(?:נגמר|מסתיימ|נגמרת|עד|ends|is up|expires)")
"""Why somebody has to move, beside which "at once" stays."""
_NOT_ROOMS: Final = re.compile(r"(?<!\w)(?:לא|not) \d(?:\.5)? ?(?:חד|room)")
_JUST_NUMBER: Final = re.compile(r"^\W*(?:אלא |בעצמ |but )?\d(?:\.5)?(?:\s?ו?-?חצי)?\W*$")
_SETS_RIGHT: Final = re.compile(
    r"(?:make (?:that|it)|sorry|i mean\w*|actually|סליחה|טעיתי|טעות|תיקונ|התכוונתי|בעצמ|вернее|точнее)[^\d\n]{0,25}"
    r"[\s.,]\d{1,2}\.\d{1,2}(?!\d|\s?(?:חד|ח'|room|bed|комн|غرف))"
)
_TOO: Final = re.compile(r"(?<!\w)ש?ו?גמ \d|\d (?:too|also|as well)|(?:also|even) \d|тоже \d|и \d тоже")
_ALSO: Final = re.compile(r"(?<!\w)(?:ו?גמ|או|אפילו|אולי|maybe|also|or|even|или|можно|אפשר|אמ)(?!\w)")


@dataclass(frozen=True, slots=True)
class PropertyNeeds:
    """What one message tells; None and empty where it tells nothing.

    Of somebody who only sells or lets, `property_type`, `rooms_*`, `features` and `size_sqm` describe what they offer;
    of somebody who sells and buys, what they want to buy. Rooms count in halves, a living room is one. Money is in
    whole units of `currency`; `budget_*` is what a buyer or a tenant can pay (a month), `asking_price` what a seller
    or landlord asks. `move_in` is a date, a month ("2027-02") or "immediate". `features` and `refused` hold ids of
    `data/property.yaml`. `side` says who speaks before the deal is known: "מחפש דירה".
    """

    role: Role | None = None
    deal_type: Deal | None = None
    property_type: str | None = None
    rooms_min: float | None = None
    rooms_max: float | None = None
    budget_min: int | None = None
    budget_max: int | None = None
    asking_price: int | None = None
    currency: str | None = None
    features: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    size_sqm: int | None = None
    move_in: str | None = None
    side: Side | None = None

    def updated(self, newer: "PropertyNeeds") -> "PropertyNeeds":
        """These needs with what a newer message tells in their place; bounds of one kind are replaced together."""
        told = {field.name: getattr(newer, field.name) for field in fields(newer)}
        changes = {name: value for name, value in told.items() if value not in (None, ())}
        for first, second in (("rooms_min", "rooms_max"), ("budget_min", "budget_max")):
            if told[first] is not None or told[second] is not None:
                changes |= {first: told[first], second: told[second]}
        if newer.role in _OFFERING and self.role not in _OFFERING and self.budget_max and not newer.budget_max:
            changes |= {"asking_price": newer.asking_price or self.budget_max, "budget_min": None, "budget_max": None}
        wished = [*self.features, *newer.features]
        changes["features"] = tuple(dict.fromkeys(wish for wish in wished if wish not in newer.refused))
        return replace(self, **changes)


def find_needs(text: str, *, asked: str | None = None, now: date, known: PropertyNeeds | None = None) -> PropertyNeeds:
    """What the text tells of property, and nothing that was known before.

    `asked` names the question just put (one of `Asked`), so that a bare answer is read in its sense; `known` is what
    earlier messages told, so that an amount is read as a rent or a price. `now` is the local date.
    """
    known = known or PropertyNeeds()
    folded = without_our_office(fold(with_digits(text, asked=asked in _NUMBERS)))
    clauses = read_clauses(folded)
    sides: set[Side | None] = {clause.side for clause in clauses}
    own = _own(clauses, sides)
    said = answered(folded, asked, known.role, known.side)
    deal = said.deal or joint_deal(clauses, own, folded)
    corrects = asked not in ("move_in", "rooms") and _sets_amount_right(folded, known)
    money = find_money(text, deal=deal or known.deal_type, asked=corrects or asked in _AMOUNTS, home=asked != "move_in")
    prices = add_prices(folded, clauses, money, deal=deal or known.deal_type, role=known.role, asked=asked)
    deal = deal or _deal_of(prices, known.deal_type)
    role = said.role or find_role(
        folded, clauses, deal or known.deal_type, prices=prices, known=known.role, known_side=known.side
    )
    rooms = _rooms(own, money, asked=asked == "rooms")
    if rooms is None and "seeks" in sides and find_rooms(folded, asked=False):
        rooms = _rooms([clause for clause in own if clause.side == "seeks"], money, asked=True)
    rooms = _with_known(rooms, folded, known)
    wishes = find_features([clause.text for clause in own])
    kind = find_type(" . ".join(clause.text for clause in own), asked=asked == "property_type")
    return PropertyNeeds(
        role=role if role != known.role or deal or sides & {"seeks", "offers"} else None,
        deal_type=deal,
        property_type=kind,
        rooms_min=rooms.least if rooms else None,
        rooms_max=rooms.most if rooms else None,
        budget_min=prices.budget_min,
        budget_max=prices.budget_max,
        asking_price=prices.asking,
        currency=known.currency if corrects and known.currency else prices.currency,
        features=tuple(wish for wish, wanted in wishes.items() if wanted),
        refused=tuple(wish for wish, wanted in wishes.items() if not wanted),
        size_sqm=_size(own, kind or known.property_type, asked=asked == "size"),
        move_in=_move(clauses, now, asked=asked == "move_in"),
        side="seeks" if "seeks" in sides else "offers" if "offers" in sides else None,
    )


def _own(clauses: list[Clause], sides: set[Side | None]) -> list[Clause]:
    """The clauses that describe what is looked for; of those who only offer, what they offer."""
    if {"seeks", "offers"} <= sides:
        return [clause for clause in clauses if clause.side == "seeks"]
    if "offers" in sides:
        return clauses
    return [clause for clause in clauses if clause.side != "lives"]


def _deal_of(prices: Prices, known: Deal | None) -> Deal | None:
    """The deal that the size of the amounts tells, when nothing else does."""
    amount = prices.asking or prices.budget_max or prices.budget_min
    if known or not amount:
        return None
    return "rent" if amount <= RENT_MOST else "sale" if amount >= SALE_LEAST else None


def _sets_amount_right(folded: str, known: PropertyNeeds) -> bool:
    """ "Sorry, make that 1.5": an amount in place of the one that is known."""
    told = known.budget_max or known.asking_price
    return bool(told) and bool(_SETS_RIGHT.search(folded))


def _rooms(clauses: list[Clause], money: list[Money], *, asked: bool) -> Rooms | None:
    """The rooms that hold in the end: the last that are named, together with those joined to them by "or"."""
    held: Rooms | None = None
    corrected = False
    for clause in clauses:
        priced = any(clause.start <= one.start < clause.end for one in money)
        follows = held is not None and bool(_FOLLOWS.match(clause.text)) and not priced
        last = 0
        for rooms in find_rooms(
            clause.text,
            asked=(asked and not priced) or follows or (corrected and bool(_JUST_NUMBER.match(clause.text))),
        ):
            joint = bool(_ALSO.search(clause.text[last : rooms.start])) or bool(
                _ALSO.search(clause.text[rooms.end : rooms.end + 10])
            )
            held = _union(held, rooms) if held and joint else rooms
            last = rooms.end
        corrected = bool(_NOT_ROOMS.search(clause.text))
    return held


def _union(first: Rooms, second: Rooms) -> Rooms:
    least = None if first.least is None or second.least is None else min(first.least, second.least)
    most = None if first.most is None or second.most is None else max(first.most, second.most)
    return Rooms(least, most, second.start, second.end)


def _with_known(rooms: Rooms | None, folded: str, known: PropertyNeeds) -> Rooms | None:
    """ "3.5 would do too", after 4: from 3.5 to 4."""
    if rooms is None or known.rooms_min is None or known.rooms_max is None or not _TOO.search(folded):
        return rooms
    return _union(Rooms(known.rooms_min, known.rooms_max, rooms.start, rooms.start), rooms)


def _size(clauses: list[Clause], kind: str | None, *, asked: bool) -> int | None:
    for clause in clauses:
        size = find_size(clause.text, asked=asked, plot=kind == "plot")
        if size is not None:
            return size
    return None


def _move(clauses: list[Clause], now: date, *, asked: bool) -> str | None:
    held = None
    for clause in clauses:
        found = find_move(clause.text, now=now, asked=asked)
        if found and not (held == "immediate" and _ENDS.search(clause.text)):
            held = found
    return held
