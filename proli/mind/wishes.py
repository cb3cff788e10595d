"""A wished time as it is stored with a lead."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from proli.knowledge.wishes import TimeWish


def wish_json(wish: TimeWish) -> dict[str, Any]:
    """The wish as JSON; `days` only where words that contradict each other leave two of them open."""
    open_days = {"days": [day.isoformat() for day in wish.days]} if wish.days else {}
    return open_days | {
        "kind": wish.kind,
        "start": wish.start.isoformat() if wish.start else None,
        "end": wish.end.isoformat() if wish.end else None,
        "part": wish.part,
        "source": wish.source,
        "ambiguous": wish.ambiguous,
    }


def wish_from(stored: Mapping[str, Any]) -> TimeWish:
    return TimeWish(
        kind=stored["kind"],
        start=datetime.fromisoformat(stored["start"]) if stored["start"] else None,
        end=datetime.fromisoformat(stored["end"]) if stored["end"] else None,
        part=stored["part"],
        source=stored["source"],
        ambiguous=stored.get("ambiguous", False),
        days=tuple(map(date.fromisoformat, stored.get("days", ()))),
    )
