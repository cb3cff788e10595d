"""A backup becomes an installation again: whole, or nothing has changed."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, cast
from zipfile import BadZipFile, ZipFile
from zlib import error as CorruptData  # noqa: N812 - a class, whatever its name

from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow
from pydantic import ValidationError
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection as Connected

from proli.platform.backup import MANIFEST, Manifest, Table, entry_of, marks_of
from proli.platform.db import BEGIN, MARK, Database
from proli.platform.errors import ProliError
from proli.platform.migrations import current_revision, is_known, lock, upgrade
from proli.platform.runtime import Runtime

PIECE: Final = 1 << 20
FOREIGN_KEYS: Final = """
    SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0
"""
IN_USE: Final = """
    SELECT (SELECT count(*) FROM businesses) + (SELECT count(*) FROM users),
           (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :silence)),
           (SELECT count(DISTINCT application_name) FROM pg_stat_activity WHERE datname = current_database()
            AND starts_with(application_name, :mark) AND application_name <> :own),
           current_database()
"""
EMPTY: Final = (
    "SET LOCAL lock_timeout = '5s'",
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
    "GRANT USAGE ON SCHEMA public TO PUBLIC",
)


class BackupUnreadable(ProliError):
    """The file is no backup, or a damaged one."""


class BackupFromNewerVersion(ProliError):
    """The backup was made by a newer version of Proli: restore it with that one."""


class DatabaseNotEmpty(ProliError):
    """There are businesses or users in the database, which would be gone."""


class DatabaseNotOurs(ProliError):
    """There are tables in the database that are not Proli's."""


class WorkersAlive(ProliError):
    """A worker runs on the database: stop it first, and the servers too."""


class ServersAlive(ProliError):
    """A server, one for calls or another command runs on the database: stop it first."""


def read_manifest(path: Path) -> Manifest:
    """What the backup at `path` says of itself.

    Raises:
        BackupUnreadable: it is no backup.
        BackupFromNewerVersion: this version does not know its tables.
    """
    try:
        with ZipFile(path) as archive:
            manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (BadZipFile, KeyError, CorruptData, ValidationError, OSError) as error:
        raise BackupUnreadable(path=str(path), reason=type(error).__name__) from error
    if not is_known(manifest.revision):
        raise BackupFromNewerVersion(version=manifest.version, revision=manifest.revision)
    return manifest


def has_key_of(runtime: Runtime, manifest: Manifest) -> bool:
    """Whether the credentials in the backup can be read with the key of this installation."""
    return manifest.key in marks_of(runtime.vault)


async def restore(runtime: Runtime, path: Path, *, replace: bool) -> Manifest:
    """The database holds what the backup holds, at this program's revision; with `replace`, in place of what it held.

    Raises:
        BackupUnreadable, BackupFromNewerVersion, DatabaseNotEmpty, DatabaseNotOurs, WorkersAlive,
            ServersAlive: nothing has changed.
    """
    manifest = read_manifest(path)
    async with emptied(runtime, replace=replace) as connection:
        await connection.run_sync(upgrade, runtime.db, manifest.revision)
        await fill(await driver_of(connection), path, manifest)
        await connection.run_sync(upgrade, runtime.db, "head")
    return manifest


async def empty(runtime: Runtime) -> None:
    """The database is as new: its tables are there, and no row.

    Raises:
        DatabaseNotOurs, WorkersAlive, ServersAlive: nothing has changed.
    """
    async with emptied(runtime, replace=True) as connection:
        await connection.run_sync(upgrade, runtime.db, "head")


@asynccontextmanager
async def emptied(runtime: Runtime, *, replace: bool) -> AsyncGenerator[Connected]:
    """A transaction of the owner, alone, in which there is no table yet; all of it holds, or none."""
    silence = runtime.settings.worker.stalled_after_s

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(BEGIN)
        lock(connection)
        refuse_used(connection, replace=replace, silence=silence, own=db.mark)
        for statement in EMPTY:
            connection.exec_driver_sql(statement)

    db: Database = runtime.db
    async with db.owner() as connection, connection.begin():
        await connection.run_sync(begin)
        yield connection


def refuse_used(connection: Connection, *, replace: bool, silence: float, own: str) -> None:
    tables = connection.scalar(
        text("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    )
    if not tables:
        return
    if current_revision(connection) is None:
        raise DatabaseNotOurs(tables=tables)
    told = {"silence": silence, "mark": MARK, "own": own}
    rows, workers, servers, database = connection.execute(text(IN_USE), told).one()
    if rows and not replace:
        raise DatabaseNotEmpty(database=database, businesses_and_users=rows, unless="--replace")
    if workers:
        raise WorkersAlive(workers=workers)
    if servers:
        raise ServersAlive(processes=servers)


async def driver_of(connection: Connected) -> AsyncConnection[TupleRow]:
    raw: Any = await connection.get_raw_connection()
    return cast(AsyncConnection[TupleRow], raw.driver_connection)


async def fill(connection: AsyncConnection[TupleRow], path: Path, manifest: Manifest) -> None:
    """Rows and sequences are as in the backup. Foreign keys are looked at once, at the end: their order is free then,
    and no trigger tells anybody of what is old."""
    keys = await (await connection.execute(FOREIGN_KEYS)).fetchall()
    for table, name, _ in keys:
        await connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())
    try:
        with ZipFile(path) as archive:
            for name, table in manifest.tables.items():
                await fill_table(connection, archive, name, table)
    except (BadZipFile, KeyError, CorruptData) as error:
        raise BackupUnreadable(path=str(path), reason=str(error)) from error
    for name, value in manifest.sequences.items():
        await connection.execute("SELECT setval(quote_ident(%s)::regclass, %s)", (name, value))
    for table, name, definition in keys:
        await connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}".encode())


async def fill_table(connection: AsyncConnection[TupleRow], archive: ZipFile, name: str, table: Table) -> None:
    quoted = sql.Identifier(name)
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    await connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(quoted))
    await connection.execute(sql.SQL("DELETE FROM {}").format(quoted))
    async with connection.cursor() as cursor:
        with archive.open(entry_of(name)) as entry:
            async with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(quoted, columns)) as copy:
                while piece := entry.read(PIECE):
                    await copy.write(piece)
        if cursor.rowcount != table.rows:
            raise BackupUnreadable(table=name, rows=cursor.rowcount, told=table.rows)
    await connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(quoted))
