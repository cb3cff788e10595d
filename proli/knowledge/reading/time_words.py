"""The words of times: numbers, weekdays, months, parts of the day, and how patterns over folded text are written."""

import re
from datetime import time
from typing import Final, Literal

DayPart = Literal["morning", "noon", "afternoon", "evening", "night"]

_FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
LEFT: Final = r"(?<![\w\"'])"
RIGHT: Final = r"(?![\w\"'])"


def pattern(source: str) -> re.Pattern[str]:
    """A pattern over folded text, written in ordinary spelling; it matches whole words only."""
    return re.compile(f"{LEFT}(?:{source.translate(_FINALS)}){RIGHT}")


def folded(table: dict[str, int]) -> dict[str, int]:
    """The same table with its words folded."""
    return {word.translate(_FINALS): value for word, value in table.items()}


def one_of(table: dict[str, int]) -> str:
    """A pattern source for any word of the table, longest first."""
    return "|".join(sorted((word.translate(_FINALS) for word in table), key=len, reverse=True))


HOURS: Final = folded(
    {
        "אחת עשרה": 11, "שתים עשרה": 12, "שתיים עשרה": 12, "אחת": 1, "שתיים": 2, "שתים": 2, "שלוש": 3, "ארבע": 4,
        "חמש": 5, "שש": 6, "שבע": 7, "שמונה": 8, "תשע": 9, "עשר": 10,
    }
)  # fmt: skip
MINUTES: Final = folded(
    {"עשרים וחמישה": 25, "עשרים": 20, "רבע": 15, "עשרה": 10, "חמישה": 5, "חצי": 30, "עשר דקות": 10, "חמש דקות": 5}
)
COUNTS: Final = folded(
    {
        "אחד": 1, "שני": 2, "שתי": 2, "שלושה": 3, "שלוש": 3, "ארבעה": 4, "ארבע": 4, "חמישה": 5, "חמש": 5, "שישה": 6,
        "שש": 6, "שבעה": 7, "שמונה": 8, "תשעה": 9, "עשרה": 10, "עשר": 10, "עשרים": 20, "ארבעים": 40, "שלושים": 30,
        "one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    }
)  # fmt: skip
DAY_NUMBERS: Final = folded(
    {
        "אחד": 1, "ראשון": 1, "שניים": 2, "שני": 2, "שלושה": 3, "ארבעה": 4, "חמישה": 5, "שישה": 6, "שבעה": 7,
        "שמונה": 8, "תשעה": 9, "עשרה": 10,
    }
)  # fmt: skip
WEEKDAYS: Final = folded(
    {
        "ראשון": 6, "שני": 0, "שלישי": 1, "רביעי": 2, "חמישי": 3, "שישי": 4, "ששי": 4, "שבת": 5,
        "sunday": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    }
)  # fmt: skip
WEEKDAY_LETTERS: Final = {"א": 6, "ב": 0, "ג": 1, "ד": 2, "ה": 3, "ו": 4}
MONTHS: Final = folded(
    {
        "ינואר": 1, "פברואר": 2, "מרץ": 3, "מרס": 3, "אפריל": 4, "מאי": 5, "יוני": 6, "יולי": 7, "אוגוסט": 8,
        "ספטמבר": 9, "אוקטובר": 10, "נובמבר": 11, "דצמבר": 12, "january": 1, "february": 2, "march": 3, "april": 4,
        "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
        "nov": 11, "dec": 12,
    }
)  # fmt: skip

PARTS: Final[tuple[tuple[DayPart, str], ...]] = (
    ("afternoon", r"ב?אח(?:ר|רי) ה?צהר(?:י)?ים|אחה\"?צ|(?:in the |this )?afternoon"),
    ("morning", r"לפני ה?צהרי?ים|לפנה\"?צ|[בל]?(?:שעות )?ה?בוקר|בבקרים|(?:in the |this )?morning"),
    ("noon", r"[בל]?(?:שעות )?ה?צהרי?ים|(?:at )?noon"),
    ("evening", r"(?:לקראת |[בל]|שעות )?ה?ערב|(?:in the |this )?evening"),
    ("night", r"[בל]?ה?לילה|(?:at )?night"),
)
PART: Final = "|".join(source for _, source in PARTS)
PART_HOURS: Final[dict[DayPart, tuple[int, int]]] = {
    "morning": (7, 12),
    "noon": (12, 15),
    "afternoon": (14, 18),
    "evening": (18, 22),
    "night": (21, 24),
}
_PARTS: Final[tuple[tuple[DayPart, re.Pattern[str]], ...]] = tuple((part, pattern(source)) for part, source in PARTS)
WORKDAY_END: Final = time(17, 0)


def part_of(text: str) -> DayPart:
    """The part of the day that these words, matched by `PART`, name."""
    return next(part for part, expression in _PARTS if expression.fullmatch(text))


def number(text: str, table: dict[str, int]) -> int:
    """The value of digits or of a word in the table."""
    return int(text) if text.isdigit() else table[text]
