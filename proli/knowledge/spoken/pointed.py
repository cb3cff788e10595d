"""The letters of a Hebrew word with their points, as the sounds need them."""

import re
from dataclasses import dataclass
from typing import Final

SHVA: Final = "\u05b0"
HIRIK: Final = "\u05b4"
TSERE: Final = "\u05b5"
SEGOL: Final = "\u05b6"
PATAH: Final = "\u05b7"
KAMATS: Final = "\u05b8"
HATAF_PATAH: Final = "\u05b2"
HATAF_KAMATS: Final = "\u05b3"
HOLAM: Final = "\u05b9"
DAGESH: Final = "\u05bc"
VOWELS: Final = {
    "\u05b1": "e", HATAF_PATAH: "a", HATAF_KAMATS: "o", HIRIK: "i", TSERE: "e", SEGOL: "e",
    PATAH: "a", KAMATS: "a", HOLAM: "o", "\u05ba": "o", "\u05bb": "u", "\u05c7": "o",
}  # fmt: skip
_SIN: Final = "\u05c2"
_LETTER: Final = re.compile(r"([א-ת])([\u05b0-\u05bc\u05bf\u05c1\u05c2\u05c7]{0,5})(['׳]?)")
_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
_POINTS: Final = re.compile(r"[\u05b0-\u05bd\u05bf\u05c1\u05c2\u05c7]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, without its final form; `point` is its vowel or shva, empty where it has none."""

    base: str
    point: str
    dagesh: bool
    sin: bool
    geresh: bool

    @property
    def vowel(self) -> str:
        return VOWELS.get(self.point, "")

    @property
    def is_bare(self) -> bool:
        """It closes nothing and opens nothing: no point, and no dagesh that doubles it."""
        return self.point in ("", SHVA) and not self.dagesh


def letters_of(word: str) -> list[Letter]:
    """The letters of a word with points; whatever else stands in it is left out."""
    return [_letter(*found.groups()) for found in _LETTER.finditer(word)]


def without_points(word: str) -> str:
    """The word as it is typed."""
    return _POINTS.sub("", word)


def _letter(base: str, marks: str, geresh: str) -> Letter:
    point = next((mark for mark in marks if mark in VOWELS or mark == SHVA), "")
    return Letter(base.translate(_FINALS), point, DAGESH in marks, _SIN in marks, bool(geresh))
