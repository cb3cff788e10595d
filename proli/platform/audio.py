"""Recordings that people send, taken apart and written as plain WAV: nothing in such a file is trusted."""

import asyncio
import io
import wave
from collections.abc import Iterator
from dataclasses import dataclass

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from proli.platform.errors import ProliError

RATE = 16_000
SAMPLE_BYTES = 2
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
    return Recording(wav_of(pcm), len(pcm) / (RATE * SAMPLE_BYTES))


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
