"""A town in which many people write at once, on an installation of real processes around one database."""

import json
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import httpx2
import psycopg
from psycopg.rows import namedtuple_row

from proli.accounts.actions import create_business
from proli.conversations.accounts import add_channel_account
from proli.platform.db import BusinessSession, Database
from proli.platform.security import Vault, new_key
from proli.professionals.actions import Profile, add_professional
from proli.professionals.rules import parse_hours
from proli.scheduling.observance import OPEN_ALWAYS
from tests.chaos import clocks
from tests.chaos.processes import Program, Proli, answers
from tests.chaos.waiting import until
from tests.doubles.green_api import API_TOKEN, ID_INSTANCE, WEBHOOK_TOKEN
from tests.doubles.green_api_webhooks import WebhookMaker
from tests.patience import PATIENCE_S
from tests.ports import free_port

DROPPING = {"rates": {"drop": 0.015, "drop_before": 0.015}}
"""Of some sends the answer is lost, of half of them after the message was taken."""
PROFESSIONALS = 12
BASES = ("רמת גן",)
MANY = httpx2.Limits(max_connections=200, max_keepalive_connections=50)
UNSETTLED = """
    SELECT (SELECT count(*) FROM procrastinate_jobs
            WHERE status = 'doing' OR status = 'todo' AND coalesce(scheduled_at, now()) < now() + interval '90 s'
              AND task_name <> 'dispatch.jobs.expire') AS jobs,
           (SELECT count(*) FROM messages WHERE delivery IN ('queued', 'sending', 'unknown')) AS unsent,
           (SELECT count(*) FROM messages WHERE direction = 'in' AND wants_answer AND answered_at IS NULL) AS unanswered
"""
"""Everything that somebody still has to do now; reminders and the ends of offers lie further ahead."""


@dataclass
class Town:
    database_url: str
    api: Proli
    double: Program
    workers: list[Proli]
    webhook: str
    double_url: str
    maker: WebhookMaker
    client: httpx2.AsyncClient

    async def post(self, payload: dict[str, Any], *, patience_s: float = PATIENCE_S) -> None:
        """Green API says it until it is taken."""

        async def taken() -> bool:
            return await self.try_post(self.client, payload)

        await until(taken, "the webhook was never taken", within_s=patience_s)

    async def try_post(self, client: httpx2.AsyncClient, payload: dict[str, Any]) -> bool:
        """Whether it was taken; False also when nobody knows, because the server died."""
        headers = {"authorization": f"Bearer {WEBHOOK_TOKEN}"}
        try:
            return (await client.post(self.webhook, json=payload, headers=headers)).status_code == 200
        except httpx2.TransportError:
            return False

    async def journal(self, after: int = 0) -> list[dict[str, Any]]:
        """What Green API has taken, in order, from this number on: what is on everybody's phones."""
        answer = await self.client.get(f"{self.double_url}/__journal", params={"after": after})
        return answer.json()["sent"]

    async def unsettled(self) -> int:
        (row,) = await self.rows(UNSETTLED)
        return sum(row)

    async def settle(self, *, within_s: float = PATIENCE_S) -> None:
        """Return when for a second nobody has had anything to do."""
        quiet_since: float | None = None

        async def settled() -> bool:
            nonlocal quiet_since
            quiet_since = None if await self.unsettled() else quiet_since or time.monotonic()
            return quiet_since is not None and time.monotonic() - quiet_since > 1

        await until(settled, "it never settled", within_s=within_s)

    async def rows(self, statement: LiteralString) -> Sequence[Any]:
        async with await psycopg.AsyncConnection.connect(self.database_url, row_factory=namedtuple_row) as connection:
            return await (await connection.execute(statement)).fetchall()


def first_words(number: int) -> str:
    """All details at once: one of four hours on one of two days, at an address of one's own."""
    ahead = [datetime.now(UTC) + timedelta(days=days) for days in range(2, 9)]
    days = [day for day in ahead if day.isoweekday() in {1, 2, 3}]
    day, hour = days[number % 2], (10, 13, 15, 17)[number // 2 % 4]
    return f"יש לי נזילה בכיור, רמת גן, רחוב ביאליק {number + 1}, בתאריך {day:%d/%m/%Y} בשעה {hour}:00"


def settings_of(database_url: str, folder: Path, key: str) -> dict[str, str]:
    return {
        "PROLI_HOME": str(folder),
        "PROLI_DATABASE_URL": database_url,
        "PROLI_DATABASE_POOL_SIZE": "8",
        "PROLI_SECRET_KEY": key,
        "PROLI_MODEL_LADDER": "",
        "PROLI_AGENT_SETTLE_S": "0.2",
        "PROLI_WORKER_CONCURRENCY": "4",
        "PROLI_WORKER_POLL_S": "0.2",
        "PROLI_WORKER_HEARTBEAT_S": "1",
        "PROLI_WORKER_STALLED_AFTER_S": "8",  # a worker that only waits for a busy machine is not taken for dead
    }


@dataclass(frozen=True)
class Ways:
    """How a town is run."""

    workers: int
    temper: Mapping[str, Any] = field(default_factory=lambda: DROPPING)
    """Of its provider; see `Temper`."""
    echoes: bool = False
    journal_lag_s: float = 5
    """How long the provider's journal may lag, by what Proli is told of it."""
    professionals: int = PROFESSIONALS
    bases: Sequence[str] = BASES
    staff: str | None = None
    clocks: bool = False
    """Each process has a wall clock of its own: the file `clock <name>` in the town's folder."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


@asynccontextmanager
async def running_town(database_url: str, folder: Path, ways: Ways) -> AsyncGenerator[Town]:
    """A business with its number at a double of its own process, the server and the workers."""
    key, api_port, double_port = new_key(), free_port(), free_port()
    environment = {**settings_of(database_url, folder, key), **ways.environment}
    double_url, api_url = f"http://127.0.0.1:{double_port}", f"http://127.0.0.1:{api_port}"
    await found(database_url, Vault(key), double_url, ways)

    def process(name: str, *arguments: str) -> Proli:
        clock = folder / f"clock {name}" if ways.clocks else None
        if clock is not None:
            clocks.put(clock, timedelta())
        return Proli(arguments, environment, folder / f"{name}.log", clock)

    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S, limits=MANY) as client:
        town = Town(
            database_url=database_url,
            api=process("server", "serve", "--no-worker", "--port", str(api_port)),
            double=Program(double_with(double_port, api_url, ways), {}, folder / "double.log"),
            workers=[process(f"worker {number}", "worker") for number in range(ways.workers)],
            webhook=f"{api_url}/webhooks/green-api",
            double_url=double_url,
            maker=WebhookMaker(ID_INSTANCE, lambda: int(datetime.now(UTC).timestamp())),
            client=client,
        )
        try:
            for one in (town.double, town.api, *town.workers):
                one.start()
            await answers(f"{double_url}/__journal")
            await answers(f"{api_url}/healthz")
            yield town
        finally:
            for one in (*town.workers, town.api, town.double):
                one.kill()


def double_with(port: int, api_url: str, ways: Ways) -> list[str]:
    arguments = [sys.executable, "-m", "tests.doubles.green_api", "--port", str(port)]
    arguments += ["--temper", json.dumps(ways.temper), "--journal-lag", str(ways.journal_lag_s / 4)]
    return arguments + ["--echoes", "--webhook-url", f"{api_url}/webhooks/green-api"] * ways.echoes


async def found(database_url: str, vault: Vault, double_url: str, ways: Ways) -> None:
    """A business with room for everybody, whose professionals never sleep."""
    db = Database(database_url)
    try:
        async with db.begin_operator() as session:
            business = await create_business(session, slug="town", name="מורן שירותי בית", rest=OPEN_ALWAYS)
            business.staff_e164 = ways.staff
            await session.flush()
        async with db.begin(business.id) as session:
            await settle_in(session, vault, double_url, ways)
    finally:
        await db.close()


async def settle_in(session: BusinessSession, vault: Vault, double_url: str, ways: Ways) -> None:
    credentials = {
        "id_instance": ID_INSTANCE,
        "api_token": API_TOKEN,
        "host": double_url,
        "journal_lag_s": str(ways.journal_lag_s),
    }
    await add_channel_account(
        session,
        vault,
        provider="green_api",
        external_id=ID_INSTANCE,
        credentials=credentials,
        webhook_token=WEBHOOK_TOKEN,
    )
    for number in range(ways.professionals):
        professional = await add_professional(
            session,
            Profile(
                name=f"איש מקצוע {number}",
                phone_e164=f"+97252000{number:04}",
                trades=("plumber",),
                base_locality=ways.bases[number % len(ways.bases)],
                radius_km=20,
                hours=parse_hours("sun-sat 00:00-23:59"),
                max_open_jobs=1000,
            ),
        )
        professional.quiet_start_minute = professional.quiet_end_minute = 0


def phone(number: int) -> str:
    """A customer's number, none of the business's own."""
    return f"+97253000{number:04}"
