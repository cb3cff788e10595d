"""Somebody who could not come says that they do after all: "בסוף אני כן מגיע", "I can make it after all"."""

import re
from typing import Final, Literal

from proli.knowledge.arrival import is_of_others
from proli.knowledge.finished import says_done
from proli.knowledge.text import fold
from proli.knowledge.workday import read_workday

type Coming = Literal["after_all", "plain", "arrived"]
"""In words that take a "no" back, in words of coming alone, or by being there."""

_COMING: Final = re.compile(
    r"(?<!\w)ו?ש?(?:אגיע|נגיע|מגיעה?|להגיע|אבוא|לבוא|אני (?:כנ )?באה?|אהיה (?:שמ|אצל\w*|אצלה|אצלו|ב\w+)|אספיק|מספיקה?"
    r"|אעשה את זה|make it|come|coming|be there|do it)(?!\w)"
)
_SETS_OUT: Final = re.compile(r"(?<!\w)(?:בדרכ|יוצאת?|יצאתי|נוסעת?|on my way|omw)(?!\w)")
_ARRIVED: Final = re.compile(r"(?<!\w)(?:הגעתי|הגענו|arrived)(?!\w)")
_NO_NEED: Final = re.compile(
    r"(?<!\w)(?:(?:כבר )?לא צריכ(?:ה|ימ)?(?: \w+)?|לא משנה|אל ת\w+|no need(?: to \w+)?|never ?mind"
    r"|don'?t (?:cancel|replace|send))(?!\w)"
)
_AFTER_ALL: Final = re.compile(
    r"(?<!\w)ו?(?:בסופ(?: דבר)?|בכל זאת|כנ|הסתדר(?:נו|תי)?|מסתדר|(?:הכל |הכול )?בסדר|עזבו?|עזבי|תשכחו|תתעלמו"
    r"|אוכל|יכולה?|אצליח|מצליחה?|התפניתי|התפנה לי|after all|can|able|worked out|sorted"
    r"|it'?s (?:ok|okay|fine)|forget it)(?!\w)"
)
_NOT: Final = re.compile(
    r"(?<!\w)(?:לא|אל|אינ|בלי|במקומי|not|cannot|never|won't|can't|if|אמ|אולי|כנראה ש?לא|maybe)(?!\w)"
)
_FEW: Final = 14


def find_coming(text: str) -> Coming | None:
    """How the words say that the speaker comes; None when they ask, doubt or deny it, or are of somebody else."""
    folded = fold(text)
    if "?" in text or len(folded.split()) > _FEW or says_done(text) or is_of_others(text):
        return None
    rest = _NO_NEED.sub(" ", folded)
    if _NOT.search(rest) is not None:
        return None
    if "arrived" in read_workday(text).kinds or _ARRIVED.search(rest):
        return "arrived"
    if _COMING.search(rest) is None and not sets_out(text):
        return None
    return "after_all" if rest != folded or _AFTER_ALL.search(rest) else "plain"


def sets_out(text: str) -> bool:
    return _SETS_OUT.search(fold(text)) is not None
