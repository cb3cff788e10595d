"""How somebody settles on another thing than the one just named, whatever it is: "Monday, no, make it Wednesday"."""

import re
from dataclasses import dataclass
from typing import Final, Literal

_MAKE_IT: Final = r"תעש[הוי]|נעשה|עדיף|בוא[וי]? נגיד|בוא[וי]?|נגיד|תרשום|תרשמ[וי]|תשים|תשימ[וי]|תבוא[וי]?|תשלח[וי]?|תביא[וי]?|צריך|צריכה"
CHANGED: Final = (
    rf"(?:לא,? )?(?:עזוב|עזבו|עזבי|תעזוב|תעזבו)(?: אותך| זה)?(?:,? (?:{_MAKE_IT}))?"
    rf"|(?:או |ו)?(?:אתה |את |אתם )?יודע(?:ת|ים)? מה(?:,? (?:{_MAKE_IT}))?"
    rf"|(?:רגע,? |אה,? )?לא,? (?:תעש[הוי]|תרשום|תרשמ[וי]|תשים|תשימ[וי])|בעצם(?: לא)?(?:,? (?:{_MAKE_IT}))?"
    r"|(?:actually,? )?make (?:it|that)|scratch that|no,? wait|you know what"
)
"""As the source of a pattern in ordinary spelling."""
_TAKES_BACK: Final = (
    rf"(?:או |ו|no,? )?(?:{CHANGED})|actually|i mean(?:t)?|התכוונתי(?: ל(?= ))?|יותר נכון|вернее|точнее"
    r"|\*(?=\d)"
)
"""Wherever it stands, what follows is meant instead of what was said before."""
_OPENS: Final = (
    r"לא(?= ?(?:[,.!]|$|לא|רגע))|רגע|שנייה|סליחה|אופס|טעות|טעיתי|אוי|no(?= ?(?:[,.!]|$|wait))|nope|(?:oh )?wait|hold on"
    r"|sorry|oops|нет(?= ?,)|ой|لا(?= ?،)"
)
"""The same at the beginning of a clause."""
_RATHER: Final = r"בוא[וי]? נגיד|תעש[הוי]|נעשה|(?:הכי )?עדיף(?: לי)?|יותר (?:טוב|נוח|מתאים)(?: לי)?|(?:ו)?(?:אולי|אם) אפשר|אפשר|אולי|better|rather|can (?:we|you) do|maybe"
_ONLY: Final = (
    r"(?:אבל |ו)?רק(?: אם| בתנאי)?|(?:אבל )?בתנאי|אבל|(?:but )?only(?: if| when)?|but|as long as|provided(?: that)?"
)
_GAP: Final = r"[\s,.!…-]*"
_CLAUSE: Final = r"(?:(?<=[,.!;\n-])\s*|^\s*)"
_CUE: Final = re.compile(
    rf"(?:(?<!\w)(?P<back>{_TAKES_BACK})(?!\w)|{_CLAUSE}(?P<opens>{_OPENS})(?!\w)"
    rf"|{_CLAUSE}(?P<rather>{_RATHER})(?!\w)|(?<!\w)(?P<only>{_ONLY})(?!\w)){_GAP}",
    re.IGNORECASE,
)
_RUN_ON: Final = re.compile(rf"(?:{_TAKES_BACK}|{_OPENS}|{_RATHER}|{_ONLY}|make it)(?!\w){_GAP}", re.IGNORECASE)
_PREFERRED: Final = re.compile(
    r"\d (?:יהיה |זה )?(?:עדיף|יותר (?:טוב|נוח|מתאים)|(?:is|would be|works) better)(?: לי)?$", re.IGNORECASE
)
_HELD_BACK: Final = re.compile(r"(?<!\w)(?:לא|רגע|שנייה|no|nope|wait|hold on)(?!\w)", re.IGNORECASE)

Turn = Literal["says", "changes", "rather", "only"]

_TURNS: Final[dict[str, Turn]] = {"back": "changes", "opens": "changes", "rather": "rather", "only": "only"}


@dataclass(frozen=True, slots=True)
class Word:
    """What is said in one go, without the words by which it turns from what was said before."""

    text: str
    turn: Turn = "says"
    """changes: it is meant instead. rather: it is asked for instead. only: it bounds what was said."""
    held_back: bool = False
    """Whether a "no" or a "wait" stands before it."""


def words_in_turn(text: str) -> list[Word]:
    """The text cut where it turns: "8, actually make it 9" is "8" and then "9"."""
    found: list[Word] = []
    at, held = 0, False
    turn: Turn = "says"
    while (cue := _CUE.search(text, at)) is not None:
        if before := text[at : cue.start()].strip(" \t\n,.!-"):
            found.append(_word(before, turn, held))
        end = cue.end()
        while (more := _RUN_ON.match(text, end)) is not None and more.end() > end:
            end = more.end()
        turn, held = _TURNS[cue.lastgroup or ""], bool(_HELD_BACK.search(text[cue.start() : end]))
        at = end
    rest = text[at:].strip(" \t\n,.!-")
    return [*found, _word(rest, turn, held)] if rest or turn != "says" else found


def _word(text: str, turn: Turn, held: bool) -> Word:
    return Word(text, "rather" if turn == "says" and _PREFERRED.search(text) else turn, held)
