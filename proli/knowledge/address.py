"""Street, number, floor, apartment and entrance in a message, and nothing that only looks like them."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from proli.knowledge.intents import find_intents
from proli.knowledge.numbers import with_digits
from proli.knowledge.places import PlaceMatch, find_places, read_mentions
from proli.knowledge.reading.address_parts import BLANK, Parts, Value, as_number, blank, read_parts
from proli.knowledge.reading.beside import REACH, before, ends
from proli.knowledge.reading.lexicon import read_words, word_list
from proli.knowledge.reading.phrases import stems
from proli.knowledge.reading.time_words import pattern
from proli.knowledge.text import fold, skeleton
from proli.knowledge.trades import find_trade

_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
_MARKER: Final = (
    r"(?P<marker>(?:на )?(?:улиц[аеы]|ул\.?|проспект[е]?|бульвар[е]?)(?!\w)|(?:ب|في )?شارع|ה?רחוב|[בל]רחוב|מרחוב|[בל]?רח'|רח\s|[בל]?שדרות|[בל]?שד'|[בל]?דרך|[בל]?סמטת"
    r"|[בל]?כיכר|[בל]?משעול|[בל]?שביל)"
)
_KEPT_MARKERS: Final = frozenset("שדרות דרכ סמטת כיכר משעול שביל".split())  # noqa: SIM905
_SETTLED_NAMES: Final = frozenset({"המושב", "הקיבוצ", "המושבה", "העיר", "הבנימ"})
_SHOWN_MARKERS: Final = _KEPT_MARKERS | {"דרך", "שדרות"}
_WORD: Final = r"[^\W\d_]++(?:['\"-][^\W\d_]++)*+'?"
_WORD_START: Final = r"(?<![^\W\d_])(?<![^\W\d_]['\"-])"
_NUMBER: Final = (
    r"(?:(?:מס(?:פר|')?|בניין|בית|д\.?|дом|№|رقم|no\.?|number)\s?)?(?P<number>\d{1,3})(?P<letter>\s?[א-ד](?![\w'\"])(?!(?<=\s.) ?-? ?\d))?(?:/(?P<slash>\d{1,3}))?"
    r"(?![\d:.,%]\d|[\w%₪]|\s?[₪%])"
)
_MARKED: Final = re.compile(
    rf"(?<![\w\"'])(?:{_MARKER.translate(_FINALS)})\s*(?P<name>{_WORD}(?:[ ]{_WORD}){{0,3}}?)"
    rf"(?:,? {_NUMBER.translate(_FINALS)}|(?=$|[,.;?!\n]|\s\x00))"
)
_MARKED_BARE: Final = re.compile(
    rf"(?<![\w\"'])(?P<marker>ה?רחוב|[בל]רחוב|[בל]?רח')\s+(?P<name>{_WORD}(?:[ ]{_WORD})?)"
)
_PLAIN: Final = re.compile(rf"{_WORD_START}(?P<name>{_WORD}(?:[ ]{_WORD}){{0,4}}),? {_NUMBER.translate(_FINALS)}")
_ENGLISH: Final = re.compile(
    rf"(?<![\w:.,/])(?P<number>\d{{1,3}}) (?P<name>{_WORD}(?: {_WORD})?) (?:st|street|ave|avenue|road|rd|blvd)(?!\w)"
    rf"|(?<!\w){_WORD_START}(?P<name2>{_WORD}(?: {_WORD})?) (?:st|street|ave|avenue|road|rd|blvd)\.?,? (?P<number2>\d{{1,3}}[a-d]?)(?![\w:%])"
)
_UNIT: Final = pattern(
    r"(?:אינץ'?|אינטש|inch\w*|\"|градус\w*|метр\w*|комнат\w*|шекел\w*|тысяч\w*|лет|час\w*|минут\w*|شيكل|غرف\w*|متر|ساعه|שח|רק|חדר\w*|חד'|מטר\w*|מ\"ר|ש\"?ח|שקל\w*|אלף|אלפים|מיליון|מליון|דקות|דקה|שעות|שעה|ימים|יום|שבועות|חודש\w*"
    r"|לחודש|שנים|שנה|קומות|אחוז\w*|איש|אנשים|נפשות|פעמים"
    r"|ליטר|ס\"?מ|ק\"?מ|כ\"?ס|כוח סוס|יחידות|מזגנים|מעלות|בבוקר|בערב|בצהרי?ים|בלילה|אחה\"?צ|אחר ה\w+|אחרי ה\w+"
    r"|ל?נובמבר|ב\w+בר|am|pm|rooms?|nis|k|minutes?|hours?|days?|years?|people)"
)
_CORNER: Final = re.compile(
    rf"(?<=\w) (?:פינת|בפינת|פינה עם|corner of|угол) (?:רחוב )?{_WORD}(?: {_WORD})?(?=\s*[,.\n\d]|$)"
)
"""The other street of a corner: what comes before it is the address."""
_HOUSE_ONLY: Final = pattern(
    r"(?:^|(?<=[,.\n]) ?|(?<=\s))ב?(?P<name>בית)\s(?:מס(?:פר|')?\s)?(?P<number>\d{1,3})(?! ?(?:חד|מטר|קומ))"
)
"""In a village without street names an answer is the number of a house."""
_FARM: Final = pattern(r"[במ]?(?P<name>משק|נחלה|חלקה)\s(?:מס(?:פר|')?\s)?(?P<number>\d{1,3})")
_LATIN: Final = re.compile(
    r"(?:^|[,.;\n]\s?|\bat )(?P<number>\d{1,3}[a-dA-D]?) (?P<name>[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+){0,2})(?![\w])"
)
_LATIN_ASKED: Final = re.compile(
    r"^(?P<number>\d{1,3}[a-d]?) (?P<name>[a-z][a-z'’-]+(?: [a-z][a-z'’-]+){0,2})(?=\W*$|,| apt| floor)", re.IGNORECASE
)
_INSTEAD: Final = re.compile(
    r"(?<!\w)(?:לא|not|не) (?P<old2>\d{1,3}),? (?:אלא |but |а )?(?:מספר )?(?P<new2>\d{1,3})(?![\d:])"
    r"|(?<![\d:])(?P<new>\d{1,3}),? (?:ו?לא|not|а не|не|مش) (?:ב|מספר )?(?P<old>\d{1,3})(?![\d:])(?!,? (?:אלא|but))"
)
_SORRY_NUMBER: Final = pattern(
    r"(?:סליחה|סורי|טעות|תיקון|התכוונתי|בעצם|כלומר|sorry|i mean|i meant|actually|точнее|вернее|قصدي)(?: שלי| ל)?[\s,.:-]*(?:זה |מספר |ל-?|it's |number )?(?P<number>\d{1,3})"
)
_STREET_BEFORE: Final = re.compile(r"(?:רחוב|רח'|שדרות|שד'|דרכ|כיכר)\s*$")
_HOUSE: Final = re.compile(r" \d{1,3}(?![\d:.])")
_NOT_BARE: Final = read_words("not_names.txt") | word_list("not_a_name") | word_list("no_bare_street")
_NO_STREET: Final = word_list("no_street")
_TITLES: Final = word_list("street_first_words")
_B_STREETS: Final = word_list("streets_in_b")
_HOME: Final = word_list("living")
_OF_HOME: Final = word_list("property") | frozenset({"הדירה", "הבית", "הנכס", "המשרד", "החנות", "שלי", "שלנו", "בדירה"})
_LIFTED: Final = frozenset({"איסופ", "האיסופ", "לאסופ", "פינוי", "הפינוי", "ההובלה", "הובלה", "פריקה", "הפריקה"})
_SEARCH: Final = pattern(r"מחפש\w*|לקנות|לשכור|לקניי?ה|שכירות|להשכרה|למכירה|חדרים|תקציב|משכנתא")


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
    plain = _CORNER.sub("", with_digits(text))
    folded = fold(plain)
    places = find_places(plain)
    parts = read_parts(folded)
    parts = replace(parts, left=_without_parts(parts.left, plain))
    left = _without_places(parts.left, places, asked=asked)
    street = _street(plain, left, parts, asked=asked, beside=bool(places or parts))
    if street is None and not _parts_count(folded, parts, asked=asked, places=places):
        return None
    name, number, slash = street or (None, None, None)
    number = _corrected(left, number) if number else None
    apartment = parts.apartment if parts.apartment is not None or not slash else as_number(slash)
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
    found = _FARM.search(left)
    if found is None and asked and (house := _HOUSE_ONLY.search(left)):
        return None, house["number"], None
    if found is None or not (asked or beside):
        return None
    return plain[slice(*found.span("name"))], found["number"], None


def _corrected(left: str, number: str) -> str:
    """The number that a later word put in place of this one: "55 ... 53 לא 55", "12, סליחה 14"."""
    at = re.search(rf"(?<!\d){re.escape(number)}(?!\d)", left)
    for found in _INSTEAD.finditer(left):
        if found["old"] == number or (found["old2"] == number):
            return found["new"] or found["new2"]
    later = _SORRY_NUMBER.search(left, at.end()) if at else None
    return later["number"] if later and not _counts(left, later) else number


def _without_places(left: str, places: list[PlaceMatch], *, asked: bool) -> str:
    for place in places:
        if asked and place.via != "alias" and _HOUSE.match(left, place.end):
            continue
        marked = ends(_STREET_BEFORE, left, place.start)
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
    return bool(parts) and (asked or (bool(places) and not _SEARCH.search(folded)))


def _number_first(plain: str, left: str, *, asked: bool) -> _Street | None:
    """ "15 Emek Dotan", in capitals."""
    for found in [*_LATIN.finditer(plain), *(_LATIN_ASKED.finditer(plain) if asked else ())]:
        if BLANK not in left[found.start() : found.end()] and not _is_no_street(found["name"].split()[0]):
            return found["name"], found["number"], None
    return None


def _marked(plain: str, left: str) -> _Street | None:
    for expression in (_MARKED, _MARKED_BARE):
        for found in expression.finditer(left):
            marker = re.sub(r"^[בלה](?=רח|שד|דר|סמ|כי|מש|שב)", "", found["marker"].strip())
            numbered = "number" in found.groupdict() and found["number"]
            start, end = _trimmed(found, keep_first=bool(numbered))
            if start >= end or (marker in _KEPT_MARKERS and not numbered) or (numbered and _counts(left, found)):
                continue
            kept = {"שד'": "שדרות", "דרכ": "דרך"}.get(marker, marker)
            name = f"{kept} {plain[start:end]}" if kept in _SHOWN_MARKERS else plain[start:end]
            return name, _number(found) if numbered else None, found["slash"] if numbered else None
    return None


def _trimmed(found: re.Match[str], *, keep_first: bool) -> tuple[int, int]:
    """The span of the name up to the first word that is no part of a street name."""
    start = end = found.start("name")
    for word in re.finditer(r"\S+", found["name"]):
        first = keep_first and word.start() == 0
        if not first and _is_no_street(word[0]) and skeleton(word[0]) not in _TITLES:
            break
        end = start + word.end()
    return start, end


def _english(plain: str, left: str) -> _Street | None:
    found = _ENGLISH.search(left)
    if found is None:
        return None
    which = "" if found["name"] else "2"
    return plain[slice(*found.span("name" + which))], found["number" + which], None


def _plain(plain: str, left: str, *, asked: bool) -> _Street | None:
    """A name and a number that nothing else claims: in a short clause all words, else the last one or a longer name."""
    for found in _PLAIN.finditer(left):
        if _counts(left, found) or not (asked or _stands_by(left, found)):
            continue
        words = [(found.start("name") + m.start(), m[0]) for m in re.finditer(r"\S+", found["name"])]
        kept = _name_words(words, clause_start=_starts_clause(left, found.start("name")), asked=asked)
        if not kept and found["name"] in _SETTLED_NAMES and _starts_clause(left, found.start("name")):
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
        if _is_no_street(word) and not (kept and skeleton(word) in _TITLES):
            break
        kept.insert(0, (at, word))
    if not kept or (len(kept) == 1 and len(kept[0][1]) < 2):
        return []
    if len(kept) == len(words) and clause_start and len(kept) <= (4 if asked else 3):
        return kept
    while len(kept) > 1 and not (len(kept) <= 3 and all(_title(word) in _TITLES for _, word in kept[:-1])):
        kept.pop(0)
    return kept


def _title(word: str) -> str:
    found = skeleton(word)
    return next((stem for prefix, stem in stems(found, shortest=2) if stem in _TITLES and prefix in ("", "ב")), found)


def _is_no_street(word: str) -> bool:
    key = skeleton(word)
    if key in _NO_STREET or key.rstrip("-") in _NO_STREET:
        return True
    if key[:1] in "בלמהוש" and key[1:] in _NO_STREET and len(key) > 3:
        return True
    match = find_trade(word)
    return match is not None and key not in _TITLES


def _without_in(left: str, kept: list[tuple[int, str]]) -> int:
    """The start of the name without the "ב" of "I live in"."""
    at, word = kept[0]
    words = before(left, at).split()[-1:]
    lives = bool(words) and skeleton(words[0]) in _HOME | _OF_HOME
    if words and skeleton(words[0]) in _LIFTED and word[0] in "במ" and len(word) > 4:
        return at + 1
    doubled = word.startswith(("בב", "בה")) and word not in ("בהט",)
    return (
        at + 1
        if word.startswith("ב") and len(word) > 3 and (doubled or (lives and skeleton(word) not in _B_STREETS))
        else at
    )


def _starts_clause(left: str, at: int) -> bool:
    ahead = before(left, at).rstrip(" ")
    last = re.findall(r"[^\s\x00]+", ahead)[-1:]
    return not ahead or ahead[-1] in f",.;:!?{BLANK}-" or (bool(last) and _is_no_street(last[0].strip(",.:;!?")))


def _counts(left: str, found: re.Match[str]) -> bool:
    """The number counts something or is an hour."""
    rest = left[found.end() : found.end() + REACH].lstrip(" -")
    return bool(_UNIT.match(rest)) or (
        bool(re.match(r"[א-ת]{2,}(?:ימ|ות)(?!\w)", rest)) and not rest.startswith(("דירה", "קומות"))
    )


def _number(found: re.Match[str]) -> str:
    return found["number"] + (found["letter"] or "").strip()


def _bare(plain: str, left: str, *, has_parts: bool) -> _Street | None:
    """A street without a number as the whole answer."""
    words = [word for word in re.findall(rf"{_WORD}", left) if word]
    rest = left.replace(BLANK, " ").strip(" ,.")
    if not 1 <= len(words) <= 3 or rest != " ".join(words) or any(map(_is_no_street, words)) or has_parts:
        return None
    if any(_is_talk(word) for word in words) or (len(words) == 3 and _title(words[0]) not in _TITLES):
        return None
    if find_intents(plain) or len(rest) < 3:
        return None
    start = left.index(rest)
    return plain[start : start + len(rest)], None, None


def _is_talk(word: str) -> bool:
    """A word of conversation, also behind the "that" and "and" it may carry."""
    key = skeleton(fold(word))
    return any(stem in _NOT_BARE for _, stem in stems(key, shortest=2))
