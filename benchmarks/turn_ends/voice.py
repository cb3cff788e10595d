# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportMissingTypeArgument=false
"""The turns as telephone audio: 8 kHz mu-law with noise, spoken piece by piece by espeak-ng as a separate process.

Plain Hebrew of espeak-ng has no vowels where none are written, so words are hardly understood; rhythm, energy and the
melody of a clause are there, which is all that a detector without Hebrew can go by.
"""

import io
import random
import subprocess
import wave
from dataclasses import dataclass
from typing import Final

import numpy as np
import soxr  # pyright: ignore[reportMissingTypeStubs] - it has none

from benchmarks.turn_ends.turns import Turn

RATE: Final = 8000
_VOICES: Final = ("he", "he+m1", "he+m3", "he+m5", "he+f1", "he+f2", "he+f4")
_AGAINST_TUNE: Final = 0.25
"""The share of pauses that sound like an end, and of ends that sound like a pause."""
_SILENT: Final = 0.02
_TAIL_MS: Final = 400
_MU: Final = 255.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """Samples from -1 to 1 at 8 kHz; `ends[n]` is the sample at which the piece n falls silent."""

    samples: np.ndarray
    ends: tuple[int, ...]


def speak(turn: Turn) -> Spoken:
    """The whole turn with its pauses, and a little silence behind it; the same one each time."""
    chance = random.Random(turn.name)
    manner = (chance.choice(_VOICES), str(chance.randint(140, 185)), str(chance.randint(35, 65)))
    parts, ends, length = list[np.ndarray](), list[int](), 0
    for at, piece in enumerate(turn.pieces):
        is_last = at == len(turn.pauses)
        falls = is_last != (chance.random() < _AGAINST_TUNE)
        voice = _spoken(piece + ("." if falls else ","), manner)
        pause = np.zeros((_TAIL_MS if is_last else turn.pauses[at]) * RATE // 1000)
        parts += [voice, pause]
        ends.append(length + len(voice))
        length += len(voice) + len(pause)
    clean = np.concatenate(parts)
    return Spoken(through_telephone(clean + _noise(clean, chance)), tuple(ends))


def _spoken(text: str, manner: tuple[str, str, str]) -> np.ndarray:
    """The voice alone, without the silence around it; a lone letter that it would leave out is hummed."""
    samples = _espeak(text, manner)
    return _trimmed(samples if np.abs(samples).max(initial=0) > 0 else _espeak("[[@m]]", manner))


def _espeak(text: str, manner: tuple[str, str, str]) -> np.ndarray:
    voice, speed, pitch = manner
    said = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", speed, "-p", pitch, "--stdout", text], capture_output=True, check=True
    ).stdout
    with wave.open(io.BytesIO(said)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float64) / 32768
    return soxr.resample(samples, rate, RATE)


def _trimmed(samples: np.ndarray) -> np.ndarray:
    """Without the silence that the voice puts before and behind, so that pauses are as long as they are told."""
    loud = np.flatnonzero(np.abs(samples) > _SILENT * np.abs(samples).max())
    return samples[loud[0] : loud[-1] + 1]


def _noise(clean: np.ndarray, chance: random.Random) -> np.ndarray:
    """A room behind the caller, 15 to 30 dB below the voice."""
    white = np.random.default_rng(chance.randrange(2**32)).standard_normal(len(clean))
    room = np.convolve(white, np.ones(4) / 4, mode="same")
    loudness = np.sqrt(np.mean(clean[clean != 0] ** 2)) * 10 ** (-chance.uniform(15, 30) / 20)
    return room / np.sqrt(np.mean(room**2)) * loudness


def through_telephone(samples: np.ndarray) -> np.ndarray:
    """What is left of it after mu-law of eight bits."""
    loud = np.clip(samples / max(np.abs(samples).max(), 1e-9) * 0.7, -1, 1)
    coded = np.round((np.sign(loud) * np.log1p(_MU * np.abs(loud)) / np.log1p(_MU) + 1) / 2 * 255)
    level = coded / 255 * 2 - 1
    return np.sign(level) * np.expm1(np.abs(level) * np.log1p(_MU)) / _MU
