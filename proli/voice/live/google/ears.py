"""Google writes down what the caller says, over a stream that is opened anew before Google would end it.

A stream goes on where the last one has written words that are final, so that nothing is lost at the seam, and what the
old one still says is not listened to, so that nothing is written twice.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from loguru import logger

from proli.platform.runtime import Runtime
from proli.voice.live.ears import Heard
from proli.voice.live.google.reaching import Google, code_of
from proli.voice.live.google.requests import requests
from proli.voice.live.google.tape import Tape
from proli.voice.live.hints import Hints, find_hints, towns
from proli.voice.talking import RATE, Audio, TheCall, Words

PASSING: Final = frozenset({"UNAVAILABLE", "INTERNAL", "ABORTED", "OUT_OF_RANGE", "CANCELLED", "UNKNOWN"})
"""What a stream may end with that another one does not: a connection that broke, and Google's limits of time."""
MOST_FAILURES: Final = 2
"""So many streams in a row may end without a word before others hear."""
AGAIN_S: Final = 0.2
UNWRITTEN_S: Final = 5.0
"""What was said longer ago stands written, if only in words that may change."""
GUARD_S, MOST_BACK_S = 0.1, 0.5
"""How near to the end of a voice, and how far back, another stream begins whose words were taken already."""


class StreamEnded(Exception):
    """Google has ended the stream without saying why."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a stream lives; Google ends it after five minutes."""

    from_s: float = 180.0
    """From here on it ends as soon as nothing is being said."""
    until_s: float = 285.0
    """Here it ends in any case."""


@dataclass(eq=False)
class Stream:
    began_on: int
    """The place on the tape of its first sound."""
    opened_at: float
    task: asyncio.Task[None] | None = None
    spoke: bool = False


class GoogleEars:
    """The ears of one call."""

    lag_ms = 500
    """A word stands in a result that may still change about so long after it was said."""

    def __init__(self, google: Google, runtime: Runtime, call: TheCall, lasting: Lasting = Lasting()) -> None:
        self._google, self._runtime, self._call, self._lasting = google, runtime, call, lasting
        self._tape = Tape()
        self._told = asyncio.Queue[tuple[Stream, Any]]()
        self._hints = Hints("he", ())
        self._stream: Stream | None = None
        self._settled = 0
        """The place on the tape up to which everything is written or was taken."""
        self._pending = False
        """Words are written that may still change."""
        self._failures = 0

    def feed(self, frame: Audio | Words) -> None:
        if isinstance(frame, Audio):
            self._tape.add(frame.data)

    def taken(self, quiet_s: float) -> None:
        """What was written counts as said, though it was not final: another stream listens to what comes now."""
        if self._pending and self._stream is not None:
            back = min(max(quiet_s - GUARD_S, 0.0), MOST_BACK_S)
            self._settled = max(self._settled, self._tape.end - round(back * RATE))
            self._open()

    async def heard(self) -> AsyncGenerator[Heard]:
        try:
            await self._google.client("speech")  # within the time of a greeting, or others hear
            self._google.recognizer()
            await asyncio.to_thread(towns)
            async with self._runtime.db.begin(self._call.business_id) as session:
                self._hints = await find_hints(session, self._call.contact_id)
            self._open()
            while True:
                for heard in await self._next():
                    yield heard
        finally:
            await self._close()

    async def _next(self) -> list[Heard]:
        """What is written next; nothing when another stream had to be opened."""
        stream = self._stream
        assert stream is not None
        lasts_s = self._lasting.until_s if self._pending else self._lasting.from_s
        try:
            async with asyncio.timeout_at(stream.opened_at + lasts_s):
                source, told = await self._told.get()
        except TimeoutError:
            if stream is self._stream:
                self._open()
            return []
        if source is not self._stream:
            return []
        if isinstance(told, BaseException):
            await self._mend(source, told)
            return []
        self._failures = 0
        return list(self._read(source, told))

    def _read(self, stream: Stream, response: Any) -> Iterator[Heard]:
        """The words of a response: those that are final, and after them those that may still change."""
        waiting = list[str]()
        for result in response.results:
            words = result.alternatives[0].transcript if result.alternatives else ""
            if not result.is_final:
                waiting.append(words)
                continue
            ends_s = result.result_end_offset.total_seconds()
            end = stream.began_on + round(ends_s * RATE) if ends_s else self._tape.end
            self._settled = max(self._settled, min(end, self._tape.end))
            if words or self._pending:
                yield Heard(tidy(words), True)
            self._pending = False
        if text := tidy("".join(waiting)):
            self._pending = True
            yield Heard(text, False)

    async def _mend(self, stream: Stream, fault: BaseException) -> None:
        """Another stream goes on; where it would end in the same way, these ears hear no more."""
        if self._hints.phrases and code_of(fault) == "INVALID_ARGUMENT" and "adaptation" in str(fault).lower():
            logger.warning("Google's model {} takes no phrases: {}", self._google.settings.google_model, fault)
            self._google.takes_phrases = False
            self._open()
            return
        self._failures = 1 if stream.spoke else self._failures + 1
        passes = isinstance(fault, StreamEnded) or code_of(fault) in PASSING
        if not passes or self._failures > MOST_FAILURES:
            raise fault
        logger.warning("A stream of Google's ears ended: {} {}", code_of(fault), fault)
        await asyncio.sleep(0 if self._failures == 1 else AGAIN_S)
        if stream is self._stream:
            self._open()

    def _open(self) -> None:
        """A new stream listens from where everything is settled; what the old one still tells does not count."""
        if self._stream is not None and self._stream.task is not None:
            self._stream.task.cancel()
        all_counts = self._pending or self._stream is None
        newest = self._tape.start if all_counts else self._tape.end - round(UNWRITTEN_S * RATE)
        self._pending = False
        self._stream = stream = Stream(max(self._settled, self._tape.start, newest), monotonic())
        stream.task = asyncio.create_task(self._run(stream))

    async def _run(self, stream: Stream) -> None:
        """All that Google tells in a stream, and at last why it ended."""
        why: BaseException = StreamEnded()
        try:
            client = await self._google.client("speech")
            asked = requests(self._google, self._hints, self._tape, stream.began_on)
            async for response in await client.streaming_recognize(requests=asked):
                stream.spoke = True
                self._told.put_nowait((stream, response))
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
        except Exception as fault:  # noqa: BLE001 - whoever reads what is told judges it
            why = fault
        self._told.put_nowait((stream, why))

    async def _close(self) -> None:
        if self._stream is not None and self._stream.task is not None:
            self._stream.task.cancel()
            with suppress(asyncio.CancelledError):
                await self._stream.task


def tidy(words: str) -> str:
    return " ".join(words.split())
