"""Messages typed with the keyboard in the wrong language, by a conservative test over common words."""

import csv
import re
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from proli.knowledge.reading.lexicon import read_table, read_words, word_set
from proli.knowledge.reading.phrases import stems
from proli.knowledge.text import fold, skeleton, tokens

_LATIN: Final = "ertyuiopasdfghjkl;zxcvbnm,."
_HEBREW: Final = "קראטוןםפשדגכעיחלךףזסבהנמצתץ"
_TO_HEBREW: Final = str.maketrans(_LATIN + "'w/q", _HEBREW + ",'./")
_TO_LATIN: Final = str.maketrans(_HEBREW, _LATIN)
_ENGLISH_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_TYPED_HEBREW: Final = re.compile(r"[A-Za-z;,.'/\d\s\-?!:()\"]+")
_TYPED_LATIN: Final = re.compile(r"[א-ת\d\s\-?!:().,'/\"]+")
_FINAL_INSIDE: Final = re.compile(r"[ךםןץ](?=[א-ת])")
_SINGLE: Final = ("a", "i", "im")
_ANSWERS: Final = ("fi", "kt")
"""כן and לא, too short to be told otherwise."""
_LONGEST: Final = 400


@lru_cache(maxsize=512)
def as_meant(text: str) -> str:
    """The text on the keyboard layout that its writer meant: "tbh mrhl" is "אני צריך", "יקךךם" is "hello".

    Only a text that is wholly in letters of one layout and reads as common words of the other is changed.
    """
    return hebrew_meant(text) or english_meant(text) or text


def hebrew_meant(text: str) -> str | None:
    """The Hebrew that an all-Latin text spells on the Hebrew layout; None unless it surely was meant."""
    if len(text) > _LONGEST or not _TYPED_HEBREW.fullmatch(text):
        return None
    lowered = text.lower()
    if "http" in lowered or any(word in _english() for word in _ENGLISH_WORD.findall(lowered)):
        return None
    meant = lowered.rstrip(". ").translate(_TO_HEBREW)
    words = re.findall(r"[א-ת]{2,}", meant)
    if not words or any(_FINAL_INSIDE.search(word) for word in words):
        return None
    known = sum(_is_hebrew(word) for word in words)
    letters = sum(map(len, words))
    if lowered.strip(" .!") in _ANSWERS:
        return meant
    return meant if known * 2 >= len(words) and letters >= 4 and (known > 1 or len(words) < 3) else None


def english_meant(text: str) -> str | None:
    """The English that an all-Hebrew text spells on the Latin layout; None unless every word is a common one."""
    if len(text) > _LONGEST or not _TYPED_LATIN.fullmatch(text):
        return None
    typed = re.findall(r"[א-ת,'./]*[א-ת][א-ת,'./]*", text)
    if not typed or any(_is_hebrew(word) for word in typed if len(word) > 1):
        return None
    meant = text.replace("'", "w").replace("/", "q").translate(_TO_LATIN)
    words = _ENGLISH_WORD.findall(meant)
    known = [word for word in words if word in _english() or word in _SINGLE]
    strange = any(_FINAL_INSIDE.search(word) for word in typed)
    if sum(map(len, known)) < 3 or (len(known) < len(words) if not strange else len(known) * 3 < len(words) * 2):
        return None
    return meant


@cache
def _english() -> frozenset[str]:
    return frozenset(str(read_table("keyboard.yaml")["english"]).split()) - set(_SINGLE)


@cache
def _hebrew() -> frozenset[str]:
    listed = word_set(str(read_table("keyboard.yaml")["hebrew"])) | read_words("given_names.txt")
    return listed | {skeleton(token.text) for name in _places() for token in tokens(name) if len(token.text) > 2}


def _places() -> list[str]:
    table = (resources.files("proli.knowledge") / "data" / "localities.csv").read_text(encoding="utf-8")
    return [row["name"] for row in csv.DictReader(table.splitlines())]


def _is_hebrew(word: str) -> bool:
    folded = skeleton(fold(word))
    return any(stem in _hebrew() for _, stem in stems(folded, shortest=3))
