"""The documentation of the API, for those who write against it: off unless it is asked for, and all of it from here."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles

DOCS: Final = "/api/docs"
DOCUMENT: Final = "/api/openapi.json"
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",  # the page tells its script where the document is
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


def add_docs(app: FastAPI) -> None:
    """The application answers what it can be asked."""
    app.mount(f"{DOCS}/files", StaticFiles(directory=Path(str(files("fastapi_swagger.resources")))))

    @app.get(DOCUMENT, include_in_schema=False)
    def document() -> JSONResponse:  # pyright: ignore[reportUnusedFunction]
        return JSONResponse(app.openapi())

    @app.get(DOCS, include_in_schema=False)
    def page() -> Response:  # pyright: ignore[reportUnusedFunction]
        made = get_swagger_ui_html(
            openapi_url=DOCUMENT,
            title=app.title,
            swagger_js_url=f"{DOCS}/files/swagger-ui-bundle.js",
            swagger_css_url=f"{DOCS}/files/swagger-ui.css",
            swagger_favicon_url=f"{DOCS}/files/favicon-32x32.png",
        )
        made.headers["content-security-policy"] = POLICY
        return made
