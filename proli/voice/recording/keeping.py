"""A line is recorded while somebody talks on it, where its business wants that."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from loguru import logger

from proli.platform.runtime import Runtime
from proli.voice.models import Call, RecordingPart
from proli.voice.recording.opus import OpusWriter
from proli.voice.recording.sides import Recorder
from proli.voice.talking import RATE, Line, TheCall

KEEP_EVERY_S: Final = 30.0
"""As much is lost of a recording at most when the server dies in the midst of a call."""
AGAIN_S: Final = (1.0, 2.0, 4.0, 8.0)
"""So long apart the end of a recording is tried again, when it cannot be kept."""
LONGEST_S: Final = 3600
"""Of what is said on one line after that nothing is kept."""


@asynccontextmanager
async def recorded(runtime: Runtime, call: TheCall, stream_id: int, line: Line) -> AsyncGenerator[Line]:
    """The line as it is, or one of which both sides are kept. That it cannot be kept disturbs nobody who talks."""
    if not call.recorded:
        yield line
        return
    keeper = Keeper(runtime, call, stream_id, Recorder(line))
    keeping = asyncio.create_task(keeper.keep_on())
    try:
        yield keeper.recorder
    finally:
        keeper.over.set()
        await keeping


class Keeper:
    """Writes down what a recorder has, piece by piece, until `over`."""

    def __init__(self, runtime: Runtime, call: TheCall, stream_id: int, recorder: Recorder) -> None:
        self.recorder = recorder
        self.over = asyncio.Event()
        self._runtime, self._call, self._stream_id = runtime, call, stream_id
        self._began_at: datetime = runtime.clock.now()
        self._writer = OpusWriter()
        self._waits = bytearray()
        self._ended = False
        self._samples = self._kept_samples = self._number = 0

    async def keep_on(self) -> None:
        while not self._ended:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(KEEP_EVERY_S):
                    await self.over.wait()
            await self._keep()
        for pause in AGAIN_S:
            if not self._waits:
                return
            await asyncio.sleep(pause)
            await self._keep(write=False)
        if self._waits:
            logger.error("The end of the recording of call {} is lost: the database is away", self._call.call_id)

    async def _keep(self, *, write: bool = True) -> None:
        try:
            if write:
                await self._write()
            if self._waits:
                await self._store()
        except Exception as fault:  # noqa: BLE001 - the talk goes on, and what waits is kept the next time
            logger.warning("A part of the recording of call {} waits: {}", self._call.call_id, type(fault).__name__)

    async def _write(self) -> None:
        last = self._ended = self.over.is_set()
        caller, ours = self.recorder.take(all_of_it=last)
        room = max(0, LONGEST_S * RATE - self._samples)
        if room <= len(caller):
            self.recorder.stop()
        self._samples += len(caller[:room])
        self._waits += await asyncio.to_thread(self._writer.write, caller[:room], ours[:room])
        if last:
            self._waits += await asyncio.to_thread(self._writer.end)

    async def _store(self) -> None:
        """One more part stands, unless the call is gone meanwhile with whose it was."""
        async with self._runtime.db.begin(self._call.business_id) as session:
            call = await session.get(Call, self._call.call_id)
            if call is not None:
                session.add(
                    RecordingPart(
                        call_id=call.id, stream_id=self._stream_id, contact_id=call.contact_id, number=self._number,
                        began_at=self._began_at, length_ms=(self._samples - self._kept_samples) * 1000 // RATE,
                        data=bytes(self._waits),
                    )
                )  # fmt: skip
        self._waits.clear()
        self._number += 1
        self._kept_samples = self._samples
