"""Whether somebody asks when a visit that they have is: "מתי הוא בא לנזילה?"."""

import re
from typing import Final

from proli.knowledge.reading.time_words import fold_source
from proli.knowledge.text import fold

_LONGEST: Final = 80
_WHEN: Final = re.compile(
    fold_source(
        r"(?<!\w)[ושא]?ז?(?:מתי|ב?איז[הו] (?:שעה|יום)|מה השעה|לאיז[הו] שעה"
        r"|when|what (?:time|day)|когда|во сколько|متى|[اإ]يمتى|امتى)(?!\w)"
    )
)
_COMES: Final = re.compile(
    fold_source(
        r"(?<!\w)[השו]?(?:בא|באה|באים|יבוא|תבוא|יבואו|תבואו|מגיע\w*|יגיע\w*|תגיע\w*|הגעה|ביקור\w*|תור|פגיש\w+|טכנאי\w*|אינסטלטור\w*|חשמלאי\w*"
        r"|מנעול\w+|קבענו|קבעתם|קבעתי|נקבע\w*|קבוע\w*|אמור\w*|comes?|coming|arriv\w+|visit|appointment|technician|plumber|electrician|locksmith"
        r"|приед\w+|прид[её]т|визит|ييجي|يجي|الموعد|الزيارة|بيجي)(?!\w)"
    )
)
_WISHES: Final = re.compile(
    fold_source(
        r"(?<!\w)(?:אפשר|ניתן|תוכל\w*|יכול\w*|פנוי\w*|נוח|can|could|available|free|soonest|можете|можно|ممكن|بتقدر\w*)(?!\w)"
    )
)


def asks_when(text: str) -> bool:
    """Whether all that is asked is when it is; who asks when somebody can come wants a time."""
    folded = fold(text)
    if len(folded) > _LONGEST or _WISHES.search(folded):
        return False
    when = _WHEN.search(folded)
    return when is not None and _COMES.search(folded, when.end()) is not None
