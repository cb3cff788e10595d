"""Names of trades and things as people misspell them: one letter wrong, missing or too many, or a name cut in two."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from proli.knowledge.reading.phrases import stems
from proli.knowledge.text import Token

_SHORTEST: Final = 6
_SHORTEST_CUT: Final = 7


class Speller:
    """Names worth recognising with one slip; `known` are words that are meant as they stand."""

    def __init__(self, names: frozenset[str], *, known: frozenset[str]) -> None:
        self._names = names
        self._known = names | known
        self._near: defaultdict[str, set[str]] = defaultdict(set)
        for name in names:
            if len(name) >= _SHORTEST:
                for key in _one_out(name):
                    self._near[key].add(name)

    def mended(self, words: list[Token]) -> list[Token]:
        """The words with slips put right and runs of one letter shortened; a name cut in two is one word."""
        mended: list[Token] = []
        at = 0
        while at < len(words):
            word, after = words[at], words[at + 1] if at + 1 < len(words) else None
            if after is not None and (whole := self._whole(word.text, after.text)):
                mended.append(Token(whole, word.start, after.end))
                at += 2
                continue
            mended.append(Token(self._right(squeezed(word.text)), word.start, word.end))
            at += 1
        return mended

    def _whole(self, first: str, second: str) -> str | None:
        joined = first + second
        if len(joined) < _SHORTEST_CUT or min(len(first), len(second)) < 3:
            return None
        return next((joined for _, stem in stems(joined) if len(stem) >= _SHORTEST_CUT and stem in self._names), None)

    def _right(self, word: str) -> str:
        found = stems(word)
        if len(word) < _SHORTEST or any(stem in self._known for _, stem in found):
            return word
        for prefix, stem in found:
            if len(prefix) > 1 or len(stem) < _SHORTEST:
                continue
            near = {name for key in _one_out(stem) for name in self._near.get(key, ()) if _one_apart(stem, name)}
            if len(near) == 1:
                return prefix + near.pop()
        return word


def squeezed(word: str) -> str:
    """ "דחופפפפ" with its last letter once."""
    kept = [letter for at, letter in enumerate(word) if not (at > 1 and letter == word[at - 1] == word[at - 2])]
    if len(kept) < len(word) and len(kept) > 1 and kept[-1] == kept[-2]:
        kept.pop()
    return "".join(kept)


def _one_out(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _one_apart(word: str, name: str) -> bool:
    """Same first letter, and one letter put in, left out, changed, or two swapped."""
    if word[0] != name[0] or abs(len(word) - len(name)) > 1:
        return False
    if len(word) == len(name):
        wrong = [at for at in range(len(word)) if word[at] != name[at]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or (swapped and word[wrong[0]] == name[wrong[1]] and word[wrong[1]] == name[wrong[0]])
    longer, shorter = (word, name) if len(word) > len(name) else (name, word)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
