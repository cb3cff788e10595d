"""False cut-offs against delay, in the manner of LiveKit's eot-bench: each silence of a turn is judged by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean, median

from benchmarks.turn_ends.turns import Turn

Contestant = Callable[[Turn, int], float]
"""After how much silence, in ms, it would end the turn that falls silent after this piece for good."""


@dataclass(frozen=True, slots=True)
class Score:
    """`cut` holds a line for each pause in which the turn was ended; `delays` the wait after each turn's last word."""

    pauses: int
    turns: int
    cut: tuple[tuple[Turn, int], ...]
    delays: tuple[float, ...]

    @property
    def cut_off(self) -> float:
        """The share of pauses in which the caller is cut off."""
        return len(self.cut) / self.pauses

    @property
    def turns_cut(self) -> float:
        """The share of turns with a pause that are cut off at least once."""
        return len({turn.name for turn, _ in self.cut}) / self.turns

    @property
    def delay(self) -> float:
        return median(self.delays)

    @property
    def mean_delay(self) -> float:
        return mean(self.delays)

    @property
    def late(self) -> float:
        """The delay that nine of ten turns stay within."""
        return sorted(self.delays)[int(len(self.delays) * 0.9)]


def score(contestant: Contestant, turns: Sequence[Turn]) -> Score:
    """What callers would live through."""
    cut = tuple(
        (turn, after) for turn in turns for after, pause in enumerate(turn.pauses) if contestant(turn, after) < pause
    )
    return Score(
        pauses=sum(len(turn.pauses) for turn in turns),
        turns=sum(bool(turn.pauses) for turn in turns),
        cut=cut,
        delays=tuple(contestant(turn, len(turn.pauses)) for turn in turns),
    )


def silence(ms: float) -> Contestant:
    """The turn is over after so much silence, whatever was said."""
    return lambda _turn, _after: ms


def silence_as_careful(careful: Score, turns: Sequence[Turn]) -> Score:
    """Plain silence that is just long enough to cut off no more often than another contestant does."""
    lengths = sorted({0, *(pause for turn in turns for pause in turn.pauses)})
    scores = (score(silence(ms), turns) for ms in lengths)
    return next(one for one in scores if len(one.cut) <= len(careful.cut))
