"""What browsers are told with every answer, and who may see what is not for everybody."""

from collections.abc import AsyncGenerator

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from proli.accounts.permissions import Role
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings
from proli.web import make_app
from tests.console import Browser, Console
from tests.doubles.serving import served
from tests.patience import PATIENCE_S

SAID = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
FILES = ("/", "/leads", "/theme.js", "/icon.svg", "/assets/nothing.js")
ANSWERS = ("/healthz", "/readyz", "/metrics", "/api/me", "/api/nothing", "/api/auth/sign-in", "/webhooks/green-api")


@pytest.mark.parametrize("path", [*FILES, *ANSWERS])
async def test_every_answer_carries_the_headers(console: Console, path: str) -> None:
    answer = await (await console.browser()).http.get(path)
    assert {name: answer.headers.get(name) for name in SAID} == SAID
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "strict-transport-security" not in answer.headers, "this installation has no https"
    assert "uvicorn" not in answer.headers.get("server", "")


@pytest.mark.parametrize("path", ["/", "/leads", "/icon.svg", "/healthz", "/readyz", "/metrics", "/api/nothing"])
async def test_whoever_asks_for_the_head_alone_gets_that_of_the_answer(console: Console, path: str) -> None:
    http = (await console.browser()).http
    head, whole = await http.head(path), await http.get(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


async def test_a_fault_carries_the_headers_too(runtime: Runtime) -> None:
    async def fail(_: Request) -> Response:
        raise ZeroDivisionError

    app = make_app(runtime)
    app.router.routes.insert(0, Route("/fail", fail))
    async with served(app) as server, httpx2.AsyncClient(base_url=server.url, timeout=PATIENCE_S) as browser:
        answer = await browser.get("/fail")
    assert answer.status_code == 500 and SAID.items() <= dict(answer.headers).items()


@pytest.fixture
async def secure(runtime: Runtime) -> AsyncGenerator[httpx2.AsyncClient]:
    """An installation that people reach by https, behind a proxy on this machine."""
    runtime.settings.http = HttpSettings(public_url="https://proli.example.com")
    headers = {"x-forwarded-proto": "https"}
    async with (
        served(make_app(runtime)) as server,
        httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=PATIENCE_S) as browser,
    ):
        yield browser


async def test_by_https_alone_cookies_are_bound_to_the_host_and_browsers_remember(
    secure: httpx2.AsyncClient, console: Console
) -> None:
    await console.add_person("dana@example.com", role=Role.owner)
    console.runtime.settings.http = HttpSettings(public_url="https://proli.example.com")
    for scheme in ("https", "http"):
        secure.headers["x-forwarded-proto"] = scheme
        answer = await Browser(secure).sign_in("dana@example.com")
        assert "max-age" in answer.headers["strict-transport-security"]
        cookies = answer.headers.get_list("set-cookie")
        assert {one.partition("=")[0] for one in cookies} == {"__Host-proli_access", "__Host-proli_refresh"}
        for one in cookies:
            assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in one.split(";")}
    access = next(one for one in cookies if "access" in one).partition(";")[0].partition("=")[2]
    plain = await secure.get("/api/me", headers={"cookie": f"proli_access={access}"})
    assert plain.status_code == 401, "a cookie that any page could have set"
    bound = await secure.get("/api/me", headers={"cookie": f"__Host-proli_access={access}"})
    assert bound.status_code == 200


async def test_without_https_people_sign_in_as_well(console: Console) -> None:
    await console.add_person("dana@example.com", role=Role.owner)
    dana = await console.signed_in("dana@example.com")
    assert set(dana.http.cookies) == {"proli_access", "proli_refresh"}
    assert (await dana.call("GET", "/api/me")).status_code == 200
    assert (await dana.call("POST", "/api/auth/refresh")).status_code == 200
    assert (await dana.call("POST", "/api/auth/sign-out")).status_code == 204
    assert not dana.http.cookies


async def test_figures_are_for_this_machine_or_for_whoever_has_the_token(console: Console) -> None:
    browser, settings = (await console.browser()).http, console.runtime.settings
    assert (await browser.get("/metrics")).status_code == 200
    settings.http = HttpSettings(public_url="https://proli.example.com")
    assert (await browser.get("/metrics")).json()["code"] == "metrics_refused"
    settings.http = HttpSettings(public_url="https://proli.example.com", metrics_token="a-token-of-the-operator")  # type: ignore[arg-type]
    for shown, status in (("", 403), ("Bearer x", 403), ("Bearer é", 403), ("Bearer a-token-of-the-operator", 200)):
        answer = await browser.get("/metrics", headers={b"authorization": shown.encode()})
        assert answer.status_code == status


async def test_the_documentation_of_the_api_is_off_unless_asked_for_and_loads_nothing_from_elsewhere(
    console: Console, runtime: Runtime
) -> None:
    browser = await console.browser()
    for path in ("/api/docs", "/api/openapi.json"):
        assert (await browser.http.get(path)).status_code == 404
    assert "/api/me" not in (await browser.http.get("/openapi.json")).text
    runtime.settings.http = HttpSettings(api_docs=True)
    async with (
        served(make_app(runtime)) as server,
        httpx2.AsyncClient(base_url=server.url, timeout=PATIENCE_S) as reader,
    ):
        page = await reader.get("/api/docs")
        assert "https://" not in page.text
        assert (await reader.get("/api/docs/files/swagger-ui-bundle.js")).status_code == 200
        assert "/api/me" in (await reader.get("/api/openapi.json")).json()["paths"]
