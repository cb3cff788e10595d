"""The parts of a city that a message asks for, and the city they tell."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from proli.knowledge.place_matches import Mention, PartMention
from proli.knowledge.places import Locality
from proli.knowledge.reading.address_parts import corrects
from proli.knowledge.reading.beside import ends
from proli.knowledge.reading.gazetteer import gazetteer, place_key

_GENERAL: Final = re.compile(
    r"(?<!\w)(?:ב|ל|מ|ו|ה)?ה?(?P<name>(?:מרכז|צפונ|דרומ|מזרח|מערב|לב) העיר|עיר העתיקה|עיר עתיקה|צפונ הישנ|צפונ החדש)(?!\w)"
)
_SHOWN: Final = {
    "מרכז העיר": "מרכז העיר", "צפונ העיר": "צפון העיר", "דרומ העיר": "דרום העיר", "מזרח העיר": "מזרח העיר",
    "מערב העיר": "מערב העיר", "לב העיר": "לב העיר", "עיר העתיקה": "העיר העתיקה", "עיר עתיקה": "העיר העתיקה",
    "צפונ הישנ": "הצפון הישן", "צפונ החדש": "הצפון החדש",
}  # fmt: skip
_DENIED: Final = re.compile(r"(?<!\w)(?:ו?לא|בלי|חוצ מ|חוצ|not|не|except|مش)\s*(?:ב|מ|in)?-?\s*$")
_NEAR: Final = re.compile(r"(?<!\w)(?:ליד|קרוב\w* ל|סמוכ\w* ל|near|close to)\s*-?\s*$")
_TOLD: Final = re.compile(
    r"(?<!\w)(?:ב|ל|מ|ו|ה)?(?:שכונת|שכונה|שכונות|אזור|אזורי|רובע|בסביבות|סביבת|סביבות|neighbou?rhood|area|район\w*|حي|حاره|حارة)\s*(?:ה|of)?\s*$"
)
_LISTED: Final = re.compile(r"^[\s,]*(?:או|or|или|או|ו|и|and|/|أو|او|و)?\s*(?:ב|ו|ה)?-?$")
_LETTERED: Final = re.compile(
    r"(?<!\w)[בלמו]?(?P<kind>שכונה|רובע)\s+(?P<first>[א-ט]|י[א-ט]|ט[וז]|י\"[א-ט]|ט\"[וז])'?(?P<more>(?:\s*(?:,|או|ו-?)\s*(?:[א-ט]|י[א-ט]|ט[וז])'?(?![\w\"]))*)(?![\w\"])"
)
_LIVED: Final = re.compile(
    r"(?<!\w)(?:[הלמ]?ה?דיר(?:ה|ת \S+)|גר(?:ה|ימ)?|מתגורר\w*|אנחנו|אני|בית|שכונה)\s+(?:שלי |שלנו )?ב$"
)
_LETTER: Final = re.compile(r"(?<!\w)(?:ו-?)?([א-ט]|י\"?[א-ט]|ט\"?[וז])'?(?![\w\"])")
_BARE: Final = re.compile(
    r"^(?:[\s,.]|רק|עדיפ|בעיקר|או|אולי|ליד|היא|זה|שכונת|שכונה|בשכונת|אזור|באזור|או ב|ב|only|maybe)*$"
)
_SOON: Final = 40
_PERSON: Final = re.compile(r"(?<!\w)(?:שמי|קוראימ לי|מדבר(?:ת)?|my name is|i'?m)\s*$")
_CORRECTION: Final = re.compile(r"(?<!\w)(?:סליחה|טעות|התכוונתי|תיקונ|בעצמ|לא|sorry|actually)(?!\w)")


@dataclass(frozen=True, slots=True)
class Areas:
    """Names in their canonical spelling and reading order; `home` is the city they tell when there is but one."""

    names: tuple[str, ...]
    home: Locality | None
    mentions: tuple[Mention, ...]
    """Those that tell a city by themselves, as mentions of it."""


def read_areas(
    folded: str, parts: list[PartMention], cities: tuple[Locality, ...], *, asked: str | None, search: bool
) -> Areas:
    """The areas meant; a name that is also a word or a street needs its city or a word for an area beside it."""
    kept = _kept(folded, parts, cities, asked=asked, search=search)
    told = tuple(part.cities[0] for part in kept if len(part.cities) == 1)
    if search and len(kept) < len(parts) and told:
        kept = _kept(folded, parts, (*cities, *told), asked=asked, search=search)
    named = _lettered(folded)
    named += [
        (part.start, part.end, part.name)
        for part in kept
        if not any(a < part.end and part.start < b for a, b, _ in named)
    ]
    named += [one for one in _general(folded) if not any(a < one[1] and one[0] < b for a, b, _ in named)]
    return Areas(tuple(dict.fromkeys(name for _, _, name in sorted(named))), _home(kept), _telling(kept, cities))


def _kept(
    folded: str, parts: list[PartMention], cities: tuple[Locality, ...], *, asked: str | None, search: bool
) -> list[PartMention]:
    """The parts that are meant, given these cities."""
    kept: list[PartMention] = []
    for part in _not_taken_back(folded, parts):
        if any(ends(cue, folded, part.start + len(part.prefix)) for cue in (_DENIED, _NEAR, _PERSON)):
            continue
        listed = bool(kept) and bool(_LISTED.match(folded[kept[-1].end : part.start + len(part.prefix)]))
        if part.sure or _is_meant(folded, part, cities, asked=asked, search=search, listed=listed):
            kept.append(part)
    return kept


def _not_taken_back(folded: str, parts: list[PartMention]) -> list[PartMention]:
    """Without what a word of correction and another part replace: "in A, sorry, in B"."""
    gone = {
        first.start
        for first, second in pairwise(parts)
        if first.end <= second.start < first.end + _SOON and corrects(folded[first.end : second.start])
    }
    return [part for part in parts if part.start not in gone]


def _is_meant(
    folded: str, part: PartMention, cities: tuple[Locality, ...], *, asked: str | None, search: bool, listed: bool
) -> bool:
    here = any(home in cities for home in part.cities)
    if asked in ("areas", "neighbourhood", "neighbourhoods") or (listed and here):
        return True
    name = part.start + len(part.prefix)
    if not search:
        return len(part.cities) == 1 and part.prefix[-1:] == "ב" and bool(ends(_LIVED, folded, name))
    long = " " in part.name
    told = part.prefix[-1:] == "ב" or bool(ends(_TOLD, folded, name))
    if here:
        return told or long or _alone(folded, part)
    return long and told and len(part.cities) == 1


def _alone(folded: str, part: PartMention) -> bool:
    """Nothing but names and the like in the sentence: "אחוזה או דניה"."""
    start = max(folded.rfind(sign, 0, part.start) for sign in ".!?,") + 1
    return bool(_BARE.match(folded[start : part.start]))


def _lettered(folded: str) -> list[tuple[int, int, str]]:
    """ "שכונה ד או ג", "רובע י"ב": quarters that have letters for names."""
    found: list[tuple[int, int, str]] = []
    for one in _LETTERED.finditer(folded):
        if ends(_DENIED, folded, one.start()) or ends(_DENIED, folded, one.start("kind")):
            continue
        letters = [one["first"], *_LETTER.findall(one["more"])]
        for at, letter in enumerate(letters):
            name = f"{one['kind']} {letter.replace(chr(34), '')}"
            part = gazetteer().parts.get(place_key(name))
            found.append((one.start() + at, one.end(), part.name if part else name))
    return found


def _general(folded: str) -> list[tuple[int, int, str]]:
    return [
        (one.start(), one.end(), _SHOWN[one["name"]])
        for one in _GENERAL.finditer(folded)
        if not any(ends(cue, folded, one.start("name")) for cue in (_DENIED, _NEAR))
    ]


def _home(kept: list[PartMention]) -> Locality | None:
    """The one city all these are in."""
    shared = [home for home in (kept[0].cities if kept else ()) if all(home in part.cities for part in kept)]
    return shared[0] if len(shared) == 1 and any(part.sure or len(part.cities) == 1 for part in kept) else None


def _telling(kept: list[PartMention], cities: tuple[Locality, ...]) -> tuple[Mention, ...]:
    alone = [part for part in kept if len(part.cities) == 1 and part.cities[0] not in cities]
    return tuple(Mention(part.cities[0], part.prefix, part.start, part.end) for part in alone)
