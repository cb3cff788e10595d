"""Words that are those of a button which we have sent: they are a tap while the button is of use."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from proli.knowledge.text import fold

LONGEST_LABEL: Final = 40
MENUS_BACK: Final = 5
"""Buttons above so many messages of ours are not looked for."""
OF_USE: Final = timedelta(days=1)
"""So long a label is known after we have said something else, where it is more than a word that may answer that too."""
_NO_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Menu:
    """A message of ours with the buttons below it, which may be none."""

    buttons: Sequence[Mapping[str, Any]]
    sent_at: datetime


def find_labelled(text: str, said: Sequence[Menu], *, at: datetime) -> str | None:
    """The button whose words these are, among those sent last; `said` is what we said, newest first."""
    words = plain_words(text) if len(text) <= LONGEST_LABEL else ""
    back, menu = next(((back, one) for back, one in enumerate(said) if one.buttons), (0, None))
    if menu is None or not words or (back and (" " not in words or at - menu.sent_at > OF_USE)):
        return None
    fits = [str(button["id"]) for button in menu.buttons if plain_words(str(button["text"])) == words]
    return fits[0] if len(fits) == 1 else None


def plain_words(text: str) -> str:
    """The words alone, whatever their case and the signs between them."""
    return _NO_WORDS.sub(" ", fold(text)).strip()
