"""Finding things told together: a word of each of several groups, in any order, a few words apart."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import Final

from proli.knowledge.reading.phrases import Hit, listed_words, spellings, stems
from proli.knowledge.text import Token

_APART: Final = 5
_MOST: Final = 4
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class _Sign[T]:
    value: T
    size: int
    within: int


class SignBook[T]:
    """Signs and what each stands for. A sign holds where one word of each of its groups stands within a few words,
    unless a word that voids it is near."""

    def __init__(self) -> None:
        self._signs: list[_Sign[T]] = []
        self._groups: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    def add(self, groups: list[list[str]], value: T, *, unless: list[str], within: int = _APART) -> None:
        """The sign is found from now on; `within` counts words from the first to the last."""
        at = len(self._signs)
        self._signs.append(_Sign(value, len(groups), within))
        for place, group in enumerate([*groups, unless]):
            for word in group:
                self._groups[_one(word)].append((at, place))

    def find(self, words: list[Token]) -> list[Hit[T]]:
        """One hit a sign, where its words stand closest."""
        said = self._said(words)
        hits = [self._hit(self._signs[at], places) for at, places in said.items()]
        return sorted((hit for hit in hits if hit is not None), key=lambda hit: (hit.first, hit.last))

    def _said(self, words: list[Token]) -> dict[int, dict[int, list[int]]]:
        """For each sign touched, the places in the text of each of its groups."""
        said: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, word in enumerate(words):
            names = {
                name
                for _, stem in stems(word.text, shortest=_SHORTEST)
                for name in spellings(stem)
                if name in self._groups
            }
            for at, group in {found for name in names for found in self._groups[name]}:
                said[at][group].append(place)
        return {at: dict(places) for at, places in said.items()}

    def _hit(self, sign: _Sign[T], places: dict[int, list[int]]) -> Hit[T] | None:
        if any(group not in places for group in range(sign.size)):
            return None
        choices = product(*(places[group][:_MOST] for group in range(sign.size)))
        distinct = [sorted(choice) for choice in choices if len(set(choice)) == sign.size]
        closest = min(distinct, key=lambda choice: choice[-1] - choice[0], default=None)
        if closest is None or closest[-1] - closest[0] > sign.within:
            return None
        first, last = closest[0], closest[-1] + 1
        voided = any(first - sign.within <= place < last + sign.within for place in places.get(sign.size, ()))
        return None if voided else Hit(sign.value, first, last, "")


def _one(word: str) -> str:
    words = listed_words(word)
    if len(words) != 1:
        raise ValueError(f"a sign is told by single words, not {word!r}")
    return words[0]
