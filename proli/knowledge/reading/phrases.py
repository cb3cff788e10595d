"""Finding listed phrases in free text, word by word, with prefixes stripped from the first word.

A listed word may end in `*`, which stands for any ending.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from proli.knowledge.text import LONGEST_WORD, Token, normalise, tokens

PREFIXES: Final = (
    *("ו", "ש", "ב", "ל", "מ", "ה", "כ", "כש", "וש", "וב", "ול", "ומ", "וה", "שב", "של", "שמ", "שה", "מה", "בה", "לה"),
    *("כשה", "לכש", "ושב", "ושה", "ושל", "כשב", "וכש"),
)
_ARABIC_PREFIXES: Final = ("ال", "وال", "بال", "لل", "و", "ب", "ل", "عال")
_MIN_STEM: Final = 3
_MOST_SKIPPED: Final = 2
ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class Hit[T]:
    """One phrase found: what it stands for, the first word, one past the last word, and the prefix before it."""

    value: T
    first: int
    last: int
    prefix: str


@lru_cache(maxsize=16384)
def stems(word: str, *, shortest: int = _MIN_STEM) -> tuple[tuple[str, str], ...]:
    """(prefix, rest) for the word as it is and for every prefix it may carry, shortest prefix first."""
    if not word:
        return (("", word),)
    prefixes = PREFIXES if "א" <= word[0] <= "ת" else _ARABIC_PREFIXES if "ء" <= word[0] <= "ي" else ()
    carried = [(p, word[len(p) :]) for p in prefixes if word.startswith(p) and len(word) - len(p) >= shortest]
    return (("", word), *carried)


def listed_words(phrase: str) -> tuple[str, ...]:
    """The words of a listed phrase as skeletons, each with its `*` if it has one."""
    spelt = normalise(phrase)
    return tuple(token.text + (ANY if spelt[token.end : token.end + 1] == ANY else "") for token in tokens(phrase))


def spellings(stem: str) -> Iterator[str]:
    """The listed words that a stem answers to: itself, and every beginning of it with `*`."""
    yield stem
    for size in range(min(len(stem), LONGEST_WORD), 1, -1):
        yield stem[:size] + ANY


@lru_cache(maxsize=65536)
def _is_word(said: str, listed: str) -> bool:
    if listed.endswith(ANY):
        return said.startswith((listed[:-1], "ה" + listed[:-1]))
    return said == listed or said in {"ה" + listed, "ال" + listed}


class PhraseBook[T]:
    """Phrases and what each stands for; several phrases may stand for the same thing and one for several.

    `skipped` are words that may stand between the words of a phrase: "נשבר לי המפתח" is "נשבר המפתח".
    """

    def __init__(self, *, skipped: frozenset[str] = frozenset()) -> None:
        self._by_first: defaultdict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
        self._beginnings: list[int] = []
        self._skipped = skipped

    def add(self, phrase: str, value: T) -> None:
        """The phrase is found from now on."""
        words = listed_words(phrase)
        if not words:
            return
        self._by_first[words[0]].append((words, value))
        if words[0].endswith(ANY):
            self._beginnings = sorted({*self._beginnings, len(words[0]) - len(ANY)}, reverse=True)

    def find(self, words: list[Token]) -> list[Hit[T]]:
        """Every hit that no longer hit covers, in reading order."""
        found = [self._find_at(words, at) for at in range(len(words))]
        reached = 0
        kept: list[Hit[T]] = []
        for hits in found:
            furthest = max((hit.last for hit in hits), default=0)
            kept += [hit for hit in hits if reached < hit.last and furthest == hit.last]
            reached = max(reached, furthest)
        return kept

    def _find_at(self, words: list[Token], at: int) -> list[Hit[T]]:
        found: list[Hit[T]] = []
        for prefix, stem in stems(words[at].text):
            for spelling in self._spellings(stem):
                for phrase, value in self._by_first.get(spelling, ()):
                    last = self._end(words, at + 1, phrase[1:])
                    if last is not None:
                        found.append(Hit(value, at, last, prefix))
        return found

    def _spellings(self, stem: str) -> list[str]:
        """What `spellings` gives, of the lengths that are listed."""
        return [stem, *(stem[:size] + ANY for size in self._beginnings if size <= len(stem))]

    def _end(self, words: list[Token], at: int, rest: tuple[str, ...]) -> int | None:
        """One past the last word when the rest of a phrase stands from `at` on, little words between aside."""
        for listed in rest:
            left = _MOST_SKIPPED
            while at < len(words) and left and words[at].text in self._skipped and not _is_word(words[at].text, listed):
                at, left = at + 1, left - 1
            if at >= len(words) or not _is_word(words[at].text, listed):
                return None
            at += 1
        return at
