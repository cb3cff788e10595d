"""Places found in a text: what each match is, which words are taken, and which localities are known from it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from proli.knowledge.reading.gazetteer import (
    Locality,
    Part,
)
from proli.knowledge.reading.place_evidence import Around


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place in a text; `start` and `end` are offsets in `normalise(text)` and `source` is what stands there."""

    locality: Locality
    source: str
    start: int
    end: int
    neighbourhood: str | None
    via: Literal["name", "alias", "neighbourhood", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One time a locality is named, with the Hebrew prefix it carries ("ב", "מ", "ול" ...)."""

    locality: Locality
    prefix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PartMention:
    """One time a neighbourhood is named; `sure` when it can be nothing else here."""

    name: str
    cities: tuple[Locality, ...]
    prefix: str
    start: int
    end: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Found:
    around: Around
    match: PlaceMatch


class Taken:
    """The words of a text that are read already, each with the runs that take it."""

    def __init__(self, spans: Iterable[Around] = ()) -> None:
        self._runs: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        for span in spans:
            self.add(span)

    def add(self, span: Around) -> None:
        """The words of the span are taken."""
        for at in range(span.first, span.last):
            self._runs[at].add((span.first, span.last))

    def overlaps(self, span: Around) -> bool:
        """Whether a word of the span is taken."""
        return any(at in self._runs for at in range(span.first, span.last))

    def hold(self, span: Around, *, longer: bool = False) -> bool:
        """Whether one run holds the whole span; with `longer`, and more than it."""
        size = span.last - span.first
        runs = self._runs.get(span.first, ())
        return any(first <= span.first and span.last <= last and last - first >= size + longer for first, last in runs)


class Known:
    """The localities found, by name and by the words they end and begin at."""

    def __init__(self, found: list[Found]) -> None:
        self.cities = {one.match.locality.name for one in found}
        self._ends = defaultdict[int, set[str]](set)
        self._begins = defaultdict[int, set[str]](set)
        for one in found:
            self._ends[one.around.last].add(one.match.locality.name)
            self._begins[one.around.first].add(one.match.locality.name)

    def names(self, part: Part) -> bool:
        """Whether a city of the part is named anywhere."""
        return any(city.name in self.cities for city in part.cities)

    def beside(self, around: Around, part: Part) -> bool:
        """Whether a city of the part stands at most a word before or after it."""
        near = {name for off in (-1, 0, 1) for name in self._ends.get(around.first + off, ())}
        near |= {name for off in (-1, 0, 1) for name in self._begins.get(around.last + off, ())}
        return any(city.name in near for city in part.cities)
