"""What may come in at all: numbers that the database has room for, text that it can hold, moments that have years
around them. `storable` looks at all of a request at once, so that no route has to.
"""

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast, get_args

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from proli.platform.doors.values import LARGEST

MOST_DEPTH: Final = 32
INTEGER: Final = re.compile(r"\s*[+-]?\d{1,4000}\s*", re.ASCII)
"""More digits than that Python itself does not take for a number."""

_numbers: dict[str, frozenset[str]] = {}

type Place = tuple[str | int, ...]


async def storable(request: Request) -> None:
    """Dependency of every route for people: nothing in the request is beyond what can be kept.

    Raises:
        RequestValidationError: text with NUL, a number without end or room, or a body nested too deep.
    """
    route: APIRoute = request.scope["route"]
    numbers = numbers_of(route)
    said: list[tuple[Place, object]] = [
        ((kind, name), int(value) if name in numbers and INTEGER.fullmatch(value) else value)
        for kind, values in (("path", request.path_params.items()), ("query", request.query_params.multi_items()))
        for name, value in values
    ]
    if route.body_field is not None and is_json(request):
        said.append((("body",), await request.json() if await request.body() else None))
    faults = [
        {"type": code, "loc": place, "msg": words}
        for place, value in said
        for place, code, words in faults_in(place, value)
    ]
    if faults:
        raise RequestValidationError(faults)


def numbers_of(route: APIRoute) -> frozenset[str]:
    """The names in the route's path and query that stand for whole numbers."""
    if route.unique_id not in _numbers:
        _numbers[route.unique_id] = frozenset(
            field.alias
            for field in get_flat_params(route.dependant)
            if int in (field.field_info.annotation, *get_args(field.field_info.annotation))
        )
    return _numbers[route.unique_id]


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
