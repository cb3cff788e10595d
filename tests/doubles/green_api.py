"""A double of Green API that speaks real HTTP on loopback, remembers everything, and fails on demand.

In a test: `async with running_green_api(clock=clock) as double`. As a process that outlives killed workers:
`python -m tests.doubles.green_api --port 8790`, with its memory at `GET /__journal`, orders at `POST /__fail`, and
`POST /__away` for a while in which it takes nothing.
"""

import argparse
import asyncio
import dataclasses
import json
import sys
import time
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from proli.platform.clock import Clock, SystemClock
from tests.doubles.green_api_rest import Entry, RestMethods
from tests.doubles.green_api_webhooks import WebhookMaker
from tests.doubles.serving import LoopbackServer, make_server, served
from tests.doubles.temper import SENDING, Failure, Temper, Way
from tests.patience import PATIENCE_S

ID_INSTANCE = "7103000001"
API_TOKEN = "d75b3a66374942c5b3c019c698abc2067e151558acbd412345"
WEBHOOK_TOKEN = "webhook-token-of-the-double"
PATIENT = httpx2.Limits(max_connections=20, max_keepalive_connections=20)
TOLD_FOR_S = 600
"""How long a webhook is told again before it is given up; Green API does so for a day."""


class GreenApiDouble(RestMethods):
    """One instance of Green API."""

    def __init__(self, *, clock: Clock, id_instance: str = ID_INSTANCE, api_token: str = API_TOKEN) -> None:
        super().__init__(now=lambda: int(clock.now().timestamp()), taken=self._taken)
        self.id_instance, self.api_token, self.url = id_instance, api_token, ""
        self.webhooks = WebhookMaker(id_instance, self.now)
        self.settings |= {"wid": self.webhooks.wid, "webhookUrlToken": WEBHOOK_TOKEN}
        self.calls: list[dict[str, Any]] = []
        self.failures: deque[Failure] = deque()
        self.temper = Temper()
        self.away_until = 0.0
        """Until then, by the monotonic clock, nothing is taken."""
        self.echoes = False
        """Show messages back, with their statuses, at `webhookUrl`."""
        self.server: LoopbackServer | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def credentials(self) -> dict[str, str]:
        """What a channel account at this double is made with; its journal has the lag that the double has."""
        lag = str(self.journal_lag_s)
        return {"id_instance": self.id_instance, "api_token": self.api_token, "host": self.url, "journal_lag_s": lag}

    @property
    def texts(self) -> list[str]:
        return [entry.text for entry in self.sent]

    def fail_next(self, way: Way, *, times: int = 1, status: int = 500, body: str | None = None, **more: Any) -> None:
        """The next `times` calls of a sending method, or of `methods`, fail in this way."""
        failure = Failure(way=way, status=status, **more)
        if body is not None:
            failure = dataclasses.replace(failure, body=body)
        self.failures.extend([failure] * times)

    async def post(self, payload: dict[str, Any], *, url: str | None = None, token: str | None = None) -> int:
        """Tell a webhook to Proli as Green API does; the status of its answer."""
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
            return await self._post(client, payload, url=url, token=token)

    async def _post(
        self, client: httpx2.AsyncClient, payload: dict[str, Any], *, url: str | None = None, token: str | None = None
    ) -> int:
        headers = {"authorization": f"Bearer {token or self.settings['webhookUrlToken']}"}
        return (await client.post(url or self.settings["webhookUrl"], json=payload, headers=headers)).status_code

    async def handle(self, request: Request) -> Response:
        instance, method = request.path_params["instance"], request.path_params["method"]
        if instance != f"waInstance{self.id_instance}" or request.path_params["token"] != self.api_token:
            return Response(status_code=401)
        raw = await request.body()
        body: dict[str, Any] = json.loads(raw) if raw else {}
        self.calls.append({"method": method, "body": body, "at": self.now()})
        failure = self._failure_of(method)
        if failure and failure.way == "status":
            asked = {"retry-after": str(int(failure.after_s))} if failure.after_s else {}
            return Response(failure.body, failure.status, headers=asked, media_type="application/json")
        if failure and failure.way == "drop_before":
            return await self._drop(request)
        if failure and failure.way == "slow_before":
            await asyncio.sleep(failure.after_s)
            return self.answer(method, body)
        return await self._spoil(request, self.answer(method, body), failure)

    async def _spoil(self, request: Request, answer: Response, failure: Failure | None) -> Response:
        """The message is taken; whether the answer arrives is another matter."""
        if failure is None:
            return answer
        if failure.way == "drop":
            return await self._drop(request)
        if failure.way == "slow":
            await asyncio.sleep(failure.after_s)
            return answer
        if failure.way == "hang":
            await gone(request)
        return PlainTextResponse("<html>502 Bad Gateway", media_type="text/html")

    def _failure_of(self, method: str) -> Failure | None:
        if self.failures and method in self.failures[0].methods:
            return self.failures.popleft()
        if time.monotonic() < self.away_until:
            return Failure("status", status=503)
        return self.temper.fate() if method in SENDING else None

    async def _drop(self, request: Request) -> Response:
        """The connection breaks with no answer on it."""
        assert self.server is not None
        peer = tuple(request.scope["client"])
        for connection in list[Any](self.server.server_state.connections):
            if connection.client == peer:
                connection.transport.abort()
        await gone(request)
        return Response()

    def _taken(self, entry: Entry) -> None:
        if self.echoes and self.settings["webhookUrl"] and self.temper.shows():
            maker = self.webhooks
            statuses = [maker.status(entry, status) for status in ("sent", "delivered")]
            task = asyncio.create_task(self._show_back(self.temper.as_told([maker.echo(entry), *statuses])))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _show_back(self, webhooks: Sequence[dict[str, Any]]) -> None:
        """One after the other, each said until it is taken, as Green API does."""
        for payload in webhooks:
            wait_s, end = 0.25, time.monotonic() + TOLD_FOR_S
            while time.monotonic() < end:
                try:
                    if await self._post(self._teller, payload) == 200:
                        break
                except httpx2.HTTPError:
                    pass
                await asyncio.sleep(wait_s)
                wait_s = min(2 * wait_s, 4)

    @cached_property
    def _teller(self) -> httpx2.AsyncClient:
        """One client for all that is shown back."""
        return httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S, limits=PATIENT)

    async def settle(self) -> None:
        """Return when every echo and status has been told."""
        await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        if "_teller" in self.__dict__:
            await self._teller.aclose()

    async def show_journal(self, request: Request) -> Response:
        """What was taken, from number `after` on; with all of it, the calls too."""
        after = int(request.query_params.get("after", 0))
        sent = [dataclasses.asdict(entry) for entry in self.sent[after:]]
        return JSONResponse({"sent": sent, "calls": [] if after else self.calls, "telling": len(self._tasks)})

    async def go_away(self, request: Request) -> Response:
        self.away_until = time.monotonic() + (await request.json())["seconds"]
        return JSONResponse({})

    async def take_orders(self, request: Request) -> Response:
        orders = await request.json()
        if methods := orders.pop("methods", None):
            orders["methods"] = frozenset(methods)
        self.fail_next(**orders)
        return JSONResponse({"waiting": len(self.failures)})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/__journal", self.show_journal),
                Route("/__fail", self.take_orders, methods=["POST"]),
                Route("/__away", self.go_away, methods=["POST"]),
                Route("/{instance}/{method}/{token}", self.handle, methods=["GET", "POST"]),
            ]
        )


async def gone(request: Request) -> None:
    """Return when the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


@asynccontextmanager
async def running_green_api(*, clock: Clock | None = None, **more: Any) -> AsyncGenerator[GreenApiDouble]:
    """A double that answers at `double.url` until the end of the block."""
    double = GreenApiDouble(clock=clock or SystemClock(), **more)
    async with served(double.app()) as server:
        double.server, double.url = server, server.url
        try:
            yield double
        finally:
            await double.close()


def main(arguments: Sequence[str]) -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8790)
    options.add_argument("--webhook-url", default="")
    options.add_argument("--echoes", action="store_true", help="show messages and their statuses back")
    options.add_argument("--journal-lag", type=float, default=0, help="seconds until what was taken shows there")
    options.add_argument("--temper", type=json.loads, default={}, help="how it behaves, as the fields of Temper")
    chosen = options.parse_args(arguments)
    double = GreenApiDouble(clock=SystemClock())
    double.echoes, double.temper, double.journal_lag_s = chosen.echoes, Temper(**chosen.temper), chosen.journal_lag
    double.settings["webhookUrl"] = chosen.webhook_url
    double.server = make_server(double.app(), port=chosen.port)
    double.server.run()


if __name__ == "__main__":
    main(sys.argv[1:])
