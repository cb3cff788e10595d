"""How a provider behaves on a bad day: what becomes of each call is drawn from one seed, in the order of the calls."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

type Way = Literal["status", "drop", "drop_before", "hang", "garbage", "slow", "slow_before"]

SENDING = frozenset({"sendMessage", "sendInteractiveButtonsReply", "sendFileByUrl"})
BAD_GATEWAY, BUSY = 502, 429


@dataclass(frozen=True)
class Failure:
    """How one call goes wrong. `drop`, `hang`, `garbage` and `slow` take the message first; the others do not,
    and `slow_before` takes it late."""

    way: Way
    status: int = 500
    body: str = '{"message": "Internal Server Error"}'
    methods: frozenset[str] = SENDING
    after_s: float = 0
    """Of a slow answer, how long it takes; of a busy one, how long the provider asks to be left alone."""


@dataclass
class Temper:
    """`rates` is the share of sends that go in each way; `busy` and `bad` are answers of 429 and of 502."""

    seed: int = 0
    rates: Mapping[str, float] = field(default_factory=dict[str, float])
    slowest_s: float = 2
    repeated: float = 0
    """The share of webhooks that are told twice."""
    reordered: float = 0
    """The share of messages whose echo and statuses are told in another order."""
    shown: float = 1
    """The share of messages that are shown back at all, with echo and statuses."""

    def __post_init__(self) -> None:
        self._sends, self._webhooks = random.Random(self.seed), random.Random(self.seed + 1)

    def fate(self) -> Failure | None:
        """What becomes of the next send; None when all is well."""
        drawn, slow_s = self._sends.random(), round(self._sends.uniform(0.1, self.slowest_s), 2)
        for way, rate in self.rates.items():
            drawn -= rate
            if drawn < 0:
                return named(way, slow_s)
        return None

    def shows(self) -> bool:
        return self._webhooks.random() < self.shown

    def as_told[T](self, webhooks: list[T]) -> list[T]:
        """The webhooks as they are told: some twice, some in another order."""
        told = [one for one in webhooks for _ in range(1 + (self._webhooks.random() < self.repeated))]
        if self._webhooks.random() < self.reordered:
            self._webhooks.shuffle(told)
        return told


def named(way: str, slow_s: float) -> Failure:
    match way:
        case "busy":
            return Failure("status", status=BUSY, body='{"message": "Too many requests"}', after_s=1)
        case "bad":
            return Failure("status", status=BAD_GATEWAY, body="<html>502 Bad Gateway")
        case "drop" | "drop_before" | "garbage" | "slow" | "slow_before":
            return Failure(way, after_s=slow_s)
        case _:
            raise ValueError(f"no provider behaves like {way!r}")
