"""Lines copied out of a chat carry who wrote them and when: "[15:42, 28.11.2026] נועם לוי: ...". None of it is said."""

import re
from datetime import datetime
from typing import Final

from proli.knowledge.text import without_marks

_DATE: Final = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_HALF: Final = r"(?:\s?(?:[ap]\.?m\.?|אחה[\"״]צ|לפנה[\"״]צ|PM|AM))?"
_TIME: Final = rf"\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?{_HALF}"
_BOTH: Final = rf"(?:(?P<date>{_DATE}),?\s{{1,2}}(?P<time>{_TIME})|(?P<time2>{_TIME}),?\s{{1,2}}(?P<date2>{_DATE}))"
_NAME: Final = r"[^\s:\[\]\n][^:\[\]\n]{0,59}:(?:\s|$)"
_BRACKETED: Final = rf"\[{_BOTH}\][ ]?(?:~ ?)?(?:{_NAME})?"
"""Of the desktop, the web and the iPhone: it may stand anywhere in a text that was copied."""
_OPENING: Final = rf"(?m:^)[ ]?{_BOTH.replace('<date', '<d').replace('<time', '<t')}\s[-–][ ](?:~ ?)?(?:{_NAME})?"
"""Of Android, at the start of a line."""
_SIGNED: Final = (
    r"(?m:^)[^\[\]\n:]{1,40}, \[" + _BOTH.replace("<date", "<dd").replace("<time", "<tt") + r"\]:?(?:[ \n]|$)"
)
"""Of Telegram, on a line of its own."""
_HEADER: Final = re.compile(f"{_BRACKETED}|{_OPENING}|{_SIGNED}", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"\d+")
_LATER: Final = re.compile(r"p\.?m|אחה", re.IGNORECASE)


def read_copied(text: str) -> list[tuple[str, datetime | None]]:
    """The pieces of a text without the headers, each with the wall time its header tells; None where there is none."""
    plain = without_marks(text)
    found = list(_HEADER.finditer(plain))
    if not found:
        return [(text, None)]
    pieces = [(plain[: found[0].start()], None), *_under(plain, found)]
    return [(piece.strip(), at) for piece, at in pieces if piece.strip()]


def without_headers(text: str) -> str:
    """What was said of a text that was copied out of a chat, a line a message; any other text as it is."""
    pieces = read_copied(text)
    return pieces[0][0] if len(pieces) == 1 else "\n".join(piece for piece, _ in pieces)


def _under(plain: str, found: list[re.Match[str]]) -> list[tuple[str, datetime | None]]:
    """What stands under each header."""
    ends = [*(header.start() for header in found[1:]), len(plain)]
    return [(plain[header.end() : end], _moment(header)) for header, end in zip(found, ends, strict=True)]


def _moment(header: re.Match[str]) -> datetime | None:
    """The wall time of a header, read with the day first unless it cannot be."""
    groups = header.groupdict()
    told_on = next(groups[name] for name in ("date", "date2", "d", "d2", "dd", "dd2") if groups[name])
    told_at = next(groups[name] for name in ("time", "time2", "t", "t2", "tt", "tt2") if groups[name])
    first, second, third = (int(number) for number in _NUMBERS.findall(told_on))
    hour, minute, *_ = (int(number) for number in _NUMBERS.findall(told_at))
    if _LATER.search(told_at) and hour < 12:
        hour += 12
    year, month, day = (first, second, third) if first > 31 else (third, second, first)
    for named, numbered in ((month, day), (day, month)):
        try:
            return datetime(year if year > 99 else 2000 + year, named, numbered, hour, minute)  # noqa: DTZ001 - a wall time
        except ValueError:
            continue
    return None
