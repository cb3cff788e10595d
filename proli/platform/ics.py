"""Calendar files as RFC 5545 wants them: lines of at most 75 octets, text escaped, times in UTC."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

LONGEST_LINE: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. The same `uid` with a higher `sequence` replaces what a calendar had before."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    sequence: int = 0


def calendar_file(events: Sequence[Event], *, name: str, now: datetime) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Proli//Proli//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{text(name)}",
    ]
    for event in events:
        lines += entry(event, now=now)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line)).encode()


def entry(event: Event, *, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{moment(now)}",
        f"DTSTART:{moment(event.starts_at)}",
        f"DTEND:{moment(event.ends_at)}",
        f"SEQUENCE:{event.sequence}",
        f"SUMMARY:{text(event.summary)}",
        *([f"LOCATION:{text(event.location)}"] if event.location else []),
        *([f"DESCRIPTION:{text(event.description)}"] if event.description else []),
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def text(words: str) -> str:
    """The words as a value: control characters, which no calendar takes, are gone."""
    kept = "".join(letter for letter in words if letter == "\n" or letter.isprintable())
    return kept.translate(_ESCAPES)


def folded(line: str) -> Iterable[str]:
    """The line in parts of at most 75 octets, none of which cuts a letter; the following ones begin with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
