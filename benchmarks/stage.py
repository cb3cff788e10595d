"""The stage: a database of its own, a business with a number at Green API's double, and real processes."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil
from sqlalchemy import text

from proli.accounts.actions import create_business
from proli.conversations.accounts import add_channel_account
from proli.platform.database_roles import OPERATOR
from proli.platform.embedded import start_embedded
from proli.platform.migrations import migrate
from proli.platform.runtime import Runtime, open_runtime
from proli.platform.security import new_key
from proli.platform.settings import Settings
from proli.professionals.actions import Profile, add_professional
from proli.professionals.rules import parse_hours
from proli.scheduling.observance import OPEN_ALWAYS
from proli.wiring import load_handlers
from tests.ports import free_port

INSTANCE, API_TOKEN, TOKEN = (
    "7103000001",
    "d75b3a66374942c5b3c019c698abc2067e151558acbd412345",
    "webhook-token-of-the-bench",
)
BASELINE = (
    "CREATE TABLE bench_inserts (id bigint GENERATED ALWAYS AS IDENTITY, body text)",
    f"GRANT INSERT ON bench_inserts TO {OPERATOR}",
)


@dataclass
class Stage:
    runtime: Runtime
    business_id: int
    environment: dict[str, str]
    double_port: int

    @asynccontextmanager
    async def process(self, *arguments: str, ready: int | None = None) -> AsyncGenerator[psutil.Process]:
        """A Python process of the stage; with `ready`, once that port answers."""
        started = subprocess.Popen([sys.executable, "-m", *arguments], env=self.environment)  # noqa: ASYNC220
        try:
            if ready is not None:
                await answers(ready)
            yield psutil.Process(started.pid)
        finally:
            started.terminate()
            started.wait(30)


async def answers(port: int) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        for _ in range(1200):
            try:
                await client.get(f"http://127.0.0.1:{port}/healthz")
                return
            except httpx2.TransportError:
                await asyncio.sleep(0.1)
    raise RuntimeError(f"nothing answers on port {port}")


@asynccontextmanager
async def set_stage() -> AsyncGenerator[Stage]:
    """Everything in a folder that is gone afterwards. The database has its defaults, and waits for the disk."""
    with tempfile.TemporaryDirectory(prefix="proli-bench-", ignore_cleanup_errors=True) as folder:
        url = start_embedded(Path(folder))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PROLI_")} | {
            "PROLI_HOME": folder,
            "PROLI_DATABASE_URL": url,
            "PROLI_SECRET_KEY": new_key(),
            "PROLI_LOG_LEVEL": "ERROR",
            "PROLI_AGENT_SETTLE_S": "0",
            "PROLI_MODEL_LADDER": "",
            "PROLI_OUTBOX_PER_SECOND": "1000",  # all customers write to one number, which is not what is measured
        }
        os.environ.update({name: value for name, value in environment.items() if name.startswith("PROLI_")})
        load_handlers()
        async with open_runtime(Settings.load()) as runtime:
            await migrate(runtime.db)
            async with runtime.db.owner() as connection:
                for statement in BASELINE:
                    await connection.execute(text(statement))
            double_port = free_port()
            business_id = await populate(runtime, double_port)
            yield Stage(runtime, business_id, environment, double_port)


async def populate(runtime: Runtime, double_port: int) -> int:
    async with runtime.db.begin_operator() as session:
        business_id = (await create_business(session, slug="bench", name="מורן", rest=OPEN_ALWAYS)).id
    credentials = {"id_instance": INSTANCE, "api_token": API_TOKEN, "host": f"http://127.0.0.1:{double_port}"}
    async with runtime.db.begin(business_id) as session:
        await add_channel_account(
            session,
            runtime.vault,
            provider="green_api",
            external_id=INSTANCE,
            credentials=credentials,
            webhook_token=TOKEN,
        )
        for number in range(12):
            await add_professional(
                session,
                Profile(
                    name=f"איש מקצוע {number}",
                    phone_e164=f"+9725210{number:05}",
                    trades=("plumber",),
                    base_locality="רמת גן",
                    radius_km=20,
                    hours=parse_hours("sun-sat 00:00-23:59"),
                ),
            )
    return business_id


def memory_mb(process: psutil.Process) -> float:
    return process.memory_info().rss / 1e6


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose first row is the head."""
    head, *body = rows
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in body)])
