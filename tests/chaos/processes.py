"""Real processes of an installation: started, killed without a word, started again."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx2
import psutil

from tests.chaos import clocks
from tests.chaos.waiting import until
from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
PROVIDERS = ("pydantic_ai.models.google", "pydantic_ai.models.openai")
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(
    ["pytest", "proli.cli.main", "tests.chaos.processes", "tests.chaos.warmed", "proli.wiring.handlers", *PROVIDERS]
)


def environment_with(ours: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PROLI_")} | dict(ours)


@dataclass
class Program:
    """A program, one process at a time; what it logs is added to one file."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.arguments, env=environment_with(self.environment), cwd=ROOT, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """Dead at this instruction, whatever it was."""
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait(PATIENCE_S)
            self.running = None


@dataclass
class Proli:
    """`proli` with these arguments, in processes forked from one that has only imported it: it starts at once."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    clock: Path | None = None
    """By which file its wall clock goes; None for the machine's."""
    running: BaseProcess | None = field(default=None, repr=False)
    spent_s: float = 0
    """How much of a processor those had taken that have ended."""

    def start(self) -> None:
        given = (self.arguments, environment_with(self.environment), self.log, self.clock)
        self.running = NURSERY.Process(target=run, args=given)
        self.running.start()

    @property
    def has_ended(self) -> bool:
        """Whether it has ended by itself."""
        return self.running is not None and not self.running.is_alive()

    def kill(self) -> None:
        """Dead at this instruction, whatever it was."""
        if self.running is not None:
            self.spent_s += spent_by(self.running.pid)
            self.running.kill()
            self.running.join(PATIENCE_S)
            self.running.close()
            self.running = None

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""


def spent_by(pid: int | None) -> float:
    """How much of a processor the process has taken by now, in seconds."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0
    return times.user + times.system


def run(arguments: Sequence[str], environment: dict[str, str], log: Path, clock: Path | None) -> None:
    from proli.cli.main import main

    if clock is not None:
        clocks.go_by(clock)
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.argv = ["proli", *arguments]
    main()


async def answers(url: str) -> None:
    """Return when something answers HTTP there."""
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:

        async def up() -> bool:
            try:
                await client.get(url)
            except httpx2.TransportError:
                return False
            return True

        await until(up, "nothing answers")
