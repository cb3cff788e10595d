"""What a lead keeps of a wished time."""

from datetime import datetime
from typing import Any


def exact_wish(start: datetime) -> dict[str, Any]:
    """The wish for one moment."""
    return {"kind": "exact", "start": start.isoformat(), "end": None, "part": None, "source": ""}
