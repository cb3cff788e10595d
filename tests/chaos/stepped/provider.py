"""Green API as the stepped game knows it: the double's methods, with a fate drawn for each request."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx2

from tests.chaos.stepped.stage import ACTOR, Actor, Stage
from tests.conftest import ManualClock
from tests.doubles.green_api_rest import Entry, RestMethods

PATIENCE = timedelta(seconds=20)
"""After so long the program gives up a request."""
FATES = {
    "well": 60, "slow": 8, "answer lost": 8, "lost": 5, "late": 3, "unreachable": 5, "bad": 4, "garbled": 3,
    "busy": 3, "refused": 1,
}  # fmt: skip
"""Of about a hundred sends, so many of each."""
LATE = (0, 1, 5, 25)
BUSY_S = (1, 30, 200)


@dataclass
class Request:
    """One request to send, as the provider has seen it come in."""

    at: datetime
    claimed_at: int
    """At which step of the game its worker claimed the message."""
    fate: str


@dataclass
class Rest:
    """The provider has asked to be left alone."""

    until: datetime
    actor: Actor
    """Whom it has told."""
    known_at: int | None = None
    """From which step on the number's gate knows of it."""


@dataclass
class Provider:
    stage: Stage
    clock: ManualClock
    lag_s: float
    away_until: datetime | None = None
    requests: list[Request] = field(default_factory=list[Request])
    rests: list[Rest] = field(default_factory=list[Rest])
    taken: list[Entry] = field(default_factory=list[Entry])
    """What it has taken and not yet shown back."""
    on_the_way: list[tuple[datetime, str, dict[str, Any]]] = field(
        default_factory=list[tuple[datetime, str, dict[str, Any]]]
    )
    refused: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        self.rest = RestMethods(now=lambda: int(self.clock.now().timestamp()), taken=self.taken.append)
        self.rest.journal_lag_s = self.lag_s

    @property
    def sent(self) -> list[Entry]:
        return self.rest.sent

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.MockTransport(self.answer), trust_env=False)

    async def answer(self, request: httpx2.Request) -> httpx2.Response:
        method, body = request.url.path.split("/")[2], json.loads(request.content or b"{}")
        if not method.startswith("send"):
            return await self.tell(method, body)
        return await self.take(method, body)

    async def tell(self, method: str, body: dict[str, Any]) -> httpx2.Response:
        """What is asked about the past; now and then it is not told."""
        ACTOR.get().asks = True
        await self.stage.stop(method)
        if self.is_away or self.stage.chance.random() < 0.1:
            raise httpx2.ConnectError("away")
        return as_client_sees(self.rest.answer(method, body))

    async def take(self, method: str, body: dict[str, Any]) -> httpx2.Response:
        begun, claimed_at = self.clock.now(), ACTOR.get().claimed_at
        ACTOR.get().asks = False
        await self.stage.stop("sending")
        fate = self.fate(begun)
        self.requests.append(Request(self.clock.now(), claimed_at, fate))
        self.stage.note(f"provider: {fate}")
        if fate == "late":
            self.on_the_way.append((begun + timedelta(seconds=self.stage.chance.choice(LATE)), method, body))
            raise httpx2.ReadTimeout("slow")
        if (gone := self.without_taking(fate, body)) is not None:
            return gone
        answer = as_client_sees(self.rest.answer(method, body))
        await self.stage.stop("taken")
        if fate == "slow":
            await self.stage.stop("still waiting")
        if self.clock.now() - begun > PATIENCE or fate == "answer lost":
            raise httpx2.ReadError("the answer was lost")
        return httpx2.Response(200, text="<html>") if fate == "garbled" else answer

    def fate(self, begun: datetime) -> str:
        if self.is_away or self.clock.now() - begun > PATIENCE:
            return "unreachable"
        return self.stage.chance.choices(list(FATES), list(FATES.values()))[0]

    def without_taking(self, fate: str, body: dict[str, Any]) -> httpx2.Response | None:
        match fate:
            case "unreachable":
                raise httpx2.ConnectError("away")
            case "lost":
                raise httpx2.ReadError("cut")
            case "bad":
                return httpx2.Response(502)
            case "busy":
                asked_s = self.stage.chance.choice(BUSY_S)
                self.rests.append(Rest(self.clock.now() + timedelta(seconds=asked_s), ACTOR.get()))
                return httpx2.Response(429, headers={"retry-after": str(asked_s)})
            case "refused":
                self.refused.add(body["message"])
                return httpx2.Response(400, json={"message": "Validation failed"})
            case _:
                return None

    def arrive(self) -> None:
        """Whatever was still on the way has come by now, though nobody waits for it any more."""
        due = [one for one in self.on_the_way if one[0] <= self.clock.now()]
        for one in due:
            self.on_the_way.remove(one)
            self.stage.note("provider: took it after all")
            self.rest.answer(one[1], one[2])

    @property
    def is_away(self) -> bool:
        return self.away_until is not None and self.clock.now() < self.away_until


def as_client_sees(answer: Any) -> httpx2.Response:
    return httpx2.Response(answer.status_code, content=bytes(answer.body))
