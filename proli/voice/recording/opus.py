"""Two sides of sound as an Ogg file of Opus, written from front to end."""

from array import array
from typing import Any, Final

import av
from av.audio.frame import AudioFrame

from proli.voice.talking import RATE
from proli.voice.ulaw import from_ulaw

BITS_A_SECOND: Final = 32_000
"""About 14 MB an hour; speech over a telephone loses nothing by it."""


class Written:
    """What a file has written and nobody has taken yet; it cannot go back."""

    def __init__(self) -> None:
        self._waits = bytearray()

    def write(self, data: bytes) -> int:
        self._waits += data
        return len(data)

    def take(self) -> bytes:
        taken, self._waits = bytes(self._waits), bytearray()
        return taken


class OpusWriter:
    """Writes what it is given behind what it was given before: the caller on the left, we on the right."""

    def __init__(self) -> None:
        self._written = Written()
        self._samples = 0
        self._file: Any = av.open(self._written, "w", format="ogg")
        self._stream: Any = self._file.add_stream("libopus", rate=RATE, options={"application": "voip"})
        self._stream.layout = "stereo"
        self._stream.bit_rate = BITS_A_SECOND

    def write(self, caller: bytes, ours: bytes) -> bytes:
        """Mu-law of both sides, equally long, goes in; what of the file is ready comes out."""
        if caller:
            self._file.mux(self._stream.encode(self._frame(caller, ours)))
        return self._written.take()

    def end(self) -> bytes:
        """The rest of the file."""
        self._file.mux(self._stream.encode(None))
        self._file.close()
        return self._written.take()

    def _frame(self, caller: bytes, ours: bytes) -> AudioFrame:
        both = array("h", bytes(4 * len(caller)))
        both[0::2], both[1::2] = array("h", from_ulaw(caller)), array("h", from_ulaw(ours))
        frame = AudioFrame(format="s16", layout="stereo", samples=len(caller))
        frame.planes[0].update(both.tobytes())
        frame.sample_rate = RATE
        frame.pts = self._samples
        self._samples += len(caller)
        return frame
