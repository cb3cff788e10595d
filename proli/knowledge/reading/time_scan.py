"""A text being read for times: what was understood is blanked so that nothing is read twice."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from proli.knowledge.reading.time_noise import NOISE
from proli.knowledge.reading.time_words import DayPart
from proli.knowledge.text import fold, normalise

BLANK: Final = "\x00"
NOTHING: Final = "\x01"
"""Stands where something was read that is no time."""

Bound = Literal["before", "after"]
Told = Literal["weekday", "date", "near", "span"]
"""How words name a day: "Monday", "6.12", "tomorrow", or some other way."""
Span = tuple[date, date]
DayReader = Callable[[re.Match[str], date], Span | None]


@dataclass(slots=True)
class Scan:
    """The folded text, and the same text with everything already understood blanked."""

    folded: str
    left: str
    homes: bool = True
    """The business deals in homes, so that a day of moving is no day of a visit."""
    used: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    unread: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """What looks like part of a date and is none that there is, or none that we know."""

    def take(self, start: int, end: int) -> None:
        """These letters are understood as a time."""
        self.used.append((start, end))
        self.left = self.left[:start] + BLANK * (end - start) + self.left[end:]

    def leave(self, start: int, end: int) -> None:
        """These letters seem to be of a date and are not understood."""
        self.unread.append((start, end))
        self.drop(start, end)

    def drop(self, start: int, end: int) -> None:
        """These letters are no time."""
        self.left = self.left[:start] + NOTHING * (end - start) + self.left[end:]

    def gap(self, start: int, end: int) -> str:
        """What stands between two offsets, without what was understood."""
        return self.left[start:end].replace(BLANK, "").strip(" -,?.!\n")


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days named in a text, both ends included.

    `part` when the words name one; `bound` when they are a limit, which with `eve` falls at an hour of that day that
    the words do not tell ("before Shabbat" is on Friday). `ahead` when the words cannot be of the past, `weak` when
    people also use them to tell what is.
    """

    first: date
    last: date
    start: int
    end: int
    part: DayPart | None = None
    bound: Bound | None = None
    eve: bool = False
    ahead: bool = False
    weak: bool = False
    told: Told = "span"
    others: tuple[date, ...] = ()
    """The days between which the words leave it open, as they contradict each other ("Monday 6.12")."""


_HELLO: Final = re.compile(r"\W*(?:בוקר|ערב|צהרימ|צהריימ|לילה)\s*(?:[,!.\n]|$)")
""" "בוקר," opens a message as "good morning" does."""


def open_scan(text: str, *, homes: bool = True) -> Scan:
    """The text ready for reading; lines stay apart and greetings, pasts and measures are already gone."""
    folded = _fold_lines(text)
    scan = Scan(folded, folded, homes)
    if hello := _HELLO.match(folded):
        scan.drop(*hello.span())
    for found in NOISE.finditer(folded):
        scan.drop(*found.span())
    return scan


def _fold_lines(text: str) -> str:
    """`fold(text)` in which a line break is kept where a space stands for it."""
    if "\n" not in text:
        return fold(text)
    lines = "\n".join(folded for line in text.splitlines() if (folded := fold(line)))
    return lines if len(lines) == len(normalise(text)) else fold(text)
