"""What is answered to an offer: by a professional, where a refusal counts only of the job, and by a customer."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final, Literal

from proli.knowledge.intents import find_intents
from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.text import fold, tokens

Answer = Literal["approve", "decline"]

_NOT: Final = word_list("negations") | word_list("cannot")
_CANNOT: Final = word_list("cannot")
_PLAIN_NO: Final = word_list("plain_no")
_APPROVE: Final = word_list("approve")
_DECLINE: Final = word_list("decline")
_COMING: Final = word_list("coming")
_UNSURE: Final = word_list("unsure")
_ABLE: Final = word_list("able")
_FITTING: Final = word_list("fitting")
_TAKING: Final = word_list("taking")
_OTHER_ACTS: Final = word_list("other_acts")
_SOMEBODY_ELSE: Final = word_list("somebody_else")
_COURTESY: Final = word_list("courtesy")
_FILLERS: Final = word_list("answer_fillers")
_YET: Final = word_list("yet")
_HOLDING: Final = word_list("holding")
_OTHER_NEWS: Final = word_list("other_news")
_TAKES: Final = word_list("takes")
_TAKEN_UP: Final = word_list("taken_up")
_PERMIT: Final = word_list("permit")
_OF_PERMIT: Final = word_list("of_permit")
_STATES: Final = word_list("states")
_WHO_IS: Final = word_list("who_is")
_CLAUSES: Final = re.compile(r"[,.;!\n]| - ")
_NO_PROBLEM: Final = re.compile(r"(?:אינ|בלי|ללא) (?:שומ )?בעי{1,2}ה|\bno problem\b|\bno worries\b")
_YES_SIGNS: Final = ("👍", "✅", "👌")
_NO_SIGNS: Final = ("👎", "❌", "🚫")
_INFINITIVE: Final = 4
_LONG: Final = 8
_LONGEST: Final = 400


class _Said(Enum):
    """What one clause says of the job."""

    nothing = auto()
    approves = auto()
    comes = auto()
    """It speaks of coming, without a word of consent."""
    declines = auto()
    unclear = auto()
    """There is a "no" or a "yes" in it, but not to the job: "הלקוח לא עונה"."""


def find_answer(text: str) -> Answer | None:
    """The answer to an offer; None when it is none, or unclear, conditional, a question, says both, or a yes that
    somebody takes back in the same breath to look or ask first.
    """
    if "?" in text or len(text) > _LONGEST:
        return None
    clauses = [words for clause in _CLAUSES.split(text) if (words := without_courtesy(clause))]
    if any(word in _UNSURE for words in clauses for word in words):
        return None
    said = [_read(words) for words in clauses]
    said += [_Said.approves] * any(sign in text for sign in _YES_SIGNS)
    said += [_Said.declines] * any(sign in text for sign in _NO_SIGNS)
    if sum(map(len, clauses)) > _LONG and said[0] not in (_Said.approves, _Said.declines):
        return None
    answer = _sum(set(said))
    return None if answer == "approve" and any(_holds_back(words) for words in clauses) else answer


def is_consent(text: str) -> bool:
    """Whether a customer says yes, and nothing in the same breath that takes it back, waits or asks."""
    if "?" in text or len(text) > _LONGEST or "yes" not in find_intents(text):
        return False
    words = {word for clause in _CLAUSES.split(text) for word in without_courtesy(clause)}
    return not words & (_NOT | _UNSURE | _HOLDING)


def hesitates(text: str) -> bool:
    """Whether a text declines, or wants to look or ask first."""
    return bool({*without_courtesy(text)} & (_NOT | _UNSURE | _HOLDING))


def _holds_back(words: Sequence[str]) -> bool:
    """Whether somebody wants to look or ask first: "רגע", "אני בודק"."""
    return any(word in _HOLDING for word in words)


def _sum(said: set[_Said]) -> Answer | None:
    declines, approves = _Said.declines in said, _Said.approves in said
    if _Said.unclear in said or declines == approves or (declines and _Said.comes in said):
        return None
    return "approve" if approves else "decline"


def without_courtesy(text: str) -> list[str]:
    """The words of a text, courtesy aside, folded."""
    plain = _NO_PROBLEM.sub(" ok ", fold(text))
    return [word for token in tokens(plain) if (word := token.text) not in _COURTESY]


def _read(words: Sequence[str]) -> _Said:
    if all(word in _PLAIN_NO for word in words):
        return _Said.declines
    elses = any(word in _SOMEBODY_ELSE for word in words)
    denials = [at for at, word in enumerate(words) if word in _NOT]
    if denials:
        refuses = not elses and all(_refuses(words, at) for at in denials)
        return _Said.declines if refuses else _Said.unclear
    declines, approves = any(word in _DECLINE for word in words), any(word in _APPROVE for word in words)
    if (declines and approves) or (elses and (declines or approves)):
        return _Said.unclear
    if approves and _tells_other_news(words):
        return _Said.unclear
    if declines or approves:
        return _Said.declines if declines else _Said.approves
    return _Said.comes if any(word in _COMING for word in words) else _Said.nothing


def _tells_other_news(words: Sequence[str]) -> bool:
    """Whether the "yes" belongs to a sentence of something else: "אני כן עובד היום", "אישור תשלום התקבל"."""
    if any(word in _OTHER_NEWS for word in words):
        return True
    plain = [word for word in words if word not in _FILLERS or word in _WHO_IS]
    return any(
        (word in _TAKES and after in _TAKEN_UP)
        or (word in _STATES and before in _WHO_IS)
        or (word in _PERMIT and (before in _OF_PERMIT or not _may_follow_permit(after)))
        for before, word, after in zip(["", *plain], plain, [*plain[1:], ""], strict=False)
    )


def _may_follow_permit(word: str) -> bool:
    """Whether the word after "אישור" leaves it an approval: "אישור 2", "אישור לביקור", and not "אישור תשלום"."""
    known = _APPROVE | _FILLERS | _COMING | _FITTING | _ABLE
    return not word or word in known or word[0].isdigit() or word[0] in "לבש"


def _refuses(words: Sequence[str], at: int) -> bool:
    """Whether the "no" at this place refuses the job: "לא יכול להגיע", and not "לא יכול לדבר" or "עוד לא"."""
    if any(word in _YET for word in words[max(0, at - 1) : at + 2]):
        return False
    after = [word for word in words[at + 1 :] if word not in _FILLERS]
    if words[at] in _CANNOT:
        return not _is_other_act(after)
    if not after:
        return all(word in _PLAIN_NO or word in _FILLERS for word in words)
    if after[0] in _ABLE:
        return not _is_other_act(after[1:])
    return after[0] in _FITTING or after[0] in _CANNOT


def _is_other_act(after: Sequence[str]) -> bool:
    """Whether what cannot be done is another act than the job: "לדבר", "answer"."""
    act = next((word for word in after if word not in _FITTING), "")
    infinitive = act.startswith("ל") and len(act) >= _INFINITIVE
    return act in _OTHER_ACTS or (infinitive and act not in _TAKING)
