"""What comes over the line of a talk goes to ears and marks, and what they make of it into the line of happenings."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from time import monotonic

from proli.voice.live.activity import Activity
from proli.voice.live.ears import Ears
from proli.voice.live.events import Deaf, Gone, Happening, Pressed, Voicing
from proli.voice.live.mouth import Mouth
from proli.voice.talking import Audio, Key, Line, Played, Words


@dataclass
class Listening:
    """The ears of a talk and what tells speech from all else, at work until `end`."""

    line: Line
    mouth: Mouth
    ears: list[Ears]
    """Who hears, the best first."""
    activity: Activity
    events: asyncio.Queue[Happening]
    _reading: asyncio.Task[None] | None = None
    _hearing: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._reading = asyncio.create_task(self._read())
        self._hearing = asyncio.create_task(self._listen(self.ears[0]))

    def taken(self, quiet_s: float) -> None:
        """What was heard by now counts as said, after this much silence."""
        self.ears[0].taken(quiet_s)

    def change_ears(self) -> bool:
        """The next ones hear; False where there are no others."""
        if len(self.ears) < 2:
            return False
        self.ears.pop(0)
        if self._hearing is not None:
            self._hearing.cancel()
        self._hearing = asyncio.create_task(self._listen(self.ears[0]))
        return True

    async def end(self) -> None:
        tasks = [task for task in (self._reading, self._hearing) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.activity.close()

    async def _read(self) -> None:
        """The line is read all the time, whatever else is going on."""
        async for sign in self.line.frames():
            match sign:
                case Audio():
                    self.ears[0].feed(sign)
                    speaks = await self.activity.feed(sign.data)
                    if speaks is not None:
                        at = monotonic() - (0.0 if speaks else self.activity.stop_s)
                        self.events.put_nowait(Voicing(speaks, at))
                case Words():
                    self.ears[0].feed(sign)
                case Key(digit):
                    self.events.put_nowait(Pressed(digit))
                case Played(name):
                    self.mouth.played(name)
        self.events.put_nowait(Gone())

    async def _listen(self, ears: Ears) -> None:
        """Of ears that were given up nothing is told any more."""
        why = "they have closed"
        try:
            async with aclosing(ears.heard()) as written:
                async for heard in written:
                    if (heard.final or heard.text.strip()) and ears is self.ears[0]:
                        self.events.put_nowait(heard)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with them, the call goes on
            why = f"{type(fault).__name__}: {fault}"
        if ears is self.ears[0]:
            self.events.put_nowait(Deaf(why))
