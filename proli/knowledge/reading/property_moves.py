"""When somebody wants to move in: a date, a month ("2027-02") or "immediate"."""

import re
from datetime import date, timedelta
from typing import Final

from proli.knowledge.reading.beside import before
from proli.knowledge.reading.time_words import COUNTS, MONTHS, folded, one_of, pattern

_MONTHS: Final = MONTHS | folded(
    {"פבואר": 2, "פברור": 2, "אפרל": 4, "אוגסט": 8, "נובבמבר": 11, "января": 1, "январь": 1, "январе": 1, "февраля": 2}
    | {"феврале": 2, "февраль": 2, "марта": 3, "марте": 3, "март": 3, "апреля": 4, "апреле": 4, "апрель": 4, "мая": 5}
    | {"мае": 5, "июня": 6, "июне": 6, "июля": 7, "июле": 7, "августа": 8, "августе": 8, "сентября": 9, "сентябре": 9}
    | {"октября": 10, "октябре": 10, "ноября": 11, "ноябре": 11, "декабря": 12, "декабре": 12}
)
_CUE: Final = pattern(
    r"ו?[ב]?ה?כניסה|ו?להיכנס|ו?להכנס|ניכנס|נכנס\w*|ו?לעבור|ו?עובר\w*|נעבור|ה?חוזה \S*|ה?חוזה|אכלוס|ה?מסירה"
    r"|ה?חל מ?-?|החל|ה?סאבלט|סבלט|סאבלט \w+"
    r"|פינוי|ו?פנוי\w*|תתפנה|מתפנ\w*|ו?צריכ\w* להתפנות|לפנות את|להתפנות|לתאריך"
    r"|move|moving|move-?in|entry|available|vacant|lease (?:ends?|is up)|contract (?:ends?|is up)|starting"
    r"|въехать|заехать|въезд|заезд|освобод\w*|заселение|الدخول|السكن|دخول"
)
_NOW: Final = pattern(
    r"[ב]?(?:כניסה|פינוי|אכלוס)(?: ל?דירה)? (?:\w+ )?(?:היא )?(?:מי?ידית?|מיד(?:ית|י)?|מייד|עכשיו)"
    r"|(?:מי?ידי|מיי?דית?) (?:לכניסה|לגמרי)|פנוי\w* (?:מי?ידית?|מיד|עכשיו|כבר)|להיכנס (?:כבר )?(?:עכשיו|מיד|מייד"
    r"|היום|כמה שיותר מהר)"
    r"|לעבור (?:מיד|מייד|עכשיו|כמה שיותר מהר)|מי?ידי|מיידית|מידית|immediate(?:ly)?(?: entry)?"
    r"|move in (?:now|asap|right away|as soon as possible)|available now|вселение сразу|сразу|немедленно|فوري|فورا"
    r"|حالا"
)
_SOON: Final = pattern(
    r"מי?יד\w*|מ?עכשיו|מה?יום|מהרגע|אתמול|כמה שיותר מהר|ב?הקדם(?: האפשרי)?|asap|now|right away"
    r"|as soon as possible|היום|דחוף"
    r"|срочно|сейчас|هلا|الان"
)
_VISIT: Final = pattern(
    r"לראות|פגיש\w*|סיור\w*|לבוא|ביקור\w*|להיפגש|להפגש|נפגש|נראה|תתקשר\w*|מתי אפשר|viewing|visit|see it"
    r"|meet|call|посмотреть|показ"
)
_MONTH: Final = re.compile(
    rf"(?<!\w)(?P<of>ו?(?:[מבלה]|מה|לה|סוף|בסוף|מסוף|תחילת|מתחילת|בתחילת|אמצע"
    rf"|באמצע)?-?\s?)?(?:חודש )?(?:(?P<day>\d{{1,2}}|ראשונ|אחד|ب?[أا]ول|first)(?:st|nd|rd|th)?\s?(?:ב|ל|of )?-?\s?)?"
    rf"(?P<month>{one_of(_MONTHS)})(?:\s(?:the )?(?P<later>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?(?![\d:./]))?(?!\w)(?:\s?-?(?P<year>20\d\d))?"
)
_DATE: Final = re.compile(
    r"(?<![\d.,/])(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>(?:20)?\d\d))?(?![\d/]|\.\d"
    r"|\s?(?:חד|ח(?!\w)|מיל|מ'|אלפ|m|k|room|br|₪|ש))"
)
_SINCE_DATE: Final = re.compile(
    r"(?<!\w)מ-?(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>(?:20)?\d\d))?(?![\d/]|\.\d|\s?(?:מיל|אלפ|חד))"
)
"""The day itself, beside which a month is only told why."""
_TERM: Final = re.compile(
    r"(?<![\d.,/])\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\s?(?:עד|-|ועד|to|until|till"
    r"|до)\s?(?:ה-?)?\d{1,2}[./]\d{1,2}(?![\d])"
)
"""From a date to a date, the term of a sublet; the first is that of moving in."""
_IN: Final = pattern(
    rf"(?:ב?עוד|תוך|בתוך|in|within|через)(?: כ-?)? ?(?P<half>חצי שנה|half a year|полгода)|(?:ב?עוד|תוך|בתוך"
    rf"|in|within|через)(?: כ-?| about)? ?"
    rf"(?:(?P<n>\d{{1,2}}|{one_of(COUNTS)})(?:-\d)? ?(?P<unit>חודשים|חודש|שבועות|שבוע|שנים|ימים|months?"
    rf"|weeks?|месяц\w*|недел\w*)|(?P<one>חודשיים|חודש|שבועיים|שבוע|שנה|месяц|неделю)(?P<and> וחצי)?)"
)
_THIS: Final = pattern(
    r"(?:ל|מ|ב)?(?:סוף|אמצע) ה?חודש(?: הזה)?|(?:the )?end of (?:the|this) month|عاخر الشهر|конц\w месяца"
)
_NEXT: Final = pattern(
    r"(?:ל|מ|ב|מה|בה)?(?:(?:תחילת|סוף|אמצע|תחילה של) )?ה?חודש (?:הבא|הקרוב)|next month|следующ\w+ месяц\w*"
    r"|الشهر القادم|الشهر الجاي"
)
_FIRST: Final = pattern(
    r"[מבלה]*-?(?:1|ראשון|אחד) (?:לחודש|בחודש)(?: הבא| הקרוב)?|(?:the )?(?:1st|first) of (?:the|next) month"
)
_DAY_OF_MONTH: Final = pattern(r"[מבלה]*-?(?P<day>\d{1,2}) [לב]חודש(?P<next> הבא)?|the (?P<nth>\d{1,2})(?:st|nd|rd|th)")
_MONTH_NUMBER: Final = pattern(
    r"[مبل]?ن? ?(?:(?P<first>[اأ]ول) )?شهر (?P<month>\d{1,2})|(?P<day>\d{1,2}|ראשון) ל?חודש (?P<second>\d{1,2})"
)
_YEAR_END: Final = pattern(r"(?:ב|ל|עד )?סוף ה?שנה(?: הזו| הזאת)?|end of the year")


def find_move(text: str, *, now: date, asked: bool) -> str | None:
    """The time of moving in that the folded clause names; without `asked` only beside words of moving."""
    cued = asked or bool(_CUE.search(text)) or bool(_TERM.search(text))
    if _VISIT.search(text) and not _CUE.search(text):
        return None
    if _NOW.search(text) or (cued and _SOON.search(text) and not re.search(r"לא (?:דחופ|מיד|מייד|עכשיו)", text)):
        return "immediate"
    return _of_month(text, now, cued=cued) or (_relative(text, now) if cued else None)


def _of_month(text: str, now: date, *, cued: bool) -> str | None:
    if (since := _SINCE_DATE.search(text)) and _MONTH.search(text) and cued:
        return _written(int(since["year"] or 0), int(since["month"]), int(since["day"]), now)
    for found in _MONTH.finditer(text):
        if found["month"] == "may" and not cued:
            continue
        if (
            cued
            or (found["of"] or "").strip(" -")
            or re.search(r"(?:from|since|starting|by|с|in|for|החל מ|לקראת)\s?-?$", before(text, found.start()))
        ):
            day = 1 if found["day"] and not found["day"].isdigit() else int(found["day"] or found["later"] or 0)
            return _written(int(found["year"] or 0), _MONTHS[found["month"]], day, now)
    cues = [cue.end() for cue in _CUE.finditer(text)]
    for start in [*reversed(cues), 0] if cued else []:
        if found := _DATE.search(text, start):
            return _written(int(found["year"] or 0), int(found["month"]), int(found["day"]), now)
    return None


def _written(year: int, month: int, day: int, now: date) -> str | None:
    """The next such month, or the next such day."""
    if not 1 <= month <= 12 or day > 31:
        return None
    year = year + 2000 if 0 < year < 100 else year
    if not year:
        year = now.year + ((month, day or 31) < (now.month, now.day))
    if not day:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _relative(text: str, now: date) -> str | None:
    if found := _IN.search(text):
        return _after(found, now)
    if (found := _DAY_OF_MONTH.search(text)) and (on := int(found["day"] or found["nth"])) > 1:
        month = _months_on(now, 1 if found["next"] or on < now.day else 0)
        return f"{month}-{on:02}" if on <= 28 else _written(int(month[:4]), int(month[5:]), on, now)
    if _FIRST.search(text):
        first = _months_on(now, 1) + "-01"
        return now.isoformat() if now.day == 1 else first
    if found := _MONTH_NUMBER.search(text):
        day = 1 if found["first"] else int(found["day"]) if (found["day"] or "").isdigit() else 0
        return _written(0, int(found["month"] or found["second"]), day, now)
    if _NEXT.search(text):
        return _months_on(now, 1)
    if _THIS.search(text):
        return _months_on(now, 0)
    return f"{now.year:04}-12" if _YEAR_END.search(text) else None


def _after(found: re.Match[str], now: date) -> str:
    if found["half"]:
        return _months_on(now, 6)
    unit = found["unit"] or found["one"]
    count = (
        (int(found["n"]) if found["n"].isdigit() else COUNTS[found["n"]])
        if found["n"]
        else 2
        if unit in ("חודשיימ", "שבועיימ")
        else 1
    )
    if unit.startswith(("שבוע", "week", "недел")):
        return (now + timedelta(weeks=count)).isoformat()
    if unit.startswith("ימ"):
        return (now + timedelta(days=count)).isoformat()
    return _months_on(now, count * (12 if unit.startswith("שנ") else 1))


def _months_on(now: date, months: int) -> str:
    index = now.year * 12 + now.month - 1 + months
    return f"{index // 12:04}-{index % 12 + 1:02}"
