"""A thing among several that were just told is named by its place: "הראשון", "לשני", "the last one"."""

import re
from typing import Final

from proli.knowledge.reading.lexicon import word_set
from proli.knowledge.text import fold, tokens

_PLACES: Final = ("ראשונ|ראשונה", "שני|שניה|שנייה", "שלישי|שלישית")
_PLACES_EN: Final = ("first|1st", "second|2nd", "third|3rd")
_LAST: Final = "אחרונ|אחרונה"
_LITTLE: Final = word_set(
    "את של אצל אל עם זה זאת הוא היא אני מתכוון מתכוונת התכוונתי בבקשה תודה אחי ביקור הביקור לביקור עבודה העבודה לעבודה "
    "הלקוח הלקוחה ללקוח ללקוחה the one visit job to for of at please thanks it's its i mean meant"
)
_FEW: Final = 5


def find_place(text: str, *, count: int, may_be_day: bool = False) -> int | None:
    """The place, from zero, among `count` things; None when the words say more, or name none of them. A word that may
    as well be a day of the week is none where days are spoken of, but with "the".
    """
    words = [word.text for word in tokens(fold(text))]
    named = [place for word in words if (place := _place(word, count, may_be_day=may_be_day)) is not None]
    plain = [word for word in words if _place(word, count, may_be_day=may_be_day) is None]
    if "?" in text or len(words) > _FEW or len(named) != 1 or any(word not in _LITTLE for word in plain):
        return None
    return named[0] if 0 <= named[0] < count else None


def _place(word: str, count: int, *, may_be_day: bool) -> int | None:
    prefix = "[לבש]?ה" if may_be_day else "(?:[לבש]ה|[להש])"
    for at, (hebrew, english) in enumerate(zip(_PLACES, _PLACES_EN, strict=True)):
        if re.fullmatch(rf"{prefix}(?:{hebrew})|{english}", word):
            return at
    return count - 1 if re.fullmatch(rf"(?:[לבש]ה|[להש])(?:{_LAST})|last", word) else None
