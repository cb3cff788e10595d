"""Recordings as phones make them: a tone in ogg/opus, m4a and others, encoded anew for each test."""

import io
import math
from array import array
from collections.abc import Iterator
from typing import Any

import av
from av.audio.frame import AudioFrame

FRAME = 960
AMR_FRAME = bytes([0x3C, *([0x55] * 31)])
"""20 ms of AMR at 12.2 kbit/s; no encoder for it comes with PyAV."""


def record(
    seconds: float = 1,
    *,
    container: str = "ogg",
    codec: str = "libopus",
    rate: int = 48_000,
    amplitude: int = 8000,
) -> bytes:
    """A tone of so many seconds; as a voice note of WhatsApp unless said otherwise. Without amplitude it is silence."""
    written = io.BytesIO()
    opened: Any = av.open(written, "w", format=container)
    with opened as file:
        stream = file.add_stream(codec, rate=rate)
        stream.layout = "mono"
        for frame in tone(seconds, rate, amplitude):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return written.getvalue()


def tone(seconds: float, rate: int, amplitude: int) -> Iterator[AudioFrame]:
    wave = array("h", [int(amplitude * math.sin(2 * math.pi * 400 * at / rate)) for at in range(FRAME)]).tobytes()
    for at in range(0, int(seconds * rate), FRAME):
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.planes[0].update(wave)
        frame.sample_rate, frame.pts = rate, at
        yield frame


def record_amr(seconds: float = 1) -> bytes:
    return b"#!AMR\n" + AMR_FRAME * int(seconds * 50)
