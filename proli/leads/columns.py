"""What the columns of somebody else's table mean, and what stands in their cells."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from proli.knowledge.text import fold
from proli.leads.errors import BadColumns
from proli.leads.models import LeadStatus
from proli.platform.sheets import Sheet

Field = Literal[
    "customer_name", "phone", "locality", "address", "trade", "description", "urgency", "created_at", "status"
]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
HEADERS: Final[Mapping[Field, tuple[str, ...]]] = {
    "phone": (
        "טלפון", "נייד", "טל", "פלאפון", "סלולרי", "מספר טלפון", "טלפון נייד", "ווטסאפ", "phone", "mobile", "cell",
        "telephone", "phone number", "tel", "whatsapp",
    ),
    "customer_name": (
        "שם", "שם מלא", "שם לקוח", "שם הלקוח", "לקוח", "לקוחה", "איש קשר", "name", "full name", "customer",
        "customer name", "client", "contact",
    ),
    "locality": ("עיר", "ישוב", "יישוב", "מקום", "עיר מגורים", "city", "town", "locality", "place"),
    "address": ("כתובת", "רחוב", "כתובת מלאה", "address", "full address", "street"),
    "trade": (
        "תחום", "מקצוע", "סוג שירות", "שירות", "קטגוריה", "סוג עבודה", "trade", "profession", "service", "category",
    ),
    "description": (
        "תיאור", "תאור", "פירוט", "פרטים", "תקלה", "בעיה", "מהות", "הערות", "description", "details", "issue",
        "issue type", "problem", "request", "notes", "comments",
    ),
    "urgency": ("דחיפות", "רמת דחיפות", "עדיפות", "urgency", "priority"),
    "created_at": (
        "תאריך", "תאריך יצירה", "נוצר", "נפתח", "תאריך פתיחה", "תאריך פנייה", "date", "created", "created at",
        "created date", "opened",
    ),
    "status": ("סטטוס", "סטאטוס", "מצב", "שלב", "status", "state", "stage"),
}  # fmt: skip
URGENCIES: Final[Mapping[str, tuple[str, ...]]] = {
    "low": ("נמוך", "לא דחוף", "not urgent"),
    "normal": ("רגיל", "בינונית", "בינוני", "medium", "regular"),
    "high": ("גבוהה", "גבוה", "דחופה", "כן"),
    "emergency": ("דחוף מאוד", "קריטי", "מיידי", "critical", "very urgent"),
}
"""How else urgencies are written."""
STATUS_NAMES: Final[Mapping[str, Mapping[LeadStatus, str]]] = {
    "he": {
        LeadStatus.new: "חדש",
        LeadStatus.contacted: "בבירור",
        LeadStatus.offered: "ממתין לאיש מקצוע",
        LeadStatus.booked: "נקבע",
        LeadStatus.done: "בוצע",
        LeadStatus.cancelled: "בוטל",
    },
    "en": {
        LeadStatus.new: "New",
        LeadStatus.contacted: "Being clarified",
        LeadStatus.offered: "Waiting for a professional",
        LeadStatus.booked: "Booked",
        LeadStatus.done: "Done",
        LeadStatus.cancelled: "Cancelled",
    },
}
"""As the console says them."""
URGENCY_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "he": {"low": "נמוכה", "normal": "רגילה", "high": "דחוף", "emergency": "חירום"},
    "en": {"low": "Low", "normal": "Normal", "high": "Urgent", "emergency": "Emergency"},
}
"""As the console says them."""
STATUSES: Final[Mapping[LeadStatus, tuple[str, ...]]] = {
    LeadStatus.new: ("חדשה", "פתוח", "open"),
    LeadStatus.contacted: ("בטיפול", "נוצר קשר", "בתהליך", "in progress"),
    LeadStatus.offered: ("הוצע",),
    LeadStatus.booked: ("נקבעה", "נקבע ביקור", "תואם", "scheduled"),
    LeadStatus.done: ("בוצעה", "הושלם", "הסתיים", "טופל", "סגור", "נסגר", "completed", "closed"),
    LeadStatus.cancelled: (
        "בוטלה", "לא רלוונטי", "נפסל", "canceled", "lost", "not relevant",
    ),
}  # fmt: skip
"""How else statuses are written."""
DAY_FIRST: Final = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::\d{2})?)?", re.ASCII
)
FIRST_YEAR: Final = 2000
HEADER_WITHIN: Final = 20
"""Among so many first rows the header is looked for."""
LONGEST_NAME: Final = 60


def key(words: str) -> str:
    """The spelling in which headers and words of cells are compared."""
    return re.sub(r"[\W_]+", " ", fold(words)).strip()


def table[Value: str](
    names: Mapping[Value, Sequence[str]], said: Mapping[str, Mapping[Value, str]] | None = None
) -> dict[str, Value]:
    """Values by every word for them: their codes, `names`, and as they are `said` in each language."""
    spoken = {value: [words[value] for words in (said or {}).values()] for value in names}
    return {key(word): value for value, words in names.items() for word in (str(value), *spoken[value], *words)}


BY_HEADER: Final[dict[str, Field]] = table(HEADERS)
BY_HEADER_IN_ONE: Final[dict[str, Field]] = {words.replace(" ", ""): field for words, field in BY_HEADER.items()}
URGENCY_OF: Final = table(URGENCIES, URGENCY_NAMES)
STATUS_OF: Final = table(STATUSES, STATUS_NAMES)


def guess_fields(header: Sequence[str]) -> list[Field | None]:
    """What each column most likely holds, no two of them the same; exact names go before names within longer ones."""
    keys = [key(words) for words in header]
    found: list[Field | None] = [None] * len(keys)
    for guess in (named_exactly, named_within):
        for place, words in enumerate(keys):
            field = guess(words) if words and found[place] is None else None
            if field is not None and field not in found:
                found[place] = field
    return found


def with_header(sheet: Sheet, row: int | None) -> Sheet:
    """The table with its header in that row of the file; of its first rows the one that names most, where none is said.

    Titles, dates and logos stand above a header. A table in which nothing is named begins with its first row.

    Raises:
        BadColumns: no such row among the first ones.
    """
    lines = sheet.first_lines(HEADER_WITHIN)
    if row is None:
        return sheet.below(max(lines, key=lambda line: names_in(line[1])))
    line = next((line for line in lines if line[0] == row), None)
    if line is None:
        raise BadColumns(reason="no_such_row")
    return sheet.below(line)


def names_in(cells: Sequence[str]) -> int:
    """How many fields a line names when it is a header; one that names no phone is none."""
    found = guess_fields([cell if len(cell) <= LONGEST_NAME else "" for cell in cells])
    return len(found) - found.count(None) if "phone" in found else 0


def named_exactly(words: str) -> Field | None:
    return BY_HEADER_IN_ONE.get(words.replace(" ", ""))


def named_within(words: str) -> Field | None:
    """The field of the longest name that stands in the words."""
    within = [name for name in BY_HEADER if f" {name} " in f" {words} "]
    return BY_HEADER[max(within, key=len)] if within else None


def read_moment(text: str, *, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The moment, the day before the month as written here; None when it is none or not past."""
    moment = iso_moment(text) or day_first(text)
    if moment is None:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment.astimezone(UTC) if moment.year >= FIRST_YEAR and moment <= now else None


def iso_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def day_first(text: str) -> datetime | None:
    found = DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute = (int(part or 0) for part in found.groups())
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, minute)  # noqa: DTZ001 - its zone follows
    except ValueError:
        return None
