"""A rest policy as people write it on a command line."""

import re
from typing import Any, Final

from pydantic import ValidationError

from proli.scheduling.errors import BadRest
from proli.scheduling.observance import RestPolicy

EXAMPLE: Final = "shabbat=yes; chol_hamoed=short; eve_end=13:00"
_ANSWERS: Final = {"yes": True, "no": False}
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})")


def parse_rest(words: str) -> dict[str, Any]:
    """The entries in words such as "shabbat=yes; chol_hamoed=short; eve_end=13:00; eve_margin=60"; none for "".

    An entry is one of `RestPolicy`, with or without its "_minute" or "_minutes". Minutes of the day may be hours.

    Raises:
        BadRest: an entry cannot be read, is unknown, or cannot be.
    """
    entries: dict[str, Any] = {}
    for part in filter(None, (part.strip().lower() for part in words.split(";"))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise BadRest(entry=part, example=EXAMPLE)
        entries[_full_name(name)] = _value(value)
    return checked_rest(entries)


def checked_rest(entries: dict[str, Any]) -> dict[str, Any]:
    """The same entries as they are stored, if they can be.

    Raises:
        BadRest: one is unknown or cannot be.
    """
    try:
        return RestPolicy.model_validate(entries).model_dump(mode="json", exclude_unset=True)
    except ValidationError as error:
        wrong = ", ".join(str(found["loc"][0]) for found in error.errors())
        raise BadRest(entry=wrong, known=", ".join(RestPolicy.model_fields)) from error


def _full_name(name: str) -> str:
    known = (name, f"{name}_minute", f"{name}_minutes")
    return next((each for each in known if each in RestPolicy.model_fields), name)


def _value(words: str) -> Any:
    if words in _ANSWERS:
        return _ANSWERS[words]
    clock = _CLOCK.fullmatch(words)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    return int(words) if words.isdecimal() else words
