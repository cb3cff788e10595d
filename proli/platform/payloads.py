"""Careful reading of a provider's JSON: what is missing or of another type names itself, and text is fit to store."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from proli.platform.errors import ProliError

type Fields = Mapping[str, Any]

MAX_TEXT = 20_000
MAX_ID = 255
"""Identifiers are indexed, and an index row has room for little more than 2,700 bytes."""
LAST_SECOND = 253_402_300_799


class MalformedPayload(ProliError):
    """A provider's message lacks a field, or has one of another type; `field` names it."""

    status: ClassVar[int] = 400


def storable(text: str, limit: int = MAX_TEXT) -> str:
    """`text` cut to `limit`, without what PostgreSQL cannot hold: NUL and lone surrogates."""
    text = text[:limit].replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def section(of: Fields, name: str) -> Fields:
    found = of.get(name)
    if not isinstance(found, dict):
        raise MalformedPayload(field=name)
    return cast(Fields, found)


def find_section(of: Fields, *names: str) -> Fields:
    """The first object among `names`, or an empty one."""
    for name in names:
        found = of.get(name)
        if isinstance(found, dict):
            return cast(Fields, found)
    return {}


def string(of: Fields, name: str) -> str:
    """A text that must be there, though it may be empty."""
    found = of.get(name)
    if not isinstance(found, str):
        raise MalformedPayload(field=name)
    return storable(found)


def find_string(of: Fields, *names: str, limit: int = MAX_TEXT) -> str:
    """The first text among `names` that is not empty, or an empty one."""
    for name in names:
        found = of.get(name)
        if isinstance(found, str) and found:
            return storable(found, limit)
    return ""


def identifier(of: Fields, *names: str) -> str:
    """An id that must be there, under any of `names`: not empty, and short enough to be a key."""
    found = find_string(of, *names, limit=MAX_ID + 1).strip()
    if not found or len(found) > MAX_ID or len(found.encode()) > 2 * MAX_ID:
        raise MalformedPayload(field=names[0])
    return found


def find_identifier(of: Fields, *names: str) -> str | None:
    try:
        return identifier(of, *names)
    except MalformedPayload:
        return None


def number(of: Fields, name: str) -> float:
    """A finite number; JSON's `1e999` is none."""
    found = of.get(name)
    try:
        value = math.nan if isinstance(found, bool) else float(cast(Any, found))
    except (TypeError, ValueError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        raise MalformedPayload(field=name)
    return value


def instant(of: Fields, name: str = "timestamp") -> datetime:
    """Seconds since 1970, as a number or its digits."""
    seconds = number(of, name)
    if not 0 < seconds < LAST_SECOND:
        raise MalformedPayload(field=name)
    return datetime.fromtimestamp(int(seconds), UTC)


def sections(of: Fields, name: str) -> Sequence[Fields]:
    """The objects in a list; whatever else stands there is left out."""
    found = of.get(name)
    if not isinstance(found, list):
        return ()
    return [cast(Fields, item) for item in cast(list[object], found) if isinstance(item, dict)]


def strings(of: Fields, name: str) -> Sequence[str]:
    """The texts in a list; whatever else stands there is left out."""
    found = of.get(name)
    if not isinstance(found, list):
        return ()
    return [storable(item) for item in cast(list[object], found) if isinstance(item, str)]
