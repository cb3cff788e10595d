"""The words of times: numbers, weekdays, months, parts of the day, and how patterns over folded text are written."""

import re
from typing import Final, Literal

DayPart = Literal["morning", "noon", "afternoon", "evening", "night", "after_shabbat"]

_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
LEFT: Final = r"(?<![\w\"'])"
RIGHT: Final = r"(?![\w\"'])"


def fold_source(source: str) -> str:
    """A piece of a pattern with its final letters folded."""
    return source.translate(_FINALS)


def pattern(source: str) -> re.Pattern[str]:
    """A pattern over folded text, written in ordinary spelling; it matches whole words only."""
    return re.compile(f"{LEFT}(?:{fold_source(source)}){RIGHT}")


def folded(table: dict[str, int]) -> dict[str, int]:
    """The same table with its words folded."""
    return {word.translate(_FINALS): value for word, value in table.items()}


def one_of(table: dict[str, int]) -> str:
    """A pattern source for any word of the table, longest first."""
    words = (re.escape(word).replace("\\ ", " ").translate(_FINALS) for word in table)
    return "|".join(sorted(words, key=len, reverse=True))


HOURS: Final = folded(
    {
        "שלוש עשרה": 13, "ארבע עשרה": 14, "חמש עשרה": 15, "שש עשרה": 16, "שבע עשרה": 17, "שמונה עשרה": 18,
        "תשע עשרה": 19, "אחת עשרה": 11, "אחד עשרה": 11, "אחת עשר": 11, "שתים עשרה": 12, "שתיים עשרה": 12, "שתיים עשר": 12, "אחת": 1,
        "שתיים": 2, "שתים": 2, "שלוש": 3, "ארבע": 4, "חמש": 5, "שש": 6, "שבע": 7, "שמונה": 8, "תשע": 9, "עשר": 10,
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "الواحدة": 1, "الثانية": 2, "الثالثة": 3, "الرابعة": 4, "الخامسة": 5,
        "السادسة": 6, "السابعة": 7, "الثامنة": 8, "التاسعة": 9, "العاشرة": 10,
        "وحدة": 1, "تنتين": 2, "ثنتين": 2, "تلاتة": 3, "ثلاثة": 3, "اربعة": 4, "أربعة": 4, "خمسة": 5, "ستة": 6, "سبعة": 7,
        "تمانية": 8, "ثمانية": 8, "تسعة": 9, "عشرة": 10, "حداشر": 11, "اطنعش": 12, "اتنعش": 12,
        "два": 2, "двух": 2, "три": 3, "трех": 3, "трёх": 3, "четыре": 4, "четырех": 4, "четырёх": 4, "пять": 5, "пяти": 5,
        "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10,
        "десяти": 10, "одиннадцать": 11, "одиннадцати": 11, "двенадцать": 12, "двенадцати": 12,
    }
)  # fmt: skip
MINUTES: Final = folded(
    {
        "עשרים וחמישה": 25, "עשרים וחמש": 25, "עשרים": 20, "רבע": 15, "עשרה": 10, "חמישה": 5, "חמש": 5, "חצי": 30,
        "עשר דקות": 10, "חמש דקות": 5, "עשר": 10, "שלושים": 30, "ארבעים": 40, "ארבעים וחמש": 45,
        "a quarter": 15, "quarter": 15, "half": 30, "ten": 10, "five": 5, "twenty": 20,
        "نص": 30, "نصف": 30, "ربع": 15, "ثلث": 20, "تلت": 20,
    }
)  # fmt: skip
COUNTS: Final = folded(
    {
        "אחד": 1, "שני": 2, "שתי": 2, "שלושה": 3, "שלוש": 3, "ארבעה": 4, "ארבע": 4, "חמישה": 5, "חמש": 5, "שישה": 6,
        "שש": 6, "שבעה": 7, "שבע": 7, "שמונה": 8, "תשעה": 9, "עשרה": 10, "עשר": 10, "עשרים": 20, "ארבעים": 40,
        "עשרים וארבע": 24, "ארבעים ושמונה": 48, "twenty-four": 24, "twenty four": 24, "forty-eight": 48,
        "שלושים": 30, "one": 1, "a couple of": 2, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    }
)  # fmt: skip
DAY_NUMBERS: Final = folded(
    {
        "אחד": 1, "ראשון": 1, "שניים": 2, "שני": 2, "שלושה": 3, "שלישי": 3, "ארבעה": 4, "רביעי": 4, "חמישה": 5,
        "חמישי": 5, "שישה": 6, "שישי": 6, "שבעה": 7, "שביעי": 7, "שמונה": 8, "שמיני": 8, "תשעה": 9, "תשיעי": 9,
        "עשרה": 10, "עשירי": 10, "אחד עשר": 11, "שנים עשר": 12, "שניים עשר": 12, "חמישה עשר": 15, "חמש עשרה": 15,
        "עשרים": 20, "עשרים וחמישה": 25, "שלושים": 30,
    }
)  # fmt: skip
_RU_WEEKDAYS: Final = {
    "понедельник": 0, "вторник": 1, "среду": 2, "среда": 2, "четверг": 3, "пятницу": 4, "пятница": 4, "субботу": 5,
    "суббота": 5, "воскресенье": 6, "воскресение": 6,
}  # fmt: skip
_AR_WEEKDAYS: Final = {
    "الاحد": 6, "الأحد": 6, "الاثنين": 0, "الإثنين": 0, "الاتنين": 0, "الثلاثاء": 1, "الثلاثا": 1, "التلاتا": 1,
    "الاربعاء": 2, "الأربعاء": 2, "الاربعا": 2, "الأربعا": 2, "الخميس": 3, "الجمعة": 4, "الجمعه": 4, "السبت": 5,
}  # fmt: skip
EN_WEEKDAYS: Final = {
    "sunday": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "shabbat": 5,
    "sundays": 6, "mondays": 0, "tuesdays": 1, "wednesdays": 2, "thursdays": 3, "fridays": 4, "saturdays": 5,
    "mon": 0, "wed": 2, "tue": 1, "tues": 1, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
    "wednsday": 2, "thersday": 3,
}  # fmt: skip
SHORT_WEEKDAYS: Final = {
    "sun": 6, "sat": 5, "пн": 0, "вт": 1, "ср": 2, "чт": 3, "пт": 4, "сб": 5, "вс": 6,
}  # fmt: skip
"""Weekdays where a preposition or an hour tells that they are."""
HE_WEEKDAYS: Final = folded(
    {
        "ראשון": 6, "שני": 0, "שלישי": 1, "שלשי": 1, "רביעי": 2, "רבעי": 2, "חמישי": 3, "חמשי": 3, "שישי": 4,
        "ששי": 4, "שבת": 5,
    }
)  # fmt: skip
FOREIGN_WEEKDAYS: Final = EN_WEEKDAYS | _RU_WEEKDAYS | _AR_WEEKDAYS
WEEKDAYS: Final = HE_WEEKDAYS | FOREIGN_WEEKDAYS | SHORT_WEEKDAYS
WEEKDAY_LETTERS: Final = {"א": 6, "ב": 0, "ג": 1, "ד": 2, "ה": 3, "ו": 4}
_FULL_MONTHS: Final = folded(
    {
        "ינואר": 1, "פברואר": 2, "מרץ": 3, "מרס": 3, "אפריל": 4, "מאי": 5, "יוני": 6, "יולי": 7, "אוגוסט": 8,
        "ספטמבר": 9, "אוקטובר": 10, "נובמבר": 11, "דצמבר": 12, "january": 1, "february": 2, "march": 3, "april": 4,
        "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
        "nov": 11, "dec": 12, "января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6, "июля": 7,
        "августа": 8, "сентября": 9, "октября": 10, "ноября": 11, "декабря": 12,
        "كانون الثاني": 1, "شباط": 2, "آذار": 3, "اذار": 3, "نيسان": 4, "أيار": 5, "ايار": 5, "حزيران": 6, "تموز": 7,
        "آب": 8, "أيلول": 9, "ايلول": 9, "تشرين الأول": 10, "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
        "كانون الاول": 12,
        "январь": 1, "февраль": 2, "март": 3, "апрель": 4, "май": 5, "июнь": 6, "июль": 7, "август": 8, "сентябрь": 9,
        "октябрь": 10, "ноябрь": 11, "декабрь": 12,
        "يناير": 1, "فبراير": 2, "مارس": 3, "ابريل": 4, "أبريل": 4, "مايو": 5, "يونيو": 6, "يوليو": 7, "اغسطس": 8,
        "أغسطس": 8, "سبتمبر": 9, "اكتوبر": 10, "أكتوبر": 10, "نوفمبر": 11, "ديسمبر": 12,
    }
)  # fmt: skip
_SHORT: Final = folded(
    {
        "ינו": 1, "ינוא": 1, "פבר": 2, "פברו": 2, "אפר": 4, "יונ": 6, "יול": 7, "אוג": 8, "אוגו": 8, "ספט": 9, "ספטמ": 9,
        "אוק": 10, "אוקט": 10, "נוב": 11, "נובמ": 11, "דצ": 12, "דצמ": 12, "янв": 1, "фев": 2, "февр": 2, "апр": 4,
        "июн": 6, "июл": 7, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "ноя": 11, "нояб": 11, "дек": 12,
    }
)  # fmt: skip
_ONLY_MARKED: Final = folded({"ינ": 1, "פב": 2, "מר": 3, "אפ": 4, "ספ": 9, "мар": 3})
MONTHS: Final = _FULL_MONTHS | {
    short + mark: month for short, month in (_SHORT | _ONLY_MARKED).items() for mark in "'\""
}
"""Cut short with a mark, which no other word has: "דצמ׳"."""
DATED_MONTHS: Final = (
    MONTHS
    | _SHORT
    | {f"{short}.": month for short, month in (_SHORT | _ONLY_MARKED).items()}
    | {f"{name}.": month for name, month in MONTHS.items() if name.isascii() and name.isalpha() and len(name) <= 4}
)
"""How months are written beside the day, where a name cut short or with a full stop is one too."""

_AFTERNOON: Final = (
    r"ו?ב?אח(?:ר|רי) ה?-?צהר(?:י)?ים(?: המאוחרות)?|ו?ב?אחה?\"?צ|אחה'צ|(?:in the |this |late |early )*afternoons?|arvo"
    r"|(?:אחרי|אחר) ארוחת (?:ה)?צהריים|after lunch|после обеда|(?:ال)?عصر(?:ا|اً|ًا)?|بعد الظهر|بعد الضهر"
)
_MORNING: Final = (
    r"לפני ה?-?צהרי?ים|לפנה?\"?צ|ו?(?:[בלמ]|על )?(?:שעות )?ה?בוקר(?: (?:ה?מוקדם|המאוחר(?:ות)?|מוקדם))?|בבקרים|בבקר"
    r"|בשעות הבוקר(?: המוקדמות| המאוחרות)?|(?:first thing )?(?:in the |this |late |early |mid)*mornings?"
    r"|утром|утра|с утра|утро|الصبح|صباحا|صباحاً|الصباح|بالصبح|عالصبح|ع الصبح"
)
_NOON: Final = (
    r"ו?[בל]?(?:שעות )?ה?צהר(?:י)?ים|ב?צהרי (?:ה)?יום|בצהרי|(?:at )?(?:noon|midday|lunch ?time)"
    r"|в обед|(?<=\d )дня|(?<=часа )дня|(?<=часов )дня|(?<=час )дня|дн[её]м|الظهر|الضهر|ظهرا|بالظهر"
)
_EVENING: Final = (
    r"לפנות ערב|ו?(?:לקראת |[בל]|שעות )?ה?ערב(?: המוקדם|ים)?|בשעות הערב(?: המוקדמות| המאוחרות)?|(?:ב)?סוף היום"
    r"|(?:in the |this |late |early )*evenings?|вечером|вечера|вечер|المسا|مساء|مساءً|المساء|بالمسا|عشية"
)
_NIGHT: Final = r"לפנות בוקר|ו?[בל]?ה?לילה|(?:מאוחר )בלילה|באמצע הלילה|(?:at )?night|ночью|ночи|بالليل|الليل|ليلا"
PARTS: Final[tuple[tuple[DayPart, str], ...]] = (
    ("afternoon", _AFTERNOON),
    ("night", _NIGHT),
    ("morning", _MORNING),
    ("noon", _NOON),
    ("evening", _EVENING),
)
PART: Final = "|".join(source for _, source in PARTS)
PART_HOURS: Final[dict[DayPart, tuple[int, int]]] = {
    "morning": (7, 12),
    "noon": (12, 15),
    "afternoon": (14, 18),
    "evening": (18, 22),
    "night": (21, 24),
}
PART_PATTERNS: Final[tuple[tuple[DayPart, re.Pattern[str]], ...]] = tuple(
    (part, pattern(source)) for part, source in PARTS
)
"""To be read in this order: "before noon" is no noon."""


def number(text: str, table: dict[str, int]) -> int:
    """The value of digits or of a word in the table."""
    return int(text) if text.isdigit() else table[text]
