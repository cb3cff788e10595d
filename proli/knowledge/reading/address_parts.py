"""Floor, apartment and entrance in an address, in four languages, shortened, in letters, and corrected."""

import itertools
import re
from dataclasses import dataclass
from typing import Final

from proli.knowledge.reading.beside import ends
from proli.knowledge.reading.changed_mind import CHANGED
from proli.knowledge.reading.time_words import fold_source, pattern

BLANK: Final = "\x00"
Value = int | str

_LETTERS: Final = {letter: at for at, letter in enumerate("אבגדהוזחטי", 1)}
_FLOOR_WORDS: Final[dict[str, int]] = {
    "קרקע": 0, "כניסה": 0, "ראשונה": 1, "שניה": 2, "שנייה": 2, "שלישית": 3, "רביעית": 4, "חמישית": 5, "שישית": 6,
    "שביעית": 7, "שמינית": 8, "תשיעית": 9, "עשירית": 10, "ground": 0, "first": 1, "second": 2, "third": 3, "fourth": 4,
    "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "الارضي": 0, "ارضي": 0, "الاول": 1, "اول": 1,
    "الثاني": 2, "ثاني": 2, "التاني": 2, "تاني": 2, "التالت": 3, "تالت": 3, "الثالث": 3, "ثالث": 3, "الرابع": 4, "رابع": 4, "الخامس": 5, "خامس": 5, "السادس": 6,
    "السابع": 7, "الثامن": 8,
    **_LETTERS,
}  # fmt: skip
_RUSSIAN: Final = {
    "перв": 1, "втор": 2, "трет": 3, "четв": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10,
}  # fmt: skip
_HEBREW_ORDINALS: Final = "קרקע|כניסה|ראשונה|שני?יה|שלישית|רביעית|חמישית|שישית|שביעית|שמינית|תשיעית|עשירית"
_EN_ORDINALS: Final = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_AR_ORDINALS: Final = "ال?ارضي|ال?اول|ال?[تث]اني|ال?[تث]الت|ال?ثالث|ال?رابع|ال?خامس|السادس|السابع|الثامن"
_FLOORS: Final = (
    pattern(
        rf"[ובל]?ה?קומ(?:ה|ת)[\s:.-]*(?:מס(?:פר|')?\s)?(?P<v>-?\d{{1,2}}|{_HEBREW_ORDINALS}|[א-י](?=['\s,.;!?]|$))'?"
        r"|(?:fl|floor)\.?\s?#?(?P<f>-?\d{1,2})"
        rf"|(?P<en>\d{{1,2}})(?:st|nd|rd|th) ?(?:floor|fl)|(?P<ew>ground|{_EN_ORDINALS})[ -]floor"
        r"|(?:на )?(?P<r1>\d{1,2})(?:-?\s?(?:й|ый|ой|ий|м|ом|ем))? этаже?|этаже?\s?(?P<r2>\d{1,2})"
        r"|(?:на )?(?P<rw>(?:перв|втор|трет|четв|пят|шест|седьм|восьм|девят|десят)\w*) этаже?"
        rf"|(?:ال)?(?:طابق|دور)\s(?P<aw>{_AR_ORDINALS}|\d{{1,2}})"
    ),
    re.compile(r"(?<=[\dא-ד\x00])[\s,]+ק['.:-]?\s?(?P<v>-?\d{1,2})(?![\d:./\"'])(?!\s?מ)"),
    re.compile(r"(?<=[\d\x00])[\s,]+[ובל]?(?P<v>קרקע)(?!\w)"),
)
_UNITS_AFTER: Final = r"(?!\s*(?:חד|מטר|מ\"ר|rooms?|bed|מיליון|מליון|ח'|אלפ|комн|غرف|متر|شيكل|м|[,.]\d))"
_APARTMENTS: Final = (
    re.compile(
        fold_source(
            r"(?<![\w\"'])(?:[ובל]?(?:דירה|דירת|apt\.?|apartment|flat|unit)[\s:#.-]*(?:מס(?:פר|')?\s?|no\.? ?|number )?"
            r"(?P<v>\d{1,3}[א-ת]?)(?![\w\"'])"
            + _UNITS_AFTER
            + r"|(?:кв\.?|квартира|квартире|квартиры)\s?№?\s?(?P<r>\d{1,3})(?!\w)"
            + _UNITS_AFTER
            + r"|(?:ال)?شق[ةه]\s(?:رقم )?(?P<a>\d{1,3})(?!\w)"
            + _UNITS_AFTER
            + r")"
        )
    ),
    re.compile(r"(?<=[\dא-ד\x00])[\s,]+ד['.:-]?\s?(?P<v>\d{1,3})(?![\d:./\"'])" + _UNITS_AFTER),
    re.compile(r"(?<=[\d\x00])[\s,]+#\s?(?P<v>\d{1,3})(?!\d)"),
)
_ENTRANCES: Final = (
    pattern(r"[ובל]?(?:כניסה|כנ'|entrance|подъезд|вход|مدخل)[\s:.-]*(?P<v>[א-ת](?!\w)|\d{1,2}|[a-dа-г](?!\w))'?"),
)
_TABLE: Final = {"floor": _FLOORS, "apartment": _APARTMENTS, "entrance": _ENTRANCES}
_NEGATED: Final = re.compile(r"(?<!\w)(?:ו?לא|not|не|مش)\s+$")
_CORRECTION: Final = pattern(
    rf"{CHANGED}|סליחה|סורי|טעות|טעיתי|תיקון|התכוונתי|כלומר|רגע|אופס|sorry|i mean|i meant|actually|oops|correction|точнее|вернее|ошиб\w+|قصدي|عفوا|اسف"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What was said; `left` is the folded text with blanks in place of it."""

    floor: int | None
    apartment: Value | None
    entrance: str | None
    left: str

    def __bool__(self) -> bool:
        return any(value is not None for value in (self.floor, self.apartment, self.entrance))


def read_parts(folded: str) -> Parts:
    """Floor, apartment and entrance; a value that is denied does not count, a corrected one is replaced."""
    left, values = folded, dict[str, str | None]()
    for name, expressions in _TABLE.items():
        said: list[tuple[int, str]] = []
        for expression in expressions:
            for found in expression.finditer(left):
                value = next(one for one in found.groups() if one is not None)
                denied = ends(_NEGATED, left, found.start())
                if not denied:
                    said.append((found.start(), value))
                start = denied.start() if denied else found.start()
                left = blank(left, start, found.end())
        values[name] = _settled(folded, sorted(said))
    floor, apartment = values["floor"], values["apartment"]
    return Parts(
        _floor(floor) if floor else None,
        as_number(apartment) if apartment else None,
        values["entrance"],
        left,
    )


def blank(text: str, start: int, end: int) -> str:
    """The text with blanks from start to end."""
    return text[:start] + BLANK * (end - start) + text[end:]


def as_number(said: str) -> Value:
    """Digits as an int, "12א" as it is."""
    return int(said) if said.lstrip("-").isdecimal() else said


def corrects(text: str) -> bool:
    """A word of correction stands in the folded text."""
    return bool(_CORRECTION.search(text))


def _settled(folded: str, said: list[tuple[int, str]]) -> str | None:
    """The first value, or the one after the last word of correction."""
    if not said:
        return None
    value = said[0][1]
    for (before, _), (at, later) in itertools.pairwise(said):
        if corrects(folded[before:at]) or corrects(folded[at : at + 40]):
            value = later
    return value


def _floor(said: str) -> int | None:
    if said.lstrip("-").isdecimal():
        return int(said)
    words = {fold_source(word): floor for word, floor in _FLOOR_WORDS.items()}
    return words.get(said, next((floor for stem, floor in _RUSSIAN.items() if said.startswith(stem)), None))
