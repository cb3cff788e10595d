"""An ASGI application on a real loopback port, in the event loop of the test."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from proli.platform.doors.connections import MOST_MESSAGE, WEBSOCKETS, PatientProtocol
from proli.platform.runtime import Runtime
from proli.web import attach, make_app


class LoopbackServer(uvicorn.Server):
    """Leaves the process's signals alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"


def make_server(app: Any, *, port: int = 0, protocol: type[PatientProtocol] = PatientProtocol) -> LoopbackServer:
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        log_config=None,
        access_log=False,
        lifespan="auto",
        http=protocol,
        server_header=False,
        ws=WEBSOCKETS,
        ws_max_size=MOST_MESSAGE,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
        backlog=2048,
    )
    return LoopbackServer(config)


_app: list[FastAPI] = []


def app_of(runtime: Runtime) -> FastAPI:
    """Proli's application, made once and not once for each test: its routes take long to be read. One at a time."""
    if not _app:
        _app.append(make_app(runtime))
    attach(_app[0], runtime)
    return _app[0]


@asynccontextmanager
async def served(
    app: Any, *, port: int = 0, protocol: type[PatientProtocol] = PatientProtocol
) -> AsyncGenerator[LoopbackServer]:
    """`app` answers at the server's `url` until the end of the block."""
    server = make_server(app, port=port, protocol=protocol)
    running = asyncio.create_task(server.serve())
    while not server.started:
        if running.done():
            running.result()
        await asyncio.sleep(0.005)
    try:
        yield server
    finally:
        server.should_exit = True
        await running


@contextlib.contextmanager
def served_beside(app: Any) -> Generator[str]:
    """`app` answers at the url from a thread of its own, for what runs an event loop itself."""
    server = make_server(app)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server did not start")
        time.sleep(0.005)
    try:
        yield server.url
    finally:
        server.should_exit = True
        thread.join()
