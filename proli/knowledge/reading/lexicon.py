"""The YAML word lists of this folder, read once and checked to be the shapes they should be."""

from functools import cache
from importlib import resources
from typing import Any, cast

from proli.knowledge.text import skeleton, tokens
from proli.platform.yaml_text import read_yaml

Table = dict[str, Any]


@cache
def read_table(name: str) -> Table:
    """The whole of one data file; callers treat it as read-only."""
    text = (resources.files("proli.knowledge") / "data" / name).read_text(encoding="utf-8")
    return cast("Table", read_yaml(text))


@cache
def read_words(name: str) -> frozenset[str]:
    """The words of a plain text file, as skeletons."""
    return word_set((resources.files("proli.knowledge") / "data" / name).read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """One list of `words.yaml`, as skeletons."""
    return word_set(str(read_table("words.yaml")[name]))


def word_set(listed: str) -> frozenset[str]:
    """The words of a text, as skeletons, for comparing with tokens."""
    return frozenset(skeleton(token.text) for token in tokens(listed))


def listed(table: Table, key: str) -> list[str]:
    """The phrases under a key; none when the key is missing."""
    phrases = cast("list[object]", table.get(key) or [])
    if not all(isinstance(phrase, str) for phrase in phrases):
        raise TypeError(f"quote the phrases of {key!r}: YAML reads some as {phrases!r}")
    return cast("list[str]", phrases)
