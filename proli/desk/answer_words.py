"""What a professional's words say of offers: which numbers get which answer, all of them, hours, another hour."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from proli.knowledge.answers import Answer, find_answer, without_courtesy
from proli.knowledge.reading.lexicon import word_list, word_set
from proli.knowledge.text import fold, normalise
from proli.knowledge.times import find_named_time, find_time
from proli.knowledge.wishes import NEAR, TimeWish, names_visit

NUMBER: Final = re.compile(r"(?:(?<![\w.:/+-])#?|(?<![\w.:/+-][והש])(?<=[והש])-?)(\d{1,12})(?![\w:/]|\.\d|-\d)")
"""A number that stands for itself, or after "and": no clock time, no date, no part of a word such as "ב-16"."""
TIME_BEFORE: Final = re.compile(r"(?:\b(?:at|by|until|till|before|after|around|בשעה|עד|לפני|אחרי|ליד|בסביבות) ?|ב)$")

_OF_HOUR: Final = re.compile(r"(?<!\w)(?:ו?ל?של |ל-? ?|to |for |till )(?:ה-? ?)?(\d{1,2})(?![\w:/]|\.\d|-\d)")
_OF: Final = re.compile(r"(?:של|לשל) (?:ה-? ?)?$")
_CLOCK: Final = re.compile(r"(?<!\w)[ו]?(?:ב|ל|של|בשעה|at)[- ]{0,2}\d{1,2}(?::\d\d)?(?!\w)")
_SPAN: Final = re.compile(
    r"(?<!\w)(?:(?:מ|החל מ|משעה|מהשעה|משעות|בין|בין השעות|בין שעה|from|between)[- ]{0,2})(\d{1,2})(?::(\d\d))?"
    r" ?(?:-|עד|ועד|ל|לשעה|עד שעה|to|and|till|until)[- ]{0,2}(\d{1,2})(?::(\d\d))?"
    r"(?![\w:/%-]|\.\d| ?(?:[ap]m|[לב]חודש|ב?(?:ינואר|פברואר|מרץ|מרס|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר"
    r"|נובמבר|דצמבר)|דק|ימים|שקל|ש[\"״]ח)\w*)"
)
"""From one hour until another, with a word before the first: what stands between two numbers alone may be offers."""
_ACTS: Final = {"תאשר": "אשר", "תאשרי": "אשר", "אאשר": "אשר", "תדחה": "דחה", "תדחי": "דחה"}
_ACT: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_ACTS)})(?!\w)")
_ALSO: Final = word_set("גם וגם also too same")
_LINKS: Final = _ALSO | word_set(
    "ו את ואת של אלה אלו and plus offer offers job jobs הצעה הצעות מספר מספרים מס number numbers"
)
ALL: Final = word_set("הכל הכול כולם לכולם כולן לכולן כל שתיהן לשתיהן שניהם לשניהם שתיהם all both everything every")
_OF_ALL: Final = word_set("ההצעות העבודות להכל אותם אותן them of to")
_ANSWERS: Final = frozenset[str]().union(
    *map(
        word_list,
        ("approve", "decline", "plain_no", "cannot", "negations", "able", "fitting", "coming", "answer_fillers"),
    )
)
_HEDGES: Final = word_list("unsure") | word_set("חוץ מלבד פרט למעט except besides instead במקום")
_BREAK: Final = re.compile(r"[,;\n]|\.(?!\d)| - ")
_CLAUSE: Final = re.compile(r"[,;\n]|\.(?!\d)| - |(?<!\w)ו(?=(?:ת?אשר|ת?דחה|מאשר|דוחה|לא|כן)(?!\w))")
_MOVES: Final = re.compile(
    r"(?<!\w)(?:ת?דחה|ת?דחי|דוחה|לדחות|ת?זיז|להזיז|postpone|push|move|delay|shift)(?!\w)"
    r"(?: (?:את )?(?:זה|אותו|אותה|הביקור|העבודה|it|this|that))?"
    r" (?:ל[- ]?\d|ל(?:שעה|אחר|אחרי|מחר|מחרתיים|יום|שבוע|ערב|בוקר|צהריים|צהרים|הערב|פעם|מועד|זמן|סוף|עוד|"
    r"ראשון|שני|שלישי|רביעי|חמישי|שישי|אחת|שתיים|שתים|שלוש|ארבע|חמש|שש|שבע|שמונה|תשע|עשר)(?!\w)"
    r"|ב(?:שעה|שעתיים|חצי|רבע|יום|שבוע)(?!\w)|ב[- ]?\d{1,3} (?:דקות|שעות)|to |till |until |by |for )"
)
_BUSY: Final = re.compile(
    r"(?<!\w)(?:עסוק|עסוקה|תפוס|תפוסה|עובד|עובדת|עבודה|לקוח|לקוחה|תור|פגישה|חתונה|אירוע|יש לי"
    r"|לא (?:מרגישה?|חשה?) (?:טוב|בטוב)|busy|working|booked|have)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The answers to offers of several numbers."""

    answers: dict[int, Answer] = field(default_factory=dict[int, Answer])
    about: dict[int, str] = field(default_factory=dict[int, str])
    """What else is said of each."""
    rest: bool = False
    """Whether anything beside them has not been understood."""


def is_hour(number: re.Match[str]) -> bool:
    """Whether the words before a number make it a clock time."""
    return TIME_BEFORE.search(number.string[: number.start()]) is not None


def numbers_in(text: str) -> list[int]:
    return [int(found[1]) for found in NUMBER.finditer(text) if not is_hour(found)]


def answer_in(text: str) -> Answer | None:
    """The answer in words, whatever number stands beside it."""
    return find_answer(_ACT.sub(lambda found: _ACTS[found[0]], NUMBER.sub(" ", text)))


def read_numbered(text: str, open_ids: Collection[int]) -> Numbered | None:
    """The answers of "approve 3 and 7", "3 yes, 7 no", "approve 3, decline 7"; None unless several numbers are named.

    A number beside words that are not understood has no answer, and none has when something is asked or excepted.
    """
    text = text.replace("+", " ")
    found = [
        one
        for one in NUMBER.finditer(text)
        if not is_hour(one) and (int(one[1]) in open_ids or _OF.search(text[: one.start()]) is None)
    ]
    if len(found) < 2 or not {int(one[1]) for one in found} & set(open_ids):
        return None
    edges = [0, *(at for one in found for at in one.span()), len(text)]
    gaps = [text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2)]
    if "?" in text or _HEDGES & set(without_courtesy(text)) or not _before(gaps[0]).clear:
        return Numbered(rest=True)
    read = _answers_before if _before(gaps[0]).answer else _answers_after
    answers, about, rest = dict[int, Answer](), dict[int, str](), False
    for number, answer, after in zip(found, read(gaps), gaps[1:], strict=True):
        if answer is None:
            rest = True
        else:
            answers[int(number[1])], about[int(number[1])] = answer, after
    rest = rest or any(_content(part) and not _part(part).clear for gap in gaps for part in _BREAK.split(gap))
    return Numbered(answers, about, rest)


@dataclass(frozen=True, slots=True)
class _Part:
    answer: Answer | None
    clear: bool
    """Nothing in it but the answer and words that join."""
    also: bool


def _content(text: str) -> list[str]:
    words = (_ACTS.get(word, word) for word in without_courtesy(_CLOCK.sub(" ", text)))
    known = _ANSWERS | _LINKS
    return [word[1:] if word not in known and word[:1] == "ו" and _ACTS.get(word[1:], word[1:]) in known else word
            for word in words if word not in _LINKS or word in _ALSO]  # fmt: skip


def _part(text: str) -> _Part:
    words = [_ACTS.get(word, word) for word in _content(text)]
    plain = [word for word in words if word not in _ALSO]
    answer = find_answer(" ".join(plain)) if plain else None
    clear = not plain or (answer is not None and all(word in _ANSWERS for word in plain))
    return _Part(answer, clear, len(plain) < len(words))


def _before(gap: str) -> _Part:
    """What is said right before a number."""
    return _part(_BREAK.split(gap)[-1]) if _content(_BREAK.split(gap)[-1]) else _part(gap)


def _after(gap: str) -> _Part:
    """What is said right after a number."""
    return _part(_BREAK.split(gap)[0])


def _answers_before(gaps: Sequence[str]) -> list[Answer | None]:
    """Of numbers that follow their answer."""
    given, current = list[Answer | None](), None
    for before, after in pairwise(gaps):
        said = _before(before)
        current = (said.answer or current) if said.clear else None
        last = after is gaps[-1]
        spoilt = not _after(after).clear or (last and _after(after).answer is not None)
        given.append(None if spoilt else current)
    return given


def _answers_after(gaps: Sequence[str]) -> list[Answer | None]:
    """Of numbers that stand before their answer: "3 yes, 7 too" and "3 7 yes"."""
    parts = [_part(gap) if _BREAK.search(gap) is None else _after(gap) for gap in gaps[1:]]
    given = list[Answer | None]()
    for at, part in enumerate(parts):
        following = next((one for one in parts[at:] if one.answer or not one.clear or one.also), None)
        if part.also and given:
            given.append(given[-1])
        else:
            given.append(following.answer if following is not None and following.clear else None)
    return given


def clauses(text: str) -> list[str]:
    return [part for part in _CLAUSE.split(text) if without_courtesy(part)]


def means_all(text: str) -> bool:
    """Whether the words are about every offer and say nothing besides the answer."""
    words = [_ACTS.get(word, word) for word in without_courtesy(text)]
    return bool(ALL & set(words)) and all(word in ALL | _OF_ALL | _ANSWERS | _LINKS for word in words)


def answer_to_all(text: str) -> Answer | None:
    return find_answer(" ".join(_ACTS.get(word, word) for word in without_courtesy(text)))


def times_in(text: str, *, now: datetime, open_ids: Collection[int] = ()) -> list[TimeWish]:
    """The hours and days that the words name; `now` is local. Numbers of offers are none."""

    def hour(found: re.Match[str]) -> str:
        return found[0] if int(found[1]) in open_ids or int(found[1]) > 24 else f" בשעה {found[1]}"

    said = _OF_HOUR.sub(hour, _SPAN.sub(_with_minutes, text))
    said = NUMBER.sub(lambda found: found[0] if is_hour(found) else " ", said)
    wish = find_time(said, now=now, asked=True) or find_named_time(said, now=now)
    return [one for one in (wish, *wish.alternatives) if one.start is not None] if wish is not None else []


def _with_minutes(span: re.Match[str]) -> str:
    """A span of hours with the minutes of both, so that neither number is taken for that of an offer."""
    first, last = int(span[1]), int(span[3])
    if first > 23 or last > 24:
        return span[0]
    return f"מ-{first}:{span[2] or '00'} עד {last}:{span[4] or '00'}"


def means(wish: TimeWish, starts_at: datetime) -> bool:
    """Whether the time that was named is that of a visit, whose start is local; "after 2" may be when they can come."""
    return wish.kind not in ("before", "after") and names_visit(wish, starts_at, near=NEAR)


def proposes(text: str) -> bool:
    """Whether the words want it at another time: "דחה ל-12" postpones, it does not refuse."""
    return _MOVES.search(normalise(text).lower()) is not None


def without_reasons(text: str) -> str:
    """The words without those that say what else fills the time: "לא יכול, יש לי עבודה ב-15"."""
    parts = _BREAK.split(text)
    return "\n".join(part for part in parts if len(parts) == 1 or _BUSY.search(normalise(part).lower()) is None)


def names_place(text: str, place: str) -> bool:
    return bool(place) and re.search(rf"(?<!\w)[ובלשמה]{{0,2}}{re.escape(fold(place))}(?!\w)", fold(text)) is not None
