"""Text to telephone sound without a network."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Final, Literal

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from proli.knowledge.spoken.saying import as_spoken, sentences
from proli.voice.offline import pointing, program
from proli.voice.offline.phonemes import english_text, hebrew_phonemes
from proli.voice.offline.program import Manner

RATE: Final = 8_000
SAMPLE_BYTES: Final = 2
LONGEST_S: Final = 300
"""Nobody listens to more at a time; what is longer is cut."""


async def speak(
    text: str, language: Literal["he", "en"] = "he", *, manner: Manner | None = None
) -> AsyncGenerator[bytes, None]:
    """The text aloud as it would be said: sound of 8 kHz, 16 bits, one channel, sentence by sentence.

    Closing or cancelling it ends the speaking program at once. The text is said as `as_spoken` says it.

    Raises:
        ConfigurationError: the program or the package is not installed; its line says what to do.
        VoiceFailed: the program ended with an error, or said nothing in time.
    """
    left = LONGEST_S * RATE * SAMPLE_BYTES
    for sentence in sentences(as_spoken(text, language)):
        async with aclosing(_sentence(sentence, language, manner or Manner())) as pieces:
            async for piece in pieces:
                yield piece[:left]
                left -= len(piece)
                if left <= 0:
                    return


async def warm() -> None:
    """The model of vowels is read and the program is there, so that the first sentence comes as soon as the others.

    Raises:
        ConfigurationError: one of them is not installed; its line says what to do.
    """
    program.program()
    await asyncio.to_thread(pointing.warm)


async def _sentence(sentence: str, language: Literal["he", "en"], manner: Manner) -> AsyncGenerator[bytes, None]:
    written = await asyncio.to_thread(hebrew_phonemes, sentence) if language == "he" else english_text(sentence)
    resampler, odd = AudioResampler(format="s16", layout="mono", rate=RATE), b""
    async with aclosing(program.spoken(written, language=language, manner=manner)) as pieces:
        async for piece in pieces:
            sound = odd + piece
            whole = len(sound) - len(sound) % SAMPLE_BYTES
            odd = sound[whole:]
            for less in _resampled(resampler, sound[:whole]):
                yield less
    for less in _resampled(resampler, None):
        yield less


def _resampled(resampler: AudioResampler, sound: bytes | None) -> Iterator[bytes]:
    """The sound at telephone rate; None for what the resampler still holds."""
    frame = _frame(sound) if sound else None
    if sound == b"":
        return
    for less in resampler.resample(frame):
        yield bytes(less.planes[0])[: less.samples * SAMPLE_BYTES]


def _frame(sound: bytes) -> AudioFrame:
    frame = AudioFrame(format="s16", layout="mono", samples=len(sound) // SAMPLE_BYTES, align=1)
    frame.planes[0].update(sound)
    frame.sample_rate = program.RATE
    return frame
