"""A professional takes back that they have finished: "טעות, לא סיימתי", "עוד לא סיימתי", "סורי בטעות"."""

import re
from typing import Final, Literal

from proli.knowledge.reading.lexicon import word_set
from proli.knowledge.text import fold

_LONGEST: Final = 120
_FINISHED: Final = r"(?:סי+מתי|סי+מנו|גמרתי|גמרנו|סגרתי)"
_NOT_DONE: Final = re.compile(
    rf"(?<!\w)(?:(?:עוד|עדיינ|בעצמ|עדין) )?(?:ממש )?לא (?:(?:באמת|ממש|עדיינ|עוד) )?{_FINISHED}(?!\w)"
    r"|(?<!\w)(?:עוד|עדיינ) (?:באמצע|בעבודה|עובדת?|פה|כאנ|אצל)(?!\w)"
    r"|(?<!\w)(?:תבטלו?|תמחקו?|לבטל|למחוק|תחזירו?|תורידו?)(?: לי)? את (?:ה-?|זה ש)?['\"״]?(?:סי+מתי|סיומ|ביצוע)"
    r"|(?<!\w)(?:זה|הביקור|העבודה) (?:עוד |עדיינ )?לא (?:הסתי+מה?|נגמרה?|גמור|סגור)(?!\w)"
    r"|\b(?:not|haven't|havent|didn't|didnt)(?: actually| really| yet)? (?:done|finish(?:ed)?)\b"
    r"|\bstill (?:working|here|at it|in the middle)\b|\b(?:undo|cancel|take back) (?:the |that |my )?(?:done|finish)"
)
_MISTAKE: Final = re.compile(
    r"(?<!\w)(?:ב?טעות|טעיתי|התבלבלתי|בלבול|לא התכוונתי|נלחצ(?: לי)?|לחצתי|נשלח|שלחתי|אופס|אופסי|סורי|לא נכונ)(?!\w)"
    r"|\b(?:mistake|by accident|accident(?:ally)?|oops|my bad|wrong button|didn't mean|did not mean)\b"
)
_FREE: Final = re.compile(r"[\w']+")
_LITTLE: Final = word_set(
    "אני אנחנו זה זאת היי רגע סליחה סורי אוי אה אהה אחי נשמה בטעות טעות שלי לי את ה של הביקור העבודה כתבתי רשמתי על "
    "מוקדם מידי מדי לפני הזמן בבקשה תודה לצערי וואי ואי לא כן עוד עדיין הודעה ההודעה כפתור עכשיו פה כאן "
    "sorry oh no it was a an the i i'm im that this my message pressed hit sent wrong too early by please ok hey"
)
Back = Literal["not_done", "mistake"]


def takes_done_back(text: str) -> Back | None:
    """How the words take a "done" back: they say that it is not, or only that something was a mistake, and nothing
    besides; None when they do neither.
    """
    folded = fold(text)
    if "?" in text or len(text) > _LONGEST:
        return None
    if _NOT_DONE.search(folded) is not None:
        return "not_done"
    if _MISTAKE.search(folded) is None or any(letter.isdigit() for letter in folded):
        return None
    rest = _FREE.findall(_MISTAKE.sub(" ", folded))
    return "mistake" if set(rest) <= _LITTLE else None
