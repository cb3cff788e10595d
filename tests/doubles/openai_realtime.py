"""OpenAI's realtime transcription on a loopback port. It hears the words of `google_speech.spoken`."""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from websockets.asyncio.server import ServerConnection, serve

from tests.doubles.google_speech import RATE, Recogniser

KEY = "sk-of-the-double"


@dataclass
class OpenAIRealtimeDouble:
    """`late_s` passes between the end of speech and the words that are final."""

    url: str = ""
    late_s: float = 0.1
    writes_along: bool = True
    """Words are told while they are said, and not only once speech has ended."""
    fails: str = ""
    """Each transcription fails with this code."""
    closes_after_words: int | None = None
    sessions: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    _items: "count[int]" = field(default_factory=lambda: count(1))

    async def serve(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        if socket.request.headers.get("authorization") != f"Bearer {KEY}":
            await self.tell(socket, "error", error={"type": "invalid_request_error", "code": "invalid_api_key",
                                                    "message": "Incorrect API key provided"})  # fmt: skip
            return
        assert socket.request.path.endswith("/v1/realtime?intent=transcription")
        await self.tell(socket, "session.created", session={"type": "transcription"})
        hears, item, heard = Recogniser(0.25), "", 0
        async for words in socket:
            said = json.loads(words)
            if said["type"] == "session.update":
                self.sessions.append(said["session"])
                hears = Recogniser(said["session"]["audio"]["input"]["turn_detection"]["silence_duration_ms"] / 1000)
                assert said["session"]["audio"]["input"]["format"] == {"type": "audio/pcmu"}
                await self.tell(socket, "session.updated", session=said["session"])
                continue
            assert said["type"] == "input_audio_buffer.append"
            sound = base64.b64decode(said["audio"])
            assert 0 < len(sound) <= 15 * RATE
            for final in hears.hear(sound):
                if final:
                    await self.tell(socket, "input_audio_buffer.committed", item_id=item, previous_item_id=None)
                    asyncio.get_running_loop().create_task(self.finish(socket, item, " ".join(hears.words)))
                    item = ""
                    continue
                heard += 1
                if not item:
                    item = f"item_{next(self._items)}"
                    await self.tell(socket, "input_audio_buffer.speech_started", item_id=item, audio_start_ms=0)
                if self.writes_along:
                    await self.transcribed(socket, "delta", item, delta=f"{hears.words[-1]} ")
                if heard == self.closes_after_words:
                    self.closes_after_words = None
                    await socket.close(1011, "server error")
                    return

    async def finish(self, socket: ServerConnection, item: str, text: str) -> None:
        await asyncio.sleep(self.late_s)
        if self.fails:
            error = {"type": "server_error", "code": self.fails, "message": "Transcription failed."}
            await self.transcribed(socket, "failed", item, error=error)
        else:
            usage = {"type": "duration", "seconds": 1}
            await self.transcribed(socket, "completed", item, transcript=text, usage=usage)

    async def transcribed(self, socket: ServerConnection, what: str, item: str, **about: Any) -> None:
        kind = f"conversation.item.input_audio_transcription.{what}"
        await self.tell(socket, kind, item_id=item, content_index=0, **about)

    async def tell(self, socket: ServerConnection, kind: str, **about: Any) -> None:
        await socket.send(json.dumps({"type": kind, "event_id": "event_1", **about}))


@asynccontextmanager
async def running_openai_realtime() -> AsyncGenerator[OpenAIRealtimeDouble]:
    double = OpenAIRealtimeDouble()
    async with serve(double.serve, "127.0.0.1", 0) as server:
        double.url = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/v1"
        yield double
