"""Voices: text to the sound of a telephone. One that fails rests, and the next one speaks."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Literal, Protocol

from loguru import logger

from proli.voice.offline.speaking import speak

type Language = Literal["he", "en"]

PATIENCE_S: Final = 2.5
"""So long the last voice may keep silent: nobody listens to a dead line for three seconds."""
HASTY_S: Final = 1.2
"""So long one may behind which there is another: what was thought before it counts too."""
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

    async def speak(
        self, text: str, language: Language, failed: Callable[[], None] = lambda: None
    ) -> AsyncGenerator[bytes]:
        """The text aloud by the first voice that speaks; another one begins it anew where one breaks off, and `failed`
        is called.

        Raises:
            VoiceGone: none does.
        """
        for voice in self.voices:
            if self._rests.get(voice.name, 0.0) > monotonic():
                continue
            patience_s = self.patience_s if voice is self.voices[-1] else min(self.patience_s, HASTY_S)
            try:
                async with aclosing(voice.speak(text, language)) as pieces:
                    async for piece in in_time(pieces, patience_s):
                        yield piece
                return
            except Exception as fault:  # noqa: BLE001 - whatever is wrong with a voice, another one speaks
                logger.error("The voice {} fails: {}: {}", voice.name, type(fault).__name__, fault)
                self._rests[voice.name] = monotonic() + RESTS_S
                failed()
        raise VoiceGone


async def in_time(pieces: AsyncGenerator[bytes], patience_s: float) -> AsyncGenerator[bytes]:
    """Each piece as soon as it is there.

    Raises:
        TimeoutError: the next one is not, after so long.
    """
    while True:
        try:
            async with asyncio.timeout(patience_s):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        yield piece
