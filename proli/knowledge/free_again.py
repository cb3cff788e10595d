"""Somebody who was busy is free after all: "התפניתי", "סיימתי מוקדם, אני פנוי", "I'm free now"."""

import re
from typing import Final

from proli.knowledge.reading.lexicon import word_list
from proli.knowledge.text import fold, tokens

_OPENS: Final = (
    r"(?:^|[,.;!\n-] ?|(?<!\w)ו(?=פנו|זמי)|(?<!\w)(?:אני|ואני|כבר|שוב|עכשיו|היומ|בסופ|דווקא|מוקדמ|כנ|אז|חזרתי|היי|אחי"
    r"|i'm|im|i am|now|again|and) )"
)
_FREE: Final = re.compile(
    rf"(?<!\w)(?:התפניתי|השתחררתי|נהייתי פנויה?|התפנה לי|התבטל לי)(?!\w)|{_OPENS}(?:כבר |שוב |כנ |עכשיו |היומ )*"
    r"(?:פנויה?|זמינה?|free|available|not busy|no longer busy|(?:כבר )?לא (?:עסוקה?|תפוסה?))(?!\w)"
)
_BUSY_OVER: Final = re.compile(
    r"(?<!\w)(?:תבטלו?|תבטלי|לבטל|תורידו?|תמחקו?)(?: לי)? את (?:השעות|החסימה|התפוס|העסוק)\w*|\bcancel my busy hours\b"
)
_NOT: Final = re.compile(r"(?<!\w)(?:לא|אינ|not|never)(?: \w+)? ?$")
_OTHERS: Final = re.compile(r"(?<!\w)(?:ה?לקוחה?|היא|הוא|ה?תור|customer|she|he|they)(?!\w)")
_FEW: Final = 9


def says_free(text: str) -> bool:
    """Whether the speaker can work again, and neither asks, doubts it, nor speaks of somebody else."""
    folded, words = fold(text), [word.text for word in tokens(text)]
    if "?" in text or len(words) > _FEW or set(words) & word_list("unsure") or _OTHERS.search(folded) is not None:
        return False
    if _BUSY_OVER.search(folded) is not None:
        return True
    return any(_NOT.search(folded[: found.start()]) is None for found in _FREE.finditer(folded))
