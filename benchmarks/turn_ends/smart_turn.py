# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportMissingTypeArgument=false
# pyright: reportPrivateUsage=false
"""Smart-Turn v3 on the same audio, as Pipecat runs it: once, when 200 ms are silent, and else after three seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3

from benchmarks.turn_ends.scoring import Contestant, score
from benchmarks.turn_ends.turns import Turn
from benchmarks.turn_ends.voice import RATE, Spoken

SILENT_MS: Final = 200
LONGEST_S: Final = 8
_THRESHOLDS: Final = (0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 1.0)
_DELAYS: Final = (200, 300, 400, 500, 600, 800)
_TIMEOUTS: Final = (800, 1000, 1200, 1500, 2000, 3000)

Likelihoods = dict[tuple[str, int], float]


@dataclass(frozen=True, slots=True)
class Policy:
    """An end is believed above `threshold`, not before `delay_ms`; without one the turn ends at `timeout_ms`."""

    threshold: float = 0.5
    delay_ms: int = SILENT_MS
    timeout_ms: int = 3000

    def on(self, likely: Likelihoods) -> Contestant:
        return lambda turn, after: self.delay_ms if likely[turn.name, after] > self.threshold else self.timeout_ms


def likelihoods(spoken: Sequence[tuple[Turn, Spoken]]) -> Likelihoods:
    """How likely the turn is over in each of its silences, by the model."""
    analyzer = LocalSmartTurnAnalyzerV3(sample_rate=RATE)
    analyzer.set_sample_rate(RATE)
    return {
        (turn.name, after): analyzer._predict_endpoint(_up_to(sound, end))["probability"]
        for turn, sound in spoken
        for after, end in enumerate(sound.ends)
    }


def _up_to(sound: Spoken, end: int) -> np.ndarray:
    heard = sound.samples[: end + SILENT_MS * RATE // 1000]
    return heard[-LONGEST_S * RATE :].astype(np.float32)


def best_policy(likely: Likelihoods, turns: Sequence[Turn], *, cut_off: float) -> Policy:
    """The one with the least delay among those that cut off no more than this; looked for on the part to tune on."""
    policies = [
        Policy(threshold, delay, timeout)
        for threshold, delay, timeout in product(_THRESHOLDS, _DELAYS, _TIMEOUTS)
        if delay <= timeout
    ]
    scores = [(policy, score(policy.on(likely), turns)) for policy in policies]
    careful = [(policy, one) for policy, one in scores if one.cut_off <= cut_off]
    return min(careful, key=lambda pair: pair[1].mean_delay)[0]


def ranking(likely: Likelihoods, turns: Sequence[Turn]) -> float:
    """How often an end is more likely one than a pause is: 0.5 is chance."""
    ends = [likely[turn.name, len(turn.pauses)] for turn in turns]
    pauses = [likely[turn.name, after] for turn in turns for after in range(len(turn.pauses))]
    return sum(end > pause for end in ends for pause in pauses) / (len(ends) * len(pauses))
