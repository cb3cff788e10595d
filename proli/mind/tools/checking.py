"""Nothing is saved that does not exist or was not said: a model's arguments against the findings of code."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

from proli.knowledge.address import find_address
from proli.knowledge.errors import BadPhone
from proli.knowledge.numbers import with_digits
from proli.knowledge.people import parse_phone
from proli.knowledge.places import find_locality, find_places
from proli.knowledge.said import as_said
from proli.knowledge.text import fold, tokens
from proli.knowledge.times import find_time
from proli.knowledge.wishes import TimeWish
from proli.leads.wishes import exact_wish
from proli.mind.deps import Deps
from proli.mind.hearing.times import is_over
from proli.mind.wishes import wish_json
from proli.playbooks.trades import known_trades

_NUMBER = re.compile(r"\d+")
MOST_LISTED = 20
MOST_CLOCKS = 5
SMALL_WORDS = frozenset({"בשעה", "שעה", "ביום", "יום", "the", "day"})
SHARED = frozenset({"pin", "other_phones"})
"""What was shared as such, and is kept as it was found."""
_AMOUNTS = frozenset({"budget_min", "budget_max", "asking_price", "rooms_min", "rooms_max", "size_sqm"})


@dataclass(frozen=True, slots=True)
class Checked:
    """Arguments that passed, as details of a lead, and what did not, as codes with the words."""

    details: dict[str, Any]
    problems: dict[str, str]

    def refuse(self, name: str, reason: str) -> None:
        self.problems[name] = reason


def check(arguments: Mapping[str, Any], deps: Deps) -> Checked:
    """Only trades, places, times and numbers that exist and were said become details; the rest is to be asked again."""
    checked = Checked(
        {
            "issue": clipped(arguments["issue"], 80),
            "description": clipped(arguments["description"], 1000),
            "urgency": arguments["urgency"],
            "intent": arguments["intent"],
        },
        {},
    )
    for name, checker in CHECKERS.items():
        if arguments[name]:
            checker(readable(arguments[name]), checked, deps)
    if own := {name: deps.heard.needs[name] for name in SHARED if name in deps.heard.needs}:
        checked.details["needs"] = {**(checked.details.get("needs") or {}), **own}
    if deps.playbook.trade:
        checked.details["trade"] = deps.playbook.trade
    return Checked({name: value for name, value in checked.details.items() if value}, checked.problems)


def readable(given: Any) -> Any:
    """Words no longer than they are read."""
    return as_said(given) if isinstance(given, str) else given


def clipped(words: str | None, most: int) -> str | None:
    return words.strip()[:most] if words else None


def check_trade(trade: str, checked: Checked, _: Deps) -> None:
    if trade in known_trades():
        checked.details["trade"] = trade
    else:
        checked.refuse("trade", f"unknown trade; one of {', '.join(known_trades())}")


def check_city(words: str, checked: Checked, deps: Deps) -> None:
    """A place of the gazetteer that the customer has named."""
    exact = find_locality(words)
    found = {exact.name} if exact else {match.locality.name for match in find_places(words, asked=True)}
    if not found:
        checked.refuse("city", f"no such place in Israel: {words[:40]}; ask again")
    elif len(found) > 1:
        checked.refuse("city", f"ambiguous: {', '.join(sorted(found))}; ask which one")
    elif not found <= places_said(deps):
        said = ", ".join(sorted(places_said(deps))) or "none"
        checked.refuse("city", f"the customer has not named {words[:40]}; places named: {said}; ask")
    else:
        checked.details["locality"] = found.pop()


def places_said(deps: Deps) -> set[str]:
    """Every place the contact may have meant, in this conversation or an earlier request."""
    where = deps.heard.where
    named = [place for place in (where.city, where.city_to, where.sell_city, *where.candidates) if place]
    said = {match.locality.name for match in find_places(deps.said, asked=True)}
    return said | {place.name for place in named} | deps.heard.places_before


def check_address(words: str, checked: Checked, deps: Deps) -> None:
    """An address whose numbers were said."""
    heard = deps.heard.address
    found = heard if heard and heard.line() == words else find_address(words, asked=True)
    if found is not heard and not deps.heard.as_before and not numbers_of(words) <= numbers_of(deps.said):
        checked.refuse("address", f"the customer has not said these numbers: {words[:60]}; ask")
        return
    checked.details["address"] = clipped(words, 200)
    parts = {name: value for name, value in asdict(found).items() if value is not None} if found else {}
    checked.details["address_parts"] = parts or None


def numbers_of(words: str) -> set[str]:
    return set(_NUMBER.findall(with_digits(words)))


def check_time(words: str, checked: Checked, deps: Deps) -> None:
    """A time that code has computed from words the customer used, by the clock of when they were written."""
    chosen, heard = deps.heard.chosen, deps.heard.wish
    if chosen is not None and words == chosen.isoformat():
        checked.details["wish"] = exact_wish(chosen)
        return
    wish, problem = (heard, None) if heard and heard.source == words else read_time(words, deps)
    if problem is not None:
        checked.refuse("when", problem)
    elif wish is None:
        checked.refuse("when", f"not understood: {words[:60]}; ask when, with day and hour")
    elif not (heard and same_moment(wish, heard)) and not spoken(words, deps.said):
        checked.refuse("when", f"the customer has not said: {words[:60]}; pass their own words")
    else:
        checked.details["wish"] = wish_json(wish)
        if wish.days:
            days = " or ".join(f"{day:%A %Y-%m-%d}" for day in wish.days)
            checked.refuse("when", f"day and date contradict each other: {words[:60]}; ask: {days}")
        elif wish.ambiguous:
            checked.refuse("when", f"ambiguous hour: {words[:60]}; ask whether morning or evening")


def read_time(words: str, deps: Deps) -> tuple[TimeWish | None, str | None]:
    """The time that the words name, read when they were written, and why it may not be used.

    Words that no single message holds are read by the clocks of all that hold a part of them, which have to agree.
    """
    words, now = as_said(words), deps.written[-1][1] if deps.written else deps.local_now
    wish, heard = find_time(words, now=now, asked=True), deps.heard.wish
    if wish is not None and heard is not None and same_moment(wish, heard):
        return wish, None
    whole = [at for text, at in deps.written if spoken(words, text)]
    clocks = whole[-1:] or [at for text, at in deps.written if shares(words, text)] or [now]
    found = {at: find_time(words, now=at, asked=True) for at in clocks[-MOST_CLOCKS:]}
    wishes = [wish for wish in found.values() if wish is not None]
    if len({(wish.kind, wish.start, wish.end) for wish in wishes}) > 1:
        return None, f"parts of it were said at different times: {words[:60]}; ask which day"
    at, wish = next(((at, wish) for at, wish in found.items() if wish is not None), (now, None))
    if wish is not None and is_over(wish, at, now=deps.local_now):
        return None, f"written on {at:%A %Y-%m-%d %H:%M}, and over by now: {words[:60]}; ask whether and when"
    return wish, None


def same_moment(wish: TimeWish, heard: TimeWish) -> bool:
    return (wish.kind, wish.start, wish.end, wish.part) == (heard.kind, heard.start, heard.end, heard.part)


def spoken(words: str, said: str) -> bool:
    """Whether every number and every longer word stands in what the contact has said, prefixes aside."""
    held = forms_of(said)
    return all(word in held or word[1:] in held or word in SMALL_WORDS for word in telling(words))


def shares(words: str, said: str) -> bool:
    """Whether a number or a longer word of these stands there."""
    held = forms_of(said)
    return any(word in held or word[1:] in held for word in telling(words) if word not in SMALL_WORDS)


def forms_of(said: str) -> set[str]:
    return {form for token in tokens(with_digits(said)) for form in (token.text, token.text[1:])}


def telling(words: str) -> list[str]:
    return [token.text for token in tokens(with_digits(words)) if token.text.isdigit() or len(token.text) > 2]


def check_name(name: str, checked: Checked, deps: Deps) -> None:
    """A name that was said; what somebody is called decides nothing."""
    if deps.heard.name == name or spoken(name, deps.said):
        checked.details["customer_name"] = clipped(name, 80)
    else:
        checked.refuse("name", "the customer has not said this name")


def check_needs(needs: Mapping[str, Any], checked: Checked, deps: Deps) -> None:
    """Amounts and counts are those that were heard, the phone is a phone; other words are kept, in bounds."""
    heard = deps.heard.needs
    kept: dict[str, Any] = {}
    for name, value in needs.items():
        taken_back = value is None and name in heard
        if name in SHARED or (value in (None, [], "") and not taken_back):
            continue
        if taken_back:
            kept[name] = None
        elif name in _AMOUNTS and heard.get(name) != value and not amount_said(float(value or 0), deps):
            checked.refuse(name, f"the customer has not said {value}; ask")
        elif name == "phone":
            check_phone(str(value), kept, checked)
        else:
            kept[name] = bounded(value)
    checked.details["needs"] = kept or None


def bounded(value: Any) -> Any:
    """Words and lists of words, no longer than anybody means them."""
    if isinstance(value, list):
        return [bounded(one) for one in cast("list[Any]", value)[:MOST_LISTED]]
    return clipped(value, 200) if isinstance(value, str) else value


def amount_said(value: float, deps: Deps) -> bool:
    """Whether the digits of an amount stand in what was said, as they are or in thousands or millions."""
    said = fold(with_digits(deps.said)).replace(",", "")
    return any(re.search(rf"(?<![\d.]){re.escape(f'{value / unit:g}')}(?![\d.]*\d)", said) for unit in (1, 1e3, 1e6))


def check_phone(words: str, kept: dict[str, Any], checked: Checked) -> None:
    try:
        kept["phone"] = parse_phone(words)
    except BadPhone:
        checked.refuse("phone", f"not a phone number: {words[:30]}; ask again")


CHECKERS = {
    "trade": check_trade,
    "city": check_city,
    "address": check_address,
    "when": check_time,
    "name": check_name,
    "needs": check_needs,
}
