"""No request is read beyond its bound, in bytes or time, whatever its route and whether or not it says its length."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from proli.platform.body import BodyTooLarge
from proli.platform.errors import ProliError

PROBLEM: Final = "application/problem+json"
CLOSE: Final = (b"connection", b"close")
"""With an answer that is there before the whole body: the rest is not read."""
GONE: Final[Message] = {"type": "http.disconnect"}
SILENCE_S: Final = 10.0
"""The longest wait for the next piece of a body."""
WHOLE_S: Final = 60.0
"""The longest wait for all of it."""

LINGER_S: Final = 3.0
LINGER_BYTES: Final = 8_000_000
"""So long, and for so much, the rest of a body is let in and dropped: who still writes would not read the answer."""

type LimitOf = Callable[[Scope], int]


class BodyTooSlow(ProliError):
    """The body did not come in time."""

    status = 408


class BoundedBodies:
    """An application whose requests have bounded bodies; what goes over is answered without it."""

    def __init__(
        self, app: ASGIApp, *, limit_of: LimitOf, silence_s: float = SILENCE_S, whole_s: float = WHOLE_S
    ) -> None:
        self._app = app
        self._limit_of = limit_of
        self._patience = (silence_s, whole_s)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(receive, send, limit=self._limit_of(scope), patience=self._patience)
        exchange.whole = not has_body(scope)
        if announced(scope) > exchange.limit:
            exchange.refusal = BodyTooLarge(limit=exchange.limit)
        else:
            await self._app(scope, exchange.receive, exchange.send)
        await exchange.finish()


class Exchange:
    """One request and its answer. Once the body went over its bound the client is as good as gone to the application,
    and what it answers then is replaced by the refusal.
    """

    def __init__(self, receive: Receive, send: Send, *, limit: int, patience: tuple[float, float]) -> None:
        self.limit = limit
        self.refusal: ProliError | None = None
        self._receive, self._send = receive, send
        self._silence_s, whole_s = patience
        self._until = asyncio.get_running_loop().time() + whole_s
        self._read = 0
        self.whole = False
        """Nothing of the body is still to come."""
        self._answering = False

    async def receive(self) -> Message:
        if self.whole:
            return await self._receive()
        if self.refusal is not None:
            return GONE
        left = self._until - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(self._silence_s, left)):
                message = await self._receive()
        except TimeoutError:
            self.refusal = BodyTooSlow()
            return GONE
        self._read += len(message.get("body", b""))
        if self._read > self.limit:
            self.refusal = BodyTooLarge(limit=self.limit)
            return GONE
        self.whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if self.refusal is not None and not self._answering:
            return
        self._answering = True
        if self.whole:
            await self._send(message)
        elif message["type"] == "http.response.start":
            await self._send({**message, "headers": [*message.get("headers", ()), CLOSE]})
        elif message.get("more_body", False):
            await self._send(message)
        else:
            await self._send({**message, "more_body": True})
            await self._linger()
            await self._send({"type": "http.response.body"})

    async def _linger(self) -> None:
        left = LINGER_BYTES
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LINGER_S):
                while left > 0 and not self.whole:
                    message = await self._receive()
                    left -= len(message.get("body", b""))
                    self.whole = not message.get("more_body", False)

    async def finish(self) -> None:
        """A refused request has its answer."""
        if self.refusal is None or self._answering:
            return
        refusal, self.refusal = self.refusal, None
        said = {"code": refusal.code, "detail": str(refusal), "params": refusal.params}
        body = json.dumps(said).encode()
        headers = [(b"content-type", PROBLEM.encode()), (b"content-length", str(len(body)).encode())]
        await self.send({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def has_body(scope: Scope) -> bool:
    said = dict(scope["headers"])
    return b"transfer-encoding" in said or said.get(b"content-length", b"0") != b"0"


def announced(scope: Scope) -> int:
    """The length that the request says it has; nothing when it does not say, or says no number."""
    found = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(found) if found.isdigit() and len(found) < 20 else 0
