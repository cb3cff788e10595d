"""The hours a text names: at, before, after, between, and how far from now."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from proli.knowledge.reading.time_scan import BLANK, Scan
from proli.knowledge.reading.time_words import COUNTS, HOURS, MINUTES, number, one_of, pattern

Relation = Literal["at", "between", "after", "before"]


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as written. `fixed` when it cannot mean the other half of the day."""

    hour: int
    minute: int
    fixed: bool
    spelt: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours named in a text; `until` only for between."""

    relation: Relation
    clock: Clock
    until: Clock | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from now; `within` when it is a limit."""

    delta: timedelta
    within: bool


_UNIT: Final = pattern(
    r"וחצי מיליון|(?:ב|ל|כ)?-?(?:חדרים?|מיליון|מליון|אלף|אלפים|מטר\w*|מ\"ר|ש\"?ח|שקל\w*|דקות|דקה|שעות|שעה|ימים"
    r"|יום|שבועות|חודשים?|לחודש|שנים"
    r"|קומות|קומה|איש|אנשים|נפשות|פעמים|ליטר|ס\"?מ|ק\"?מ|אחוז|כיווני|מזגנים|יחידות|מקומות|ילדים|דירות|חלונות|שקעים|מתוך"
    r"|minutes?|hours?|days?|weeks?|rooms?|people|nis|years?|shekels?|k|million|units?|floors?)"
)
_NOUN: Final = re.compile(r"[א-ת]{2,}(?:ימ|ות)(?![\w])")
_NOT_NOUN: Final = pattern(
    r"(?:ב|ל|אחרי |אחר )?ה?צהרי?ים|מתאים|פנויים|זמינים|אתם|לכם|בינתיים|להיות|לבוא|פחות|לפחות|לפנות|יכולים|יכולות"
    r"|נמצאים|חייבים|או\w*"
)
_MONEY: Final = pattern(r"ב?ה?תקציב\w*|מחיר|תקרה|שכ\"?ד|מיליון|מליון|אלף|₪|ש\"ח|שקל|משכנתא")
_ADDRESS: Final = re.compile(
    r"(?:קומה|קומת|דירה|בית|בנינ|בניינ|כניסה|מספר|מס'?|רחוב|רח'?|חדר|floor|apt|apartment)\s*-?\s*$"
)


def _clock(name: str) -> str:
    return (
        rf"(?:(?P<{name}to>{one_of(MINUTES)})\s+ל-?\s?)?(?P<{name}h>\d{{1,2}}|{one_of(HOURS)})"
        rf"(?:[:.](?P<{name}m>\d\d)(?!\d))?(?:\s+ו-?(?P<{name}plus>{one_of(MINUTES)}))?"
        rf"(?:\s?(?P<{name}ap>am|pm|a\.m|p\.m)\.?)?(?:\s?o'?clock)?(?![\d.,:/]\d)"
    )


_A: Final = _clock("a")
_B: Final = _clock("b")
_GAP: Final = r"[\s\x00]*"
_HOUR: Final = r"(?:ה?שעה |ה?שעות |ב?שעה |השעות |ה?-|ב-?)?\s?"
_UNABLE: Final = r"(?:לא (?:יכולה?|יכולים|אוכל|נוכל|פנויה?|נוח(?: לי| לנו)?|בבית|מגיע)|can't|not free)"
_RELATIONS: Final[tuple[tuple[Relation, re.Pattern[str]], ...]] = (
    ("between", pattern(rf"(?:ב?בין |between ){_HOUR}{_A}(?:{_GAP}(?:ל|עד|ו)-?\s?|\s?-\s?| and ){_HOUR}{_B}")),
    ("between", pattern(rf"(?:החל )?(?:מ-?\s?|from ){_HOUR}{_A}{_GAP}(?:עד|ל|-|to|until|till)-?\s?{_HOUR}{_B}")),
    ("after", pattern(rf"{_UNABLE} (?:לפני|before)-?\s?{_HOUR}{_A}")),
    ("before", pattern(rf"{_UNABLE} (?:אחרי|לאחר|after)-?\s?{_HOUR}{_A}")),
    ("before", pattern(rf"(?:לא יאוחר מ|לא אחרי|no later than|not after)-?\s?{_HOUR}{_A}")),
    ("after", pattern(rf"(?:לא (?:לפני|מוקדם מ)|not before)-?\s?{_HOUR}{_A}")),
    ("after", pattern(rf"ו?(?:אחרי|לאחר|after|past|החל מ|מ-?שעה|ה?חל משעה)-?\s?{_HOUR}{_A}(?: והלאה| ואילך)?")),
    ("after", pattern(rf"(?:מ-?\s?|from ){_HOUR}{_A}(?: והלאה| ואילך| onwards?)")),
    ("before", pattern(rf"ו?(?:עד|לפני|before|by|until|till)-?\s?{_HOUR}{_A}")),
    ("between", pattern(rf"(?:ב-?\s?)?(?:שעות |בשעות )?{_A}{_GAP}(?:-|עד| to )\s?{_B}")),
    ("at", pattern(rf"ו?(?:ב?סביבות |לקראת |סביב |בערך ב?-?|at |around |about )?(?:ב-? ?|[בל]שעה |שעה |ל-)?{_A}")),
)
_ENDS_IN_NAME: Final = re.compile(
    r"(?<!\w)(?!(?:אפשר|נגיד|אולי|כנ|או|עדיפ|רק|טוב|בסדר|סבבה|יאללה|אז|לא|maybe|ok|okay|or|say|yes) *$)"
    r"[\w'\"]*[^\W\d_] *$"
)
"""A word that may be a street's name stands right before the number: "ביאליק 3 מחר" is a house."""
_FROM: Final = pattern(rf"(?:מ-?\s?|from ){_HOUR}{_A}")
_CUED: Final = re.compile(r"ו?(?:בסביבות|סביבות|לקראת|סביב|בערכ|at |around|about|ב-? ?(?=\d)|[בל]?שעה)")
_IN: Final = re.compile(r"ו?ב-?")
_DURATION: Final = (
    rf"(?:(?P<half>חצי שעה|half an hour)|(?P<quarter>רבע שעה|15 minutes)|(?P<two>שעתיים)(?P<twohalf> וחצי)?"
    rf"|(?P<n>\d{{1,3}}|{one_of(COUNTS)}) (?P<unit>דקות|דקה|שעות|minutes?|hours?)|(?P<hour>שעה"
    rf"|an hour)(?P<hourhalf> וחצי)?)"
)
_OFFSET: Final = pattern(rf"(?P<how>ב?עוד|תוך|בתוך|within|in) (?:כ-?)?{_DURATION}")
_NEXT_HOUR: Final = pattern(r"בשעה הקרובה|בשעתיים הקרובות")
_AFTER_WORK: Final = pattern(r"אחרי ה?עבודה|after work")


def find_offset(scan: Scan) -> Offset | None:
    """How far from now the text says, taken from the scan."""
    if near := _NEXT_HOUR.search(scan.left):
        scan.take(near)
        return Offset(timedelta(hours=2 if "שעתיימ" in near[0] else 1), within=True)
    found = _OFFSET.search(scan.left)
    if found is None:
        return None
    scan.take(found)
    return Offset(timedelta(minutes=_minutes(found)), found["how"] in ("תוכ", "בתוכ", "within"))


def find_hours(scan: Scan, *, asked: bool, day: bool, part: bool) -> Hours | None:
    """The hours the text names, taken from the scan; `day` and `part` say that it also names those."""
    if work := _AFTER_WORK.search(scan.left):
        scan.take(work)
        return Hours("after", Clock(17, 0, fixed=True, spelt=True), None, *work.span())
    for relation, expression in _RELATIONS:
        for found in expression.finditer(scan.left):
            hours = _read(relation, found)
            if hours and _is_time(scan, found, relation, asked=asked, sure=day or part):
                scan.take(found)
                return hours
    if asked or day:
        found = _FROM.search(scan.left)
        hours = _read("after", found) if found else None
        if found and hours and not _is_counted(scan, found):
            scan.take(found)
            return hours
    return None


def _minutes(found: re.Match[str]) -> int:
    if found["half"] or found["quarter"]:
        return 30 if found["half"] else 15
    if found["two"] or found["hour"]:
        return (120 if found["two"] else 60) + (30 if found["twohalf"] or found["hourhalf"] else 0)
    count = number(found["n"], COUNTS)
    return count * (60 if found["unit"].startswith(("שע", "h")) else 1)


def _read(relation: Relation, found: re.Match[str]) -> Hours | None:
    clock = _read_clock(found, "a")
    until = _read_clock(found, "b") if relation == "between" else None
    if clock is None or (relation == "between" and until is None):
        return None
    return Hours(relation, clock, until, *found.span())


def _read_clock(found: re.Match[str], name: str) -> Clock | None:
    written = found[name + "h"]
    hour, minute = number(written, HOURS), int(found[name + "m"] or 0)
    if found[name + "plus"]:
        minute += MINUTES[found[name + "plus"]]
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if found[name + "to"]:
        hour, minute = (hour - 1) % 24, 60 - MINUTES[found[name + "to"]]
    half_day = found[name + "ap"]
    if half_day:
        hour = hour % 12 + (12 if half_day.startswith("p") else 0)
    fixed = bool(half_day) or hour > 12 or hour == 0 or (written.isdigit() and written.startswith("0"))
    return Clock(hour % 24, minute, fixed, spelt=bool(found[name + "m"]) or bool(half_day))


def _is_time(scan: Scan, found: re.Match[str], relation: Relation, *, asked: bool, sure: bool) -> bool:
    """Whether the number is an hour and not rooms, money, a floor or a house."""
    written_out = bool(found["am"] and ":" in found[0]) or bool(found["aap"])
    if _is_counted(scan, found) or (relation == "at" and _ADDRESS.search(scan.left[: found.start()])):
        return False
    if written_out or found["ato"] or (found["aplus"] and not found["ah"].isdigit()):
        return True
    if relation == "at":
        return _is_hour(scan, found, asked=asked, sure=sure)
    if relation == "between" and not re.match(r"ב?בינ|between", found[0]):
        return asked or sure or bool(found["am"])
    return asked or sure or not _MONEY.search(scan.folded)


def _is_hour(scan: Scan, found: re.Match[str], *, asked: bool, sure: bool) -> bool:
    if found["am"]:
        return asked or sure or bool(_CUED.match(found[0]))
    word = not found["ah"].isdigit()
    if _CUED.match(found[0]) or (word and _IN.match(found[0])):
        return asked or sure or not _MONEY.search(scan.folded)
    before, after = scan.left[: found.start()], scan.left[found.end() :]
    follows_day = before.rstrip(" ,-")[-1:] == BLANK
    precedes_day = after.lstrip(" ,-")[:1] == BLANK
    if sure and (follows_day or (precedes_day and (word or not _ENDS_IN_NAME.search(before)))):
        return True
    others = scan.gap(0, found.start()) + scan.gap(found.end(), len(scan.left))
    return asked and len(others.split()) <= 2


def _is_counted(scan: Scan, found: re.Match[str]) -> bool:
    """A unit or a plural noun follows, or money precedes."""
    rest = scan.left[found.end() :].lstrip(" -")
    if rest.startswith(("%", "₪")) or scan.left[: found.start()].rstrip().endswith("₪"):
        return True
    return bool(_UNIT.match(rest)) or (bool(_NOUN.match(rest)) and not _NOT_NOUN.match(rest))
