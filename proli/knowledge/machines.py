"""Machines that answer: by what they write, and by writing the same again."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import Final

from proli.knowledge.address import find_address
from proli.knowledge.reading.lexicon import listed, read_table
from proli.knowledge.requests import find_request
from proli.knowledge.text import fold, tokens

_FILE: Final = "machines.yaml"
_LOOKED_AT: Final = 2_000
_LIST: Final = re.compile(r"(?<!\S)1[.)] .+(?<!\S)2[.)] ")
_ASKED_WITHIN: Final = 300
"""Who wants something says so within so many letters."""
_LONG: Final = 25
"""So many letters nobody writes twice by hand without a word of difference."""
_ALIKE: Final = 0.8
"""So much of two texts is the same where only a clock, a date or a weekday in them differs."""
_ANSWERS: Final = 2
"""So many answers of ours may meet a machine's words, or the same ones."""
_IN_TURN: Final = 3
"""So many where two sentences come in turn, and take their time."""
_PATIENCE: Final = 6
"""How often a person may say the same, one after the other, while our answers are the same too."""


def is_automatic(text: str) -> bool:
    """Whether the text says of itself, or in a machine's set phrases, that nobody has written it just now."""
    said = _plain(text)
    return _holds(said, "sure") > 0 or _marks(text, said) > 1


def goes_round(text: str, before: Sequence[str], *, at_once: bool, answers_alike: bool) -> bool:
    """Whether the text only says again what was said `before` (oldest first): a machine that answers a machine.

    One sentence again, whatever clock or date is in it, two in turn, or a machine's set phrases in any order. Who
    wants something, or says short words, is taken for a person: they may say the same many times, and then only
    where our last two answers were the same too (`answers_alike`). `at_once`: it came as soon as we had spoken.
    """
    if not (_is_marked(text) or any(_is_alike(text, one) for one in before)):
        return False
    if is_of_person(text):
        return answers_alike and _times_in_turn(text, before) >= _PATIENCE
    lately = list(takewhile(lambda one: not is_of_person(one), reversed(before)))
    if _is_marked(text) and sum(map(_is_marked, lately)) >= _ANSWERS:
        return True
    others = [one for one in lately if not _is_alike(text, one)]
    again = len(lately) - len(others)
    in_turn = again > 0 and all(_is_alike(one, others[0]) for one in others)
    return again >= _ANSWERS or (in_turn and len(lately) >= (_ANSWERS if at_once else _IN_TURN))


def is_of_person(text: str) -> bool:
    """Whether a person seems to have written it: nothing of a machine in it, and a wish, a question, or a few words."""
    if _is_marked(text):
        return False
    read = text[:_ASKED_WITHIN]
    return len(_plain(text)) < _LONG or "?" in text or find_address(read) is not None or _asks(read)


def _asks(text: str) -> bool:
    return any(find_request(text, homes=homes, has_booking=True) is not None for homes in (False, True))


def _is_marked(text: str) -> bool:
    """Whether it holds a machine's phrase; of those that people ask about, not within a question."""
    said = _plain(text)
    own = _holds(said, "sure") + _holds(said, "menus") + _keys(text)
    return own > 0 or ("?" not in text and _holds(said, "likely") > 0)


def _marks(text: str, said: str) -> int:
    """How many signs of a machine it shows that alone are none; to choose from a list is one."""
    listing = _LIST.search(fold(text[:_LOOKED_AT])) is not None
    return _holds(said, "likely") + _holds(said, "menus") + _keys(text) + listing


def _keys(text: str) -> int:
    """How many different keys the text tells to press."""
    return len(set(_pressing().findall(fold(text[:_LOOKED_AT]))))


def _times_in_turn(text: str, before: Sequence[str]) -> int:
    """How many of the last texts were this one, or one other that it takes turns with; none if it is new."""
    said = _plain(text)
    plain = [_plain(one) for one in reversed(before)]
    other = next((one for one in plain if one != said), said)
    run = list(takewhile(lambda one: one in (said, other), plain))
    return len(run) if said in run else 0


def _is_alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for digits and, of many words, one or two."""
    words, others = _words_aside(one), _words_aside(other)
    return len(words & others) >= _ALIKE * len(words | others)


def _words_aside(text: str) -> frozenset[str]:
    """The words of the text that hold no digits."""
    return frozenset(word.text for word in tokens(text[:_LOOKED_AT]) if not any(map(str.isdigit, word.text)))


def _plain(text: str) -> str:
    return f" {' '.join(word.text for word in tokens(text[:_LOOKED_AT]))} "


def _holds(said: str, kind: str) -> int:
    return sum(phrase in said for phrase in _phrases(kind))


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    return tuple(_plain(phrase) for phrase in listed(read_table(_FILE), kind))


@cache
def _pressing() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in listed(read_table(_FILE), "press"))
    return re.compile(rf"(?<!\w)(?:{words})\s(?:\S+\s){{0,2}}?([\d*#])(?!\d)")
