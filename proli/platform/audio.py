"""Recordings that people send, taken apart and written as plain WAV: nothing in such a file is trusted."""

import asyncio
import io
import math
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from proli.platform.errors import ProliError

RATE = 16_000
SAMPLE_BYTES = 2
WINDOW = RATE // 10
FULL_SCALE = 32_768
SILENT_DB = -120.0
"""The loudness of nothing at all."""
AUDIBLE_DB = -50.0
"""Below this nothing is heard: people speaking into a phone are 20 dB louder and more."""
MAGIC = (
    (0, b"OggS", "ogg"),
    (0, b"#!AMR", "amr"),
    (4, b"ftyp", "mov"),
    (0, b"RIFF", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
)
"""How a file of each container begins. Any other is refused: some formats are lists of further files to open."""


class AudioRefused(ProliError):
    """A recording that cannot be used: broken, of an unknown kind, too big, too long, or without sound."""


@dataclass(frozen=True, slots=True)
class Recording:
    wav: bytes
    """16 kHz, one channel, 16 bits."""
    seconds: float
    loudness_db: float = SILENT_DB
    """Of its loudest tenth of a second, below full scale."""
    audible_s: float = 0.0
    """How much of it is loud enough to be somebody speaking."""


async def read_recording(data: bytes, *, max_seconds: float, max_bytes: int) -> Recording:
    """What the file holds, read in a thread of its own.

    Raises:
        AudioRefused: with the reason.
    """
    if len(data) > max_bytes:
        raise AudioRefused(reason="too big")
    return await asyncio.to_thread(decode, data, max_seconds=max_seconds)


def decode(data: bytes, *, max_seconds: float) -> Recording:
    """The recording, decoded no further than `max_seconds`, however long the file says it is."""
    container = container_of(data)
    if container is None:
        raise AudioRefused(reason="unknown format")
    pcm = bytearray()
    try:
        for frame in samples(data, container, max_seconds=max_seconds):
            pcm += bytes(frame.planes[0])[: frame.samples * SAMPLE_BYTES]
    except AudioRefused:
        raise
    except Exception as error:
        raise AudioRefused(reason=f"broken: {type(error).__name__}") from error
    if not pcm:
        raise AudioRefused(reason="no sound")
    levels = levels_of(pcm)
    return Recording(
        wav=wav_of(pcm),
        seconds=len(pcm) / (RATE * SAMPLE_BYTES),
        loudness_db=max(levels),
        audible_s=sum(level > AUDIBLE_DB for level in levels) * WINDOW / RATE,
    )


def levels_of(pcm: bytes | bytearray) -> list[float]:
    """The loudness of every tenth of a second, in decibels below full scale."""
    samples = array("h", bytes(pcm))
    return [level_of(samples[at : at + WINDOW]) for at in range(0, len(samples), WINDOW)]


def level_of(samples: array[int]) -> float:
    """The root of the mean square about the mean, so that a constant offset is no sound."""
    mean = sum(samples) / len(samples)
    power = max(0.0, math.sumprod(samples, samples) / len(samples) - mean * mean)
    return max(SILENT_DB, 10 * math.log10(power) - 20 * math.log10(FULL_SCALE)) if power else SILENT_DB


def container_of(data: bytes) -> str | None:
    """The format by how the file begins, whatever its name or type say."""
    for offset, magic, name in MAGIC:
        if data[offset : offset + len(magic)] == magic:
            return name
    if len(data) > 2 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        return "mp3" if data[1] & 0x06 else "aac"
    return None


def samples(data: bytes, container: str, *, max_seconds: float) -> Iterator[AudioFrame]:
    """The first sound track of the file, resampled; its length is counted before that, as it may be said to be slow."""
    seconds = 0.0
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(io.BytesIO(data), "r", format=container, io_open=refuse) as file:
        if not file.streams.audio:
            raise AudioRefused(reason="no sound")
        for frame in file.decode(file.streams.audio[0]):
            seconds += frame.samples / frame.sample_rate
            if seconds > max_seconds:
                raise AudioRefused(reason="too long")
            yield from resampler.resample(frame)
        yield from resampler.resample(None)


def refuse(*_: object) -> io.BytesIO:
    """A recording is one file: whatever else it refers to is not opened."""
    raise AudioRefused(reason="refers to another file")


def wav_of(pcm: bytes | bytearray) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(SAMPLE_BYTES)
        file.setframerate(RATE)
        file.writeframes(pcm)
    return written.getvalue()
