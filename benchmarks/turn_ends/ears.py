"""A streaming recogniser's double: words come late, some are lost or wrong, and numbers are digits or words."""

import random
from dataclasses import dataclass
from typing import Final

from benchmarks.turn_ends.turns import Turn

MS_A_LETTER: Final = 85
"""Of Hebrew as it is written, without vowels: about 2.5 words a second."""
_DIGITS: Final = {
    "אפס": 0, "אחת": 1, "אחד": 1, "שתיים": 2, "שניים": 2, "שלוש": 3, "שלושה": 3, "ארבע": 4, "ארבעה": 4, "חמש": 5,
    "חמישה": 5, "שש": 6, "שישה": 6, "שבע": 7, "שמונה": 8, "תשע": 9, "עשר": 10, "עשרים": 20, "שלושים": 30,
    "ארבעים": 40, "חמישים": 50, "שישים": 60, "שבעים": 70, "שמונים": 80, "תשעים": 90,
}  # fmt: skip
_HUMS: Final = ("אממ", "אה")
_ALIKE: Final = {"ט": "ת", "ת": "ט", "כ": "ק", "ק": "כ", "א": "ע", "ע": "א", "ח": "כ", "ס": "ש"}
_HUMS_LOST, _LOST, _WRONG, _AS_DIGITS = 0.5, 0.02, 0.03, 0.5


@dataclass(frozen=True, slots=True)
class Partial:
    """What the ears have written when the silence has lasted `since_ms`."""

    since_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Ears:
    """`lag_ms` is how long a word takes to be written; `faulty` ones hear as a recogniser does on the phone."""

    lag_ms: int = 200
    faulty: bool = True

    def partials(self, turn: Turn, after: int) -> list[Partial]:
        """What stands there in the silence after a piece, from its first moment on."""
        heard = self._heard(turn)
        before = [word for piece in heard[:after] for word in piece]
        partials = [Partial(0, "")]
        for at in range(len(heard[after]) + 1):
            words = heard[after][:at]
            ago = sum(len(word) + 1 for word in heard[after][at:]) * MS_A_LETTER
            since = max(0, self.lag_ms - ago) if words else 0
            partial = Partial(since, " ".join([*before, *words]))
            partials = [*(one for one in partials if one.since_ms < since), partial]
        return partials

    def _heard(self, turn: Turn) -> list[list[str]]:
        if not self.faulty:
            return [piece.split() for piece in turn.pieces]
        chance = random.Random(turn.name)
        digits = chance.random() < _AS_DIGITS
        pieces = [[word for said in piece.split() for word in _misheard(said, chance)] for piece in turn.pieces]
        return [_with_digits(words) for words in pieces] if digits else pieces


def _misheard(word: str, chance: random.Random) -> list[str]:
    if word in _HUMS:
        return [] if chance.random() < _HUMS_LOST else [word]
    fate = chance.random()
    if fate < _LOST:
        return []
    if fate < _LOST + _WRONG and word not in _DIGITS:
        return ["".join(_ALIKE.get(letter, letter) for letter in word)]
    return [word]


def _with_digits(words: list[str]) -> list[str]:
    """Numbers as digits, and digits in a row as one number: "אפס חמש שתיים" is "052"."""
    written = list[str]()
    for at, word in enumerate(words):
        value = _DIGITS.get(word, _DIGITS.get(word.removeprefix("ו")))
        before = words[at - 1] if at else ""
        if word in ("עשרה", "עשר") and _DIGITS.get(before, 10) < 10:
            written[-1] = written[-1][:-1] + str(10 + _DIGITS[before])
        elif value is None:
            written.append(word)
        elif word not in _DIGITS and before in _DIGITS and written[-1].endswith("0"):
            written[-1] = written[-1][:-1] + str(value)
        elif before in _DIGITS and written:
            written[-1] += str(value)
        else:
            written.append(str(value))
    return written
