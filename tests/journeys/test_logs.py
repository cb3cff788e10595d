"""A busy day with everything going wrong at once leaves nothing of anybody in the log, in either format."""

import asyncio
import json
import logging
import sys
from collections.abc import Generator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from loguru import logger
from sqlalchemy import text

from proli.accounts.models import Business
from proli.accounts.permissions import Role
from proli.knowledge.people import parse_phone
from proli.platform.logging import QUIET, start_logging
from proli.platform.runtime import Runtime
from proli.platform.settings import LogSettings
from tests.conftest import ManualClock
from tests.console import Console, console
from tests.journeys.whatsapp import Phone, WhatsApp
from tests.leads.test_import import as_csv, upload
from tests.patience import PATIENCE_S

__all__ = ["console"]

STAFF, EMAIL = "+972541239876", "ruth.levi@example.com"
PEOPLE = {
    "+972527654301": ("Ruth Levi", "I have a purple flood under the sink, Bialik 37, Ramat Gan, tomorrow at 16:00"),
    "+972527654302": ("דנה אלמוג", "יש לי נזילה סגולה בכיור, ברמת גן, רחוב ביאליק 37 קומה 2, מחר בשעה 16:00"),
    "+972527654303": ("Мария Петрова", "У меня протекает раковина, Рамат-Ган, завтра в 16:00"),
    "+972527654304": ("سمير خوري", "عندي تسريب مياه في المطبخ"),
}
WORDS = (
    *("Ruth", "Levi", "purple", "Bialik", "דנה", "אלמוג", "סגולה", "נזילה", "ביאליק", "Мария", "Петрова", "раковина"),
    *("سمير", "خوري", "تسريب", "ruth.levi", "secret-of-ruth", "יוסי"),
)
"""Of whatever went through: names, addresses, and what nobody else says."""


def spellings(e164: str) -> set[str]:
    """A phone as people, tables and providers write it."""
    local = "0" + e164.removeprefix("+972")
    area, first, last = local[:3], local[3:6], local[6:]
    return {
        e164, e164[1:], local, local[1:], f"{area}-{first}{last}", f"{area}-{first}-{last}", f"{area} {first} {last}",
        f"{area}.{first}.{last}", f"({area}) {first}-{last}", f"+972 {area[1:]} {first} {last}",
        f"+972-{area[1:]}-{first}-{last}", quote(e164), f"{e164[1:]}@c.us",
    }  # fmt: skip


EVERYBODY = (*PEOPLE, STAFF, "+972520000001", "+972527654398")
PHONES = {*(one[-7:] for one in EVERYBODY), *set[str]().union(*map(spellings, EVERYBODY))}


@pytest.fixture(params=["text", "json"])
def logged(tmp_path: Path, request: pytest.FixtureRequest) -> Generator[Path]:
    """All that is logged, down to the least, as the product writes it."""
    path, levels = tmp_path / "proli.log", {name: logging.getLogger(name).level for name in QUIET}
    start_logging(LogSettings(level="DEBUG", file=path, format=request.param))
    logging.getLogger().setLevel(logging.DEBUG)
    yield path
    logger.remove()
    logger.configure(patcher=lambda _: None)
    logger.add(sys.stderr, level="INFO", diagnose=False, backtrace=False)
    logging.basicConfig(handlers=[], level=logging.WARNING, force=True)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def read(path: Path) -> list[str]:
    """Every line as it stands, and of those that are JSON also what they mean."""
    logger.complete()
    lines = path.read_text(encoding="utf-8").splitlines()
    return [*lines, *(json.dumps(json.loads(line), ensure_ascii=False) for line in lines if line.startswith("{"))]


async def settle(whatsapp: WhatsApp, clock: ManualClock, *, tries: int = 2) -> None:
    """What is due has run, and what it put off, so many times."""
    for _ in range(tries):
        clock.advance(hours=1)
        await whatsapp.queue.drain(until=clock.now())


def fault_of(words: str, phone: str) -> Exception:
    """As libraries tell of what they were given."""
    try:
        int(f"{words} {phone}")
    except ValueError as fault:
        return fault
    raise AssertionError


async def the_provider_refuses(whatsapp: WhatsApp, people: list[Phone], clock: ManualClock) -> None:
    for number, person in enumerate(people):
        words = {"message": f"cannot send {PEOPLE[person.phone_e164][1]} to {person.chat_id} {person.phone_e164}"}
        for status in (500, 400)[: 1 + number % 2]:
            whatsapp.double.fail_next("status", status=status, body=json.dumps(words, ensure_ascii=False), times=2)
        await person.write(PEOPLE[person.phone_e164][1])
    await settle(whatsapp, clock)


FAULTS = (("channels.jobs.attempt", 7), ("mind.thinking.listen", 1), ("chat.jobs.take_turn", 1))
"""Where something of ours breaks, and after how many tries it is given up."""


async def turns_and_jobs_fail(
    whatsapp: WhatsApp, people: list[Phone], clock: ManualClock, patch: pytest.MonkeyPatch
) -> None:
    for place, tries in FAULTS:
        with patch.context() as broken:
            for person in people:
                name, words = PEOPLE[person.phone_e164]
                fault = fault_of(f"{name}: {words}", person.phone_e164)

                def fail(*_: object, fault: Exception = fault, **__: object) -> None:
                    raise fault

                broken.setattr(f"proli.{place}", fail)
                await person.write(f"{words}!")
                await whatsapp.queue.drain()
            await settle(whatsapp, clock, tries=tries)


async def the_database_refuses(whatsapp: WhatsApp, people: list[Phone], patch: pytest.MonkeyPatch) -> None:
    async def fail(runtime: Runtime, *_: object, **__: object) -> None:
        async with runtime.db.begin_operator() as session:
            await session.execute(text("SELECT CAST(:words AS bigint)"), {"words": PEOPLE[people[0].phone_e164][1]})

    for person in people:
        with patch.context() as broken:
            broken.setattr("proli.chat.jobs.answer_all", fail)
            await person.write("hello")
            await whatsapp.settle()


async def the_webhook_is_misused(whatsapp: WhatsApp, people: list[Phone]) -> None:
    double = whatsapp.double
    token = {"authorization": f"Bearer {double.settings['webhookUrlToken']}"}
    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as client:
        for person in people:
            name, words = PEOPLE[person.phone_e164]
            payload = double.webhooks.text(person.phone_e164, words, name=name)
            told = json.dumps(payload, ensure_ascii=False)
            for body in (told[:-9], f'["{name} {words}"]', told.replace("idMessage", "idmessage"), '{"a": NaN}'):
                await client.post(whatsapp.webhook, content=body.encode(), headers=token)
            for kind in (f"{name} {person.phone_e164}", "incomingMessageReceived"):
                bad = {**payload, "typeWebhook": kind, "senderData": {"chatId": person.chat_id, "senderName": name}}
                await client.post(whatsapp.webhook, json=bad | {"messageData": words}, headers=token)
            wrong = {"authorization": "Bearer secret-of-ruth"}
            answer = await client.post(whatsapp.webhook, json=payload, headers=wrong)
            assert answer.status_code == 401


async def the_console_is_misused(console: Console) -> None:
    manager = await console.signed_in(EMAIL)
    stranger = await console.browser()
    assert (await stranger.sign_in(EMAIL, "secret-of-ruth")).status_code == 401
    table = as_csv(
        ["שם הלקוח", "טלפון נייד", "תיאור", "תאריך פנייה"],
        ["Ruth Levi", "052-765-43", "purple flood", "never"], ["דנה אלמוג", "0527654398", "נזילה סגולה", "99.99.9999"],
    )  # fmt: skip
    assert (await upload(manager, table)).is_success
    assert (await upload(manager, b"PK\x03\x04 Ruth Levi")).is_client_error
    for person, (name, words) in PEOPLE.items():
        for path in ("leads", "conversations", "audit", f"nowhere/{quote(name)}"):
            said = f"text={quote(name)}&customer={quote(person)}&subject={quote(words)}"
            await manager.call("GET", f"/api/businesses/moran/{path}?{said}")


def libraries_tell(people: list[Phone]) -> None:
    """What a server's access log and the event loop say on their own."""
    loop = asyncio.get_running_loop()
    for person in people:
        name, words = PEOPLE[person.phone_e164]
        line = f"GET /b/moran/simulator?customer={quote(person.phone_e164)}&text={quote(words)} HTTP/1.1"
        for level in (logging.INFO, logging.WARNING):
            logging.getLogger("uvicorn.access").log(level, '%s - "%s" %d', "127.0.0.1:5000", line, 200)
        logging.getLogger("uvicorn.error").error("failed for %r, %r", name, sorted(spellings(person.phone_e164)))
        for spelling in sorted(spellings(person.phone_e164)):
            logging.getLogger("somebody").debug("called %s", spelling)
        failed = loop.create_future()
        failed.set_exception(KeyError(name))
        loop.call_exception_handler({"message": "never retrieved", "exception": failed.exception(), "future": failed})


async def test_nothing_of_anybody_stands_in_the_log_of_a_day_on_which_everything_fails(
    whatsapp: WhatsApp, console: Console, clock: ManualClock, logged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        (await session.get_one(Business, whatsapp.business_id)).staff_e164 = STAFF
    await console.add_person(EMAIL, role=Role.manager)
    people = [whatsapp.phone(phone, name) for phone, (name, _) in PEOPLE.items()]
    await turns_and_jobs_fail(whatsapp, people[:2], clock, monkeypatch)
    await the_provider_refuses(whatsapp, people, clock)
    await the_database_refuses(whatsapp, people, monkeypatch)
    await the_webhook_is_misused(whatsapp, people)
    await the_console_is_misused(console)
    libraries_tell(people)
    lines = read(logged)
    for part in ("waits (attempt", "The turn of conversation", "channels.jobs.deliver failed", "webhook refused",
                 "InvalidTextRepresentation", "never retrieved", "ignored", "called"):  # fmt: skip
        assert any(part in line for line in lines), f"this day was to have: {part}"
    found = {f"{told}: {line[:300]}" for line in lines for told in (*PHONES, *WORDS) if told in line}
    assert found == set(), "\n".join(sorted(found)[:20])


def test_the_phones_that_are_looked_for_are_phones() -> None:
    for e164 in PEOPLE:
        assert {parse_phone(one) for one in spellings(e164) if one.startswith("0")} == {e164}
