"""The HTTP way in: providers' webhooks, and what an operator's machines ask."""

import re
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Scope

from proli import __version__, wiring
from proli.console import add_console
from proli.leads.api.imports import MOST_BYTES
from proli.platform.changes import Changes
from proli.platform.doors.bodies import PROBLEM, BoundedBodies
from proli.platform.doors.docs import add_docs
from proli.platform.doors.headers import SecureAnswers
from proli.platform.doors.inputs import storable
from proli.platform.doors.tables import Tables
from proli.platform.errors import ProliError
from proli.platform.runtime import Runtime
from proli.voice.talking import find_talker

MOST_JSON: Final = 256_000
"""Of what pages send; the longest they have is a prompt, or a change of many leads."""
MOST_ERRORS: Final = 20
LONGEST_NAME: Final = 100
TABLES: Final = re.compile(r"/api/businesses/[^/]+/leads/import(/preview)?")


class Application(FastAPI):
    """Bounds and headers are outside of all else, so that what goes wrong inside is answered within them too."""

    def build_middleware_stack(self) -> ASGIApp:
        return SecureAnswers(BoundedBodies(super().build_middleware_stack(), limit_of=most_bytes))


def most_bytes(scope: Scope) -> int:
    """How much body a request may have. Tables and webhooks are read by their routes, piece by piece."""
    path: str = scope["path"]
    if TABLES.fullmatch(path):
        return MOST_BYTES
    most: int = scope["app"].state.runtime.settings.http.max_body_bytes
    return most if path.startswith("/webhooks/") else min(most, MOST_JSON)


UNTOLD: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""What FastAPI would tell by itself: paths, which hold customers' links, and the words of faults."""
FOR_PEOPLE: Final = [Depends(storable)]
"""What providers send is made fit to store; they would say again what is refused."""


def make_app(runtime: Runtime) -> FastAPI:
    """The application on a runtime that its caller opens and closes."""
    app = assemble(runtime, wiring.load_routers())
    if runtime.settings.http.api_docs:
        add_docs(app)
    add_console(app)
    return app


def make_voice_app(runtime: Runtime) -> FastAPI:
    """The doors of calls alone, and what an operator's machines ask."""
    return assemble(runtime, wiring.load_voice_routers())


def assemble(runtime: Runtime, routers: Sequence[APIRouter]) -> FastAPI:
    """An application with these doors."""
    wiring.load_handlers()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        yield
        await app.state.changes.close()
        for talker in (app.state.talker, app.state.reader):
            if talker is not None:
                await talker.close()

    app = Application(
        title="Proli", version=__version__, lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None,
        telemetry=UNTOLD,
    )  # fmt: skip
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    attach(app, runtime)
    for router in routers:
        app.include_router(router, dependencies=FOR_PEOPLE if router.prefix.startswith("/api") else ())
    app.add_exception_handler(ProliError, answer_refusal)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    return app


def attach(app: FastAPI, runtime: Runtime) -> None:
    """From here on the application answers from this runtime."""
    app.state.runtime = runtime
    app.state.talker, app.state.reader = find_talker(runtime.settings), None
    app.state.changes = Changes(runtime.db)
    app.state.streams = Counter[int]()
    app.state.tables = Tables()


async def answer_refusal(_: Request, refusal: Exception) -> JSONResponse:
    """A refusal is a normal answer: its status, its code, and what it is about."""
    assert isinstance(refusal, ProliError)
    body = {"code": refusal.code, "detail": str(refusal), "params": jsonable_encoder(refusal.params)}
    return JSONResponse(body, status_code=refusal.status, media_type=PROBLEM)


async def answer_invalid(_: Request, error: Exception) -> JSONResponse:
    """What was sent is not what was asked for: which field, and what is wrong with it. The values are not repeated, and
    names and number are bounded: what is wrong may be of the sender's making.
    """
    assert isinstance(error, RequestValidationError)
    errors = [
        {
            "field": ".".join(str(part)[:LONGEST_NAME] for part in one["loc"][1:])[:LONGEST_NAME],
            "code": one["type"],
            "detail": one["msg"][: 2 * LONGEST_NAME],
        }
        for one in error.errors()[:MOST_ERRORS]
    ]
    body = {"code": "invalid_request", "detail": "Some fields are not as they should be.", "errors": errors}
    return JSONResponse(body, status_code=422, media_type=PROBLEM)
