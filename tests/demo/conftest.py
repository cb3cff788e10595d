"""The sample businesses with their past, made once for all tests that only read it."""

import asyncio
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest

from proli.accounts.queries import get_business_by_slug
from proli.demo import fill_with_life
from proli.demo.sample import SLUG, make_agency, make_sample
from proli.platform.db import Database
from proli.platform.http import make_http
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from tests.conftest import ManualClock, copy_of, renamed, settings_for

LEADS = 160


@cache
def past(server: str) -> str:
    """The name of a database with both businesses and their past, made once."""
    url = renamed(server, "past")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE past TEMPLATE template")

    async def fill() -> None:
        settings, clock, db = settings_for(url, Path()), ManualClock(), Database(url)
        async with make_http() as http:
            runtime = Runtime(settings=settings, db=db, clock=clock, vault=Vault(new_key()), http=http)
            await fill_with_life(runtime, await make_sample(runtime), now=clock.now(), leads=LEADS)
            await fill_with_life(runtime, await make_agency(runtime), now=clock.now(), leads=120)
        await db.close()

    asyncio.run(fill())
    return "past"


@pytest.fixture
def database_url(server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    with copy_of(server, past(server) if {"sample", "agency"} & {*request.fixturenames} else "template") as url:
        yield url


@pytest.fixture
async def sample(runtime: Runtime) -> int:
    async with runtime.db.begin_operator() as session:
        return (await get_business_by_slug(session, SLUG)).id


@pytest.fixture
async def agency(runtime: Runtime) -> int:
    async with runtime.db.begin_operator() as session:
        return (await get_business_by_slug(session, "shalev-nadlan")).id
