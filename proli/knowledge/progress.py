"""Work that is not done yet: told when it will be, done in part, or going on another day."""

import re
from typing import Final

from proli.knowledge.reading.lexicon import word_set
from proli.knowledge.text import fold

_DONE: Final = r"(?:סי+מתי|סי+מנו|גמרתי|גמרנו)"
_WILL: Final = r"(?:אסי+מ|נסי+מ|אגמור|נגמור)"
_ENDING: Final = r"(?:מסי+מת?|מסי+מימ|גומרת?|גומרימ)"
_HERE: Final = r"(?: (?:פה|כאנ|שמ|את זה|את העבודה|הכל|הכול))?"
_LONG: Final = (
    r"(?:כ-?|איזה |בערכ |בסביבות )?(?:\d{1,3}|שעה|שעתי+מ|חצי|רבע|כמה|רגע|דק\w*|מעט|קצת|חמש|עשר|עשרימ|שלוש|יומ)(?!\w)"
)
_NOT_COMING: Final = r"(?![^,.;\n]{0,20}(?<!\w)(?:אצל|מגיע|אגיע|אהיה|יוצא|בדרכ))"
""" "סיימתי, עוד חצי שעה אצלך" tells when somebody comes."""
_OWN: Final = r"(?:(?:^|[,.;!\n-] ?)|(?<!\w)(?:אני|אנחנו|כבר|עכשיו|תכפ|תיכפ|בדיוק|רגע|מעט|טוב|אוקי+|יאללה|רק) )"
_IN_ENGLISH: Final = (
    r"in (?:about |around |like )?(?:an?|half|\d{1,3}|one|two|five|ten|fifteen|twenty|thirty|forty) ?"
    r"(?:hours?|minutes?|mins?|h|m|an hour)\b"
)
_SOON: Final = re.compile(rf"(?<!\w)(?:ב?עוד|תוכ) {_LONG}{_NOT_COMING}|\b{_IN_ENGLISH}")
_UNFINISHED: Final = re.compile(
    rf"(?<!\w){_DONE}{_HERE} ב?עוד {_LONG}{_NOT_COMING}"
    rf"|(?<!\w)ב?עוד {_LONG}[^,.;\n]{{0,25}}(?<!\w)(?:{_DONE}|{_ENDING})(?!\w)"
    rf"|(?<!\w)ב?עוד {_LONG}[^,.;\n]{{0,12}}(?<!\w)(?:לסי+מ|לגמור)(?!\w)"
    r"|(?<!\w)נשארה? (?:לי |לנו )?(?:פה |כאנ )?(?:עוד )?(?:\d{1,3} דק\w*|חצי שעה|רבע שעה|שעה|שעתי+מ)(?!\w)"
    rf"|(?<!\w)(?<!לא )(?:ו|ש|כש|וכש)?{_WILL}(?!\w)(?! לדבר| את השיחה)"
    rf"|{_OWN}{_ENDING}(?!\w)(?! לדבר| את השיחה)"
    rf"|(?<!\w)(?:כמעט|כימעט|לא לגמרי) (?:ו|ש)?(?:{_DONE}|{_ENDING})(?!\w)"
    rf"|(?<!\w){_DONE}{_HERE} (?:כמעט|כימעט|חלקית|בערכ|לא הכל|לא הכול|רק את|רק חלק|(?:את |עמ )?(?:ה?רוב|ה?מחצית|חלק"
    rf"|ה?חצי(?! (?:שעה|יומ))|החלק הראשונ)(?!\w)|(?:את )?(?:(?:הכל|הכול) )?(?:חוצ|מלבד|למעט|פרט)(?!\w)"
    r"|\d{1,2} ?(?:%|אחוז))"
    r"|\b(?:almost|nearly|half|halfway|partly|partially|mostly|not quite) (?:done|finished|through)\b"
    r"|\b(?:done|finished) (?:with )?(?:half|part|most|some)\b(?! an hour)"
    r"|\b(?:done|finished) (?:with )?(?:\w+ )?except\b"
    r"|\b(?:ll|will|gonna|going to|should|about to) (?:\w+ )?(?:be (?:done|finished|through)|finish)\b"
    r"|\bbe (?:done|finished) (?:in|by|at|soon)\b|\bdone soon\b|\bfinishing\b"
    rf"|\b(?:done|finish) (?:here )?{_IN_ENGLISH}"
)
_GOES_ON: Final = re.compile(
    r"(?<!\w)(?:ממשיכה?|אמשיכ|נמשיכ|להמשיכ|אחזור|נחזור|חוזרת?|לחזור)(?! אלי)(?: \w+){0,2} "
    r"(?:מחר|מחרתי+מ|ביומ|בראשונ|בשני|בשלישי|ברביעי|בחמישי|שבוע הבא|שוב|לעוד)(?!\w)"
    r"|(?<!\w)(?:צריכ|צריכה|נדרש|חייב) עוד (?:ביקור|יומ|פעמ)(?!\w)"
    r"|\b(?:continue|continuing|come back|coming back|back|return|returning) (?:\w+ )?"
    r"(?:tomorrow|on \w+day|next week)\b"
)
_ANY_DONE: Final = re.compile(rf"(?<!\w)(?:{_DONE}|done|finished)(?!\w)")
_CONDITION: Final = re.compile(r"(?<!\w)(?:אמ|if)(?!\w)")


_NOT_DONE: Final = re.compile(
    rf"(?<!\w)(?:עוד|עדיינ) (?:ממש )?לא {_DONE}{_HERE}(?!\w)"
    rf"|(?<!\w)לא {_DONE}{_HERE} (?:עדיינ|עוד)(?!\w)"
    r"|\bnot (?:yet )?(?:done|finished)(?: here)?(?: yet)?\b"
    r"|\b(?:haven't|have not|didn't) finish(?:ed)? (?:here )?yet\b"
)
_STILL_TAKES: Final = re.compile(
    rf"(?<!\w)(?:צריכה?|צריכ|י?יקח|לוקח|נשארה?)?(?: לי)? ?(?:ב?עוד|תוכ) {_LONG}(?: (?:שעה|דק\w*|וחצי|ורבע))*"
    rf"|\b(?:need )?(?:another|{_IN_ENGLISH})(?: \w+){{0,2}}|(?<!\w)אצל \w+"
)
_LITTLE: Final = word_set("אני אנחנו היי רגע סליחה כנראה בערכ זה אחי תודה שמ פה sorry i i'm im we still about")


def is_not_done(text: str) -> bool:
    """Whether the words say that the work is not done yet, and how long it takes, and nothing else."""
    folded = fold(text)
    if _NOT_DONE.search(folded) is None:
        return False
    rest = _STILL_TAKES.sub(" ", _NOT_DONE.sub(" ", folded))
    return set(re.findall(r"[\w']+", rest)) <= _LITTLE


def is_unfinished(text: str) -> bool:
    """Whether the words tell of the end of the work as still to come: a forecast, a part, or the rest another day."""
    return _UNFINISHED.search(fold(text)) is not None or goes_on(text)


def goes_on(text: str) -> bool:
    """Whether what is done is not all, and the rest needs another visit: "סיימתי להיום, ממשיך מחר"."""
    folded = fold(text)
    if _ANY_DONE.search(folded) is None or _CONDITION.search(folded):
        return False
    return _GOES_ON.search(folded) is not None


def told_from_now(text: str) -> str | None:
    """The part of the words that tells how long it still takes; None when they do not."""
    folded = fold(text)
    found = _SOON.search(folded)
    return folded[found.start() :] if found is not None else None
