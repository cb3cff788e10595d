"""What stands right before a place in a text. Looking back over all of it from every place would take its square."""

import re
from typing import Final

REACH: Final = 80
"""How far words that tell what something is may stand before it."""


def before(text: str, at: int) -> str:
    """As much of the text before an offset as can tell what follows it."""
    return text[max(at - REACH, 0) : at]


def ends(expression: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The expression where it ends at the offset; it ends in `$`. What it looks behind at may be further off."""
    return expression.search(text, max(at - REACH, 0), at)
