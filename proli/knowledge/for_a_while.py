"""Somebody cannot come now, or for the hours ahead: "לא יכול עכשיו", "לא בשעתיים הקרובות", "not in the next hour"."""

import re
from dataclasses import dataclass
from typing import Final

from proli.knowledge.text import fold
from proli.knowledge.workday import find_minutes

_AHEAD: Final = re.compile(
    r"(?<!\w)[בלמ]?-?ה?(?P<he>שעתי+מ|שעה|חצי ה?שעה|שעה וחצי|שלוש שעות|שלוש ה?שעות|\d ?ה?שעות|\d{2,3} ?ה?דק\w*"
    r"|(?:כמה )?שעות) (?:ה?קרובה|ה?קרובות|ה?באות|ה?באה)(?!\w)"
    r"|\b(?:in|for|during|over) (?:the )?(?:next|coming) (?P<en>\d{1,3} \w+|half (?:an )?hour|couple of hours|few hours"
    r"|hour|one hour|two hours|three hours)\b"
)
_REFUSES: Final = re.compile(
    r"(?<!\w)(?:לא (?:יכולה?|אוכל|זמינה?|פנויה?|מסוגלת?|עובדת?|מגיעה?|אגיע|מסתדר|אהיה|נוח)"
    r"|לא(?= [בל]-?ה?(?:שע|חצי|שלוש|\d|כמה))"
    r"|אי אפשר|אינ מצב|אינ סיכוי|תפוסה?|עסוקה?|באמצע"
    r"|can'?t|cannot|not(?= (?:in|for|available|free))|unavailable|won'?t|busy|booked)(?!\w)"
)
_OTHER_ACT: Final = re.compile(
    r"(?<!\w)(?:לדבר|לענות|לשמוע|לראות|לבדוק|לכתוב|להגיד|לחפש|לאשר|talk|speak|answer|check)(?!\w)"
)
_BUSY: Final = r"(?:לא (?:זמינה?|פנויה?)|תפוסה?|עסוקה?|באמצע (?:עבודה|משהו)|not available|unavailable|not free|busy)"
_CANNOT: Final = r"(?:לא (?:יכולה?|אוכל|מסוגלת?|מתאימ|מסתדר|נוח)(?: לי)?|לא|אי אפשר|can'?t|cannot|not)"
_WHEN: Final = r"(?:עכשיו|כרגע|כעת|ברגע זה|ברגעימ אלה|right now|now|at the moment)"
_LITTLE: Final = (
    r"(?:אני|היי|סליחה|מצטערת?|אחי|רגע|סורי|תודה|ממש|להגיע|לבוא|make it|come|sorry|hi|bro|thanks|i'm|im|i|am)"
)
_NOW: Final = re.compile(
    rf"(?:{_LITTLE} )*(?:{_WHEN} (?:אני )?(?:{_BUSY}|{_CANNOT})|(?:{_BUSY}|{_CANNOT})(?: {_LITTLE})* {_WHEN})"
    rf"(?: {_LITTLE})*"
)
_JUST_BUSY: Final = re.compile(rf"(?:{_LITTLE} )*{_BUSY}(?: {_LITTLE})*")
_SIGNS: Final = re.compile(r"[.,!\s]+")


@dataclass(frozen=True, slots=True)
class While:
    """For how long from now somebody cannot come."""

    minutes: int | None
    """None where the words do not tell."""
    now: bool
    """Whether they say that it is now, by a word of it or by its length."""


def find_while(text: str) -> While | None:
    """What the words tell of it; None when they ask, are of another act, or say more than that."""
    folded = fold(text)
    if "?" in text or _OTHER_ACT.search(folded) is not None:
        return None
    ahead = _AHEAD.search(folded)
    if ahead is not None:
        refuses = _REFUSES.search(folded) is not None
        return While(_length(ahead["he"] or ahead["en"]), now=True) if refuses else None
    plain = _SIGNS.sub(" ", folded).strip()
    if _NOW.fullmatch(plain) is not None:
        return While(None, now=True)
    return While(None, now=False) if _JUST_BUSY.fullmatch(plain) is not None else None


def _length(said: str) -> int | None:
    plain = said.replace(" ה", " ").replace("couple of hours", "two hours")
    return 60 if plain == "hour" else find_minutes(plain)
