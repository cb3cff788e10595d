"""The words of a turn that may be over: its end, its numbers, and the lists they are looked up in."""

from dataclasses import dataclass
from functools import cache
from typing import Final, cast

from proli.knowledge.reading.lexicon import listed, read_table, word_set
from proli.knowledge.reading.number_words import HUNDREDS, TENS, THOUSANDS, UNITS
from proli.knowledge.reading.spoken_phones import trailing_digits
from proli.knowledge.text import fold, skeleton, tokens

_FILE: Final = "turn_ends.yaml"
LONGEST: Final = 400
"""Letters from the end that are read; what was said before them does not tell whether the turn is over."""
_PREFIXES: Final = ("ו", "ב", "ל", "מ", "כ", "ש", "ה", "וב", "ול", "ומ", "שב", "של", "מה", "לה", "בה", "וה", "כש")
_NUMBERS: Final = frozenset(skeleton(word) for word in (*UNITS, *TENS, *HUNDREDS, *THOUSANDS))


@cache
def words_under(key: str) -> frozenset[str]:
    """One list of words, as skeletons."""
    return word_set(str(read_table(_FILE)[key]))


@cache
def phrases_under(key: str) -> frozenset[tuple[str, ...]]:
    """One list of phrases, each as its skeletons."""
    return frozenset(tuple(token.text for token in tokens(phrase)) for phrase in listed(read_table(_FILE), key))


@cache
def waits() -> dict[str, int]:
    """Milliseconds of silence by what was heard."""
    return cast("dict[str, int]", read_table(_FILE)["waits"])


@cache
def kinds() -> dict[str, str]:
    """The kind of answer that each question expects."""
    return cast("dict[str, str]", read_table(_FILE)["kinds"])


@dataclass(frozen=True, slots=True)
class Heard:
    """The last words of what was said so far."""

    words: tuple[str, ...]
    digits: str
    """Those the text ends with, told in words or written."""

    @property
    def last(self) -> str:
        return self.words[-1] if self.words else ""

    def ends_in(self, key: str) -> bool:
        """Whether the text ends with one of these phrases."""
        return any(self.words[-len(phrase) :] == phrase for phrase in phrases_under(key))

    def has(self, key: str) -> bool:
        """Whether one of these words is there, also behind the letters that stand before a word."""
        return any(is_one_of(word, key) for word in self.words)

    def without(self, *keys: str) -> tuple[str, ...]:
        """The words that are in none of these lists."""
        return tuple(word for word in self.words if not any(word in words_under(key) for key in keys))

    def was_put_right(self) -> bool:
        """Whether something was taken back, and told again since: "331, לא סליחה, 332"."""
        return any(word in words_under("taking_back") for word in self.words[:-1])

    def ends_in_letter(self) -> bool:
        """Whether the last word is the letter of a staircase or a flat: "כניסה ב"."""
        return len(self.last) == 1 and any(is_one_of(word, "address_ends") for word in self.words[-2:-1])

    def takes_back(self) -> bool:
        """Whether the last word takes back what stands before it: "בשש, לא"."""
        return len(self.words) > 1 and self.last in words_under("taking_back")

    def in_span(self) -> bool:
        """Whether only one end of a span stands there: "בין ארבע"."""
        return any(word in words_under("between") for word in self.words[-3:-1]) and not self.last.startswith("ל")

    @property
    def numbers(self) -> int:
        """How many words are numbers."""
        return sum(is_number(word) for word in self.words)


def hear(text: str) -> Heard:
    """The end of a text, ready to be looked at."""
    end = text[-LONGEST:]
    return Heard(tuple(token.text for token in tokens(end)), trailing_digits(fold(end)))


def stems(word: str) -> tuple[str, ...]:
    """The word, and what it is without each letter or two that may stand before a Hebrew word."""
    return (
        word,
        *(word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix) and len(word) > len(prefix) + 1),
    )


def is_one_of(word: str, key: str) -> bool:
    return any(stem in words_under(key) for stem in stems(word))


def is_number(word: str) -> bool:
    return any(stem in _NUMBERS or stem[:1].isdigit() for stem in stems(word))
