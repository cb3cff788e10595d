"""What a cancelling word is said of: the visit in any of its names, or some other thing; and what is said to stay."""

import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from proli.knowledge.reading.cues import cues_of
from proli.knowledge.reading.lexicon import listed, word_list
from proli.knowledge.reading.phrases import PhraseBook
from proli.knowledge.reading.trade_clues import trade_table
from proli.knowledge.text import Token, fold, normalise, tokens

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


def drops_one(sentence: str) -> bool:
    """Whether the visit, or who comes, is given up by name: "the electrician is not needed"."""
    found = cues_of("cancelling.yaml")["dropped"].finditer(sentence)
    return any(names_the_visit(tokens(word)) for one in found for word in one.groups() if word)


def without_kept(text: str, people: Collection[str] = ()) -> str:
    """The text without who is said to stay, by trade or by one of the names of `people`: "only Yossi"."""
    whole, names = normalise(text), {word.text for name in people for word in tokens(name)}
    text = whole
    for found in reversed([*cues_of("cancelling.yaml")["kept"].finditer(fold(text))]):
        stays = tokens(found["stays"])
        if names_the_visit(stays) or stays[0].text in names:
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return text if tokens(text) else whole


def with_roles(text: str, people: Collection[str]) -> str:
    """The text with "the technician" for the names of those who come: "cancel Yossi"."""
    first = {name.split()[0] for name in people if len(name.split()[0]) > 1}
    names = "|".join(re.escape(name) for name in sorted({*people, *first}, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{names})(?!\w)", "הטכנאי", text) if names else text


@cache
def _visits() -> PhraseBook[None]:
    book = PhraseBook[None]()
    for word in word_list("of_the_visit"):
        book.add(word, None)
    for trade in trade_table().values():
        for phrase in listed(trade, "people"):
            book.add(phrase, None)
    return book
