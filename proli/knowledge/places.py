"""Which places a message names: exact spellings first, neighbourhoods by their city, slips of the finger last."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final, Literal

from rapidfuzz.distance import DamerauLevenshtein

from proli.knowledge.errors import UnknownPlace
from proli.knowledge.place_matches import Found, Known, Mention, PartMention, PlaceMatch, Taken
from proli.knowledge.reading.gazetteer import (
    Form,
    Gazetteer,
    Locality,
    Part,
    arabic_stems,
    firsts,
    gazetteer,
    place_key,
    place_word,
)
from proli.knowledge.reading.phrases import stems
from proli.knowledge.reading.place_evidence import Around, is_house, is_place, is_street, tells_neighbourhood
from proli.knowledge.text import Token, fold, normalise, tokens

__all__ = [
    "Locality",
    "distance_km",
    "find_locality",
    "find_places",
    "get_locality",
    "read_mentions",
]

_LONGEST: Final = 5
_EARTH_KM: Final = 6371.0
_GAP: Final = re.compile(r"[\s\-.'\"]*")
_NEVER_FUZZY: Final = frozenset({"ראש העיר", "ראש השנה", "בית שלמ", "כפר סבתא"})


def find_places(text: str, *, asked: bool = False) -> list[PlaceMatch]:
    """The places the text names, in reading order, each locality once.

    `asked` says that the question for the city was just put, so that a bare name that is also a word counts.
    """
    read = _reading(normalise(text), asked)
    found = _without_streets(_without_negated(read.found))
    return _once(_with_parts(read.plain, found, read.parts(found)))


def read_mentions(text: str, *, asked: bool = False) -> tuple[list[Mention], list[PartMention]]:
    """Every mention of a locality and every name of a neighbourhood, in reading order, nothing yet left out."""
    read = _reading(normalise(text), asked)
    found = _without_streets(read.found)
    sure = {around.first for around, _ in read.parts(found)}
    parts = [_part_mention(around, part, around.first in sure) for around, part in read.part_names(found)]
    mentions = [Mention(one.match.locality, one.around.prefix, one.match.start, one.match.end) for one in found]
    return sorted(mentions, key=lambda one: one.start), sorted(parts, key=lambda one: one.start)


def find_locality(name: str) -> Locality | None:
    """The locality of exactly this name, alias or foreign spelling."""
    book = gazetteer()
    form = book.forms.get(place_key(name))
    return book.by_name.get(name) or (form.locality if form else None)


def get_locality(name: str) -> Locality:
    """The locality of this canonical name.

    Raises:
        UnknownPlace: no locality is called that.
    """
    found = gazetteer().by_name.get(name)
    if found is None:
        raise UnknownPlace(name)
    return found


def distance_km(a: Locality, b: Locality) -> float:
    """The great-circle distance between the centres of two localities, in kilometres."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b.lon - a.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


@lru_cache(maxsize=64)
def _reading(plain: str, asked: bool) -> "_Reading":
    """A text is asked about from several sides in one turn, and read once."""
    return _Reading(plain, fold(plain), tokens(plain), asked, gazetteer())


@dataclass(frozen=True)
class _Reading:
    """One text against the gazetteer."""

    plain: str
    folded: str
    words: list[Token]
    asked: bool
    book: Gazetteer

    @cached_property
    def spans(self) -> list[tuple[Around, str]]:
        return list(self.read_spans())

    @cached_property
    def found(self) -> list["Found"]:
        """Names of localities, exact ones before those written with a slip."""
        named = self.named()
        return [*named, *self.misspelt(named)]

    def named(self) -> list[Found]:
        """Exact spellings that mean a place, longer names before the shorter ones inside them."""
        found: list[Found] = []
        taken = Taken()
        for around, key in self.spans:
            form = self.book.forms.get(key)
            if form is None or taken.overlaps(around) or not self._is_written(around, form):
                continue
            if is_place(around, form) and not (form.kind == "clear" and around.prefix.endswith(("ה", "כ"))):
                found.append(self._found(around, form.locality, form.via))
                taken.add(around)
        return found

    def misspelt(self, known: list[Found]) -> list[Found]:
        """Names of towns written with a slip, where no exact name stands."""
        found: list[Found] = []
        taken = Taken(one.around for one in known)
        for around, key in self.spans:
            if around.prefix[-1:] in ("ה", "כ") or taken.overlaps(around) or is_street(around):
                continue
            near = self._nearest(key) if self._may_slip(around, key) else None
            if near is not None:
                found.append(self._found(around, near.locality, "fuzzy"))
                taken.add(around)
        return found

    def parts(self, known: list[Found]) -> list[tuple[Around, Part]]:
        """Neighbourhoods, which need their city beside them when the name means something else too."""
        beside = Known(known)
        return [(around, part) for around, part in self.part_names(known) if _is_part(around, part, beside)]

    def part_names(self, known: list[Found]) -> list[tuple[Around, Part]]:
        """Every name of a neighbourhood that is no street and no piece of a longer name."""
        found: list[tuple[Around, Part]] = []
        taken, cities = Taken(), Taken(city.around for city in known)
        for around, key in self.spans:
            part = self.book.parts.get(key)
            if part is None or taken.hold(around) or cities.hold(around, longer=True):
                continue
            if not is_street(around) and not is_house(around):
                found.append((around, part))
                taken.add(around)
        return found

    def match(
        self, around: Around, home: Locality, via: Literal["name", "alias", "neighbourhood", "fuzzy"]
    ) -> PlaceMatch:
        """The match these words are."""
        start, end = self.words[around.first].start, self.words[around.last - 1].end
        return PlaceMatch(home, self.plain[start:end], start, end, None, via)

    def _found(self, around: Around, home: Locality, via: Literal["name", "alias", "fuzzy"]) -> Found:
        return Found(around, self.match(around, home, via))

    def read_spans(self) -> Iterator[tuple[Around, str]]:
        """Every run of words that may be a name, longest first, with and without its prefixes, and its key."""
        plain = [place_word(word.text) for word in self.words]
        begun = [
            [(prefix, place_word(stem)) for prefix, stem in [*stems(word.text, shortest=2), *arabic_stems(word.text)]]
            for word in self.words
        ]
        runs = self._runs()
        for size in range(min(_LONGEST, len(self.words)), 0, -1):
            for first in range(len(self.words) - size + 1):
                if runs[first] < size:
                    continue
                for prefix, stem in begun[first]:
                    key = " ".join([stem, *plain[first + 1 : first + size]])
                    yield Around(self.folded, self.words, first, first + size, prefix, self.asked), key

    def _runs(self) -> list[int]:
        """For each word, how many from it on stand in one run, with nothing but blanks and hyphens between them."""
        runs = [1] * len(self.words)
        for at in range(len(self.words) - 2, -1, -1):
            if _GAP.fullmatch(self.folded, self.words[at].end, self.words[at + 1].start):
                runs[at] = runs[at + 1] + 1
        return runs

    def _is_written(self, around: Around, form: Form) -> bool:
        """Initials without gershayim count only with their dots or hyphen: "ת.א"."""
        span = self.words[around.first : around.last]
        letters = len(span) > 1 and all(len(word.text) == 1 for word in span)
        return form.via != "alias" or not letters or self.folded[span[0].end] in ".-"

    def _may_slip(self, around: Around, key: str) -> bool:
        if (
            key in self.book.never
            or key in self.book.parts
            or key in self.book.forms
            or key in _NEVER_FUZZY
            or len(key) < 4
        ):
            return False
        if len(key) == 4:
            return self.asked
        if around.last - around.first > 1:
            return True
        return self.asked or len(self.words) <= 3 or around.prefix[-1:] in ("ב", "מ")

    def _nearest(self, key: str) -> Form | None:
        allowed = 2 if len(key) >= 9 else 1
        for name in self.book.near.get(firsts(key), ()):
            if DamerauLevenshtein.distance(key, name, score_cutoff=allowed) <= allowed:
                return self.book.forms[name]
        return None


def _part_mention(around: Around, part: Part, sure: bool) -> PartMention:
    start, end = around.words[around.first].start, around.words[around.last - 1].end
    return PartMention(part.name, part.cities, around.prefix, start, end, sure)


def _is_part(around: Around, part: Part, known: "Known") -> bool:
    told = tells_neighbourhood(around.before())
    if known.beside(around, part) or (known.names(part) and (told or part.plain)):
        return True
    return len(part.cities) == 1 and not known.cities and (part.plain or (told and part.name.count(" ") == 0))


def _with_parts(plain: str, found: list[Found], parts: list[tuple[Around, Part]]) -> list[PlaceMatch]:
    matches = {city.match.locality.name: city.match for city in reversed(found)}
    extra: list[PlaceMatch] = []
    for around, part in parts:
        home = next((city for city in part.cities if city.name in matches), None)
        if home is not None:
            matches[home.name] = replace(matches[home.name], neighbourhood=part.name)
        else:
            start, end = around.words[around.first].start, around.words[around.last - 1].end
            extra.append(PlaceMatch(part.cities[0], plain[start:end], start, end, part.name, "neighbourhood"))
    return sorted([*matches.values(), *extra], key=lambda match: match.start)


def _without_streets(found: list[Found]) -> list[Found]:
    """A bare name with a house number is a street when another place is named."""
    cities = [city for city in found if not is_house(city.around)]
    return cities or found


def _without_negated(found: list[Found]) -> list[Found]:
    kept = [city for city in found if city.around.before() != "לא" or not city.around.prefix]
    return kept or found


def _once(matches: list[PlaceMatch]) -> list[PlaceMatch]:
    return list({match.locality.name: match for match in reversed(matches)}.values())[::-1]
