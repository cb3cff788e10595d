"""How long to wait in silence before a caller's turn is over, and what is said only to mean "go on"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, cast

from proli.knowledge.reading.turn_answers import ANSWERS, Asked, Reason, in_phone
from proli.knowledge.reading.turn_words import Heard, hear, is_one_of, kinds, waits, words_under

__all__ = ["Asked", "Reason", "Wait", "expected", "says_goodbye", "takes_floor", "wait_after"]

_HUM: Final = re.compile(r"[אה]*מ{2,}|אה*מ+|א{2,}|א+ה+|ה+מ+|u+m+|u+h+m*|e+r+m*|h+m+|m{2,}")
_YES_HUM: Final = re.compile(r"אהה+|אהא|מ{2,}|מהמ|m{2,}|h+m+")
_NUMBERS_BUT_PHONES: Final = ("address", "time", "amount", "number", "choice")
_SETTLING_MS: Final = 50
_FEW: Final = 4
"""Words, greetings aside, in which nobody has told yet why they call."""
_MUCH: Final = 9
"""Words after which a sentence that can end mostly does."""
_CLAUSE: Final = 8
_LONGEST_BACKCHANNEL: Final = 3


@dataclass(frozen=True, slots=True)
class Wait:
    """The silence after which the turn is over, counted from the end of the voice."""

    ms: int
    reason: Reason


def expected(question: str | None) -> Asked:
    """The kind of answer that a question of the playbooks expects."""
    return cast("Asked", kinds().get(question or "", "open"))


def wait_after(text: str, *, asked: Asked = "open", lag_ms: int = 0, patience: float = 1.0) -> Wait:
    """How long to wait after these words, which are all that the ears have written of the turn by now.

    To be asked again at each new partial: the turn is over once the silence is as long as the newest answer says.
    `lag_ms` is how long the ears take to write a word that was said, 0 when they said that this text is final: less
    than that is never waited, as the last word may not stand there yet. `patience` above 1 waits longer for a caller
    who was cut off before, or who speaks slowly.
    """
    reason = _reason(hear(text), asked)
    least = lag_ms + _SETTLING_MS if lag_ms else 0
    return Wait(max(round(waits()[reason] * patience), least), reason)


def takes_floor(text: str, *, asked: Asked | None = None) -> bool:
    """Whether words that are heard while we speak are meant to be heard out.

    "כן", "אהה" and "אוקיי" only tell us to go on, unless they answer a question that was just asked.
    """
    heard = hear(text)
    if not heard.words:
        return False
    goes_on = len(heard.words) <= _LONGEST_BACKCHANNEL and all(
        word in words_under("backchannels") or _HUM.fullmatch(word) for word in heard.words
    )
    return not goes_on or (asked in ("yes_no", "choice") and _answers(heard))


def says_goodbye(text: str, *, served: bool) -> bool:
    """Whether somebody takes their leave and says nothing else: "תודה, ביי". Whose request was `served` may also do so
    by thanks, or by wanting nothing more: "לא, תודה", "זה הכול"."""
    heard = hear(text)
    if not heard.words or heard.without("closing", "nothing_more"):
        return False
    return any(word in words_under("goodbye") for word in heard.words) or (served and _closes(heard))


def _answers(heard: Heard) -> bool:
    return any(word in words_under("yes_no") or _YES_HUM.fullmatch(word) for word in heard.words)


def _reason(heard: Heard, asked: Asked) -> Reason:
    if not heard.words:
        return "nothing"
    if (left := _left_open(heard, asked)) is not None:
        return left
    if _closes(heard):
        return "closing"
    judge = ANSWERS.get(asked)
    return _sentence(heard) if judge is None else judge(heard)


def _left_open(heard: Heard, asked: Asked) -> Reason | None:
    """What the end of the text leaves open, whatever was asked."""
    hums = _HUM.fullmatch(heard.last) and not (asked == "yes_no" and _YES_HUM.fullmatch(heard.last))
    if hums or heard.last in words_under("holding") or heard.ends_in("holding_phrases"):
        return "thinking"
    if heard.ends_in("closed_phrases") or heard.ends_in_letter() or _whole(heard, asked):
        return None
    opens = heard.last in words_under("open_words") or is_one_of(heard.last, "leading") or heard.ends_in("open_phrases")
    if opens or (asked not in ("open", "yes_no") and heard.takes_back()):
        return "trails_off"
    return "digits" if asked not in _NUMBERS_BUT_PHONES and in_phone(heard) else None


def _whole(heard: Heard, asked: Asked) -> bool:
    """Whether one word says all: "יש", "אולי", "כמה"."""
    if len(heard.words) > 1 or asked not in ("open", "yes_no"):
        return False
    return heard.last in words_under("yes_no" if asked == "yes_no" else "asking")


def _closes(heard: Heard) -> bool:
    return heard.last in words_under("closing_ends") or heard.ends_in("closing_phrases")


def _sentence(heard: Heard) -> Reason:
    """How a sentence that can end here is to be taken."""
    if _whole(heard, "open"):
        return "question"
    if len(heard.without("greetings")) < _FEW:
        return "opening"
    if _asks(heard.words[-_CLAUSE:]):
        return "question"
    return "complete" if len(heard.words) >= _MUCH else "story"


def _asks(clause: Sequence[str]) -> bool:
    return any(
        is_one_of(word, "questions") and before not in words_under("knowing")
        for before, word in pairwise(["", *clause])
    )
