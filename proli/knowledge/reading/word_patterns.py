"""Patterns of whole words, looked for in one pass: what a word may be is a set, and every gap is bounded.

The notation stands at the head of `data/claims.yaml`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Final

from rapidfuzz.distance import OSA

from proli.knowledge.numbers import with_digits
from proli.knowledge.text import fold, skeleton

LONGEST_WORD: Final = 32
SHORTEST_STEM: Final = 2
ENDS: Final = (2, 3, 4, 5)
SPELT_OUT: Final = 4
"""So many single letters in a row are a word written with spaces: "ק ב ע ת י"."""
FUZZY_FROM: Final = 7
_TOKEN: Final = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['\"][^\W\d_]+)*'?|\n")
_BREAK: Final = re.compile(r"[,;:()!،؛]|(?:^|\s)-+(?:\s|$)")
_CONTRACTED: Final = (
    *(("can't", "can not"), ("won't", "will not"), ("n't", " not"), ("'ll", " will"), ("'ve", " have")),
    *(("'re", " are"), ("'m", " am"), ("'d", " would"), ("it's", "it is"), ("he's", "he is"), ("that's", "that is")),
)
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")
_LETTERS: Final = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه", "ё": "е", "ـ": None})
_JOINED: Final = ("وال", "بال", "عال", "كال", "فال", "ال", "لل", "و", "ف", "ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    clause: int
    """The number of the clause it stands in, counted through the sentence."""

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


@dataclass(frozen=True, slots=True)
class Element:
    """What one word of a pattern may be, and how many others may stand before it."""

    words: frozenset[str]
    loose: frozenset[str]
    """Those that may carry a preposition."""
    gap: int = 0
    forbidden: bool = False
    """None of these may come within the gap."""
    barred: frozenset[str] = frozenset()
    """Words that are none of these, though they look so."""

    def fits(self, words: Sequence[Word], at: int) -> bool:
        if at >= len(words):
            return "$" in self.words
        if "$" in self.words and at and words[at].clause != words[at - 1].clause:
            return True
        word = words[at]
        if word.is_number:
            return "#" in self.words
        plain, loose = forms(word.text)
        if word.text in self.barred:
            return False
        return any(is_listed(one, self.words) for one in plain) or (
            bool(self.loose) and any(is_listed(one, self.loose) for one in (*plain, *loose))
        )


type Pattern = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Match:
    kind: str
    first: int
    last: int
    """One past the last word."""


@dataclass(frozen=True)
class Patterns:
    """The patterns of several kinds, found by their first word."""

    starts: Mapping[str, Sequence[tuple[str, Pattern]]]
    clause_words: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    vocabulary: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])

    def find(self, words: Sequence[Word]) -> Iterator[Match]:
        """Every match, by its first word."""
        for at, word in enumerate(words):
            for kind, pattern in self.starting_with(word):
                end = self._end_of(pattern, words, at)
                if end is not None:
                    yield Match(kind, at, end)

    def starting_with(self, word: Word) -> list[tuple[str, Pattern]]:
        if word.is_number:
            return [*self.starts.get("#", ())]
        plain, loose = forms(word.text)
        keys = {key for form in (*plain, *loose) for key in spellings(form)}
        return [one for key in keys for one in self.starts.get(key, ())]

    def _end_of(self, pattern: Pattern, words: Sequence[Word], at: int, step: int = 0) -> int | None:
        if step == len(pattern):
            return at
        element = pattern[step]
        if element.forbidden:
            near = range(at, min(at + element.gap, len(words)))
            return None if any(element.fits(words, one) for one in near) else self._end_of(pattern, words, at, step + 1)
        for spot in range(at, min(at + element.gap, len(words)) + 1):
            if spot > at and words[spot - 1].text in self.denials:
                return None
            if element.fits(words, spot):
                end = self._end_of(pattern, words, min(spot + 1, len(words)), step + 1)
                if end is not None:
                    return end
        return None

    def words_of(self, sentence: str) -> list[Word]:
        """The words of a sentence in the spelling of the patterns, with numbers in digits and typos mended."""
        plain = spelling(with_digits(sentence))
        found: list[Word] = []
        clause = end = 0
        for token in _TOKEN.finditer(plain):
            text = skeleton(token[0])[:LONGEST_WORD]
            clause += bool(_BREAK.search(plain, end, token.start())) or text in self.clause_words
            found.append(Word(self._mended(text), clause))
            end = token.end()
        return [word for run in groupby(found, key=lambda one: len(one.text) == 1) for word in joined(*run)]

    def _mended(self, word: str) -> str:
        """A long word in Latin or Cyrillic letters that is one slip away from a listed one, with the same ends."""
        if len(word) < FUZZY_FROM or not ("a" <= word[0] <= "z" or "а" <= word[0] <= "я"):
            return word
        if word in self.vocabulary.get(len(word), ()):
            return word
        near = (one for size in (-1, 0, 1) for one in self.vocabulary.get(len(word) + size, ()))
        return next(
            (one for one in near if one[0] == word[0] and one[-1] == word[-1] and OSA.distance(one, word) <= 1), word
        )


def joined(single: bool, run: Iterator[Word]) -> Sequence[Word]:
    """The words as they are; letters that spell a word with spaces between, as that word."""
    words = list(run)
    letters = [word for word in words if not word.is_number]
    if not single or len(letters) < SPELT_OUT:
        return words
    return [Word("".join(word.text for word in letters), letters[0].clause)]


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The word with and without "and", "that", "when", "the" before it; then also without a preposition."""
    if "א" <= word[0] <= "ת":
        plain = [word] + [word[size:] for size in (1, 2, 3) if set(word[:size]) <= set("והשכ") and len(word) > size + 2]
        loose = [one[1:] for one in plain if one[0] in "בלמכ" and len(one) > 3]
        return tuple(plain), (*loose, *(one[1:] for one in loose if one[0] == "ה" and len(one) > 3))
    if "ء" <= word[0] <= "ي":
        plain = [word] + [word[1:] for _ in (0,) if word[0] in "وف" and len(word) > 3]
        plain += [one.removesuffix(end) for one in plain for end in ("لك", "لكم") if one.endswith(end) and len(one) > 5]
        return tuple(plain), tuple(word[len(one) :] for one in _JOINED if word.startswith(one) and len(word) > 3)
    return (word,), ()


def spellings(form: str) -> Iterator[str]:
    """The listed words that a form answers to: itself, every beginning of it with `*`, and short ends after one."""
    yield form
    for size in ENDS:
        if len(form) > size + 1:
            yield f"*{form[-size:]}"
    for size in range(SHORTEST_STEM - 1, len(form) + 1):
        yield f"{form[:size]}*"


def is_listed(form: str, listed: frozenset[str]) -> bool:
    return any(key in listed for key in spellings(form))


def spelling(text: str) -> str:
    """The text folded further: no marks on letters, one alef, no letter drawn out, contractions in full."""
    plain = _DRAWN_OUT.sub(r"\1", fold(text))
    if not plain.isascii():
        composed = unicodedata.normalize("NFC", plain)
        plain = "".join(one for one in composed if unicodedata.category(one) != "Mn").translate(_LETTERS)
    for short, full in _CONTRACTED:
        plain = plain.replace(short, full)
    return plain


def make_patterns(table: Mapping[str, Sequence[str]], lists: Mapping[str, str], **contexts: frozenset[str]) -> Patterns:
    """The patterns of a table: kind to lines."""
    named = {name: read_words(line) for name, line in lists.items()}
    starts: dict[str, list[tuple[str, Pattern]]] = defaultdict(list)
    vocabulary: dict[int, list[str]] = defaultdict(list)
    for kind, lines in table.items():
        for line in lines:
            pattern = read_pattern(line, named)
            for key in pattern[0].words | pattern[0].loose:
                starts[key].append((kind, pattern))
            for word in {one for element in pattern for one in element.words if one.isalpha() and len(one) > 5}:
                vocabulary[len(word)].append(word)
    return Patterns(starts, vocabulary={size: tuple(words) for size, words in vocabulary.items()}, **contexts)


def read_pattern(line: str, named: Mapping[str, frozenset[str]]) -> Pattern:
    elements: list[Element] = []
    gap, forbidden = 0, False
    for part in line.split():
        if part[0] in "~!" and part[1:].isdigit():
            gap, forbidden = int(part[1:]), part[0] == "!"
            continue
        elements.append(read_element(part, named, gap=gap, forbidden=forbidden))
        gap, forbidden = 0, False
    return tuple(elements)


def read_element(part: str, named: Mapping[str, frozenset[str]], *, gap: int, forbidden: bool) -> Element:
    groups: dict[str, set[str]] = {"": set(), "^": set(), "-": set()}
    for one in part.split("|"):
        mark = one[0] if one[0] in groups else ""
        bare = one.removeprefix(mark)
        groups[mark] |= named[bare[1:-1]] if bare[0] == "<" else {listed_word(bare)}
    words, loose, barred = (frozenset(groups[mark]) for mark in ("", "^", "-"))
    return Element(words | loose, loose, gap, forbidden, barred)


def read_words(line: str) -> frozenset[str]:
    return frozenset(listed_word(word) for one in line.split("|") for word in one.split())


def listed_word(word: str) -> str:
    """A word of the table in the spelling of texts, with its `*`."""
    return word if word in {"#", "$"} else skeleton(spelling(word))
