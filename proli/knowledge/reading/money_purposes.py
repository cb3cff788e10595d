"""What an amount is for, from the words beside it."""

import re
from typing import Final, Literal

from proli.knowledge.reading.time_words import pattern

Purpose = Literal[
    "budget", "asking", "equity", "mortgage", "salary", "fees", "deposit", "works", "current", "listing", "share"
]

_SOURCES: Final[tuple[tuple[Purpose, str], ...]] = (
    ("equity", (r"ו?ב?ה?ה?הון (?:ה?עצמי|שלנו|שלי)|ב?הון עצמי|מקדמה|חסכונות|equity|down ?payment|взнос\w*|капитал\w*")),
    ("mortgage", r"ו?[בלה]?משכנת\w*|ה?החזר(?:ים)?(?: חודשי\w*)?|הלווא\w*|הלוואה|mortgage|loan|ипотек\w*|قرض"),
    (
        "salary",
        (
            r"משכורת\w*|מרוויח\w*|מרויח\w*|משתכר\w*|ה?הכנס(?:ה|ות)\w*|שכר|תלוש\w*|נטו|ברוטו|salary|income|earn\w*"
            r"|(?:i|we|who) make|зарплат\w*|راتب\w*"
        ),
    ),
    (
        "fees",
        (
            r"ו?ה?וועד(?: ה?בית)?|ו?ה?ועד ה?בית|הועד|דמי ניהול|ו?ה?ארנונה|מס רכישה|ו?ה?חשמל|ו?ה?מים|תיווך|עמל\w*|דמי תיווך"
            r"|maintenance|hoa|va'?ad(?: bayit)?|building fee|arnona|property tax|broker\w*|commission|арнон\w*|ваад"
        ),
    ),
    ("share", r"כל אחד|לכל אחד|כל אחת|לכל אחת|לאדם|לשותף|לנפש|each|per person|apiece|с каждого|كل واحد"),
    ("deposit", r"פי?קדון|ערבות|ערבויות|ערבון|צ'?קים|צ'?ק(?: ביטחון)?|deposit|guarantee|залог"),
    ("works", r"[לב]?ה?שיפוץ|שיפוצים|השקענו|השקעתי|שופצה ב\w*|renovations?"),
    (
        "current",
        (
            r"(?:היום|כרגע|עכשיו|כיום) (?:אני |אנחנו )?(?:משלם|משלמת|משלמים)|(?:משלם|משלמת|משלמים) (?:היום|כרגע"
            r"|עכשיו|כיום)|שילמנו|שילמתי|currently pay\w*|paying now"
        ),
    ),
    (
        "listing",
        (
            r"ש?ראיתי|ש?ראינו|ה?מודעה|שפרסמתם|פרסמתם|שמפורסמת|מפורסמת|קניתי|קנינו|נקנתה|נמכרה?|מכרו|מכר|השכנ\w*"
            r"|שמאי|הוערכה|ה?הערכה(?: ש\w+)?|שווה|מושכרת|הושכרה|מכניסה|תשואה|listed|i saw|we saw|the ad|sold|bought|neighbou?rs?"
        ),
    ),
    (
        "asking",
        (
            r"ו?מבקשי?ם?|ו?מבקשת|ו?דורשי?ם?|ו?דורשת|(?:ה?מחיר )?ה?מבוקש|רוצה עלי\w*|רוצים עלי\w*|ב?מחיר של|asking"
            r"|מחיר ה?מבוקש|прошу|просим"
        ),
    ),
    (
        "budget",
        (
            r"ו?[בהלש]?ה?תקציב\w*|יכול לשלם|יכולים לשלם|מוכנים לשלם|מוכן לשלם|מוכנה לשלם|שכר דירה|שכ\"?ד"
            r"|דמי שכירות|budget|afford|spend|бюджет\w*|ميزاني\w*"
        ),
    ),
)
_PURPOSES: Final[tuple[tuple[Purpose, re.Pattern[str]], ...]] = tuple(
    (purpose, pattern(source)) for purpose, source in _SOURCES
)
_CLAUSE: Final = re.compile(r",(?!\d{3})|[;!?\n()]|\.(?!\d)| (?:אבל|ו?ה?תקציב|but|while)(?= )")
_INCLUDING: Final = re.compile(r"(?:כולל|בלי|לא כולל|פלוס|\+|including|incl\.?|plus|without|с учётом)\s?$")
_ANOTHER: Final = re.compile(r"\d")
_REACH: Final = 45
_AFTER: Final = 16


def find_purpose(folded: str, start: int, end: int) -> Purpose | None:
    """What the amount between the offsets is for: the word right after it, or else the nearest one before it."""
    after = _CLAUSE.split(folded[end : end + _AFTER + 10])[0]
    for purpose, expression in _PURPOSES:
        word = expression.search(after)
        if word and word.start() <= 4 and not _ANOTHER.search(after[word.end() : word.end() + 6]):
            return purpose
    near = max(start - _REACH, 0)
    cuts = [cut.start() for cut in _CLAUSE.finditer(folded, max(near - _REACH, 0), start)]
    clause = folded[max(cuts[-1] if cuts else 0, near) : start]
    return _nearest(clause)


def _nearest(clause: str) -> Purpose | None:
    best: tuple[int, Purpose] | None = None
    for purpose, expression in _PURPOSES:
        for word in expression.finditer(clause):
            if _INCLUDING.search(clause[: word.start()]) or (
                purpose != "listing" and _ANOTHER.search(clause[word.end() :])
            ):
                continue
            if best is None or word.end() > best[0]:
                best = (word.end(), purpose)
    return best[1] if best else None
