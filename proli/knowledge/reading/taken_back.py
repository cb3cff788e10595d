"""Times that are named because they are not meant: "not Wednesday, Thursday"."""

import re
from typing import Final

from proli.knowledge.text import normalise

_DAY: Final = (
    r"(?:יום )?[בלה]?(?:יום )?(?:ראשון|שני|שלישי|רביעי|חמישי|שישי|שבת|היום|מחרתיים|מחר|\d{1,2}(?:[:.]\d{2})?)(?![\w:])"
)
_TAKEN_BACK: Final = re.compile(
    rf"(?:^|[\s,.!])(?:ו?לא {_DAY}|not (?:on |at |the )?\w|не (?:в|во|на) |(?:مش|ليس|لا) (?:يوم |ال))", re.IGNORECASE
)
"""A time is named that is not meant: "לא רביעי, חמישי"."""
_APART: Final = re.compile(rf"(?P<not>(?:^|[\s,.!])לא {_DAY}),? (?={_DAY})|(?P<meant>{_DAY}),? ו(?=לא {_DAY})")


def takes_back(text: str) -> bool:
    """Whether the text names a time that is not meant."""
    return bool(_TAKEN_BACK.search(normalise(text)))


def told_apart(text: str) -> str:
    """The text with a comma between the time that is not meant and the one that is."""
    return _APART.sub(lambda found: f"{found['not'] or found['meant']}, ", text)
