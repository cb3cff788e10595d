"""Shabbat and holidays as people name them when they fix a time."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from proli.knowledge.calendar import HOLIDAY_NAMES, next_holiday
from proli.knowledge.reading.time_scan import DaySpan, Scan
from proli.knowledge.reading.time_words import pattern

_DAY: Final = timedelta(days=1)
_FRIDAY, _SATURDAY = 4, 5
_NOT_ALONE: Final = frozenset(
    {
        "עצמאות", "כיפור", "jerusalem", "memorial", "independence", "esther", "tevet", "tammuz", "tishri", "גדליה",
        "holocaust", "יומ ירושלימ", "jerusalem day", "חג", "החג", "חגימ", "chag",
    }
)  # fmt: skip
_BOUND_ONLY: Final = frozenset(
    {"חג", "החג", "החגימ", "חגימ", "the holiday", "the holidays", "the chag", "chag", "החג השני"}
)
_CALLED: Final = "|".join(re.escape(name) for name in HOLIDAY_NAMES if name not in _NOT_ALONE and "_" not in name)
_BOUNDED: Final = "|".join(re.escape(name) for name in (*sorted(_BOUND_ONLY, key=len, reverse=True),))
_HOLIDAY: Final = pattern(
    rf"(?P<how>(?:רק |ישר |מיד )?ו?(?:מ?אחרי|לאחר|after)|ו?(?:עוד )?(?:עד|לפני|before|by|until)"
    rf"|(?:ב|ל)?(?:ערב|on the eve of|eve of))"
    rf"(?: ה?חג)?(?: ה| של|-)?(?:ה| )?\s?(?P<name>{_CALLED}|{_BOUNDED})(?! ?(?:הקרוב|הבא)\w+)"
    rf"|(?:ו?ב(?:חופש(?:ת)? ה?|חג ה?)?|on |during |at |in )(?P<on>{_CALLED}|חג|החג)"
    rf"|(?P<plain>יום העצמאות|יום כיפור|יום הזיכרון|יום השואה|חול המועד)"
)
_SHABBAT_END: Final = pattern(
    r"(?:ו?(?:רק )?[בל]?|ב-|משעת )?(?:מוצ\"?ש|מוצאי ?-?(?:ה?שבת|שבת קודש|ש\"?ק)|מוצא\"?ש"
    r"|מוצאש)(?: (?:ה?קרוב\w*|ה?בא\w*))?"
    r"|(?:רק )?(?:אחרי|לאחר|עם|ב)? ?(?:צאת|יציאת) ה?שבת|(?:רק )?(?:מ?אחרי|לאחר) ה?שבת(?: ה?קרובה"
    r"| הזאת| הזו)?|(?:after|motzei) sha?bb?at|motz(?:a)?ei sha?bb?(?:at|os)"
    r"|motzash|после шаббата"
)
_SHABBAT_EVE: Final = pattern(
    r"ו?(?:(?:עוד )?לפני|עד|לפני ש)-? ?(?:ל)?(?:כניסת |נכנסת )?(?:ה)?שבת(?: ה?קרובה)?"
    r"|לפני ש(?:ה)?שבת נכנסת|(?:עוד )?(?:לפני|עד) (?:זמן )?ה?-?הדלקת (?:ה)?נרות"
    r"|(?:before|by|until) (?:the )?candle[ -]?lighting|до зажигания свечей|(?:before|by|until) sha?bb?(?:at|os)"
    r"|до шаббата|قبل السبت"
)
_FRIDAY_NAMED: Final = pattern(r"(?:ו?[בל])?ערב שבת(?: קודש)?")


def find_rests(scan: Scan, today: date) -> list[DaySpan]:
    """Every day the text names by Shabbat or a holiday; their words are taken from the scan."""
    found: list[DaySpan] = []
    saturday, friday = _next(_SATURDAY, today), _next(_FRIDAY, today)
    for match in _SHABBAT_END.finditer(scan.left):
        found.append(DaySpan(saturday, saturday, *match.span(), part="after_shabbat", ahead=True))
    for match in _SHABBAT_EVE.finditer(scan.left):
        found.append(DaySpan(friday, friday, *match.span(), bound="before", eve=True, ahead=True))
    for match in _FRIDAY_NAMED.finditer(scan.left):
        found.append(DaySpan(friday, friday, *match.span(), ahead=True))
    for match in _HOLIDAY.finditer(scan.left):
        day = _holiday(match, today)
        if day is not None:
            found.append(day)
    for day in found:
        scan.take(day.start, day.end)
    return found


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


@lru_cache(maxsize=512)
def _dates(name: str, today: date) -> tuple[date, date]:
    holiday = next_holiday(name, today)
    return holiday.first, holiday.last


def _holiday(match: re.Match[str], today: date) -> DaySpan | None:
    how, span = (match["how"] or "").strip(), match.span()
    name = match["name"] or match["on"] or match["plain"]
    if name == "שבועות" and re.match(r"\s?(?:הקרוב|הבא|האחר)", match.string[match.end() :]):
        return None
    first, last = _dates(name, today)
    if re.search(r"אחרי|לאחר|after", how):
        return DaySpan(last + _DAY, last + _DAY, *span, bound="after", ahead=True)
    eve = max(first - _DAY, today)
    if re.search(r"ערב|eve", how):
        bare = how.startswith("ערב")
        return DaySpan(eve, eve, *span, ahead=not bare, weak=bare)
    if how:
        return DaySpan(eve, eve, *span, bound="before", eve=True, ahead=True)
    return DaySpan(max(first, today), last, *span, ahead=False)
