"""What callers spell: letters one by one ("דלת דגל", "ד' כמו דוד") and digits in words and groups."""

from functools import cache
from typing import Final

from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.reading.spoken_phones import spoken_digits
from proli.knowledge.text import fold, language_of, normalise

_FINALS: Final = dict(zip("כמנפצ", "ךםןףץ", strict=True))
_LONGEST: Final = 400
_FEWEST: Final = 2


def digits_heard(text: str) -> str:
    """The digits of an answer to a question for a code or a phone: "אפס חמישים וארבע, פעמיים שבע" is "05477"."""
    return spoken_digits(fold(text[:_LONGEST]))


def spelled(text: str) -> str | None:
    """The word that is spelt letter by letter; None where fewer than two letters are, or something else is said too.

    A letter is its name, itself with or without a mark, or its name with a word that begins with it: "דלת דגל",
    "ד' כמו דוד", "D as in David". The last letter of a Hebrew word takes its final form.
    """
    words = [word.strip(".,:;!?-") for word in normalise(text[:_LONGEST]).replace(",", " ").split()]
    words = [word for word in words if word]
    found, at = "", 0
    while at < len(words):
        letter = _letter(words[at])
        if letter is None:
            return None
        found += letter
        at = _after(words, at + 1, letter)
    return _as_word(found) if len(found) >= _FEWEST else None


def _after(words: list[str], at: int, letter: str) -> int:
    """Where the next letter stands, past the word that tells this one apart and past "final"."""
    if at < len(words) and words[at] in _words("final"):
        at += 1
    if at < len(words) - 1 and words[at].lower() in _words("as"):
        at += 1 + (words[at].lower() == "as" and words[at + 1].lower() == "in")
        return min(at + 1, len(words))
    example = words[at] if at < len(words) else ""
    told_apart = len(example) > 1 and fold(example).startswith(letter) and _letter(example) is None
    return at + 1 if told_apart else at


def _letter(word: str) -> str | None:
    plain = fold(word).strip("'\"")
    if len(plain) == 1 and (language_of(plain) in {"he", "en"}):
        return plain
    return _names().get(plain)


@cache
def _names() -> dict[str, str]:
    table = read_table("letters.yaml")
    return {
        fold(name): str(letter)
        for key in ("names", "english")
        for letter, names in table[key].items()
        for name in str(names).split()
    }


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(str(read_table("letters.yaml")[key]).split())


def _as_word(letters: str) -> str:
    if language_of(letters) == "he":
        return letters[:-1] + _FINALS.get(letters[-1], letters[-1])
    return letters.capitalize()
