"""Google's text-to-speech on a loopback port: the real service's messages over gRPC."""

import asyncio
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from tests.doubles.google_speech import refuse, served_grpc
from tests.patience import PATIENCE_S

RATE = 8_000
LETTER = RATE // 100
"""Samples for each letter."""
VOICES = {"he-IL-Wavenet-A": "he-IL", "he-IL-Wavenet-B": "he-IL", "en-US-Wavenet-F": "en-US"}


@dataclass
class GoogleVoicesDouble:
    address: str = ""
    refused: tuple[str, str] | None = None
    silent: bool = False
    asked: list[Any] = field(default_factory=list[Any])

    @property
    def texts(self) -> list[str]:
        return [one.input.text for one in self.asked]

    async def synthesize_speech(self, asked: Any, context: Any) -> Any:
        self.asked.append(asked)
        if self.refused:
            await refuse(context, *self.refused)
        if self.silent:
            await asyncio.sleep(PATIENCE_S)
        voice, form = asked.voice, asked.audio_config
        if not 0 < len(asked.input.text.encode()) <= 5_000:
            await refuse(context, "INVALID_ARGUMENT", "The input text must have 1 to 5000 bytes.")
        if voice.language_code not in VOICES.values() or (voice.name and VOICES.get(voice.name) != voice.language_code):
            await refuse(context, "INVALID_ARGUMENT", f"Voice '{voice.name}' does not exist.")
        if (form.audio_encoding.name, form.sample_rate_hertz) != ("LINEAR16", RATE):
            await refuse(context, "INVALID_ARGUMENT", "Audio encoding does not fit.")
        library = import_module("google.cloud.texttospeech_v1")
        return library.SynthesizeSpeechResponse(audio_content=wav(len(asked.input.text) * LETTER))

    async def list_voices(self, asked: Any, context: Any) -> Any:
        if self.refused:
            await refuse(context, *self.refused)
        known = [{"name": name, "language_codes": [code]} for name, code in VOICES.items()]
        library = import_module("google.cloud.texttospeech_v1")
        return library.ListVoicesResponse(voices=[one for one in known if asked.language_code in one["language_codes"]])


def wav(samples: int) -> bytes:
    """A hum, as a file that a program of Google's writes."""
    sound = struct.pack("<hh", 9_000, -9_000) * (samples // 2)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    return (
        b"RIFF" + struct.pack("<I", 36 + len(sound)) + b"WAVE" + form + b"data" + struct.pack("<I", len(sound)) + sound
    )


@asynccontextmanager
async def running_google_voices() -> AsyncGenerator[GoogleVoicesDouble]:
    library, grpc = import_module("google.cloud.texttospeech_v1"), import_module("grpc")
    double = GoogleVoicesDouble()
    handler = grpc.unary_unary_rpc_method_handler(
        double.synthesize_speech,
        request_deserializer=library.SynthesizeSpeechRequest.deserialize,
        response_serializer=library.SynthesizeSpeechResponse.serialize,
    )
    voices = grpc.unary_unary_rpc_method_handler(
        double.list_voices,
        request_deserializer=library.ListVoicesRequest.deserialize,
        response_serializer=library.ListVoicesResponse.serialize,
    )
    methods = {"SynthesizeSpeech": handler, "ListVoices": voices}
    async with served_grpc("google.cloud.texttospeech.v1.TextToSpeech", methods) as double.address:
        yield double
