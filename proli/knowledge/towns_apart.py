"""A town behind a number in words, which is set off from it so that the number ends what is told of the street."""

from proli.knowledge.places import find_places
from proli.knowledge.reading.beside import before
from proli.knowledge.reading.number_words import NUMBER_WORDS, words_of
from proli.knowledge.text import fold, normalise


def with_towns_apart(text: str) -> str:
    """The text with a comma between a number in words and the town behind it: "שבזי שמונה, ראש העין"."""
    plain = normalise(text)
    for place in reversed(find_places(plain)):
        words = words_of(fold(before(plain, place.start)))
        if words and words[-1].text in NUMBER_WORDS and plain[: place.start].endswith(" "):
            plain = f"{plain[: place.start - 1]}, {plain[place.start :]}"
    return plain
