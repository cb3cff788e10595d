"""The localities and neighbourhoods we know, indexed by every spelling people use for them."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

from proli.knowledge.text import tokens

Kind = Literal["clear", "word", "name", "hard", "bare", "small", "lone"]
"""What a form needs to be a place. clear: nothing. word, name: a preposition, as it is also a word or a first name.
hard, small: a verb of living or the like. lone: that, or to be the whole sentence. bare: that, and no preposition, as "באזור" is an area."""

_HERZL: Final = frozenset({"герцль", "герцля", "герцлю"})
"""The street, which without its ending would be the town of Герцлия."""
TOWN_POPULATION: Final = 5000
_KINDS: Final[dict[str, Kind]] = {"word": "word", "name": "name", "hard": "hard", "bare": "bare", "lone": "lone"}
_ARABIC: Final = str.maketrans("أإآةى", "اااهي")
_ARABIC_PREFIXES: Final = (("ب", "ב"), ("ل", "ל"), ("وب", "ב"), ("ول", "ל"), ("و", "ו"), ("ف", "ב"))
_RUSSIAN_ENDING: Final = re.compile(r"(?<=[\u0400-\u04ff]{2})[аеёиоуыэюяйь]{1,2}$")


@dataclass(frozen=True, slots=True)
class Locality:
    """A town, village or kibbutz under the name people read; `code` is that of the Central Bureau of Statistics."""

    name: str
    code: int | None
    name_en: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a locality."""

    locality: Locality
    via: Literal["name", "alias"]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Part:
    """One neighbourhood; `plain` when its name means nothing else."""

    name: str
    cities: tuple[Locality, ...]
    plain: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The index: keys are `place_key` of a spelling."""

    by_name: dict[str, Locality]
    forms: dict[str, Form]
    parts: dict[str, Part]
    near: dict[str, tuple[str, ...]]
    """Names of towns by the first letters of their words."""
    never: frozenset[str]


def place_word(word: str) -> str:
    """The token as place keys spell it: without Russian case endings and Arabic letter variants."""
    return word if word in _HERZL else _RUSSIAN_ENDING.sub("", word.translate(_ARABIC))


def arabic_stems(word: str) -> list[tuple[str, str]]:
    """(Hebrew prefix of the same meaning, rest) for the Arabic prefixes a word may carry: "بحيفا" is ("ב", "حيفا")."""
    return [
        (same, word[len(own) :]) for own, same in _ARABIC_PREFIXES if word.startswith(own) and len(word) > len(own) + 2
    ]


def place_key(name: str) -> str:
    """The spelling under which a place name is indexed."""
    return " ".join(place_word(token.text) for token in tokens(name))


def firsts(key: str) -> str:
    """The first letters of its words, which a slip of the pen leaves."""
    return "".join(word[0] for word in key.split())


@cache
def gazetteer() -> Gazetteer:
    """The whole index, read once."""
    localities = {entry.name: entry for entry in map(_locality, rows_of("localities.csv"))}
    kinds = _kinds()
    forms = _forms(localities, kinds)
    towns = [key for key, form in forms.items() if form.locality.population >= TOWN_POPULATION]
    near: defaultdict[str, list[str]] = defaultdict(list)
    for key in towns:
        count = key.count(" ") + 1
        if key in kinds["fuzzy"] or (count > 1 and len(key) >= 6 and "א" <= key[0] <= "ת"):
            near[firsts(key)].append(key)
    fixed = {at: tuple(keys) for at, keys in near.items()}
    return Gazetteer(localities, forms, _parts(localities, kinds), fixed, kinds["never"])


def _forms(localities: dict[str, Locality], kinds: dict[str, frozenset[str]]) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for spelling, here, via in _spellings(localities):
        key = place_key(spelling)
        known = forms.get(key)
        if len(key) > 1 and (known is None or known.locality.population < here.population):
            forms[key] = Form(here, via, _kind(key, here, kinds))
    return forms


def _spellings(localities: dict[str, Locality]) -> Iterator[tuple[str, Locality, Literal["name", "alias"]]]:
    for row in rows_of("localities.csv"):
        for column in ("name", "name_en", "name_ru", "name_ar"):
            yield row[column], localities[row["name"]], "name"
    for row in rows_of("locality_aliases.csv"):
        yield row["alias"], localities[row["name"]], "alias"


def _is_own_script(key: str) -> bool:
    """Hebrew, and Arabic, where what is also a word in Hebrew need not be one."""
    return "א" <= key[0] <= "ת" or "\u0600" <= key[0] <= "\u06ff"


def _kind(key: str, here: Locality, kinds: dict[str, frozenset[str]]) -> Kind:
    own = place_key(here.name)
    for kind, listed in _KINDS.items():
        if key in kinds[kind] or (own in kinds[kind] and " " not in key and not _is_own_script(key)):
            return listed
    return "small" if here.population < TOWN_POPULATION and " " not in key else "clear"


def _parts(localities: dict[str, Locality], kinds: dict[str, frozenset[str]]) -> dict[str, Part]:
    cities: defaultdict[str, list[Locality]] = defaultdict(list)
    shown: dict[str, str] = {}
    for row in rows_of("neighbourhoods.csv"):
        key = place_key(row["neighbourhood"])
        home = localities[row["city"]]
        if home not in cities[key]:
            cities[key].append(home)
        shown.setdefault(key, row["neighbourhood"])
    found = {key: Part(shown[key], tuple(homes), _plain(key, kinds)) for key, homes in cities.items()}
    for key, part in list(found.items()):
        words = key.split()
        if len(words) == 2 and all(word.startswith("ה") for word in words):
            found.setdefault(" ".join(word[1:] for word in words), part)
    for row in rows_of("neighbourhood_aliases.csv"):
        part = found[place_key(row["name"])]
        found.setdefault(place_key(row["alias"]), Part(part.name, part.cities, plain=part.plain or " " in row["alias"]))
    return found


def _plain(key: str, kinds: dict[str, frozenset[str]]) -> bool:
    return key in kinds["part"] if " " not in key else key not in kinds["weak"] and not key.startswith("רובע ")


def _kinds() -> dict[str, frozenset[str]]:
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows_of("place_words.csv"):
        listed[row["kind"]].add(place_key(row["form"]))
    return {
        kind: frozenset(listed[kind])
        for kind in ("word", "name", "hard", "bare", "lone", "fuzzy", "never", "part", "weak")
    }


def _locality(row: dict[str, str]) -> Locality:
    code = int(row["code"]) if row["code"] else None
    return Locality(row["name"], code, row["name_en"], float(row["lat"]), float(row["lon"]), int(row["population"]))


@cache
def region_names() -> tuple[str, ...]:
    """The parts of the country people name instead of a town."""
    return tuple(row["region"] for row in rows_of("regions.csv"))


def rows_of(name: str) -> Iterable[dict[str, str]]:
    text = (resources.files("proli.knowledge") / "data" / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
