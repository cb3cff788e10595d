"""How long things may take in a talk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    idle_s: float = 7.0
    """Silence after which the caller is asked whether they are there."""
    barge_s: float = 0.7
    """A voice that lasts so long takes the floor though no word of it is written yet; a "yes" is shorter."""
    unheard_s: float = 2.0
    """Silence after a voice of which no word was written: then we ask for it again."""
    most_unheard: int = 2
    """How often in a row that is asked, before the ears count as broken."""
    wait_s: float = 1.2
    """Silence while we think, after which the caller is asked to wait."""
    wait_again_s: float = 3.5
    mind_s: float = 9.0
    """So long the models have; then the rules agent answers."""
