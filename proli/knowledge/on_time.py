"""Somebody comes on time after all: "בסוף אגיע בזמן", "הסתדר, אני בזמן", "there is no delay after all"."""

import re
from typing import Final

from proli.knowledge.arrival import is_of_others
from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.text import fold, tokens

_ON_TIME: Final = re.compile(
    r"(?<!\w)ש?(?:(?:ו?אגיע|נגיע|ו?מגיעה?|אהיה|נהיה|אספיק|להגיע|אבוא|אני|בסופ|כנ|הכל) (?:[\w']{1,12} ){0,3}?"
    r"(?:בזמנ|בשעה (?:שקבענו|המקורית|שנקבעה)|כמו שקבענו|כמתוכננ|לפי התכנונ|כרגיל)"
    r"|(?:בלי|אינ|אינ לי|בוטל ה|אינ יותר|כבר אינ|לא יהיה) ?איחור|(?:בסופ |כבר )?לא (?:אאחר|מאחרת?|אתעכב|מתעכבת?)"
    r"|(?:i'?ll|i will|will|i'm|im|i am|be|arrive|arriving|make it|there|come) (?:\w+ ){0,3}?(?:on time|as planned)"
    r"|no (?:longer|more) late|not (?:late|running late|delayed)|no delay|won't be late)(?!\w)"
)
_NOT: Final = re.compile(
    r"(?<!\w)(?:לא (?:\w+ ){0,2}(?:בזמנ|כמתוכננ|כרגיל)|(?:not|won't|can't|cannot|never) .*(?:on time|planned))(?!\w)"
)
_HOPES: Final = re.compile(
    r"(?<!\w)(?:אמ|מקווה|אשתדל|משתדלת?|מנסה|אנסה|אולי|אמור(?:ה)?|if|hope|try|trying|maybe|might)(?!\w)"
)
_FEW: Final = 12


def comes_on_time(text: str) -> bool:
    """Whether the speaker comes at the hour that was set, for sure."""
    folded, words = fold(text), {word.text for word in tokens(text)}
    if "?" in text or len(words) > _FEW or words & word_list("unsure") or _HOPES.search(folded) or is_of_others(text):
        return False
    return _ON_TIME.search(folded) is not None and _NOT.search(folded) is None
