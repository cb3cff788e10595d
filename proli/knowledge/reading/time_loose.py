"""Wishes without a time of their own: at once, or whenever it suits."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from proli.knowledge.reading.beside import ends
from proli.knowledge.reading.time_clause_patterns import WISH
from proli.knowledge.reading.time_clauses import clauses, excludes
from proli.knowledge.reading.time_noise import URGENT_YESTERDAY
from proli.knowledge.reading.time_scan import Scan
from proli.knowledge.reading.time_words import pattern


@dataclass(frozen=True, slots=True)
class Loose:
    """Where the words stand in the folded text."""

    kind: Literal["asap", "flexible"]
    start: int
    end: int


_ASAP: Final = pattern(
    r"(?:מוקדם|מהר|מהיר|בהקדם) ככל (?:ה?אפשר|האפשרי|שניתן|שאפשר)|כמה שיותר קרוב|"
    r"(?:כמה|הכי) ש?(?:יותר|אפשר) ?(?:יותר )?(?:מהר|מוקדם|בהקדם|מהיר)|כמה שאפשר|כמה ש?יותר (?:מהר"
        r"|מוקדם|בהקדם)|(?:ש?ה?כי|יותר) (?:מוקדם|מהר|מהיר|קרוב|בהקדם)(?: ש(?:אפשר|יש|ניתן|תוכלו"
        r"|אתם יכולים))?"
    r"|ב?הקדם(?: האפשרי)?|(?:ב|כ)?מהירות(?: האפשרית)?|ד?דחופ?ף?|(?:ב)?דחוף|דחופה?|דחופים|בדחיפות"
        r"|בבהילות|בהול\w*|(?:ה)?תור הראשון|(?:ה)?מועד (?:ה)?(?:קרוב|ראשון)(?: ביותר)?|פנוי ראשון"
    r"|(?:הזדמנות|שעה|זמן|תור|מועד) (?:ה)?(?:ראשונ\w*|קרוב\w*)(?: (?:ביותר|האפשרי\w*|שיש"
        r"|הפנוי\w*))?|(?:ב|ל)?(?:ה)?(?:תור|מועד|זמן) (?:ה)?(?:קרוב|מוקדם|פנוי) ביותר"
    r"|(?:באופן )?מי?ידי?(?:ת)?|ומיד|מיד|מייד|תיכף ומיד|תכף|יאללה עכשיו|ממש עכשיו|עכשיו(?: עכשיו)?"
        r"|כבר עכשיו|על המקום|חירום|הצילו|בלי לחכות|(?:בואו|בוא|תבואו|תבוא|תגיעו|תגיע|שיגיעו|שיגיע"
        r"|שיבוא|להגיע|לבוא|מישהו) (?:הכי |ממש |כמה שיותר )?מהר|לא יכול(?:ה|ים)? לחכות|לא סובל דיחוי"
    r"|asap|a\.s\.a\.p|as (?:soon|quickly|fast|early) as (?:possible|you can)|right (?:now|away)"
        r"|straight away|(?:come|here) (?:quick(?:ly)?|fast)|immediate(?:ly)?|urgent(?:ly)?|now"
        r"|emergency|earliest (?:possible|available|slot)|first available|soonest"
    r"|how (?:fast|soon|quick(?:ly)?) can|the sooner the better|чем (?:быстрее|скорее|раньше),? тем лучше|как можно раньше"
    r"|срочно|сейчас|немедленно|как можно (?:скорее|быстрее)|побыстрее|(?:ال)?مستعجل\w*"
        r"|ضروري(?: جدا)?|عاجل|حالا|حالاً|هلأ|هلا|هلق|الآن|الان|بأسرع وقت|باسرع وقت|بسرعة|فورا|فوراً"
)  # fmt: skip
_FLEXIBLE: Final = pattern(
    r"(?:מתי|איך|באיזה שעה|באיזה יום|כל זמן|ביום) ש(?:נוח|אפשר|תרצו|תרצה|תרצי|בא|יתאים|מתאים|יש"
    r"|תוכלו|תוכל|תוכלי|יסתדר|מסתדר|רק|יוצא|טוב|אתם|אתה|את)(?: ל\w+| רוצ\w+| יכול\w+)*"
    r"|כש(?:רק )?(?:נוח|יתאים|מתאים|מסתדר|יסתדר|יהיה|תוכל\w*|יש|תתפנ\w*)(?: (?:לכם|לך|לכן))?(?: (?:נוח|זמן|פנאי"
    r"|אפשרות|מקום))?(?: (?:לכם|לך))?|בזמנכם(?: החופשי)?|בזמנך"
    r"|גמיש(?:ה|ים|ות)?|לא משנה(?: לי| לנו)?(?: (?:מתי|באיזה(?: שעה| יום)?|איזה(?: יום| שעה)?|השעה"
    r"|היום|שעה))?|מתישהו|מתי (?:ש)?בא ל\w+|מתי שהוא|מה שנוח(?: ל\w+)?|מה שיש|מה שמתאים(?: ל\w+)?"
    r"|מתי שרק|לבחירתכם|תבחרו אתם|תחליטו אתם|תחליט\w* אתה?"
    r"|(?:ב?כל|איזה) (?:שעה|יום|זמן|מועד|שעות|הימים|השעות)(?: ש\w+| מתא\w+| טוב\w*| נוח\w*| אפשר)*"
    r"|כל ה?(?:יום|זמן|שבוע)(?: פנוי\w*)?|הכל (?:טוב|מתאים|בסדר|פתוח|זורם)|זורמ?ת?|זורם"
    r"|אין לי העדפה|אין העדפה|בלי העדפה"
    r"|any ?time|when ?ever|flexible|any day|no preference|doesn't matter|whatever works|up to you"
    r"|you choose|i'm easy|в любое время|когда угодно|(?:мы |я )?гибк\w+|подстро\w+|когда удобно|в любой день|не важно когда|أي وقت|اي وقت"
    r"|أي يوم|اي يوم|متى ما بدك"
)
_ANY: Final = pattern(
    r"[اأ]ي يوم|כש(?:יש|יהיה|יתפנה|נוח|מתאים) לכ\w+|גמיש\w*|מתישהו|מתי שהוא|מתי ש(?:נוח|תרצ\w+|בא|יתאים|מתאים|תוכל\w*|יש|אפשר)(?: ל\w+)?|ב?(?:איזה|כל) (?:יום|זמן)"
    r"(?: ש\w+)?|ב?(?:סוף|אמצע) ה?חודש|ו?אם לא,? (?:אז )?(?:אחרי|אחר כך)|לא משנה(?: לי)? (?:מתי|איזה)|sometime"
    r"|some ?day|any ?(?:day|time)|when ?ever|flexible|в любой день|когда удобно"
)
"""Words by which a span of days is only roughly when."""
_ASIDE: Final = re.compile(
    r"עכשיו|now|сейчас|כל ה|מי?יד|מייד|תיכפ|תכפ|הלא|حالا|الآن|الان|هلا|هلأ|هلق|זור|מתישהו|בכל|כל |איזה"
    r"|בסדר|פנוי"
)
_DENIED: Final = re.compile(r"(?:^|\s)(?:לא|not|не|אינ|בלי|ולא)\s$")
_TROUBLE: Final = pattern(r"(?:מקרה |מספר |קו |שירות |תיקון )?חירום|emergency")


def find_loose(scan: Scan, *, asked: bool) -> Loose | None:
    """At once, or whenever; None when the text says neither."""
    if (slang := URGENT_YESTERDAY.search(scan.folded)) is not None:
        return Loose("asap", *slang.span())
    for found in _ASAP.finditer(scan.left):
        if not _TROUBLE.fullmatch(found[0]) and not _is_aside(scan, found, asked=asked):
            return Loose("asap", *found.span())
    for found in _FLEXIBLE.finditer(scan.left):
        if excludes(scan.folded) or not _is_aside(scan, found, asked=asked):
            return Loose("flexible", *found.span())
    if asked and excludes(scan.folded):
        return Loose("flexible", 0, len(scan.folded))
    return None


def is_rough(scan: Scan) -> bool:
    """Whether the text leaves open which of the days it names."""
    return _ANY.search(scan.folded) is not None


def _is_aside(scan: Scan, found: re.Match[str], *, asked: bool) -> bool:
    """ "עכשיו אני רואה" opens a report, "אין מים כל היום" is one, and "not now" is none."""
    if ends(_DENIED, scan.folded, found.start()):
        return True
    clause = next((one for one in clauses(scan.left) if one.start <= found.start() < one.end), None)
    words = scan.folded[clause.start : clause.end] if clause else scan.folded
    if re.search(
        r"כניסה(?! (?:[א-ו]'?|\d+)(?!\w))|כניסה? מי?יד|פינוי|move|entry|vacant|להיכנס|אכלוס|פנויה מי", words
    ) and not re.search("דחופ|urgent", found[0]):
        return True
    if asked or not _ASIDE.match(found[0]):
        return False
    more = scan.gap(clause.start, found.start()) + scan.gap(found.end(), clause.end) if clause else ""
    return bool(more.strip()) and not WISH.search(words.replace(found[0], " "))
