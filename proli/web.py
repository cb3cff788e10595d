"""The HTTP way in: providers' webhooks, and what an operator's machines ask."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError
from starlette.middleware.gzip import GZipMiddleware

from proli import __version__, wiring
from proli.console import add_console
from proli.platform.changes import Changes
from proli.platform.errors import ProliError
from proli.platform.runtime import Runtime

PROBLEM = "application/problem+json"


def make_app(runtime: Runtime) -> FastAPI:
    """The application on a runtime that its caller opens and closes."""
    wiring.load_handlers()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        yield
        await app.state.changes.close()

    app = FastAPI(title="Proli", version=__version__, lifespan=lifespan, docs_url="/api/docs", redoc_url=None)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    attach(app, runtime)
    for router in wiring.routers():
        app.include_router(router)
    add_console(app)
    app.add_exception_handler(ProliError, answer_refusal)
    app.add_exception_handler(RequestValidationError, answer_invalid)
    app.add_exception_handler(DataError, answer_unstorable)
    return app


def attach(app: FastAPI, runtime: Runtime) -> None:
    """From here on the application answers from this runtime."""
    app.state.runtime = runtime
    app.state.changes = Changes(runtime.db)


async def answer_refusal(_: Request, refusal: Exception) -> JSONResponse:
    """A refusal is a normal answer: its status, its code, and what it is about."""
    assert isinstance(refusal, ProliError)
    body = {"code": refusal.code, "detail": str(refusal), "params": jsonable_encoder(refusal.params)}
    return JSONResponse(body, status_code=refusal.status, media_type=PROBLEM)


async def answer_unstorable(_: Request, error: Exception) -> JSONResponse:
    """Characters that PostgreSQL does not store, such as NUL; whatever else the database refuses is a fault of ours."""
    if "NUL" not in str(error):
        raise error
    detail = "The text holds a character that cannot be kept."
    return JSONResponse({"code": "invalid_request", "detail": detail, "errors": []}, 422, media_type=PROBLEM)


async def answer_invalid(_: Request, error: Exception) -> JSONResponse:
    """What was sent is not what was asked for: which field, and what is wrong with it. The values are not repeated."""
    assert isinstance(error, RequestValidationError)
    errors = [
        {"field": ".".join(str(part) for part in one["loc"][1:]), "code": one["type"], "detail": one["msg"]}
        for one in error.errors()
    ]
    body = {"code": "invalid_request", "detail": "Some fields are not as they should be.", "errors": errors}
    return JSONResponse(body, status_code=422, media_type=PROBLEM)
