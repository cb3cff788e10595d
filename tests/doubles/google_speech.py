"""Google's recognition of speech on a loopback port: the real service's messages over gRPC.

It really hears: each word of `spoken` has a sound of its own, so that what is cut off, lost or heard twice shows in
what it writes.
"""

from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from time import monotonic
from typing import Any

RATE = 8_000
WORD, MARK = RATE // 5, 80
"""A word lasts a fifth of a second and begins with a mark."""
WHOLE = 0.8
"""Of so much of its sound a word can be heard."""
QUIET, BEGINS = 0xFF, 0x80
_LOUD = range(0x81, 0x91)
_known: dict[str, int] = {}


def spoken(text: str) -> bytes:
    """The sound of a text, in mu-law."""
    sound = bytearray()
    for word in text.split():
        number = _known.setdefault(word, len(_known))
        pair = bytes([_LOUD[number // 16], _LOUD[number % 16]])
        sound += bytes([BEGINS]) * MARK + pair * ((WORD - MARK) // 2)
    return bytes(sound)


class Recogniser:
    """Tells words from sound, and when somebody has finished."""

    def __init__(self, endpoint_s: float) -> None:
        self.words = list[str]()
        self.place = self.ends = 0
        """How many samples were heard, and where the last word ended."""
        self._endpoint = round(endpoint_s * RATE)
        self._sound = bytearray()
        self._quiet = 0

    def hear(self, sound: bytes) -> Iterator[bool]:
        """For each word whether it ends the utterance: False with a new word, True once there was silence enough."""
        for byte in sound:
            self.place += 1
            self._quiet = self._quiet + 1 if byte == QUIET else 0
            if byte not in (QUIET, BEGINS):
                self._sound.append(byte)
            elif self._finish():
                yield False
            if self._quiet == self._endpoint and self.words:
                yield True
                self.words.clear()

    def _finish(self) -> bool:
        sound, self._sound = bytes(self._sound), bytearray()
        if len(sound) < WHOLE * (WORD - MARK):
            return False
        number = _LOUD.index(sound[0]) * 16 + _LOUD.index(sound[1])
        if len(sound) % 2:  # the beginning was cut off, and the rest is heard from its end
            number = _LOUD.index(sound[-2]) * 16 + _LOUD.index(sound[-1])
        self.words.append(next(word for word, known in _known.items() if known == number))
        self.ends = self.place
        return True


@dataclass
class Way:
    """What becomes of a stream."""

    refused: tuple[str, str] | None = None
    """Google's code and words, before anything is heard."""
    cut_after_words: int | None = None
    """So many words are written, then the connection is gone."""
    deaf: bool = False
    """All is heard, and nothing written."""


@dataclass
class Listened:
    """One stream, as it was asked for."""

    config: Any
    written: list[str] = field(default_factory=list[str])
    """What became final."""


@dataclass
class GoogleSpeechDouble:
    """`says` is what it writes of a word instead: a figure, another word, nothing at all."""

    address: str = ""
    endpoint_s: float = 0.5
    longest_s: float = 300.0
    takes_phrases: bool = True
    models: tuple[str, ...] = ("telephony", "long")
    """Those that know the language where it is asked."""
    says: dict[str, str] = field(default_factory=dict[str, str])
    ways: deque[Way] = field(default_factory=deque[Way])
    always: Way = field(default_factory=Way)
    streams: list[Listened] = field(default_factory=list[Listened])
    cuts: int = 0
    """So many streams that are open lose their connection."""

    async def streaming_recognize(self, asked: AsyncIterator[Any], context: Any) -> AsyncGenerator[Any]:
        way = self.ways.popleft() if self.ways else self.always
        first = await anext(aiter(asked))
        await self._check(first, way, context)
        stream, hears, count = Listened(first.streaming_config), Recogniser(self.endpoint_s), 0
        self.streams.append(stream)
        began = monotonic()
        async for request in asked:
            if self.cuts:
                self.cuts -= 1
                await refuse(context, "UNAVAILABLE", "Socket closed")
            if not 0 < len(request.audio) <= 15_360:
                await refuse(context, "INVALID_ARGUMENT", "Audio chunk can be of a maximum of 15360 bytes.")
            if monotonic() - began > self.longest_s:
                await refuse(context, "ABORTED", "Max duration of 5 minutes reached for stream.")
            for final in hears.hear(request.audio):
                count += not final
                if not way.deaf:
                    yield self._written(stream, hears, final)
                if count == way.cut_after_words:
                    await refuse(context, "UNAVAILABLE", "Socket closed")

    def _written(self, stream: Listened, hears: Recogniser, final: bool) -> Any:
        words = [self.says.get(word, word) for word in hears.words]
        text = " ".join(filter(None, words))
        if final:
            stream.written.append(text)
            return answer((text, True, hears.ends))
        head, _, last = text.rpartition(" ")
        return answer((head, False, hears.place), (f" {last}", False, hears.place))

    async def _check(self, first: Any, way: Way, context: Any) -> None:
        """What Google refuses."""
        config = first.streaming_config.config
        sound = config.explicit_decoding_config
        sets = [one.inline_phrase_set.phrases for one in config.adaptation.phrase_sets]
        phrases = [phrase.value for one in sets for phrase in one]
        if way.refused:
            await refuse(context, *way.refused)
        if first.audio or not first.recognizer.endswith("/recognizers/_"):
            await refuse(context, "INVALID_ARGUMENT", "The first message must contain a config and no audio.")
        if (sound.encoding.name, sound.sample_rate_hertz, sound.audio_channel_count) != ("MULAW", RATE, 1):
            await refuse(context, "INVALID_ARGUMENT", "Audio encoding does not fit.")
        if config.model not in self.models:
            known = f'The model "{config.model}" does not exist in the location named "global".'
            await refuse(context, "INVALID_ARGUMENT", known)
        if list(config.language_codes) not in (["iw-IL"], ["en-US"]):
            await refuse(context, "INVALID_ARGUMENT", f"Language {config.language_codes} is not supported.")
        if any(len(one) > 1200 for one in sets) or any(not 0 < len(one) <= 100 for one in phrases):
            await refuse(context, "INVALID_ARGUMENT", "Phrase sets are beyond their limits.")
        if phrases and not self.takes_phrases:
            await refuse(context, "INVALID_ARGUMENT", "Recognizer does not support feature: speech_adaptation")


def answer(*results: tuple[str, bool, int]) -> Any:
    speech = import_module("google.cloud.speech_v2")
    return speech.StreamingRecognizeResponse(
        results=[
            {
                "alternatives": [{"transcript": text}], "is_final": final,
                "result_end_offset": {"seconds": place // RATE, "nanos": place % RATE * 125_000},
            }
            for text, final, place in results
            if text or final
        ]
    )  # fmt: skip


async def refuse(context: Any, code: str, words: str) -> None:
    await context.abort(getattr(import_module("grpc").StatusCode, code), words)


@asynccontextmanager
async def served_grpc(service: str, methods: dict[str, Any]) -> AsyncGenerator[str]:
    """Methods of a service on a port of this machine; gives its address."""
    grpc, aio = import_module("grpc"), import_module("grpc.aio")
    server = aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, methods),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.stop(None)


@asynccontextmanager
async def running_google_speech() -> AsyncGenerator[GoogleSpeechDouble]:
    speech, grpc = import_module("google.cloud.speech_v2"), import_module("grpc")
    double = GoogleSpeechDouble()
    handler = grpc.stream_stream_rpc_method_handler(
        double.streaming_recognize,
        request_deserializer=speech.StreamingRecognizeRequest.deserialize,
        response_serializer=speech.StreamingRecognizeResponse.serialize,
    )
    async with served_grpc("google.cloud.speech.v2.Speech", {"StreamingRecognize": handler}) as double.address:
        yield double
