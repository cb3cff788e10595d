"""A backup holds every row and nothing that is secret in clear; what it is restored into is the same installation."""

import json
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Connection, func, select, text

from proli.accounts.actions import create_business
from proli.accounts.members import add_member, ensure_user
from proli.accounts.permissions import Role
from proli.contacts.models import Contact
from proli.conversations.accounts import add_channel_account
from proli.demo import fill_with_life
from proli.demo.sample import make_sample
from proli.platform.backup import MANIFEST, back_up
from proli.platform.db import BEGIN, Database
from proli.platform.jobs import emit
from proli.platform.migrations import differences, migrate, newest, upgrade
from proli.platform.restore import (
    BackupFromNewerVersion,
    BackupUnreadable,
    DatabaseNotEmpty,
    DatabaseNotOurs,
    ServersAlive,
    WorkersAlive,
    has_key_of,
    restore,
)
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from proli.scheduling.events import BookingConfirmed
from tests.conftest import copy_of

TOKEN = "a token that only the provider and the vault know"
BEFORE = "0060_addresses"
A_BUSINESS = """
    INSERT INTO businesses (slug, name, playbook, zone, language, offer_minutes, urgent_offer_minutes, facts, weights)
    VALUES ('old', 'old', 'services', 'Asia/Jerusalem', 'he', 15, 5, '{}', '{}')
"""


@pytest.fixture
async def lively(runtime: Runtime) -> Runtime:
    """An installation with everything in it: a business with a past, a number, a user, jobs that wait."""
    business_id = await make_sample(runtime)
    await fill_with_life(runtime, business_id, now=runtime.clock.now(), leads=40)
    async with runtime.db.begin_operator() as session:
        user = await ensure_user(session, email="dana@example.com", name="Dana\t\\N\n", operator=True)
        await add_member(session, user_id=user.id, business_id=business_id, role=Role.owner)
        user.totp = runtime.vault.seal({"secret": TOKEN})
        await session.execute(text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
        await session.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"))
    async with runtime.db.begin(business_id) as session:
        await add_channel_account(
            session, runtime.vault, provider="green_api", external_id="7103", credentials={"api_token": TOKEN},
            webhook_token=TOKEN,
        )  # fmt: skip
        await emit(session, BookingConfirmed(business_id=business_id, booking_id=1))
    return runtime


@pytest.fixture
def empty_url(server: str) -> Iterator[str]:
    with copy_of(server, "template0") as url:
        yield url


@pytest.fixture
async def elsewhere(empty_url: str, runtime: Runtime) -> AsyncIterator[Runtime]:
    """Another installation with the same key, on a database in which there is nothing at all."""
    db = Database(empty_url)
    yield Runtime(settings=runtime.settings, db=db, clock=runtime.clock, vault=runtime.vault, http=runtime.http)
    await db.close()


def contents(db: Database) -> dict[str, list[str]]:
    """Every row of every table, and how far every sequence has come."""
    found: dict[str, list[str]] = {}
    with psycopg.connect(db.url.replace("+psycopg", "")) as connection:
        named = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (name,) in named.fetchall():
            rows = connection.execute(sql.SQL("SELECT t::text FROM {} AS t ORDER BY 1").format(sql.Identifier(name)))
            found[name] = [row for (row,) in rows]
        sequences = connection.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        found["sequences"] = [f"{name} {value}" for name, value in sequences]
    return found


async def test_every_row_of_every_table_is_restored(lively: Runtime, elsewhere: Runtime, tmp_path: Path) -> None:
    before = contents(lively.db)
    manifest = await back_up(lively, tmp_path / "backup")
    restored = await restore(elsewhere, tmp_path / "backup", replace=False)
    after = contents(elsewhere.db)
    assert {name for name, rows in before.items() if rows} >= {"messages", "users", "procrastinate_jobs", "turns"}
    assert after == before
    assert restored == manifest
    assert {name: table.rows for name, table in manifest.tables.items()} == {
        name: len(rows) for name, rows in before.items() if name not in {"sequences", "alembic_version"}
    }
    assert has_key_of(elsewhere, manifest)


async def test_what_is_restored_has_its_tables_rights_and_walls(
    lively: Runtime, elsewhere: Runtime, tmp_path: Path
) -> None:
    await back_up(lively, tmp_path / "backup")
    await restore(elsewhere, tmp_path / "backup", replace=False)
    assert await differences(elsewhere.db) == []
    async with elsewhere.db.begin(0) as session:
        assert await session.scalar(text("SELECT count(*) FROM contacts")) == 0
    async with elsewhere.db.begin_operator() as session:
        business_id = await session.scalar(text("SELECT id FROM businesses"))
    async with elsewhere.db.begin(business_id) as session:
        before = await session.scalar(select(func.count()).select_from(Contact))
        session.add(Contact(phone_e164="+972500009999", name="New"))
        await session.flush()
        assert before


async def test_no_secret_is_in_a_backup_and_its_owner_alone_reads_it(lively: Runtime, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    await back_up(lively, path)
    with ZipFile(path) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert b"dana@example.com" in held
    assert TOKEN.encode() not in held
    for key in lively.vault._keys:
        assert key not in held
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        await back_up(lively, path)


async def test_a_database_with_something_in_it_is_not_written_over_unless_told(lively: Runtime, tmp_path: Path) -> None:
    await back_up(lively, tmp_path / "backup")
    before = contents(lively.db)
    async with lively.db.begin_operator() as session:
        await create_business(session, slug="later", name="later")
    with pytest.raises(DatabaseNotEmpty):
        await restore(lively, tmp_path / "backup", replace=False)
    assert len(contents(lively.db)["businesses"]) == 2
    await restore(lively, tmp_path / "backup", replace=True)
    assert contents(lively.db) == before


async def test_nothing_is_restored_under_a_worker_or_over_another_programs_tables(
    lively: Runtime, elsewhere: Runtime, tmp_path: Path
) -> None:
    await back_up(lively, tmp_path / "backup")
    async with lively.db.begin_operator() as session:
        await session.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() + interval '1 hour'"))
    with pytest.raises(WorkersAlive):
        await restore(lively, tmp_path / "backup", replace=True)
    async with lively.db.begin_operator() as session:
        await session.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"))
    server = Database(lively.db.url)
    await server.time()
    with pytest.raises(ServersAlive):
        await restore(lively, tmp_path / "backup", replace=True)
    await server.close()
    async with elsewhere.db.owner() as connection:
        await connection.execute(text("CREATE TABLE theirs (id int)"))
    with pytest.raises(DatabaseNotOurs):
        await restore(elsewhere, tmp_path / "backup", replace=True)


@pytest.mark.parametrize("harm", ["not one", "cut short", "a byte", "a row less", "of a newer version"])
async def test_a_backup_that_is_damaged_changes_nothing(lively: Runtime, tmp_path: Path, harm: str) -> None:
    path = tmp_path / "backup"
    await back_up(lively, path)
    whole = path.read_bytes()
    before = contents(lively.db)
    match harm:
        case "not one":
            path.write_bytes(b"-- PostgreSQL database dump")
        case "cut short":
            path.write_bytes(whole[: len(whole) // 2])
        case "a byte":
            at = whole.index(b"tables/messages.copy") + 1000
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        case "a row less":
            edit(path, rows=1)
        case _:
            edit(path, revision="9999_tomorrow")
    with pytest.raises(BackupFromNewerVersion if harm == "of a newer version" else BackupUnreadable):
        await restore(lively, path, replace=True)
    assert contents(lively.db) == before


def edit(path: Path, *, rows: int = 0, revision: str | None = None) -> None:
    """The backup says something else of itself than it holds."""
    with ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(held[MANIFEST])
    manifest["tables"]["messages"]["rows"] += rows
    manifest["revision"] = revision or manifest["revision"]
    with ZipFile(path, "w") as archive:
        for name, data in (held | {MANIFEST: json.dumps(manifest).encode()}).items():
            archive.writestr(name, data)


async def test_a_backup_of_an_older_version_is_brought_up_to_date(
    elsewhere: Runtime, runtime: Runtime, tmp_path: Path
) -> None:
    def as_it_was(connection: Connection) -> None:
        connection.exec_driver_sql(BEGIN)
        upgrade(connection, elsewhere.db, BEFORE)
        connection.exec_driver_sql(A_BUSINESS)

    async with elsewhere.db.owner() as connection, connection.begin():
        await connection.run_sync(as_it_was)
    manifest = await back_up(elsewhere, tmp_path / "backup")
    assert manifest.revision == BEFORE
    await restore(runtime, tmp_path / "backup", replace=True)
    assert await differences(runtime.db) == []
    found = contents(runtime.db)
    assert len(found["businesses"]) == 1
    assert found["alembic_version"] == [f"({newest()})"]
    assert await migrate(runtime.db) == newest()


async def test_another_key_is_noticed_and_a_replaced_one_is_not_another(lively: Runtime, tmp_path: Path) -> None:
    manifest = await back_up(lively, tmp_path / "backup")
    old = lively.vault._keys[0].decode()
    for keys, same in ((new_key(), False), (f"{new_key()},{old}", True)):
        vault = Vault(keys)
        later = Runtime(settings=lively.settings, db=lively.db, clock=lively.clock, vault=vault, http=lively.http)
        assert has_key_of(later, manifest) == same
