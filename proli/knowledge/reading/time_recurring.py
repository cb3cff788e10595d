"""How often something is wished for."""

from typing import Final

from proli.knowledge.reading.time_words import HE_WEEKDAYS, one_of, pattern
from proli.knowledge.text import fold

_HE: Final = one_of(HE_WEEKDAYS)
_CODES: Final = (
    ("biweekly", r"(?:פעם|אחת|ביקור) (?:ב|ל)-?(?:שבועיים|כל שבועיים|2 שבועות)|כל שבועיים|כל 2 שבועות"
        r"|every (?:two|2|other) weeks?|bi-?weekly|once in two weeks"),
    ("twice_weekly", r"פעמיים (?:ב|ל)(?:כל )?שבוע|2 פעמים בשבוע|twice a week|two times a week|два раза в неделю"
        r"|مرتين (?:بالاسبوع|في الأسبوع)"),
    ("bimonthly", r"פעם ב-?חודשיים|כל חודשיים|every (?:two|2) months"),
    ("quarterly", r"פעם ב-?(?:רבעון|שלושה חודשים|3 חודשים)|כל (?:רבעון|שלושה חודשים|3 חודשים)|quarterly"
        r"|every (?:three|3) months"),
    ("yearly", r"(?:פעם|אחת) (?:ב|ל)-?שנה|כל שנה|once a year|yearly|annual(?:ly)?"),
    ("monthly", r"(?:פעם|אחת) (?:ב|ל)-?חודש|(?<!משכורת )כל חודש|חודשי קבוע|once a month|monthly|every month"
        r"|раз в месяц|كل شهر"),
    (
        "weekly",
        rf"(?:פעם|אחת|יום) (?:ב|ל)-?שבוע(?! (?:הבא|הקרוב|שעבר))|(?:ב?כל|מדי) (?:שבוע"
            rf"|(?:יום )?(?:{_HE})|יום [א-ו]'?)(?! ש|\w)|שבועית? קבוע\w*|באופן שבועי"
        r"|once a week|weekly|every (?:week|\w+day)(?! (?:works|is))|on (?:sun|mon|tues|wednes"
            r"|thurs|fri|satur)days|раз в неделю|каждую неделю|كل (?:اسبوع|أسبوع)",
    ),
    ("daily", r"יום יום קבוע|פעם ביום|once a day|daily|раз в день"),
)  # fmt: skip
_PATTERNS: Final = tuple((code, pattern(source)) for code, source in _CODES)
_TROUBLE: Final = pattern(
    r"(?:מ|נ|ת|י)?(?:קופץ|נסתם|נתקע|נופל|מפסיק|נשבר|מתקלקל|נכבה|מטפטף)\w*|\w*קורה|breaks|stops"
    r"|trips|clogs|שמירה|חשבון|משלמ\w+|לחודש"
)


def find_recurring(text: str) -> str | None:
    """ "weekly", "twice_weekly", "biweekly", "monthly" and so on; None when the text asks for one time only."""
    folded = fold(text)
    if _TROUBLE.search(folded):
        return None
    return next((code for code, expression in _PATTERNS if expression.search(folded)), None)
