"""A professional stands at the door and nobody opens or answers; and that somebody has opened after all."""

import re
from typing import Final

from proli.knowledge.text import fold

_LONGEST: Final = 200
_NOT_OPENED: Final = (
    r"(?<!\w)(?:לא (?:פותחת?|פותחימ|פתחה?|פתחו)(?! (?:לי )?(?:את )?"
    r"(?:ה?(?:ברז|מימ|סתימה|חשבונ\w*|תיק|אתר|קישור|לינק|קובצ|מסמכ|תמונה|סרטונ))(?!\w))"
    r"|אינ (?:אפ[ -]אחד|אפחד|מישהו) (?:בבית|פה|כאנ)|אינ (?:פה|כאנ) (?:אפ[ -]אחד|אפחד|מישהו)"
    r"|אפ[ -]אחד לא (?:פה|כאנ|בבית|פותח|עונה ב?דלת)|(?:דופקת?|מצלצלת?|מתדפקת?) [^.;\n]{0,15}(?:ואינ|ולא|אינ|לא)"
    r"|לא עונ(?:ה|ימ|ות) (?:לי )?(?:ב|ל)?ה?(?:דלת|אינטרקומ|פעמונ|דפיקות))(?!\w)"
    r"|\b(?:nobody|no ?one|customer|she|he|they)(?:'s| is| are)?(?: not|n't)? (?:opening|opens|open|answering|answers) "
    r"(?:up|the door|me in)\b|\b(?:won't|not|doesn't|isn't) (?:open|opening) (?:the )?door\b"
)
_THERE: Final = (
    r"(?<!\w)(?:(?:אני|עומדת?|מחכה|נמצאת?|הגעתי|הגענו|כבר) (?:\w+ )?"
    r"(?:למטה|בדלת|ליד|מול|בכניסה|בחוצ|מתחת|פה|כאנ|אצל\w*|שמ)"
    r"|הגעתי|הגענו|למטה|ליד ה(?:דלת|בית)|מול ה(?:דלת|בית)|מתחת לבית|(?:דופקת?|מצלצלת?)"
    r"|i'?m (?:here|downstairs|outside|at the door)|outside|at the door|downstairs)(?!\w)"
)
_NO_ANSWER: Final = (
    r"(?<!\w)(?:לא (?:עונה|עונימ|עונות|ענה|ענתה|ענו|מגיבה?|מגיבימ|פותחת?|פותחימ|יורדת?)"
    r"|ו?אינ (?:מענה|תשובה|קול|אפ[ -]אחד|אפחד)"
    r"|no answer|nobody answers|nobody'?s? (?:is )?answering|no ?one (?:is )?answer\w*)(?!\w)"
)
_DOOR: Final = re.compile(_NOT_OPENED)
_WAITS: Final = re.compile(rf"{_THERE}[^\n]{{0,60}}?{_NO_ANSWER}|{_NO_ANSWER}[^\n]{{0,40}}?{_THERE}")
_LEFT: Final = re.compile(
    r"(?<!\w)(?:חיכיתי|חיכינו|המתנתי|המתנו|עמדתי|דפקתי|צלצלתי)(?!\w)[^?]{0,40}"
    r"(?<!\w)ו?(?:הלכתי|הלכנו|עזבתי|עזבנו|נסעתי|נסענו|חזרתי|המשכתי|יצאתי משמ)(?!\w)"
    r"|(?<!\w)(?:הלקוחה?|היא|הוא|אפ[ -]אחד) לא היתה? (?:בבית|שמ|פה)[^?]{0,20}(?<!\w)(?:הלכתי|עזבתי|נסעתי|חזרתי)(?!\w)"
    r"|\b(?:waited|knocked|rang)\b[^?]{0,40}\b(?:and|then) (?:left|went|drove off)\b"
)
_IF: Final = re.compile(r"(?<!\w)(?:אמ|כש\w+|אתמול|מחר|סי+מתי|גמרתי|if|yesterday|tomorrow|done)(?!\w)")
_LET_IN: Final = re.compile(
    r"(?<!\w)(?<!לא )(?:פתחו?|פתחה|נכנסתי|נכנסנו|ענתה|ענה|ענו|בפנימ|יורדת?|ירדה?|הסתדר|הכל בסדר"
    r"|opened|i'?m in|let me in|answered)(?!\w)"
)


def is_at_door(text: str) -> bool:
    """Whether the words tell that somebody waits at a door now that nobody opens, or where nobody answers."""
    folded = fold(text)
    if len(text) > _LONGEST or _IF.search(folded) is not None:
        return False
    return _DOOR.search(folded) is not None or _WAITS.search(folded) is not None


def is_let_in(text: str) -> bool:
    """Whether the words tell that somebody has opened or answered."""
    return len(text) <= _LONGEST and "?" not in text and _LET_IN.search(fold(text)) is not None


def has_left(text: str) -> bool:
    """Whether the words tell that somebody has waited in vain and is gone: the customer was not there."""
    return len(text) <= _LONGEST and "?" not in text and _LEFT.search(fold(text)) is not None
