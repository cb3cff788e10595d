"""Whether whoever is asked to come is told that it is urgent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from proli.knowledge.trades import URGENT, find_urgency


def is_pressing(
    *, urgency: str, words: str, wish: Mapping[str, Any] | None, starts_at: datetime, zone: ZoneInfo, now: datetime
) -> bool:
    """Whether a request is in danger, was called urgent in its customer's words, or is wanted at once or today.

    What is mostly urgent of its kind, as a leak is, and is wanted for tomorrow or later can wait like any other.
    """
    if urgency not in URGENT:
        return False
    today = starts_at.astimezone(zone).date() == now.astimezone(zone).date()
    at_once = wish is not None and wish.get("kind") == "asap"
    return urgency == "emergency" or today or at_once or find_urgency(words) in URGENT
