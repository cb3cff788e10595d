"""The console's files: pages that browsers load once and keep."""

from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles

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
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-cache",
}
NOT_BUILT: Final = "<!doctype html><title>Proli</title><p>The console is not built: run <code>make web</code>."
FOREVER: Final = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Files whose names change with what is in them."""

    def file_response(self, *args: object, **more: object) -> Response:
        response = super().file_response(*args, **more)  # type: ignore[arg-type]
        response.headers["cache-control"] = FOREVER
        return response


def add_console(app: FastAPI, folder: Path = FOLDER) -> None:
    """Every path that is not the API's is a page of the console, whose own router knows which."""
    if (folder / "assets").is_dir():
        app.mount("/assets", Assets(directory=folder / "assets"))

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
