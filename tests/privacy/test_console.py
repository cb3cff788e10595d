"""From the console: what a person wants, all of it taken along, and all of it erased."""

import io
import json
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from proli.accounts.models import AuditEntry
from proli.accounts.permissions import Role
from proli.contacts.addresses import find_contact
from proli.conversations.models import Message, MessageKind
from proli.privacy import export
from tests.channels.test_files import FILES, files
from tests.chat.test_hearing_media import send
from tests.console import Browser, Console
from tests.journeys.world import CUSTOMER, World

__all__ = ["files"]

BUSINESS = "/api/businesses/moran"
NAME = "דנה <b>אלמוג</b>"


@pytest.fixture
async def person(world: World) -> str:
    """The path of somebody who has written."""
    await world.phone(CUSTOMER, NAME).say('יש לי נזילה <script>alert("1")</script> בכיור')
    async with world.runtime.db.begin(world.business_id) as session:
        contact = await find_contact(session, CUSTOMER)
        assert contact is not None
        return f"{BUSINESS}/contacts/{contact.id}"


async def test_a_person_is_taken_along_as_rows_files_and_a_page(manager: Browser, world: World, person: str) -> None:
    answer = await manager.call("GET", f"{person}/export")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    book = ZipFile(io.BytesIO(answer.content))
    assert book.testzip() is None
    page = book.read("index.html").decode()
    assert 'dir="rtl"' in page
    assert "נזילה &lt;script&gt;" in page, "what somebody wrote runs nowhere"
    assert "<script>" not in page
    messages = json.loads(book.read("data/messages.json"))
    async with world.runtime.db.begin(world.business_id) as session:
        ids = (await session.scalars(select(Message.id).order_by(Message.id))).all()
        kept = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "data.exported"))).all()
    assert [one["id"] for one in messages] == list(ids)
    (contact,) = json.loads(book.read("data/contacts.json"))
    assert (contact["phone_e164"], contact["name"]) == (CUSTOMER, NAME)
    assert {"data/leads.json", "data/turns.json", "data/contact_addresses.json"} <= set(book.namelist())
    assert [f"{BUSINESS}/contacts/{one.subject.partition(':')[2]}" for one in kept] == [person]


async def test_files_go_along_and_the_page_leads_to_them_and_says_which_are_gone(
    manager: Browser, world: World, person: str, files: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few messages are held at a time."""
    monkeypatch.setattr(export, "PAGE", 2)
    for name in ("picture", "nothing-there"):
        await send(world, MessageKind.image, url=f"{files}/{name}", file_name=f"הכיור {name}.png")
    book = ZipFile(io.BytesIO((await manager.call("GET", f"{person}/export")).content))
    assert book.testzip() is None
    (file,) = [name for name in book.namelist() if name.startswith("files/")]
    assert book.read(file) == FILES["picture"][0]
    page = book.read("index.html").decode()
    assert f'<a href="{file}">קובץ</a>' in page
    assert page.count("קובץ שאינו זמין עוד") == 1
    assert page.count("<li>") > len(json.loads(book.read("data/messages.json"))) > 4
    assert page.rstrip().endswith("</body></html>")


async def test_a_person_is_erased_once_they_were_typed(manager: Browser, person: str) -> None:
    to_type = (await manager.call("GET", f"{person}/privacy")).json()["to_type"]
    refused = await manager.call("POST", f"{person}/erase", {"typed": "אחרת"})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_the_name")
    erased = await manager.call("POST", f"{person}/erase", {"typed": f" {to_type} "})
    assert (erased.status_code, erased.json()["kind"]) == (200, "person")
    assert (await manager.call("GET", f"{person}/privacy")).status_code == 404
    assert (await manager.call("GET", f"{person}/export")).status_code == 404
    assert [one["kind"] for one in (await manager.call("GET", f"{BUSINESS}/receipts")).json()] == ["person"]
    assert (await manager.call("GET", f"{BUSINESS}/conversations")).json()["conversations"] == []
    assert (await manager.call("GET", f"{BUSINESS}/leads")).is_success


async def test_neither_is_for_whoever_is_no_manager(console: Console, person: str) -> None:
    await console.add_person("agent@example.com", role=Role.agent)
    agent = await console.signed_in("agent@example.com")
    for method, path, body in (("GET", "export", None), ("POST", "erase", {"typed": NAME})):
        answer = await agent.call(method, f"{person}/{path}", body)
        assert (answer.status_code, answer.json()["params"]) == (403, {"needs": "manager"})


async def test_what_is_said_by_phone_is_written_down_by_staff(manager: Browser, person: str) -> None:
    out = await manager.call("POST", f"{person}/wishes", {"wish": "out", "words": "ביקשה בטלפון לא לקבל הודעות"})
    assert out.json()["opted_out_at"] is not None
    back = await manager.call("POST", f"{person}/wishes", {"wish": "in", "words": "ביקשה שנכתוב שוב"})
    assert back.json()["opted_out_at"] is None
    kept = [(one["wish"], one["actor"]["name"]) for one in back.json()["consents"]]
    assert kept == [("in", "dana"), ("out", "dana")]
