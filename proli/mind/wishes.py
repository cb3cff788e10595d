"""A wished time as it is stored with a lead."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from proli.knowledge.exclusions import Excluded, excluded_from
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


def with_excluded(wish: Mapping[str, Any], *, before: Mapping[str, Any] | None, now_said: Excluded) -> dict[str, Any]:
    """The stored wish with what will not do: as said with it, and as said before of days that it does not name."""
    kept, start = excluded_from((before or {}).get("besides")), wish.get("start")
    if start is not None and wish["kind"] in ("exact", "day", "part", "range", "after", "before"):
        kept = kept.without(datetime.fromisoformat(start), exact=wish["kind"] == "exact")
    kept = kept.besides(now_said)
    return {**wish, "besides": kept.as_json()} if kept else dict(wish)


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
