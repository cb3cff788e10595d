"""What breaks and when: drawn from the seed alone, and told by how much has been said rather than by a clock."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Literal

type Kind = Literal["kill worker", "kill all workers", "kill server", "stop database", "clock jumps", "provider away"]

WORKERS = 3
KILLS: tuple[Kind, ...] = (
    *("kill worker", "kill server", "kill worker", "kill all workers", "kill worker"),
    *("kill worker", "kill worker", "kill server", "kill worker", "kill worker"),
)
"""Of ten kills, so many of each."""
JUMPS_EACH, ABSENCES_EACH = 4, 10
"""To so many kills one clock jumps, and the provider is away once."""
JUMPS_MINUTES = (-180, -61, -10, -2, 2, 10, 61, 180)
CALM_SHARE = 0.03
"""At the beginning and at the end of the game nothing breaks for so long."""


@dataclass(frozen=True, slots=True)
class Fault:
    after: int
    """How much customers have said by then, in messages."""
    kind: Kind
    whom: str = ""
    """Which process; or how the database is stopped."""
    for_s: float = 0
    """How long it is gone."""
    minutes: int = 0
    """By how much a clock differs from the machine's from now on."""

    def __str__(self) -> str:
        about = [
            self.whom,
            f"for {self.for_s:.1f} s" if self.for_s else "",
            f"{self.minutes:+} min" * bool(self.minutes),
        ]
        return f"{self.after:>6}  {self.kind:<17} {' '.join(filter(None, about))}".rstrip()


def draw(seed: int, *, messages: int, kills: int, restarts: int) -> Sequence[Fault]:
    """The faults of a game in which customers say so many messages, in the order in which they come."""
    chance = random.Random(f"faults of {seed}")
    kinds: list[Kind] = [KILLS[number % len(KILLS)] for number in range(kills)]
    kinds.extend("stop database" for _ in range(restarts))
    kinds.extend("clock jumps" for _ in range(-(-kills // JUMPS_EACH)))
    kinds.extend("provider away" for _ in range(-(-kills // ABSENCES_EACH)))
    chance.shuffle(kinds)
    first, last = int(messages * CALM_SHARE), int(messages * (1 - CALM_SHARE))
    moments = sorted(chance.randint(first, last) for _ in kinds)
    return [fault(chance, after, kind) for after, kind in zip(moments, in_turn(kinds), strict=True)]


def in_turn(kinds: Sequence[Kind]) -> Iterator[tuple[Kind, str]]:
    """Each kind with how it is done: the database is stopped fast and immediately in turn."""
    stops = cycle(("fast", "immediate"))
    for kind in kinds:
        yield kind, next(stops) if kind == "stop database" else ""


def fault(chance: random.Random, after: int, what: tuple[Kind, str]) -> Fault:
    kind, how = what
    worker = f"worker {chance.randrange(WORKERS)}"
    for_s = round(chance.uniform(0, 2), 1)
    match kind:
        case "kill worker":
            return Fault(after, kind, worker, for_s=for_s)
        case "kill all workers" | "kill server":
            return Fault(after, kind, for_s=for_s)
        case "stop database":
            return Fault(after, kind, how, for_s=1 + for_s)
        case "clock jumps":
            whose = chance.choice(("server", worker, worker, worker))
            return Fault(after, kind, whose, minutes=chance.choice(JUMPS_MINUTES))
        case "provider away":
            return Fault(after, kind, for_s=2 + 4 * for_s)
