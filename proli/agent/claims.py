"""What a text says has happened: the words of each effect in Hebrew and English, and what takes a claim back."""

import re
from dataclasses import dataclass
from typing import Final

from proli.knowledge.reading.lexicon import word_set
from proli.knowledge.text import fold, normalise

HEBREW: Final[dict[str, str]] = {
    "booked": (
        r"קבע(?:תי|נו)|קבע[הו]? (?:לכמ?|אותכמ?|את)|נקבע[הות]?|קבוע(?:ה|ימ)?(?= [לב])"
        r"|הזמנ(?:תי|ו)|הוזמנ[הו]?|אי?שר(?:תי|נו)|אישר[הו]?|אושר[הו]?|מאושר(?:ת|ימ|ות)?"
        r"|תי?אמ(?:תי|נו)|תואמ[הו]?|מתואמ(?:ת|ימ)?|סגר(?:תי|נו)|סגורה? (?:למחר|להיומ|ליומ|לשעה|ב-?\d)|הכו?ל סגור"
        r"|שיבצ(?:תי|נו)|שובצ(?:ת|ה|תמ|ו)?|משובצ(?:ת|ימ)?"
        r"|רשמ(?:תי|נו) (?:אותכמ?|לכמ?|(?:את ה)?(?:תור|ביקור)|ביומנ)|נרשמ[הת]? (?:לכמ?|ל(?:מחר|היומ|יומ|שעה))"
        r"|רשומ(?:ה|ימ)? (?:לכמ?|ביומנ|ל(?:מחר|היומ|יומ|שעה))"
        r"|יש לכמ? (?:כבר )?(?:תור|ביקור|פגישה)|(?:הכנס(?:תי|נו)|נכנסה?) (?:\S+ ){0,2}ליומנ"
        r"|סידר(?:תי|נו) לכמ?|הכו?ל (?:מסודר|מוסדר)|נתראה (?:מחר|היומ|ביומ|ב-?\d)|מחכימ לכמ? (?:מחר|היומ|ביומ)"
    ),
    "coming": (
        r"(?<!ש)(?:יגיע|תגיע|יגיעו|נגיע|יהיה|תהיה|נהיה) (?:\S+ ){0,3}?(?:מחר(?:תיימ)?|היומ|הערב|ביומ|בשעה \d|ב-?\d)"
    ),
    "cancelled": (
        r"בי?טל(?:תי|נו)|ביטל[הו]?|בוטל[הו]?|מבוטל(?:ת|ימ|ות)?|ירדה? מהיומנ"
        r"|(?:מחק|הסר|הורד)(?:תי|נו) (?:\S+ ){0,3}?\S*(?:תור|ביקור|פגישה|בקשה|יומנ)"
    ),
    "moved": (
        r"הזז(?:תי|נו)|הוזז[הו]?|מוזזת?|דחי(?:תי|נו)|נדח(?:ה|תה|ו)|הקדמ(?:תי|נו)|הוקדמ[הו]?"
        r"|(?:העבר(?:תי|נו)|הועברה?) (?:\S+ ){0,2}?ה?(?:תור|ביקור|פגישה|מועד)"
        r"|(?:תור|ביקור|פגישה|מועד) (?:\S+ ){0,2}?(?:הו)?עברה?|שיני(?:תי|נו)|שונ(?:ה|תה) ל\S+"
        r"|עי?דכנ(?:תי|ו) (?:\S+ ){0,2}?ה?(?:תור|ביקור|מועד|שעה)|(?:תור|ביקור|מועד|שעה) (?:\S+ )?עודכנה?"
    ),
    "sent": (
        r"שלח(?:תי|נו)|נשלח[הו]?|שיגרתי|פני(?:תי|נו)|העבר(?:תי|נו)|הועבר[הו]?|מסר(?:תי|נו)|נמסר[הו]?"
        r"|ביקש(?:תי|נו) מ\S+|הודע(?:תי|נו)|עי?דכנתי|עידכנו|הצוות עודכנ|דיבר(?:תי|נו)|התקשר(?:תי|נו)"
        r"|הזעק(?:תי|נו)|הוזעק[הו]?|יצר(?:תי|נו) קשר|הפני(?:תי|נו)"
    ),
    "person": (
        r"(?:העבר(?:תי|נו)|הועבר[הו]?|עי?דכנ(?:תי|ו)|עודכנ[הו]?|הודע(?:תי|נו)|פני(?:תי|נו)|הזעקתי) (?:\S+ ){0,4}?"
        r"(?:ל|אל |את )?ה?(?:נציג|מנהל|צוות|אדמ|בנ אדמ|משרד|מוקד)\S*"
    ),
    "document": (
        r"(?:שלח(?:תי|נו)|נשלח[הו]?) (?:\S+ ){0,3}?ה?(?:קישור|לינק|חשבונית|קבלה|הצעת מחיר|מסמכ|קובצ|מייל|סמס|sms)"
    ),
    "held": (
        r"שריינ(?:תי|ו)|שוריינ[הו]?|משוריינת?|(?:שמר(?:תי|נו)|שמור(?:ה|ימ|ות)?|תפס(?:תי|נו))"
        r"(?! (?:אצלנו )?(?:את )?ה?(?:פרטי|כתובת|שמ |הודע|תיאור|תמונ))"
        r"|(?:שעה|מועד|תור|מקומ|זמנ|ביקור|חלונ)(?: \S+){0,2} נשמר[הו]?|נשמר[הו]? (?:לכ|עבור|\S*(?:שעה|מועד|תור))"
    ),
    "on_the_way": (
        r"בדרכ(?= ?(?:אליכ|אלייכ|לכתובת|לשמ|עכשיו|[!.,]|$))|בדרכ[והמ](?= ?(?:אליכ|לכתובת|עכשיו|[!.,]|$))"
        r"|יצא[הו]? (?:כבר )?(?:אלי?יכ|לדרכ|לכיוונ)|מגיעה? (?:אליכמ? )?(?:עכשיו|עוד רגע|תוכ|בעוד)"
    ),
}
ENGLISH: Final[dict[str, str]] = {
    "booked": (
        r"booked|confirmed|scheduled|arranged|approved|locked in|all set"
        r"|set (?:up )?for (?:to|mon|tue|wed|thu|fri|sat|sun|\d)"
        r"|(?:i|we) (?:hereby )?confirm|you have (?:an? |your )?(?:appointment|visit|booking)"
        r"|(?:appointment|visit|booking) is (?:on|at|for|tomorrow|today)|see you (?:on|at|tomorrow|today)"
    ),
    "coming": (
        r"(?:will|'ll) (?:come|arrive|be there|be with you|visit)(?: \w+){0,3}?"
        r" (?:tomorrow|today|tonight|at \d|on \w+day)"
    ),
    "cancelled": (
        r"cancel?led|called off|cancellation is (?:done|complete)"
        r"|removed (?:\w+ ){0,3}?(?:visit|appointment|booking|request)"
    ),
    "moved": (
        r"rescheduled|postponed|brought forward|moved (?:\w+ ){0,3}?(?:visit|appointment|booking|you|it|to)"
        r"|changed (?:\w+ ){0,2}?(?:visit|appointment|booking|time)"
    ),
    "sent": (
        r"(?<!you )(?<!you've )(?:sent|forwarded|notified|informed|contacted|alerted|transferred)"
        r"|(?:i|we)(?:'ve| have)? (?:just |already )?(?:asked|passed|told|called|messaged|spoken)"
        r"|(?:request|message|conversation|details|it) (?:has|have|is|was|were)(?: been)? (?:passed|handed)"
    ),
    "person": (
        r"(?<!you )(?:passed|forwarded|transferred|handed|escalated|told|notified|alerted|informed) (?:\w+ ){0,5}?"
        r"(?:person|human|manager|team|representative|staff|office)"
    ),
    "document": r"(?<!you )(?:sent|emailed|texted) (?:\w+ ){0,4}?(?:link|invoice|receipt|quote|email|sms|document|pdf)",
    "held": r"held|reserved|on hold|(?:i'm|we're|we are|i am) holding|saved (?:\w+ ){0,2}?(?:slot|time|spot)",
    "on_the_way": (
        r"on (?:his|her|their|the|my|our) way|en route|heading (?:over|to you|your way)|coming (?:right )?now"
    ),
}
PATTERNS: Final = {
    kind: re.compile(
        rf"(?<![א-ת\"])(?P<prefix>[והשכ]{{0,3}}?)(?:{HEBREW[kind]})(?![א-ת])|(?<![\w'])(?:{ENGLISH[kind]})(?!\w)"
    )
    for kind in HEBREW
}
SENTENCES: Final = re.compile(r"(?<=[.!?…])[\s\u2066-\u2069]+|\n+")
BREAK: Final = re.compile(r"[,;:()!—–]| - | (?:אבל|אולמ|אכ|אז|ולכנ|but|so|and) ")

NOT: Final = frozenset({"לא", "טרמ", "אל", "בלי", "מבלי", "ללא", "ולא", "שלא", "אינ", "אינו", "אינה", "איננו"})
BETWEEN: Final = word_set(
    "עוד עדיינ באמת ממש כרגע סופית לכ לכמ לנו היה הייתה היו אצלנו כלומ דבר כבר בינתיימ זה הוא היא אני אנחנו"
)
NONE: Final = re.compile(r"(?:^| )(?:ש|ו|כי )?(?:אינ(?! (?:בעיה|ספק|צורכ))|אפ|שומ)(?: \S+){0,4} ?$")
CONDITION: Final = re.compile(
    r"(?:^| )(?:ו?ה?אמ|ש?ברגע|כאשר|במידה|בתנאי|מתי|ו?כש\S+|(?:עד|אחרי|לאחר|לפני) (?:אשר|ש\S+)|ברגע ש\S+)"
    r"(?: \S+){0,3} ?$"
    r"|(?:^| )(?:עד|אחרי|לאחר|לפני|ברגע) ?$"
)
DENIED: Final = re.compile(
    r"\b(?:not|never|no|nobody|nothing|neither|without|cannot|\w+n't|if|once|when|until|unless|whether|before|after|soon"
    r"|can|could|will|would|may|might|shall|should|must|yet|\w+'ll|\w+'d)\b(?: \S+){0,5} ?$|\bto(?: be| get| have)? ?$"
)
AHEAD: Final = re.compile(
    r"(?:ו?אמ |במידה|(?:רק )?(?:ברגע|לאחר|אחרי|כאשר|עד) (?:\S+ )?ש?[יתנ]\S{2,}|ברגע ש|כש(?:\S+ )?[ית]\S{3,}"
    r"|(?:once|when|if|as soon as|until)\b)"
)
SUBJECT_TO: Final = re.compile(r"אישור|[ית]אשר|[ית]אושר|approv|confirm")
CALLED_OFF: Final = re.compile(r"ש\S+ (?:.*)(?:בוטל|ביטל)")
"""The visit that was booked and is no more."""
TO_COME: Final = re.compile(r" (?:לכמ? |עדכונ|הודעה|תזכורת|את )")
"""After "נשלח": we shall send, not: was sent."""
FIRST_PERSON: Final = re.compile(r"(?:תי|נו)$|^(?:i|we)\b")
PRICE_SUBJECT: Final = re.compile(r"(?:מחיר|עלות|תעריפ|סכומ|תשלומ)\S* (?:\S+ )?$|\b(?:price|cost|fee)s? (?:is|are) $")
HOUR_WORDS: Final = "שתימ עשרה|אחת עשרה|שתיימ עשרה|שתיימ|אחת|שלוש|ארבע|חמש|שש|שבע|שמונה|תשע|עשר"  # longest first
HOURS: Final = {
    "אחת": 1, "שתיימ": 2, "שלוש": 3, "ארבע": 4, "חמש": 5, "שש": 6, "שבע": 7, "שמונה": 8, "תשע": 9, "עשר": 10,
    "אחת עשרה": 11, "שתימ עשרה": 12, "שתיימ עשרה": 12,
}  # fmt: skip
PART: Final = r"(?: ?(?:בבוקר|בערב|בצהריימ|בצוהריימ|אחה\"צ|אחר הצהריימ|אחרי הצהריימ|בלילה|am\b|pm\b|a\.m|p\.m|o'clock))"
NAMED_CLOCK: Final = re.compile(
    r"(?<![\d:./])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?![\d:])"
    r"|(?:שעה |at )(?P<h2>1?\d|2[0-3])(?!\d|[:./]\d|[%/]| ?(?:דקות|ש\"ח|₪|minutes))"
    rf"|(?<![\d./-])(?P<h3>1?\d|2[0-3]){PART}"
    r"|(?<![א-ת])[בל]-?(?P<h4>1?\d|2[0-3])(?=[!?,]|\.(?!\d)|$)"
    rf"|(?<![א-ת])(?:שעה |[בל])(?P<w>{HOUR_WORDS})(?P<half> וחצי)?(?={PART}|[!?,.]|$)"
    rf"|(?<![א-ת])(?P<w2>{HOUR_WORDS})(?={PART})"
)
SPOKEN: Final = re.compile(rf"(?<!\d)(\d{{1,2}})(?:[:.](\d{{2}}))?(?!\d)|(?<![א-ת])\S{{0,2}}?({HOUR_WORDS})(?![א-ת])")
HALF_DAY: Final = 720


@dataclass(frozen=True, slots=True)
class Claim:
    """An effect that a sentence says has happened."""

    kind: str
    sentence: str


def sentences_of(text: str) -> list[str]:
    return [sentence for sentence in SENTENCES.split(text) if normalise(sentence)]


def find_claims(text: str) -> list[Claim]:
    """The effects that a text says have happened; what is denied, asked or only foreseen is none."""
    return [Claim(kind, sentence) for sentence in sentences_of(text) for kind in kinds_of(fold(sentence))]


def kinds_of(sentence: str) -> list[str]:
    kinds = [
        kind
        for kind, pattern in PATTERNS.items()
        if any(is_claimed(kind, sentence, found) for found in pattern.finditer(sentence))
    ]
    special = {"moved", "document"} & set(kinds)
    return [kind for kind in kinds if not (kind == "sent" and special)]


def is_claimed(kind: str, sentence: str, found: re.Match[str]) -> bool:
    before = BREAK.split(sentence[: found.start()])[-1].lstrip()
    return not (
        (found["prefix"] or "").endswith("כש")
        or PRICE_SUBJECT.search(before)
        or (found[0].endswith("נשלח") and (not before or TO_COME.match(sentence, found.end())))
        or is_denied(before)
        or is_asked(sentence, found.end())
        or (kind == "booked" and found["prefix"] and CALLED_OFF.search(sentence))
        or (kind == "coming" and SUBJECT_TO.search(sentence))
        or (AHEAD.match(sentence) and not FIRST_PERSON.search(found[0]))
    )


def is_denied(before: str) -> bool:
    words = before.split()
    while words and words[-1] in BETWEEN:
        words.pop()
    return bool(
        (words and words[-1] in NOT) or NONE.search(before) or CONDITION.search(before) or DENIED.search(before)
    )


def is_asked(sentence: str, position: int) -> bool:
    """Whether the clause at `position` is the one that ends in a question mark."""
    rest = sentence[position:]
    return rest.rstrip().endswith("?") and not re.search(r"[,;:!—–]| - ", rest)


def clock_times(text: str) -> list[int]:
    """The clock times a text names, as minutes in a half of the day: whether morning or evening is left open."""
    found: list[int] = []
    for match in NAMED_CLOCK.finditer(fold(text)):
        digits = match["h"] or match["h2"] or match["h3"] or match["h4"]
        hour = int(digits) if digits else HOURS[match["w"] or match["w2"]]
        minute = int(match["m"] or 0) + (30 if match["half"] else 0)
        found.append((hour * 60 + minute) % HALF_DAY)
    return found


def spoken_times(text: str) -> set[int]:
    """Every time a text might mean: each number that can be an hour, with its quarters."""
    times: set[int] = set()
    for match in SPOKEN.finditer(fold(text)):
        hour = int(match[1]) if match[1] else HOURS[match[3]]
        if hour <= 24:
            quarters = {0, 15, 30, 45, int(match[2] or 0)}
            times |= {(hour * 60 + minute) % HALF_DAY for minute in quarters} | {(hour * 60 - 15) % HALF_DAY}
    return times
