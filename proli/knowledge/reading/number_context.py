"""Which number words of a text surely are numbers, and not hours, weekdays, names or "one of us"."""

import re
from dataclasses import dataclass
from typing import Final

from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.reading.number_words import (
    ENGLISH_UNITS,
    NUMBER_WORDS,
    THOUSANDS,
    Reading,
    Word,
    read_english,
    read_hebrew,
    read_russian,
)
from proli.knowledge.reading.time_words import pattern
from proli.knowledge.text import fold


@dataclass(frozen=True, slots=True)
class Spelt:
    """What is to be written in place of `start` to `end`."""

    digits: str
    start: int
    end: int


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


_UNITS: Final = _set(
    'מטר מטרים מ"ר ש"ח שח שקל שקלים אלף מיליון מליון מיל מ\' אחוז איש ק"מ ס"מ ליטר חד\' חד ח\' חדר חדרי שנה יום חודש'
    " דונם דולר יורו אירו אמפר כיווני בני נקודה דירות לחודש בחודש room rooms bedroom bedrooms bed br million m k nis"
    " shekels shekel floors meters sqm ac acs units people windows outlets"
)
_COUNTED: Final = re.compile(r"[א-ת]{2,}(?:ימ|ות)$")
_NOT_COUNTED: Final = pattern(
    r"[בלמ]?ה?צהרי?ים|ל\w+ות|מתאים|פנויים|זמינים|אתם|בינתיים|פחות|יכולים|יכולות|נמצאים|חייבים|רוצים|רוצות|צריכים"
    r"|מחפשים|גרים|חיים|רבעים|שערים|פעמים|אחוזים|ימים טובים"
)
_NUMBERED: Final = _set(
    "קומה דירה מספר מס מס' כניסה בניין בנין בית בקומה בדירה בבית בכניסה בבניין גיל floor apartment apt flat unit"
    " entrance number house building квартира квартире кв дом доме номер подъезд"
)
_AFTER_HOUSE: Final = _set(
    "קומה דירה כניסה בקומה בדירה בכניסה דירת apartment apt flat floor entrance квартира кв подъезд"
)
_STREETS: Final = _set(
    "רחוב ברחוב הרחוב מרחוב לרחוב רח ברח רח' ברח' שדרות בשדרות דרך בדרך סמטת כיכר שד' בשד' улица улице ул проспект"
    " проспекте бульвар бульваре"
)
_ROADS: Final = _set("street st avenue ave road rd boulevard blvd lane")
"""Behind the name of a street, where the others stand before it."""
_BESIDE_HOUSE: Final = _AFTER_HOUSE | _set("מחר היום תודה בבקשה please thanks tomorrow today спасибо завтра")
_NAMES: Final = _set("באר קרית קריית קרייה בת בקרית בקריית לקרית לקריית מקרית מקריית ובאר ובקרית בבאר לבאר מבאר")
_HOURLY: Final = _set("שעה בשעה השעה לשעה משעה יום ביום ליום מיום וביום יומ")
_TIMES: Final = _set("היום מחר מחרתיים הערב הבוקר ראשון שלישי רביעי חמישי שישי שבת בערך בסביבות סביבות לקראת אחרי לפני")
_NO_NAME: Final = (
    word_list("no_street")
    | _NAMES
    | _HOURLY
    | _TIMES
    | _set(
        "אף שום איזה עוד קומה כל לכל בכל מכל רק הזה הזאת не надо в с к на no not any each every this that which first second"
        " third last next previous other another past half only just"
    )
)
"""Words that end no name of a street."""
_IDIOM: Final = re.compile(r"(?:מאה (?:אחוז|שערימ|פעמ)|אלפ (?:תודות|פעמ|ואחת|אחוז)|ששת הימימ|חמש\w* חושי)")
_JOINT: Final = re.compile(r"\s*(?:-|/|,)\s*|\s(?:או|עד|ועד|to|or)\s(?:ל-?)?|\s(?=ל)")
_PART_OF_DAY: Final = pattern(r"בבוקר|בערב|בלילה|בצהריים|בצהרים|אחרי|אחה\"?צ|לפנות|לפני")
_MINUTES: Final = frozenset((5, 10, 15, 20, 25))


def sure_numbers(folded: str, words: list[Word], *, asked: bool, house: bool = False) -> list[Spelt]:
    """The numbers in words that surely are numbers, in reading order; all of them when a number was asked for.

    `house` says that the text answers where to come, so that a number behind a name is that of the house.
    """
    sure: list[Spelt] = []
    following: Reading | None = None
    for reading in reversed(read_all(words)):
        leads = following if following and _leads_to(folded, words, reading, following) else None
        if following and _is_point(folded, words, reading, following):
            sure.append(Spelt(str(reading.value), words[reading.first].start, words[reading.last - 1].end))
            following = reading
            continue
        if leads or asked or _is_sure(folded, words, reading) or (house and _is_house(folded, words, reading)):
            sure.append(_spelt(words, reading, leads, asked=asked))
            following = reading
        else:
            following = None
    return sure[::-1]


def read_all(words: list[Word]) -> list[Reading]:
    """Every number in words, whatever it means; the scale of a number in digits ("6 אלף") is none."""
    readings: list[Reading] = []
    at = 0
    while at < len(words):
        reading = None if _is_scale(words, at) else _reading_at(words, at)
        if reading:
            readings.append(reading)
        at = reading.last if reading else at + 1
    return readings


def _reading_at(words: list[Word], at: int) -> Reading | None:
    return read_hebrew(words, at) or read_english(words, at) or read_russian(words, at)


def _is_scale(words: list[Word], at: int) -> bool:
    before = _word(words, at - 1)
    return words[at].text in THOUSANDS and (before[:1].isdigit() or before in ("חצי", "וחצי", "רבע"))


def _word(words: list[Word], at: int) -> str:
    return words[at].text if 0 <= at < len(words) else ""


def _half(words: list[Word], reading: Reading) -> int:
    """How many words "and a half" takes after the number."""
    if _word(words, reading.last) == "וחצי":
        return 1
    texts = [word.text for word in words[reading.last : reading.last + 3]]
    return 3 if texts == ["and", "a", "half"] else 0


def _is_counted(words: list[Word], at: int) -> bool:
    word = _word(words, at)
    if word in _UNITS:
        return True
    return bool(_COUNTED.match(word) and not _NOT_COUNTED.fullmatch(word) and not read_hebrew(words, at))


def _is_sure(folded: str, words: list[Word], reading: Reading) -> bool:
    before, after = _word(words, reading.first - 1), _word(words, reading.last)
    if before in _NAMES or before in _HOURLY or _IDIOM.match(folded, words[reading.first].start):
        return False
    if _is_clock(words, reading):
        return False
    if _is_counted(words, reading.last + _half(words, reading)):
        return reading.value > 1 or reading.form == "compound" or _half(words, reading) > 0
    if _is_numbered(words, reading, before, after) and not _is_apart(folded, words, reading):
        return True
    if _is_foreign(words, reading) and (reading.form != "compound" or "а" <= words[reading.first].text[0] <= "я"):
        return False
    if reading.prefix not in ("", "ו") and reading.value <= 24:
        return False
    if reading.form == "compound":
        return not (reading.value <= 24 and _PART_OF_DAY.match(after))
    return reading.form == "masculine" and reading.value not in (1, 2, 7)


def _is_clock(words: list[Word], reading: Reading) -> bool:
    """Minutes to an hour or past one: "עשרים לשמונה", "שמונה ועשרים", "two thirty"."""
    if reading.value < 60 and _word(words, reading.first - 1) in ENGLISH_UNITS:
        return True
    if reading.value in _MINUTES and _word(words, reading.last).startswith("ל"):
        hour = read_hebrew(words, reading.last)
        if hour and hour.value <= 12 and not _is_counted(words, hour.last):
            return True
    if reading.prefix != "ו" or reading.value not in _MINUTES or not reading.first:
        return False
    past = read_hebrew(words, reading.first - 1)
    return past is not None and past.value <= 12 and not _is_counted(words, reading.last)


def _is_numbered(words: list[Word], reading: Reading, before: str, after: str) -> bool:
    """A floor, a flat or a house of a street."""
    if reading.prefix or reading.form == "construct" or _word(words, reading.last) == "וחצי":
        return False
    if before in _NUMBERED:
        return reading.value > 1 or not after or before.startswith("מס") or after in _AFTER_HOUSE
    if _PART_OF_DAY.match(after) or before in _TIMES:
        return False
    if reading.value > 1 and after in _AFTER_HOUSE and before:
        return True
    if before in _ROADS and reading.first > 1 and reading.value != 1:
        return True
    return any(_word(words, at) in _STREETS for at in range(max(reading.first - 4, 0), reading.first - 1))


def _is_apart(folded: str, words: list[Word], reading: Reading) -> bool:
    """Whether a comma parts the number from the road before it: "another street, two towns"."""
    return _word(words, reading.first - 1) in _ROADS and folded[words[reading.first - 1].end] == ","


def _is_foreign(words: list[Word], reading: Reading) -> bool:
    return not "א" <= words[reading.first].text[0] <= "ת"


def _is_house(folded: str, words: list[Word], reading: Reading) -> bool:
    """The number ends what is told of a street: "הבנים שש", "moriah fifteen, apartment two"."""
    before, after = _word(words, reading.first - 1), _word(words, reading.last)
    if not before or before[0].isdigit() or before in NUMBER_WORDS or _is_clock(words, reading):
        return False
    if before in _NO_NAME or before.lstrip("במלוה") in _NO_NAME:
        return False
    if reading.prefix or reading.form == "construct" or _half(words, reading) or _word(words, reading.first) == "one":
        return False
    if folded[words[reading.first - 1].end : words[reading.first].start] not in (" ", ", "):
        return False
    return not after or after in _BESIDE_HOUSE or folded[words[reading.last - 1].end] in ",.;!?\n"


def _leads_to(folded: str, words: list[Word], reading: Reading, following: Reading) -> bool:
    """The number is the lower end of a span whose upper end is sure: "three to four rooms", "five, six thousand"."""
    before = _word(words, reading.first - 1)
    if before in _NAMES or before in _HOURLY or reading.value >= _in_units_of(reading, following):
        return False
    last = reading.last + _half(words, reading)
    gap = folded[words[last - 1].end : words[following.first].start]
    if gap == " " and not following.prefix:
        return _in_units_of(reading, following) - reading.value <= 2 and _is_amount(words, following)
    return bool(_JOINT.fullmatch(gap)) or following.prefix == "ל" or (gap == " and " and before == "between")


def _is_point(folded: str, words: list[Word], reading: Reading, following: Reading) -> bool:
    """The whole of a number of which the tenths follow: "one point nine million"."""
    gap = folded[words[reading.last - 1].end : words[following.first].start]
    return gap in (" point ", " נקודה ") and not reading.prefix and following.value < 100


def _in_units_of(reading: Reading, following: Reading) -> int:
    """The upper end in the units of the lower: six of "five, six thousand"."""
    return following.value // 1000 if _is_thousands(reading, following) else following.value


def _is_thousands(reading: Reading, following: Reading) -> bool:
    return reading.value < 100 and following.value >= 1000 and following.value % 1000 == 0


def _is_amount(words: list[Word], following: Reading) -> bool:
    return following.form == "compound" or _is_counted(words, following.last + _half(words, following))


def _spelt(words: list[Word], reading: Reading, leads: Reading | None, *, asked: bool) -> Spelt:
    """The number in digits, in the units of the upper end of its span, if it has one."""
    half = _half(words, reading) if reading.value < 1000 else 0
    if half and not (leads or asked or reading.form == "masculine" or _is_counted(words, reading.last + half)):
        half = 0
    value = reading.value * 1000 + 500 * bool(half) if leads and _is_thousands(reading, leads) else reading.value
    digits = f"{value}.5" if half and value == reading.value else str(value)
    if reading.prefix:
        digits = f"{reading.prefix}-{digits}"
    last = reading.last + half
    start, end = words[reading.first].start, words[last - 1].end
    if leads and last == leads.first and not leads.prefix:
        return Spelt(f"{digits}-", start, words[leads.first].start)
    return Spelt(digits, start, end)
