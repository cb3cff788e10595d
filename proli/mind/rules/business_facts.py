"""Which of a business's facts a question is about."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.text import tokens

SHORTEST = 3


def facts_asked_for(question: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts whose name shares a topic or a word with the question, by name."""
    asked = topics_of(question)
    return {name: str(value) for name, value in facts.items() if topics_of(name) & asked}


def topics_of(words: str) -> set[str]:
    """The topics that words touch, and the words themselves."""
    said = {token.text for token in tokens(words)}
    touched = {topic for topic, cues in topic_cues().items() if any(is_cue(word, cues) for word in said)}
    return touched | {word for word in said if len(word) >= SHORTEST}


def is_cue(word: str, cues: frozenset[str]) -> bool:
    """A cue, with at most one prefix letter before it."""
    return word in cues or (len(word) > SHORTEST and word[1:] in cues)


@cache
def topic_cues() -> dict[str, frozenset[str]]:
    table = read_table("topics.yaml")["topics"]
    return {str(topic): frozenset(t.text for cue in cues for t in tokens(str(cue))) for topic, cues in table.items()}
