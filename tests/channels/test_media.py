"""Files are loaded within limits, and never from inside our own network."""

import asyncio
import dataclasses
import gzip
import ipaddress
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from proli.platform import media as media_module
from proli.platform.agent_settings import MediaSettings
from proli.platform.media import Address, MediaUnavailable, is_public, load_media
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from tests.doubles.serving import served

LIMIT = 2_000


async def small(_: Request) -> Response:
    return Response(b"\x89PNG", media_type="Image/PNG; q=1")


async def untyped(request: Request) -> Response:
    return Response(request.headers["host"].encode(), headers={"content-type": ""})


async def big(_: Request) -> Response:
    return Response(b"x" * (LIMIT + 1))


async def endless(_: Request) -> Response:
    async def chunks() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.001)
            yield b"x" * 500

    return StreamingResponse(chunks())


async def bomb(_: Request) -> Response:
    return Response(gzip.compress(b"0" * 1_000_000), headers={"content-encoding": "gzip"})


async def slow(_: Request) -> Response:
    await asyncio.sleep(5)
    return Response(b"late")


async def moved(_: Request) -> Response:
    return RedirectResponse("/small")


async def inward(_: Request) -> Response:
    return RedirectResponse("http://169.254.169.254/latest/meta-data/")


async def around(_: Request) -> Response:
    return RedirectResponse("/around")


@pytest.fixture
async def files() -> AsyncGenerator[str]:
    pages = (small, untyped, big, endless, bomb, slow, moved, inward, around)
    async with served(Starlette(routes=[Route(f"/{page.__name__}", page) for page in pages])) as server:
        yield server.url


@pytest.fixture
def loader(runtime: Runtime, settings: Settings) -> Runtime:
    settings.media = MediaSettings(max_bytes=LIMIT, timeout_s=0.5, allow_private_hosts=True)
    return dataclasses.replace(runtime, settings=settings)


@pytest.fixture
def guarded(runtime: Runtime, settings: Settings) -> Runtime:
    settings.media = MediaSettings(max_bytes=LIMIT, timeout_s=0.5, allow_private_hosts=False)
    return dataclasses.replace(runtime, settings=settings)


async def reason(runtime: Runtime, url: str) -> object:
    with pytest.raises(MediaUnavailable) as raised:
        await load_media(runtime, url)
    return raised.value.params["reason"]


async def test_a_file_comes_with_its_plain_type(loader: Runtime, files: str) -> None:
    found = await load_media(loader, f"{files}/small")
    assert (found.data, found.mime_type) == (b"\x89PNG", "image/png")


async def test_a_redirect_is_followed(loader: Runtime, files: str) -> None:
    assert (await load_media(loader, f"{files}/moved")).data == b"\x89PNG"


async def test_the_host_is_named_though_the_address_was_dialled(loader: Runtime, files: str) -> None:
    named = files.replace("127.0.0.1", "localhost")
    found = await load_media(loader, f"{named}/untyped")
    assert found.data == named.removeprefix("http://").encode()
    assert found.mime_type == "application/octet-stream"


@pytest.mark.parametrize("page", ["big", "endless", "bomb"])
async def test_a_file_too_big_is_given_up_however_it_comes(loader: Runtime, files: str, page: str) -> None:
    assert await reason(loader, f"{files}/{page}") == "too big"


@pytest.mark.parametrize(
    ("page", "expected"), [("slow", "too slow"), ("around", "too many redirects"), ("nothing", "status 404")]
)
async def test_a_file_that_does_not_come_is_given_up(loader: Runtime, files: str, page: str, expected: str) -> None:
    assert await reason(loader, f"{files}/{page}") == expected


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/x", "http://localhost/x", "http://[::1]/x", "http://10.1.2.3/x", "http://192.168.1.1/x"),
        *("http://169.254.169.254/latest", "http://0.0.0.0/x", "http://[::ffff:127.0.0.1]/x", "http://2130706433/x"),
        *("http://100.64.0.1/x", "http://[fe80::1]/x", "http://[64:ff9b::7f00:1]/x", "http://[2002:7f00:1::]/x"),
        *("http://0x7f.1/x", "http://127.1/x", "http://224.0.0.1/x", "http://[fd00::1]/x"),
    ],
)
async def test_an_address_inside_a_network_is_never_dialled(guarded: Runtime, url: str) -> None:
    assert await reason(guarded, url) in {"not a public address", "unknown host", "InvalidURL"}


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.com/x", "gopher://x", "", "//x", "http://", "http://user:pass@example.com/x"],
)
async def test_only_plain_web_addresses_are_taken(guarded: Runtime, url: str) -> None:
    assert await reason(guarded, url) == "not a web address"


@pytest.mark.parametrize("url", ["http://[::1", "http://a\x00b/", "http://x:99999/", "http://" + "a" * 70 + ".com/"])
async def test_an_address_that_is_none_is_refused(guarded: Runtime, url: str) -> None:
    await reason(guarded, url)


async def test_a_redirect_inwards_is_not_followed(
    guarded: Runtime, files: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first address counts as public here, as no public one can be dialled in a test."""
    here = ipaddress.ip_address("127.0.0.1")

    def public_or_here(address: Address) -> bool:
        return address == here or is_public(address)

    monkeypatch.setattr(media_module, "is_public", public_or_here)
    assert await reason(guarded, f"{files}/inward") == "not a public address"


async def test_a_name_with_one_private_address_among_public_ones_is_refused(
    guarded: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def resolve(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    assert await reason(guarded, "http://rebinding.example/x") == "not a public address"


def test_public_addresses_are_public() -> None:
    assert is_public(ipaddress.ip_address("93.184.215.14"))
    assert is_public(ipaddress.ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))
    assert is_public(ipaddress.ip_address("::ffff:93.184.215.14"))
