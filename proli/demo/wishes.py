"""When customers would like a visit, in their words, read as the agent reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from proli.demo.people import Speaks
from proli.knowledge.times import find_time
from proli.knowledge.wishes import TimeWish, window
from proli.scheduling.rules import Interval

DAYS = {
    "he": ("ביום ראשון", "ביום שני", "ביום שלישי", "ביום רביעי", "ביום חמישי", "ביום שישי", "בשבת"),
    "en": ("on Sunday", "on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday"),
    "ru": ("в воскресенье", "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу"),
}
NEAR = {"he": ("היום", "מחר"), "en": ("today", "tomorrow"), "ru": ("сегодня", "завтра")}
PARTS = {
    "he": (("בבוקר", 10), ("אחרי 4", 15), ("אחר הצהריים", 14), ("", 24)),
    "en": (("in the morning", 10), ("after 4pm", 15), ("in the afternoon", 14)),
    "ru": (("утром", 10), ("после обеда", 14)),
}
"""Parts of the day, and the hour up to which one of them is still asked for on the day itself."""
MEANT = {"утром": "בבוקר", "после обеда": "אחר הצהריים"}
LIKELY = (3, 6, 3, 2, 1.4, 1, 0.8, 0.4, 0.3, 0.2)
"""How likely the day after so many days is."""
SATURDAY, FRIDAY = 6, 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said, and what it means."""

    said: str
    meant: TimeWish
    within: Interval


def wishes(rng: Random, speaks: Speaks, *, local: datetime, first: date, haste: float = 1) -> Iterator[Wish]:
    """The wishes one could have at that moment for the days from `first` on, in the order one would.

    In `haste` the nearer days are so many times likelier.
    """
    found: list[tuple[float, int, str]] = []
    for ahead, likely in enumerate(LIKELY):
        on = local.date() + timedelta(days=ahead)
        weekday = on.isoweekday() % 7
        if weekday == SATURDAY or on < first:
            continue
        for place, (part, latest) in enumerate(PARTS[speaks]):
            if (ahead == 0 and local.hour >= latest) or (weekday == FRIDAY and place) or (not part and not ahead):
                continue
            found.append((rng.random() ** (1 / likely**haste), ahead, part))
    for _, ahead, part in sorted(found, reverse=True):
        wish = make_wish(speaks, local, ahead, part)
        if wish is not None:
            yield wish


def make_wish(speaks: Speaks, local: datetime, ahead: int, part: str) -> Wish | None:
    said = f"{day_words(speaks, local, ahead)} {part}".strip()
    meaning = said if speaks != "ru" else f"{day_words('he', local, ahead)} {MEANT[part]}"
    meant = find_time(meaning, now=local, asked=True)
    if meant is None:
        return None
    start, end = window(meant, now=local)
    return Wish(said, meant, Interval(start, max(end, start + timedelta(minutes=1))))


def day_words(speaks: Speaks, local: datetime, ahead: int) -> str:
    """ "היום", "מחר", "ביום שלישי", and of days more than a week ahead the date."""
    on = local.date() + timedelta(days=ahead)
    if ahead < 2:
        return NEAR[speaks][ahead]
    if ahead < 7:
        return DAYS[speaks][on.isoweekday() % 7]
    return {"he": "ב-", "en": "on ", "ru": ""}[speaks] + f"{on.day}.{on.month}"
