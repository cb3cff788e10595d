"""Who writes down what the caller says, while it is said."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, Protocol

from proli.platform.runtime import Runtime
from proli.voice.talking import Audio, TheCall, Words


@dataclass(frozen=True, slots=True)
class Heard:
    """What is being said, as far as it is written down by now."""

    text: str
    final: bool
    """It will not be written otherwise any more; what comes next is said after it."""


class Ears(Protocol):
    """The ears of one call."""

    lag_ms: int
    """How long they take to write a word that was said."""

    def feed(self, frame: Audio | Words) -> None:
        """What comes over the line goes into them; never waits."""
        ...

    def taken(self, quiet_s: float) -> None:
        """What they have written by now counts as said, though it was not final, and they write it no more; there has
        been silence for so long."""
        ...

    def heard(self) -> AsyncGenerator[Heard]:
        """What they write, until they are closed. Whatever it raises, they hear no more."""
        ...


type OpenEars = Callable[[Runtime, TheCall], Ears]
MOST_WAITING: Final = 1_000


class TypedEars:
    """They read: the words come over the line themselves, typed by whoever plays the caller."""

    lag_ms = 300
    """As whoever plays a recogniser writes a word no sooner than it was said."""

    def __init__(self, *_: object) -> None:
        self._words = asyncio.Queue[Words](MOST_WAITING)

    def feed(self, frame: Audio | Words) -> None:
        if isinstance(frame, Words) and not self._words.full():
            self._words.put_nowait(frame)

    def taken(self, quiet_s: float) -> None:
        """Whoever types says when something is final."""

    async def heard(self) -> AsyncGenerator[Heard]:
        while True:
            said = await self._words.get()
            yield Heard(said.text, said.final)


class TypedBeside:
    """Ears that hear as others do, and read besides what is typed: of calls in which the caller is played."""

    def __init__(self, ears: Ears) -> None:
        self._ears, self._typed = ears, TypedEars()
        self.lag_ms = ears.lag_ms

    def feed(self, frame: Audio | Words) -> None:
        (self._typed if isinstance(frame, Words) else self._ears).feed(frame)

    def taken(self, quiet_s: float) -> None:
        self._ears.taken(quiet_s)

    async def heard(self) -> AsyncGenerator[Heard]:
        """What either writes; when the others hear no more, so do these."""
        written = asyncio.Queue[Heard | None]()
        hearing, reading = (asyncio.create_task(pour(ears, written)) for ears in (self._ears, self._typed))
        try:
            while (heard := await written.get()) is not None:
                yield heard
            await hearing
        finally:
            hearing.cancel()
            reading.cancel()
            await asyncio.gather(hearing, reading, return_exceptions=True)


async def pour(ears: Ears, written: asyncio.Queue[Heard | None]) -> None:
    """What these ears write, and None when they hear no more."""
    try:
        async with aclosing(ears.heard()) as each:
            async for one in each:
                await written.put(one)
    finally:
        written.put_nowait(None)
