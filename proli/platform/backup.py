"""One file with every row of an installation as of one moment, whatever version of PostgreSQL it is on.

The tables themselves are not in it: a restore has the migrations make them as they were. Nor is the key of the
credentials, or any file that people have sent, which providers keep.
"""

import json
import os
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow
from pydantic import BaseModel, ConfigDict

from proli import __version__
from proli.platform.runtime import Runtime
from proli.platform.security import Vault

MANIFEST: Final = "manifest.json"
TABLES: Final = """
    SELECT relname, array_agg(attname ORDER BY attnum)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
      AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY relname ORDER BY relname
"""
SEQUENCES: Final = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename
"""
FACTS: Final = "SELECT version_num, current_setting('server_version') FROM alembic_version"


class Table(BaseModel):
    model_config = ConfigDict(frozen=True)

    columns: Sequence[str]
    rows: int


class Manifest(BaseModel):
    """What stands first in whoever reads a backup; written last, as only then the counts are known."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = 1
    version: str
    revision: str
    made_at: datetime
    postgresql: str
    key: str
    """Tells whether a key is the one that the credentials were written with, and nothing of the key."""
    tables: Mapping[str, Table]
    sequences: Mapping[str, int]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def marks_of(vault: Vault) -> Sequence[str]:
    """How the keys are told apart that the vault reads with, the one that writes first."""
    return [key.hex()[:16] for key in vault.derive_all("mark of a backup")]


def entry_of(table: str) -> str:
    return f"tables/{table}.copy"


async def back_up(runtime: Runtime, path: Path) -> Manifest:
    """All rows as of one moment are in the new file at `path`. Nobody waits for it: it reads a snapshot.

    Raises:
        FileExistsError: there is something at `path`.
    """
    with new_archive(path) as archive:
        async with snapshot(runtime) as connection:
            manifest = await write(connection, archive, runtime)
        archive.writestr(MANIFEST, json.dumps(manifest.model_dump(mode="json"), indent=1))
    return manifest


@contextmanager
def new_archive(path: Path) -> Generator[ZipFile]:
    """What is written appears at `path` whole or not at all, for its owner alone to read."""
    if path.exists():
        raise FileExistsError(path)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with (
            os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600), "w+b") as file,
            ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            yield archive
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


@asynccontextmanager
async def snapshot(runtime: Runtime) -> AsyncGenerator[AsyncConnection[TupleRow]]:
    """All rows as they are at this moment, seen as the operator, however long it takes to read them."""
    async with await AsyncConnection.connect(runtime.db.conninfo, autocommit=True) as connection:
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection


async def write(connection: AsyncConnection[TupleRow], archive: ZipFile, runtime: Runtime) -> Manifest:
    revision, postgresql = await only(connection, FACTS)
    named = await (await connection.execute(TABLES)).fetchall()
    tables = {name: await write_table(connection, archive, name, columns) for name, columns in named}
    sequences = await (await connection.execute(SEQUENCES)).fetchall()  # last: they are of no moment, and only grow
    return Manifest(
        version=__version__,
        revision=revision,
        made_at=runtime.clock.now(),
        postgresql=postgresql,
        key=marks_of(runtime.vault)[0],
        tables=tables,
        sequences=dict(sequences),
    )


async def only(connection: AsyncConnection[TupleRow], query: Any) -> TupleRow:
    row = await (await connection.execute(query)).fetchone()
    assert row is not None
    return row


async def write_table(
    connection: AsyncConnection[TupleRow], archive: ZipFile, name: str, columns: Sequence[str]
) -> Table:
    statement = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with archive.open(entry_of(name), "w", force_zip64=True) as entry:
        async with connection.cursor() as cursor:
            async with cursor.copy(statement) as copy:
                async for chunk in copy:
                    entry.write(chunk)
            return Table(columns=columns, rows=cursor.rowcount)
