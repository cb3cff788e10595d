"""When the contact would like it, by the clock of each message as it was written, and which offered time is chosen."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from proli.knowledge.exclusions import NOTHING, Excluded, find_excluded
from proli.knowledge.intents import find_choice
from proli.knowledge.reading.taken_back import takes_back, told_apart
from proli.knowledge.text import normalise
from proli.knowledge.times import find_time, on_day, speaks_of_visit
from proli.knowledge.visits import Talk, read_talk
from proli.knowledge.wishes import TimeWish, names_visit, window, with_hours_of
from proli.mind.facts import Facts
from proli.mind.hearing.choosing import choose, is_before_offers
from proli.mind.hearing.last_word import last_word
from proli.mind.hearing.pieces import joined, stretches, written_at
from proli.mind.wishes import wish_from

NOON_OVER: Final = 13
LATE: Final = timedelta(hours=3)
"""After so long "at once" is not of now any more."""


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
    excluded: Excluded = NOTHING
    """What will not do."""


def hear_time(facts: Facts, text: str, *, homes: bool) -> TimeHeard:
    """The wish, or the offered time that is chosen, if it is still to come, and what is said of the visit."""
    talk = talk_of(facts, text)
    heard, excluded = hear_wish(facts, text, talk, homes=homes), find_excluded(text, now=facts.local_now)
    if excluded and facts.standing is None and not (heard.wish or heard.chosen or heard.lapsed):
        heard = TimeHeard(wish=but_not(facts, text))
    return replace(heard, talk=talk, excluded=excluded)


def but_not(facts: Facts, text: str) -> TimeWish:
    """The wish that is known, as "only not on Tuesday" leaves it; else any time."""
    known = wish_from(facts.known.wish) if facts.known.wish and not facts.known.half_told else None
    if known is None or known.kind == "exact":
        known = TimeWish("flexible", None, None, None, source="")
    return replace(known, source=normalise(text)[:80])


def talk_of(facts: Facts, text: str) -> Talk | None:
    """What is said of the visit that stands; None where none does, or nothing is said."""
    if facts.standing is None or not text.strip():
        return None
    return read_talk(text, visit=facts.standing.starts_at.astimezone(facts.zone), now=facts.local_now)


def hear_wish(facts: Facts, text: str, talk: Talk | None, *, homes: bool) -> TimeHeard:
    """The wish, or the offered time that is chosen, if it is still to come."""
    settled, day = last_word(facts)
    if settled is not facts:
        facts, text = settled, joined([one.words for one in settled.said])
    wish, at = read_wish(facts, homes=homes)
    wish = wish_on_day_settled(facts, wish, day, at)
    wish = on_named_day(facts, text) or beside_visit(
        facts, text, wish_on_known_day(facts, whole_wish(facts, wish)), talk
    )
    wish = of_open_hours(facts, wish)
    if homes and wish is not None and wish.kind == "asap" and facts.asked != "time" and not speaks_of_visit(text):
        wish = None
    chosen = choose(facts, text, wish)
    if chosen is None and talk is not None and talk.sooner and (wish is None or wish.kind == "asap"):
        wish = before_visit(facts, text)
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


def before_visit(facts: Facts, text: str) -> TimeWish | None:
    """Any time from now to the visit that stands."""
    visit = facts.standing.starts_at.astimezone(facts.zone) if facts.standing is not None else facts.local_now
    if visit <= facts.local_now:
        return None
    return TimeWish("range", facts.local_now, visit, None, source=normalise(text)[:80])


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
    day = start.astimezone(facts.zone).date()
    return of_offered(facts, on_day(day, wish, now=facts.local_now, part=known.part if known else None))


def wish_on_day_settled(facts: Facts, wish: TimeWish | None, day: date | None, at: datetime) -> TimeWish | None:
    """An hour alone, said instead of another one, is of the day of that one."""
    known = wish_from(facts.known.wish) if facts.known.wish else None
    start = known.start if known else None
    if wish is None or day is None or (start is not None and start.astimezone(facts.zone).date() == day):
        return wish
    return of_offered(facts, on_day(day, wish, now=at))


def of_offered(facts: Facts, wish: TimeWish) -> TimeWish:
    """An hour that may be of either half of the day is of the morning where nothing later was offered."""
    offered = [one.astimezone(facts.zone).hour for one in facts.offered]
    morning = facts.asked == "time" and bool(offered) and max(offered) < NOON_OVER
    return replace(wish, ambiguous=False) if wish.ambiguous and morning else wish


def of_open_hours(facts: Facts, wish: TimeWish | None) -> TimeWish | None:
    """An hour that may be of either half of the day is of the one in which the business is open, if only one is."""
    if wish is None or not wish.ambiguous or wish.start is None or not facts.hours:
        return wish
    spans = [facts.hours[day]] if (day := str(wish.start.isoweekday() % 7)) in facts.hours else facts.hours.values()
    opens, closes = min(one[0] for one in spans), max(one[1] for one in spans)
    minute = wish.start.hour * 60 + wish.start.minute
    morning, evening = (opens <= at < closes for at in (minute, minute + HALF_DAY))
    if evening and not morning and wish.kind == "exact":
        return replace(wish, start=wish.start.replace(hour=wish.start.hour + 12), ambiguous=False)
    return replace(wish, ambiguous=False) if morning and not evening else wish


HALF_DAY: Final = 12 * 60
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
