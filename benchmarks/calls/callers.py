"""Callers who write down when the sound of the other side came."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from proli.cli.calling import phone
from proli.cli.calling.phone import SILENCE, Phone, Said, dialled
from proli.cli.calling.provider import Provider, line_in

FRAME_S: Final = 0.02
LATE_S: Final = 0.04
"""A frame that comes so much after its moment is late."""
ANEW_S: Final = 0.8
"""After so much silence something else is being said."""


@dataclass
class Arrivals:
    """When sound came: (moment, frames), and when each thing the caller said had ended."""

    came: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    said_until: list[float] = field(default_factory=list[float])

    def late(self) -> tuple[int, int]:
        """(frames that came too late to be played in their moment, all frames)."""
        late = total = 0
        plays_until = 0.0
        for at, frames in self.came:
            if at > plays_until + ANEW_S:
                plays_until = at
            late += frames if at > plays_until + LATE_S else 0
            total += frames
            plays_until = max(plays_until, at) + frames * FRAME_S
        return late, total

    def first_after(self, moment: float) -> float | None:
        """The moment of the first sound after this one."""
        return next((at for at, _ in self.came if at >= moment), None)


@dataclass
class Attentive(Phone):
    """A telephone that keeps its arrivals."""

    arrivals: Arrivals = field(default_factory=Arrivals)

    def _take(self, data: bytes) -> None:
        if data.strip(SILENCE[:1]):
            self.arrivals.came.append((monotonic(), len(data) // phone.FRAME))
        super()._take(data)

    async def say(self, said: Said) -> None:
        await super().say(said)
        self.arrivals.said_until.append(monotonic())


@asynccontextmanager
async def calling(provider: Provider) -> AsyncGenerator[Attentive]:
    """A call that is answered, and its end."""
    line = line_in(await provider.ring())
    assert line is not None, "the call was not answered"
    about = {"token": line[1], "call": provider.call, "account": provider.account}
    async with dialled(line[0], **about, make=Attentive) as caller:
        yield caller
        if not caller.over.is_set():
            await caller.hang_up(provider.account)
    await provider.end()


async def converse(provider: Provider, lines: Sequence[Said], *, starts_in: float = 0.0) -> Arrivals:
    """A whole call: each of the lines is said once the other side has finished."""
    await asyncio.sleep(starts_in)
    async with calling(provider) as caller:
        await caller.hear_out(within_s=20)
        for said in lines:
            if caller.over.is_set():
                break
            await caller.say(said)
            await caller.hear_out(within_s=20)
        return caller.arrivals
