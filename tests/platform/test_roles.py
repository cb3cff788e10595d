"""What a server's logins can do in the database when the code in between is taken away: raw SQL of an intruder."""

from collections.abc import AsyncGenerator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from proli.accounts.actions import create_business
from proli.accounts.members import add_member, ensure_user
from proli.accounts.permissions import Role
from proli.contacts.models import Contact
from proli.platform.database_roles import Logins
from proli.platform.db import Database
from proli.platform.jobs import emit
from proli.platform.migrations import migrate, require_current
from proli.scheduling.events import BookingConfirmed

PASSWORD = "a %password' of \"signs"


@pytest.fixture
async def apart(database_url: str) -> AsyncGenerator[Database]:
    """The database as a server of an installation reaches it, with logins that `proli migrate` has made."""
    owner = make_url(database_url)
    url = owner.set(password=PASSWORD)
    name = f"p{owner.database}"
    logins = Logins(url.set(username=f"{name}_web"), url.set(username=f"{name}_operator"))
    db = Database(database_url, logins=logins, pool_size=4)
    await migrate(db)
    yield db
    await db.close()
    with psycopg.connect(database_url, autocommit=True) as connection:
        for login in (logins.business, logins.operator):
            connection.execute(f'DROP ROLE "{login.username}"'.encode())


@pytest.fixture
async def two(apart: Database) -> tuple[int, int]:
    """Two businesses, each with somebody, a contact and a job that waits."""
    made: list[int] = []
    for slug in ("moran", "other"):
        async with apart.begin_operator() as session:
            business = await create_business(session, slug=slug, name=slug)
            await session.flush()
            user = await ensure_user(session, email=f"{slug}@example.com", name=slug, operator=False)
            await add_member(session, user_id=user.id, business_id=business.id, role=Role.owner)
            made.append(business.id)
        async with apart.begin(made[-1]) as session:
            session.add(Contact(phone_e164="+972500000001", name=slug))
            await emit(session, BookingConfirmed(business_id=made[-1], booking_id=1))
    return made[0], made[1]


READS = (
    "SELECT id FROM contacts", "SELECT id FROM memberships", "SELECT id FROM users", "SELECT id FROM businesses",
    "SELECT id FROM sign_ins", "SELECT args FROM procrastinate_jobs", "SELECT id FROM audit_entries",
    "DELETE FROM contacts", "DROP TABLE contacts", "CREATE TABLE mine (id int)",
)  # fmt: skip


@pytest.mark.parametrize("statement", READS)
async def test_leaving_the_role_leads_nowhere(apart: Database, two: tuple[int, int], statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        async with apart.begin(two[0]) as session:
            await session.execute(text("RESET ROLE"))
            await session.execute(text(statement))


@pytest.mark.parametrize(
    "role", ["proli_operator", "postgres", "pg_read_all_data", "pg_write_all_data", "pg_execute_server_program"]
)
async def test_a_business_cannot_become_anybody_else(apart: Database, two: tuple[int, int], role: str) -> None:
    for first in ("SELECT 1", "RESET ROLE"):
        with pytest.raises(DBAPIError, match="permission denied to set role"):
            async with apart.begin(two[0]) as session:
                await session.execute(text(first))
                await session.execute(text(f"SET ROLE {role}"))


async def test_a_business_sees_its_own_rows_members_and_jobs_alone(apart: Database, two: tuple[int, int]) -> None:
    async with apart.begin(two[0]) as session:
        for statement in ("SELECT business_id FROM contacts", "SELECT business_id FROM memberships"):
            assert (await session.scalars(text(statement))).all() == [two[0]]
        assert (await session.scalars(text("SELECT email FROM users"))).all() == ["moran@example.com"]
        assert await session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 1
        assert (
            len((await session.scalars(text("UPDATE procrastinate_jobs SET scheduled_at = now() RETURNING id"))).all())
            == 1
        )


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO memberships (business_id, user_id, role) SELECT {other}, user_id, 'owner' FROM memberships",
        "UPDATE memberships SET business_id = {other}",
        "UPDATE memberships SET user_id = user_id + 1",
        "UPDATE audit_entries SET action = 'x'",
        "DELETE FROM audit_entries",
        "UPDATE users SET operator = true",
        "SELECT password_hash FROM users",
        """INSERT INTO procrastinate_jobs (queue_name, task_name, args)
           VALUES ('default', 'notifications.jobs.remind', '{{"event": {{"business_id": {other}}}}}')""",
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 'x', '{{}}')",
        "SELECT args FROM procrastinate_jobs",
        "DELETE FROM procrastinate_jobs",
        "UPDATE businesses SET id = id RETURNING (SELECT 1 FROM pg_authid)",
        "COPY contacts TO PROGRAM 'cat'",
    ],
)
async def test_what_is_not_a_businesss_own_it_cannot_write(
    apart: Database, two: tuple[int, int], statement: str
) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|row-level security|must be superuser"):
        async with apart.begin(two[0]) as session:
            await session.execute(text(statement.format(other=two[1])))


async def test_the_operator_sees_every_business_and_changes_neither_tables_nor_the_record(
    apart: Database, two: tuple[int, int]
) -> None:
    async with apart.begin_operator() as session:
        assert set((await session.scalars(text("SELECT business_id FROM contacts"))).all()) == set(two)
    for statement in (
        "UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries", "DROP TABLE contacts",
        "ALTER TABLE contacts DISABLE ROW LEVEL SECURITY", "CREATE ROLE x",
        "UPDATE alembic_version SET version_num = '1'",
    ):  # fmt: skip
        with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
            async with apart.begin_operator() as session:
                await session.execute(text(statement))


async def test_a_server_needs_no_owner_and_single_statements_are_the_operators(
    apart: Database, two: tuple[int, int]
) -> None:
    await require_current(apart)
    assert await apart.run("SELECT current_user", {}) == ("proli_operator",)
    assert await apart.run("SELECT count(*) FROM contacts", {}) == (2,)
    assert await migrate(apart)  # once more changes nothing


async def test_every_table_of_a_business_is_behind_its_policy(apart: Database) -> None:
    async with apart.owner() as connection:
        bare = await connection.execute(
            text("""
            SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'business_id'
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity
              AND has_table_privilege('proli_app', pg_class.oid, 'SELECT')
        """)
        )
        assert bare.all() == []
        blind = await connection.execute(
            text("""
            SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace
              AND NOT EXISTS (SELECT FROM pg_policies WHERE tablename = relname AND policyname = 'operator')
        """)
        )
        assert blind.all() == []
