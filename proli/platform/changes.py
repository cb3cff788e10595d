"""What changes in a business, told to the pages that watch it.

The database notifies of a row's change only while somebody watches its business: a notification makes commits stand in
line, and most of the time nobody looks. One connection per process listens for all its pages.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from loguru import logger
from psycopg import AsyncConnection, OperationalError
from sqlalchemy import text

from proli.platform.db import Database

CHANNEL = "proli_changes"
EVERYTHING = ("everything", 0)
"""Told after a gap in which changes may have been missed."""
WATCH = text("""
    INSERT INTO watchers (business_id, until) SELECT unnest(cast(:ids AS bigint[])), now() + interval '60 seconds'
    ON CONFLICT (business_id) DO UPDATE SET until = excluded.until
""")
NO_BUSINESS = 0
"""What is notified of nobody's business: devices that are signed out, people who are members no more."""
RENEW_S = 20
RECONNECT_S = 1

type Change = tuple[str, int]
"""What kind of thing has changed, and which one."""


@dataclass(eq=False)
class Watch:
    """What has changed for one page since it last asked.

    It is in doubt whether the page may still watch when one of `ends` has changed, after a gap, and to begin with.
    """

    ends: frozenset[Change] = frozenset()
    doubted: bool = True
    changes: set[Change] = field(default_factory=set[Change])
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, change: Change) -> None:
        self.changes.add(change)
        self.stirred.set()

    def doubt(self) -> None:
        self.doubted = True
        self.stirred.set()

    def take_doubt(self) -> bool:
        """Whether there is a doubt; from here on there is none."""
        doubted, self.doubted = self.doubted, False
        return doubted

    async def wait(self, *, timeout_s: float) -> list[Change]:
        """What has changed, as soon as anything has; nothing when the time is over."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stirred.wait(), timeout_s)
        self.stirred.clear()
        told, self.changes = sorted(self.changes), set()
        return told


class Changes:
    """The changes of every business that pages of this process watch."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._watches: dict[int, set[Watch]] = defaultdict(set)
        self._tasks: list[asyncio.Task[None]] = []
        self._listening = asyncio.Event()
        self.ending = False
        """The process is about to stop: streams end, as nothing waits for them."""

    @asynccontextmanager
    async def watch(self, business_id: int, *, ends: frozenset[Change] = frozenset()) -> AsyncGenerator[Watch]:
        """What changes in the business until the end of the block is told to the watch.

        When one of `ends` changes, which are of no business, the watch is in doubt.
        """
        watch = Watch(ends)
        self._watches[business_id].add(watch)
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._listen_forever()), asyncio.create_task(self._renew_forever())]
        try:
            await self._listening.wait()
            await self._say_who_watches([business_id])
            yield watch
        finally:
            self._watches[business_id].discard(watch)
            if not self._watches[business_id]:
                del self._watches[business_id]

    def end(self) -> None:
        self.ending = True
        self._tell_everybody()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _say_who_watches(self, business_ids: list[int]) -> None:
        async with self._db.begin_operator() as session:
            await session.execute(WATCH, {"ids": business_ids})

    async def _renew_forever(self) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                await self._say_who_watches(sorted(self._watches))
            except Exception:  # noqa: BLE001 - a database that restarts is asked again in the next round
                logger.exception("Who watches could not be renewed")

    async def _listen_forever(self) -> None:
        while True:
            try:
                await self._listen()
            except (OperationalError, OSError) as error:
                logger.warning("The listener lost the database and connects again: {}", error)
            await asyncio.sleep(RECONNECT_S)

    async def _listen(self) -> None:
        async with await AsyncConnection.connect(self._db.conninfo, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            if self._listening.is_set():
                self._tell_everybody()
            self._listening.set()
            async for notice in connection.notifies():
                business_id, topic, row_id = notice.payload.split()
                change = (topic, int(row_id))
                if int(business_id) == NO_BUSINESS:
                    self._doubt(change)
                for watch in self._watches.get(int(business_id), ()):
                    watch.tell(change)

    def _doubt(self, change: Change) -> None:
        for watch in self._all():
            if change in watch.ends:
                watch.doubt()

    def _tell_everybody(self) -> None:
        for watch in self._all():
            watch.tell(EVERYTHING)
            watch.doubt()

    def _all(self) -> list[Watch]:
        return [watch for watches in self._watches.values() for watch in watches]
