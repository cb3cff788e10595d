"""What we are saying in a talk, one thing at a time, and that only what was heard of it is kept."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from proli.chat.replying import shown_in
from proli.knowledge.spoken.saying import sentences
from proli.voice.live.mouth import Mouth, Saying, heard_of
from proli.voice.live.notes import Host, Noted, Notes
from proli.voice.live.thought import Answer
from proli.voice.talking import Farewell


@dataclass
class Spoken:
    """Something that is being said."""

    noted: Noted
    saying: Saying
    answer: Answer | None = None
    farewell: Farewell | None = None
    """It is the last thing that is said."""
    quiet_since: float = 0.0
    """When the caller had ended what it answers."""

    @property
    def is_reply(self) -> bool:
        return self.answer is not None


@dataclass
class Speaker:
    """Says things on the line of a talk. `on_done` hears of each that was said to its end, or failed."""

    mouth: Mouth
    notes: Notes
    host: Host
    on_done: Callable[[asyncio.Task[None]], None]
    spoken: Spoken | None = None
    task: asyncio.Task[None] | None = None

    @property
    def speaks(self) -> bool:
        return self.task is not None

    async def say(
        self,
        code: str,
        *,
        values: Mapping[str, Any] | None = None,
        first: str = "",
        then: str = "",
        remembered: bool = True,
        farewell: Farewell | None = None,
    ) -> None:
        """Words of ours, between those that have to be said `first` and `then`. Whatever was being said is broken
        off."""
        await self.hush(monotonic())
        text = "\n".join(filter(None, (first, self.host.say(code, **(values or {})), then)))
        noted = await self.notes.say(text, remembered=remembered)
        self._begin(Spoken(noted, Saying(noted.text), farewell=farewell))

    async def reply(self, answer: Answer, *, quiet_since: float, farewell: Farewell | None = None) -> None:
        """The answer of the mind, after what is being said to bridge its thinking."""
        if self.task is not None and self.spoken is not None:
            bridge, _ = self.spoken, await asyncio.wait([self.task])
            await self.keep(bridge, bridge.noted.text)
        self._begin(Spoken(answer.noted, Saying(answer.noted.text), answer, farewell, quiet_since))

    def _begin(self, spoken: Spoken) -> None:
        self.spoken = spoken
        self.task = asyncio.create_task(self.mouth.say(spoken.saying))
        self.task.add_done_callback(self.on_done)

    async def hush(self, now: float) -> None:
        """Nothing is said any more, and what was not heard yet was not said."""
        if self.task is None or self.spoken is None:
            return
        self.task.cancel()
        await self.mouth.hush()
        spoken = self._forget()
        await self.keep(spoken, heard_of(spoken.saying, at=now))

    async def ended(self, task: asyncio.Task[None], now: float) -> Spoken | None:
        """What was said with this task to its end; None when it was something else, or broken off.

        Raises:
            VoiceGone: it could not be said, and what was heard of it is kept.
        """
        if task is not self.task or task.cancelled():
            return None
        spoken, fault = self._forget(), task.exception()
        await self.keep(spoken, spoken.noted.text if fault is None else heard_of(spoken.saying, at=now))
        if fault is not None:
            raise fault
        return spoken

    async def stop(self, now: float) -> Spoken | None:
        """The line is over: what was being said, of which what was heard is kept."""
        if self.task is None or self.spoken is None:
            return None
        self.task.cancel()
        spoken = self._forget()
        await self.keep(spoken, heard_of(spoken.saying, at=now))
        return spoken

    async def end(self) -> None:
        """Nothing is said any more, and nothing kept of it."""
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    async def leave_unsaid(self, answer: Answer) -> None:
        """Nobody hears it."""
        await self.keep(Spoken(answer.noted, Saying(answer.noted.text), answer), "")

    def _forget(self) -> Spoken:
        assert self.spoken is not None
        spoken, self.spoken, self.task = self.spoken, None, None
        return spoken

    async def keep(self, spoken: Spoken, heard: str) -> None:
        """What was heard is written down, and only that is remembered."""
        noted, answer = spoken.noted, spoken.answer
        if spoken.saying.first_at is not None and spoken.quiet_since:
            noted.latency_ms = max(0, round((spoken.saying.first_at - spoken.quiet_since) * 1000))
        lengths = [len(part.split()) for part in sentences(noted.text)]
        words = len(heard.split())
        await self.notes.keep_heard(
            noted,
            noted.text if words >= sum(lengths) else heard,
            offered=None if answer is None else shown_in(heard, answer.offered, answer.facts),
            question_heard=words > sum(lengths[:-1]),
        )
