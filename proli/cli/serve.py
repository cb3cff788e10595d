"""Running Proli: the HTTP server, the worker, the migrations.

The server and the worker are imported where they begin: every command reads this file, and few are either.
"""

import asyncio
import contextlib
import math
import signal
from collections.abc import Generator
from socket import socket
from typing import Annotated

import typer
import uvloop
from loguru import logger

from proli.cli.run import prepare, show
from proli.platform.errors import ConfigurationError
from proli.platform.logging import start_logging
from proli.platform.migrations import migrate as migrate_database
from proli.platform.runtime import Runtime, open_runtime
from proli.platform.settings import Settings
from proli.platform.tracing import start_tracing


def serve(
    worker: Annotated[bool, typer.Option(help="Run jobs in this process too.")] = True,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for any free one.")] = None,
) -> None:
    """Serve webhooks and, unless --no-worker, run the jobs."""
    settings = Settings.load()
    start_logging(settings.log)
    start_tracing(settings.traces)

    async def run() -> None:
        async with open_runtime(settings) as runtime:
            await prepare(runtime)
            address = host or settings.http.host
            serving = Serving(
                runtime, host=address, port=settings.http.port if port is None else port, with_worker=worker
            )
            await serving.run()

    uvloop.run(run())


class Serving:
    """The server, and the worker beside it, of one process."""

    def __init__(self, runtime: Runtime, *, host: str, port: int, with_worker: bool) -> None:
        import uvicorn

        from proli.platform.doors.connections import MOST_MESSAGE, WEBSOCKETS, PatientProtocol
        from proli.web import make_app

        http = runtime.settings.http
        app = make_app(runtime)

        class Server(uvicorn.Server):
            """It does not wait for pages that listen to what changes: their streams end when it does.

            Signals are heard by `Serving`: what uvicorn does about them would end the process before its worker ends.
            """

            @contextlib.contextmanager
            def capture_signals(self) -> Generator[None]:
                yield

            async def startup(self, sockets: list[socket] | None = None) -> None:
                try:
                    await super().startup(sockets)
                except SystemExit as error:
                    raise cannot_listen(host, port, error) from error

            async def shutdown(self, sockets: list[socket] | None = None) -> None:
                app.state.changes.end()
                await super().shutdown(sockets)

        self._server = Server(
            uvicorn.Config(
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
        )
        self._runtime = runtime
        self._with_worker = with_worker
        self._jobs: asyncio.Task[None] | None = None

    def stop(self) -> None:
        """No request and no job begins any more, and what is running may end; said again, it is not waited for."""
        self._server.force_exit = self._server.should_exit
        self._server.should_exit = True
        if self._jobs is not None:
            self._jobs.cancel()

    async def run(self) -> None:
        """Serve until told to stop, by SIGTERM too; when the worker beside the server dies, so does the server."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        if not self._with_worker:
            await self._server.serve()
            return
        from proli.worker import work

        self._jobs = asyncio.create_task(work(self._runtime))
        self._jobs.add_done_callback(lambda _: self.stop_serving())
        try:
            await self._server.serve()
        finally:
            if not self._jobs.cancelling():
                self._jobs.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._jobs

    def stop_serving(self) -> None:
        self._server.should_exit = True


def cannot_listen(host: str, port: int, end: SystemExit) -> BaseException:
    """What is in the way of a server that ends before it listens."""
    if not isinstance(end.__context__, OSError):
        return end
    return ConfigurationError(
        f"The server cannot listen on {host}, port {port} ({end.__context__.strerror}): set PROLI_HTTP_PORT to a port "
        "that is free, and PROLI_HTTP_HOST to an address of this machine."
    )


def worker() -> None:
    """Run jobs, beside any number of other workers."""
    from proli.worker import work_until_signalled

    settings = Settings.load()
    start_logging(settings.log)
    start_tracing(settings.traces)

    async def run() -> None:
        async with open_runtime(settings) as runtime:
            await prepare(runtime)
            logger.info("Worker started")
            await work_until_signalled(runtime)

    uvloop.run(run())


def migrate(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Bring the database to this program's version."""
    settings = Settings.load()
    start_logging(settings.log)

    async def run() -> str:
        async with open_runtime(settings) as runtime:
            return await migrate_database(runtime.db)

    revision = uvloop.run(run())
    show({"revision": revision}, as_json=as_json, words=f"The database is up to date (revision {revision}).")
