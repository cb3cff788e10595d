"""The caller's voice and the sound of a call as a file, with nothing of what answers."""

import asyncio
import math
import shutil
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Final

RATE: Final = 8_000
HEADER_BYTES: Final = 44
SPOKEN_AT: Final = 22_050
VOICE: Final = ("-v", "he+m3", "-s", "165", "-b", "1", "--stdin", "--stdout")
SECONDS_A_LETTER: Final = 0.065
_SOFT: Final = 300
_LOUDEST: Final = 32_635


async def voiced(text: str) -> bytes:
    """The words as somebody says them, in mu-law; where no program speaks, a hum as long as they are."""
    program = shutil.which("espeak-ng")
    if program is None:
        return encoded(hum(len(text) * SECONDS_A_LETTER))
    speaking = await asyncio.create_subprocess_exec(
        program, *VOICE, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    said, _ = await speaking.communicate(text.encode())
    return encoded(trimmed(slower(array("h", said[HEADER_BYTES : len(said) - len(said[HEADER_BYTES:]) % 2]))))


def trimmed(samples: array[int]) -> array[int]:
    """Without the silence at both ends."""
    loud = [at for at, sample in enumerate(samples) if abs(sample) > _SOFT]
    return samples[loud[0] : loud[-1]] if loud else samples


def hum(seconds: float) -> array[int]:
    return array("h", (int(8000 * math.sin(0.12 * at) * math.sin(0.003 * at)) for at in range(round(seconds * RATE))))


def slower(samples: array[int]) -> array[int]:
    """At the rate of telephones, each sample the mean of those it stands for."""
    step = SPOKEN_AT / RATE
    return array(
        "h",
        (
            sum(part) // len(part)
            for part in (samples[int(at * step) : int((at + 1) * step)] for at in range(int(len(samples) / step)))
            if part
        ),
    )


def encoded(samples: Sequence[int]) -> bytes:
    """Mu-law, as G.711 has it."""
    return bytes(map(_byte, samples))


def _byte(sample: int) -> int:
    level = min(abs(sample), _LOUDEST) + 132
    exponent = max(0, level.bit_length() - 8)
    return 255 - ((128 if sample < 0 else 0) + 16 * exponent + ((level >> (exponent + 3)) & 15))


def decoded(data: bytes | bytearray) -> array[int]:
    return array("h", (_SAMPLES[byte] for byte in data))


def _sample(byte: int) -> int:
    byte = 255 - byte
    level = ((8 * (byte & 15) + 132) << ((byte >> 4) & 7)) - 132
    return -level if byte & 128 else level


_SAMPLES: Final = tuple(map(_sample, range(256)))


def write_wav(path: Path, caller: bytes | bytearray, answers: bytes | bytearray) -> None:
    """Both sides in one file, the caller on the left."""
    length = min(len(caller), len(answers))
    both = array("h", bytes(4 * length))
    both[0::2], both[1::2] = decoded(caller[:length]), decoded(answers[:length])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(both.tobytes())
