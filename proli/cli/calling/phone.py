"""The provider's and the caller's side of one line: sound both ways at its own pace, marks, and words beside it."""

import asyncio
import base64
import contextlib
import json
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

FRAME: Final = 160
"""Bytes of a fiftieth of a second."""
FRAME_S: Final = 0.02
SILENCE: Final = b"\xff" * FRAME
QUIET_S: Final = 0.3
"""Who has said nothing for so long has finished."""


@dataclass
class Said:
    """Something that the caller says: its sound, and the words as a recogniser writes them, each with its moment."""

    sound: bytes
    words: Sequence[tuple[float, str, bool]]
    """(seconds after the beginning, all that is written by then, whether it is final)."""


@dataclass
class Phone:
    """One telephone. `heard` and `spoken` are the sound of both sides, from the beginning of the line."""

    socket: ClientConnection
    call: str
    stream: str
    heard: bytearray = field(default_factory=bytearray)
    spoken: bytearray = field(default_factory=bytearray)
    cleared: list[float] = field(default_factory=list[float])
    """When the other side threw away what was not played yet."""
    plays_since: float | None = None
    """Since when the other side is heard."""
    quiet_since: float = field(default_factory=monotonic)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    silent: asyncio.Event = field(default_factory=asyncio.Event)
    """The caller has said all that they were to say."""
    keeps_marks: bool = False
    """A provider that loses marks."""
    _sequence: int = 1
    _queue: deque[bytes | str] = field(default_factory=deque[bytes | str])
    _saying: deque[bytes] = field(default_factory=deque[bytes])

    async def send(self, event: str, **about: Any) -> None:
        self._sequence += 1
        message = {"event": event, "sequenceNumber": str(self._sequence), "streamSid": self.stream, **about}
        with contextlib.suppress(ConnectionClosed):
            await self.socket.send(json.dumps(message))

    async def listen(self) -> None:
        """What the other side sends is taken until it closes the line."""
        try:
            async for words in self.socket:
                message = json.loads(words)
                match message["event"]:
                    case "media":
                        self._take(base64.b64decode(message["media"]["payload"]))
                    case "mark":
                        self._queue.append(message["mark"]["name"])
                    case "clear":
                        await self._clear()
                    case _:
                        pass
        finally:
            self.over.set()
            self.silent.set()

    def _take(self, data: bytes) -> None:
        self._queue.extend(data[at : at + FRAME] for at in range(0, len(data), FRAME))

    async def _clear(self) -> None:
        self.cleared.append(monotonic())
        marks = [one for one in self._queue if isinstance(one, str)]
        self._queue.clear()
        for name in marks:
            await self._mark(name)

    async def _mark(self, name: str) -> None:
        if not self.keeps_marks:
            await self.send("mark", mark={"name": name})

    async def pump(self) -> None:
        """Sound goes both ways, a frame each in its time, until the line is over."""
        begin = next_at = monotonic()
        while not self.over.is_set():
            await self._play()
            data = self._saying.popleft() if self._saying else SILENCE
            if not self._saying:
                self.silent.set()
            self.spoken += data
            media = {
                "track": "inbound", "chunk": str(self._sequence), "timestamp": str(round((monotonic() - begin) * 1000)),
                "payload": base64.b64encode(data).decode(),
            }  # fmt: skip
            await self.send("media", media=media)
            next_at += FRAME_S
            await asyncio.sleep(max(0.0, next_at - monotonic()))

    async def _play(self) -> None:
        while self._queue and isinstance(self._queue[0], str):
            await self._mark(str(self._queue.popleft()))
        now = monotonic()
        if not self._queue:
            self.heard += SILENCE
            if self.plays_since is not None:
                self.plays_since, self.quiet_since = None, now
            return
        self.plays_since = self.plays_since or now
        self.heard += bytes(self._queue.popleft())  # type: ignore[arg-type]

    # What the caller does

    async def say(self, said: Said) -> None:
        """They speak, at the pace of speech."""
        self.silent.clear()
        self._saying.extend(
            said.sound[at : at + FRAME].ljust(FRAME, b"\xff") for at in range(0, len(said.sound), FRAME)
        )
        began = monotonic()
        for after, text, final in said.words:
            await asyncio.sleep(max(0.0, began + after - monotonic()))
            await self.send("words", words={"text": text, "final": final})
        await self.silent.wait()

    async def press(self, digit: str) -> None:
        await self.send("dtmf", dtmf={"track": "inbound_track", "digit": digit})

    async def hear_out(self, *, within_s: float, quiet_s: float = QUIET_S) -> bool:
        """The other side has spoken, and has finished; False when it did not in time."""
        end, began = monotonic() + within_s, len(self.heard)
        while monotonic() < end:
            heard = any(byte != SILENCE[0] for byte in self.heard[began:])
            quiet = self.plays_since is None and monotonic() - self.quiet_since >= quiet_s
            if self.over.is_set() or (heard and quiet):
                return heard
            await asyncio.sleep(FRAME_S)
        return False

    async def hang_up(self, account: str) -> None:
        """As when the caller does: the provider says so, and then closes."""
        await self.send("stop", stop={"accountSid": account, "callSid": self.call})
        await self.socket.close()


@asynccontextmanager
async def dialled[P: Phone](
    url: str, *, token: str, call: str, account: str, make: type[P] = Phone
) -> AsyncGenerator[P]:
    """The line that the provider opens, with a telephone at its end, until the end of the block."""
    stream = f"MZ{call[2:]}"
    async with connect(url, subprotocols=[Subprotocol("audio.twilio.com")]) as socket:
        phone = make(socket, call, stream)
        await socket.send(json.dumps({"event": "connected", "protocol": "Call", "version": "1.0.0"}))
        start = {
            "accountSid": account, "streamSid": stream, "callSid": call, "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {"token": token},
        }  # fmt: skip
        await phone.send("start", start=start)
        tasks = [asyncio.create_task(phone.listen()), asyncio.create_task(phone.pump())]
        try:
            yield phone
        finally:
            phone.over.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
