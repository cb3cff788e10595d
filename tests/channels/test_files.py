"""Files of messages in the console: shown when harmless, saved otherwise, and never fetched from our own network."""

from collections.abc import AsyncGenerator

import httpx2
import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from proli.accounts.permissions import Role
from proli.conversations.models import Message, MessageKind
from proli.platform.agent_settings import MediaSettings
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from tests.channels.conftest import Outbox
from tests.chat.test_hearing_media import send
from tests.console import Browser, Console
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.serving import served
from tests.journeys.world import World, populate

INBOX = "/api/businesses/moran/conversations"
FILES = {
    "picture": (b"\x89PNG", "image/png"),
    "voice": (b"OggS", "application/octet-stream"),
    "drawing": (b"<svg onload='x()'/>", "image/svg+xml"),
    "page": (b"<script>x()</script>", "text/html; charset=utf-8"),
    "odd": (b"x", "image/png\u00e9"),
    "huge": (b"0" * 5000, "image/png"),
}


@pytest.fixture
async def files() -> AsyncGenerator[str]:
    async def file(request: Request) -> Response:
        if request.path_params["name"] not in FILES:
            return Response(status_code=404)
        data, media_type = FILES[request.path_params["name"]]
        return Response(data, headers={"content-type": media_type})

    async with served(Starlette(routes=[Route("/{name}", file)])) as server:
        yield server.url


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    return World(runtime, queue, business_id)


@pytest.fixture
async def viewer(console: Console, business_id: int) -> Browser:
    await console.add_person("dana@example.com", role=Role.viewer)
    return await console.signed_in("dana@example.com")


async def sent(browser: Browser, world: World, kind: MessageKind, **media: str) -> str:
    """The path of a file that the customer has just sent."""
    await send(world, kind, **media)
    (listed,) = (await browser.call("GET", INBOX)).json()["conversations"]
    messages = (await browser.call("GET", f"{INBOX}/{listed['id']}")).json()["messages"]
    last = [one["id"] for one in messages if one["direction"] == "in"][-1]
    return f"{INBOX}/{listed['id']}/messages/{last}/media"


async def fetch(browser: Browser, world: World, url: str, **media: str) -> httpx2.Response:
    return await browser.call("GET", await sent(browser, world, MessageKind.document, url=url, **media))


async def test_a_picture_is_shown_and_kept_by_nobody_else(viewer: Browser, world: World, files: str) -> None:
    answer = await fetch(viewer, world, f"{files}/picture")
    assert (answer.status_code, answer.content) == (200, FILES["picture"][0])
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")


async def test_a_file_without_a_type_has_the_announced_one(viewer: Browser, world: World, files: str) -> None:
    answer = await fetch(viewer, world, f"{files}/voice", mime_type="audio/ogg; codecs=opus")
    assert (answer.headers["content-type"], answer.headers["content-disposition"]) == ("audio/ogg", "inline")


@pytest.mark.parametrize("name", ["drawing", "page"])
async def test_what_could_run_in_the_console_is_saved(viewer: Browser, world: World, files: str, name: str) -> None:
    answer = await fetch(viewer, world, f"{files}/{name}", file_name='חוזה"; x=\r\n.html')
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''%D7%97")
    assert disposition.isascii()
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_a_type_that_is_none_is_saved_as_bytes(viewer: Browser, world: World, files: str) -> None:
    answer = await fetch(viewer, world, f"{files}/odd")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"


async def test_what_cannot_be_had_is_refused_with_a_code(
    viewer: Browser, world: World, settings: Settings, files: str
) -> None:
    settings.media = MediaSettings(allow_private_hosts=True, max_bytes=4000)
    for url, reason in ((f"{files}/gone", "status 404"), (f"{files}/huge", "too big"), ("file:///etc/x", "not a web")):
        refused = await fetch(viewer, world, url)
        assert refused.json()["code"] == "media_unavailable"
        assert refused.json()["params"]["reason"].startswith(reason)
    settings.media = MediaSettings()
    refused = await fetch(viewer, world, f"{files}/picture")
    assert refused.json()["params"]["reason"] == "not a public address"
    path = await sent(viewer, world, MessageKind.location, latitude="32.1")
    assert (await viewer.call("GET", path)).json()["code"] == "media_not_found"
    assert (await viewer.call("GET", path.replace("/media", "9999/media"))).json()["code"] == "message_not_found"


async def test_a_file_whose_address_has_expired_is_loaded_from_where_it_is_now(
    viewer: Browser, runtime: Runtime, outbox: Outbox, green_api: GreenApiDouble, files: str
) -> None:
    await outbox.queue("שלום")
    async with runtime.db.begin(outbox.business_id) as session:
        (told,) = await session.scalars(select(Message).where(Message.conversation_id == outbox.conversation_id))
        told.external_id, told.media = "PIC1", {"url": f"{files}/gone", "file_name": "a.png"}
        path = f"{INBOX}/{told.conversation_id}/messages/{told.id}/media"
    assert (await viewer.call("GET", path)).json()["params"]["reason"] == "status 404"
    green_api.files["PIC1"] = f"{files}/picture"
    assert (await viewer.call("GET", path)).content == FILES["picture"][0]
    async with runtime.db.begin(outbox.business_id) as session:
        told = await session.get_one(Message, told.id)
        assert told.media == {"url": f"{files}/picture", "file_name": "a.png"}


async def test_files_of_another_business_are_not_there(
    viewer: Browser, console: Console, world: World, files: str
) -> None:
    path = await sent(viewer, world, MessageKind.image, url=f"{files}/picture")
    await console.add_person("stranger@example.com", role=Role.owner, business="other")
    stranger = await console.signed_in("stranger@example.com")
    refused = await stranger.call("GET", path.replace("/moran/", "/other/"))
    assert (refused.status_code, refused.json()["code"]) == (404, "message_not_found")
