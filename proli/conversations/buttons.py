"""Buttons below a message: what may be shown, and what comes back when one is tapped."""

import re
from dataclasses import dataclass
from typing import Final

MOST_BUTTONS: Final = 3
LONGEST_BUTTON: Final = 20
"""What every channel can show. Where one shows more, the words stay within it."""
ROW: Final = r"\d{1,18}"
DAY: Final = r"\d{4}-\d\d-\d\d"


@dataclass(frozen=True, slots=True)
class Button:
    """A tap the reader can make. `id` comes back with it."""

    id: str
    text: str


class Tap:
    """Ids of one kind of button, as "rate:12:5": made when it is shown, and read when it is tapped."""

    def __init__(self, kind: str, *values: str) -> None:
        """`values` are patterns of what stands in the id."""
        self.kind = kind
        self._pattern = re.compile(":".join([kind, *(f"({one})" for one in values)]))

    def id(self, *values: object) -> str:
        return ":".join([self.kind, *(str(one) for one in values)])

    def read(self, button_id: str | None) -> tuple[str, ...] | None:
        """The values of the button's id; None when it is of another kind, or there is none."""
        found = self._pattern.fullmatch(button_id or "")
        return None if found is None else found.groups()
