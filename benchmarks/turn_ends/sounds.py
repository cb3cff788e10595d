# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportMissingTypeArgument=false
"""Whether the last 300 ms sound like an end: fall of pitch and energy, and how long the last syllable is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.turn_ends.scoring import Contestant
from benchmarks.turn_ends.turns import Turn
from benchmarks.turn_ends.voice import RATE, Spoken

_FRAME, _HOP = 320, 80
_LAST: Final = 300 * RATE // 1000
_LOWEST_HZ, _HIGHEST_HZ = 70, 350
_VOICED: Final = 0.4
_ROUNDS: Final = 2000
_FLOOR_MS: Final = 250.0

Features = dict[tuple[str, int], np.ndarray]


@dataclass(frozen=True, slots=True)
class Ear:
    """A logistic model over the features, in the measure of the part it was fitted on."""

    mean: np.ndarray
    spread: np.ndarray
    weights: np.ndarray

    def likelihood(self, features: np.ndarray) -> float:
        inputs = np.append((features - self.mean) / self.spread, 1.0)
        return float(1 / (1 + np.exp(-inputs @ self.weights)))


def features_of(spoken: Sequence[tuple[Turn, Spoken]]) -> Features:
    return {
        (turn.name, after): _features(sound.samples[max(0, end - RATE) : end])
        for turn, sound in spoken
        for after, end in enumerate(sound.ends)
    }


def _features(voice: np.ndarray) -> np.ndarray:
    frames = [voice[at : at + _FRAME] for at in range(0, max(1, len(voice) - _FRAME), _HOP)]
    energies = np.array([10 * np.log10(np.mean(frame**2) + 1e-9) for frame in frames])
    pitches = np.array([_pitch(frame) for frame in frames])
    last = max(2, _LAST // _HOP)
    heard = pitches[-last:]
    there = np.flatnonzero(heard > 0)
    slope = np.polyfit(there, np.log2(heard[there]), 1)[0] * last if len(there) > 3 else 0.0
    before = pitches[pitches > 0]
    level = np.log2(heard[there].mean() / before.mean()) if len(there) else 0.0
    fall = energies[-last // 2 :].mean() - energies[-last : -last // 2].mean() if len(energies) > last else 0.0
    unvoiced = np.flatnonzero(pitches == 0)
    drawn = (len(pitches) - 1 - unvoiced[-1]) if len(unvoiced) else len(pitches)
    return np.array([slope, level, fall, float(drawn)])


def _pitch(frame: np.ndarray) -> float:
    """In Hz by autocorrelation; 0 where there is no voice."""
    centred = frame - frame.mean()
    like = np.correlate(centred, centred, "full")[len(centred) - 1 :]
    if like[0] <= 0:
        return 0.0
    shortest, longest = RATE // _HIGHEST_HZ, RATE // _LOWEST_HZ
    at = shortest + int(np.argmax(like[shortest:longest]))
    return RATE / at if like[at] / like[0] > _VOICED else 0.0


def fit(features: Features, turns: Sequence[Turn]) -> Ear:
    """The model of one part, by plain descent; each kind of silence weighs the same."""
    keys = [(turn.name, after) for turn in turns for after in range(len(turn.pieces))]
    is_end = np.array([float(after == len(turn.pauses)) for turn in turns for after in range(len(turn.pieces))])
    inputs = np.array([features[key] for key in keys])
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
    inputs = np.column_stack([(inputs - mean) / spread, np.ones(len(inputs))])
    worth = np.where(is_end == 1, 0.5 / is_end.mean(), 0.5 / (1 - is_end.mean()))
    weights = np.zeros(inputs.shape[1])
    for _ in range(_ROUNDS):
        wrong = 1 / (1 + np.exp(-inputs @ weights)) - is_end
        weights -= 0.1 * inputs.T @ (worth * wrong) / len(inputs)
    return Ear(mean, spread, weights)


def with_sound(words: Contestant, ear: Ear, features: Features, *, pull: float) -> Contestant:
    """The wait of the words, longer where it sounds like going on and shorter where it sounds like an end."""

    def ends(turn: Turn, after: int) -> float:
        likely = ear.likelihood(features[turn.name, after])
        return max(_FLOOR_MS, words(turn, after) * float(np.exp(pull * (0.5 - likely))))

    return ends


def ranking(ear: Ear, features: Features, turns: Sequence[Turn]) -> float:
    """How often an end sounds more like one than a pause does: 0.5 is chance."""
    ends = [ear.likelihood(features[turn.name, len(turn.pauses)]) for turn in turns]
    pauses = [ear.likelihood(features[turn.name, after]) for turn in turns for after in range(len(turn.pauses))]
    return float(np.mean([[(end > pause) + 0.5 * (end == pause) for pause in pauses] for end in ends]))
