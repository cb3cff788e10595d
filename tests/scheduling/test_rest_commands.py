"""What is kept can be said on the command line, and what cannot be is refused."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from proli.accounts.models import Business
from proli.platform.db import Database
from proli.platform.security import new_key
from proli.professionals.models import Professional
from tests.command_line import proli

ADD = ("--business", "keeps", "--name", "יוסי", "--phone", "0521234567", "--trade", "plumber", "--place", "חיפה")


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    return {"PROLI_DATABASE_URL": database_url, "PROLI_SECRET_KEY": new_key()}


async def test_a_policy_is_set_and_changed_by_commands(
    tmp_path: Path, db: Database, environment: dict[str, str]
) -> None:
    def run(*arguments: str) -> str:
        done = proli(*arguments, home=tmp_path, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("business", "create", "--name", "מורן", "--slug", "keeps", "--rest", "chol_hamoed=short")
    run("professional", "add", *ADD)
    said = run("business", "rest", "--business", "keeps", "--rest", "eve_end=13:00", "--json")
    assert json.loads(said) == {"business": "keeps", "rest": {"eve_end_minute": 780}}
    run("professional", "rest", "--business", "keeps", "--phone", "0521234567", "--rest", "shabbat=yes")
    async with db.begin_operator() as session:
        assert (await session.scalars(select(Business.rest))).one() == {"eve_end_minute": 780}
        assert (await session.scalars(select(Professional.rest))).one() == {"shabbat": True}
    refused = proli("business", "rest", "--business", "keeps", "--rest", "shabat=yes", home=tmp_path, **environment)
    assert refused.returncode == 1
    assert "bad_rest" in refused.stderr
    assert "shabbat" in refused.stderr, "it says what is known"


async def test_nothing_said_is_the_default_and_not_an_entry(db: Database, business_id: int) -> None:
    async with db.begin_operator() as session:
        assert (await session.scalars(select(Business.rest))).one() == {}
