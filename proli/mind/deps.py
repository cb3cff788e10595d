"""Who the agent is talking to and on whose behalf. Comes from verified rows, never from a model."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from proli.mind.choices import NOTHING, Choice, Picked
from proli.mind.hearing.burst import Heard
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.playbooks.loader import Playbook

type Effect = Callable[[BusinessSession], Awaitable[Any]]


@dataclass(frozen=True)
class Deps:
    runtime: Runtime
    business_id: int
    origin: str
    """Where the turn comes from, by which the ledger knows its tool calls."""
    conversation_id: int
    contact_id: int
    turn_key: str
    """By which the ledger knows the turn, however often it is tried."""
    now: datetime
    zone: ZoneInfo
    language: str
    playbook: Playbook
    heard: Heard
    """What code has found in the burst: a model's arguments are checked against it."""
    said: str
    """All that the contact has said in the conversation, as far as a model is shown it."""
    written: tuple[tuple[str, datetime], ...] = ()
    """What the contact has said, message by message, with when each was written, oldest first."""
    shown: tuple[datetime, ...] = ()
    """The times our last reply offered."""
    trades_done: frozenset[str] | None = None
    """The trades of which somebody takes requests; None where that is not known."""
    choices: tuple[Choice, ...] = ()
    """The contact's open requests when the turn began, where there were several."""
    picked: Picked = NOTHING
    """Which of them is meant."""
    tried_before: bool = False
    """An earlier try of this turn has committed something, which the tools must look for before they act."""
    offered: list[str] = field(default_factory=list[str])
    """Starts of the times shown to the model in this turn, ISO 8601 in UTC; filled by the tools."""

    rehearsed: list[Effect] | None = None
    """None in earnest. In a rehearsal nothing is ever committed: what its tools have done so far, to be done anew."""

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[BusinessSession]:
        """A transaction of the turn's tools. In a rehearsal it finds all that was rehearsed, and is rolled back.

        So nothing stays locked while a model thinks.
        """
        async with self.runtime.db.begin(self.business_id) as session:
            for effect in self.rehearsed or ():
                await effect(session)
            yield session
            if self.rehearsed is not None:
                await session.flush()
                await session.rollback()

    @property
    def local_now(self) -> datetime:
        return self.now.astimezone(self.zone)
