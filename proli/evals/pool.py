"""Cases played side by side: one throw-away PostgreSQL, a database and a process for each player."""

import asyncio
import os
import tempfile
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from multiprocessing import get_context
from pathlib import Path

import psycopg
from loguru import logger
from psycopg import sql
from sqlalchemy.engine import make_url

from proli.evals.cases import Case
from proli.evals.play import play
from proli.evals.record import read_record
from proli.evals.scoring import Failure, Scored, score
from proli.evals.stage import StandingClock, set_stage, strike
from proli.platform.agent_settings import AgentSettings, ModelSettings
from proli.platform.db import Database
from proli.platform.embedded import start_embedded
from proli.platform.http import make_http
from proli.platform.migrations import migrate
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.security import Vault, new_key
from proli.platform.settings import CoreSettings, Settings
from proli.prompts.models import PromptChannel
from proli.wiring import load_handlers

TEMPLATE = "eval_template"
CHUNK = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What a player needs to begin: where its databases are, who answers, and how customers speak."""

    server: str
    ladder: str
    channel: PromptChannel


def play_all(cases: Sequence[Case], *, ladder: str, channel: PromptChannel, players: int) -> Iterator[Scored]:
    """Every case's score, as it is done, in any order."""
    with throwaway_server() as server:
        plan = Plan(server, ladder, channel)
        chunks = [cases[at : at + CHUNK] for at in range(0, len(cases), CHUNK)]
        with ProcessPoolExecutor(min(players, len(chunks)), mp_context=get_context("spawn")) as pool:
            for done in as_completed([pool.submit(play_chunk, plan, chunk) for chunk in chunks]):
                yield from done.result()


@contextmanager
def throwaway_server() -> Generator[str]:
    """The address of a PostgreSQL with a migrated template, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="proli-eval-", ignore_cleanup_errors=True) as folder:
        url = start_embedded(Path(folder))
        with psycopg.connect(url, autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))

        async def prepare() -> None:
            db = Database(renamed(url, TEMPLATE))
            await migrate(db)
            await db.close()

        asyncio.run(prepare())
        yield url


def renamed(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def play_chunk(plan: Plan, cases: Sequence[Case]) -> list[Scored]:
    """Played by one process on a database of its own."""
    logger.remove()
    load_handlers()
    return asyncio.run(play_on(ensure_database(plan.server), plan, cases))


def ensure_database(server: str) -> str:
    name = f"eval_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if known is None:
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))
    return renamed(server, name)


async def play_on(database_url: str, plan: Plan, cases: Sequence[Case]) -> list[Scored]:
    settings = Settings.load()
    settings.core = CoreSettings(database_url=database_url, database_pool_size=5)
    settings.agent = AgentSettings(settle_s=0, settle_max_s=0)
    settings.model = settings.model.model_copy(update={"ladder": plan.ladder})
    ModelSettings.known_providers(plan.ladder)
    db = Database(database_url)
    try:
        async with make_http() as http:
            clock = StandingClock(cases[0].reference.astimezone(UTC))
            runtime = Runtime(settings=settings, db=db, clock=clock, vault=Vault(new_key()), http=http)
            async with runtime.apart:
                return [await play_one(runtime, clock, Queue(runtime), case, plan.channel) for case in cases]
    finally:
        await db.close()


async def play_one(runtime: Runtime, clock: StandingClock, queue: Queue, case: Case, channel: PromptChannel) -> Scored:
    """One case's score; a case that breaks the program has failed with the reason, and the others go on."""
    clock.at = case.reference.astimezone(UTC)
    stage = None
    try:
        stage = await set_stage(runtime, case, channel)
        played = await play(runtime, queue, stage, case)
        return score(case, await read_record(runtime, stage, played))
    except Exception as fault:  # noqa: BLE001 - reported as the case's result
        broken = Failure(case.id, "outcome", None, f"{type(fault).__name__}: {fault}", "wrong")
        return Scored(case, {"outcome": "wrong"}, [broken], [])
    finally:
        if stage is not None:
            await strike(runtime, stage)
