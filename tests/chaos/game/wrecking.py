"""Breaks the town as planned, and keeps its processes going as any supervisor would."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

from tests.chaos import clocks
from tests.chaos.game.people import Streets
from tests.chaos.game.plan import Fault
from tests.chaos.postgres import OwnPostgres, Stop
from tests.chaos.processes import Proli
from tests.chaos.waiting import until

LOOKS_EVERY_S = 0.05
RESTARTS_AFTER_S = 0.5
LONGEST_S = 3 * 3600
"""No game lasts longer."""


class Wrecker:
    """`done` counts what was broken, `fallen` how often a process ended that nobody had killed."""

    def __init__(self, streets: Streets, postgres: OwnPostgres, folder: Path) -> None:
        self._streets, self._town, self._postgres, self._folder = streets, streets.town, postgres, folder
        self._gone: dict[str, float] = {}
        self.done: Counter[str] = Counter()
        self.fallen = 0

    @property
    def _processes(self) -> dict[str, Proli]:
        return {"server": self._town.api} | {f"worker {n}": one for n, one in enumerate(self._town.workers)}

    async def wreck(self, faults: Sequence[Fault]) -> None:
        """Every fault has come in its turn, and been got over where that takes its time."""
        for fault in faults:
            await until(partial(self._has_come, fault), f"never came: {fault}", within_s=LONGEST_S)
            await self._befall(fault)
            self.done[fault.kind] += 1

    async def _has_come(self, fault: Fault) -> bool:
        return self._streets.said >= fault.after

    async def _befall(self, fault: Fault) -> None:
        match fault.kind:
            case "kill worker":
                self._kill([fault.whom], fault.for_s)
            case "kill all workers":
                self._kill([name for name in self._processes if name != "server"], fault.for_s)
            case "kill server":
                self._kill(["server"], fault.for_s)
            case "stop database":
                await self._postgres.stop(cast(Stop, fault.whom))
                await asyncio.sleep(fault.for_s)
                await self._postgres.start()
            case "clock jumps":
                clocks.put(self._folder / f"clock {fault.whom}", timedelta(minutes=fault.minutes))
            case "provider away":
                url = f"{self._town.double_url}/__away"
                (await self._town.client.post(url, json={"seconds": fault.for_s})).raise_for_status()

    def _kill(self, names: Sequence[str], for_s: float) -> None:
        for name in names:
            self._processes[name].kill()
            self._gone[name] = time.monotonic() + for_s

    async def supervise(self) -> None:
        """Whatever is not running is started again after its time; until cancelled."""
        while True:
            for name, process in self._processes.items():
                if process.has_ended:
                    process.kill()
                    self.fallen += 1
                    self._gone[name] = time.monotonic() + RESTARTS_AFTER_S
                elif process.running is None and time.monotonic() >= self._gone.get(name, 0):
                    process.start()
            await asyncio.sleep(LOOKS_EVERY_S)
