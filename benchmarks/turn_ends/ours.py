"""Our rule on what the ears have written by then."""

from benchmarks.turn_ends.ears import Ears
from benchmarks.turn_ends.scoring import Contestant
from benchmarks.turn_ends.turns import Turn
from proli.knowledge.turn_ends import wait_after


def rule(ears: Ears, *, patience: float = 1.0) -> Contestant:
    """The turn is over once the wait for the words that stand there by then is over."""

    def ends(turn: Turn, after: int) -> float:
        partials = ears.partials(turn, after)
        ended = 0.0
        for at, partial in enumerate(partials):
            wait = wait_after(partial.text, asked=turn.asked, lag_ms=ears.lag_ms, patience=patience).ms
            ended = max(partial.since_ms, wait)
            if at + 1 < len(partials) and ended < partials[at + 1].since_ms:
                break
        return ended

    return ends
