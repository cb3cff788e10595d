"""Connections that do not get on with it are closed: no head that never ends, and none larger than any of ours."""

import asyncio
from typing import Final

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

HEAD_S: Final = 10.0
"""The longest wait for the head of a request, from the first moment of a connection on."""
MOST_HEAD: Final = 32_768
MOST_HEADERS: Final = 100
WEBSOCKETS: Final = "websockets-sansio"
MOST_MESSAGE: Final = 64_000
"""Of a WebSocket; a provider's of sound has some hundred bytes."""


class PatientProtocol(HttpToolsProtocol):
    """Uvicorn's protocol, which by itself waits for the end of a head for ever and keeps whatever comes until then."""

    head_s = HEAD_S
    _late: asyncio.TimerHandle | None = None
    _unread = 0
    """Bytes since the last head, or piece of a body, was whole."""
    _got_on = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._got_on = False
        super().data_received(data)
        self._unread = 0 if self._got_on else self._unread + len(data)
        if self._unread > MOST_HEAD and not self.transport.is_closing():
            self.refuse(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._late is not None:  # what comes after a body in pieces is no header that anybody here asks for
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_came()
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > MOST_HEAD or len(self.headers) > MOST_HEADERS:
            self.refuse(431)
            raise httptools.HttpParserError("the head is too large")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._got_on = True
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._got_on = True
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        if not self.transport.is_closing():
            self.refuse(400)

    def refuse(self, status: int) -> None:
        """The connection is answered so and closed."""
        self._head_came()
        self.transport.write(STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def _await_head(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.head_s, self._give_up)

    def _head_came(self) -> None:
        self._got_on = True
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.refuse(408)
