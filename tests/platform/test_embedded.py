"""An embedded database that ends is started again, and nobody else has to be."""

import signal
import sys
from collections.abc import Generator
from pathlib import Path

import httpx2
import psutil
import pytest
from psycopg_pool import PoolTimeout

from proli.platform.faults import is_away
from tests.chaos.processes import Program
from tests.chaos.waiting import until
from tests.patience import PATIENCE_S
from tests.ports import free_port


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(tmp_path: Path, port: int) -> Generator[Program]:
    told = {"PROLI_HOME": str(tmp_path / "home"), "PROLI_HTTP_PORT": str(port)}
    one = Program([sys.executable, "-m", "proli.cli", "serve"], told, tmp_path / "log")
    one.start()
    assert one.running is not None
    yield one
    one.running.terminate()
    assert one.running.wait(PATIENCE_S) == 0, "it was told to stop, and did"


def postmaster(tmp_path: Path) -> psutil.Process:
    return psutil.Process(int((tmp_path / "home/postgres/postmaster.pid").read_text().split()[0]))


async def is_ready(port: int) -> bool:
    """It answers, the database does, and a worker is alive."""
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
        try:
            return (await client.get(f"http://127.0.0.1:{port}/readyz")).is_success
        except httpx2.HTTPError:
            return False


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "shut down"])
async def test_an_embedded_database_that_ends_is_started_again_under_its_server(
    server: Program, tmp_path: Path, port: int, number: signal.Signals
) -> None:
    await until(lambda: is_ready(port), "the server does not come up")
    former = postmaster(tmp_path)
    former.send_signal(number)

    async def runs_anew() -> bool:
        return "runs again" in server.log.read_text() and await is_ready(port)

    await until(runs_anew, f"the database does not come back: {server.log.read_text()[-2000:]}")
    assert postmaster(tmp_path).pid != former.pid
    assert server.running is not None
    assert server.running.poll() is None


def test_a_database_that_is_away_for_long_is_waited_for_by_the_worker() -> None:
    """What is raised when no connection can be had for half a minute is no fault of the worker's."""
    assert is_away(PoolTimeout("pool initialization incomplete after 30.0 sec"))
