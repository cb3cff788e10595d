"""Near days as their reader calls them: "מחר" that has waited past midnight is "היום"."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.knowledge.text import isolate
from proli.playbooks.words import NEAR, say_date

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "he": (*NEAR["he"], "מחרתיים"),
    "en": (*NEAR["en"], "the day after tomorrow"),
    "ru": ("сегодня", "завтра", "послезавтра"),
    "ar": ("اليوم", "غدا", "بعد غد"),
}
"""What today and the days after it are called."""
SAID: Final = {word: (language, ahead) for language, words in WORDS.items() for ahead, word in enumerate(words)}
_ANY: Final = "|".join(sorted(map(re.escape, SAID), key=len, reverse=True))
_OURS: Final = re.compile(f"\u2068({_ANY})\u2069")
_FREE: Final = re.compile(
    r"(?P<theirs>[\u2066\u2068][^\u2066-\u2069]*\u2069|״[^״\n]*״|\"[^\"\n]*\")"
    rf"|(?<!\w)(?P<before>ו?ש?[לבמ]?)(?P<word>{_ANY})(?!\w)(?! (?:הזה|בשבוע|של)(?!\w))",
    re.IGNORECASE,
)


def as_read(text: str, *, written_at: datetime, now: datetime, zone: ZoneInfo, free: bool) -> str:
    """The text with the near days of when it was written as they are called now.

    In texts of ours they are known by their isolates. With `free`, for what a model wrote, all that stand outside of
    quotes are meant.
    """
    written, today = written_at.astimezone(zone).date(), now.astimezone(zone).date()
    if written == today:
        return text
    ours = _OURS.sub(lambda found: isolate(_now(found[1], written, today)), text)
    return _FREE.sub(lambda found: _freely(found, written, today), ours) if free else ours


def _freely(found: re.Match[str], written: date, today: date) -> str:
    return found[0] if found["word"] is None else f"{found['before']}{_now(found['word'], written, today)}"


def _now(word: str, written: date, today: date) -> str:
    language, ahead = SAID[word.lower()]
    day = written + timedelta(days=ahead)
    left, words = (day - today).days, WORDS[language]
    return words[left] if 0 <= left < len(NEAR["he"]) else say_date(day, language)
