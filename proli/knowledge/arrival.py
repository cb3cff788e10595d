"""Somebody tells when they come: in so many minutes, or at an hour; and another time in place of one just told."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from proli.knowledge.numbers import with_digits
from proli.knowledge.progress import is_unfinished
from proli.knowledge.reading.lexicon import read_table, word_set
from proli.knowledge.text import fold, tokens

_ABOUT: Final = r"(?:כ-? ?|איזה |בערכ |בסביבות |רק |אולי |לפחות |מקסימומ |about |like )?"
_LONG: Final = (
    rf"{_ABOUT}(?:\d{{1,3}} ?-?(?:דק\w*'?|minutes?|mins?|m)|\d{{1,3}}(?![\w:./%])|חצי שעה|רבע שעה|שלושת רבעי שעה"
    r"|שעה(?: ורבע| וחצי)?|שעתיימ|(?:an|half an|one) hour|half hour)(?!\w)"
)
_SOON: Final = rf"(?<!\w)(?:ב?עוד|תוכ|in|another) {_LONG}"
_BEGIN: Final = (
    r"(?:^|[,.;!\n-] ?|(?<!\w)(?:אני|אנחנו|כבר|עכשיו|כנראה|סליחה|סורי|אחי|יאללה|אוקי+|טוב|אז|היי|רק|שאני|i'm|im|i am) )"
)
_I_COME: Final = (
    r"(?:(?<!\w)ו?(?:אגיע|נגיע|אבוא|אהיה (?:שמ|פה|אצל\w*|אצלו|אצלה|ב\w+)|אצליח להגיע|be there|arriving|i'?ll come)"
    rf"|{_BEGIN}ו?(?:מגיעה?|אגיע|יגיע|אהיה|נתקעתי|תקועה?|נתקענו|מתעכבת?|(?:אני )?בדרכ|יצאתי|יוצאת?|נוסעת?"
    r"|on my way|omw|stuck|coming))(?!\w)"
)
_COMES_SOON: Final = re.compile(
    rf"{_I_COME}[^.;!?\n]{{0,30}}?{_SOON}|{_SOON},? (?:אני )?(?:מגיעה?|אצל\w*|שמ|בערכ אצל\w*|להגיע|there)(?!\w)"
)
_HOUR_WORDS: Final = {
    "אחת עשרה": 11, "שתימ עשרה": 12, "שתיימ עשרה": 12, "אחת": 1, "שתיימ": 2, "שתימ": 2, "שלוש": 3, "ארבע": 4,
    "חמש": 5, "שש": 6, "שבע": 7, "שמונה": 8, "תשע": 9, "עשר": 10,
}  # fmt: skip
_HOUR_WORD: Final = re.compile(
    rf"(?<!\w)(ב-?)({'|'.join(_HOUR_WORDS)})(?! דק| ?שעות)(?: (וחצי|ורבע|ועשרה|ועשרימ))?(?!\w)"
)
_PAST: Final = {"וחצי": 30, "ורבע": 15, "ועשרה": 10, "ועשרימ": 20, None: 0}
_COMES_AT: Final = re.compile(
    r"(?<!\w)ו?(?:אגיע|נגיע|אבוא|אצליח להגיע|אהיה|מגיעה?|be there|arrive)(?!\w)(?: [\w']{1,12}){0,3}?"
    r" (?:רק )?(?:ב-? ?|בשעה |לקראת |סביב |בסביבות |at |around )(?:\d{1,2}:\d\d|\d{1,2}(?![\w%/]| ?דק| ?שעות|\.\d))"
)
_OTHERS: Final = re.compile(
    r"(?<!\w)ו?(?:הלקוחה?|החלקימ?|החלק|השליח|הבוס|הוא|היא|הבנ|הבת|המזגנ|הדוד|המשלוח|הספק|הטכנאי|תגיעו?|תהיה"
    r"|the \w+|he|she)"
    r" (?:\w+ )?(?:מגיעה?|יגיע|תגיע|בדרכ|יהיה|תהיה|נתקעה?|תקועה?|is|will|comes)(?!\w)"
)
_NOT: Final = re.compile(r"(?<!\w)(?:לא|אל|not|won't|can't|cannot)(?: \w+)? ?$")
_EARLY: Final = re.compile(r"(?<!\w)(?:רק אמ|אמ|if)(?!\w)")
_OTHER_DAY: Final = re.compile(r"(?<!\w)(?:מחר|מחרתי+מ|אתמול|בראשונ|בשני|בשלישי|ברביעי|בחמישי|בשישי|tomorrow)(?!\w)")
_DENIED: Final = re.compile(
    r"(?<!\w)(?:ו?לא|במקומ|not|instead of) (?:ב-? ?|כ-? ?)?(?:\d{1,2}:\d\d|\d{1,3})(?: ?דק\w*'?| ?min\w*)?(?!\w)"
)
_CLOCK: Final = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?!\d)")
_FURTHER: Final = re.compile(
    rf"(?<!\w)(?:ו?עוד|another|(?:an? )?(?:extra|additional|further))(?: (?:איחור|עיכוב|delay)(?: של| of)?)? {_LONG}"
    rf"|{_LONG}(?: \w+)? (?:נוספות|נוספת|נוספ|more|longer|extra)(?!\w)"
    r"|(?<!\w)\d{1,3} more (?:minutes?|mins?)(?!\w)"
    rf"|(?<!\w)(?:איחור|עיכוב) נוספ(?: של)? {_LONG}"
)
_LATE_COMING: Final = re.compile(r"(?<!\w)(?:אגיע|מגיעה?|נגיע|arrive|arriving|be there) (?:באיחור|מאוחר|late)(?!\w)")
_COMING: Final = re.compile(
    r"(?<!\w)(?:אגיע|נגיע|מגיעה?|להגיע|אבוא|בא|באה|אהיה|נהיה|בדרכ|אצל\w*|שמ|arrive|arriving|there|coming|omw|way)(?!\w)"
)
_FEW: Final = 10


@dataclass(frozen=True, slots=True)
class Correction:
    """Words that put another lateness in place of one just told."""

    rest: str
    """What they say beside what they deny."""
    clock: tuple[int, int] | None
    """The hour and the minute of arrival, where they tell one."""
    further: bool = False
    """Whether they add to it instead."""


def comes_in_a_while(text: str) -> str | None:
    """The part of the words that tells in how many minutes the speaker comes; None when they do not."""
    folded = fold(with_digits(text))
    found = _COMES_SOON.search(folded)
    if found is None or not _own(folded, found) or is_unfinished(text):
        return None
    return found[0]


def comes_at_an_hour(text: str) -> bool:
    """Whether the words tell at which hour of today the speaker comes."""
    folded = with_hours(fold(text))
    found = _COMES_AT.search(folded)
    return found is not None and _own(folded, found) and _OTHER_DAY.search(folded) is None


def is_of_others(text: str) -> bool:
    """Whether the words tell of somebody or something else that comes."""
    return _OTHERS.search(fold(text)) is not None


def _own(folded: str, found: re.Match[str]) -> bool:
    return not is_of_others(folded) and _EARLY.search(folded) is None and _NOT.search(folded[: found.start()]) is None


def with_hours(folded: str) -> str:
    """The folded text with hours in words after "ב" as digits: "בשתיים וחצי" is "ב2:30"."""

    def digits(found: re.Match[str]) -> str:
        minutes = _PAST[found[3]]
        return f"{found[1]}{_HOUR_WORDS[found[2]]}" + (f":{minutes:02}" if minutes else "")

    return _HOUR_WORD.sub(digits, folded)


def says_further(text: str) -> bool:
    """Whether the words add to a lateness: "אאחר עוד 20 דק", "another 20 minutes"; "אגיע עוד 20 דק" tells when."""
    folded = _LATE_COMING.sub(" ", fold(with_digits(text)))
    return _FURTHER.search(folded) is not None and not _DENIED.search(folded) and not _COMING.search(folded)


def find_correction(text: str) -> Correction | None:
    """The other lateness of "לא 20, 50 דקות", "סליחה 40", "טעות, 11:50" or "עוד 20 דק"; None when the words say
    anything else.
    """
    folded = with_hours(fold(with_digits(text)))
    words = [word.text for word in tokens(folded)]
    if (
        "?" in text
        or not words
        or len(words) > _FEW
        or not any(word[-1].isdigit() or word in _set("long") for word in words)
    ):
        return None
    rest = _DENIED.sub(" ", folded).replace("-", " ")
    plain = {word.lstrip("בכו") if word[-1].isdigit() else word for word in words}
    further = says_further(text)
    known = _set("around") | _set("long") | _set("says") | (_set("further") if further else frozenset[str]())
    left = {word for word in plain if not word.replace(":", "").isdigit()} - known
    said = further or _DENIED.search(folded) is not None or bool(plain & _set("says"))
    if left or not said:
        return None
    clocks = _CLOCK.findall(rest)
    return Correction(rest, (int(clocks[0][0]), int(clocks[0][1])) if len(clocks) == 1 else None, further)


@cache
def _set(name: str) -> frozenset[str]:
    return word_set(str(read_table("workday.yaml")["late_put_right"][name]))
