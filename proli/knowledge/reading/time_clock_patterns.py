"""The patterns of hours: how they are written, what they are said with, and what looks like one and is none."""

import re
from typing import Final, Literal

from proli.knowledge.reading.time_words import COUNTS, HOURS, MINUTES, fold_source, one_of, pattern

Relation = Literal["at", "between", "after", "before"]

UNIT: Final = pattern(
    r"וחצי מיליון|(?:ב|ל|כ)?-?(?:חדרים?|חד'|מיליון|מליון|אלף|אלפים|מטר\w*|מ\"ר|ש\"?ח|שקל\w*|דקות"
    r"|דקה|שעות|שעה|ימים|יום|שבועות|חודשים?"
    r"|לחודש|בחודש|לשבוע|שנים|שנה|קומות|קומה|איש|אנשים|נפשות|פעמים|ליטר|ס\"?מ|ק\"?מ|אחוז|כיווני"
    r"|מזגנים|יחידות|מקומות|ילדים|דירות|חלונות"
    r"|שקעים|מתוך|בניסן|צול|אינץ'?|כוח|כ\"ס|קילו|ק\"ג|אמפר|וולט|וואט|מ\"מ|נקודות|תמונות|משתתפים"
    r"|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|rooms?|bed\w*|people|kids|nis|years?"
    r"|shekels?|k|million|hundred|thousand|grand|point|נקודה|тысяч\w*|тыс|миллион\w*|млн|الف|ألف|آلاف|مليون|units?|floors?|percent|meters?|sqm"
    r"|дня|дней|лет|года?|комнат\w*|этаж\w*|шекел\w*|минут\w*|квартир\w*|недел\w*|месяц\w*|человек\w*"
    r"|ايام|أيام|يوم|ساعات|سنين|سنوات|غرف|شيكل|دقيقة|دقايق|طابق|اسابيع)"
)
NOUN: Final = re.compile(r"[א-ת]{2,}(?:ימ|ות)(?![\w])")
NOT_NOUN: Final = pattern(
    r"(?:ב|ל|אחרי |אחר )?ה?צהרי?ים|מתאים|מתאימות|פנויים|זמינים|אתם|לכם|בינתיים|להיות|לבוא|פחות"
    r"|לפחות|לפנות|יכולים|יכולות|נמצאים|חייבים"
    r"|או\w*|לפנות|דקות|מגיעים|רוצים|צריכים|חוזרים|באים|מבקשים|מעדיפים|מחרתיים|שעות|בשעות|קיימים"
    r"|עובדים|גרים|מסיימים|בצהרים|להגיע|אפשרות"
)
MONEY: Final = pattern(r"ב?ה?תקציב\w*|מחיר|תקרה|שכ\"?ד|מיליון|מליון|אלף|₪|ש\"ח|שקל|משכנתא|דירת|חדרים|budget|rooms?")
ADDRESS: Final = re.compile(
    fold_source(
        r"(?:קומה|קומת|דירה|דירת|בית|בניין|בנין|כניסה|מספר|מס'?|רחוב|רח'?|חדר|שער|כביש|קו|אוטובוס"
        r"|באר|קרי+ת|(?<!\w)ו?ב?(?:עשרים|שלושים|ארבעים|חמישים|שישים|שבעים|שמונים|תשעים|מאה)|גיל|בן|בת|מודל|דגם"
        r"|קוד|גוש|חלקה|חניה|סעיף|אופציה"
        r"|floor|apt\.?|apartment|room|no\.?|number|building|unit|option|bus|кв\.?|дом|этаж|طابق|شقة)\s*[-:]?\s*$"
    )
)


def _clock(name: str) -> str:
    minutes = one_of(MINUTES)
    return (
        rf"(?:(?P<{name}to>{minutes})(?: דקות)?\s+(?:ל-?\s?|to |till )|(?P<{name}past>{minutes}"
        rf"|half(?=\s\d)) (?:past )?)?"
        rf"(?:(?P<{name}mil>(?:0\d|1\d|2[0-3])[0-5]\d)|(?P<{name}h>\d{{1,2}}|{one_of(HOURS)}))"
        rf"(?:[:.](?P<{name}m>\d\d)(?!\d))?(?:\s+(?:ו-?|و)\s?(?P<{name}plus>{minutes})(?: דקות)?"
        rf"|\s+(?P<{name}then>שלושימ|ארבעימ וחמש|thirty|fifteen|חצי|רבע(?! ל)))?"
        rf"(?:\s?(?P<{name}ap>am|pm|a\.m|p\.m)\.?)?(?:\s?(?:o'?clock|ish|часов|часа|час|ч|h|אפס אפס))?(?![\d.,:/]\d)"
    )


_A: Final = _clock("a")
_B: Final = _clock("b")
_GAP: Final = r"[\s\x00]*"
_HOUR: Final = r"(?:ה?שעה |ה?שעות |ב?שעה |השעות |ה?-|ב-?|at |around |about |about |בערך ב?-?|ساعة |الساعة )?\s?"
_UNABLE: Final = (
    r"(?:לא (?:יכולה?|יכולים|אוכל|נוכל|פנויה?|נוח(?: לי| לנו)?|בבית|מגיעה?|חוזרת?|נמצאת?"
    r"|אהיה(?: בבית)?)|can't|not free)"
)
_BUSY: Final = (
    r"(?:(?:עובדת?|עובדים|עובדות|בעבודה|לומדת?|במשרד|תפוסה?|עסוקה?|עסוקים|ישיבה|ישיבות|שיעור"
    r"|פגישות|משמרת|במשמרת|בלימודים"
    r"|at work|work(?:ing)?|busy|на работе|занят\w*|بالشغل) (?:שם |מחר |היום )?(?:עד|until|till|to|до|לחד|لحد|ل)"
    r"|(?:ש?אני |אנחנו )?(?:חוזרת?|חוזרים|מסיימת?|מסיימים|מגיעה? הביתה|מתפנה|מתפנים|יוצאת מהעבודה"
    r"|יוצא מהעבודה|משתחררת?|אחזור|אסיים|נחזור|get (?:back|home|off)|finish)"
    r"(?: מהעבודה| הביתה| לעבוד| את העבודה| ממשרד| work)*(?: רק| בערך| ב?סביבות| around"
    r"| about)* ?(?:ב|מ|אחרי|לקראת|at)?|(?:אהיה |נהיה |אנחנו |אני )?(?:בבית|פנוי|פנויה|זמין|זמינה"
    r"|home) (?:רק )?(?:מ|החל מ|from))"
)
_JOIN: Final = rf"(?:{_GAP}(?:ו?ל|ו?עד|ו)-?\s?|\s?-\s?| and | to | и | و ?| ل ?)"
_UNTIL: Final = rf"{_GAP}(?:ו?עד|ל|-|to|until|till|до|ل|لل|حتى|الى|إلى)-?\s?(?:ה-?)?"
BUSY: Final = pattern(rf"{_BUSY}-? ?{_HOUR}{_A}")
"""When somebody is free at last, unless another hour is named beside it."""
RELATIONS: Final[tuple[tuple[Relation, re.Pattern[str]], ...]] = (
    ("between", pattern(rf"(?:ו?ש?ב?בין |between |между |بين ){_HOUR}{_A}{_JOIN}{_HOUR}{_B}")),
    ("between", pattern(rf"(?:החל )?(?:ו?ש?מ-?\s?|מה|from |с |من ){_HOUR}{_A}{_UNTIL}{_HOUR}{_B}")),
    (
        "between",
        pattern(
            rf"(?:ו?רק )?(?:מ?אחרי|after) {_HOUR}{_A}(?:,? (?:ו?עד|but before|and before|ולפני"
            rf"|לפני)-? ?){_HOUR}{_B}"
        ),
    ),
    ("between", pattern(rf"(?:ב-?\s?)?(?:שעות |בשעות )?{_A}{_GAP}(?:-|ו?עד|to|till|до|או(?= \d{{1,2}} ב))\s?{_B}")),
    ("after", pattern(rf"{_UNABLE} (?:עד|until|till)-?\s?{_HOUR}{_A}")),
    ("after", BUSY),
    ("after", pattern(rf"{_UNABLE} (?:לפני|before)-?\s?{_HOUR}{_A}")),
    ("before", pattern(rf"{_UNABLE} (?:אחרי|לאחר|after)-?\s?{_HOUR}{_A}")),
    (
        "before",
        pattern(
            rf"(?:לא יאוחר מ|לא (?:יותר )?מאוחר מ|ו?לא אחרי|no later than|not after"
            rf"|не позже)-?\s?{_HOUR}{_A}"
        ),
    ),
    (
        "after",
        pattern(
            rf"(?:ו?(?:רק |אבל )?(?:ש)?לא (?:לפני|מוקדם מ|יותר מוקדם מ)|not before|not earlier than|no earlier than"
            rf"|не раньше)-?\s?{_HOUR}{_A}"
        ),
    ),
    (
        "after",
        pattern(
            rf"ו?(?:ש|כל )?(?:מ?אחרי|לאחר|after|החל מ|מ-?שעה|מהשעה|ה?חל מ(?:שעה|השעה)?"
            rf"|any ?time (?:after|from|past)|after like|после|بعد)-?\s?{_HOUR}{_A}(?: והלאה| ואילך"
            rf"| ומעלה)?"
        ),
    ),
    (
        "after",
        pattern(
            rf"(?:מ-?\s?|from |starting (?:at|from) |с |من ){_HOUR}{_A}{_GAP}"
            rf"(?: ?והלאה| ?ואילך| ומעלה| ?onwards?| on)"
        ),
    ),
    ("after", pattern(rf"{_HOUR}{_A}{_GAP}(?: ?והלאה| ?ואילך| ?onwards?| or later| and later)")),
    ("before", pattern(rf"(?:עד|לפני) ש\S+(?: \S+){{0,2}} ב-?{_HOUR}{_A}")),
    (
        "before",
        pattern(
            rf"ו?(?:ש)?(?:עד|לפני|before|by|until|till|up to|no later than|до|قبل|لحد|حتى)-?\s?{_HOUR}{_A}(?! אחרי)"
        ),
    ),
    (
        "at",
        pattern(
            rf"ו?ש?(?:ב?סביבות |לקראת |סביב |באזור |בערך ב?-?|בדיוק ב?-?|משהו כמו |at |around |about |about "
            rf"|by |@ ?|в |к |около |على |ع |ب)?"
            rf"(?:ה-?|ב-? ?ה?-?|[בל]?ה?שעה |בש |שעה |ל-|ל(?=\d)|الساعة |ساعة |at )?{_A}"
        ),
    ),
)
ENDS_IN_NAME: Final = re.compile(
    r"(?<!\w)(?!(?:אפשר|נגיד|אולי|כנ|או|עדיפ|רק|טוב|בסדר|סבבה|יאללה|אז|לא|גמ|וגמ|maybe|ok|okay|or|say|yes) *$)"
    r"[\w'\"]*[^\W\d_] *$"
)
"""A word that may be a street's name stands right before the number: "ביאליק 3 מחר" is a house."""
FROM: Final = pattern(rf"(?:ש?מ-?\s?|from |с |من ){_HOUR}{_A}")
CUED: Final = re.compile(
    r"ו?ש?(?:משהו כמו|בסביבות|סביבות|לקראת|סביב|באזור|בערכ|בדיוק|at |around|about|@|ב-? ?(?:ה-?)?(?=\d)"
    r"|[בל]?ה?שעה|בש |(?:على |ع |ب)?(?:الساعة|ساعة))"
)
OCLOCK: Final = re.compile(r".*(?:часов|часа|час|o'?clock|ish)$")
IN: Final = re.compile(r"ו?ש?ב-?")
_DURATION: Final = (
    rf"(?:(?P<half>חצי שעה|half an hour|half hour|полчаса|نص ساعة)|(?P<quarter>רבע שעה)"
    rf"|(?P<three>שלושת? ?רבעי שעה)|(?P<two>שעתיים|ساعتين)(?P<twohalf> וחצי)?"
    rf"|(?P<day>יממה|сутки|суток)(?P<dayhalf> וחצי)?|(?P<twodays>יממתיים|двое суток|двух суток)"
    rf"|(?P<n>\d{{1,3}}|{one_of(COUNTS)}) (?P<unit>דקות|דקה|דק'|שעות|minutes?|mins?|hours?|hrs?"
    rf"|минут\w*|часа?|часов|دقيقة|دقايق|ساعات|ساعة)|(?P<hour>שעה|an hour|the hour|час|ساعة)(?P<hourhalf> וחצי)?)"
)
OFFSET: Final = pattern(
    rf"(?P<how>ב?עוד|תוך|בתוך|within|in(?: the next)?|через|в течение|خلال|بعد) (?:כ-?|בערך |איזה "
    rf"|about )?{_DURATION}"
)
NEXT_HOUR: Final = pattern(
    r"בשעה הקרובה|בשעתיים הקרובות|בשעות הקרובות|בחצי ה?שעה הקרובה|בדקות הקרובות|(?:in"
    r"|within) the (?:next|coming) (?:hour|couple (?:of )?hours|few hours)"
)
NEXT_DAY: Final = pattern(
    r"[בל]?יממה (?:ה?קרובה|ה?באה)|[בל]?-?24 ה?שעות ה?(?:קרובות|באות)|עד (?:24 שעות|יממה)|up to 24 h(?:ou)?rs?"
    r"|(?:in|over|during|within) the (?:next|coming) 24 h(?:ou)?rs?|(?:в )?ближайшие сутки"
)
NAMED: Final[tuple[tuple[re.Pattern[str], Relation, int], ...]] = (
    (
        pattern(
            r"(?:רק )?(?:מ?אחרי|לאחר) (?:ה)?(?:עבודה|יום העבודה|שעות העבודה)|after (?:i finish )?work"
            r"|после работы|بعد الشغل|بعد الدوام"
        ),
        "after",
        17,
    ),
    (
        pattern(
            r"(?:מ?אחרי|לאחר|כש) ?ש?(?:ה)?(?:ילדים|קטנים|ילד|ילדה) (?:כבר )?(?:ב|הולכים ל|הולך ל"
            r"|הולכת ל|נכנסים ל|יוצאים ל)(?:גן|גנים|בית ספר|בית הספר|ביה\"?ס|מסגרות|מסגרת|בי\"?ס)"
            r"|(?:מ?אחרי) (?:ש\w+ (?:לקחת |את ה?)?)?(?:פיזור|הפיזור|לפזר)(?: של)?(?: הילדים"
            r"| ילדים)?|(?:מ?אחרי) שאני (?:שם|שמה|מפזרת?|לוקחת?) את ה?ילדים(?: \w+)?"
            r"|after (?:the )?school (?:run|drop ?off)|after (?:i drop|dropping) (?:off )?(?:the )?kids(?: off)?"
        ),
        "after",
        8,
    ),
    (
        pattern(
            r"(?:מ?אחרי) (?:ש\w+ )*(?:(?:ה)?ילדים )?(?:חוזרים|יוצאים|מחזיר\w*|אוספ\w*"
            r"|איסוף)(?: \w+){0,2} (?:מה?גן|מה?גנים|מבית ה?ספר|מביה\"?ס|הגן|הילדים)|אחרי ה?גן"
            r"|after school"
        ),
        "after",
        16,
    ),
    (
        pattern(
            r"(?:ו?עד|before|by|until|till|до|قبل)(?: the)? (?:ה?צהר(?:י)?ים|שעות הצהריים|noon|midday"
            r"|lunch(?:time)?|обеда|полудня|الظهر|الضهر)"
        ),
        "before",
        12,
    ),
    (
        pattern(
            r"(?:ו?עד|לפני|before|by|until|till|до|قبل)(?: the)? (?:שעות )?(?:ה?ערב|evening|tonight|dinner"
            r"|вечера|المسا|المغرب)"
        ),
        "before",
        18,
    ),
    (
        pattern(
            r"(?:ו?עד|by|before|until)(?: the)? (?:סוף ה?יום|end of (?:the )?(?:work ?)?day|eod"
            r"|סוף יום העבודה)"
        ),
        "before",
        24,
    ),
    (pattern(r"(?:מ?אחרי|from|after) (?:12 |שעות |ה)?(?:noon|midday)"), "after", 12),
    (pattern(r"ב?חצות"), "at", 24),
)
HALF_OF: Final = pattern(
    r"(?P<how>после |до |в |к )?пол(?:овин[еуы])?[ -]?(?P<h>первого|второго|третьего|четвертого"
    r"|четвёртого|пятого|шестого|седьмого|восьмого|девятого|десятого|одиннадцатого)"
)
GENITIVES: Final = {
    "первого": 12, "второго": 1, "третьего": 2, "четвертого": 3, "четвёртого": 3, "пятого": 4, "шестого": 5,
    "седьмого": 6, "восьмого": 7, "девятого": 8, "десятого": 9, "одиннадцатого": 10,
}  # fmt: skip
CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
