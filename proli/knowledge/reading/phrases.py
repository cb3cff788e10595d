"""Finding listed phrases in free text, word by word, with Hebrew prefixes stripped from the first word."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from proli.knowledge.text import Token, tokens

PREFIXES: Final = (
    *("ו", "ש", "ב", "ל", "מ", "ה", "כ", "כש", "וש", "וב", "ול", "ומ", "וה", "שב", "של", "שמ", "שה", "מה", "בה", "לה"),
    *("כשה", "לכש", "ושב", "ושה", "ושל", "כשב", "וכש"),
)
_MIN_STEM: Final = 3


@dataclass(frozen=True, slots=True)
class Hit[T]:
    """One phrase found: what it stands for, the first word, one past the last word, and the prefix before it."""

    value: T
    first: int
    last: int
    prefix: str


def stems(word: str, *, shortest: int = _MIN_STEM) -> list[tuple[str, str]]:
    """(prefix, rest) for the word as it is and for every Hebrew prefix it may carry, shortest prefix first."""
    found = [("", word)]
    if word and "א" <= word[0] <= "ת":
        found += [(p, word[len(p) :]) for p in PREFIXES if word.startswith(p) and len(word) - len(p) >= shortest]
    return found


class PhraseBook[T]:
    """Phrases and what each stands for; several phrases may stand for the same thing and one for several."""

    def __init__(self) -> None:
        self._by_first: defaultdict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)

    def add(self, phrase: str, value: T) -> None:
        """The phrase is found from now on."""
        words = tuple(token.text for token in tokens(phrase))
        if words:
            self._by_first[words[0]].append((words, value))

    def find(self, words: list[Token]) -> list[Hit[T]]:
        """Every hit that no longer hit covers, in reading order."""
        hits = [hit for at in range(len(words)) for hit in self._find_at(words, at)]
        return [hit for hit in hits if not any(_covers(other, hit) for other in hits)]

    def _find_at(self, words: list[Token], at: int) -> list[Hit[T]]:
        found: list[Hit[T]] = []
        for prefix, stem in stems(words[at].text):
            for phrase, value in self._by_first.get(stem, ()):
                last = at + len(phrase)
                if last <= len(words) and all(map(_is_word, (w.text for w in words[at + 1 : last]), phrase[1:])):
                    found.append(Hit(value, at, last, prefix))
        return found


def _is_word(said: str, listed: str) -> bool:
    return said == listed or said == "ה" + listed


def _covers[T](longer: Hit[T], hit: Hit[T]) -> bool:
    size, other = hit.last - hit.first, longer.last - longer.first
    return other > size and longer.first <= hit.first and hit.last <= longer.last
