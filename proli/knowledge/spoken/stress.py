"""Which vowel of a Hebrew word is stressed: the last one, but for the kinds of words told here."""

from dataclasses import dataclass
from typing import Final

from proli.knowledge.spoken.pointed import HIRIK, HOLAM, KAMATS, PATAH, SEGOL, SHVA, TSERE, Letter

_HEAVY: Final = ("כמ", "כנ", "המ", "הנ", "תמ", "תנ")
"""The endings of "your" and "their": stressed, although the word looks like "erev"."""
_GUTTURALS: Final = frozenset("חעה")


@dataclass(frozen=True, slots=True)
class Unit:
    """A consonant and the vowel after it; either may be empty. `stolen` is the "a" before a last ח or ע."""

    consonant: str
    vowel: str
    stolen: bool = False


def stressed(letters: list[Letter], units: list[Unit]) -> int | None:
    """The index of the unit whose vowel is stressed; None for a word without a vowel."""
    vowels = [at for at, unit in enumerate(units) if unit.vowel]
    if len(vowels) < 2:
        return vowels[0] if vowels else None
    kinds = (_is_like_erev, _is_pair, _is_ours, _is_my_deed, _is_caused, _is_loan_in_tsya)
    early = units[vowels[-1]].stolen or any(is_kind(letters) for is_kind in kinds)
    return vowels[-2] if early else vowels[-1]


def _ends(letters: list[Letter], bases: str) -> bool:
    return "".join(letter.base for letter in letters[-len(bases) :]) == bases


def _is_like_erev(letters: list[Letter]) -> bool:
    """ "erev", "boker", "ktovet", "miklaxat", "shava": a last closed syllable in "e", or in "a" beside a guttural."""
    spoken = [at for at, letter in enumerate(letters) if letter.vowel]
    if len(spoken) < 2 or spoken[-1] != len(letters) - 2 or letters[-1].base in "האוי":
        return False
    last, former = letters[spoken[-1]], letters[spoken[-2]]
    if last.point == SEGOL:
        return former.point in (SEGOL, TSERE, HOLAM) and not any(_ends(letters, heavy) for heavy in _HEAVY)
    if last.point != PATAH:
        return False
    if letters[-1].base in _GUTTURALS:
        return former.point in (SEGOL, TSERE, HOLAM)
    return last.base in _GUTTURALS and former.point == PATAH


def _is_pair(letters: list[Letter]) -> bool:
    """ "mayim", "yomayim", "bayit": a closed "yi" after an "a"."""
    at = next((at for at in range(len(letters) - 2, 0, -1) if letters[at].vowel), 0)
    return letters[at].base == "י" and letters[at].point == HIRIK and letters[at - 1].vowel == "a"


def _is_ours(letters: list[Letter]) -> bool:
    """ "shelanu", "anaxnu", "kavanu"."""
    return len(letters) > 2 and _ends(letters, "נו") and letters[-1].dagesh


def _is_my_deed(letters: list[Letter]) -> bool:
    """ "shalaxti", "shalaxta", "raciti"."""
    if len(letters) > 3 and letters[-1].base == "ת" and letters[-1].vowel == "a":
        return letters[-2].point == SHVA
    if len(letters) < 4 or not _ends(letters, "תי") or letters[-2].point != HIRIK:
        return False
    return letters[-3].point == SHVA or (_ends(letters[:-2], "י") and letters[0].point == KAMATS)


def _is_caused(letters: list[Letter]) -> bool:
    """ "higia", "hizminu", "yagiu": an "i" before the ending of her or them, in verbs of causing."""
    if len(letters) < 5:
        return False
    vowel = [letter.point for letter in letters[-4:-2]] == [HIRIK, ""] and letters[-3].base == "י"
    they = letters[-1].base == "ו" and letters[-1].dagesh and not letters[-1].point
    she = letters[-1].base == "ה" and letters[-2].vowel == "a"
    past = letters[0].base == "ה" and letters[0].point == HIRIK
    future = letters[0].base in "ית" and letters[0].vowel == "a"
    return vowel and ((past and (they or she)) or (future and they))


def _is_loan_in_tsya(letters: list[Letter]) -> bool:
    """ "informacya"."""
    return len(letters) > 4 and _ends(letters, "ציה") and letters[-3].point == SHVA
