"""Street, number, floor, apartment and entrance in a message, and nothing that only looks like them."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from proli.knowledge.address_patterns import (
    B_STREETS,
    BEFORE_NAME,
    CORNER,
    ENGLISH,
    FARM,
    HOME,
    HOUSE,
    HOUSE_ONLY,
    INSTEAD,
    KEPT_MARKERS,
    LATIN,
    LATIN_ASKED,
    LIFTED,
    MARKED,
    MARKED_BARE,
    NO_STREET,
    NOT_BARE,
    OF_HOME,
    PLAIN,
    SEARCH,
    SETTLED_NAMES,
    SHOWN_MARKERS,
    SORRY_NUMBER,
    STREET_BEFORE,
    TITLES,
    UNIT,
    WORD,
)
from proli.knowledge.intents import find_intents
from proli.knowledge.numbers import with_digits
from proli.knowledge.place_matches import PlaceMatch
from proli.knowledge.places import find_places, read_mentions
from proli.knowledge.reading.address_parts import BLANK, Parts, Value, as_number, blank, read_parts
from proli.knowledge.reading.beside import REACH, before, ends
from proli.knowledge.reading.number_words import NUMBER_WORDS
from proli.knowledge.reading.phrases import stems
from proli.knowledge.reading.place_roles import street_openers
from proli.knowledge.text import fold, skeleton
from proli.knowledge.towns_apart import with_towns_apart
from proli.knowledge.trades import find_trade


@dataclass(frozen=True, slots=True)
class Address:
    """What a text says of an address; floor 0 is the ground floor, a number with a letter ("12א") stays a text."""

    street: str | None
    number: Value | None
    floor: int | None
    apartment: Value | None
    entrance: str | None

    def line(self) -> str:
        """One line for people: "ביאליק 30, קומה 2"."""
        street = " ".join(str(part) for part in (self.street, self.number) if part is not None)
        ground = "קומת קרקע" if self.floor == 0 else None
        labelled = (("קומה", None if ground else self.floor), ("דירה", self.apartment), ("כניסה", self.entrance))
        said = [street or None, ground, *(f"{label} {value}" for label, value in labelled if value)]
        return ", ".join(part for part in said if part)


def find_address(text: str, *, asked: bool = False) -> Address | None:
    """The address the text gives; None when it gives none.

    A street and number without the word for street count when `asked`, beside a city, or beside a floor or apartment.
    """
    plain = CORNER.sub("", with_digits(with_towns_apart(text) if asked else text, house=asked))
    folded = fold(plain)
    places = find_places(plain)
    parts = read_parts(folded)
    parts = replace(parts, left=_without_parts(parts.left, plain))
    left = _without_places(parts.left, places, street_openers(folded, read_mentions(plain)[0]), asked=asked)
    street = _street(plain, left, parts, asked=asked, beside=bool(places or parts))
    if street is None and not _parts_count(folded, parts, asked=asked, places=places):
        return None
    name, number, slash = street or (None, None, None)
    number = _corrected(left, number) if number else None
    apartment = parts.apartment if parts.apartment is not None or not slash else as_number(slash)
    name = BEFORE_NAME.sub("", name) if name else None
    return Address(name, as_number(number) if number else None, parts.floor, apartment, parts.entrance)


_Street = tuple[str | None, str | None, str | None]


def _street(plain: str, left: str, parts: Parts, *, asked: bool, beside: bool) -> _Street | None:
    found = _farm(plain, left, asked=asked, beside=beside) or _marked(plain, left) or _english(plain, left)
    if found is None and (asked or beside):
        found = _number_first(plain, left, asked=asked) or _plain(plain, left, asked=asked)
    if found is None and asked:
        found = _bare(plain, left, has_parts=bool(parts))
    return found


def _farm(plain: str, left: str, *, asked: bool, beside: bool) -> _Street | None:
    """A farm of a moshav has a number and no street: "משק 44"."""
    found = FARM.search(left)
    if found is None and asked and (house := HOUSE_ONLY.search(left)):
        return None, house["number"], None
    if found is None or not (asked or beside):
        return None
    return plain[slice(*found.span("name"))], found["number"], None


def _corrected(left: str, number: str) -> str:
    """The number that a later word put in place of this one: "55 ... 53 לא 55", "12, סליחה 14"."""
    at = re.search(rf"(?<!\d){re.escape(number)}(?!\d)", left)
    for found in INSTEAD.finditer(left):
        if found["old"] == number or (found["old2"] == number):
            return found["new"] or found["new2"]
    later = SORRY_NUMBER.search(left, at.end()) if at else None
    return later["number"] if later and not _counts(left, later) else number


def _without_places(left: str, places: list[PlaceMatch], streets: frozenset[int], *, asked: bool) -> str:
    for place in places:
        if place.start in streets or (asked and place.via != "alias" and HOUSE.match(left, place.end)):
            continue
        marked = ends(STREET_BEFORE, left, place.start)
        if not marked:
            left = blank(left, place.start, place.end)
    return left


def _without_parts(left: str, plain: str) -> str:
    """Without the neighbourhoods that stand beside their city."""
    for part in read_mentions(plain)[1]:
        if part.sure:
            left = blank(left, part.start, part.end)
    return left


def _parts_count(folded: str, parts: Parts, *, asked: bool, places: list[PlaceMatch]) -> bool:
    """Whether a floor or apartment without a street is of the person's home and not of one they look for."""
    return bool(parts) and (asked or (bool(places) and not SEARCH.search(folded)))


def _number_first(plain: str, left: str, *, asked: bool) -> _Street | None:
    """ "15 Emek Dotan", in capitals."""
    for found in [*LATIN.finditer(plain), *(LATIN_ASKED.finditer(plain) if asked else ())]:
        if BLANK not in left[found.start() : found.end()] and not _is_no_street(found["name"].split()[0]):
            return found["name"], found["number"], None
    return None


def _marked(plain: str, left: str) -> _Street | None:
    for expression in (MARKED, MARKED_BARE):
        for found in expression.finditer(left):
            marker = re.sub(r"^[בלה](?=רח|שד|דר|סמ|כי|מש|שב)", "", found["marker"].strip())
            numbered = "number" in found.groupdict() and found["number"]
            start, end = _trimmed(found, keep_first=bool(numbered))
            if start >= end or (marker in KEPT_MARKERS and not numbered) or (numbered and _counts(left, found)):
                continue
            kept = {"שד'": "שדרות", "דרכ": "דרך"}.get(marker, marker)
            name = f"{kept} {plain[start:end]}" if kept in SHOWN_MARKERS else plain[start:end]
            return name, _number(found) if numbered else None, found["slash"] if numbered else None
    return None


def _trimmed(found: re.Match[str], *, keep_first: bool) -> tuple[int, int]:
    """The span of the name up to the first word that is no part of a street name."""
    start = end = found.start("name")
    for word in re.finditer(r"\S+", found["name"]):
        first = keep_first and word.start() == 0
        if not first and _is_no_street(word[0]) and skeleton(word[0]) not in TITLES:
            break
        end = start + word.end()
    return start, end


def _english(plain: str, left: str) -> _Street | None:
    found = ENGLISH.search(left)
    if found is None:
        return None
    which = "" if found["name"] else "2"
    return plain[slice(*found.span("name" + which))], found["number" + which], None


def _plain(plain: str, left: str, *, asked: bool) -> _Street | None:
    """A name and a number that nothing else claims: in a short clause all words, else the last one or a longer name."""
    for found in PLAIN.finditer(left):
        if _counts(left, found) or not (asked or _stands_by(left, found)):
            continue
        words = [(found.start("name") + m.start(), m[0]) for m in re.finditer(r"\S+", found["name"])]
        kept = _name_words(words, clause_start=_starts_clause(left, found.start("name")), asked=asked)
        if not kept and found["name"] in SETTLED_NAMES and _starts_clause(left, found.start("name")):
            kept = words
        if kept:
            start = _without_in(left, kept)
            return plain[start : found.end("name")], _number(found), found["slash"]
    return None


def _stands_by(left: str, found: re.Match[str]) -> bool:
    """A place, floor or apartment is right beside it or in its sentence, or it is a whole sentence."""
    edges = _sentence_ends(left)
    first = bisect_left(edges, found.start("name"))
    last = bisect_left(edges, found.end())
    start, stop = edges[first - 1] + 1 if first else 0, edges[last] if last < len(edges) else len(left)
    if BLANK in left[start:stop]:
        return True
    return not left[start : found.start("name")].strip(" ,.") and not left[found.end() : stop].strip(" ,.")


@lru_cache(maxsize=16)
def _sentence_ends(left: str) -> list[int]:
    return [found.start() for found in re.finditer(r"[.!?;](?=\s|$)", left)]


def _name_words(words: list[tuple[int, str]], *, clause_start: bool, asked: bool) -> list[tuple[int, str]]:
    kept: list[tuple[int, str]] = []
    for at, word in reversed(words):
        if _is_no_street(word) and not (kept and skeleton(word) in TITLES):
            break
        kept.insert(0, (at, word))
    if not kept or (len(kept) == 1 and len(kept[0][1]) < 2):
        return []
    if len(kept) == len(words) and clause_start and len(kept) <= (4 if asked else 3):
        return kept
    while len(kept) > 1 and not (len(kept) <= 3 and all(_title(word) in TITLES for _, word in kept[:-1])):
        kept.pop(0)
    return kept


def _title(word: str) -> str:
    found = skeleton(word)
    return next((stem for prefix, stem in stems(found, shortest=2) if stem in TITLES and prefix in ("", "ב")), found)


def _is_no_street(word: str) -> bool:
    key = skeleton(word)
    if key in NO_STREET or key.rstrip("-") in NO_STREET:
        return True
    if key[:1] in "בלמהוש" and key[1:] in NO_STREET and len(key) > 3:
        return True
    match = find_trade(word)
    return match is not None and key not in TITLES


def _without_in(left: str, kept: list[tuple[int, str]]) -> int:
    """The start of the name without the "ב" of "I live in"."""
    at, word = kept[0]
    words = before(left, at).split()[-1:]
    lives = bool(words) and skeleton(words[0]) in HOME | OF_HOME
    if words and skeleton(words[0]) in LIFTED and word[0] in "במ" and len(word) > 4:
        return at + 1
    doubled = word.startswith(("בב", "בה")) and word not in ("בהט",)
    return (
        at + 1
        if word.startswith("ב") and len(word) > 3 and (doubled or (lives and skeleton(word) not in B_STREETS))
        else at
    )


def _starts_clause(left: str, at: int) -> bool:
    ahead = before(left, at).rstrip(" ")
    last = re.findall(r"[^\s\x00]+", ahead)[-1:]
    return not ahead or ahead[-1] in f",.;:!?{BLANK}-" or (bool(last) and _is_no_street(last[0].strip(",.:;!?")))


def _counts(left: str, found: re.Match[str]) -> bool:
    """The number counts something or is an hour."""
    rest = left[found.end() : found.end() + REACH].lstrip(" -")
    return bool(UNIT.match(rest)) or (
        bool(re.match(r"[א-ת]{2,}(?:ימ|ות)(?!\w)", rest)) and not rest.startswith(("דירה", "קומות"))
    )


def _number(found: re.Match[str]) -> str:
    return found["number"] + (found["letter"] or "").strip()


def _bare(plain: str, left: str, *, has_parts: bool) -> _Street | None:
    """A street without a number as the whole answer."""
    words = [word for word in re.findall(rf"{WORD}", left) if word]
    rest = left.replace(BLANK, " ").strip(" ,.")
    if not 1 <= len(words) <= 3 or rest != " ".join(words) or any(map(_is_no_street, words)) or has_parts:
        return None
    if any(_is_talk(word) or word in NUMBER_WORDS for word in words) or (
        len(words) == 3 and _title(words[0]) not in TITLES
    ):
        return None
    if find_intents(plain) or len(rest) < 3:
        return None
    start = left.index(rest)
    return plain[start : start + len(rest)], None, None


def _is_talk(word: str) -> bool:
    """A word of conversation, also behind the "that" and "and" it may carry."""
    key = skeleton(fold(word))
    return any(stem in NOT_BARE for _, stem in stems(key, shortest=2))
