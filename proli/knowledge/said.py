"""What a person can have said: the text that is read of the text that came.

Nobody means the hundredth dash, the same words forty times over, a number of sixty digits or the ten thousandth letter.
Readers take the time of their text, so this is what bounds them; what is stored and shown stays whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Final

LONGEST: Final = 800
"""Letters of a message or a burst that are read: people's longest bursts have 400, a minute of speech has 700."""
OLD: Final = timedelta(hours=24)
"""What was written so long ago is asked about, and not acted on: it may hold no more."""
_MOST_LOOKED_AT: Final = 100 * LONGEST
_MOST_COMPARED: Final = 8 * LONGEST
_FEW: Final = 3
_BLANKS: Final = re.compile(r"\s{3,}")
_MARKS: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]{4})"
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]+"
)
_ONE_SIGN: Final = re.compile(r"([^\d\s])\1{5,}")
_DIGITS: Final = re.compile(r"\d{30,}")
_AGAIN: Final = re.compile(r"((?=\D)[^\n]{2,30}?)\1{3,}", re.DOTALL)
_LEAST_AGAIN: Final = 24


@lru_cache(maxsize=64)
def as_said(text: str, most: int = LONGEST) -> str:
    """The text as it is read: as it is when a person can have meant all of it.

    A sign or a phrase repeated without end is there a few times, numbers that count nothing are gone, and of what is
    longer than anybody writes the beginning and the end are left.
    """
    if len(text) <= _FEW:
        return text
    text = _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", _cut(text, _MOST_LOOKED_AT))
    text = _DIGITS.sub(" ", _ONE_SIGN.sub(r"\1\1\1", _MARKS.sub(r"\1", text)))
    text = _cut(_AGAIN.sub(_twice, _cut(text, _MOST_COMPARED)), most)
    spelt = unicodedata.normalize("NFKC", text)
    return _cut(spelt, most) if len(spelt) > 2 * len(text) else text


def burst_as_said(texts: Iterable[str]) -> list[str]:
    """Each of the messages of a burst as it is read, in order; of a burst that is too long the first and the last."""
    said = [as_said(text) for text in texts]
    if sum(map(len, said)) <= LONGEST:
        return said
    room = LONGEST
    kept = [""] * len(said)
    for at in _from_both_ends(len(said)):
        kept[at] = _cut(said[at], room)
        room -= len(kept[at])
    return kept


def recently_said(texts: Sequence[str]) -> str:
    """The messages as they are read, a line each, without the oldest that are too much to be compared with."""
    kept: list[str] = []
    room = 2 * LONGEST
    for said in map(as_said, reversed(texts)):
        room -= len(said) + 1
        if room < 0:
            break
        kept.append(said)
    return "\n".join(reversed(kept))


def _from_both_ends(count: int) -> list[int]:
    """The last, the first, the one before the last, the second ..."""
    pairs = zip(reversed(range(count)), range(count), strict=True)
    return [at for pair in pairs for at in pair][:count]


def _cut(text: str, most: int) -> str:
    """The beginning and the end of a text that is too long, a line each."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: max(most - end - 1, 0)]}\n{text[len(text) - end :]}"[:most]


def _twice(again: re.Match[str]) -> str:
    return again[1] * 2 if len(again[0]) >= _LEAST_AGAIN else again[0]
