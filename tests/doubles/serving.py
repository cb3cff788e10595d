"""An ASGI application on a real loopback port, in the event loop of the test."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn


class LoopbackServer(uvicorn.Server):
    """Leaves the process's signals alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"


def make_server(app: Any, *, port: int = 0) -> LoopbackServer:
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
        backlog=2048,
    )
    return LoopbackServer(config)


@asynccontextmanager
async def served(app: Any, *, port: int = 0) -> AsyncGenerator[LoopbackServer]:
    """`app` answers at the server's `url` until the end of the block."""
    server = make_server(app, port=port)
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
