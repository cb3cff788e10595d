"""Reading a request's body with care: never more than its bound in memory."""

from starlette.requests import ClientDisconnect, Request

from proli.platform.errors import ProliError


class BodyTooLarge(ProliError):
    """The body is larger than it may be; `limit` says how many bytes are allowed."""

    status = 413


class BodyUnreadable(ProliError):
    """The body is not what it should be, or did not come whole."""

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
