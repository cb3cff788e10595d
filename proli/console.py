"""The console's files: pages that browsers load once and keep."""

import os
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.types import Scope

from proli.platform.doors.headers import ALWAYS

FOLDER: Final = Path(__file__).parent / "static"
POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # positions that libraries compute
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    )
)
POWERS: Final = ALWAYS["permissions-policy"].replace("microphone=()", "microphone=(self)")
"""Whoever tries calls out may speak."""
HEADERS: Final = {
    "content-security-policy": POLICY,
    "cache-control": "no-cache",
    "permissions-policy": POWERS,
}
NOT_BUILT: Final = "<!doctype html><title>Proli</title><p>The console is not built: run <code>make web</code>."
FOREVER: Final = "public, max-age=31536000, immutable"


ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
"""What the build lays beside each file, the smallest first."""


class Assets(StaticFiles):
    """Files whose names change with what is in them, compressed by the build where the browser reads that."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        path, encoded = smallest(Path(full_path), Headers(scope=scope))
        response = super().file_response(path, path.stat(), scope, status_code)
        response.headers.update({"cache-control": FOREVER, **encoded})
        return response


def smallest(path: Path, asked: Headers) -> tuple[Path, dict[str, str]]:
    """The file as it is sent to whoever asked, and the headers that say how it is compressed."""
    accepted = {one.partition(";")[0].strip() for one in asked.get("accept-encoding", "").lower().split(",")}
    for encoding, ending in ENCODINGS:
        packed = path.with_name(path.name + ending)
        if encoding in accepted and packed.is_file():
            return packed, {"content-encoding": encoding, "vary": "accept-encoding"}
    return path, {"vary": "accept-encoding"}


def add_console(app: FastAPI, folder: Path = FOLDER) -> None:
    """Every path that is not the API's is a page of the console, whose own router knows which."""
    if (folder / "assets").is_dir():
        app.mount("/assets", Assets(directory=folder / "assets"))

    @app.head("/{path:path}", include_in_schema=False)
    @app.get("/{path:path}", include_in_schema=False)
    async def page(path: str) -> Response:
        if path.startswith(("api/", "webhooks/")):
            return JSONResponse(
                {"code": "not_found", "detail": "There is nothing here.", "params": {}}, status_code=404
            )
        if path in {"icon.svg", "theme.js"} and (folder / path).is_file():
            return FileResponse(folder / path, headers=HEADERS)
        if not (folder / "index.html").is_file():
            return HTMLResponse(NOT_BUILT, status_code=503)
        return FileResponse(folder / "index.html", headers=HEADERS)
