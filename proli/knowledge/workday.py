"""What a professional writes of their own day: late and by how much, in trouble, ill, off, busy, done or not yet."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal, cast

from proli.knowledge.arrival import comes_at_an_hour, comes_in_a_while, with_hours
from proli.knowledge.progress import is_not_done, is_unfinished, told_from_now
from proli.knowledge.reading.lexicon import listed, read_table, word_list, word_set
from proli.knowledge.reading.phrases import Hit, PhraseBook
from proli.knowledge.text import Token, fold, tokens

WorkdayKind = Literal[
    "late", "trouble", "ill", "off", "busy", "works", "tomorrow", "done", "unfinished", "arrived", "help", "asks"
]

LONGEST: Final = 400
_FILE: Final = "workday.yaml"
_NOT: Final = word_list("negations")
_MINUTES: Final = re.compile(r"(?<![\d.:/])(\d{1,3}) ?-?(?:דקות|דקה|דק'?|minutes?|mins?|m)(?!\w)")
_HOURS: Final = re.compile(r"(?<![\d.:/])([1-9]) ?(?:שעות|hours?|hrs?)(?!\w)")
_BARE: Final = re.compile(r"(?<![\w.:/-])(\d{1,3})(?![\w.:/%]|-\d)")
_BARE_LEAST, _BARE_MOST = 5, 120
_BY: Final = re.compile(r"(?:(?<!\w)ב[- ]{0,2}|(?<=איחור )של )(\d{1,3})(?![\w.:/%]|-\d|,\d)")
"""A bare number after "by", which is an hour everywhere else: "אאחר ב20"."""
_PARTS_OF_DAY: Final = ("בערב", "בבוקר", "בצהר", "אחה", "אחרי", "בלילה", "בדיוק", "לחודש", "דק", "שע", "min", "hour")
_COMES: Final = r"(?<!\w)(?:אגיע|מגיע|מגיעה|נגיע|אבוא|אהיה|נהיה|arrive|come|coming|there)(?!\w)"
_CLOCK: Final = re.compile(
    _COMES + r"|\d:\d\d|(?<!\w)(?:ב?שעה|at|till|until|עד|בערב|בבוקר|בצהריימ|אחה|am|pm)(?!\w)|\d[ap]m"
)
_FROM_NOW: Final = re.compile(_COMES + r"(?: [\w']{1,12}){0,2} ?(?<!\w)(?:ב?עוד|תוכ|in)(?!\w)")
_INSTEAD: Final = re.compile(
    _COMES
    + r"[^,;\n]{0,30}(?<!\w)(?:במקומ|ולא|instead of|not)(?: בשעה| at)?(?: ב?)[- ]{0,2}(\d{1,2})(?::(\d\d))?(?!\w)"
)
_MAY_ARRIVE: Final = frozenset[WorkdayKind]({"late", "trouble", "done", "arrived"})
_UNFINISHED: Final = frozenset[WorkdayKind]({"unfinished"})
_AS_USUAL: Final = re.compile(
    r"(?:^|[,.;!] ?|(?<!\w)(?:אני|מחר|מחרתי+מ|היומ|בסופ|אז|ב?ראשונ|ב?שני|ב?שלישי|ב?רביעי|ב?חמישי|ב?שישי) )"
    r"(?:עובדת?|אעבוד)(?: \w+){0,3} (?:כרגיל|רגיל|בכל זאת)(?!\w)"
)
_WAS: Final = re.compile(
    r"(?<!\w)(?:באיחור|הגעתי|באתי|הייתי|היתי|הייתה|היתה|היה|התחלתי|התחלנו|was|were|arrived|got|came|started)(?!\w)"
)
_AMOUNT_WORDS: Final = 3
_CLAUSE_ENDS: Final = ",.;!\n-"


@dataclass(frozen=True, slots=True)
class Workday:
    """What the words say of the day; `minutes` is how late, where they tell it."""

    kinds: frozenset[WorkdayKind]
    minutes: int | None
    rest: str
    """The folded text without the words that told the kinds."""
    arrives: bool = False
    """Whether they tell when somebody comes, and nothing of being late: it may well be on time."""
    from_now: bool = False
    """Whether the minutes are those until somebody comes: "אגיע עוד 40 דקות"."""


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    place: str


@lru_cache(maxsize=256)
def read_workday(text: str) -> Workday:
    """Of a question and of long words nothing is read."""
    if "?" in text or len(text) > LONGEST:
        return Workday(frozenset(), None, fold(text))
    folded, words = fold(text), tokens(text)
    every = _book().find(words)
    reports = any(hit.value.kind == "done" and _holds(hit, words, folded) for hit in every)
    found = [hit for hit in every if _holds(hit, words, folded) or (reports and _beside_amount(hit, words, folded))]
    hits = [hit for hit in found if hit.value.place != "alone"]
    never = {hit.value.kind for hit in hits if hit.value.place == "never"}
    kept = _not_taken_back([hit for hit in hits if hit.value.kind not in never])
    kinds = _meant(frozenset(cast("set[WorkdayKind]", {hit.value.kind for hit in kept})), text)
    kinds |= frozenset[WorkdayKind]({"works"}) if _works_as_usual(folded) else frozenset()
    if find_instead(text) is not None:
        return Workday(kinds | frozenset[WorkdayKind]({"late"}), None, _without(folded, words, kept))
    if kinds <= _MAY_ARRIVE and (when := comes_in_a_while(text)) is not None:
        late = kinds - {"trouble"} | frozenset[WorkdayKind]({"late"})
        rest = _without(folded, words, kept)
        return Workday(late, find_minutes(when), rest, arrives="late" not in kinds, from_now=True)
    if kinds <= _MAY_ARRIVE - {"late"} and comes_at_an_hour(text):
        kinds = kinds - {"trouble"} | frozenset[WorkdayKind]({"late"})
        return Workday(kinds, None, _without(folded, words, kept), arrives=True)
    if not kinds and is_not_done(text):
        return Workday(_UNFINISHED, None, folded)
    if not kinds and len(hits) < len(found):
        return Workday(frozenset({"busy"}), None, _without(folded, words, found))
    if "late" not in kinds or (is_unfinished(text) and told_from_now(text)):
        return Workday(kinds, None, _without(folded, words, kept))
    minutes, from_now = find_minutes(with_minutes(text)), _FROM_NOW.search(folded) is not None
    return Workday(kinds, minutes, _without(folded, words, kept), from_now=from_now)


def _works_as_usual(folded: str) -> bool:
    """ "אני עובד ביום ראשון כרגיל", with words between."""
    return _AS_USUAL.search(folded) is not None


def _meant(kinds: frozenset[WorkdayKind], text: str) -> frozenset[WorkdayKind]:
    """The kinds without those that only give the reason of another: who is late by a puncture is late."""
    if is_unfinished(text):
        kinds -= {"done"}
        kinds = kinds if kinds & {"late", "busy", "trouble"} else _UNFINISHED | kinds
    return kinds - {"trouble"} if kinds & {"late", "ill"} else kinds


def _not_taken_back(hits: list[Hit[_Cue]]) -> list[Hit[_Cue]]:
    """Those left without the day off, and the asking, in words that take a day off back: "תבטל את יום החופש"."""
    works = [hit for hit in hits if hit.value.kind == "works"]
    return [
        hit
        for hit in hits
        if hit.value.kind == "works" or not any(hit.first < one.last and one.first < hit.last for one in works)
    ]


def with_minutes(text: str) -> str:
    """The folded text in which a bare number by which somebody is late tells its minutes: "אאחר ב20"; one that is no
    round number of minutes tells nothing.
    """
    folded, words = fold(text), tokens(text)
    late = [words[hit.last - 1].end for hit in _book().find(words) if hit.value.kind == "late"]

    def told(found: re.Match[str]) -> str:
        ends = [end for end in late if end <= found.start()]
        if not ends or folded[found.end() :].lstrip(" -").startswith(_PARTS_OF_DAY):
            return found[0]
        if any(word.text in _set("names_hour") for word in words if ends[-1] <= word.start < found.start()):
            return found[0]
        return f"{found[1]} דקות" if _is_round(int(found[1])) else " "

    said = _BY.sub(told, folded)
    return said if said != folded else text


def tells_clock(text: str) -> bool:
    """Whether an hour in the words may be when somebody comes: by a clock or after "I come", not "ב" and a number."""
    return _CLOCK.search(fold(text)) is not None


def find_instead(text: str) -> tuple[int, int] | None:
    """The hour and minute that somebody who comes at another says it replaces: "אגיע ב-16:30 במקום 16"."""
    found = _INSTEAD.search(with_hours(fold(text)))
    return (int(found[1]), int(found[2] or 0)) if found is not None else None


def _is_round(minutes: int) -> bool:
    return _BARE_LEAST <= minutes <= _BARE_MOST and minutes % 5 == 0


def find_minutes(text: str) -> int | None:
    """How long the text tells; None when it tells nothing or several things."""
    folded, words = fold(text), tokens(text)
    found = {int(one[1]) for one in _MINUTES.finditer(folded)} | {60 * int(one[1]) for one in _HOURS.finditer(folded)}
    for hit in _durations().find(words):
        if not (folded[words[hit.last - 1].end :].lstrip()[:1].isdigit()):
            found.add(hit.value)
    if not found:
        bare = {int(one[1]) for one in _BARE.finditer(folded)}
        found = bare if all(map(_is_round, bare)) else found
    return found.pop() if len(found) == 1 else None


def is_free(text: str) -> bool:
    """Whether nothing was taken for the work."""
    return bool(_free().find(tokens(text)))


def _holds(hit: Hit[_Cue], words: list[Token], folded: str) -> bool:
    if hit.value.place == "whole":
        return hit.last - hit.first == len(words) and not hit.prefix
    before = words[hit.first - 1] if hit.first else None
    if before is not None and before.text in _NOT and hit.value.place != "never":
        return False
    return hit.value.place not in ("loose", "alone") or _of_oneself(words, hit.first, folded)


def _beside_amount(hit: Hit[_Cue], words: list[Token], folded: str) -> bool:
    """Whether it is a lateness right beside how long it is, which with work done needs no word of oneself: "סיימתי אצל
    דנה חצי שעה איחור לרות". What was late is told of what is over.
    """
    if hit.value.kind != "late" or hit.value.place != "loose" or hit.prefix or _WAS.search(folded) is not None:
        return False
    before = [word.text for word in words[max(0, hit.first - _AMOUNT_WORDS) : hit.first]]
    after = [word.text for word in words[hit.last : hit.last + _AMOUNT_WORDS]]
    ends = bool(before) and (before[-1] in _set("amounts") or before[-1].isdigit())
    begins = bool(after) and (after[0] in _set("amounts") | _set("of") or after[0].isdigit())
    lengths = [before[at:] for at in range(len(before)) if ends] + [
        after[:at] for at in range(1, len(after) + 1) if begins
    ]
    return any(find_minutes(" ".join(one)) is not None for one in lengths)


def minutes_at(text: str) -> list[tuple[int, int]]:
    """Where the folded text tells a length of time in words, from and to."""
    words = tokens(text)
    return [(words[hit.first].start, words[hit.last - 1].end) for hit in _durations().find(words)]


def _of_oneself(words: list[Token], at: int, folded: str) -> bool:
    """Whether the word opens a clause or follows a word of oneself, little words between aside."""
    while at > 0:
        before = words[at - 1]
        if before.text in _set("oneself") or any(sign in folded[before.end : words[at].start] for sign in _CLAUSE_ENDS):
            return True
        if before.text not in _set("between") and not before.text.isdigit():
            return False
        at -= 1
    return True


def _without(folded: str, words: list[Token], hits: list[Hit[_Cue]]) -> str:
    told = [(words[hit.first].start, words[hit.last - 1].end) for hit in hits if hit.value.kind != "asks"]
    at, kept = 0, list[str]()
    for start, end in sorted(told):
        kept.append(folded[at:start])
        at = max(at, end)
    return " ".join(" ".join([*kept, folded[at:]]).split())


@cache
def _set(name: str) -> frozenset[str]:
    return word_set(str(read_table(_FILE)[name]))


@cache
def _book() -> PhraseBook[_Cue]:
    book = PhraseBook[_Cue]()
    for kind, entry in read_table(_FILE)["kinds"].items():
        for place in ("own", "loose", "alone", "whole", "never"):
            for phrase in listed(entry, place):
                book.add(phrase, _Cue(kind, place))
        for before in listed(entry, "first"):
            for phrase in listed(entry, "then"):
                book.add(f"{before} {phrase}", _Cue(kind, "own"))
    return book


@cache
def _durations() -> PhraseBook[int]:
    book = PhraseBook[int]()
    for minutes, phrases in read_table(_FILE)["minutes"].items():
        for phrase in phrases:
            book.add(phrase, int(minutes))
    return book


@cache
def _free() -> PhraseBook[bool]:
    book = PhraseBook[bool]()
    for phrase in listed(read_table(_FILE), "free"):
        book.add(phrase, True)
    return book
