"""Reading a webhook's body with care: bounded, parsed once, and anything but an object refused."""

import json
from typing import Any, NoReturn, cast

from starlette.requests import ClientDisconnect, Request

from proli.platform.errors import ProliError


class BodyTooLarge(ProliError):
    """The body is larger than a webhook may be."""

    status = 413


class BodyUnreadable(ProliError):
    """The body is not an object in JSON."""

    status = 400


async def read_body(request: Request, *, limit: int) -> bytes:
    """The body as it came.

    Raises:
        BodyTooLarge: before more than `limit` bytes are in memory.
        BodyUnreadable: the client went away.
    """
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > limit:
        raise BodyTooLarge(limit=limit)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise BodyTooLarge(limit=limit)
    except ClientDisconnect as error:
        raise BodyUnreadable(reason="incomplete") from error
    return bytes(body)


def parse_object(body: bytes) -> dict[str, Any]:
    """The object in the body.

    Raises:
        BodyUnreadable: not JSON, nested too deep, numbers too long, or not an object.
    """
    try:
        payload: object = json.loads(body, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BodyUnreadable(reason="not JSON") from error
    if not isinstance(payload, dict):
        raise BodyUnreadable(reason="not an object")
    return cast(dict[str, Any], payload)


def refuse_constant(name: str) -> NoReturn:
    """Python reads NaN and Infinity, which JSON does not have."""
    raise ValueError(name)
