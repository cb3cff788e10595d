"""Dates by number and month: "3.12", "ה-15 לחודש", "15 בדצמבר", "the 15th", "סוף דצמבר"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from proli.knowledge.reading.beside import REACH, before, ends
from proli.knowledge.reading.time_clauses import clauses
from proli.knowledge.reading.time_scan import BLANK, DayReader, Scan, Span
from proli.knowledge.reading.time_words import DATED_MONTHS, DAY_NUMBERS, MONTHS, fold_source, number, one_of, pattern

_MONTH: Final = rf"(?P<month>{one_of(DATED_MONTHS)})"
_LONG_MONTHS: Final = {name: value for name, value in MONTHS.items() if name not in {"may", "mar", "march", "мая"}}
_YEAR: Final = r"(?:[\s,]+(?:שנת )?(?P<year>20\d\d))?"
_DATE_UNITS: Final = fold_source(
    r"(?!\s*(?:חדר|מ'|מיל|מיליון|מליון|אלף|מטר|ש\"?ח|שקל|₪|%|ק\"?מ|שעות|שנים|קומ|אחוז|אינץ|צול|ליטר|טון"
    r"|מ\"ר|קילו|כוח|rooms|комн|غرف|br\b|bed|million|nis|k\b))"
)
_NUMERIC: Final = re.compile(
    r"(?<![\w.,:/-])(?P<cue>[בלמה]-?\s?|עד ה?-?|ה-?|on (?:the )?|by |from |[בלמ]?יומ (?:(?P<letter>[א-ו])|\w)'?,? |[בלמ]?יומ "
    r"|ב?תאריכ |בתאריכ ה-?)?"
    r"(?P<d>\d{1,2})(?P<sep>[./-])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>\d{2}|20\d\d))?(?![\w/:]|[.,-]\d)" + _DATE_UNITS
)
_AFTER_WEEKDAY: Final = re.compile(
    r"(?<!\w)[בלה]?(?:יומ )?(?:היומ|מחר|מחרתיימ|today|tomorrow|сегодня|завтра|ראשונ|שני|שלישי|רביעי|חמישי|שישי|ו' "
    r"|sun(?:day)?|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?"
    r"|thu(?:rs)?(?:day)?|fri(?:day)?|воскресенье|понедельник|вторник|среду|четверг|пятницу)[ ,]*(?:the |ה-?)? *$"
)
"""After its weekday a date needs no other sign."""
_ISO: Final = re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_JUST_OVER: Final = timedelta(days=60)
_HOUR_LIKE: Final = frozenset({0, 15, 30, 45})


def numeric_dates(scan: Scan, today: date, *, asked: bool) -> Iterator[tuple[re.Match[str], Span]]:
    """Dates in digits, with the match that told them; a date needs a cue, a year, or a place of its own."""
    for match in [*_ISO.finditer(scan.left), *_NUMERIC.finditer(scan.left)]:
        groups = match.groupdict()
        day, month, year, sep = int(groups["d"]), int(groups["m"]), groups["y"], groups.get("sep")
        if sep == "." and not year and month in _HOUR_LIKE and not (groups.get("cue") or "").startswith("יומ"):
            continue
        if sep == "-" and not year:
            continue
        if asked or year or groups.get("cue") or _stands_alone(scan, match):
            days = civil_date(day, month, year, today)
            if days is not None:
                yield match, days
            elif year or _is_just_over(day, month, today):
                _drop_clause(scan, match.start())
            elif day < 40 and month < 20 and (groups.get("cue") or _stands_alone(scan, match)):
                scan.leave(*match.span())


def _stands_alone(scan: Scan, match: re.Match[str]) -> bool:
    last = before(scan.left, match.start()).rstrip(" ")[-1:]
    after = scan.left[match.end() : match.end() + REACH].lstrip(" ,")
    if ends(_AFTER_WEEKDAY, scan.left, match.start()):
        return True
    return last in f",\n:.!?({BLANK}" or after[:1] == BLANK or bool(re.match(r"בשעה|ב-?\d", after))


def _drop_clause(scan: Scan, at: int) -> None:
    """What stands beside a day that is over is no wish either."""
    for clause in clauses(scan.left):
        if clause.start <= at < clause.end:
            scan.drop(clause.start, clause.end)


def _is_just_over(day: int, month: int, today: date) -> bool:
    """Whether that day was in the last two months, so that who names it without a year errs."""
    for year in (today.year, today.year - 1):
        try:
            if timedelta(0) < today - date(year, month, day) <= _JUST_OVER:
                return True
        except ValueError:
            return False
    return False


def civil_date(day: int, month: int, year: str | None, today: date) -> Span | None:
    """That date when it is to come; without a year the next one."""
    try:
        if year:
            full = int(year) if len(year) == 4 else 2000 + int(year)
            named = date(full, month, day)
            return (named, named) if named >= today else None
        if _is_just_over(day, month, today):
            return None
        this_year = date(today.year, month, day)
        named = this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
    return named, named


def _month_date(match: re.Match[str], today: date) -> Span | None:
    return civil_date(number(match["d"], DAY_NUMBERS), DATED_MONTHS[match["month"]], match["year"], today)


def _day_of_month(match: re.Match[str], today: date) -> Span | None:
    day, year, month = number(match["d"], DAY_NUMBERS), today.year, today.month
    if match.groupdict().get("next"):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for _ in range(3):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day), date(year, month, day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def _month_span(offset: int, first: int, last: int) -> DayReader:
    """Days of the month so many months from now; those of this month never before today."""

    def read(_: re.Match[str], today: date) -> Span:
        year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
        return _within(year, month + 1, first, last, today)

    return read


def _within(year: int, month: int, first: int, last: int, today: date) -> Span:
    length = monthrange(year, month)[1]
    start, end = date(year, month, min(first, length)), date(year, month, min(last, length))
    return max(start, today), max(end, today)


def _part_of_month(match: re.Match[str], today: date) -> Span:
    """The beginning, the middle or the end of a month that is named."""
    month = DATED_MONTHS[match["month"]]
    year = today.year + (month < today.month)
    where = match["where"]
    first, last = (1, 10) if re.search("תחיל|ראש|begin|start|early", where) else (11, 20)
    if re.search("סופ|end|late", where):
        first, last = 21, 31
    return _within(year, month, first, last, today)


def _whole_month(match: re.Match[str], today: date) -> Span:
    month = DATED_MONTHS[match["month"]]
    return _within(today.year + (month < today.month), month, 1, 31, today)


def _month_end(_: re.Match[str], today: date) -> Span:
    end = today.replace(day=monthrange(today.year, today.month)[1])
    return max(today, end - timedelta(days=5)), end


DATES: Final[tuple[tuple[re.Pattern[str], DayReader], ...]] = (
    (
        pattern(
            rf"(?:עד |מ|ו)?[בלמה]?-?(?P<d>\d{{1,2}}|{one_of(DAY_NUMBERS)})(?: |-|(?=[בל]))(?:ב-?|ל-?"
            rf"|of )?{_MONTH}{_YEAR}"
        ),
        _month_date,
    ),
    (pattern(rf"(?:on )?(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:-?го)?(?: of)? {_MONTH}{_YEAR}"), _month_date),
    (pattern(rf"(?:on )?{_MONTH} (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:|\s?(?:am|pm)){_YEAR}"), _month_date),
    (
        pattern(
            rf"(?:עד |מ|ו)?[בלמה]?ה?-?\s?(?P<d>\d{{1,2}}|{one_of(DAY_NUMBERS)}) (?:ל|ב)חודש(?: הקרוב"
            rf"| הזה|(?P<next> הבא))?(?! ה)"
        ),
        _day_of_month,
    ),
    (
        pattern(r"(?:on )?the (?P<d>\d{1,2})(?:st|nd|rd|th)(?: of (?:the|this) month)?(?! floor| time| one)"),
        _day_of_month,
    ),
    (
        pattern(
            rf"(?P<where>[בל]?(?:תחילת|ראשית|אמצע|סוף)|(?:at the )?(?:beginning|start|middle|end"
            rf"|early|mid|late)(?: of)?)[ -](?:חודש )?{_MONTH}"
        ),
        _part_of_month,
    ),
    (
        pattern(
            r"(?:[בל]|לקראת )?סוף ה?חודש(?: הזה| הנוכחי)?|(?:at |by )?the end of (?:the|this) month"
            r"|в конце месяца"
        ),
        _month_end,
    ),
    (pattern(r"ב?אמצע ה?חודש"), lambda _, today: _middle(today)),
    (pattern(r"ב?תחילת ה?חודש(?: הבא)?|early next month|the beginning of next month"), _month_span(1, 1, 7)),
    (pattern(r"[בל]?חודש (?:הבא|הקרוב)|next month|в следующем месяце|الشهر (?:الجاي|القادم)"), _month_span(1, 1, 31)),
)
BARE_MONTH: Final = pattern(rf"(?:ב|ל|in |during )(?:חודש )?(?P<month>{one_of(_LONG_MONTHS)})")
BARE_DAY_OF_MONTH: Final = pattern(
    r"(?:(?:עד|אחרי|לפני|החל מ|מ) ?-?)?ה-?\s?(?P<d>[1-9]|[12]\d|3[01])(?![./:]\d)(?= ?(?:$"
    r"|[,.?!;\n\x00]|אם|או|זה|בבקשה|בשעה|ב-?\d))"
)
read_bare_month: Final = _whole_month
read_day_of_month: Final = _day_of_month


def _middle(today: date) -> Span:
    offset = 1 if today.day > 20 else 0
    year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
    return _within(year, month + 1, 11, 20, today)
