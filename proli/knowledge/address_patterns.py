"""How streets and houses are written: the patterns and word lists of `address`."""

import re
from typing import Final

from proli.knowledge.reading.changed_mind import CHANGED
from proli.knowledge.reading.lexicon import read_words, word_list
from proli.knowledge.reading.time_words import pattern

FINALS: Final = str.maketrans("ךםןףץ", "כמנפצ")
MARKER: Final = (
    r"(?P<marker>(?:на )?(?:улиц[аеы]|ул\.?|проспект[е]?|бульвар[е]?)(?!\w)|(?:ب|في )?شارع|ה?רחוב|[בל]רחוב|מרחוב|[בל]?רח'|רח\s|[בל]?שדרות|[בל]?שד'|[בל]?דרך|[בל]?סמטת"
    r"|[בל]?כיכר|[בל]?משעול|[בל]?שביל)"
)
KEPT_MARKERS: Final = frozenset("שדרות דרכ סמטת כיכר משעול שביל".split())  # noqa: SIM905
SETTLED_NAMES: Final = frozenset({"המושב", "הקיבוצ", "המושבה", "העיר", "הבנימ"})
SHOWN_MARKERS: Final = KEPT_MARKERS | {"דרך", "שדרות"}
WORD: Final = r"[^\W\d_]++(?:['\"-][^\W\d_]++)*+'?"
WORD_START: Final = r"(?<![^\W\d_])(?<![^\W\d_]['\"-])"
NUMBER: Final = (
    r"(?:(?:מס(?:פר|')?|בניין|בית|д\.?|дом|№|رقم|no\.?|number)\s?)?(?P<number>\d{1,3})(?P<letter>\s?[א-ד](?![\w'\"])(?!(?<=\s.) ?-? ?\d))?(?:/(?P<slash>\d{1,3}))?"
    r"(?![\d:.,%]\d|[\w%₪]|\s?[₪%])"
)
MARKED: Final = re.compile(
    rf"(?<![\w\"'])(?:{MARKER.translate(FINALS)})\s*(?P<name>{WORD}(?:[ ]{WORD}){{0,3}}?)"
    rf"(?:,? {NUMBER.translate(FINALS)}|(?=$|[,.;?!\n]|\s\x00))"
)
MARKED_BARE: Final = re.compile(rf"(?<![\w\"'])(?P<marker>ה?רחוב|[בל]רחוב|[בל]?רח')\s+(?P<name>{WORD}(?:[ ]{WORD})?)")
PLAIN: Final = re.compile(rf"{WORD_START}(?P<name>{WORD}(?:[ ]{WORD}){{0,4}}),? {NUMBER.translate(FINALS)}")
ENGLISH: Final = re.compile(
    rf"(?<![\w:.,/])(?P<number>\d{{1,3}}) (?P<name>{WORD}(?: {WORD})?) (?:st|street|ave|avenue|road|rd|blvd)(?!\w)"
    rf"|(?<!\w){WORD_START}(?P<name2>{WORD}(?: {WORD})?) (?:st|street|ave|avenue|road|rd|blvd)\.?,? (?P<number2>\d{{1,3}}[a-d]?)(?![\w:%])"
)
UNIT: Final = pattern(
    r"(?:אינץ'?|אינטש|inch\w*|\"|градус\w*|метр\w*|кв\.? ?м\w*|м2|квадрат\w*|миллион\w*|млн|hundred|thousand|million|point|נקודה|комнат\w*|шекел\w*|тысяч\w*|лет|час\w*|минут\w*|شيكل|غرف\w*|متر|ساعه|שח|רק|חדר\w*|חד'|מטר\w*|מ\"ר|ש\"?ח|שקל\w*|אלף|אלפים|מיליון|מליון|דקות|דקה|שעות|שעה|ימים|יום|שבועות|חודש\w*"
    r"|לחודש|שנים|שנה|קומות|אחוז\w*|איש|אנשים|נפשות|פעמים"
    r"|ליטר|ס\"?מ|ק\"?מ|כ\"?ס|כוח סוס|יחידות|מזגנים|מעלות|בבוקר|בערב|בצהרי?ים|בלילה|אחה\"?צ|אחר ה\w+|אחרי ה\w+"
    r"|ל?נובמבר|ב\w+בר|am|pm|rooms?|nis|k|minutes?|hours?|days?|years?|people)"
)
CORNER: Final = re.compile(
    rf"(?<=\w) (?:פינת|בפינת|פינה עם|corner of|угол) (?:רחוב )?{WORD}(?: {WORD})?(?=\s*[,.\n\d]|$)"
)
"""The other street of a corner: what comes before it is the address."""
HOUSE_ONLY: Final = pattern(
    r"(?:^|(?<=[,.\n]) ?|(?<=\s))ב?(?P<name>בית)\s(?:מס(?:פר|')?\s)?(?P<number>\d{1,3})(?! ?(?:חד|מטר|קומ))"
)
"""In a village without street names an answer is the number of a house."""
FARM: Final = pattern(r"[במ]?(?P<name>משק|נחלה|חלקה)\s(?:מס(?:פר|')?\s)?(?P<number>\d{1,3})")
LATIN: Final = re.compile(
    r"(?:^|[,.;\n]\s?|\bat )(?P<number>\d{1,3}[a-dA-D]?) (?P<name>[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+){0,2})(?![\w])"
)
LATIN_ASKED: Final = re.compile(
    r"^(?P<number>\d{1,3}[a-d]?) (?P<name>[a-z][a-z'’-]+(?: [a-z][a-z'’-]+){0,2})(?=\W*$|,| apt| floor)", re.IGNORECASE
)
INSTEAD: Final = re.compile(
    r"(?<!\w)(?:לא|not|не) (?P<old2>\d{1,3}),? (?:אלא |but |а )?(?:מספר )?(?P<new2>\d{1,3})(?![\d:])"
    r"|(?<![\d:])(?P<new>\d{1,3}),? (?:ו?לא|not|а не|не|مش) (?:ב|מספר )?(?P<old>\d{1,3})(?![\d:])(?!,? (?:אלא|but))"
)
SORRY_NUMBER: Final = pattern(
    rf"(?:{CHANGED}|סליחה|סורי|טעות|תיקון|התכוונתי|כלומר|sorry|i mean|i meant|actually|точнее|вернее|قصدي)(?: שלי| ל)?[\s,.:-]*(?:זה |מספר |ל-?|it's |number )?(?P<number>\d{{1,3}})"
)
STREET_BEFORE: Final = re.compile(r"(?:רחוב|רח'|שדרות|שד'|דרכ|כיכר)\s*$")
HOUSE: Final = re.compile(r" \d{1,3}(?![\d:.])")
BEFORE_NAME: Final = re.compile(
    r"^(?:(?:א+ה+|א+מ+|uh+|um+|on|at|it's|its|we're|i'm|this is|на|это)[\s,]+)+(?=\w)", re.IGNORECASE
)
"""Sounds and small words that lead up to the name of a street and are none of it."""
NOT_BARE: Final = read_words("not_names.txt") | word_list("not_a_name") | word_list("no_bare_street")
NO_STREET: Final = word_list("no_street")
TITLES: Final = word_list("street_first_words")
B_STREETS: Final = word_list("streets_in_b")
HOME: Final = word_list("living")
OF_HOME: Final = word_list("property") | frozenset({"הדירה", "הבית", "הנכס", "המשרד", "החנות", "שלי", "שלנו", "בדירה"})
LIFTED: Final = frozenset({"איסופ", "האיסופ", "לאסופ", "פינוי", "הפינוי", "ההובלה", "הובלה", "פריקה", "הפריקה"})
SEARCH: Final = pattern(r"מחפש\w*|לקנות|לשכור|לקניי?ה|שכירות|להשכרה|למכירה|חדרים|תקציב|משכנתא")
