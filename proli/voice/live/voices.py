"""Voices: text to the sound of a telephone. One that fails rests, and the next one speaks."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Literal, Protocol

from loguru import logger

from proli.voice.offline.speaking import speak

type Language = Literal["he", "en"]

PATIENCE_S: Final = 2.5
"""So long a voice may keep silent before another one speaks: nobody listens to a dead line for three seconds."""
RESTS_S: Final = 30.0
"""So long a voice that failed is not asked again."""


class VoiceGone(Exception):
    """No voice speaks."""


class Voice(Protocol):
    name: str

    def speak(self, text: str, language: Language) -> AsyncGenerator[bytes]:
        """The text aloud: 8 kHz, 16 bits. Closing it ends the speaking."""
        ...


class OfflineVoice:
    """The voice that needs no network."""

    name = "offline"

    def speak(self, text: str, language: Language) -> AsyncGenerator[bytes]:
        return speak(text, language)


@dataclass
class Voices:
    """The voices of an installation, the best first, for all its calls."""

    voices: Sequence[Voice]
    patience_s: float = PATIENCE_S
    _rests: dict[str, float] = field(default_factory=dict[str, float])

    async def speak(self, text: str, language: Language) -> AsyncGenerator[bytes]:
        """The text aloud by the first voice that speaks; another one begins it anew where one breaks off.

        Raises:
            VoiceGone: none does.
        """
        for voice in self.voices:
            if self._rests.get(voice.name, 0.0) > monotonic():
                continue
            try:
                async with aclosing(voice.speak(text, language)) as pieces:
                    async for piece in self._in_time(pieces):
                        yield piece
                return
            except Exception as fault:  # noqa: BLE001 - whatever is wrong with a voice, another one speaks
                logger.error("The voice {} fails: {}: {}", voice.name, type(fault).__name__, fault)
                self._rests[voice.name] = monotonic() + RESTS_S
        raise VoiceGone

    async def _in_time(self, pieces: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
        while True:
            try:
                async with asyncio.timeout(self.patience_s):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                return
            yield piece
