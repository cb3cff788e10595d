"""Somebody asks for the visits of a day of theirs: "מה יש לי מחר?", "תשלח לי את מחר", "מה הלו"ז להיום"."""

from typing import Final

from proli.knowledge.reading.lexicon import word_set
from proli.knowledge.text import fold, skeleton, tokens

_DAYS: Final = {"היום": 0, "today": 0, "מחר": 1, "tomorrow": 1, "מחרתיים": 2}
_AHEAD: Final = {
    skeleton(fold(prefix + day)): ahead for day, ahead in _DAYS.items() for prefix in ("", "ל", "של", "ב", "מה")
}
_AHEAD_EN: Final = {"today's": 0, "tomorrow's": 1, "todays": 0, "tomorrows": 1}
_WANTS: Final = word_set(
    "מה מהו איזה אילו איך שלח שלחי שלחו תשלח תשלחי תשלחו לשלוח תן תני תנו תראה תראי תראו לראות לקבל תזכיר תזכירו "
    'לוז הלוז לו"ז הלו"ז סדר עבודות העבודות ביקורים הביקורים פגישות הפגישות קריאות הקריאות תורים התורים תוכנית התוכנית '
    "תכנית התכנית רשימה הרשימה יומן היומן "
    "what what's whats which send show give get jobs visits schedule agenda appointments list"
)
_LITTLE: Final = word_set(
    "לי יש את של שלי היי שלום אחי בבקשה תודה רגע אפשר יהיה קורה נראה קבוע מתוכנן ו אני סדר יום היום רק בעצם אז "
    "בוקר ערב טוב me my the do does i have got is on for of please hi hey can you look like am a to thanks s"
)
_FEW: Final = 9


def asks_for_day(text: str) -> int | None:
    """So many days ahead of today are the visits that somebody asks for; None when anything else is said."""
    words = [word.text for word in tokens(fold(text))]
    ahead = [day for word in words if (day := (_AHEAD | _AHEAD_EN).get(word)) is not None]
    if len(words) > _FEW or len(ahead) != 1 or not _WANTS & set(words):
        return None
    known = _WANTS | _LITTLE | _AHEAD.keys() | _AHEAD_EN.keys()
    return ahead[0] if all(word in known for word in words) else None
