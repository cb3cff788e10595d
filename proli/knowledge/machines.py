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

    One sentence in turn, or two. `at_once`: it came as soon as we had spoken. `answers_alike`: our last two answers
    were the same as well, without which short words are no sign of anything.
    """
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
