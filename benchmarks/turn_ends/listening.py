# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false
"""The rows of what listens to audio: Smart-Turn, and our rule with the sound of the last 300 ms."""

from collections.abc import Sequence
from typing import Final

from benchmarks.turn_ends import smart_turn, sounds
from benchmarks.turn_ends.ears import Ears
from benchmarks.turn_ends.figures import row
from benchmarks.turn_ends.ours import rule
from benchmarks.turn_ends.scoring import score
from benchmarks.turn_ends.turns import Turn, read_turns
from benchmarks.turn_ends.voice import speak

_BUDGETS: Final = (0.1, 0.15)
_PULLS: Final = (0.5, 1.0, 2.0)


def rows_of_sound(turns: Sequence[Turn]) -> list[list[str]]:
    """Smart-Turn as Pipecat runs it and as it does best on the part to tune on; our rule with the sound of the end."""
    tuning = read_turns("tuning")
    spoken, tuned_on = [(turn, speak(turn)) for turn in turns], [(turn, speak(turn)) for turn in tuning]
    likely, likely_there = smart_turn.likelihoods(spoken), smart_turn.likelihoods(tuned_on)
    rows = [row("Smart-Turn v3.2 as Pipecat runs it", score(smart_turn.Policy().on(likely), turns))]
    for cut_off in _BUDGETS:
        best = smart_turn.best_policy(likely_there, tuning, cut_off=cut_off)
        name = f"Smart-Turn, best under {cut_off:.0%} there: {best.threshold}, {best.delay_ms}, {best.timeout_ms} ms"
        rows.append(row(name, score(best.on(likely), turns)))
    features = sounds.features_of(spoken)
    ear = sounds.fit(sounds.features_of(tuned_on), tuning)
    for pull in _PULLS:
        heard = sounds.with_sound(rule(Ears()), ear, features, pull=pull)
        rows.append(row(f"our rule with the sound of the end, pull {pull}", score(heard, turns)))
    rows.append(_ranks("Smart-Turn", smart_turn.ranking(likely, turns)))
    rows.append(_ranks("the sound of the end", sounds.ranking(ear, features, turns)))
    return rows


def _ranks(name: str, share: float) -> list[str]:
    return [f"{name} puts an end above a pause: {share:.0%}", *[""] * 5]
