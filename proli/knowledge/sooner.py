"""Somebody would like their visit sooner, and tells no time: "אין יותר מוקדם?", "can he come sooner?"."""

import re
from typing import Final

from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.reading.time_words import fold_source
from proli.knowledge.text import fold, tokens

_LONGEST: Final = 120
_ASKS: Final = re.compile(
    fold_source(
        r"(?<!\w)(?:אין|יש|אפשר|ניתן|יהיה|להיות|תוכל\w*|יוכל|יכול\w*|נוכל|אולי|אשמח|צריכ\w*|רוצ\w+|עדיפ|[יתנ]בוא\w*|[יתנ]גיע\w*|לבוא"
        r"|להגיע|ש[יתנ]בוא\w*|ש[יתנ]גיע\w*|משהו|תור|מועד|שעה|זמן|ו?מה עם|לא)(?: [^\s,.;!?]+){0,3} "
        r"(?:יותר מוקדמ\w*|מוקדמ\w* יותר|יותר מהר|מוקדמ\w* מזה|לפני זה|לפני כן)(?!\w)"
        r"|^(?:ו?(?:אולי )?(?:יותר מוקדמ\w*|מוקדמ\w* יותר|יותר מהר)) ?\?"
        r"|(?<!\w)(?:להקדים|[תנ]קדי(?:מ\w*)|שיקדימ\w*)"
        r"(?= (?:את )?(?:ה?(?:ביקור|תור|הגעה|פגישה)|זה|קצת|טיפה)| ?[?.!]| ?$)"
        r"|(?<!\w)(?:can|could|would|any\w*|some\w*|nothing|is|there|possible|prefer|need|want|come|slots?|times?"
        r"|appointments?|maybe)(?: [^\s,.;!?]+){0,5} (?:earlier|sooner)(?! today i)(?!\w)"
        r"|^(?:earlier|sooner) ?\?"
        r"|(?<!\w)(?:можно|нельзя|есть|нет|может\w*|могли|хотелось|хочу|нужно|что-то|ничего|получится)"
        r"(?: [^\s,.;!?]+){0,4} (?:раньше|пораньше|быстрее)(?!\w)|^(?:раньше|пораньше) ?\?"
        r"|(?<!\w)(?:ممكن|في|فيه|بدي|بقدر|يقدر|ما)(?: [^\s,.;!?]+){0,4} (?:ابكر|أبكر|بدري|قبل هيك|اسرع|أسرع)(?!\w)"
    )
)
_NOT: Final = word_list("negations") - {"אינ", "no"} | frozenset({"שלא", "ולא"})
_WAS: Final = re.compile(
    r"(?<!\w)(?:התקשרתי|כתבתי|אמרתי|שאלתי|ביקשתי|הזמנתי|הייתי|היה|היתה|הייתה|היו|התחיל\w*|was|were|had|called|wrote|said|asked|ordered)(?!\w)"
)


def asks_sooner(text: str) -> bool:
    """Whether the words ask for an earlier visit; "not earlier" asks for none, "can't it be earlier?" does."""
    folded = fold(text[:_LONGEST])
    if len(text) > _LONGEST or _ASKS.search(folded) is None or _WAS.search(folded) is not None:
        return False
    return "?" in text or not any(word.text in _NOT for word in tokens(folded))
