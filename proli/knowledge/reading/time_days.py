"""The days a text names: weekdays, "tomorrow", "next week", dates, holidays. The week starts on Sunday."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from proli.knowledge.reading.beside import ends
from proli.knowledge.reading.time_clause_patterns import WISH
from proli.knowledge.reading.time_dates import (
    BARE_DAY_OF_MONTH,
    BARE_MONTH,
    DATES,
    numeric_dates,
    read_bare_month,
    read_day_of_month,
)
from proli.knowledge.reading.time_holidays import find_rests
from proli.knowledge.reading.time_scan import Bound, DayReader, DaySpan, Scan, Span, Told
from proli.knowledge.reading.time_weekdays import WEEKDAY_READERS, bare_weekdays, week_start
from proli.knowledge.reading.time_words import COUNTS, WEEKDAY_LETTERS, DayPart, number, one_of, pattern

_DAY: Final = timedelta(days=1)
_N: Final = rf"(?P<n>\d{{1,2}}|{one_of(COUNTS)})"
_IN: Final = r"(?:ל?ב?עוד(?: בערך| איזה)?|ב?תוך|within|in|через|بعد)"
_BOUNDS: Final[tuple[tuple[Bound, re.Pattern[str]], ...]] = (
    (
        "after",
        re.compile(
            r"(?:^|[\s,])(?:לא (?:פנוי\w*|בבית|בארצ|יכול\w*|זמינ\w*|נמצא\w*|אהיה(?: בבית"
            r"| בארצ)?) (?:עד|לפני)|(?:עסוק\w*|בחו\"?ל|בחופש\w*|במילואימ) עד|לא לפני|רק מ?אחרי"
            r"|ו?מ?אחרי|לאחר|ו?החל (?:מ-?|ב-?)|החל|ה?חל מ-?|מ-?|after|from|not before|starting"
            r"|после|بعد)(?: ה-?| the)?\s*$"
        ),
    ),
    (
        "before",
        re.compile(
            r"(?:^|[\s,])(?:לא יאוחר מ-?|לא אחרי|ו?עד|ש?לפני|מקסימומ(?: עד)?|until|till|by|before|до"
            r"|قبل|لحد)(?: ל| ה-?| the)?\s*$"
        ),
    ),
)
_UNABLE_UNTIL: Final = re.compile(
    r"(?:לא (?:פנוי\w*|בבית|בארצ|יכול\w*|זמינ\w*|נמצא\w*|אהיה(?: בבית| בארצ)?)|עסוק\w*|בחו\"?ל|בחופש\w*|במילואימ)\s*$"
)
_WEAK: Final = pattern(
    r"היום|הבוקר|השבוע|הלילה|הערב|today|this (?:week|morning|evening)|tonight|сегодня|اليوم|الليلة|במהלך ה?שבוע"
)
_AHEAD: Final = pattern(
    r".*(?:מחר\w*|הבא\w*|הקרוב\w*|עוד|תוך|הערב|tomorrow|tmrw|tmr|tomorow|2morrow|next|coming"
    r"|weekend|in|завтра|послезавтра|через|بكرا|بكره|بكرة|غدا|الجاي|القادم)(?: .*)?"
)


def find_days(scan: Scan, today: date, *, asked: bool) -> list[DaySpan]:
    """Every day or span of days the text names, in reading order; their words are taken from the scan."""
    found = find_rests(scan, today)
    for match, days in numeric_dates(scan, today, asked=asked):
        if scan.left[match.start() : match.end()] == match[0]:
            found.append(_lettered(_span(scan, match, days, told="date"), match))
    for told, readers in _READERS:
        for expression, reader in readers:
            for match in expression.finditer(scan.left):
                days = reader(match, today)
                if days is not None:
                    found.append(_span(scan, match, days, told=told))
                elif told == "date":
                    scan.leave(*match.span())
    for match, days in bare_weekdays(scan, today, asked=asked, named=bool(found)):
        found.append(_span(scan, match, days, told="weekday"))
    if not found:
        found += _bare_dates(scan, today, asked=asked)
    return sorted(found, key=lambda day: day.start)


def _bare_dates(scan: Scan, today: date, *, asked: bool) -> list[DaySpan]:
    """ "ה-15" and "בינואר" count as an answer, or beside words of wishing."""
    if not asked and not WISH.search(scan.folded):
        return []
    found: list[DaySpan] = []
    for expression, reader in ((BARE_MONTH, read_bare_month), (BARE_DAY_OF_MONTH, read_day_of_month)):
        for match in expression.finditer(scan.left):
            days = reader(match, today)
            if days is not None:
                found.append(_span(scan, match, days, told="date"))
    return found


def _lettered(day: DaySpan, match: re.Match[str]) -> DaySpan:
    """ "יום ב' 6.12": the date with the letter of the weekday that is written with it."""
    letter = match.groupdict().get("letter")
    named = nearest(WEEKDAY_LETTERS[letter], day.first) if letter else day.first
    return day if named == day.first else replace(day, others=tuple(sorted((named, day.first))))


def nearest(weekday: int, day: date) -> date:
    """The day of that weekday which is nearest to the day."""
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def _span(scan: Scan, match: re.Match[str], days: Span, *, told: Told) -> DaySpan:
    words, start = match[0], match.start()
    bound: Bound | None = next((name for name, cue in _BOUNDS if ends(cue, scan.left, start)), None)
    if re.match(r"מ(?=מחר|היומ|יומ|ה)|מ-?\s?\d", words):
        bound = "after"
    if ends(_UNABLE_UNTIL, scan.left, start) and words.startswith("עד "):
        bound = "after"
    elif words.startswith(("עד ", "תוכ ", "בתוכ ", "within ", "by ")):
        bound = "before"
    part = _part(words)
    if "to" in match.groupdict():
        bound = None
    if part and bound == "after":
        bound = None
    scan.take(*match.span())
    weak = _WEAK.fullmatch(words) is not None
    ahead = not weak and _AHEAD.fullmatch(words) is not None
    return DaySpan(*days, start, match.end(), part=part, bound=bound, weak=weak, ahead=ahead, told=told)


def _part(words: str) -> DayPart | None:
    if words in ("הערב", "this evening", "tonight"):
        return "evening"
    if words in ("הלילה", "الليلة"):
        return "night"
    return "morning" if words in ("הבוקר", "this morning") else None


def _shift(days: int) -> DayReader:
    return lambda _, today: (today + timedelta(days=days), today + timedelta(days=days))


def _after_count(unit: int) -> DayReader:
    def read(match: re.Match[str], today: date) -> Span:
        day = today + timedelta(days=unit * number(match["n"], COUNTS))
        return day, day

    return read


def _week(offset: int, first: int, last: int) -> DayReader:
    """Days of the week so many weeks from now, counted from Sunday = 0; never before today."""

    def read(_: re.Match[str], today: date) -> Span:
        sunday = week_start(today) + timedelta(days=7 * offset)
        start, end = sunday + timedelta(days=first), sunday + timedelta(days=last)
        return (start + 7 * _DAY, end + 7 * _DAY) if end < today else (max(start, today), end)

    return read


def _coming_days(count: int) -> DayReader:
    return lambda _, today: (today, today + timedelta(days=count))


_WEEK_AHEAD: Final = r"[בל]?ה?שבוע (?:ה?בא|הבאה)"
_NEAR: Final[tuple[tuple[re.Pattern[str], DayReader], ...]] = (
    (
        pattern(
            r"(?:the )?day after tomorrow|ו?(?:[בלמ]|עד )?מו?חרו?תיי?ם|послезавтра|بعد (?:بكرا|بكره|بكرة|غد"
            r"|غدا)"
        ),
        _shift(2),
    ),
    (
        pattern(
            r"ו?[מלב]?מחר+|(?:by |for )?(?:tomorrow|tmrw|tmr|2morrow|tomorow|tommorow|tommorrow"
            r"|tomorrrow)|завтра|بكرا|بكره|بكرة|غدا|غداً|غدًا"
        ),
        _shift(1),
    ),
    (
        pattern(
            r"(?<!כל )(?<!במשכ )(?<!סופ )(?:ו|מ|ל|עוד )?היום(?: הזה)?|ה?יום עוד"
            r"|(?<!שעות )(?<!סביבות )(?<!לקראת )(?<!באמצע )(?<!על )(?:הערב|הלילה|הבוקר)|today"
            r"|tonight|this (?:evening|morning)|сегодня|اليوم|الليلة"
        ),
        _shift(0),
    ),
)
_FAR: Final[tuple[tuple[re.Pattern[str], DayReader], ...]] = (
    (pattern(rf"{_IN} (?:יומיים|يومين)|יומיים מהיום"), _shift(2)),
    (pattern(rf"{_IN} (?:יום|יום יומיים|יום-יומיים)"), _shift(1)),
    (
        pattern(
            rf"{_IN} (?:שבועיים|שבועים|اسبوعين|two weeks|a couple of weeks)|שבועיים מהיום|in a fortnight"
            rf"|two weeks from (?:now|today)"
        ),
        _shift(14),
    ),
    (
        pattern(
            rf"{_IN} (?:כ-?)?(?:שבוע|a week|неделю|اسبوع|أسبوع)(?: בערך)?|שבוע מהיום|a week from (?:today"
            rf"|now)"
        ),
        _shift(7),
    ),
    (pattern(r"שבוע ממחר|a week from tomorrow"), _shift(8)),
    (pattern(rf"{_IN} (?:כ-?)?{_N} (?:ימים|יום|days?|дней|дня|день|أيام|ايام)"), _after_count(1)),
    (pattern(rf"{_N} (?:ימים מהיום|days from (?:now|today))"), _after_count(1)),
    (pattern(rf"{_IN} (?:כ-?)?{_N} (?:שבועות|weeks|недели|недель|اسابيع|أسابيع)"), _after_count(7)),
    (pattern(rf"{_IN} (?:כ-?)?(?:חודש|a month|месяц|شهر)"), _shift(30)),
    (pattern(rf"{_IN} (?:חודשיים|two months)"), _shift(60)),
    (
        pattern(
            r"(?:[בל]|לקראת )?(?:סוף (?:ה)?שבוע|סופ\"?ש|סופש|הסופ\"?ש|הסופש|הסופשבוע|סופשבוע"
            r"|סופ\"ש) (?:ה?בא|שאחרי)|next weekend"
        ),
        _week(1, 5, 6),
    ),
    (
        pattern(
            r"(?:[בל]|לקראת )?ה?(?:סוף (?:ה)?שבוע|סופ\"?ש|סופשבוע)(?: הקרוב| הזה)?|(?:on |this "
            r"|the |at |over |for )*weekend|на выходных|в выходные"
        ),
        _week(0, 5, 6),
    ),
    (pattern(r"ב?אמצע ה?שבוע (?:ה?בא)|(?:the )?middle of next week|midweek next week"), _week(1, 2, 3)),
    (pattern(r"ב?אמצע ה?שבוע|mid ?week|(?:the )?middle of the week"), _week(0, 2, 3)),
    (
        pattern(
            r"[בל]?תחילת ה?שבוע(?: הבא| הקרוב)?|ב?ראשית ה?שבוע(?: הבא)?|(?:early|beginning of"
            r"|start of) next week"
        ),
        _week(1, 0, 1),
    ),
    (pattern(r"[בל]?סוף ה?שבוע הבא|end of next week|late next week"), _week(1, 4, 5)),
    (
        pattern(
            rf"{_WEEK_AHEAD}|(?:sometime )?next week|на следующей неделе|الاسبوع (?:الجاي|القادم)"
            rf"|الأسبوع (?:الجاي|القادم)"
        ),
        _week(1, 0, 6),
    ),
    (
        pattern(
            r"ב?שבוע הקרוב|במהלך ה?שבוע(?: הקרוב)?|(?:עוד )?השבוע|this week|на этой неделе"
            r"|هذا (?:الاسبوع|الأسبوع)|هالاسبوع"
        ),
        _week(0, 0, 6),
    ),
    (
        pattern(
            r"ב?(?:ה)?ימים הקרובים|ב?יומיים הקרובים|in the (?:next|coming) (?:few |couple of )?days"
            r"|в ближайшие дни"
        ),
        _coming_days(3),
    ),
    (pattern(r"ב?שבועיים הקרובים|in the next two weeks|ב?(?:ה)?שבועות הקרובים"), _coming_days(14)),
)
_READERS: Final[tuple[tuple[Told, tuple[tuple[re.Pattern[str], DayReader], ...]], ...]] = (
    ("weekday", WEEKDAY_READERS),
    ("date", DATES),
    ("near", _NEAR),
    ("span", _FAR),
)
