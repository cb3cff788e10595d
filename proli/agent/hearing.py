"""What code hears in a burst: every finding once, before anybody thinks. The same for a model and the rules agent."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from proli.agent.facts import Facts, Past
from proli.agent.tools.wishes import wish_from
from proli.conversations.models import MessageKind
from proli.knowledge.address import Address, find_address
from proli.knowledge.intents import Intent, find_choice, find_intents
from proli.knowledge.keyboards import as_meant
from proli.knowledge.people import find_name, find_phone
from proli.knowledge.property import PropertyNeeds, find_needs
from proli.knowledge.requests import KINDS, PLAIN, STRONG, WEAK, Request, find_request
from proli.knowledge.text import normalise, without_fillers
from proli.knowledge.times import TimeWish, find_recurring, find_time, on_day, speaks_of_visit, with_hours_of
from proli.knowledge.trades import Danger, TradeMatch, find_danger, find_trades, find_urgency
from proli.knowledge.where import Where, read_where, set_right

RANK = {"low": 0, "normal": 1, "high": 2, "emergency": 3}


@dataclass(frozen=True, slots=True)
class Heard:
    intents: frozenset[Intent]
    request: Request | None
    intent: str | None
    """What the conversation is about, now that this was said."""
    danger: Danger | None
    trades: tuple[TradeMatch, ...]
    where: Where
    address: Address | None
    wish: TimeWish | None
    chosen: datetime | None
    """The offered time that the customer chose, in UTC."""
    name: str | None
    urgency: str | None
    needs: Mapping[str, Any]
    """What is wanted beyond the common fields, by the names a lead stores it under."""
    before: Past | None
    """The earlier request that this one should be like."""
    places_before: frozenset[str]
    wordless: MessageKind | None
    """The kind of the last message when the whole burst has no words."""

    @property
    def trade(self) -> TradeMatch | None:
        return self.trades[0] if self.trades else None

    @property
    def as_before(self) -> bool:
        return self.before is not None

    @property
    def possible_intents(self) -> frozenset[str]:
        return KINDS

    @property
    def cities(self) -> tuple[str, ...]:
        """The names of the places that the request may be about; several have to be asked about."""
        if self.where.candidates:
            return tuple(place.name for place in self.where.candidates)
        return (self.where.city.name,) if self.where.city else ()

    @property
    def said_something(self) -> bool:
        """Whether anything was understood that carries the request on."""
        found = (self.trades, self.cities, self.address, self.wish, self.chosen, self.name, self.needs, self.before)
        return any(found) or bool(self.intents) or self.request is not None


def hear(facts: Facts) -> Heard:
    """All that can be found in the burst, of which no more is read than a person can have said."""
    facts = facts.as_said()
    text, asked, homes = meant(facts), facts.asked, facts.playbook.subject == "home"
    goals = facts.playbook.goals.values()
    intents = find_intents(text)
    wish = whole_wish(facts, find_time(text, now=facts.local_now, asked=asked == "time", question=asked, homes=homes))
    wish = beside_visit(facts, text, wish_on_known_day(facts, wish))
    trades = () if facts.playbook.trade else find_trades(text)
    danger = find_danger(text)
    where = read_where(text, asked=asked, homes=homes, role=facts.known.needs.get("role"))
    where = set_right(where, text, known=facts.known.locality)
    address = find_address(text, asked=asked == "address")
    needs = needs_of(facts, text, where, trades, find_recurring(text))
    request = find_request(
        text,
        homes=homes,
        has_booking=facts.standing is not None,
        asked=asked,
        role=needs.get("role"),
    )
    if "opt_out" in intents and request is not None and any(request.kind in goal.intents for goal in goals):
        request = None
    if homes and wish is not None and wish.kind == "asap" and asked != "time" and not speaks_of_visit(text):
        wish = None
    chosen = choose(facts, text, wish)
    if request is None and (address or wish or chosen or told_home(needs)) and facts.intent in (None, "unknown"):
        request = Request("viewing", WEAK) if chosen and facts.playbook.trade else default_request(facts)
    return Heard(
        intents=intents,
        request=request,
        intent=intent_after(facts.intent, request, role=needs.get("role") or facts.known.needs.get("role")),
        danger=None if only_priced(request, danger) else danger,
        trades=trades,
        where=where,
        address=address,
        wish=wish,
        chosen=chosen,
        name=find_name(text, asked=asked == "name"),
        urgency=urgency_of(text, trades, danger, request),
        needs=needs,
        before=earlier_meant(facts, intents, request),
        places_before=frozenset(past.locality for past in facts.past if past.locality),
        wordless=facts.said[-1].kind if facts.said and not text.strip() else None,
    )


def unheard(facts: Facts) -> Heard:
    """Nothing was found: the turn goes on as after words that mean nothing to us."""
    return Heard(
        intents=frozenset(),
        request=None,
        intent=facts.intent,
        danger=None,
        trades=(),
        where=Where(),
        address=None,
        wish=None,
        chosen=None,
        name=None,
        urgency=None,
        needs={},
        before=None,
        places_before=frozenset(past.locality for past in facts.past if past.locality),
        wordless=None,
    )


def earlier_meant(facts: Facts, intents: frozenset[Intent], request: Request | None) -> Past | None:
    """The earlier request that is spoken of: "like last time", or a complaint when nothing else is open."""
    complains = request is not None and request.kind == "complaint" and facts.known.lead_id is None
    return facts.past[0] if facts.past and ("same_as_before" in intents or complains) else None


def told_home(needs: Mapping[str, Any]) -> bool:
    """Whether a home was described."""
    return any(needs.get(name) for name in ("property_type", "rooms_min", "rooms_max", "budget_max"))


def default_request(facts: Facts) -> Request:
    """Who says where or when, and not what for, wants what most want of this business."""
    first = next(iter(facts.playbook.goals.values()))
    return Request(cast("Any", first.intents[0]), WEAK)


def meant(facts: Facts) -> str:
    """The burst as one text, a sentence a message."""
    said = [without_fillers(as_meant(one.text.strip())) for one in facts.said if one.text.strip()]
    return "\n".join(words if words[-1] in ".!?,:;" else f"{words}." for words in said[:-1]) + "\n" + "".join(said[-1:])


def intent_after(before: str | None, request: Request | None, *, role: str | None) -> str | None:
    """What the conversation is about: what was said first, until something that weighs as much is said.

    A search by nobody who buys or rents was a guess.
    """
    if request is None:
        return before
    if before is None or before == "unknown" or request.strength == STRONG:
        return request.kind
    guessed = before == "search" and role not in {"buyer", "tenant"}
    passing = (before in {"price_question", "quote", "callback"} or guessed) and request.strength == PLAIN
    return request.kind if passing and request.kind != "callback" else before


def needs_of(
    facts: Facts, text: str, where: Where, trades: tuple[TradeMatch, ...], recurring: str | None
) -> dict[str, Any]:
    """What goes into a lead's needs: of a property where the business deals in it, and of the job elsewhere."""
    found: dict[str, Any] = {"phone": find_phone(text), "city_to": named(where.city_to)}
    if facts.playbook.subject == "home":
        found |= {"areas": list(where.neighbourhoods), "sell_city": named(where.sell_city)}
        return told(found) | property_needs(facts, text)
    found |= {"quantity": trades[0].quantity if trades else None, "recurring": recurring}
    found["trades"] = [match.trade for match in trades] if len(trades) > 1 else None
    return told(found)


def told(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in (None, [], (), "")}


def property_needs(facts: Facts, text: str) -> dict[str, Any]:
    """What has changed of the property wanted; None where a correction took something back."""
    names = {field.name for field in fields(PropertyNeeds)}
    stored = {name: value for name, value in facts.known.needs.items() if name in names}
    known = PropertyNeeds(**{name: frozen(value) for name, value in stored.items()})
    offers = facts.asked == "budget" and known.role in ("seller", "landlord")
    asked = "asking_price" if offers else facts.asked
    updated = known.updated(find_needs(text, asked=asked, now=facts.local_now.date(), known=known))
    before, after = asdict(known), asdict(updated)
    changed = {name: value for name, value in after.items() if value != before[name]}
    return {name: [*after[name]] if name in LISTS else value for name, value in changed.items()}


LISTS = frozenset({"features", "refused"})


def frozen(value: Any) -> Any:
    """A stored list as the tuple it was."""
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value


def named(place: Any) -> str | None:
    return place.name if place else None


def only_priced(request: Request | None, danger: Danger | None) -> bool:
    """Whoever asks what unblocking a sewer costs is in no danger by that."""
    return request is not None and request.kind == "price_question" and danger is not None and not danger.life


def urgency_of(text: str, trades: tuple[TradeMatch, ...], danger: Danger | None, request: Request | None) -> str | None:
    """How urgent it is by what was said and by what such a job mostly is."""
    if only_priced(request, danger):
        return None
    priced = request is not None and request.kind == "price_question"
    usual = trades[0].urgency if trades and not priced else None
    return most_urgent(find_urgency(text), usual, "emergency" if danger else None)


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


def wish_on_known_day(facts: Facts, wish: TimeWish | None) -> TimeWish | None:
    """ "Between 9 and 11" after "on Friday" is on Friday; beside a visit, on the day of the visit.

    "Any hour" as an answer leaves the day as it is.
    """
    known = wish_from(facts.known.wish) if facts.known.wish and facts.known.wish["start"] else None
    if wish is None or (wish.dated and wish.kind != "flexible"):
        return wish
    if wish.kind == "flexible":
        keeps = known is not None and wish.start is None and facts.asked == "time" and ANY_HOUR.search(wish.source)
        return replace(known, source=wish.source) if known and keeps else wish
    start = known.start if known else facts.standing.starts_at if facts.standing else None
    if start is None:
        return wish
    return on_day(start.astimezone(facts.zone).date(), wish, now=facts.local_now, part=known.part if known else None)


ANY_HOUR = re.compile(r"(?:כל|איזו|באיזו|איזה) שעה|any (?:hour|time)|в любое время|любое время|[اأ]ي ساعة|[اأ]ي وقت")


SAME_HOUR = re.compile(r"(?:ב?אותה|אותה ה) ?שעה|same (?:time|hour)|(?:в )?то же время|نفس (?:الساعة|الوقت)")
WEEK_LATER = re.compile(
    r"שבוע (?:אחרי|אחר כך|קדימה|מאוחר יותר)|(?:לדחות|תדחו|נדחה|דחו) (?:\S+ ){0,3}?בשבוע(?! ה)|a week later|by a week"
)


def beside_visit(facts: Facts, text: str, wish: TimeWish | None) -> TimeWish | None:
    """ "The same hour", "a week later": told by the visit that stands."""
    if facts.standing is None:
        return with_hours_of(wish_from(facts.known.wish), wish, text) if wish and facts.known.wish else wish
    visit, words = facts.standing.starts_at.astimezone(facts.zone), normalise(text)
    wish = other_than(visit, wish)
    week = WEEK_LATER.search(words)
    same = SAME_HOUR.search(words)
    if week and (wish is None or wish.start is None or wish.kind == "range" or same):
        return TimeWish("exact", visit + timedelta(days=7), None, None, source=week[0])
    if same and wish is not None and wish.start is not None and wish.kind in {"day", "part", "flexible"}:
        moment = datetime.combine(wish.start.date(), visit.time(), tzinfo=facts.zone)
        return TimeWish("exact", moment, None, None, source=f"{wish.source} {same[0]}")
    return wish


def other_than(visit: datetime, wish: TimeWish | None) -> TimeWish | None:
    """Of several times, one that the visit does not already stand at: "tomorrow at 3 ... Wednesday instead"."""
    if wish is None or wish.start is None or not is_of(visit, wish):
        return wish
    return next((other for other in wish.alternatives if other.start and not is_of(visit, other)), wish)


def is_of(visit: datetime, wish: TimeWish) -> bool:
    """Whether the wish names the visit as it stands."""
    if wish.start is None:
        return False
    return wish.start == visit if wish.kind == "exact" else wish.start.date() == visit.date()


def choose(facts: Facts, text: str, wish: TimeWish | None) -> datetime | None:
    """Which of the offered times is meant, by the whole burst or by the first message of it that picks one."""
    if facts.asked != "time" or not facts.offered:
        return None
    picked = pick(facts, text, wish)
    if picked is None and len(facts.said) > 1:
        each = ((said.text, find_time(said.text, now=facts.local_now, asked=True)) for said in facts.said)
        picked = next((found for one, own in each if (found := pick(facts, one, own)) is not None), None)
    if picked is None and (wish is None or wish.kind == "flexible") and ANY_OF_THEM.search(normalise(text)):
        return facts.offered[0]
    return picked


ANY_OF_THEM = re.compile(
    r"(?:כל|איזו|באיזו|איזה) (?:שעה|מועד|אחד|אחת)(?! אחר)|לא משנה(?: לי| לנו)?(?:$|[.,!])"
    r"|כולם (?:טוב|מתאימ|בסדר)\w*|מה שנוח לכם"
    r"|any of (?:them|those)|any (?:hour|time) (?:is|works)|all (?:of them )?work|любое|[اأ]ي ساعة"
)


def pick(facts: Facts, text: str, wish: TimeWish | None) -> datetime | None:
    """The offered time that the text names by its number, its hour, or a yes to the only one."""
    local = [offer.astimezone(facts.zone) for offer in facts.offered]
    index = find_choice(text, count=len(facts.offered), offered=local)
    numbered = index is not None and text.strip().isdecimal() and not names_hour(facts, int(text.strip()))
    if not numbered and wish is not None and wish.kind == "exact" and wish.start is not None:
        matched = match_offer(facts, wish, wish.start)
        return facts.offered[index] if matched is None and index is not None and counts(text, index) else matched
    if index is None and len(facts.offered) == 1 and "yes" in find_intents(text):
        index = 0
    return None if index is None else facts.offered[index]


def counts(text: str, index: int) -> bool:
    """Whether the only number of the text is the place in the list: "ה-2 מתאים"."""
    return [int(number) for number in re.findall(r"\d+", text)] == [index + 1]


def names_hour(facts: Facts, number: int) -> bool:
    """Whether a bare number is the hour of an offered time rather than its place in the list."""
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
