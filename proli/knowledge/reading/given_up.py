"""What a cancelling word is said of: the visit in any of its names, or some other thing."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from proli.knowledge.reading.lexicon import listed, word_list
from proli.knowledge.reading.phrases import PhraseBook
from proli.knowledge.reading.trade_clues import trade_table
from proli.knowledge.text import Token

_NAMED: Final = 3
"""Of so many words the name is one: "the scheduled plumber visit"."""


def names_the_visit(words: Sequence[Token]) -> bool:
    """Whether the words after "cancel the" are the visit, the order, who comes, the work, or the day.

    A thing is the visit too when a day is told of it: "the air conditioner of tomorrow".
    """
    if words[0].text in word_list("days"):
        return True
    if any(hit.prefix in ("", "ה") for hit in _visits().find(list(words[:_NAMED]))):
        return True
    said = [word.text for word in words]
    return any(joins in word_list("of_a_day") and day in word_list("days") for joins, day in pairwise(said))


@cache
def _visits() -> PhraseBook[None]:
    book = PhraseBook[None]()
    for word in word_list("of_the_visit"):
        book.add(word, None)
    for trade in trade_table().values():
        for phrase in listed(trade, "people"):
            book.add(phrase, None)
    return book
