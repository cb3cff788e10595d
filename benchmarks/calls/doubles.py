"""Ears and a voice that take no time, so that what is measured is ours."""

import math
from array import array
from collections.abc import AsyncGenerator
from time import monotonic
from typing import Final

from proli.voice.live.ears import TypedEars
from proli.voice.live.voices import Language

LETTER_S: Final = 0.05
"""As long as a letter takes aloud."""
TURNS: list[float] = []
"""When each caller was taken to have finished, by the monotonic clock that all processes of a machine share."""


class TimedEars(TypedEars):
    """They read what is typed, and remember when a turn was taken."""

    def taken(self, quiet_s: float) -> None:
        TURNS.append(monotonic())
        super().taken(quiet_s)


class Hum:
    """A voice that has its sound at once."""

    name = "hum"

    async def speak(self, text: str, language: Language) -> AsyncGenerator[bytes]:
        yield hum(len(text) * LETTER_S)


def hum(seconds: float) -> bytes:
    """So much of one note: 8 kHz, 16 bits."""
    samples = (int(6000 * math.sin(0.4 * at)) for at in range(round(seconds * 8000)))
    return array("h", samples).tobytes()
