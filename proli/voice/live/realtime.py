"""OpenAI's realtime transcription as ears, by its own client: over a WebSocket; where speech ends, it says itself."""

import asyncio
import base64
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from importlib import import_module
from typing import Any, Final

from loguru import logger

from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from proli.voice.live.ears import Heard
from proli.voice.live.hints import Hints, find_hints, towns
from proli.voice.talking import Audio, TheCall, Words

CONNECT_S: Final = 1.5
LEAST: Final = 480
"""60 ms of sound in a message."""
MOST_WAITING: Final = 1_500
"""Frames that wait for a connection: half a minute."""
SILENCE_MS: Final = 250
"""After so much it takes speech as ended: shorter than any wait of ours, so that what is taken is always closed."""
MOST_PHRASES: Final = 100
PREFIX: Final = "conversation.item.input_audio_transcription."


class EarsFailed(Exception):
    """What the provider says went wrong."""


def load() -> Any:
    """The client with all that it would load as it connects: seconds of a busy core, of which calls must not hear."""
    import_module("openai.resources.realtime.realtime")
    import_module("openai.types.realtime")
    import_module("websockets.asyncio.client")
    return import_module("openai")


def check_openai(settings: Settings) -> None:
    """
    Raises:
        ConfigurationError: there is no key.
    """
    if settings.model.openai_api_key is None:
        raise ConfigurationError("OpenAI's ears want PROLI_MODEL_OPENAI_API_KEY.")


class Written:
    """What is written by now, part by part as they were said. A part that was taken counts no more."""

    def __init__(self) -> None:
        self._parts = dict[str, str]()
        self._whole = dict[str, str]()
        self._taken = set[str]()

    def taken(self) -> None:
        self._taken |= self._parts.keys()
        self._parts.clear()
        self._whole.clear()

    def begins(self, part: str) -> None:
        if part not in self._taken:
            self._parts.setdefault(part, "")

    def add(self, part: str, more: str) -> Iterator[Heard]:
        self.begins(part)
        if part in self._parts and more:
            self._parts[part] += more
            yield from self._waiting()

    def finish(self, part: str, text: str) -> Iterator[Heard]:
        """It is final; told once all before it are."""
        self.begins(part)
        if part not in self._parts:
            self._taken.discard(part)
            return
        self._whole[part] = text
        for one in [*self._parts]:
            if one not in self._whole:
                break
            had = self._parts.pop(one)
            said = tidy(self._whole.pop(one))
            if said or had:
                yield Heard(said, True)
        yield from self._waiting()

    def _waiting(self) -> Iterator[Heard]:
        if text := tidy(" ".join(self._whole.get(part, words) for part, words in self._parts.items())):
            yield Heard(text, False)


class OpenAIEars:
    """The ears of one call."""

    lag_ms = 800
    """Some of its models begin to write once somebody has ended."""

    def __init__(self, runtime: Runtime, call: TheCall) -> None:
        self._runtime, self._call = runtime, call
        self._sound = asyncio.Queue[bytes](MOST_WAITING)
        self._written = Written()

    def feed(self, frame: Audio | Words) -> None:
        if not isinstance(frame, Audio):
            return
        if self._sound.full():
            self._sound.get_nowait()
        self._sound.put_nowait(frame.data)

    def taken(self, quiet_s: float) -> None:
        self._written.taken()

    async def heard(self) -> AsyncGenerator[Heard]:
        check_openai(self._runtime.settings)
        await asyncio.to_thread(towns)
        async with self._runtime.db.begin(self._call.business_id) as session:
            hints = await find_hints(session, self._call.contact_id)
        library = await asyncio.to_thread(load)
        model = self._runtime.settings.model
        assert model.openai_api_key is not None
        key, url = model.openai_api_key.get_secret_value(), model.openai_base_url
        async with library.AsyncOpenAI(api_key=key, base_url=url, max_retries=0) as client:
            again = False
            while True:
                async with aclosing(self._one_connection(client, hints)) as told:
                    try:
                        async for heard in told:
                            again = True
                            yield heard
                    except EarsFailed:
                        raise
                    except (OSError, import_module("websockets").ConnectionClosed) as fault:
                        if not again:
                            raise
                        logger.warning("The connection to OpenAI's ears broke: {}", fault)
                again = False

    async def _one_connection(self, client: Any, hints: Hints) -> AsyncGenerator[Heard]:
        """What is written over one connection, until it breaks."""
        manager = client.realtime.connect(extra_query={"intent": "transcription"})
        async with asyncio.timeout(CONNECT_S):
            connection = await manager.enter()
        sending = None
        try:
            await connection.session.update(session=self._session(hints))
            sending = asyncio.create_task(self._send(connection))
            async for event in connection:
                for heard in self._read(event):
                    yield heard
            raise ConnectionResetError("it was closed")
        finally:
            if sending is not None:
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)
            await connection.close()

    async def _send(self, connection: Any) -> None:
        while True:
            sound = await self._sound.get()
            while len(sound) < LEAST:
                sound += await self._sound.get()
            await connection.input_audio_buffer.append(audio=base64.b64encode(sound).decode())

    def _session(self, hints: Hints) -> Any:
        """Sound as telephones have it, one language, and what is likely to be said where the model takes that."""
        name = self._runtime.settings.voice.openai_model
        written: dict[str, Any] = {"model": name, "language": hints.language}
        if name in {"gpt-transcribe", "gpt-live-transcribe"}:
            written["keywords"] = list(hints.phrases[:MOST_PHRASES])
        ends = {"type": "server_vad", "silence_duration_ms": SILENCE_MS}
        heard = {"format": {"type": "audio/pcmu"}, "transcription": written, "turn_detection": ends}
        return {"type": "transcription", "audio": {"input": heard}}

    def _read(self, event: Any) -> Iterator[Heard]:
        match event.type:
            case "input_audio_buffer.speech_started" | "input_audio_buffer.committed":
                self._written.begins(event.item_id)
            case kind if kind == f"{PREFIX}delta":
                yield from self._written.add(event.item_id, event.delta or "")
            case kind if kind == f"{PREFIX}completed":
                yield from self._written.finish(event.item_id, event.transcript)
            case kind if kind in ("error", f"{PREFIX}failed"):
                raise EarsFailed(f"{event.error.code or event.type}: {event.error.message}")
            case _:
                pass


def tidy(words: str) -> str:
    return " ".join(words.split())
