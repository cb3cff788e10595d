"""Real processes of an installation: started, killed without a word, started again."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.chaos.waiting import until

ROOT = Path(__file__).parents[2]
PROLI = Path(sys.executable).with_name("proli")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Process:
    """One process at a time under this name; what it logs is added to one file."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PROLI_")}
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.arguments, env={**inherited, **self.environment}, cwd=ROOT, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """Dead at this instruction, whatever it was."""
        if self.running is not None:
            self.running.send_signal(signal.SIGKILL)
            self.running.wait(10)
            self.running = None

    def restart(self) -> None:
        self.kill()
        self.start()

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""


async def answers(url: str) -> None:
    """Return when something answers HTTP there."""
    async with httpx2.AsyncClient(trust_env=False, timeout=5) as client:

        async def up() -> bool:
            try:
                await client.get(url)
            except httpx2.TransportError:
                return False
            return True

        await until(up, "nothing answers")
