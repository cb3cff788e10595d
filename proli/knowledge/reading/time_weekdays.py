"""Weekdays by name and letter, with and without the word "day"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from proli.knowledge.reading.beside import before, ends
from proli.knowledge.reading.time_clause_patterns import SWITCHED, TRANSFER, WISH
from proli.knowledge.reading.time_clauses import clauses
from proli.knowledge.reading.time_scan import BLANK, DayReader, Scan, Span
from proli.knowledge.reading.time_words import (
    EN_WEEKDAYS,
    FOREIGN_WEEKDAYS,
    HE_WEEKDAYS,
    HOURS,
    MINUTES,
    PART,
    WEEKDAY_LETTERS,
    WEEKDAYS,
    fold_source,
    one_of,
    pattern,
)

_HE: Final = rf"(?P<w>{one_of(HE_WEEKDAYS)})"
_FOREIGN: Final = rf"(?P<w>{one_of(FOREIGN_WEEKDAYS)})"
_IL: Final = r"(?:ו|ש)?(?:[בלמ]-?|עד |מ)?"
_LETTER: Final = r"(?P<w>[א-ו])(?:'(?:'|\b)?|(?![\w\"-]))"
_NEXT: Final = r"(?:[\s,]+(?:הבא|הקרוב|הזה|שיבוא|הקרב)ה?)?"
_WEEK_AHEAD: Final = r"[בל]?ה?שבוע ה?בא"
_AGREES: Final = fold_source(
    r"\s*(?:$|[,.?!;)\n\x00-]|(?:ו?או|אם|בשעה|אחרי|לפני|עד|בין|אחה|מתאים|יתאים|נוח|אפשר|טוב|עדיף"
    r"|בסביבות|לקראת|בבקשה|יהיה|זה|סבבה"
    r"|מעולה|הקרוב|הבא|הזה|גם|לא|כן|פנוי\w*|אני|אנחנו|תגיע\w*|תבוא\w*|בערך|מצידי|מבחינתי|יכול\w*"
    r"|לא|ו?אחר|כל היום|הכי|ב?אותה שעה|ב?אותן ה?שעות|ב?אותו זמן|ב?אותן)(?![\w]))"
)
_TIMED: Final = fold_source(
    rf"\s*(?:\x00|(?:{PART})(?!\w)|ב?-? ?\d{{1,2}}(?!\d|\s?(?:חדר|מטר|ש\"?ח|אלף))|ב-?(?:אחת|שתי"
    rf"|שלוש|ארבע|חמש|שש|שבע|שמונה|תשע|עשר)|(?:{one_of(HOURS)})(?:\s+(?:ו?חצי|ו?רבע|ו{one_of(MINUTES)}))?"
    rf"\s*(?:$|[,.!?;\n\x00]|(?:{PART})(?!\w))|הקרוב|הבא|ב?אות[הנ] ה?שע(?:ה|ות)"
    rf"|(?:רק )?(?:אחרי|לפני|עד|בין|החל מ|מ|בסביבות|לקראת|בשעה)[\s-]*(?:ה?שעה "
    rf"|השעות )?(?:\d{{1,2}}(?!\d)|{one_of(HOURS)})(?!\w))"
)
_AGREES_RE: Final = re.compile(_AGREES)
_TIMED_RE: Final = re.compile(_TIMED)
_BARE: Final = pattern(rf"(?:ו|ש)?(?P<in>[בלמ]-?|עד )?{_HE}")
_NOT_DAY_BEFORE: Final = re.compile(
    fold_source(
        r"(?<!\w)(?:גר|גרה|גרים|דירה|בית|חדרים|קומה|בקומה|פעם|הפעם|חלק|צד|יד|דבר|מספר|אזור|שכונת|הכי|קודם"
        r"|הקומה|בגובה|בפעם|איש|מקום|נמצא|נמצאת|נמצאים|מ?גיע\w* ל)[\s]*$"
    )
)
_NOT_DAY_AFTER: Final = re.compile(
    fold_source(r"\s*(?:לציון|לצ|ברשימה|שבא|במעלה|דבר|בתור|בבית|בנחלת|הבניינים|ה?חדרים|בנובמבר)")
)


def week_start(day: date) -> date:
    """The Sunday on or before the day."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def coming(weekday: int, today: date) -> date:
    """The next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _number(match: re.Match[str]) -> int:
    return _named(match["w"])


def _named(name: str) -> int:
    return WEEKDAYS[name] if name in WEEKDAYS else WEEKDAY_LETTERS[name.strip("'\"")]


def _weekday(match: re.Match[str], today: date) -> Span:
    day = coming(_number(match), today)
    return day, day


def _short_weekday(match: re.Match[str], today: date) -> Span:
    day = coming(_named(next(word for word in match.groups() if word)), today)
    return day, day


def _in_week(weeks: int) -> DayReader:
    def read(match: re.Match[str], today: date) -> Span:
        day = week_start(today) + timedelta(days=7 * weeks + (_number(match) + 1) % 7)
        return day, day

    return read


def _this_week(match: re.Match[str], today: date) -> Span:
    day = week_start(today) + timedelta(days=(_number(match) + 1) % 7)
    return _weekday(match, today) if day < today else (day, day)


def _through(match: re.Match[str], today: date) -> Span | None:
    """From the first weekday named to the second, beginning with the next of the first or, within its week, today.

    None when something moves from the one to the other.
    """
    if TRANSFER.search(match.string):
        return None
    first, last = _named(match["w"] or "א"), _named(match["to"])
    span = (last - first) % 7
    start = today if (today.weekday() - first) % 7 <= span else coming(first, today)
    end = start + timedelta(days=(last - start.weekday()) % 7)
    return start, end


def bare_weekdays(scan: Scan, today: date, *, asked: bool, named: bool) -> Iterator[tuple[re.Match[str], Span]]:
    """Weekdays without the word "day", where a time follows, in lists of days, and in answers."""
    taken = False
    candidates = [match for match in _BARE.finditer(scan.left) if _may_be_day(scan, match)]
    for match in reversed(candidates):
        if _is_day(scan, match, asked=asked, listed=taken or named, many=len(candidates)):
            taken = True
            yield match, _weekday(match, today)


_JOINS: Final = re.compile(
    r"(?:^|[\s\x00,])(?:או|גמ|לא|עד|בינ|רק|חוצ|אולי|עדיפ|אלא|בעצמ|סליחה|כנ|ו|-|התכוונתי|התכוונו|כוונתי|תיקונ"
    r"|טעות|אופס|אז|נגיד|יאללה)(?: ל)?[\s.,!:\n]*$"
)
_SENTENCE_ENDS: Final = re.compile(r"\s*(?:$|[.!?\n])")
_LISTS: Final = re.compile(rf"\s*(?:(?:או|-|עד)(?!\w)|[,ול]\s*(?:או |ב?יומ |ב)?(?:{one_of(HE_WEEKDAYS)})(?!\w))")
_OPENING: Final = re.compile(
    fold_source(r"(?:אפשר|עדיף|אולי|רק|או|גם|טוב|נגיד|כן|לא|מעדיף|מעדיפה|נקבע|בוא|אז|ו|נוח לי|סבבה|מתאים לי|על)\s*$")
)


def _may_be_day(scan: Scan, match: re.Match[str]) -> bool:
    return not ends(_NOT_DAY_BEFORE, scan.left, match.start()) and not _NOT_DAY_AFTER.match(scan.left, match.end())


def _is_day(scan: Scan, match: re.Match[str], *, asked: bool, listed: bool, many: int) -> bool:
    start, end = match.span()
    follows, agrees = bool(_TIMED_RE.match(scan.left, end)), bool(_AGREES_RE.match(scan.left, end))
    if follows and (match["w"] not in ("ראשונ", "שני") or match["in"] or _opens(scan.left, start) or agrees):
        return True
    joins = ends(_JOINS, scan.left, start) or ends(SWITCHED, scan.folded, start)
    if asked and not scan.gap(0, start) and not scan.gap(end, len(scan.left)):
        return True
    if asked and _opens(scan.left, start) and _SENTENCE_ENDS.match(scan.left, end):
        return True
    if asked and agrees and (match["w"] not in ("ראשונ", "שני") or not match["in"] or many > 1 or match["in"] != "ב"):
        return _is_short(scan, match) or bool(joins) or bool(match["in"])
    if listed and agrees and (joins or _LISTS.match(scan.left, end)):
        return True
    if match["in"] and match["w"] not in ("ראשונ", "שני"):
        return agrees and bool(WISH.search(_clause_of(scan, match)))
    return False


def _opens(left: str, at: int) -> bool:
    """Whether nothing that could be a name stands right before."""
    ahead = before(left, at)
    return not ahead.strip() or ahead.rstrip(" ")[-1] in f",.\n?!;{BLANK}" or bool(_OPENING.search(ahead))


def _is_short(scan: Scan, match: re.Match[str]) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", scan.left.replace(match[0], ""))) <= 5


def _clause_of(scan: Scan, match: re.Match[str]) -> str:
    found = next((c for c in clauses(scan.left) if c.start <= match.start() < c.end), None)
    return scan.folded[found.start : found.end] if found else ""


_TO: Final = _HE.replace("<w>", "<to>")
WEEKDAY_READERS: Final[tuple[tuple[re.Pattern[str], DayReader], ...]] = (
    (pattern(rf"(?:ו?ב?בין )(?:ה?ימים |יום )?{_HE} (?:ל|ו|עד )-?(?:יום )?{_TO}"), _through),
    (pattern(rf"(?:[במ]-?|ב?ימים |ב?ימי |מיום |יום )?{_HE}(?: עד |\s?-\s?)(?:יום )?{_TO}"), _through),
    (pattern(rf"מ(?:יום )?{_HE} (?:ל|עד )-?(?:יום )?{_TO}"), _through),
    (
        pattern(
            r"(?:(?:ב?ימים|ב?ימי|מיום|בין הימים) (?P<w>[א-ה])'?|(?P<first>א)'?)(?: עד "
            r"|\s?-\s?)(?P<to>[ב-ו])'?"
        ),
        _through,
    ),
    (
        pattern(
            rf"(?:from |between |on )?{_FOREIGN}(?: to | until | through | till |\s?-\s?"
            rf"| and )(?P<to>{one_of(EN_WEEKDAYS)})"
        ),
        _through,
    ),
    (pattern(rf"{_WEEK_AHEAD}[\s,]+(?:{_IL}יום )?[בל]?{_HE}"), _in_week(1)),
    (pattern(rf"{_WEEK_AHEAD}[\s,]+{_IL}יום {_LETTER}"), _in_week(1)),
    (pattern(rf"(?:{_IL}יום )?[בל]?{_HE},? (?:ב|של |ל)?ה?שבוע ה?בא"), _in_week(1)),
    (pattern(rf"{_IL}יום {_LETTER} (?:ב|של |ל)?ה?שבוע ה?בא"), _in_week(1)),
    (pattern(rf"(?:on )?{_FOREIGN},? (?:of )?next week"), _in_week(1)),
    (pattern(rf"next week(?: on)?,? {_FOREIGN}"), _in_week(1)),
    (pattern(rf"(?:ביום |יום |ב)?{_HE} ה?שבוע"), _this_week),
    (pattern(rf"השבוע (?:ביום |יום |ב){_HE}"), _this_week),
    (
        pattern(
            r"(?:on |this |next )(?P<w>sun|sat)|(?P<alone>sun|sat)(?=,? (?:at |@ ?)?\d|,? (?:morning|noon|afternoon|evening))"
            r"|во? (?P<ru>пн|вт|ср|чт|пт|сб|вс)"
        ),
        _short_weekday,
    ),
    (pattern(rf"{_IL}(?:ה)?יום {_HE}{_NEXT}"), _weekday),
    (pattern(rf"{_IL}(?:ימי|ימים) {_HE}"), _weekday),
    (pattern(rf"ב?ימים {_LETTER}"), _weekday),
    (pattern(rf"{_IL}יום {_LETTER}{_NEXT}"), _weekday),
    (pattern(rf"{_IL}{_HE} (?:הבא|הקרוב|הקרב)ה?"), _weekday),
    (pattern(r"ו?[בל](?P<w>שבת)(?: הבאה| הקרובה)?"), _weekday),
    (
        pattern(
            rf"(?:on |next |this |by |coming |this coming |во? |следующ\w+ |يوم |ليوم "
            rf"|بيوم )?{_FOREIGN}(?: الجاي| القادم)?"
        ),
        _weekday,
    ),
)
