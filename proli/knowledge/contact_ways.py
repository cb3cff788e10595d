"""How people want to be reached: in writing, and by no call."""

from typing import Final

from proli.knowledge.reading.cues import cues_of
from proli.knowledge.text import fold

_FILE: Final = "contact_ways.yaml"


def refuses_calls(text: str) -> bool:
    """Whether the text asks not to be called by phone."""
    return _says(text, "no_calls") or _says(text, "by_phone")


def refuses_calls_alone(text: str) -> bool:
    """Whether calls are refused and words are not: "don't call me any more, just write"."""
    return _says(text, "by_phone") or (_says(text, "no_calls") and _says(text, "in_writing"))


def without_refused_calls(folded: str) -> str:
    """The folded text without the calls that are refused in it, so that none of them sounds asked for."""
    return cues_of(_FILE)["no_calls"].sub(" ", folded)


def _says(text: str, cue: str) -> bool:
    return cues_of(_FILE)[cue].search(fold(text)) is not None
