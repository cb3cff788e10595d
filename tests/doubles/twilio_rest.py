"""Twilio's own API on loopback, for who has the account's secret: it keeps recordings, makes and leads calls."""

import base64
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.serving import served
from tests.doubles.twilio import ACCOUNT, TOKEN, load

BASE = f"/2010-04-01/Accounts/{ACCOUNT}"


@dataclass
class TwilioApi:
    """What it keeps and what it was asked; it is away as long as a test wants it."""

    url: str = ""
    recordings: dict[str, bytes] = field(default_factory=dict[str, bytes])
    deleted: list[str] = field(default_factory=list[str])
    led: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Calls, and where it was to ask what comes next."""
    away: bool = False
    made: list[dict[str, list[str]]] = field(default_factory=list[dict[str, list[str]]])
    """Calls that it was asked to make, and took."""
    answers: list[int] = field(default_factory=list[int])
    """How it answers the next ones instead of 201: with 429 and 400 it has not taken them, with 500 it has."""

    async def answer(self, request: Request) -> Response:
        expected = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") != expected:
            return self.error("20003_auth")
        if self.away:
            return JSONResponse({}, 503)
        kind, name = request.path_params["kind"], request.path_params["name"].partition(".")[0]
        if kind == "Calls":
            form = parse_qs((await request.body()).decode())
            self.led.append((name, form["Url"][0]))
            return JSONResponse({"sid": name, "status": "in-progress"})
        if name not in self.recordings:
            return self.error("20404_not_found")
        if request.method == "DELETE":
            del self.recordings[name]
            self.deleted.append(name)
            return Response(status_code=204)
        return Response(self.recordings[name], media_type="audio/x-wav")

    async def make_call(self, request: Request) -> Response:
        status = self.answers.pop(0) if self.answers else 201
        if status == 429:
            return self.error("20429_rate")
        if status == 400:
            return self.error("21211_invalid_to")
        self.made.append(parse_qs((await request.body()).decode()))
        if status != 201:
            return JSONResponse({}, status)
        sid = f"CA{len(self.made):032x}"
        return JSONResponse({"account_sid": ACCOUNT, "sid": sid, "status": "queued", "direction": "outbound-api"}, 201)

    def error(self, name: str) -> Response:
        error = load("rest_errors")[name]
        return JSONResponse(error["json"], error["status"])


@asynccontextmanager
async def running_twilio_api() -> AsyncGenerator[TwilioApi]:
    api = TwilioApi()
    route = Route(f"{BASE}/{{kind}}/{{name}}", api.answer, methods=["GET", "POST", "DELETE"])
    calls = Route(f"{BASE}/Calls.json", api.make_call, methods=["POST"])
    async with served(Starlette(routes=[calls, route])) as server:
        api.url = server.url
        yield api
