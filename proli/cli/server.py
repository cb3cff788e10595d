"""The HTTP server of a process: how it listens, and how it stops."""

import asyncio
import contextlib
import math
from collections.abc import Generator, Sequence
from socket import socket
from typing import Final

import uvicorn
from fastapi import FastAPI
from loguru import logger
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from proli.platform.doors.connections import MOST_MESSAGE, WEBSOCKETS, PatientProtocol
from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime

LOOKS_S: Final = 0.1


class Server(uvicorn.Server):
    """It does not wait for pages that listen to what changes: their streams end when it does.

    Signals are heard by `Serving`: what uvicorn does about them would end the process before its worker ends.
    """

    def __init__(self, config: uvicorn.Config, app: FastAPI, lines_end_s: float) -> None:
        super().__init__(config)
        self._app = app
        self._lines_end_s = lines_end_s

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def startup(self, sockets: list[socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except SystemExit as error:
            raise cannot_listen(self.config.host, self.config.port, error) from error

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self._app.state.changes.end()
        if self._lines_end_s:
            await self._let_lines_end()
        await super().shutdown(sockets)

    async def _let_lines_end(self) -> None:
        """Nobody connects any more; lines of calls that are open may end by themselves, for so long. What uvicorn does
        with those that are left is what a caller knows as a line that broke: the provider opens another elsewhere."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            if isinstance(connection, HttpToolsProtocol):
                connection.shutdown()
        if self._lines():
            logger.info("Told to stop: {} lines of calls may end within {:g} s", len(self._lines()), self._lines_end_s)
        for _ in range(math.ceil(self._lines_end_s / LOOKS_S)):
            if self.force_exit or not self._lines():
                return
            await asyncio.sleep(LOOKS_S)
        if self._lines():
            logger.warning("{} lines of calls are cut; the provider opens them elsewhere", len(self._lines()))

    def _lines(self) -> Sequence[object]:
        """WebSockets that are open: only calls have any."""
        return [one for one in self.server_state.connections if not isinstance(one, HttpToolsProtocol)]


def make_server(app: FastAPI, runtime: Runtime, *, host: str, port: int, lines_end_s: float) -> Server:
    http = runtime.settings.http
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=PatientProtocol,
        ws=WEBSOCKETS,
        ws_max_size=MOST_MESSAGE,
        ws_per_message_deflate=False,
        forwarded_allow_ips=http.trusted_proxies,
        limit_concurrency=http.max_connections,
        server_header=False,
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=math.ceil(runtime.settings.worker.grace_s),
    )
    return Server(config, app, lines_end_s)


def cannot_listen(host: str, port: int, end: SystemExit) -> BaseException:
    """What is in the way of a server that ends before it listens."""
    if not isinstance(end.__context__, OSError):
        return end
    return ConfigurationError(
        f"The server cannot listen on {host}, port {port} ({end.__context__.strerror}): set PROLI_HTTP_PORT to a port "
        "that is free, and PROLI_HTTP_HOST to an address of this machine."
    )
