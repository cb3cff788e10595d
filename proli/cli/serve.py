"""Running Proli: the HTTP server, the worker, the migrations.

The server and the worker are imported where they begin: every command reads this file, and few are either.
"""

import asyncio
import contextlib
import signal
from typing import Annotated

import typer
import uvloop
from loguru import logger

from proli.cli.run import prepare, show
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
    run_server(host, port, with_worker=worker)


def voice(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for any free one.")] = None,
) -> None:
    """Serve calls alone, beside any number of other servers. Told to stop, it lets its calls end."""
    from proli.voice.talking import require_extra

    require_extra()
    run_server(host, port, calls_alone=True)


def run_server(host: str | None, port: int | None, *, with_worker: bool = False, calls_alone: bool = False) -> None:
    settings = Settings.load()
    start_logging(settings.log)
    start_tracing(settings.traces)

    async def run() -> None:
        async with open_runtime(settings) as runtime:
            await prepare(runtime)
            address = host or settings.http.host
            number = settings.http.port if port is None else port
            await Serving(runtime, host=address, port=number, with_worker=with_worker, calls_alone=calls_alone).run()

    uvloop.run(run())


class Serving:
    """The server, and the worker beside it, of one process. One for calls alone has their doors only, and lets them end
    before it does."""

    def __init__(self, runtime: Runtime, *, host: str, port: int, with_worker: bool, calls_alone: bool = False) -> None:
        from proli.cli.server import make_server
        from proli.web import make_app, make_voice_app

        app = make_voice_app(runtime) if calls_alone else make_app(runtime)
        lines_end_s = runtime.settings.voice.grace_s if calls_alone else 0.0
        self._server = make_server(app, runtime, host=host, port=port, lines_end_s=lines_end_s)
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
