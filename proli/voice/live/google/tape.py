"""The newest sound of a caller, so that another stream may go on where one ended."""

import asyncio
from typing import Final

from proli.voice.talking import RATE

LONGEST: Final = 30 * RATE
"""Half a minute: nobody speaks longer without a pause in which something becomes final."""


class Tape:
    """Places on it are counted in bytes since the call began, one for each sample."""

    def __init__(self) -> None:
        self.start = 0
        """Of what is still there."""
        self._sound = bytearray()
        self._more = asyncio.Event()

    @property
    def end(self) -> int:
        return self.start + len(self._sound)

    def add(self, data: bytes) -> None:
        self._sound += data
        over = len(self._sound) - LONGEST
        if over > 0:
            del self._sound[:over]
            self.start += over
        self._more.set()

    async def reaches(self, place: int) -> None:
        """There is sound up to this place."""
        while self.end < place:
            self._more.clear()
            await self._more.wait()

    def read(self, place: int, most: int) -> bytes:
        """The sound from this place on, or from where it still is."""
        at = max(place - self.start, 0)
        return bytes(self._sound[at : at + most])
