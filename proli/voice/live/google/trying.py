"""Whether Google would listen and speak as the settings say: asked with a blink of silence, and nothing is spoken."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, Final

from proli.platform.errors import ConfigurationError
from proli.platform.settings import split
from proli.voice.live.google.reaching import Google, load
from proli.voice.live.google.requests import opening
from proli.voice.live.google.voice import CODES
from proli.voice.live.hints import Hints
from proli.voice.talking import RATE
from proli.voice.ulaw import SILENT

TIMEOUT_S: Final = 8.0
ANSWERS_S: Final = 1.0
"""Within it a refusal comes; sound that was being sent would hide its reason."""


async def try_ears(google: Google) -> None:
    """Whatever Google refuses is raised as its client says it.

    Raises:
        ConfigurationError
        TimeoutError: there is no connection.
    """
    google.check("speech")
    client = await google.client("speech")

    async def silence() -> AsyncGenerator[Any]:
        yield opening(google, Hints("he", ()))
        await asyncio.sleep(ANSWERS_S)
        yield load("google.cloud.speech_v2").StreamingRecognizeRequest(audio=SILENT * (RATE // 4))

    async for _ in await client.streaming_recognize(requests=silence(), timeout=TIMEOUT_S):
        pass


async def try_voice(google: Google) -> None:
    """As `try_ears`.

    Raises:
        ConfigurationError: Google has no voice of a name that is set.
    """
    google.check("texttospeech")
    client = await google.client("texttospeech")
    answer = await client.list_voices(language_code=CODES["he"], retry=None, timeout=TIMEOUT_S)
    known = {voice.name for voice in answer.voices}
    for name in split(google.settings.google_voices):
        if name.startswith(CODES["he"]) and name not in known:
            raise ConfigurationError(f"Google has no voice {name}; it has {', '.join(sorted(known)[:8])}.")
    if not known:
        raise ConfigurationError("Google has no voice that speaks Hebrew.")
