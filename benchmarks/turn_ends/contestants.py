"""Who is compared without sound: plain silence, and our rule on what the ears have written."""

from benchmarks.turn_ends.ears import Ears
from benchmarks.turn_ends.scoring import Contestant
from benchmarks.turn_ends.turns import Turn
from proli.knowledge.turn_ends import wait_after


def silence(ms: float) -> Contestant:
    """The turn is over after so much silence, whatever was said."""
    return lambda turn, after: ms


def rule(ears: Ears) -> Contestant:
    """The turn is over once the wait for the words that stand there by then is over."""

    def ends(turn: Turn, after: int) -> float:
        partials = ears.partials(turn, after)
        ended = 0.0
        for at, partial in enumerate(partials):
            wait = wait_after(partial.text, asked=turn.asked, lag_ms=ears.lag_ms).ms
            ended = max(partial.since_ms, wait)
            if at + 1 < len(partials) and ended < partials[at + 1].since_ms:
                break
        return ended

    return ends
