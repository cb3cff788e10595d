"""Machines that answer: by what they write, and by writing the same again."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from proli.knowledge.reading.lexicon import listed, read_table
from proli.knowledge.text import tokens

_FILE: Final = "machines.yaml"
_LOOKED_AT: Final = 2_000
_LONG: Final = 25
"""So many letters nobody writes twice by hand without a word of difference."""
_ALIKE: Final = 0.8
"""So much of two texts is the same where only a clock, a date or a weekday in them differs."""
_ALIKE_TIMES: Final = 4
"""After so many such texts in a row it is a machine that writes them."""
_SHORT_TIMES: Final = 6
"""How often people may say the same short words, one after the other."""


def is_automatic(text: str) -> bool:
    """Whether the text says of itself, or in a machine's set phrases, that nobody has written it just now."""
    said = _plain(text)
    return any(phrase in said for phrase in _phrases("sure")) or (
        sum(phrase in said for phrase in _phrases("likely")) > 1
    )


def goes_round(text: str, before: Sequence[str], *, at_once: bool, answers_alike: bool) -> bool:
    """Whether the text only says again what was said `before` (oldest first): a machine that answers a machine.

    One sentence in turn, or two; with another clock or date in it each time, it takes twice as often. `at_once`: it
    came as soon as we had spoken. `answers_alike`: our last two answers were the same as well, without which short
    words are no sign of anything.
    """
    return _repeats(text, before, at_once=at_once, answers_alike=answers_alike) or _repeats_but_for_clocks(text, before)


def _repeats_but_for_clocks(text: str, before: Sequence[str]) -> bool:
    """Whether the last messages were all this one, but for digits and a word or two."""
    said = _words_aside(text)
    if sum(map(len, said)) < _LONG:
        return False
    newest = list(before[-_ALIKE_TIMES:])
    return len(newest) == _ALIKE_TIMES and all(_is_alike(said, _words_aside(one)) for one in newest)


def _words_aside(text: str) -> frozenset[str]:
    """The words of the text that hold no digits."""
    return frozenset(word.text for word in tokens(text[:_LOOKED_AT]) if not any(map(str.isdigit, word.text)))


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)


def _repeats(text: str, before: Sequence[str], *, at_once: bool, answers_alike: bool) -> bool:
    said = _plain(text)
    times, others = 0, set[str]()
    for earlier in (_plain(one) for one in reversed(before)):
        others |= {earlier} - {said}
        if len(others) > 1:
            break
        times += 1
    again = said in {_plain(one) for one in before[len(before) - times :]}
    if not again:
        return False
    if len(said) < _LONG:
        return answers_alike and times >= _SHORT_TIMES
    if any(len(other) < _LONG for other in others):
        return times >= _SHORT_TIMES
    return times >= (3 if others and not at_once else 2)


def _plain(text: str) -> str:
    return f" {' '.join(word.text for word in tokens(text[:_LOOKED_AT]))} "


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(_plain(phrase) for phrase in listed(read_table(_FILE), kind))
