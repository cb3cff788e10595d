"""What a speaker takes back in one breath: "at eight, no, nine", "28, uh no, 38", "in Ramat Gan uh no in Givatayim".

Each correction replaces what is of its own kind: a number a number, a day a day, a town a town.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from proli.knowledge.places import read_mentions
from proli.knowledge.reading.number_context import read_all
from proli.knowledge.reading.number_words import words_of
from proli.knowledge.reading.time_words import EN_WEEKDAYS, HE_WEEKDAYS, fold_source, one_of, pattern
from proli.knowledge.text import fold, language_of, normalise

_FAR: Final = 40
_MOST: Final = 6
"""How often a line is put right: nobody changes their mind more often in one breath."""
_SOUND: Final = r"א+ה+|א+מ+|א+מ+ם|ה+מ+|u+h+|u+m+|er+m?|э+м*"
_SORRY: Final = (
    r"סליחה|סורי|רגע|אוי|אופס|טעות|טעיתי|תיקון|בעצם|התכוונתי|כלומר|זאת אומרת|יותר נכון|ליתר דיוק|התבלבלתי|לא נכון"
    r"|sorry|wait|oops|i mean|i meant|actually|rather|correction|scratch that|make (?:it|that)"
    r"|точнее|вернее|ой|извините|простите|ошибся|ошиблась|قصدي|عفوا|عفوًا|اسف|آسف"
)
_NO: Final = r"לא|no|nope|нет|لا"
_CUE: Final = re.compile(
    fold_source(rf"[\s,.…-]*(?:(?:{_SOUND}|{_SORRY}|{_NO})(?!\w)[\s,.…-]*)+(?:(?:זה|ל-?|it's|это)\s+)?"), re.IGNORECASE
)
_FIRM: Final = pattern(_SORRY)
_SOUNDS: Final = pattern(_SOUND)
_NOS: Final = pattern(_NO)
_FOREIGN_NO: Final = pattern(r"no|nope|нет|لا")
_PAUSED: Final = re.compile(r"[,.…-]+\s*לא\s*[,.…-]")
_DIGITS: Final = re.compile(r"(?<![\d.,:/*+])(?<!\d-)\d{1,4}(?:[:.]\d\d)?(?![\d.,:/*-]?\d)")
_PARTLY: Final = re.compile(fold_source(r"\s+(?:וחצי|ורבע|and a half)(?!\w)"))
_DAY: Final = pattern(
    rf"[בלו]?(?:יום )?(?:{one_of(HE_WEEKDAYS)}|היום|מחר|מחרתיים)|(?:on )?(?:{one_of(EN_WEEKDAYS)}|today|tomorrow)"
)
_NOT_THAT: Final = re.compile(
    fold_source(r"\s*(?:לא|דקות|דקה|שניות|minutes?|seconds?|минут\w*)(?!\w)|(?<=רגע אחד)|(?<=one)")
)
"""Behind a number that takes the place of none: it is refused, or says how long to wait."""
_AGAIN: Final = {"he": "סליחה", "en": "sorry", "ru": "точнее", "ar": "عفوا", None: "סליחה"}
_QUOTED: Final = pattern(
    r"אמר\w*|קבע\w*|סיכמ\w*|ביקש\w*|רש[מו]\w*|כתב\w*|כתוב\w*|said|told|asked|wrote|agreed|говорил\w*|просил\w*"
)
"""Who tells again what was said means the first: "I said at eight, not nine"."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Something that can be put right, with its offsets; a number has its value and the letter before it."""

    kind: str
    start: int
    end: int
    value: int = 0
    prefix: str = ""
    in_words: bool = False


def as_corrected(text: str, *, spoken: bool = False, known: Collection[int] = ()) -> str:
    """The text without what its own next words take back; as it is where nothing is.

    `spoken` says that it was heard, so that nothing tells a pause; `known` are the numbers that were told before: who
    says "fourteen not twelve" of a house known for twelve means fourteen.
    """
    if not _NOS.search(fold(text)) and not _FIRM.search(fold(text)):
        return text
    return "\n".join(_line_corrected(line, spoken=spoken, known=known) for line in text.splitlines())


def _line_corrected(line: str, *, spoken: bool, known: Collection[int]) -> str:
    plain = normalise(line)
    for _ in range(_MOST):
        before, plain = plain, _once(plain, spoken=spoken, known=known)
        if plain == before:
            break
    return plain if plain != normalise(line) else line


def _once(plain: str, *, spoken: bool, known: Collection[int]) -> str:
    """The line with the first thing that is taken back put right."""
    folded = fold(plain)
    numbers = [*_numbers(folded)]
    first_told = {one.value: one.start for one in reversed(numbers)}
    for at, (first, second) in enumerate(pairwise(numbers)):
        cut = _cut(folded, first, second)
        if cut is None:
            continue
        third = numbers[at + 2] if at + 2 < len(numbers) else None
        if _NOT_THAT.match(folded, second.end) or _is_denied_behind(folded, first_told, second, third):
            continue
        meant = second
        if first.value == second.value:
            if third is None or not _follows(folded, second, third):
                continue
            cut, meant = (cut[0], third.start, ""), third
        elif not _means_second(folded, first, second, cut, first_told, spoken=spoken, known=known):
            continue
        start, end, _ = cut
        prefix = first.prefix if not meant.prefix and start == first.start else ""
        return plain[:start] + (f"{prefix}-" if prefix and not meant.in_words else prefix) + plain[end:]
    return _others(plain, folded)


def _numbers(folded: str) -> Iterator[_Told]:
    """The numbers of the line in digits and in words, in order."""
    words = words_of(folded)
    told = [
        _Told("number", words[one.first].start, words[one.last - 1].end, one.value, one.prefix, in_words=True)
        for one in read_all(words)
        if one.form != "construct"
    ]
    told += [_Told("number", *found.span(), _minutes_apart(found[0])) for found in _DIGITS.finditer(folded)]
    yield from sorted(told, key=lambda one: one.start)


def _minutes_apart(written: str) -> int:
    return int(re.sub(r"\D", "", written))


def _cut(folded: str, first: _Told, second: _Told) -> tuple[int, int, str] | None:
    """From where to where the text falls away, and the words of correction between the two; None without any."""
    if second.start - first.end > _FAR:
        return None
    partly = _PARTLY.match(folded, first.end)
    end = partly.end() if partly else first.end
    unit = re.compile(r"\s+([^\W\d_]+)").match(folded, end)
    after = re.compile(r"\s+([^\W\d_]+)").match(folded, second.end)
    if unit and after and unit[1] == after[1] and not _CUE.fullmatch(unit[0]):
        end = unit.end()
    cue = _CUE.match(folded, end)
    if cue is None or cue.end() > second.start or not cue[0].strip(" ,.-"):
        return None
    label = folded[cue.end() : second.start]
    if re.fullmatch(r"(?:ב|ל|מ)?-?\s*", label):
        return first.start, second.start - (len(label) if label.strip() and not _dashed(folded, first) else 0), cue[0]
    bare = re.sub(r"^[בל](?=\w{2})", "", label)
    for one in (label, bare):
        start = first.start - len(one)
        if start >= 0 and folded[start : first.start] == one and one.strip():
            return start, second.start - len(one), cue[0]
    return None


def _dashed(folded: str, first: _Told) -> bool:
    return folded[: first.start].endswith("-")


def _is_denied_behind(folded: str, told: Mapping[int, int], second: _Told, third: _Told | None) -> bool:
    """ "55 ... sorry, 53 not 55": what is denied behind it is what was said first; `told` says where each value is."""
    if third is None or told[third.value] >= second.start:
        return False
    return bool(_NOS.search(folded, second.end, third.start)) and third.start - second.end < _FAR


def _follows(folded: str, second: _Told, third: _Told) -> bool:
    return bool(re.fullmatch(r"[\s,]*(?:אלא|זה|but|it's)?[\s,]*", folded[second.end : third.start]))


def _means_second(
    folded: str, first: _Told, second: _Told, cut: tuple[int, int, str], told: Mapping[int, int], *, spoken: bool,
    known: Collection[int],
) -> bool:  # fmt: skip
    """Whether the words between two numbers put the second in place of the first, and do not deny it."""
    cue = cut[2]
    if _FIRM.search(cue) or _SOUNDS.search(cue) or _FOREIGN_NO.search(cue) or _PAUSED.search(cue):
        return not folded[: first.start].endswith(("לא ", "not ")) or bool(_FIRM.search(cue))
    if cue.strip() != "לא" or not (spoken or (first.in_words and second.in_words)):
        return False
    ahead = folded[max(0, first.start - _FAR) : first.start]
    return second.value not in known and told[second.value] >= first.start and not _QUOTED.search(ahead)


def _others(plain: str, folded: str) -> str:
    """The line with "sorry" between two days, or two places, where a sound and a "no" say it."""
    towns, parts = read_mentions(plain)
    told = [
        *(_Told("day", *found.span()) for found in _DAY.finditer(folded)),
        *(_Told("town", one.start, one.end) for one in towns),
        *(_Told("town", one.start, one.end) for one in parts),
    ]
    for kind in ("day", "town"):
        same = sorted((one for one in told if one.kind == kind), key=lambda one: one.start)
        for first, second in pairwise(same):
            gap = folded[first.end : second.start] if second.start > first.end else ""
            if len(gap) > _FAR or not _CUE.fullmatch(gap) or not _NOS.search(gap) or _same(folded, first, second):
                continue
            if _SOUNDS.search(gap) or _FIRM.search(gap) or _FOREIGN_NO.search(gap) or _PAUSED.search(gap):
                sorry = _AGAIN[language_of(plain[second.start : second.end])]
                return f"{plain[: first.end]}, {sorry}, {plain[second.start :]}"
    return plain


def _same(folded: str, first: _Told, second: _Told) -> bool:
    """Whether the same is named again, or the second is refused as well."""
    named = folded[first.start : first.end] == folded[second.start : second.end]
    return named or bool(_NOT_THAT.match(folded, second.end))
