"""When the contact would like it, by the clock of each message as it was written, and which offered time is chosen."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from proli.knowledge.answers import is_consent
from proli.knowledge.intents import find_choice
from proli.knowledge.keyboards import as_meant
from proli.knowledge.pins import without_links
from proli.knowledge.reading.chat_headers import read_copied
from proli.knowledge.reading.taken_back import takes_back, told_apart
from proli.knowledge.text import normalise, without_fillers
from proli.knowledge.times import TimeWish, find_time, on_day, speaks_of_visit, window, with_hours_of
from proli.knowledge.visits import Talk, names_visit, read_talk
from proli.mind.facts import Facts
from proli.mind.wishes import wish_from

TOGETHER: Final = timedelta(minutes=2)
"""What is written within this time and on one day is read as one text."""
LATE: Final = timedelta(hours=3)
"""After so long "at once" is not of now any more."""
SKEW: Final = timedelta(minutes=2)
"""How far the provider's clock may stand behind ours when an answer is told from what came before the question."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that were written at one time, as one text."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A time that was wished for, or chosen, and was over before anybody could answer."""

    source: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class TimeHeard:
    """What a burst says of the time: at most one of these, or nothing."""

    wish: TimeWish | None = None
    chosen: datetime | None = None
    lapsed: Lapsed | None = None
    talk: Talk | None = None
    """What is said of the visit that stands."""


def hear_time(facts: Facts, text: str, *, homes: bool) -> TimeHeard:
    """The wish, or the offered time that is chosen, if it is still to come, and what is said of the visit."""
    talk = talk_of(facts, text)
    return replace(hear_wish(facts, text, talk, homes=homes), talk=talk)


def talk_of(facts: Facts, text: str) -> Talk | None:
    """What is said of the visit that stands; None where none does, or nothing is said."""
    if facts.standing is None or not text.strip():
        return None
    return read_talk(text, visit=facts.standing.starts_at.astimezone(facts.zone), now=facts.local_now)


def hear_wish(facts: Facts, text: str, talk: Talk | None, *, homes: bool) -> TimeHeard:
    """The wish, or the offered time that is chosen, if it is still to come."""
    wish, at = read_wish(facts, homes=homes)
    wish = on_named_day(facts, text) or beside_visit(
        facts, text, wish_on_known_day(facts, whole_wish(facts, wish)), talk
    )
    if homes and wish is not None and wish.kind == "asap" and facts.asked != "time" and not speaks_of_visit(text):
        wish = None
    chosen = choose(facts, text, wish)
    if chosen is not None and chosen <= facts.now:
        return TimeHeard(lapsed=Lapsed(text[:200], at))
    if wish is None or chosen is not None:
        return TimeHeard(wish, chosen)
    left = [one for one in (wish, *wish.alternatives) if not is_over(one, at, now=facts.local_now)]
    if not left:
        return TimeHeard(lapsed=Lapsed(wish.source, at))
    if left[0] is wish:
        return TimeHeard(wish)
    return TimeHeard(replace(left[0], alternatives=tuple(left[1:]), source=wish.source, span=wish.span))


def read_wish(facts: Facts, *, homes: bool) -> tuple[TimeWish | None, datetime]:
    """The last wish of the burst and when it was written; an hour alone is of a day named before it."""
    wish, at, asked = None, written_at(facts), facts.asked == "time" and not is_before_offers(facts)
    for stretch in stretches(facts):
        talk, other = talk_of(facts, stretch.text), facts.standing is not None and takes_back(stretch.text)
        left = talk.left if talk is not None and talk.aim == "moves" else None
        text = told_apart(stretch.text) if other else stretch.text
        found = None
        if left is None or facts.standing is None:
            found = find_time(text, now=stretch.at, asked=asked or other, question=facts.asked, homes=homes)
        if left is not None and found is None:
            found = find_time(left, now=stretch.at, asked=True, homes=homes)
        if found is None:
            continue
        if wish is not None and wish.start is not None and not found.dated:
            found = on_day(wish.start.date(), found, now=stretch.at, part=wish.part)
        wish, at = found, stretch.at
    return wish, at


def is_over(wish: TimeWish, written: datetime, *, now: datetime) -> bool:
    """Whether nothing of the wish is still to come, as one that was written then."""
    if wish.kind == "asap":
        return now - written > LATE if wish.end is None else wish.end <= now
    if wish.start is None:
        return False
    end = wish.start if wish.kind == "exact" else window(wish, now=written)[1]
    return end.astimezone(UTC) <= now.astimezone(UTC)


def stretches(facts: Facts) -> list[Stretch]:
    """The burst in its order, cut where the clock has moved on between two messages."""
    written = [*pieces(facts)]
    cuts = [0, *(at for at in range(1, len(written)) if not is_together(written, at)), len(written)]
    return [
        Stretch(joined([text for text, _ in written[first:last]]), written[first][1])
        for first, last in pairwise(cuts)
        if written[first:last]
    ]


def is_together(written: list[tuple[str, datetime]], at: int) -> bool:
    before, this = written[at - 1][1], written[at][1]
    return before.date() == this.date() and abs(this - before) <= TOGETHER


def pieces(facts: Facts, said: Iterable[tuple[str, datetime]] | None = None) -> Iterator[tuple[str, datetime]]:
    """What was said and when, a piece a message; what was copied out of a chat is of the time of its header.

    It is what `said` tells, or else the burst.
    """
    burst = ((without_links(one.text), one.sent_at or facts.now) for one in facts.said if one.words)
    for whole, sent_at in burst if said is None else said:
        own = min(sent_at, facts.now).astimezone(facts.zone)
        for text, wall in read_copied(whole):
            copied = wall.replace(tzinfo=facts.zone) if wall else None
            if text.strip():
                yield text, copied if copied is not None and copied <= own else own


def written_at(facts: Facts) -> datetime:
    """When the last message of the burst was written."""
    sent_at = facts.said[-1].sent_at if facts.said else None
    return min(sent_at or facts.now, facts.now).astimezone(facts.zone)


def joined(texts: list[str]) -> str:
    """Messages as one text, a sentence a message."""
    said = [without_fillers(as_meant(one.strip())) for one in texts if one.strip()]
    return "\n".join(words if words[-1] in ".!?,:;" else f"{words}." for words in said[:-1]) + "\n" + "".join(said[-1:])


def on_named_day(facts: Facts, text: str) -> TimeWish | None:
    """The known wish on the one of its days that the answer names: by weekday, by date or by its place."""
    known = wish_from(facts.known.wish) if facts.known.wish else None
    if known is None or not known.days or known.start is None:
        return None
    named = find_time(text, now=facts.local_now, asked=True)
    day = named_day(known.days, text, named)
    if day is None:
        return None
    if named is not None and named.kind != "day":
        return on_day(day, replace(named, dated=False), now=facts.local_now, part=named.part)
    moved = day - known.start.astimezone(facts.zone).date()
    start, end = (one.astimezone(facts.zone) + moved if one else None for one in (known.start, known.end))
    return replace(known, start=start, end=end, days=(), source=f"{known.source} {text.strip()}"[:200])


def named_day(days: tuple[date, ...], text: str, named: TimeWish | None) -> date | None:
    """Which of the days an answer means; None when it means another one, or none."""
    start = named.start.date() if named is not None and named.start is not None and named.dated else None
    if start is None:
        index = find_choice(text, count=len(days))
        return days[index] if index is not None else None
    return next((day for day in days if day == start or day.weekday() == start.weekday()), None)


def whole_wish(facts: Facts, wish: TimeWish | None) -> TimeWish | None:
    """ "בבוקר" after "מחר ב-8" is tomorrow at eight in the morning."""
    if wish is None or wish.kind != "part" or not facts.known.half_told or facts.known.wish is None:
        return wish
    if facts.known.wish.get("days"):
        return wish
    told = datetime.fromisoformat(facts.known.wish["start"]).astimezone(facts.zone)
    whole = find_time(
        f"{told.day}.{told.month} ב-{told.hour % 12 or 12} {wish.source}", now=facts.local_now, asked=True
    )
    return whole or wish


def wish_on_known_day(facts: Facts, wish: TimeWish | None) -> TimeWish | None:
    """ "Between 9 and 11" after "on Friday" is on Friday; beside a visit, on the day of the visit.

    "Any hour" as an answer leaves the day as it is; of two days that are open no hour chooses one.
    """
    known = wish_from(facts.known.wish) if facts.known.wish and facts.known.wish["start"] else None
    if known is not None and known.days and wish is not None and not wish.dated:
        return None
    if wish is None or (wish.dated and wish.kind != "flexible"):
        return wish
    if wish.kind == "flexible":
        keeps = known is not None and wish.start is None and facts.asked == "time" and ANY_HOUR.search(wish.source)
        return replace(known, source=wish.source, ambiguous=False) if known and keeps else wish
    start = known.start if known else facts.standing.starts_at if facts.standing else None
    if start is None:
        return wish
    return on_day(start.astimezone(facts.zone).date(), wish, now=facts.local_now, part=known.part if known else None)


ANY_HOUR = re.compile(r"(?:כל|איזו|באיזו|איזה) שעה|any (?:hour|time)|в любое время|любое время|[اأ]ي ساعة|[اأ]ي وقت")


SAME_HOUR = re.compile(r"(?:ב?אותה|אותה ה) ?שעה|same (?:time|hour)|(?:в )?то же время|نفس (?:الساعة|الوقت)")


def beside_visit(facts: Facts, text: str, wish: TimeWish | None, talk: Talk | None) -> TimeWish | None:
    """ "The same hour", "an hour later", "by a week": told by the visit that stands, whose own time nobody wishes."""
    if facts.standing is None:
        return with_hours_of(wish_from(facts.known.wish), wish, text) if wish and facts.known.wish else wish
    visit, words = facts.standing.starts_at.astimezone(facts.zone), normalise(text)
    wish = other_than(visit, wish)
    if talk is not None and talk.aim == "refuses" and wish is not None and names_visit(wish, visit):
        return None
    if talk is not None and talk.shift is not None:
        return shifted(visit, wish, talk.shift, words)
    same = SAME_HOUR.search(words)
    if same and wish is not None and wish.start is not None and wish.kind in {"day", "part", "flexible", "range"}:
        days = (visit.date() - wish.start.date()).days % 7 if wish.kind == "range" else 0
        moment = datetime.combine(wish.start.date() + timedelta(days=days), visit.time(), tzinfo=facts.zone)
        return TimeWish("exact", moment, None, None, source=f"{wish.source} {same[0]}")
    return wish


def shifted(visit: datetime, wish: TimeWish | None, shift: timedelta, words: str) -> TimeWish:
    """So much later or earlier than the visit; by the clock of another day, where one is named."""
    day = wish.start.date() if wish is not None and wish.start is not None and wish.kind == "day" else visit.date()
    moment = datetime.combine(day, visit.time(), tzinfo=visit.tzinfo) + shift
    return TimeWish("exact", moment, None, None, source=words[:80])


def other_than(visit: datetime, wish: TimeWish | None) -> TimeWish | None:
    """Of several times, one that the visit does not already stand at: "tomorrow at 3 ... Wednesday instead"."""
    if wish is None or wish.start is None or not names_visit(wish, visit):
        return wish
    return next((other for other in wish.alternatives if other.start and not names_visit(other, visit)), wish)


def choose(facts: Facts, text: str, wish: TimeWish | None) -> datetime | None:
    """Which of the offered times is meant, by the whole burst or by the first message of it that picks one."""
    if facts.asked != "time" or not facts.offered or is_before_offers(facts):
        return None
    picked = pick(facts, text, wish)
    if picked is None and len(facts.said) > 1:
        each = ((words, find_time(words, now=at, asked=True)) for words, at in pieces(facts))
        picked = next((found for one, own in each if (found := pick(facts, one, own)) is not None), None)
    if picked is None and (wish is None or wish.kind == "flexible") and ANY_OF_THEM.search(normalise(text)):
        return facts.offered[0]
    return picked


def is_before_offers(facts: Facts) -> bool:
    """Whether the burst was written before the times were shown, so that it cannot choose among them."""
    return bool(facts.offered) and facts.shown_at is not None and written_at(facts) < facts.shown_at - SKEW


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
    if index is None and len(facts.offered) == 1 and is_consent(text):
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
