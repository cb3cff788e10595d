"""What may come in at all: ids and moments that the database has room for, text that it can hold.

The types bound what is said in paths, queries and bodies; `storable` looks at all the rest of a request at once, so
that no route has to.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, cast

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import AwareDatetime, Field

LARGEST: Final = 2**63 - 1
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2200, 1, 1)
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
MOST_DEPTH: Final = 32

Id = Annotated[int, Field(ge=1, le=LARGEST)]
"""Of a row."""
Count = Annotated[int, Field(ge=0, le=LARGEST)]
"""A version, or a place in a list."""
Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
"""A moment with its zone, far enough from the ends of time for whole years to be added or taken away."""
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]

type Place = tuple[str | int, ...]


async def storable(request: Request) -> None:
    """Dependency of every route for people: nothing in the request is beyond what can be kept.

    Raises:
        RequestValidationError: text with NUL, a number without end or room, or a body nested too deep.
    """
    said: list[tuple[Place, object]] = [(("path", name), value) for name, value in request.path_params.items()]
    said += [(("query", name), value) for name, value in request.query_params.multi_items()]
    if getattr(request.scope.get("route"), "body_field", None) is not None and is_json(request):
        said.append((("body",), await request.json() if await request.body() else None))
    faults = [
        {"type": code, "loc": place, "msg": words}
        for place, value in said
        for place, code, words in faults_in(place, value)
    ]
    if faults:
        raise RequestValidationError(faults)


def is_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind.startswith("application/") and kind.endswith("json")


def faults_in(place: Place, value: object) -> Iterator[tuple[Place, str, str]]:
    """What cannot be kept, wherever in the value it stands."""
    if isinstance(value, str):
        if "\0" in value:
            yield place, "string_nul", "The text holds a character that cannot be kept"
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield place, "finite_number", "The number has no end"
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            yield place, "int_too_large", "The number is too large"
    elif len(place) > MOST_DEPTH:
        yield place, "nested_too_deep", "The body is nested too deep"
    else:
        for part, inner in parts_of(value):
            yield from faults_in((*place, part), inner)


def parts_of(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, dict):
        for name, inner in cast(dict[str, Any], value).items():
            yield name, name
            yield name, inner
    elif isinstance(value, list):
        yield from enumerate(cast(Sequence[Any], value))
