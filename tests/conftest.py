"""A real PostgreSQL: started once, migrated once into a template, and a database of its own for every test."""

import copy
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from loguru import logger
from psycopg import sql
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy import select
from sqlalchemy.engine import Dialect, make_url

from proli.accounts import passwords
from proli.accounts.actions import create_business
from proli.accounts.models import Business
from proli.platform.agent_settings import AgentSettings, MediaSettings, ModelSettings, SpeechSettings
from proli.platform.clock import Clock
from proli.platform.db import Database
from proli.platform.embedded import start_embedded
from proli.platform.http import make_http
from proli.platform.migrations import migrate
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from proli.platform.settings import CoreSettings, HttpSettings, LogSettings, Settings, WorkerSettings
from proli.wiring import load_handlers

for name in [name for name in os.environ if name.startswith("PROLI_")]:
    del os.environ[name]

STRONG = passwords.HASHER
"""As it is outside of tests, in which a password is hashed in no time."""
STRONG_N = passwords.SCRYPT_N
pytest.MonkeyPatch().setattr(passwords, "SCRYPT_N", 2)
pytest.MonkeyPatch().setattr(
    passwords,
    "HASHER",
    PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1), BcryptHasher(rounds=4))),
)

hypothesis.settings.register_profile("proli", deadline=None)
hypothesis.settings.load_profile("proli")
load_handlers()
logger.remove()
logger.add(sys.stderr, level="INFO", diagnose=False, backtrace=False)

SUNDAY_MORNING = datetime(2070, 11, 23, 7, 0, tzinfo=UTC)
"""09:00 in Jerusalem; far ahead, so that no job scheduled by this clock is due by the machine's."""


ROOM = 4 << 30


@dataclass
class ManualClock:
    """A clock that stands until a test moves it."""

    at: datetime = SUNDAY_MORNING

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL with a migrated database `template`, and `moran`, which has a business."""
    import asyncio

    with tempfile.TemporaryDirectory(prefix="proli-test-", dir=in_memory(), ignore_cleanup_errors=True) as folder:
        url = os.environ.get("TEST_DATABASE_URL") or start_embedded(Path(folder))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET full_page_writes = off")
            connection.execute("ALTER SYSTEM SET autovacuum = off")
            connection.execute("ALTER SYSTEM SET max_wal_size = '256MB'")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE DATABASE template")

        async def prepare() -> None:
            async with closing(Database(renamed(url, "template"))) as db:
                await migrate(db)
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("CREATE DATABASE moran TEMPLATE template")
            async with closing(Database(renamed(url, "moran"))) as db, db.begin_operator() as session:
                await create_business(session, slug="moran", name="מורן שירותי בית")

        asyncio.run(prepare())
        yield url


def in_memory() -> str | None:
    """Where there is room in memory a database is copied in a tenth of the time; elsewhere it is a folder like any."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


def renamed(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


_counter = iter(range(1_000_000))


@contextmanager
def copy_of(server: str, template: str) -> Generator[str]:
    """The address of a copy of the server's database `template`, dropped at the end of the block."""
    name = f"test_{os.getpid()}_{next(_counter)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        yield renamed(server, name)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@asynccontextmanager
async def closing(db: Database) -> AsyncGenerator[Database]:
    try:
        yield db
    finally:
        await db.close()


@pytest.fixture
def database_url(server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh migrated database, dropped after the test; it has a business where the test wants one."""
    with copy_of(server, "moran" if "business_id" in request.fixturenames else "template") as url:
        yield url


_compiled: dict[Any, Any] = {}
_dialects: list[Dialect] = []


def share_what_is_compiled(db: Database) -> None:
    """All databases are alike: a statement is put into SQL once, and not once for each test."""
    _dialects.append(db.engine.dialect)
    db.engine.sync_engine.dialect = _dialects[0]
    db.engine.sync_engine.update_execution_options(compiled_cache=_compiled)


@asynccontextmanager
async def opened(database_url: str) -> AsyncGenerator[Database]:
    async with closing(Database(database_url)) as db:
        share_what_is_compiled(db)
        yield db


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    async with opened(database_url) as db:
        yield db


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(database_url, tmp_path)


def settings_for(database_url: str, home: Path) -> Settings:
    settings = copy.deepcopy(usual_settings())
    settings.core = CoreSettings(home=home, database_url=database_url, database_pool_size=20)
    return settings


@cache
def usual_settings() -> Settings:
    """Made once: each part of them looks through the environment."""
    return Settings(
        core=CoreSettings(),
        http=HttpSettings(),
        log=LogSettings(),
        worker=WorkerSettings(poll_s=0.05, heartbeat_s=0.3, stalled_after_s=1.5),
        agent=AgentSettings(settle_s=0, settle_max_s=0),
        model=ModelSettings(ladder=""),
        speech=SpeechSettings(),
        media=MediaSettings(allow_private_hosts=True),
    )


@asynccontextmanager
async def running(settings: Settings, db: Database, clock: Clock) -> AsyncGenerator[Runtime]:
    async with make_http() as http:
        runtime = Runtime(settings=settings, db=db, clock=clock, vault=Vault(new_key()), http=http)
        async with runtime.apart:
            yield runtime


@pytest.fixture
async def runtime(settings: Settings, db: Database, clock: ManualClock) -> AsyncIterator[Runtime]:
    async with running(settings, db, clock) as runtime:
        yield runtime


@pytest.fixture
def queue(runtime: Runtime) -> Queue:
    """Runs jobs in the test's own task: `await queue.drain()`."""
    return Queue(runtime)


@pytest.fixture
async def business_id(db: Database) -> int:
    """A business of the services kind with nothing in it."""
    async with db.begin_operator() as session:
        return (await session.scalars(select(Business.id))).one()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each process of `--dist worksteal` has its share of the longest tests and begins with them.

    The games of chaos come one after the other, in the first.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    games, pages, short = ([item for item in items if place(item) == where] for where in ("chaos", "web", "elsewhere"))
    items[:] = games
    for number in range(processes):
        items += pages[number::processes]
        items += short[len(short) * number // processes : len(short) * (number + 1) // processes]


def place(item: pytest.Item) -> str:
    folder = item.path.parent.name
    return folder if folder in {"chaos", "web"} else "elsewhere"


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """What has been loaded stays: it is not searched for garbage again and again."""
    gc.freeze()
    gc.enable()
