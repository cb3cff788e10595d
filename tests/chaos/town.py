"""A town in which many people write at once, on an installation of real processes around one database."""

import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import text

from proli.accounts.actions import create_business
from proli.conversations.accounts import add_channel_account
from proli.platform.db import Database
from proli.platform.security import Vault, new_key
from proli.professionals.actions import Profile, add_professional
from proli.professionals.rules import parse_hours
from proli.scheduling.observance import OPEN_ALWAYS
from tests.chaos.processes import Program, Proli, answers
from tests.chaos.waiting import until
from tests.doubles.green_api import API_TOKEN, ID_INSTANCE, WEBHOOK_TOKEN
from tests.doubles.green_api_webhooks import WebhookMaker
from tests.patience import PATIENCE_S
from tests.ports import free_port

JOURNAL_LAG_S = 5
DROP_RATE = 0.03
"""The share of sends whose answer is lost, half of them after the message was taken."""
PROFESSIONALS = 12
UNSETTLED = text("""
    SELECT (SELECT count(*) FROM procrastinate_jobs
            WHERE status = 'doing' OR status = 'todo' AND coalesce(scheduled_at, now()) < now() + interval '90 s')
         + (SELECT count(*) FROM messages WHERE delivery IN ('queued', 'sending', 'unknown'))
         + (SELECT count(*) FROM messages WHERE direction = 'in' AND wants_answer AND answered_at IS NULL)
""")
"""Everything that somebody still has to do now; reminders and the ends of offers lie further ahead."""


@dataclass
class Town:
    db: Database
    business_id: int
    api: Proli
    double: Program
    workers: list[Proli]
    webhook: str
    double_url: str
    maker: WebhookMaker
    answered: set[str] = field(default_factory=set[str])

    async def post(self, payload: dict[str, Any], *, patience_s: float = PATIENCE_S) -> None:
        """Green API says it until it is taken."""
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:

            async def taken() -> bool:
                return await self.try_post(client, payload)

            await until(taken, "the webhook was never taken", within_s=patience_s)

    async def try_post(self, client: httpx2.AsyncClient, payload: dict[str, Any]) -> bool:
        """Whether it was taken; False also when nobody knows, because the server died."""
        headers = {"authorization": f"Bearer {WEBHOOK_TOKEN}"}
        try:
            return (await client.post(self.webhook, json=payload, headers=headers)).status_code == 200
        except httpx2.TransportError:
            return False

    async def journal(self) -> list[dict[str, Any]]:
        """What Green API has taken, in order: what is on everybody's phones."""
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
            return (await client.get(f"{self.double_url}/__journal")).json()["sent"]

    async def new_offers(self) -> list[dict[str, Any]]:
        """Offers on professionals' phones that nobody has looked at yet."""
        asked = [entry for entry in await self.journal() if entry["buttons"]]
        fresh = [entry for entry in asked if entry["id_message"] not in self.answered]
        self.answered.update(entry["id_message"] for entry in fresh)
        return fresh

    def tap(self, offer: dict[str, Any], index: int) -> dict[str, Any]:
        button = offer["buttons"][index]
        return self.maker.tap(
            "+" + offer["chat_id"].removesuffix("@c.us"),
            button_id=button["buttonId"],
            text=button["buttonText"],
            quoted=offer["id_message"],
            id_message=f"TAP{offer['id_message']}",
        )

    async def unsettled(self) -> int:
        async with self.db.begin_operator() as session:
            return (await session.execute(UNSETTLED)).scalar_one()

    async def settle(self, *, within_s: float = PATIENCE_S) -> None:
        """Return when for a second nobody has had anything to do."""
        quiet_since: float | None = None

        async def settled() -> bool:
            nonlocal quiet_since
            quiet_since = None if await self.unsettled() else quiet_since or time.monotonic()
            return quiet_since is not None and time.monotonic() - quiet_since > 1

        await until(settled, "it never settled", within_s=within_s)

    async def rows(self, statement: str) -> Sequence[Any]:
        async with self.db.begin_operator() as session:
            return (await session.execute(text(statement))).all()


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
        "PROLI_WORKER_POLL_S": "0.05",
        "PROLI_WORKER_HEARTBEAT_S": "0.4",
        "PROLI_WORKER_STALLED_AFTER_S": "6",  # a worker that only waits for a busy machine is not taken for dead
    }


@asynccontextmanager
async def running_town(db: Database, database_url: str, folder: Path, *, workers: int) -> AsyncGenerator[Town]:
    """A business with its number at a double of its own process, the server, and workers that are not started yet."""
    key, api_port, double_port = new_key(), free_port(), free_port()
    environment = settings_of(database_url, folder, key)
    double_url = f"http://127.0.0.1:{double_port}"
    town = Town(
        db=db,
        business_id=await found(db, Vault(key), double_url),
        api=Proli(("serve", "--no-worker", "--port", str(api_port)), environment, folder / "api.log"),
        double=Program(
            (
                sys.executable,
                "-m",
                "tests.doubles.green_api",
                "--port",
                str(double_port),
                "--drop-rate",
                str(DROP_RATE),
            ),
            {},
            folder / "double.log",
        ),
        workers=[Proli(("worker",), environment, folder / f"worker{n}.log") for n in range(workers)],
        webhook=f"http://127.0.0.1:{api_port}/webhooks/green-api",
        double_url=double_url,
        maker=WebhookMaker(ID_INSTANCE, lambda: int(datetime.now(UTC).timestamp())),
    )
    try:
        town.double.start()
        town.api.start()
        for worker in town.workers:
            worker.start()
        await answers(f"{double_url}/__journal")
        await answers(f"http://127.0.0.1:{api_port}/healthz")
        yield town
    finally:
        for process in (*town.workers, town.api, town.double):
            process.kill()


async def found(db: Database, vault: Vault, double_url: str) -> int:
    """A business with room for everybody, whose professionals never sleep."""
    async with db.begin_operator() as session:
        business = await create_business(session, slug="town", name="מורן שירותי בית", rest=OPEN_ALWAYS)
        await session.flush()
        business_id = business.id
    credentials = {
        "id_instance": ID_INSTANCE,
        "api_token": API_TOKEN,
        "host": double_url,
        "journal_lag_s": str(JOURNAL_LAG_S),
    }
    async with db.begin(business_id) as session:
        await add_channel_account(
            session,
            vault,
            provider="green_api",
            external_id=ID_INSTANCE,
            credentials=credentials,
            webhook_token=WEBHOOK_TOKEN,
        )
        for number in range(PROFESSIONALS):
            professional = await add_professional(
                session,
                Profile(
                    name=f"איש מקצוע {number}",
                    phone_e164=f"+97252000{number:04}",
                    trades=("plumber",),
                    base_locality="רמת גן",
                    radius_km=20,
                    hours=parse_hours("sun-sat 00:00-23:59"),
                    max_open_jobs=100,
                ),
            )
            professional.quiet_start_minute = professional.quiet_end_minute = 0
    return business_id


def phone(number: int) -> str:
    """A customer's number, none of the business's own."""
    return f"+97253000{number:04}"
