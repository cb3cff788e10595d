"""What stands between the network and the routes: bounded bodies, patient connections, few words about errors."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from proli.accounts.permissions import Role
from proli.platform.doors.bodies import BoundedBodies
from proli.platform.doors.connections import MOST_HEAD, PatientProtocol
from proli.web import MOST_JSON
from tests.console import Console
from tests.doubles.serving import served
from tests.patience import PATIENCE_S

SIGN_IN = "/api/auth/sign-in"


async def pieces(size: int, *, told: list[int]) -> AsyncIterator[bytes]:
    for _ in range(size // 65_536):
        told.append(65_536)
        yield b" " * 65_536


@pytest.mark.parametrize(
    "path", [SIGN_IN, "/api/auth/refresh", "/api/public/visits/x/move", "/webhooks/green-api", "/nowhere"]
)
async def test_a_body_is_refused_once_it_is_too_large_though_it_says_no_length(console: Console, path: str) -> None:
    browser, told = await console.browser(), list[int]()
    headers = {"content-type": "application/json"}
    try:
        answer = await browser.http.post(path, content=pieces(50_000_000, told=told), headers=headers)
        assert answer.status_code in {404, 405, 413}
    except (httpx2.WriteError, httpx2.ReadError, httpx2.RemoteProtocolError):
        pass  # the connection was closed while we still wrote
    assert sum(told) < 20_000_000, "what is on its way, in the buffers of both ends"


@pytest.mark.parametrize("path", [SIGN_IN, "/webhooks/green-api", "/api/businesses/moran/leads"])
async def test_a_body_that_says_that_it_is_too_large_is_not_waited_for(console: Console, path: str) -> None:
    host, port = console.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 300000000\r\n\r\n".encode())
    head = (await asyncio.wait_for(reader.readuntil(b"}"), PATIENCE_S)).decode()
    writer.close()
    assert head.startswith("HTTP/1.1 413")
    assert '"code": "body_too_large"' in head and "nosniff" in head


async def test_of_many_errors_twenty_are_answered_and_nothing_that_was_sent(console: Console) -> None:
    browser = await console.browser()
    many = {f"secret-{number}" + "x" * 200: 1 for number in range(500)}
    answer = await browser.call("POST", SIGN_IN, {"email": "my words", "password": ["hunter2"], **many})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 20
    assert "hunter2" not in answer.text and "my words" not in answer.text
    assert len(answer.text) < 8_000


async def test_a_body_full_of_errors_costs_little(console: Console) -> None:
    browser = await console.browser()
    body = json.dumps({"email": "a", "password": "b"} | {f"{number:x}": 0 for number in range(22_000)})
    assert len(body) < MOST_JSON
    began = time.process_time()
    answer = await browser.http.post(SIGN_IN, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert time.process_time() - began < 2


@asynccontextmanager
async def impatient(app: Any) -> AsyncGenerator[tuple[str, int]]:
    """The application behind a protocol that waits half a second."""

    class Impatient(PatientProtocol):
        head_s = 0.5

    async with served(app, protocol=Impatient) as server:
        yield server.servers[0].sockets[0].getsockname()[:2]


def reading(*, silence_s: float = 0.5, whole_s: float = 2, limit: int = 1000) -> Any:
    """An application that reads the whole body and says how long it was."""
    inner = FastAPI()

    @inner.post("/")
    async def take(body: dict[str, Any]) -> int:  # pyright: ignore[reportUnusedFunction]
        return len(body)

    return BoundedBodies(inner, limit_of=lambda _: limit, silence_s=silence_s, whole_s=whole_s)


async def slowly(address: tuple[str, int], *said: bytes, every_s: float) -> bytes:
    """What is answered when those bytes are sent with a pause before each."""
    reader, writer = await asyncio.open_connection(*address)

    async def send() -> None:
        for piece in said:
            writer.write(piece)
            await asyncio.sleep(every_s)

    sending = asyncio.create_task(send())
    answer = b""
    with contextlib.suppress(ConnectionResetError):  # there was more of ours than anybody wanted
        while piece := await asyncio.wait_for(reader.read(65_536), PATIENCE_S):
            answer += piece
    sending.cancel()
    writer.close()
    return answer


HEAD = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"


async def test_a_head_that_never_ends_is_given_up() -> None:
    async with impatient(reading()) as address:
        answer = await slowly(address, HEAD, *[b"x-a: b\r\n"] * 200, every_s=0.1)
        silent = await slowly(address, b"", every_s=0)
    assert answer.startswith(b"HTTP/1.1 408") and silent.startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    "head",
    [
        HEAD + b"x-a: " + b"b" * 2 * MOST_HEAD + b"\r\n\r\n",
        b"GET /" + b"b" * 2 * MOST_HEAD + b" HTTP/1.1\r\n\r\n",
        HEAD + b"x-a: b\r\n" * 200 + b"\r\n",
        HEAD + b"transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nx-a: " + b"b" * 4 * MOST_HEAD + b"\r\n\r\n",
    ],
    ids=["a long header", "a long address", "many headers", "a long header after the body"],
)
async def test_a_head_larger_than_any_of_ours_is_refused(head: bytes) -> None:
    async with impatient(reading()) as address:
        pieces = [head[at : at + 30_000] for at in range(0, len(head), 30_000)]
        answer = await slowly(address, *pieces, every_s=0.01)
    assert answer.startswith((b"HTTP/1.1 431", b"HTTP/1.1 400"))


async def test_a_body_that_never_ends_is_given_up() -> None:
    async with impatient(reading()) as address:
        silent = await slowly(address, HEAD + b"content-length: 100\r\n\r\n{", every_s=0.1)
        trickling = await slowly(address, HEAD + b"content-length: 900\r\n\r\n{", *[b" "] * 300, every_s=0.1)
    assert b"408" in silent.split(b"\r\n")[0] and b"408" in trickling.split(b"\r\n")[0]
    assert b"body_too_slow" in silent


async def test_an_ordinary_request_and_the_next_on_its_connection_are_answered() -> None:
    async with impatient(reading()) as address:
        one = HEAD + b'content-length: 7\r\n\r\n{"a":1}'
        last = HEAD + b'connection: close\r\ntransfer-encoding: chunked\r\n\r\n7\r\n{"a":1}\r\n0\r\n\r\n'
        answer = await slowly(address, one, one[:30], one[30:], last, every_s=0.05)
    assert answer.count(b"HTTP/1.1 200") == 3


async def test_a_user_has_a_bounded_number_of_streams(console: Console) -> None:
    await console.add_person("dana@example.com", role=Role.viewer)
    await console.add_person("noa@example.com", role=Role.viewer)
    dana, noa = await console.signed_in("dana@example.com"), await console.signed_in("noa@example.com")
    path, opened = "/api/businesses/moran/events", list[Any]()
    try:
        for _ in range(12):
            stream = dana.http.stream("GET", path, timeout=None)
            assert (await stream.__aenter__()).status_code == 200
            opened.append(stream)
        refused = await dana.call("GET", path)
        assert refused.status_code == 429 and refused.json()["code"] == "too_many_streams"
        assert (await noa.call("GET", path)).status_code == 200, "each has their own"
    finally:
        for stream in opened:
            await stream.__aexit__(None, None, None)
    for _ in range(200):
        if (await dana.call("GET", path)).status_code == 200:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the streams still count")
