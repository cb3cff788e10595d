"""Brings the database to the version of this program, and says when it is not there."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from proli.platform.database_roles import are_arranged, arrange_roles
from proli.platform.db import BEGIN, Database
from proli.platform.errors import ConfigurationError
from proli.platform.orm import Base

PACKAGE = Path(__file__).parents[1]
FOLDER = next(
    place / "migrations" for place in (PACKAGE, PACKAGE.parent) if (place / "migrations" / "env.py").is_file()
)
"""In the package where it is installed, beside it where it is worked on."""
ONE_AT_A_TIME = 7_005_731_001
"""Key of the advisory lock under which one process migrates while others wait."""


def config(connection: Connection | None = None) -> Config:
    found = Config()
    found.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    found.attributes["connection"] = connection
    return found


def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def newest() -> str:
    head = scripts().get_current_head()
    if head is None:
        raise RuntimeError("no migrations found")
    return head


class DatabaseIsNewer(ConfigurationError):
    """Another version has migrated it. What runs already goes on, as revisions only add; nothing begins."""


def is_known(revision: str) -> bool:
    return revision in {script.revision for script in scripts().walk_revisions()}


def refuse_newer(current: str | None) -> None:
    if current is not None and not is_known(current):
        raise DatabaseIsNewer(
            f"The database is from a newer version of Proli (revision {current}): update Proli, "
            "or point PROLI_DATABASE_URL or PROLI_HOME at another database."
        )


def current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def migrate(db: Database) -> str:
    """The database is at this program's newest revision, which is returned. Safe to run from several processes.

    Raises:
        ConfigurationError: the database is from a newer version.
    """

    def run(connection: Connection) -> None:
        connection.exec_driver_sql(BEGIN)
        lock(connection)
        current = current_revision(connection)
        refuse_newer(current)
        if current != newest() or not are_arranged(connection, db.logins):
            upgrade(connection, db, newest())

    async with db.owner() as connection, connection.begin():
        await connection.run_sync(run)
    return newest()


def lock(connection: Connection) -> None:
    """Until the end of the transaction no other process changes the tables; one that is at it is waited for."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})


def upgrade(connection: Connection, db: Database, revision: str) -> None:
    """The tables are those of the revision, with the roles, grants and policies that belong to them."""
    command.upgrade(config(connection), revision)
    arrange_roles(connection, db.logins)


async def require_current(db: Database) -> None:
    """Return when the database is at this program's revision.

    Raises:
        ConfigurationError: it is older or newer, with what to do.
    """
    async with db.engine.connect() as connection:
        current = await connection.run_sync(current_revision)
    refuse_newer(current)
    if current != newest():
        raise ConfigurationError("The database is not up to date: run `proli migrate`.")


def is_ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    """Procrastinate's tables are its own, and who watches is no row of a business."""
    return kind != "table" or not (name or "").startswith(("procrastinate_", "watchers"))


async def differences(db: Database) -> list[str]:
    """What the models say that the migrations do not; empty when in step."""

    def compare(connection: Connection) -> list[str]:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        return [str(difference) for difference in compare_metadata(context, Base.metadata)]

    async with db.owner() as connection:
        return await connection.run_sync(compare)
