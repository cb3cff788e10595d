"""How many rooms a text names, in halves, with their bounds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from proli.knowledge.reading.amounts import to_number
from proli.knowledge.reading.beside import before
from proli.knowledge.reading.bounds import Bound, bound_after, bound_before

_N: Final = r"(?:\d{1,2}(?:\.\d)?|\.5)"
_HALF: Final = r"(?:\s?ו-?\s?חצי|\s?\+\s?חצי|½|\sוחצי| and a half| с половиной)"


def _num(name: str) -> str:
    return rf"(?P<{name}>{_N})(?P<{name}h>{_HALF})?"


_NOUN: Final = (
    r"(?:ה?חדרימ|ה?חדרינ|ה?חדר[יא]?מ?|חידרימ|חדירימ|חדדרימ|חדרמ|חדימ|חד'|חד|חדר'|ח'|ח|rooms?|rm|rms|r"
    r"|комнат\w*|комн\.?|غرف\w*|غرفه|اوض)"
)
_BEDROOM: Final = r"(?:חדרי שינה|ח\"ש|bed-?\s?rooms?|bed-?rooms?|beds?|bdrms?|bdr|brs?|bd|спальн\w*|غرف نوم)"
_OTHER_ROOM: Final = r"(?! ?(?:שינה|רחצה|שירותימ|אמבטי|מקלחת|מקלחות|ילדימ|ארונות|עבודה|מדרגות|(?:bath|шower)))"
_JOIN: Final = r"\s?(?:-|/|,\s?|עד|ועד|או|או אפילו|ל-?|ו-?|to|or|and|till|до|или|او|أو|-ל-?)\s?-?\s?"
_BETWEEN: Final = r"(?:בינ|מ-?|between|from|от)\s?-?\s?"
_UNIT: Final = rf"(?:\s?-?х?\s?(?P<noun>{_NOUN}(?![\w'\"]){_OTHER_ROOM})|\s?-?\s?(?P<bed>{_BEDROOM}(?!\w)))"
_PATTERN: Final = re.compile(
    rf"(?<![\d.:/a-z'])(?:(?P<between>{_BETWEEN})?(?:{_num('a')}(?:\s?(?:{_NOUN})(?!\w))?(?:{_JOIN}"
    rf"|(?<=\.5)\s|\s(?=\d\.5))"
    rf"(?:גמ )?)?{_num('b')}{_UNIT}(?P<tail>{_HALF})?)"
)
_LATER: Final = re.compile(
    rf"\s?(?:או אפילו|או|עד|ועד|,? ?ו?מקסימומ|ו?גג|or|to|или|до)\s?-?(?P<n>{_N})(?P<h>{_HALF})?(?!\s?(?:מ"
    rf"|[\d.,]|אלפ|k|₪|ש\"))"
)
_BARE: Final = re.compile(
    rf"(?<![\d.,:/])(?:(?P<between>{_BETWEEN})?{_num('a')}(?:{_JOIN}|\s)(?:גמ )?)?{_num('b')}(?![\d:/]"
    rf"|\s?(?:ילד|נפש|אנש|שנ|דקות|כלב|חתול|חודש|שותפ|בנ(?!\w)|kids|people|מטר|מ\"ר|אלפ|מיליונ|₪|ש\"ח|k|קומ))"
)
_DIRAT: Final = re.compile(
    rf"(?<!\w)[בהלומ]?(?:דירת|דירות)[\s-]{_num('b')}(?!\w|[.,:/]\d|\s?(?:נפש|מטר|מ\"ר|מיליונ|אלפ|קומ|שותפ"
    rf"|ש\"ח|₪|דקות|כיוונ))"
)
_LABELLED: Final = re.compile(
    rf"(?<![\w'\"])(?<!\d )(?:מספר |מס' ?|כמות )?(?:חדרימ|rooms|комнат)\s?[:=-]?\s?"
    rf"(?:{_num('a')}{_JOIN})?{_num('b')}(?![\d.,]\d|\d|\s?{_NOUN}(?!\w))"
)
_NAMED: Final = (
    (re.compile(r"(?<!\w)חדר ו?חצי(?!\w)"), 1.5),
    (re.compile(r"(?<!\w)(?:דירת |דירה |ב?דירה של )חדר(?: אחד)?(?! (?:שינה|ו?חצי|ב))(?!\w)"), 1.0),
    (re.compile(r"(?<!\w)однокомнатн\w*|(?<!\w)(?:одн)(?:а|у) комнат\w*"), 1.0),
    (re.compile(r"(?<!\w)двух-?комнатн\w*|(?<!\w)две комнаты|(?<!\w)двушк\w*"), 2.0),
    (re.compile(r"(?<!\w)тр[её]х-?комнатн\w*|(?<!\w)три комнаты|(?<!\w)тр[её]шк\w*"), 3.0),
    (re.compile(r"(?<!\w)четыр[её]х-?комнатн\w*|(?<!\w)четыре комнаты"), 4.0),
    (re.compile(r"(?<!\w)пяти-?комнатн\w*|(?<!\w)пять комнат"), 5.0),
    (re.compile(r"(?<!\w)غرفتين"), 2.0),
    (re.compile(r"(?<!\w)ثلاث(?:ة)? غرف"), 3.0),
    (re.compile(r"(?<!\w)[اأ]ربعة? غرف"), 4.0),
    (re.compile(r"(?<!\w)خمسة? غرف"), 5.0),
)
_RUSSIAN: Final = tuple(
    (re.compile(rf"(?<!\w)(?:{words})(?!\w)"), value)
    for words, value in (
        ("одн[ауо]й?", 1),
        ("две|двух", 2),
        ("три|тр[её]х", 3),
        ("четыре|четыр[её]х", 4),
        ("пять|пяти", 5),
    )
)
_SALON: Final = re.compile(r"^\s?(?:\+|ו-?|פלוס |plus |and a? ?)\s?(?:סלונ|living ?room|salon)|^$(?!)")
_REFUSED: Final = re.compile(r"(?:(?<!\w)(?:לא|ולא|לא רוצ\w+|not|не)\s)$")
_REFUSED_AFTER: Final = re.compile(
    r"\s?(?:זה )?(?:קטנ|קטנה|קטנ מדי|לא מספיק|לא מתאימ|לא יספיק|גדול מדי|צפופ|is too small|too small|is not enough)(?!\w)"
)
_LEAVING: Final = (
    rf"(?<!\w)(?:עובר\w*|לעבור|עברנו|משדרג\w*|לשדרג|upgrad\w+|moving)\s(?:דירה )?(?:מ-?"
    rf"|from )\s?(?:דירת )?{_N}(?:{_HALF})?"
    rf"(?:\s?{_NOUN})?\s?"
)
_MOVED: Final = re.compile(rf"{_LEAVING}(?=ל|to)")
_MOVING: Final = re.compile(
    rf"{_LEAVING}(?:ל|to )-?\s?(?:דירת )?(?P<n>{_N})(?P<h>{_HALF})?(?![\d.,])(?!\s?{_NOUN}(?!\w))"
)
_MOST_ROOMS: Final = 15
_BOUNDS: Final[Mapping[Bound | None, tuple[float | None, float | None]]] = {
    None: (0, 0),
    Bound.most: (None, 0),
    Bound.below: (None, -0.5),
    Bound.least: (0, None),
    Bound.above: (0.5, None),
}
"""What is added to a number for the least and the most that are meant."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """Bounds in halves of a room; None where there is none. `start` and `end` are offsets in the text read."""

    least: float | None
    most: float | None
    start: int
    end: int


def find_rooms(text: str, *, asked: bool) -> list[Rooms]:
    """The rooms that the folded text names, in order; with `asked`, those of bare numbers too when no others are."""
    moved = [
        rooms for match in _MOVING.finditer(text)
        if (rooms := _single(text, to_number(match["n"]) + (0.5 if match["h"] else 0), *match.span()))
    ]  # fmt: skip
    text = _MOVED.sub(lambda found: " " * len(found[0]), text)
    found = moved + [rooms for match in _PATTERN.finditer(text) if (rooms := _read(text, match))]
    found += [
        rooms for match in _DIRAT.finditer(text)
        if not _overlaps(found, match) and (rooms := _single(text, _value(match, "b"), *match.span()))
    ]  # fmt: skip
    found += [
        rooms for match in _LABELLED.finditer(text) if not _overlaps(found, match) and (rooms := _read(text, match))
    ]
    for expression, value in _NAMED:
        found += [
            Rooms(value, value, *match.span()) for match in expression.finditer(text) if not _overlaps(found, match)
        ]
    if not found and asked:
        text = _in_digits(text)
        found = [rooms for match in _BARE.finditer(text) if (rooms := _read(text, match))]
    return sorted(found, key=lambda rooms: rooms.start)


def _in_digits(text: str) -> str:
    """ "двух или трёх" in digits."""
    for expression, value in _RUSSIAN:
        text = expression.sub(str(value), text)
    return text


def _overlaps(found: list[Rooms], match: re.Match[str]) -> bool:
    return any(rooms.start < match.end() and match.start() < rooms.end for rooms in found)


def _value(match: re.Match[str], name: str) -> float:
    return to_number(match[name]) + (0.5 if match[name + "h"] else 0)


def _read(text: str, match: re.Match[str]) -> Rooms | None:
    groups = match.groupdict()
    high = _value(match, "b") + (0.5 if groups.get("tail") else 0)
    low = _value(match, "a") if match["a"] else None
    start, end = match.span()
    extra = 1 if groups.get("bed") or _SALON.match(text[end : end + 14]) else 0
    if low is not None and not (_is_count(low) and 0 < high - low <= 5):
        low, start = None, match.start("b")
    if low is None and not groups.get("bed") and (later := _LATER.match(text, end)):
        more = to_number(later["n"]) + (0.5 if later["h"] else 0)
        if 0 < more - high <= 2:
            low, high, end = high, more, later.end()
    if _REFUSED.search(before(text, start)) or _REFUSED_AFTER.match(text, end):
        return None
    if low is not None:
        return Rooms(low + extra, high + extra, start, end) if _is_count(low) and _is_count(high) else None
    return _single(text, high + extra, match.start("b"), end)


def _single(text: str, value: float, start: int, end: int) -> Rooms | None:
    if not _is_count(value):
        return None
    bound = (bound_after(text, end) or (bound_before(text, start),))[0]
    least, most = _BOUNDS[bound]
    return Rooms(None if least is None else value + least, None if most is None else value + most, start, end)


def _is_count(value: float) -> bool:
    return 0 < value <= _MOST_ROOMS and value * 2 == int(value * 2)
