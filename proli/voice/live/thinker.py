"""The mind at work on one turn of a talk: by the models, and by the rules agent alone where they fail or are slow."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from proli.voice.live.pace import Pace
from proli.voice.live.thought import Answer, Mind


@dataclass
class Thinker:
    """`on_done` hears when a thought is there, or has failed."""

    mind: Mind
    pace: Pace
    on_done: Callable[[asyncio.Task[Any]], None]
    task: asyncio.Task[Answer] | None = None
    alone: bool = False
    """The rules agent thinks by itself."""
    since: float = 0.0
    wait_at: float | None = None
    """When the caller is asked to wait, unless there is an answer by then."""

    @property
    def too_long_at(self) -> float | None:
        return None if self.task is None else self.since + self.pace.mind_s

    def begin(self, *, alone: bool = False) -> None:
        self.alone, self.since = alone, monotonic()
        self.wait_at = self.since + self.pace.wait_s
        self.task = asyncio.create_task(self.mind.answer(alone=alone))
        self.task.add_done_callback(self.on_done)

    def done(self) -> None:
        self.task = self.wait_at = None

    async def stop(self) -> None:
        """Nothing is thought of any more; what a tool has committed stands, and what is there already is told."""
        self.wait_at = None
        if self.task is None or self.task.done():
            return
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        self.task = None

    async def begin_alone(self) -> bool:
        """The rules agent answers in place of the models; False when it was thinking itself."""
        await self.stop()
        self.done()
        if self.alone:
            return False
        self.begin(alone=True)
        return True
