"""Where a request is to be carried out, from where to where, and where something is sold."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from proli.knowledge.address import find_address
from proli.knowledge.place_matches import Mention, PartMention
from proli.knowledge.places import Locality, find_places, get_locality, read_mentions
from proli.knowledge.reading.gazetteer import region_names
from proli.knowledge.reading.number_words import CONSTRUCT, NUMBER_WORDS
from proli.knowledge.reading.place_areas import read_areas
from proli.knowledge.reading.place_roles import SORRY, Scene, street_openers
from proli.knowledge.reading.time_words import pattern
from proli.knowledge.text import fold

__all__ = ["Where", "read_where", "set_right", "without_guess"]

_SEEKING: Final = frozenset({"buyer", "tenant"})
_OFFERING: Final = frozenset({"seller"})
_ASKED: Final = frozenset({"city", "locality", "sell_city", "city_to"})
_HOUSE: Final = re.compile(
    rf" (?:\d{{1,3}}(?![\d:.])|(?:{'|'.join(sorted(NUMBER_WORDS - CONSTRUCT.keys(), key=len, reverse=True))})(?!\w))"
)
_MOVE: Final = pattern(
    r"[וש]?[הל]?(?:הובל(?:ה|ת|ות)|הוביל|מוביל(?:ימ)?|העביר|מעביר(?:ה|ימ)?|העברה|העברת|אסוף|עובר(?:ת|ימ)? דירה|עבור דירה|מעבר|מעבר דירה|עבור|מפנ(?:ה|ימ)(?: את ה?)? ?ה?דירה)"
    r"|עובר(?:ת|ימ)?|move|moving|movers?|relocat\w+|deliver\w*|переезд\w*|переезжа\w*|перевез\w*|перевоз\w*|грузчик\w*|نقل|انقل|ننقل|عفش|رحيل"
)
_NEAR: Final = 12
_OPENS_STREET: Final = re.compile(
    r"[\s,.]*(?:ב?רחוב |ב?רח' )?[^\W\d][\w'\"-]*(?: [^\W\d][\w'\"-]*){0,3},? \d{1,3}(?![\d:.])"
)
_CARRY: Final = pattern(
    r"[וש]?[הל]?(?:הובל(?:ה|ת|ות)|הוביל|מוביל(?:ימ)?|העביר|מעביר(?:ה|ימ)?|מעבר דירה|עבור דירה|עובר(?:ת|ימ)? דירה)|מפנ(?:ה|ימ)(?: את ה?)? ?ה?דירה|move|moving|movers?"
    r"|переезд\w*|переезжа\w*|перевез\w*|перевоз\w*|نقل|انقل|ننقل|عفش"
)


_AT_THEIRS: Final = re.compile(r"(?<!\w)(?:אצל|לאמא|לאבא|להורימ|לסבתא|for my|at my)(?!\w)")
"""By which it is told which of the two is meant: "a leak at my mother's"."""


@dataclass(frozen=True, slots=True)
class Where:
    """The places of a request by their roles; `candidates` when the city is one of several and cannot be told."""

    city: Locality | None = None
    city_to: Locality | None = None
    sell_city: Locality | None = None
    candidates: tuple[Locality, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    region: str | None = None


@lru_cache(maxsize=256)
def read_where(text: str, *, asked: str | None, homes: bool, role: str | None = None) -> Where:
    """Where the request is. `asked` is the question this text answers; `homes` says that homes are looked for or offered.

    `role` is what the person is known to be ("seller" ...), so that a place without a verb is what they sell.
    """
    mentions, parts = read_mentions(text, asked=asked in _ASKED)
    mentions, parts = _told_apart(mentions, parts)
    folded = fold(text)
    mentions = _without_inner(folded, mentions)
    streets = street_openers(folded, mentions)
    mentions = [one for one in mentions if one.start not in streets]
    if asked == "address":
        mentions = [one for one in mentions if one.prefix or not _HOUSE.match(folded, one.end)]
        parts = [one for one in parts if not _HOUSE.match(folded, one.end)]
    named = tuple(mention.locality for mention in mentions)
    areas = read_areas(folded, parts, named, asked=asked, search=homes)
    if homes or all(Scene(folded, one).is_others for one in mentions):
        mentions = sorted([*mentions, *areas.mentions], key=lambda one: one.start)
    scenes = _current([Scene(folded, mention) for mention in mentions])
    if not homes:
        addressed = _addressed(folded, mentions)
        if not addressed and (either := _of_two_people(folded, mentions)):
            return Where(candidates=either, neighbourhoods=areas.names)
        scenes = addressed or scenes
    if homes:
        scenes = [scene for scene in scenes if not scene.is_origin]
    if not scenes:
        home = areas.home
        found = Where(city=home)
    elif homes:
        found = _property_places(scenes, role=role)
    else:
        found = _job_places(folded, scenes)
    region = None if found.city or found.candidates else _region(folded, mentions)
    return Where(found.city, found.city_to, found.sell_city, found.candidates, areas.names, region)


def set_right(where: Where, text: str, *, known: str | None) -> Where:
    """ "Sorry, the flat is in B, my office is in A" where A was known: it is B."""
    others = [place for place in where.candidates if place.name != known]
    if len(others) == 1 and len(where.candidates) == 2 and SORRY.search(fold(text)):
        return replace(where, city=others[0], candidates=())
    return where


def without_guess(where: Where, text: str, *, known: str | None) -> Where:
    """A place that is only spelt like what was written stands for nothing where another one is known."""
    if known is None or where.city is None or where.city.name == known:
        return where
    guessed = any(one.via == "fuzzy" and one.locality == where.city for one in find_places(text, asked=True))
    return replace(where, city=None) if guessed else where


def _without_inner(folded: str, mentions: list[Mention]) -> list[Mention]:
    """ "בגעתון בנהריה": what stands in a town is a street or a quarter of it."""
    inner = {
        one.start
        for one, following in pairwise(mentions)
        if one.prefix[-1:] == following.prefix[-1:] == "ב" and folded[one.end : following.start] in (" ב", " ")
    }
    return [one for one in mentions if one.start not in inner]


def _told_apart(mentions: list[Mention], parts: list[PartMention]) -> tuple[list[Mention], list[PartMention]]:
    """A town's name inside a longer name of a neighbourhood is the neighbourhood's, unless it is of that very town."""
    named = Counter(one.locality.name for one in mentions)
    kept = [one for one in mentions if not any(_is_parts(one, part, named) for part in _around(one, parts))]
    return kept, parts


def _around(one: Mention, parts: list[PartMention]) -> Iterator[PartMention]:
    """The parts whose names hold that of the mention; they are in reading order, and no name is long."""
    at = bisect_right(parts, one.start, key=lambda part: part.start)
    return (part for part in parts[max(at - _NEAR, 0) : at] if one.end <= part.end)


def _is_parts(one: Mention, part: PartMention, named: Counter[str]) -> bool:
    own = any(city.name == one.locality.name for city in part.cities)
    if (part.start, part.end) != (one.start, one.end):
        return not own
    return any(named[city.name] > (city.name == one.locality.name) for city in part.cities)


def _current(scenes: list[Scene]) -> list[Scene]:
    """The mentions that may be the place: not denied, past, near or taken back; a bare somebody else's only when alone."""
    left = [scene for scene in scenes if not scene.is_out]
    last = {scene.mention.locality.name: scene.mention.start for scene in left}
    kept = [scene for scene in left if not _is_taken_back(scene, last)]
    own = [scene for scene in kept if not scene.is_others]
    return own or kept


def _addressed(folded: str, mentions: list[Mention]) -> list[Scene]:
    """Of several towns the one with a street and a number behind it, which is where to go, whoever lives there."""
    if len({one.locality.name for one in mentions}) < 2:
        return []
    ends = [*(one.start for one in mentions[1:]), len(folded)]
    scenes = [
        Scene(folded, one)
        for one, end in zip(mentions, ends, strict=True)
        if _has_house(one.locality.name, folded[one.end : end])
    ]
    scenes = [scene for scene in scenes if not (scene.is_out or scene.is_from or scene.is_to)]
    towns = {scene.mention.locality.name for scene in scenes}
    others = [Scene(folded, one) for one in mentions if one.locality.name not in towns]
    return scenes if len(towns) == 1 and not any(scene.is_here for scene in others) else []


def _of_two_people(folded: str, mentions: list[Mention]) -> tuple[Locality, ...]:
    """The writer's own town and that of somebody close to them, where it is told who lives where and not which of
    the two is meant: "my mother is in A, I am in B". Empty where it is not so.
    """
    scenes = {one.locality.name: Scene(folded, one) for one in mentions}
    if len(scenes) != 2 or any(_AT_THEIRS.search(scene.before) for scene in scenes.values()):
        return ()
    theirs = any(scene.is_of_relatives for scene in scenes.values())
    own = any(scene.is_of_writer for scene in scenes.values())
    return tuple(get_locality(name) for name in scenes) if theirs and own else ()


def _has_house(town: str, words: str) -> bool:
    """Whether the words behind a town begin with a street and its number."""
    found = find_address(f"{town} {words.lstrip(' ,.-')}")
    return found is not None and found.number is not None and _OPENS_STREET.match(words) is not None


def _is_taken_back(scene: Scene, last: dict[str, int]) -> bool:
    """Whether a word of correction and then another place follow; `last` tells where each place stands last."""
    sorry = SORRY.search(scene.text, scene.mention.end)
    if sorry is None:
        return False
    return any(at >= sorry.end() for name, at in last.items() if name != scene.mention.locality.name)


def _property_places(scenes: list[Scene], *, role: str | None) -> Where:
    """The city of a search, and of what is sold or valued."""
    wanted = {"sell", None} if role in _OFFERING else {"sell"}
    sold = [scene for scene in scenes if scene.deal() in wanted]
    sought = [scene for scene in scenes if scene.deal() not in wanted]
    sell = _best(sold, search=True)
    seek = _best([scene for scene in sought if scene.deal() == "seek"] or ([] if sold else sought), search=True)
    sell_city = sell.mention.locality if sell else None
    if seek is None:
        return Where(city=None if role in _SEEKING else sell_city, sell_city=sell_city)
    return Where(city=seek.mention.locality, sell_city=sell_city)


def _best(scenes: Sequence[Scene], *, search: bool) -> Scene | None:
    """The mention that most speaks for, the first of equals."""
    return max(scenes, key=lambda scene: scene.weight(search=search), default=None)


def _job_places(folded: str, scenes: list[Scene]) -> Where:
    moved = _move(folded, scenes) if _MOVE.search(folded) else None
    if moved:
        return moved
    weights: dict[str, int] = {}
    for scene in scenes:
        name = scene.mention.locality.name
        weights[name] = max(weights.get(name, -9), scene.weight(search=False))
    top = max(weights.values())
    best = [name for name, weight in weights.items() if weight == top]
    if len(best) == 1:
        return Where(city=get_locality(best[0]))
    return Where(candidates=tuple(get_locality(name) for name in best))


def _move(folded: str, scenes: list[Scene]) -> Where | None:
    """From where to where things are carried."""
    origins = [scene for scene in scenes if scene.is_from]
    left = [scene for scene in scenes if not scene.is_from]
    goals = [scene for scene in left if scene.is_to or (origins and scene.is_russian_to)]
    if origins and goals:
        start, goal = origins[0].mention.locality, goals[-1].mention.locality
    elif goals and _CARRY.search(folded):
        goal = goals[-1].mention.locality
        others = [scene.mention.locality for scene in scenes if scene.mention.locality != goal]
        start = others[0] if others else None
    else:
        return None
    return Where(city=start, city_to=goal) if start != goal else None


def _region(folded: str, mentions: list[Mention]) -> str | None:
    """A part of the country, where no name of a town or neighbourhood goes on: "השרון" but not "רמת השרון"."""
    masked = folded
    for one in mentions:
        masked = masked[: one.start] + "#" * (one.end - one.start) + masked[one.end :]
    for name in region_names():
        inner = fold(name).removeprefix("ה")
        article = "[בלמ]|[בלמ]?ה|[בלמ]?אזור ה?" if fold(name) != inner else "[בלמ]?|[בלמ]?אזור "
        if re.search(rf"(?<!\w)(?:{article}){inner}(?!\w)(?! (?:העיר|הישנ|החדש))", masked):
            return name
    return None
