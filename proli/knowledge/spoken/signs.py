"""What is on a screen for the eyes only: marks of direction, emoji, bullets, links. What can be said of it is."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from proli.knowledge.text import TOP_DOMAINS, normalise, without_marks

Match = re.Match[str]
Rule = tuple[re.Pattern[str], Callable[[Match], str]]
"""What is written so, and how it is said."""

_TOPS: Final = "|".join(sorted(TOP_DOMAINS))
_HOST: Final = rf"[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,3}}\.(?:{_TOPS})"
LINK: Final = re.compile(
    rf"(?:https?://|www\.)\S{{0,2047}}[^\s.,;:!?)]|(?<![\w@.-]){_HOST}(?:/(?:\S{{0,2047}}[^\s.,;:!?)])?)?(?![\w@])"
)
MAIL: Final = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
SIGNS: Final[tuple[Rule, ...]] = (
    (re.compile(r"[()\[\]{}|•·…]| - "), lambda _: ", "),
    (re.compile(r"[\"#*_~<>=\\^]"), lambda _: ""),
)
"""Brackets and bars are pauses, other signs are silent: the last rules of each language."""
_PICTURES: Final = frozenset({"So", "Sk", "Co", "Cn", "Cs", "Cf", "Me"})
_STANDING: Final = frozenset("°^`׳״")
_BULLET: Final = re.compile(r"(?m)^[ \t]*(?:[-–•*·▪●]|\d{1,2}[.)])[ \t]+")
_MARKUP: Final = re.compile(r"(?<!\w)[*_~]{1,3}(?=\S)|(?<=\S)[*_~]{1,3}(?!\w)")
_STAR_NUMBER: Final = re.compile(r"\*(?=\d{3,5}(?!\d))")
_AFTER: Final = re.compile(r"\s+([,.!?;:])")
_MARKS: Final = re.compile(r"[,;:.]+(?=[,.!?])|(?<=[.!?])[,;:]+")
_STAR: Final = "\ue000"


@lru_cache(maxsize=256)
def for_the_ear(text: str) -> str:
    """The text without what nobody says, each line a sentence; its quotes and hyphens in one spelling."""
    seen = _STAR_NUMBER.sub(_STAR, without_marks(text))
    seen = _MARKUP.sub("", _BULLET.sub("", seen))
    kept = "".join(sign if not _is_picture(sign) else "*" if sign == _STAR else " " for sign in seen)
    lines = [normalise(line) for line in kept.split("\n")]
    return " ".join(_ended(line) for line in lines if any(map(str.isalnum, line)))


def tidy(said: str) -> str:
    """The said text with single spaces and one sign between its parts."""
    plain = _AFTER.sub(r"\1", " ".join(said.split()))
    return _MARKS.sub("", plain).strip(" ,;-")


def _ended(line: str) -> str:
    return line if line.endswith((".", "!", "?", ":", ",")) else line + "."


def _is_picture(sign: str) -> bool:
    return sign == _STAR or (unicodedata.category(sign) in _PICTURES and sign not in _STANDING)
