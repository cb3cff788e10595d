"""What the product writes, as a courteous person says it on the phone."""

import re
from functools import lru_cache
from typing import Final, Literal

from proli.knowledge.spoken import english, hebrew
from proli.knowledge.spoken.signs import for_the_ear, tidy

LONGEST: Final = 4_096
LONGEST_SENTENCE: Final = 240
"""What is longer is said in parts, split where it has a comma, so that the first of it is heard early."""
_END: Final = re.compile(r"(?<=[.!?…])(?<![א-ת]\.[א-ת]\.)(?<!\d\.)(?:[\"')]{0,2})\s+|\n+|(?<=\d\.)\s+(?=\D)")
_PAUSE: Final = re.compile(r"(?<=[,;:])\s+")


@lru_cache(maxsize=256)
def as_spoken(text: str, language: Literal["he", "en"] = "he") -> str:
    """The text in words alone: numbers, hours, dates, phones, prices and addresses as they are said.

    Marks of direction, emoji and markup are left out, a link is called one, each line is a sentence.
    """
    said = for_the_ear(text[:LONGEST])
    for pattern, say in hebrew.RULES if language == "he" else english.RULES:
        said = pattern.sub(say, said)
    return tidy(said)


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, long ones in parts; nothing of the text is lost but its spaces."""
    found: list[str] = []
    for sentence in _END.split(text):
        found += _parts(sentence.strip())
    return found


def so_far(text: str) -> tuple[list[str], str]:
    """The whole sentences of a text that is still being written, and its beginning of another."""
    ends = [found.end() for found in _END.finditer(text)]
    return (sentences(text[: ends[-1]]), text[ends[-1] :]) if ends else ([], text)


def _parts(sentence: str) -> list[str]:
    parts: list[str] = []
    for piece in _PAUSE.split(sentence) if len(sentence) > LONGEST_SENTENCE else [sentence]:
        if parts and len(parts[-1]) + len(piece) < LONGEST_SENTENCE:
            parts[-1] += f" {piece}"
        elif piece:
            parts.append(piece)
    return parts
