"""What is said of a visit that stands: another time for it, that its time does not suit, how it stands, or courtesy."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final, Literal

from proli.knowledge.intents import find_intents
from proli.knowledge.reading.cues import cues_of
from proli.knowledge.reading.lexicon import read_table, word_list, word_set
from proli.knowledge.reading.phrases import stems
from proli.knowledge.sooner import asks_sooner
from proli.knowledge.text import fold, normalise, tokens
from proli.knowledge.times import find_named_time, find_time, on_day
from proli.knowledge.wishes import TimeWish, names_visit

Aim = Literal["moves", "refuses", "keeps", "asks", "courtesy", "says"]

_CUES: Final = "visits.yaml"
_WORDS: Final = "visit_words.yaml"
_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
_BEGINNINGS: Final = (
    r"אפשר|אולי|עדיפ?|אבל|כי|אז|but|because|so|can (?:we|you|he|it)|could|maybe|rather"
    r"|можно|лучше|давайте|но|потому|ممكن|بس|لان|احسن"
)
_CLAUSES: Final = re.compile(rf"[;!?؟،\n]+|[,.](?!\d)|(?<!אי)\s(?=ו?(?:{_BEGINNINGS})(?!\w))")
_LONGEST: Final = 200
"""Longer words say more than a time: people read them."""
_LONGEST_YES: Final = 12
_MOST_BESIDE: Final = 3
"""So many words beside a refusal leave it plain."""
_DAY: Final = (
    r"(?:(?:[בלה]-?|on |at |в |во |на )?(?:יום )?(?:(?:ראשון|שני|שלישי|רביעי|חמישי|שישי|שבת|היום|מחרתיים|מחר)"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day|today|tomorrow"
    r"|воскресенье|понедельник|вторник|сред[уаы]|четверг|пятниц[уаы]|суббот[уаы]|сегодня|завтра|послезавтра"
    r"|(?:يوم )?ال(?:احد|أحد|اثنين|تنين|ثلاثاء|تلاتا|اربعاء|أربعاء|اربعا|خميس|جمعة|سبت)|اليوم|بكرا|بكرة"
    r"|\d{1,2}(?::\d{2})?)(?![\w:]))"
)
_DENIED: Final = re.compile(
    rf"(?<!\w)(?:(?P<no>ו?לא|not|а не|не|مش)|(?P<instead>במקום|instead of|rather than|вместо|بدل)) (?P<day>{_DAY})",
    re.IGNORECASE,
)
_BARE_HOUR: Final = re.compile(r"(?<![\w:./-])(?:1\d|2[0-3]|[1-9])(?![\w:./%-])")
_WHEN: Final = ("כש", "אמ ")
_SHORT: Final = 4
_DIGITS: Final = re.compile(r"\d{3,}")
_NOT: Final = word_list("negations")


@dataclass(frozen=True, slots=True)
class Talk:
    """What somebody with a visit says of it.

    moves: it should be at another time, told or not. refuses: its time does not suit. keeps: a wish is taken back.
    asks: how it stands. courtesy: nothing is wanted. says: something that only people can act on, unless it is no word
    of the visit at all.
    """

    aim: Aim
    left: str
    """Of the text what names the time that is wished for: without what refuses one, or tells something else."""
    shift: timedelta | None = None
    """How much later or earlier than it stands the visit should be."""
    refused: bool = False
    """Its time does not suit, or nobody will be there, whatever else is wished for."""
    absent: bool = False
    """Nobody can be there then, for whomever."""
    suits: bool = False
    """Its time suits after all, where it was said that it does not."""
    sooner: bool = False
    """It should be sooner, and no time is told."""


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    wish: TimeWish | None
    beside: tuple[str, ...]
    """The words beside the time."""
    refuses: bool
    absent: bool
    shift: timedelta | None
    after_no: bool
    """Its time stands right after a "no", without a comma: "לא רביעי"."""


def read_talk(text: str, *, visit: datetime, now: datetime) -> Talk:
    """What is said of the `visit`; both moments are local."""
    if len(text) > _LONGEST:
        return Talk("says", text)
    clauses = [_read(one, visit, now) for one in _CLAUSES.split(_without_keeping(normalise(text))) if one.strip()]
    left = "\n".join(one.text for one in clauses if not one.refuses)
    moving = [one for one in clauses if _moves(one, visit)]
    moving = [one for one in moving if not one.after_no] or moving
    stands_in = any(_is_in(word, "in_my_place") for one in clauses if one not in moving for word in one.beside)
    shift = next((one.shift for one in moving if one.shift), None)
    suits = _suits(text, clauses, visit)
    told = any(one.shift or (one.wish and one.wish.kind != "asap") for one in moving)
    if not told and asks_sooner(text):
        return Talk("moves", left, sooner=True)
    if (quiet := _quiet(text, clauses, visit)) is not None:
        return Talk(quiet, text, suits=suits)
    refused = any(one.refuses for one in clauses) and not stands_in
    absent = refused and any(one.absent for one in clauses)
    if moving and not stands_in:
        return Talk("moves", ". ".join(one.text for one in moving), shift, refused, absent)
    if refused:
        return Talk("refuses", left, refused=True, absent=absent)
    if cues_of(_CUES)["as_it_was"].search(fold(text)):
        return Talk("keeps", text, suits=True)
    if cues_of(_CUES)["moves"].search(fold(text)) and not stands_in:
        return Talk("moves", left)
    return Talk("says", text, suits=suits)


def _suits(text: str, clauses: list[_Clause], visit: datetime) -> bool:
    """Whether short words say that the time of the visit suits after all."""
    words = tokens(text)
    elsewhere = any(one.wish is not None and not names_visit(one.wish, visit) for one in clauses)
    if len(words) > _LONGEST_YES or elsewhere or "?" in text or any(word.text in _NOT for word in words):
        return False
    return cues_of(_CUES)["suits"].search(fold(text)) is not None


def _without_keeping(text: str) -> str:
    """The text without "do not cancel", by which nothing changes."""
    for found in reversed([*cues_of("cancelling.yaml")["keeps"].finditer(fold(text))]):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def is_courtesy(text: str) -> bool:
    """Whether the text is thanks, a greeting or a yes, and nothing besides."""
    return all(_is_in(word.text, "courtesy") for word in tokens(text))


def is_patient(text: str) -> bool:
    """Whether somebody who hears of a delay does not mind, and says nothing besides: "no problem, we are waiting"."""
    folded = fold(text)
    rest = tokens(cues_of(_CUES)["patience"].sub(" ", folded))
    minds = any(word.text in _NOT or not _is_in(word.text, "courtesy") for word in rest)
    return not minds and "?" not in text and (bool(tokens(folded)) or "yes" in find_intents(text))


def _read(said: str, visit: datetime, now: datetime) -> _Clause:
    """One clause by the time it wishes for; the one it denies is none, and a bare hour is one where nothing else is."""
    clause, denied, after_no = said, None, False
    if (found := _DENIED.search(said)) is not None:
        clause = _DENIED.sub(" ", said)
        if find_time(clause, now=now, asked=True) is None:
            denied = find_time(found["day"], now=now, asked=True)
            alone = all(_is_in(word.text, "another_time") for word in tokens(clause))
            after_no = alone and bool(found["no"]) and denied is not None and not names_visit(denied, visit)
            clause = found["day"] if after_no else clause
    if find_time(clause, now=now, asked=True) is None:
        clause = _with_hour(clause)
    folded, shifted = fold(clause), _shift_in(fold(clause))
    wish = find_time(clause, now=now, asked=True)
    wish = on_day(visit.date(), wish, now=now) if wish is not None else None
    spans = [span for span in (shifted and shifted[1], wish and wish.span) if span]
    beside = tuple(word.text for word in tokens(clause) if not any(first <= word.start < last for first, last in spans))
    refused = _refuses(folded, beside, visit) and _may_name(clause, wish, visit, now)
    refused = refused or (denied is not None and wish is None and names_visit(denied, visit))
    absent = refused and denied is None and cues_of(_CUES)["unsuitable"].search(folded) is None
    return _Clause(clause, wish, beside, refused, absent, shifted[0] if shifted else None, after_no)


def _may_name(clause: str, wish: TimeWish | None, visit: datetime, now: datetime) -> bool:
    """Whether the time of a clause is the visit's, where it names one."""
    named = wish or find_named_time(clause, now=now)
    named = on_day(visit.date(), named, now=now) if named is not None else None
    return named is None or named.start is None or names_visit(named, visit)


def _with_hour(clause: str) -> str:
    """ "Make it 11", "שיהיה 11": a bare number that another time is asked for with is its hour."""
    numbers = [*_BARE_HOUR.finditer(clause)]
    words = [word.text for word in tokens(clause) if not word.text.isdigit()]
    chosen = any(_is_in(word, "choosing") for word in words)
    if len(numbers) != 1 or not chosen or not all(_is_in(word, "another_time") for word in words):
        return clause
    if re.search(r"(?:ב-?|at |в )$", clause[: numbers[0].start()]):
        return clause
    before = "at " if clause.isascii() else "ב-"
    return f"{clause[: numbers[0].start()]}{before}{clause[numbers[0].start() :]}"


def _refuses(folded: str, beside: tuple[str, ...], visit: datetime) -> bool:
    """Whether a clause plainly says, and not as a condition, that the time does not suit, or nobody will be there."""
    found = cues_of(_CUES)["refuses"].search(folded)
    if found is None or found[0].startswith(_WHEN) or cues_of(_CUES)["supposing"].search(folded[: found.start()]):
        return False
    told = {word.text for word in tokens(found[0])}
    known = told | word_list("days") | {str(visit.hour), str(visit.hour % 12)}
    others = [word for word in beside if word not in known and not _is_in(word, "another_time", "courtesy", "reasons")]
    return len(others) <= (0 if cues_of(_CUES)["unsuitable"].fullmatch(found[0]) else _MOST_BESIDE)


def _moves(clause: _Clause, visit: datetime) -> bool:
    """Whether the clause names another time than the visit's, and says nothing besides."""
    if clause.refuses or not (clause.shift or clause.wish):
        return False
    if not clause.shift and clause.wish and (clause.wish.kind == "flexible" or names_visit(clause.wish, visit)):
        return False
    return all(_is_in(word, "another_time") for word in clause.beside)


def _quiet(text: str, clauses: list[_Clause], visit: datetime) -> Aim | None:
    """A question how it stands, or courtesy; None when there is more in the text."""
    if any(one.refuses or one.shift for one in clauses):
        return None
    words = [word for one in clauses for word in one.beside]
    others = [one.wish for one in clauses if one.wish is not None and not names_visit(one.wish, visit)]
    asks = any(_is_in(word, "asking") for word in words) or (not others and "?" in text)
    if asks and all(_is_in(word, "asks", "courtesy") for word in words):
        return "asks"
    if (not others or any(_is_in(word, "seeing") for word in words)) and _is_courteous(words):
        return "courtesy"
    named = any(one.wish is not None for one in clauses)
    confirms = named and not others and not any(word in _NOT for word in words)
    return "courtesy" if confirms and all(_is_in(word, "another_time", "courtesy") for word in words) else None


def _is_courteous(words: list[str]) -> bool:
    """Whether all words are courtesy, or all but one that counts nothing; a "no" alone wants nothing."""
    unknown = [word for word in words if not _is_in(word, "courtesy")]
    if all(word in _NOT for word in unknown):
        return len(words) < _SHORT
    return len(unknown) == 1 and not _DIGITS.search(unknown[0])


def _is_in(word: str, *lists: str) -> bool:
    known = [_words(name) for name in lists]
    return any(stem in one for _, stem in stems(word, shortest=2) for one in known)


def _shift_in(folded: str) -> tuple[timedelta, tuple[int, int]] | None:
    """How much later, or earlier, and where that stands."""
    found = _shifts().search(folded)
    if found is None:
        return None
    minutes = next(int(name[1:].rstrip("bc")) for name, said in found.groupdict().items() if said and name[0] == "m")
    back = any(found[name] for name in ("earlier", "ahead", "advancing"))
    return timedelta(minutes=-minutes if back else minutes), found.span()


@cache
def _words(name: str) -> frozenset[str]:
    return word_set(str(read_table(_WORDS)["words"][name]))


@cache
def _shifts() -> re.Pattern[str]:
    """ "An hour later", "an hour earlier", "postpone it by an hour"."""
    table = read_table(_WORDS)
    longest_first = sorted(table["amounts"].items(), key=lambda one: -len(one[1]))

    def amounts(mark: str) -> str:
        return "|".join(f"(?P<m{minutes}{mark}>{words.translate(_FINALS)})" for minutes, words in longest_first)

    later, earlier, postponing, advancing = (
        table[name].translate(_FINALS) for name in ("later", "earlier", "postponing", "advancing")
    )
    begins, ends = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    relative = rf"(?:ב|ב-|на |by )?(?:{amounts('')}) (?:(?P<later>{later})|(?P<earlier>{earlier}))"
    by = rf"(?: \S+){{0,4}}? (?:forward )?(?:ב-?|by |на |for )(?:{amounts('b')})"
    from_it = rf"(?:(?P<behind>بعد)|(?P<ahead>قبل)) (?:{amounts('c')}) (?:من|عن)"
    verbs = rf"(?:(?P<postponing>{postponing})|(?P<advancing>{advancing}))"
    return re.compile(f"{begins}(?:{relative}|{verbs}{by}|{from_it}){ends}")
