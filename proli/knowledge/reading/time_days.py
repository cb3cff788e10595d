"""The days a text names: weekdays, dates, "tomorrow", "next week", holidays. The week starts on Sunday."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from proli.knowledge.reading.hebrew_calendar import HOLIDAY_NAMES, next_holiday
from proli.knowledge.reading.time_scan import DayReader, DaySpan, Scan
from proli.knowledge.reading.time_words import (
    COUNTS,
    DAY_NUMBERS,
    MONTHS,
    PART,
    WEEKDAY_LETTERS,
    WEEKDAYS,
    folded,
    number,
    one_of,
    pattern,
)

_DAY: Final = timedelta(days=1)
_W: Final = rf"(?P<w>{one_of(WEEKDAYS)})"
_IL: Final = r"(?:[בלמש]|עד |מ)?"
_N: Final = rf"(?P<n>\d{{1,2}}|{one_of(COUNTS)})"
_MONTH: Final = rf"(?P<month>{one_of(MONTHS)})"
_YEAR: Final = r"(?:[\s,]+(?P<year>20\d\d))?"
_AGREES: Final = (
    r"(?=\s*(?:$|[,.?!;\x00)]|(?:או|אם|בשעה|אחרי|לפני|עד|בין|אחה|מתאים|יתאים|נוח|אפשר|טוב|עדיף"
    r"|בסביבות|לקראת|הקרוב|הבא|הזה)(?!\w)"
)
_FOLLOWED: Final = _AGREES + rf"|(?:{PART})(?!\w)|ב?-?\d|ב(?:אחת|שתי|שלוש|ארבע|חמש|שש|שבע|שמונה|תשע|עשר)))"
_DATE_UNITS: Final = r"(?!\s*(?:חדר|מיליון|מליון|אלף|מטר|ש\"?ח|שקל|₪|%|ק\"?מ|שעות|שנים|קומ|אחוז|rooms|million|nis|k\b))"
_NUMERIC: Final = re.compile(
    r"(?<![\w.,:/-])(?P<cue>[בלמה]-?\s?|עד ה?-?"
    r"|יום \w'?,? |ב?יומ |ב?תאריכ )?"
    r"(?P<d>\d{1,2})(?P<sep>[./])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>\d{2}|20\d\d))?(?![\w/:]|[.,]\d)"
    + _DATE_UNITS.translate(str.maketrans("ךםןףץ", "כמנפצ"))
)
_ISO: Final = re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_BOUNDS: Final = (
    ("before", re.compile(r"(?:^|[\s,])(עד|לפני|until|by|before)(?: ל| ה-?)?\s*$")),
    ("after", re.compile(r"(?:^|[\s,])(אחרי|לאחר|החל מ-?|מ|after|from)\s*$")),
)


def find_days(scan: Scan, today: date, *, asked: bool) -> list[DaySpan]:
    """Every day or span of days the text names, in reading order; their words are taken from the scan."""
    found = _numeric_dates(scan, today, asked=asked)
    for expression, reader in _READERS:
        for match in expression.finditer(scan.left):
            days = reader(match, today)
            if days is not None:
                found.append(_span(scan, match, days))
    if not found:
        found += _bare_weekday(scan, today, asked=asked)
    return sorted(found, key=lambda day: day.start)


def _span(scan: Scan, match: re.Match[str], days: tuple[date, date]) -> DaySpan:
    words, before = match[0], scan.left[: match.start()]
    bound = next((name for name, cue in _BOUNDS if cue.search(before)), None)
    if re.match(r"מ(?=מחר|היומ|יומ)", words):
        bound = "after"
    if words.startswith("עד "):
        bound = "before"
    evening, night = words in ("הערב", "this evening"), words in ("הלילה", "tonight")
    morning = words in ("הבוקר", "this morning")
    part = (
        "evening" if evening or _SHABBAT_END.fullmatch(words) else "night" if night else "morning" if morning else None
    )
    scan.take(match)
    if part in ("evening", "night") and bound == "after":
        bound = None
    ends_shabbat = _SHABBAT_END.fullmatch(words) is not None
    return DaySpan(days[0], days[1], match.start(), match.end(), part, None if ends_shabbat else bound, ends_shabbat)


def _one(day: date) -> tuple[date, date]:
    return day, day


def week_start(day: date) -> date:
    """The Sunday on or before the day."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def _coming(weekday: int, today: date) -> date:
    """The next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _weekday(match: re.Match[str], today: date) -> tuple[date, date]:
    name = match["w"]
    weekday = WEEKDAYS[name] if name in WEEKDAYS else WEEKDAY_LETTERS[name.strip("'\"")]
    return _one(_coming(weekday, today))


def _in_next_week(match: re.Match[str], today: date) -> tuple[date, date]:
    name = match["w"]
    weekday = WEEKDAYS[name] if name in WEEKDAYS else WEEKDAY_LETTERS[name.strip("'\"")]
    return _one(week_start(today) + timedelta(days=7 + (weekday + 1) % 7))


def _shift(days: int) -> DayReader:
    return lambda _, today: _one(today + timedelta(days=days))


def _after_count(unit: int) -> DayReader:
    return lambda match, today: _one(today + timedelta(days=unit * number(match["n"], COUNTS)))


def _week(offset: int, first: int, last: int) -> DayReader:
    """Days of the week so many weeks from now, counted from Sunday = 0; never before today."""

    def read(_: re.Match[str], today: date) -> tuple[date, date]:
        sunday = week_start(today) + timedelta(days=7 * offset)
        start, end = sunday + timedelta(days=first), sunday + timedelta(days=last)
        return (start + 7 * _DAY, end + 7 * _DAY) if end < today else (max(start, today), end)

    return read


def _month_date(match: re.Match[str], today: date) -> tuple[date, date] | None:
    return _civil_date(number(match["d"], DAY_NUMBERS), MONTHS[match["month"]], match["year"], today)


def _day_of_month(match: re.Match[str], today: date) -> tuple[date, date] | None:
    day, year, month = int(match["d"]), today.year, today.month
    for _ in range(3):
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return _one(date(year, month, day))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def _month(offset: int, first: int, last: int) -> DayReader:
    def read(_: re.Match[str], today: date) -> tuple[date, date]:
        year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
        length = monthrange(year, month + 1)[1]
        start, end = date(year, month + 1, min(first, length)), date(year, month + 1, min(last, length))
        return max(start, today), max(end, today)

    return read


def _eve(match: re.Match[str], today: date) -> tuple[date, date]:
    name = next(holiday for holiday in HOLIDAY_NAMES if match["holiday"] in folded({holiday: 0}))
    return _one(max(next_holiday(name, today) - _DAY, today))


def _civil_date(day: int, month: int, year: str | None, today: date) -> tuple[date, date] | None:
    try:
        if year:
            full = int(year) if len(year) == 4 else 2000 + int(year)
            named = date(full, month, day)
            return _one(named) if named >= today else None
        this_year = date(today.year, month, day)
        return _one(this_year if this_year >= today else date(today.year + 1, month, day))
    except ValueError:
        return None


def _numeric_dates(scan: Scan, today: date, *, asked: bool) -> list[DaySpan]:
    found: list[DaySpan] = []
    for match in [*_ISO.finditer(scan.left), *_NUMERIC.finditer(scan.left)]:
        groups = match.groupdict()
        day, month, year = int(groups["d"]), int(groups["m"]), groups["y"]
        cued = asked or year or groups.get("cue") or scan.left.strip(" ?!.").startswith(match[0].strip())
        clock = groups.get("sep") == "." and (month in (15, 30, 45) or month == 0)
        days = None if clock or not cued else _civil_date(day, month, year, today)
        if days is not None:
            found.append(_span(scan, match, days))
    return found


def _bare_weekday(scan: Scan, today: date, *, asked: bool) -> list[DaySpan]:
    """A weekday without "יום" counts before a time, or as the whole answer."""
    for match in _BARE.finditer(scan.left):
        alone = asked and scan.gap(0, match.start()) == "" and scan.gap(match.end(), len(scan.left)) == ""
        lives = re.search(r"(?:גר|גרה|גרימ|דירה|בית|חדרימ)\s*$", scan.left[: match.start()])
        sure = re.match(_FOLLOWED_FOLDED, scan.left[match.end() :])
        if not lives and (alone or (sure and (match["in"] or scan.left[match.end() :].strip(" ?.!,")))):
            return [_span(scan, match, _weekday(match, today))]
    return []


_FOLLOWED_FOLDED: Final = _FOLLOWED.translate(str.maketrans("ךםןףץ", "כמנפצ"))
_BARE: Final = pattern(rf"(?P<in>[בל])?-?{_W}")
_SHABBAT_END: Final = pattern(r"ב?מוצ\"?ש|ב?מוצאי ה?שבת|אחרי ה?שבת|ב?צאת ה?שבת")
_NEXT: Final = r"(?:[\s,]+(?:הבא|הקרוב|הזה)ה?)?"
_LETTER: Final = r"(?P<w>[א-ו])'?"
_WEEK_AHEAD: Final = r"[בל]?שבוע הבא"
_READERS: Final[tuple[tuple[re.Pattern[str], DayReader], ...]] = (
    (_SHABBAT_END, lambda _, today: _one(today if today.weekday() == 5 else _coming(5, today))),
    (pattern(r"ב?ערב שבת"), lambda _, today: _one(today if today.weekday() == 4 else _coming(4, today))),
    (pattern(rf"ב?ערב (?:חג )?(?:ה|יום )?(?P<holiday>{'|'.join(HOLIDAY_NAMES)})"), _eve),
    (pattern(rf"{_WEEK_AHEAD}[\s,]+(?:{_IL}יום )?ב?{_W}"), _in_next_week),
    (pattern(rf"{_WEEK_AHEAD}[\s,]+{_IL}יום {_LETTER}"), _in_next_week),
    (pattern(rf"(?:{_IL}יום )?ב?{_W} (?:ב|של )ה?שבוע הבא"), _in_next_week),
    (pattern(rf"{_W} next week"), _in_next_week),
    (pattern(rf"{_IL}יום {_W}{_NEXT}"), _weekday),
    (pattern(rf"{_IL}יום {_LETTER}{_NEXT}"), _weekday),
    (pattern(rf"[בל]?{_W} (?:הבא|הקרוב)ה?"), _weekday),
    (pattern(r"[בל](?P<w>שבת)(?: הבאה| הקרובה)?"), _weekday),
    (pattern(rf"(?:on |next |this )?(?P<w>{one_of({w: 0 for w in WEEKDAYS if w.isascii()})})"), _weekday),
    (pattern(rf"[בלמה]?-?(?P<d>\d{{1,2}}|{one_of(DAY_NUMBERS)})\s+(?:ב|ל)?{_MONTH}{_YEAR}"), _month_date),
    (pattern(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}{_YEAR}"), _month_date),
    (pattern(rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:){_YEAR}"), _month_date),
    (pattern(r"[בלה]?-?(?P<d>\d{1,2}) (?:ל|ב)חודש(?! ה)"), _day_of_month),
    (pattern(r"(?:day after tomorrow|[בלמ]?מחרתיים)"), _shift(2)),
    (pattern(r"(?:מ|ל)?מחר|tomorrow"), _shift(1)),
    (pattern(r"(?<!כל )(?:מ|ל|עוד )?היום|הערב|הלילה|הבוקר|today|tonight|this (?:evening|morning)"), _shift(0)),
    (pattern(r"(?:ב?עוד|תוך) יומיים"), _shift(2)),
    (pattern(r"(?:ב?עוד|תוך) שבועיים|in two weeks"), _shift(14)),
    (pattern(r"(?:ב?עוד|תוך) שבוע|in a week"), _shift(7)),
    (pattern(rf"(?:ב?עוד|תוך|in) {_N} (?:ימים|יום|days?)"), _after_count(1)),
    (pattern(rf"(?:ב?עוד|תוך|in) {_N} (?:שבועות|weeks)"), _after_count(7)),
    (pattern(r"(?:ב?עוד) חודש|in a month"), _shift(30)),
    (pattern(r"[בל]?(?:סוף (?:ה)?שבוע|סופ\"?ש) הבא|next weekend"), _week(1, 5, 6)),
    (pattern(r"[בל]?סוף (?:ה)?שבוע(?: הקרוב| הזה)?|[בל]?סופ\"?ש|(?:on |this |the )*weekend"), _week(0, 5, 6)),
    (pattern(r"ב?אמצע ה?שבוע הבא"), _week(1, 2, 3)),
    (pattern(r"ב?אמצע ה?שבוע"), _week(0, 2, 3)),
    (pattern(r"ב?תחילת ה?שבוע(?: הבא)?"), _week(1, 0, 1)),
    (pattern(rf"{_WEEK_AHEAD}|next week"), _week(1, 0, 6)),
    (pattern(r"ב?שבוע הקרוב|במהלך ה?שבוע|השבוע|this week"), _week(0, 0, 6)),
    (pattern(r"ב?ימים הקרובים|in the next few days"), lambda _, today: (today, today + timedelta(days=3))),
    (pattern(r"ב?סוף ה?חודש"), _month(0, 25, 31)),
    (pattern(r"ב?תחילת ה?חודש(?: הבא)?"), _month(1, 1, 7)),
    (pattern(r"[בל]?חודש הבא|next month"), _month(1, 1, 31)),
)
