"""What the rules agent hears in a burst: every finding once, before anything is decided."""

from dataclasses import dataclass
from datetime import UTC, datetime

from proli.agent.facts import Facts
from proli.conversations.models import MessageKind
from proli.knowledge.address import find_address
from proli.knowledge.intents import Intent, find_choice, find_intents
from proli.knowledge.people import find_name
from proli.knowledge.places import find_places
from proli.knowledge.times import TimeWish, find_time
from proli.knowledge.trades import Danger, TradeMatch, find_danger, find_trade, find_urgency

RANK = {"low": 0, "normal": 1, "high": 2, "emergency": 3}


@dataclass(frozen=True, slots=True)
class Heard:
    intents: frozenset[Intent]
    danger: Danger | None
    trade: TradeMatch | None
    cities: tuple[str, ...]
    address: str | None
    wish: TimeWish | None
    chosen: datetime | None
    """The offered time that the customer chose, in UTC."""
    name: str | None
    urgency: str | None
    wordless: MessageKind | None
    """The kind of the last message when the whole burst has no words."""


def hear(facts: Facts) -> Heard:
    text, asked = facts.text, facts.asked
    wish = whole_wish(facts, find_time(text, now=facts.local_now, asked=asked == "time"))
    trade = find_trade(text)
    danger = find_danger(text)
    address = find_address(text, asked=asked == "address")
    cities = dict.fromkeys(match.locality.name for match in find_places(text, asked=asked == "locality"))
    return Heard(
        intents=find_intents(text),
        danger=danger,
        trade=trade,
        cities=tuple(cities),
        address=address.line() if address else None,
        wish=wish,
        chosen=choose(facts, wish),
        name=find_name(text, asked=asked == "name"),
        urgency=most_urgent(find_urgency(text), trade.urgency if trade else None, "emergency" if danger else None),
        wordless=facts.said[-1].kind if facts.said and not text.strip() else None,
    )


def most_urgent(said: str | None, *others: str | None) -> str | None:
    """The most urgent of what was heard; "not urgent" in so many words holds against all but an emergency."""
    if said == "low" and "emergency" not in others:
        return "low"
    return max((one for one in (said, *others) if one), key=RANK.__getitem__, default=None)


def whole_wish(facts: Facts, wish: TimeWish | None) -> TimeWish | None:
    """ "בבוקר" after "מחר ב-8" is tomorrow at eight in the morning."""
    if wish is None or wish.kind != "part" or not facts.known.half_told or facts.known.wish is None:
        return wish
    told = datetime.fromisoformat(facts.known.wish["start"]).astimezone(facts.zone)
    whole = find_time(
        f"{told.day}.{told.month} ב-{told.hour % 12 or 12} {wish.source}", now=facts.local_now, asked=True
    )
    return whole or wish


def choose(facts: Facts, wish: TimeWish | None) -> datetime | None:
    """Which of the offered times is meant: by its number, its hour, or a yes to the only one."""
    if facts.asked != "time" or not facts.offered:
        return None
    index = find_choice(facts.text, count=len(facts.offered))
    numbered = index is not None and facts.text.strip().isdecimal() and not names_hour(facts)
    if not numbered and wish is not None and wish.kind == "exact" and wish.start is not None:
        return match_offer(facts, wish, wish.start)
    if index is None and len(facts.offered) == 1 and "yes" in find_intents(facts.text):
        index = 0
    return None if index is None else facts.offered[index]


def names_hour(facts: Facts) -> bool:
    """Whether a bare number is the hour of an offered time rather than its place in the list."""
    number = int(facts.text.strip())
    return any(offer.astimezone(facts.zone).hour % 12 == number % 12 for offer in facts.offered)


def match_offer(facts: Facts, wish: TimeWish, start: datetime) -> datetime | None:
    """An offered time is meant when it is the very instant, or the only one at that hour while no day was named."""
    instant = start.astimezone(UTC)
    if instant in facts.offered:
        return instant
    hours = {offer: offer.astimezone(facts.zone) for offer in facts.offered}
    same = [offer for offer, local in hours.items() if (local.hour, local.minute) == (start.hour, start.minute)]
    names_day = len(wish.source) > len("בשעה 16:00 ")
    return same[0] if len(same) == 1 and not names_day else None
