"""What looks like a wish for a visit and answers another question: when to move in, how much, how many."""

import re
from itertools import pairwise
from typing import Final

from proli.knowledge.reading.time_clauses import clauses
from proli.knowledge.reading.time_scan import Scan
from proli.knowledge.reading.time_words import MONTHS, fold_source, one_of, pattern
from proli.knowledge.text import fold

_AMOUNTS: Final = frozenset(("budget", "asking_price", "rooms", "size", "size_sqm", "quantity", "phone", "area"))
_MOVES: Final = frozenset(("move_in",))
_MEET: Final = pattern(
    r"[ולשנ]{0,2}(?:לראות|נראה|תראו|ביקור|לבקר|סיור|פגיש\w*|להיפגש|להפגש|ניפגש|נפגש|לבוא|תבוא\w*|יבוא\w*|נבוא|אבוא"
    r"|להגיע|תגיע\w*|יגיע\w*|נגיע|אגיע|להתקשר|תתקשר\w*|יתקשר\w*|התקשר\w*|תחזר\w*|תחזור\w*|לחזור אלי\w*|חזרו"
    r"|שיחה|לדבר|נדבר|דברו|לתאם|תיאום|לקבוע|נקבע|להעריך|הערכה|להיפגש|טלפון|view|viewing|see|visit|come|meet|meeting"
    r"|call|talk|speak|phone|посмотр\w*|встре\w*|позвон\w*|звон\w*|приехать|приед\w*|اشوف|نشوف|نلتقي|اتصل\w*|تعال\w*)"
    r"|אפשר(?! ל?היכנס| ל?הכנס| כניסה)|(?:נוח|מתאים|מסתדר|טוב) (?:לי|לנו)|(?:אני|אנחנו|אהיה|נהיה) (?:פנוי\w*|בבית"
    r"|זמינ\w*)"
)
"""Words of a visit or a call, for which a time in the same clause is."""
_HOME: Final = pattern(
    r"[ולבהמ]{0,2}(?:השכרה|השכיר|שכור|שכירות|סאבלט|סבלט|קנות|קני?יה|קניה|מכירה|מכור|רכוש|רכישה|משכנתא)|שכ\"?ד"
    r"|שכר דירה|שוכר\w*|משכיר\w*|קונים|[בל]?דירת|(?:מחפש\w*|צריכ\w*) (?:חדר|בית|סטודיו|יחידה|יח\"ד)"
    r"|\d(?:\.5)?-? ?(?:חדרים|חדר|חד'?|חדרי)|דירת|(?:מחפש\w*|צריכ\w*) דירה|דירה"
    r" (?:להשכרה|למכירה)|rent\w*|lease|buy|sublet|\d-?\s?(?:room|bed)\w*|apartment|flat|квартир\w*|снять|снимем|сниму"
    r"|аренд\w*|شقة|للايجار|للإيجار|للأجار"
)
"""Words of a deal in homes, in which "from" a date tells when one moves in."""
_NUMERIC: Final = r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?"
_NAMED_MONTH: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? ?(?:ב|ל|of )?-?)?(?:{one_of(MONTHS)})(?: 20\d\d)?"
_SPAN: Final = re.compile(
    fold_source(
        rf"(?<![\w./])(?:מ-?\s?|ב?בין |from )?(?P<a>{_NUMERIC})\s?(?:עד|-|ועד|to|until|till|до"
        rf"|ו-?)\s?(?:ה-?)?{_NUMERIC}"
        r"(?![\w./])"
    )
)
_SINCE: Final = re.compile(
    fold_source(
        rf"(?<![\w./])(?:החל (?:מ|ב)-?\s?|חל מ-?\s?|מ-?\s?|מה-?|לקראת |סביב |from (?:the )?|starting |as of |с )"
        rf"(?:ה-?)?(?:{_NUMERIC}|{_NAMED_MONTH}|\d{{1,2}} (?:ל|ב)חודש|היום|עכשיו|today|now|сегодня"
        rf"|(?:תחילת|סוף|אמצע) \w+(?: \w+)?)(?![\w./])"
    )
)
_FREE: Final = pattern(
    r"(?:היא |הוא |הדירה |תהיה |יהיה |כבר )?(?:פנוי|פנויה|פנויים|פנויות|מתפנה|מתפנית|תתפנה|תתפנו|יתפנה|מפונה)"
    r"(?: (?:כבר|ל?כניסה|החל))*(?: ב?מי?ידי?ת?| מיד| מייד| (?:כבר )?עכשיו| מהיום| ב-?\d{1,2} [בל]\w+| מה?\S*| ב-?\S*| ל-?\S*)"
    r"|(?:כניסה|אכלוס|פינוי) (?:ב?מי?ידי?ת?|מיד|מייד|עכשיו|גמיש\w*|\S*\d\S*)|free (?:from |as of )?(?:immediately"
    r"|now|\w+)"
    r"|available (?:from |as of )?(?:immediately|now|\w+)|vacant(?: (?:immediately|now|from \w+))?"
    r"|immediate (?:entry|move)|(?:дам|свобод)\w* (?:сразу|сейчас|с \S+)"
)
_BEGIN_LIFE: Final = pattern(
    r"(?:שנת ה?לימודים|ה?שנה ה?באה|ה?לימודים|ה?סמסטר) (?:\w+ )?(?:מתחיל\w*|נפתח\w*) \S+|"
    r"משתחרר\w*(?: \S+){0,2} (?:בעוד|עוד|תוך) \S+(?: שבועות| ימים| חודשים)?|"
    r"(?:מתחיל\w*|אתחיל|נתחיל|התחלתי|יתחילו) (?:ל?עבוד\w*|ל?לימוד\w*|ללמוד|תפקיד|עבודה|שירות|התמחות|סטאז'?)"
    r"(?: \S+){0,4}|(?:חתונה|מתחתנ\w*|עוברים|עוברת|עובר|נעבור|לידה|יולדת|טסים|נוסע\w*|חוזר\w* לארץ)(?: \S+){0,4}"
    rf"(?= ב?(?:{one_of(MONTHS)}|\d))"
)
_LOOSE_AMOUNT: Final = re.compile(
    fold_source(
        r"(?<![\w./])(?:ב?עד |מ-?\s?|ב-?\s?|ל-?\s?|ה-?\s?|up to |до )?\d[\d.,/]*(?:\s?-\s?\d[\d.,]*)?(?![\w:/])"
    )
)
_MONEY: Final = pattern(
    r"מיליון|מליון|מיליו|אלף|אלפים|תקציב\w*|₪|ש\"?ח|שקל\w*|million|budget|бюджет\w*|миллион\w*|млн|מ'|למתוח"
)
_SET_TO: Final = pattern(r"make (?:that|it) \d\.\d|\d\.\d+ במקום \d\.\d+")
"""An amount or a count is set right."""
_DECIMAL: Final = re.compile(
    fold_source(r"(?<![\w./])(?:ו?עד |ב-?\s?|מ-?\s?|ל-?\s?|up to |до )?\d{1,2}\.\d(?![\w./]|\.)")
)
_SENTENCE: Final = re.compile(r"[!?;\n]|[.,](?!\d)")
_LEAVE: Final = pattern(
    r"[וש]?(?:נצא|לצאת|יוצא\w*|לפנות|להתפנות|נפנה|עוזב\w*|נגמר\w*|מסתיי\w*|ניכנס|להיכנס|נכנס\w*|move in|moving|moved?)"
    r"(?: [^\s.,!?]+){0,4}"
)
_INDIFFERENT: Final = pattern(r"(?:זה )?(?:ממש )?לא משנה(?: לי| לנו)?|הכל (?:טוב|בסדר)|גמיש\w*|doesn't matter|flexible")


def drop_answers(scan: Scan, question: str | None) -> None:
    """Take out of the scan what says something else than when to come: answers and facts of a home."""
    if question in _MOVES or question in _AMOUNTS:
        _drop_by_clause(scan, question)
    if question not in (None, "time"):
        _drop_all(scan, _INDIFFERENT, unless=re.compile(fold_source(r"\s*(?:מתי|באיזה|השעה|היומ|when|what time)")))
    if _MONEY.search(scan.folded) or _SET_TO.search(scan.folded):
        _drop_all(scan, _DECIMAL)
    if scan.homes and question != "time" and _HOME.search(scan.folded):
        _drop_home(scan)


def speaks_of_visit(text: str) -> bool:
    """Whether it is about coming, meeting or calling, so that "urgently" is of that and not of a need."""
    return _MEET.search(fold(text)) is not None


def _drop_by_clause(scan: Scan, question: str | None) -> None:
    edges = [0, *(found.end() for found in _SENTENCE.finditer(scan.left)), len(scan.left)]
    for start, end in pairwise(edges):
        if _MEET.search(scan.left, start, end):
            continue
        if question in _MOVES:
            scan.drop(start, end)
        else:
            _drop_in(scan, _LOOSE_AMOUNT, start, end)


def _drop_home(scan: Scan) -> None:
    """ "From" a date, a span of dates and "free at once" are of the home, where no visit is spoken of."""
    for expression in (_FREE, _LEAVE, _BEGIN_LIFE, _SPAN, _SINCE, _DECIMAL):
        for clause in clauses(scan.left):
            if not _MEET.search(clause.text):
                _drop_in(scan, expression, clause.start, clause.end)


def _drop_in(scan: Scan, expression: re.Pattern[str], start: int, end: int) -> None:
    for found in list(expression.finditer(scan.left, start, end)):
        scan.drop(*found.span())


def _drop_all(scan: Scan, expression: re.Pattern[str], *, unless: re.Pattern[str] | None = None) -> None:
    for found in list(expression.finditer(scan.left)):
        if unless is None or not unless.match(scan.left, found.end()):
            scan.drop(*found.span())
