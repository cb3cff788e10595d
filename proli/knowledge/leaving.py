"""Whether somebody who tells of work done also sets out for the next place, and what is said of where."""

import re
from typing import Final

from proli.knowledge.text import fold, normalise

_MOVES: Final = r"(?:בדרכ|יוצאת?|יצאתי|נוסעת?|נסעתי|עוברת?|ממשיכה?|זזה?|מגיעה?|מתקדמת?|טסה?|עולה|קופצת?)"
_NEXT: Final = r"(?:אלי+כמ?|אליהמ|אליו|אליה|לבאה?|הבאה?|ללקוחה? הבאה?|ללקוחה?|לביקור(?: הבא)?|לעבודה הבאה|לדרכ|לשמ)"
_NOT_THERE: Final = (
    r"(?! ?(?:הבי?תה?|לבית שלי|למחסנ|למשרד|לחנות|לקנות|לאסופ|לאכול|לצהרי+מ|לישונ|לשתות|לחופשה?|להפסקה"
    r"|home|to the (?:shop|office)|lunch)(?!\w))"
)
_AFTER: Final = (
    r"(?:^|[,.;!\n] ?| - |(?<!\w)(?:שמה?|פה|כאנ|אותו|אצלו|אצלה|אצל \w+|הקודמת?|סי+מתי|סי+מנו|גמרתי|גמרנו|ה?עבודה"
    r"|יאללה) )"
)
_NOW: Final = r"(?:(?:כבר|עכשיו) )?"
_TO: Final = r"(?= ל(?!(?:י|ו|ה|נו|כ|כמ|המ)(?!\w))\w)"
""" "מגיע לי 450" is no place."""
_OFF: Final = (
    rf"(?:(?:בדרכ|יוצאת?|יצאתי|נוסעת?|נסעתי|עוברת?|טסה?|קופצת?){_TO}"
    r"|(?:בדרכ|יוצאת?|יצאתי|מתניעה?)(?= ?(?:$|[,.;!\n])| (?:עכשיו|כבר)(?!\w)))"
)
_LEAVING: Final = re.compile(
    rf"(?<!\w)(?P<to>ו?(?:אני )?{_NOW}{_MOVES}(?: עכשיו| כבר)? {_NEXT})(?!\w)"
    rf"|{_AFTER}(?P<off>ו?{_NOW}{_OFF}){_NOT_THERE}|(?<!\w)(?P<i>ו?אני {_NOW}{_OFF}){_NOT_THERE}"
    r"|\b(?P<en>on my way|omw|en route|heading (?:out|over|to|your way)|driving to|leaving now|off to|going to)\b"
    + _NOT_THERE
)
_SOMETHING_ELSE: Final = re.compile(r"(?:^|[,.;!\n] ?)ה\w+ (?:\w+ )?$")
"""What opens the clause comes by itself: "סיימתי, השליח בדרך אליכם"."""
_ENDS: Final = re.compile(r"[,.;!\n]|(?<!\w)ו?(?:סי+מתי|סי+מנו|גמרתי|גמרנו|done|finished)(?!\w)")


def find_leaving(text: str) -> tuple[str, str] | None:
    """What is said of setting out, and what is said beside it; None when nobody sets out for a customer."""
    plain, folded = normalise(text), fold(text)
    found = _LEAVING.search(folded)
    if found is None or _SOMETHING_ELSE.search(folded[: found.start("to")] if found["to"] else ""):
        return None
    start = max(map(found.start, ("to", "off", "i", "en")))
    end = _ENDS.search(folded, found.end())
    until = end.start() if end is not None else len(plain)
    return plain[start:until], f"{plain[:start]} {plain[until:]}"
