"""What either side of a line has said, each sound at its place in time."""

from collections.abc import AsyncGenerator, Callable
from time import monotonic
from typing import Final

from proli.voice.talking import RATE, Audio, Line, Sign
from proli.voice.ulaw import SILENT

MOST_AHEAD_S: Final = 120
"""Sound of ours that would be heard later than this is left out: nobody is spoken to for so long at a stretch."""
SETTLED_S: Final = 1.0
"""What is older than this comes late no more."""


class Side:
    """The sound of one side, mu-law, with silence wherever nothing was. Places are in samples since the line
    was opened."""

    def __init__(self) -> None:
        self._sound = bytearray()
        self._taken = 0

    @property
    def end(self) -> int:
        return self._taken + len(self._sound)

    def put(self, at: int, data: bytes) -> None:
        """The sound is at its place; what was taken already does not change."""
        at -= self._taken
        if at < 0:
            at, data = 0, data[-at:]
        if at > len(self._sound):
            self._sound += SILENT * (at - len(self._sound))
        self._sound[at : at + len(data)] = data

    def cut(self, at: int) -> None:
        """Nothing was said from there on."""
        del self._sound[max(0, at - self._taken) :]

    def take(self, until: int) -> bytes:
        """The sound from where it was last taken to there."""
        length = max(0, until - self._taken)
        taken = bytes(self._sound[:length])
        del self._sound[:length]
        self._taken += length
        return taken + SILENT * (length - len(taken))


class Recorder:
    """A line of which both sides are kept until they are taken."""

    def __init__(self, line: Line, now: Callable[[], float] = monotonic) -> None:
        self._line = line
        self._now = now
        self._began = now()
        self._offset: int | None = None
        self._caller, self._ours = Side(), Side()
        self._stopped = False

    async def frames(self) -> AsyncGenerator[Sign]:
        async for sign in self._line.frames():
            if isinstance(sign, Audio) and not self._stopped:
                self._hear(sign)
            yield sign

    def _hear(self, sound: Audio) -> None:
        """By the provider's clock, which counts from the line's beginning: sound that was lost leaves a gap."""
        here = self._here()
        at = sound.at_ms * RATE // 1000
        if self._offset is None:
            self._offset = here - at
        at += self._offset
        if at <= here + RATE:
            self._caller.put(at, sound.data)

    async def play(self, data: bytes) -> None:
        await self._line.play(data)
        here = self._here()
        at = max(here, self._ours.end)
        if at < here + MOST_AHEAD_S * RATE and not self._stopped:
            self._ours.put(at, data)

    async def mark(self, name: str) -> None:
        await self._line.mark(name)

    async def clear(self) -> None:
        await self._line.clear()
        self._ours.cut(self._here())

    def stop(self) -> None:
        """Nothing more is kept; the line goes on."""
        self._stopped = True

    def take(self, *, all_of_it: bool = False) -> tuple[bytes, bytes]:
        """What the caller and what we have said since it was last taken, of one length; what may still change stays,
        unless the line is over."""
        here = self._here()
        until = here if all_of_it else here - round(SETTLED_S * RATE)
        return self._caller.take(until), self._ours.take(until)

    def _here(self) -> int:
        return round((self._now() - self._began) * RATE)
