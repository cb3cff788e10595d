"""Street, number, floor, apartment and entrance in a message, and nothing that only looks like them."""

import re
from dataclasses import dataclass
from typing import Final

from proli.knowledge.intents import find_intents
from proli.knowledge.places import PlaceMatch, find_places
from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.reading.phrases import stems
from proli.knowledge.reading.time_words import one_of, pattern
from proli.knowledge.text import fold, normalise, skeleton
from proli.knowledge.trades import find_trade

_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
_FLOORS: Final[dict[str, str]] = {
    "קרקע": "0", "כניסה": "0", "ראשונה": "1", "שניה": "2", "שנייה": "2", "שלישית": "3", "רביעית": "4", "חמישית": "5",
    "שישית": "6", "שביעית": "7", "שמינית": "8", "ground": "0", "first": "1", "second": "2", "third": "3", "fourth": "4",
    "א": "1", "ב": "2", "ג": "3", "ד": "4",
}  # fmt: skip
_FLOOR: Final = pattern(
    rf"[בל]?קומ(?:ה|ת)[\s:-]*(?:מס(?:פר|')?\s)?(?P<v>-?\d{{1,2}}|{one_of(dict.fromkeys(_FLOORS, 0))})'?"
    rf"|(?P<en>\d{{1,2}})(?:st|nd|rd|th) floor|floor (?P<f>-?\d{{1,2}})"
)
_APARTMENT: Final = pattern(
    r"[בל]?(?:דירה|דירת|apt\.?|apartment|flat)[\s:#-]*(?:מס(?:פר|')?\s?)?(?P<v>\d{1,3}[א-ת]?)(?!\s*(?:חד|מטר"
    r"|מ\"ר|rooms?|מיליון|ח'|,\d))"
)
_ENTRANCE: Final = pattern(r"[בל]?(?:כניסה|entrance)[\s:-]*(?P<v>[א-ת](?!\w)|\d{1,2}|[a-d](?!\w))'?")
_MARKER: Final = (
    r"(?P<marker>ה?רחוב|[בל]רחוב|מרחוב|[בל]?רח'|רח\s|[בל]?שדרות|[בל]?שד'|[בל]?דרך|[בל]?סמטת"
    r"|[בל]?כיכר|[בל]?משעול|[בל]?שביל)"
)
_KEPT_MARKERS: Final = frozenset("שדרות דרכ סמטת כיכר משעול שביל".split())  # noqa: SIM905
_WORD: Final = r"[^\W\d_]+(?:['\"-][^\W\d_]+)*'?"
_NUMBER: Final = (
    r"(?:מס(?:פר|')?\s?)?(?P<number>\d{1,3})(?P<letter>\s?[א-ד](?![\w'\"]))?(?:/(?P<slash>\d{1,3}))?"
    r"(?![\d:.,%]\d|[\w%₪]|\s?[₪%])"
)
_MARKED: Final = re.compile(
    rf"(?<![\w\"'])(?:{_MARKER.translate(_FINALS)})\s*(?P<name>{_WORD}(?:[ ]{_WORD}){{0,3}}?)"
    rf"(?:,? {_NUMBER.translate(_FINALS)}|(?=$|[,.;?!\n]|\s\x00))"
)
_MARKED_BARE: Final = re.compile(
    rf"(?<![\w\"'])(?P<marker>ה?רחוב|[בל]רחוב|[בל]?רח')\s+(?P<name>{_WORD}(?:[ ]{_WORD})?)"
)
_PLAIN: Final = re.compile(rf"(?P<name>{_WORD}(?:[ ]{_WORD}){{0,4}}),? {_NUMBER.translate(_FINALS)}")
_ENGLISH: Final = re.compile(
    rf"(?<![\w:.,/])(?P<number>\d{{1,3}}) (?P<name>{_WORD}(?: {_WORD})?) (?:st|street|ave|avenue|road|rd|blvd)(?!\w)"
)
_UNIT: Final = pattern(
    r"(?:חדר\w*|חד'|מטר\w*|מ\"ר|ש\"?ח|שקל\w*|אלף|אלפים|מיליון|מליון|דקות|דקה|שעות|שעה|ימים|יום|שבועות|חודש\w*"
    r"|לחודש|שנים|שנה|קומות|אחוז\w*|איש|אנשים|נפשות|פעמים"
    r"|ליטר|ס\"?מ|ק\"?מ|כ\"?ס|כוח סוס|יחידות|מזגנים|מעלות|בבוקר|בערב|בצהרי?ים|בלילה|אחה\"?צ|אחר ה\w+|אחרי ה\w+"
    r"|ל?נובמבר|ב\w+בר|am|pm|rooms?|nis|k|minutes?|hours?|days?|years?|people)"
)
_NO_STREET: Final = word_list("no_street")
_TITLES: Final = word_list("street_first_words")
_B_STREETS: Final = word_list("streets_in_b")
_HOME: Final = word_list("living")
_SEARCH: Final = pattern(r"מחפש\w*|לקנות|לשכור|לקניי?ה|שכירות|להשכרה|למכירה|חדרים|תקציב|משכנתא")
_BLANK: Final = "\x00"


@dataclass(frozen=True, slots=True)
class Address:
    """What a text says of an address, as written; floors and numbers in digits where the text had words."""

    street: str | None
    number: str | None
    floor: str | None
    apartment: str | None
    entrance: str | None

    def line(self) -> str:
        """One line for people: "ביאליק 30, קומה 2"."""
        street = " ".join(part for part in (self.street, self.number) if part)
        ground = "קומת קרקע" if self.floor == "0" else None
        labelled = (("קומה", None if ground else self.floor), ("דירה", self.apartment), ("כניסה", self.entrance))
        said = [street or None, ground, *(f"{label} {value}" for label, value in labelled if value)]
        return ", ".join(part for part in said if part)


def find_address(text: str, *, asked: bool = False) -> Address | None:
    """The address the text gives; None when it gives none.

    A street and number without the word for street count when `asked`, beside a city, or beside a floor or apartment.
    """
    plain, folded = normalise(text), fold(text)
    places = find_places(text)
    parts, left = _parts(folded)
    left = _without_places(left, places)
    beside = bool(places) or any(parts.values())
    street = _marked(plain, left) or _english(plain, left)
    if street is None and (asked or beside):
        street = _plain(plain, left, asked=asked)
    if street is None and asked:
        street = _bare(plain, left, has_parts=any(parts.values()))
    if street is None and not _parts_count(folded, parts, asked=asked, places=places):
        return None
    name, number, slash = street or (None, None, None)
    return Address(name, number, parts["floor"], parts["apartment"] or slash, parts["entrance"])


_Street = tuple[str | None, str | None, str | None]


def _parts(folded: str) -> tuple[dict[str, str | None], str]:
    """Floor, apartment and entrance, and the text without them."""
    left, found = folded, dict[str, str | None]()
    for name, expression in (("floor", _FLOOR), ("apartment", _APARTMENT), ("entrance", _ENTRANCE)):
        match = expression.search(left)
        value = next((said for said in match.groups() if said), None) if match else None
        words = {word.translate(_FINALS): floor for word, floor in _FLOORS.items()}
        found[name] = words.get(value, value) if value and name == "floor" else value
        if match:
            left = _blank(left, match.start(), match.end())
    return found, left


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + _BLANK * (end - start) + text[end:]


def _without_places(left: str, places: list[PlaceMatch]) -> str:
    for place in places:
        marked = re.search(r"(?:רחוב|רח'|שדרות|שד'|דרכ|כיכר)\s*$", left[: place.start])
        if not marked:
            left = _blank(left, place.start, place.end)
    return left


def _parts_count(folded: str, parts: dict[str, str | None], *, asked: bool, places: list[PlaceMatch]) -> bool:
    """Whether a floor or apartment without a street is of the person's home and not of one they look for."""
    return any(parts.values()) and (asked or (bool(places) and not _SEARCH.search(folded)))


def _marked(plain: str, left: str) -> _Street | None:
    for expression in (_MARKED, _MARKED_BARE):
        for found in expression.finditer(left):
            marker = re.sub(r"^[בלה](?=רח|שד|דר|סמ|כי|מש|שב)", "", found["marker"].strip())
            numbered = "number" in found.groupdict() and found["number"]
            start, end = _trimmed(found, keep_first=bool(numbered))
            if start >= end or (marker in _KEPT_MARKERS and not numbered) or (numbered and _counts(left, found)):
                continue
            kept = {"שד'": "שדרות", "דרכ": "דרך"}.get(marker, marker)
            name = plain[start:end] if kept.startswith("רח") else f"{kept} {plain[start:end]}"
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
    return (plain[slice(*found.span("name"))], found["number"], None) if found else None


def _plain(plain: str, left: str, *, asked: bool) -> _Street | None:
    """A name and a number that nothing else claims: in a short clause all words, else the last one or a longer name."""
    for found in _PLAIN.finditer(left):
        if _counts(left, found):
            continue
        words = [(found.start("name") + m.start(), m[0]) for m in re.finditer(r"\S+", found["name"])]
        kept = _name_words(words, clause_start=_starts_clause(left, found.start("name")), asked=asked)
        if kept:
            start = _without_in(left, kept)
            return plain[start : found.end("name")], _number(found), found["slash"]
    return None


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
    before = re.findall(r"\S+", left[:at])[-1:]
    lives = bool(before) and skeleton(before[0]) in _HOME
    doubled = word.startswith(("בב", "בה")) and word not in ("בהט",)
    return (
        at + 1
        if word.startswith("ב") and len(word) > 3 and (doubled or (lives and skeleton(word) not in _B_STREETS))
        else at
    )


def _starts_clause(left: str, at: int) -> bool:
    before = left[:at].rstrip(" ")
    last = re.findall(r"[^\s\x00]+", before)[-1:]
    return not before or before[-1] in f",.;:!?{_BLANK}-" or (bool(last) and _is_no_street(last[0].strip(",.:;!?")))


def _counts(left: str, found: re.Match[str]) -> bool:
    """The number counts something or is an hour."""
    rest = left[found.end() :].lstrip(" -")
    return bool(_UNIT.match(rest)) or (
        bool(re.match(r"[א-ת]{2,}(?:ימ|ות)(?!\w)", rest)) and not rest.startswith(("דירה", "קומות"))
    )


def _number(found: re.Match[str]) -> str:
    return found["number"] + (found["letter"] or "").strip()


def _bare(plain: str, left: str, *, has_parts: bool) -> _Street | None:
    """A street without a number as the whole answer."""
    words = [word for word in re.findall(rf"{_WORD}", left) if word]
    rest = left.replace(_BLANK, " ").strip(" ,.")
    if not 1 <= len(words) <= 3 or rest != " ".join(words) or any(map(_is_no_street, words)) or has_parts:
        return None
    if find_intents(plain) or len(rest) < 3:
        return None
    start = left.index(rest)
    return plain[start : start + len(rest)], None, None
