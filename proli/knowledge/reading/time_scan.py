"""A text being read for times: what was understood is blanked so that nothing is read twice."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from proli.knowledge.reading.time_words import pattern
from proli.knowledge.text import fold

BLANK: Final = "\x00"

_NOT_TIMES: Final = pattern(
    r"(?:בוקר|ערב|לילה|יום|שבוע) (?:טוב|נעים|נהדר)|צהרי?ים טובים|שבת שלום|המשך (?:יום|ערב|שבוע)(?: \w+)?|שיהיה \w+ \w+"
    r"|לפני (?:כ?שעה|שעתיים|יום|יומיים|שבוע|שבועיים|חודש|חודשיים|שנה|שנתיים|(?:כ-?)?(?:\d+|\w+) (?:ימים|שעות"
    r"|דקות|שבועות|חודשים|שנים))"
    r"|לא (?:ה?יום|מחר|מחרתיים|הערב|הלילה|עכשיו|דחוף|בשבת|בבוקר|בערב)(?: בכלל)?|שעון שבת|ש?שומר\w* שבת|מצב שבת"
    r"|פלט[הת] שבת"
    r"|אתמול(?: ב\w+)?|שלשום|ארוחת \w+|מאז \w+|כל (?:בוקר|ערב|לילה)|ראשון לציון|נחלת ראשון|מהבוקר"
    r"|כניסה מי{1,2}ד\w*|פינוי מי{1,2}ד\w*|מהיום בבוקר"
    r"|good (?:morning|afternoon|evening|night)|have a \w+ \w+|not (?:today|tomorrow|now|urgent)|\d+ (?:minutes"
    r"|hours|days) ago|last night"
)
_HAPPENED: Final = pattern(
    r"ו?ש?(?:קרה|קרתה|התחיל\w*|הפסיק\w*|נשבר\w*|נסתמ\w*|נפל\w*|התפוצצ?\w*|קפצ?\w*|התקלקל\w*|נתקע\w*|נכב\w*"
    r"|נרטב\w*|נקרע\w*"
    r"|גילי\w*|ראינו|ראיתי|הייתי|היינו|היה|הייתה|היתה|ניסיתי|התקשרתי|דיברתי|נזכרתי|קמתי|קמנו|נגמר\w*|stopped"
    r"|broke|started|noticed)"
)
_PRESENT: Final = pattern(r"מ?היום|הבוקר|בבוקר|הלילה|בלילה|עכשיו|הערב|today|this morning|now")
_UNABLE: Final = pattern(
    r"ו?(?:לא (?:אהיה |נהיה )?(?:יכולה?|יכולים|אוכל|נוכל|בבית|פנויה?|פנויים|זמינה?|נוח|מתאים|מסתדר|טוב)|אי אפשר"
    r"|can't|cannot|can not)"
)
_LIMITED: Final = pattern(r"לפני|אחרי|עד|before|after|until")
_REFUSED: Final = re.compile(r"(?:(?!\b(?:אבל|רק|אולי|but|only|maybe)\b)[^,.;!?\n])+")
_CLAUSE: Final = re.compile(r"[^,.;!?\n]+")


@dataclass(slots=True)
class Scan:
    """The folded text, and the same text with everything already understood blanked."""

    folded: str
    left: str
    used: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    @property
    def span(self) -> tuple[int, int]:
        """From the first to the last word understood."""
        return min(start for start, _ in self.used), max(end for _, end in self.used)

    def blank(self, start: int, end: int) -> None:
        """Nothing is read here again."""
        self.left = self.left[:start] + BLANK * (end - start) + self.left[end:]

    def take(self, found: re.Match[str]) -> None:
        """The match is understood and part of the source."""
        self.used.append(found.span())
        self.blank(*found.span())

    def gap(self, start: int, end: int) -> str:
        """What stands between two offsets, without what was understood."""
        return self.left[start:end].replace(BLANK, "").strip(" -,")


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days named in a text, both ends included; `part` when the words name one; `bound` when they are a limit."""

    first: date
    last: date
    start: int
    end: int
    part: str | None = None
    bound: str | None = None
    after_shabbat: bool = False


DayReader = Callable[[re.Match[str], date], tuple[date, date] | None]


def open_scan(text: str) -> Scan:
    """The text ready for reading: greetings, pasts and refused times are already blank."""
    folded = fold(text)
    scan = Scan(folded, folded)
    for found in _NOT_TIMES.finditer(folded):
        scan.blank(*found.span())
    for clause in _REFUSED.finditer(scan.left):
        if _UNABLE.search(clause[0]) and not _LIMITED.search(clause[0]):
            scan.blank(*clause.span())
    for clause in _CLAUSE.finditer(folded):
        if _HAPPENED.search(clause[0]):
            for found in _PRESENT.finditer(clause[0]):
                scan.blank(clause.start() + found.start(), clause.start() + found.end())
    return scan
