"""What goes into the log says nothing of people, also when something fails with their words in its hands."""

import json
import sys
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest
from loguru import logger
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from proli.contacts.models import Contact
from proli.platform.db import Database
from proli.platform.logging import start_logging
from proli.platform.settings import LogSettings

PHONE, NAME, WORDS = "+972527654321", "Ruth Levi", "יש לי נזילה בכיור"
TOLD = (PHONE, "0527654321", NAME, "Ruth", WORDS, "נזילה")


@pytest.fixture(params=["text", "json"])
def log(tmp_path: Path, request: pytest.FixtureRequest) -> Generator[Path]:
    path = tmp_path / "proli.log"
    start_logging(LogSettings(file=path, format=request.param))
    yield path
    logger.remove()
    logger.configure(patcher=lambda _: None)
    logger.add(sys.stderr, level="INFO", diagnose=False, backtrace=False)


def written(path: Path) -> str:
    logger.complete()
    said = path.read_text()
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    return said + json.dumps(lines, ensure_ascii=False)


def assert_silent(path: Path, *there: str) -> None:
    said = written(path)
    for words in TOLD:
        assert words not in said
    for words in there:
        assert words in said, said


async def test_a_refusal_of_the_database_is_logged_without_the_row(db: Database, business_id: int, log: Path) -> None:
    try:
        async with db.begin(business_id) as session:
            for _ in range(2):
                session.add(Contact(phone_e164=PHONE, name=f"{NAME} {WORDS}"))
                await session.flush()
    except DBAPIError as error:
        logger.exception("Storing failed: {}", error)
        logger.opt(exception=error).warning("answer failed, attempt 1")
    assert_silent(log, "UniqueViolation", "23505", "contacts", "test_logging.py")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT cast(:words AS bigint)",
        "INSERT INTO contacts (business_id, phone_e164, name) VALUES (NULL, :phone, :words)",
        "SELECT :words :phone",
        "SELECT jsonb(:words)",
    ],
)
async def test_a_statement_that_fails_is_logged_without_its_values(db: Database, log: Path, statement: str) -> None:
    try:
        async with db.begin_operator() as session:
            await session.execute(text(statement), {"phone": PHONE, "words": f"{NAME} {WORDS}"})
    except DBAPIError as error:
        logger.exception("failed: {}", error)
    assert_silent(log, "failed")


async def test_a_single_statement_that_fails_is_logged_without_its_values(db: Database, log: Path) -> None:
    try:
        await db.run("SELECT cast(%(words)s AS bigint)", {"words": f"{NAME} {WORDS} {PHONE}"})
    except psycopg.Error:
        logger.exception("failed")
    assert_silent(log, "InvalidTextRepresentation 22P02")


def test_faults_of_our_own_and_what_they_came_of_keep_their_kind_and_place(log: Path) -> None:
    try:
        try:
            raise KeyError("phone")
        except KeyError as error:
            raise ValueError(f"could not read {f'{NAME} {WORDS} {PHONE}'!r}") from error
    except ValueError:
        logger.exception("failed")
    assert_silent(log, "ValueError: could not read '***'", "KeyError: 'phone'", "That came of", "test_logging.py")
