"""From Hebrew with points to the sounds that Israelis make of it.

Sounds are written one letter each: b v g d h z x t y k l m n s p f c (ts) r S (sh) Z (zh) C (ch) J (j) w and the
vowels a e i o u; "'" stands before the vowel that is stressed. The glottal stop is not written, as it is not said.
"""

from functools import cache, lru_cache
from typing import Final

from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.reading.number_words import UNITS
from proli.knowledge.spoken.pointed import (
    HATAF_KAMATS,
    HATAF_PATAH,
    HIRIK,
    PATAH,
    SEGOL,
    SHVA,
    TSERE,
    Letter,
    letters_of,
    without_points,
)
from proli.knowledge.spoken.stress import Unit, stressed
from proli.knowledge.text import fold

_CONSONANTS: Final = {
    "א": "", "ב": "v", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "x", "ט": "t", "י": "y", "כ": "x",
    "ל": "l", "מ": "m", "נ": "n", "ס": "s", "ע": "", "פ": "f", "צ": "c", "ק": "k", "ר": "r", "ש": "S", "ת": "t",
}  # fmt: skip
_HARD: Final = {"ב": "b", "כ": "k", "פ": "p"}
_FOREIGN: Final = {"ג": "J", "ז": "Z", "צ": "C"}
_THROATY: Final = frozenset("אעה")
_OPENING: Final = frozenset("ולימנר")
"""Letters that are never said right before another consonant at the beginning of a word."""
_PREFIXES: Final = ("", "ו", "ה", "ב", "ל", "מ", "ש", "וה", "וב", "ול", "שה", "כש")
_TEENS: Final = {"עשרה": "esr'e", "עשר": "as'ar"}
_BEFORE_TEN: Final = frozenset(word for word, value in UNITS.items() if value < 10) | {fold("שנים"), fold("שתים")}
_LONGEST: Final = 40


@lru_cache(maxsize=4096)
def sounds_of(pointed: str) -> str:
    """The sounds of one word with points; empty when it has no Hebrew letter."""
    word = pointed[: _LONGEST * 3]
    letters = letters_of(word)
    plain = without_points(word)
    for prefix in _PREFIXES:
        stem = plain.removeprefix(prefix)
        known = _exceptions().get(stem) if plain.startswith(prefix) else None
        if known and (len(stem) > 3 or not prefix.endswith(("מ", "ש"))):
            return _joined(_units(letters)[: len(prefix)]) + known
    return by_rule(word)


def by_rule(pointed: str) -> str:
    """The sounds that the points alone tell, whatever the list of exceptions says."""
    letters = letters_of(pointed)
    units = _units(letters)
    return _joined(units, stressed(letters, units))


def sounds_of_words(pointed: list[str]) -> list[str]:
    """The sounds of the words of a sentence; the "ten" of eleven to nineteen sounds otherwise than ten alone."""
    said: list[str] = []
    former = ""
    for word in pointed:
        plain = without_points(word)
        teen = _TEENS.get(plain) if _is_unit(fold(former)) else None
        said.append(teen or sounds_of(word))
        former = plain
    return said


def _is_unit(word: str) -> bool:
    """Whether the word is a number below ten, also with letters before it: "בשתים"."""
    return any(word.startswith(prefix) and word[len(prefix) :] in _BEFORE_TEN for prefix in _PREFIXES)


@cache
def _exceptions() -> dict[str, str]:
    return {str(word): str(said) for word, said in read_table("sounds.yaml").items()}


def is_exception(word: str) -> bool:
    """Whether the sounds of this word without points come from the list of exceptions."""
    return word in _exceptions()


def _joined(units: list[Unit], stress: int | None = None) -> str:
    return "".join(
        unit.consonant + ("'" if at == stress and unit.vowel else "") + unit.vowel for at, unit in enumerate(units)
    )


def _units(letters: list[Letter]) -> list[Unit]:
    """A consonant with the vowel after it for each letter that is heard."""
    units: list[Unit] = []
    for at, letter in enumerate(letters):
        if at == len(letters) - 1 and at and letter.point == PATAH and letter.base in "חעה":
            units += [Unit("", "a", stolen=True), Unit("x" if letter.base == "ח" else "", "")]
        elif letter.base == "ו":
            _add_vav(units, letters, at)
        elif letter.base == "י" and letter.is_bare:
            _add_yod(units, letters, at)
        else:
            units.append(Unit(_consonant(letters, at), _vowel(units, letters, at)))
    return units


def _consonant(letters: list[Letter], at: int) -> str:
    letter = letters[at]
    if letter.geresh and letter.base in _FOREIGN:
        return _FOREIGN[letter.base]
    if letter.base in _HARD and (letter.dagesh or (at == 0 and letter.base in "בכ")):
        return _HARD[letter.base]
    if letter.base == "ש" and letter.sin:
        return "s"
    if letter.base == "ה" and at == len(letters) - 1 and not letter.vowel and not letter.dagesh:
        return ""
    return _CONSONANTS[letter.base]


def _vowel(units: list[Unit], letters: list[Letter], at: int) -> str:
    letter = letters[at]
    if letter.point == SHVA:
        return "e" if _shva_is_said(units, letters, at) else ""
    after = letters[at + 1] if at + 1 < len(letters) else None
    if after and after.point == HATAF_KAMATS and letter.vowel == "a":
        return "o"
    return "" if _is_swallowed(units, letters, at) else letter.vowel


def _is_swallowed(units: list[Unit], letters: list[Letter], at: int) -> bool:
    """The helping vowel of ח that speech leaves out: "לחזור" is laxzor, "מחרת" moxrat."""
    if letters[at].base == "ח" and letters[at].point == HATAF_KAMATS:
        return bool(units) and units[-1].vowel == "o"
    return (
        at == 1
        and letters[at].base == "ח"
        and letters[at].point == HATAF_PATAH
        and letters[0].base in "לניתא"
        and any(one.base == "ו" and one.vowel == "o" for one in letters[3:4])
    )


def _shva_is_said(units: list[Unit], letters: list[Letter], at: int) -> bool:
    if at == len(letters) - 1:
        return False
    letter, after = letters[at], letters[at + 1]
    if at == 0:
        return letter.base in _OPENING or after.base in _THROATY or _is_prefix(letters)
    foreign = letter.base == "ס" and after.base in "טפק"
    closed = not units[-1].vowel and letters[at - 1].point == SHVA and not foreign
    return closed or (after.base == letter.base and after.vowel != "" and not letter.dagesh)


def _is_prefix(letters: list[Letter]) -> bool:
    """Whether the first letter with its shva is "in" or the "t" of a verb, unlike the cluster of "bdika"."""
    first, second, rest = letters[0], letters[1], letters[2:]
    if first.base == "ב":
        deed = second.point == HIRIK and len(rest) == 3 and rest[0].base == "י" and rest[2].base == "ה"
        return not deed
    return first.base == "ת" and second.point == PATAH and bool(rest) and rest[0].dagesh


def _add_vav(units: list[Unit], letters: list[Letter], at: int) -> None:
    letter, before = letters[at], letters[at - 1] if at else None
    silent_before = before is None or (not before.point and not _is_vav_vowel(letters, at - 1))
    if letter.dagesh and not letter.point and silent_before:
        units.append(Unit("", "u"))
    elif letter.vowel == "o" and before is not None and silent_before:
        units.append(Unit("", "o"))
    elif letter.is_bare and before is not None and (before.vowel in ("o", "u") or before.base == "ו"):
        return
    else:
        units.append(Unit("v", letter.vowel or ("e" if letter.point == SHVA and at == 0 else "")))


def _is_vav_vowel(letters: list[Letter], at: int) -> bool:
    letter = letters[at]
    return letter.base == "ו" and (letter.vowel == "o" or (letter.dagesh and not letter.point))


def _add_yod(units: list[Unit], letters: list[Letter], at: int) -> None:
    """A yod without a vowel of its own: heard after "a", in "ey", and before a vav that is a vowel."""
    before, after = letters[at - 1] if at else None, letters[at + 1] if at + 1 < len(letters) else None
    if before is None:
        units.append(Unit("y", "e" if letters[at].point == SHVA else ""))
        return
    if after and _is_vav_vowel(letters, at + 1):
        units.append(Unit("y", ""))
        return
    doubled = before.base == "י" and before.point and after is not None
    to_his = before.vowel == "a" and after is not None and after.base == "ו" and at + 2 == len(letters)
    if doubled or to_his or before.point in (HIRIK, SEGOL) or (before.point == TSERE and not _is_ey(letters, at)):
        return
    units.append(Unit("y", ""))


def _is_ey(letters: list[Letter], at: int) -> bool:
    """ "eyfo", "beyt", "shney" and "eleyxem", but "srefa" and "sherutim"."""
    rest = letters[at + 1 :]
    ending = "".join(letter.base for letter in rest)
    return not rest or letters[0].base in "אהח" or len(letters) == 3 or ending in ("כמ", "הם", "הן", "נו", "כן")
