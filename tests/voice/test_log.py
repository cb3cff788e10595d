"""The log of calls in the console, and what becomes of calls when a person is erased or time has passed."""

import asyncio
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.permissions import Role
from proli.channels.simulator.channel import ensure_account
from proli.contacts.models import Contact
from proli.leads.models import Lead, LeadStatus
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.privacy.erasing import erase_person
from proli.privacy.export import export_person
from proli.privacy.models import Deleted, Receipt
from proli.privacy.retention import end_batch
from proli.voice.lines import OpenLine, beat
from proli.voice.models import Call, CallRecording, CallStream, CallTurn, VoiceNumber
from proli.voice.numbers import add_voice_number
from proli.voice.transcript import RecordingNews, add_turn, note_recording, sum_up
from tests.conftest import ManualClock
from tests.console import Browser, Console, console, manager
from tests.doubles.twilio import ACCOUNT, CALL, CALLER, NUMBER, Twilio, new_call
from tests.monitoring.test_events import listening
from tests.voice.conftest import Desk

__all__ = ["console", "manager"]

OTHER = "+972500000002"
CALLS = "/api/businesses/moran/calls"


async def read(browser: Browser, path: str) -> Any:
    answer = await browser.call("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
async def three(twilio: Twilio, desk: Desk, clock: ManualClock) -> list[Call]:
    """One that was missed, one that rings, and one of somebody unknown that has ended, a minute apart."""
    await twilio.ring(CALL)
    await twilio.status("no-answer", CALL)
    clock.advance(minutes=1)
    await twilio.ring(new_call(), From=OTHER)
    clock.advance(minutes=1)
    hidden = new_call()
    await twilio.ring(hidden, From="anonymous")
    await twilio.status("completed", hidden, From="anonymous")
    return await desk.calls()


async def test_the_log_shows_the_newest_first_and_page_by_page(three: list[Call], manager: Browser) -> None:
    found = (await read(manager, CALLS))["calls"]
    assert [one["phone"] for one in found] == [None, OTHER, CALLER]
    assert {one["number"] for one in found} == {NUMBER}
    first = (await read(manager, f"{CALLS}?limit=1"))["calls"]
    at, ident = first[0]["started_at"].replace("+", "%2B"), first[0]["id"]
    rest = (await read(manager, f"{CALLS}?before_at={at}&before_id={ident}"))["calls"]
    assert first + rest == found


@pytest.mark.parametrize(
    ("wanted", "phones"),
    [
        ("outcome=missed", [None, CALLER]),
        ("state=no-answer", [CALLER]),
        ("live=true", [OTHER]),
        ("live=false", [None, CALLER]),
        ("direction=outbound", []),
        ("direction=inbound&state=ringing", [OTHER]),
        ("number_id=1", [None, OTHER, CALLER]),
        ("number_id=2", []),
        ("lead_id=1", []),
        ("contact_id=1", [CALLER]),
        ("since=2070-11-23T07:00:30Z", [None, OTHER]),
        ("until=2070-11-23T07:01:00Z", [CALLER]),
    ],
)
async def test_calls_are_looked_for(three: list[Call], manager: Browser, wanted: str, phones: list[str]) -> None:
    assert [one["phone"] for one in (await read(manager, f"{CALLS}?{wanted}"))["calls"]] == phones


@pytest.mark.parametrize("wanted", ["state=levitating", "outcome=x", "limit=0", "since=never", "contact_id=0"])
async def test_what_cannot_be_looked_for_is_refused(three: list[Call], manager: Browser, wanted: str) -> None:
    assert (await manager.call("GET", f"{CALLS}?{wanted}")).status_code == 422


async def talk(desk: Desk, call: Call, clock: ManualClock) -> None:
    async with desk.runtime.db.begin(desk.business_id) as session:
        await add_turn(
            session, call.id,
            number=1, speaker="agent", text="שלום, כאן לאה", began_at=clock.now(), cut_off=True, latency_ms=90,
        )  # fmt: skip
        await add_turn(session, call.id, number=2, speaker="caller", text="הכלב נושך", began_at=clock.now())
        await add_turn(session, call.id, number=2, speaker="caller", text="הכלב נושך מאוד", began_at=clock.now())
        recording = RecordingNews(f"RE{call.external_id[2:]}", "completed", "https://api.twilio.com/x", 40)
        await note_recording(session, await session.get_one(Call, call.id), recording)


async def test_one_call_is_shown_with_what_was_said_in_it(
    three: list[Call], desk: Desk, manager: Browser, clock: ManualClock
) -> None:
    await talk(desk, three[0], clock)
    async with desk.runtime.db.begin(desk.business_id) as session:
        lead = Lead(contact_id=three[0].contact_id, status=LeadStatus.new)
        session.add(lead)
        await session.flush()
        await sum_up(session, three[0].id, summary="נזילה", lead_id=lead.id)
        await sum_up(session, three[0].id, summary="נזילה במטבח")
        lead_id = lead.id
    found = await read(manager, f"{CALLS}/{three[0].id}")
    assert found["call"]["phone"] == CALLER
    assert (found["call"]["summary"], found["call"]["lead_id"]) == ("נזילה במטבח", lead_id)
    assert [one["id"] for one in (await read(manager, f"{CALLS}?lead_id={lead_id}"))["calls"]] == [three[0].id]
    assert [(one["speaker"], one["text"], one["cut_off"]) for one in found["turns"]] == [
        ("agent", "שלום, כאן לאה", True), ("caller", "הכלב נושך מאוד", False)
    ]  # fmt: skip
    assert [(one["state"], one["duration_s"]) for one in found["recordings"]] == [("completed", 40)]
    assert "twilio" not in json.dumps(found)


async def test_calls_under_way_are_told_with_what_was_said_in_them_last(
    three: list[Call], desk: Desk, manager: Browser, clock: ManualClock, twilio: Twilio
) -> None:
    assert [one["turns"] for one in (await read(manager, f"{CALLS}/live"))["calls"]] == [[]]
    await talk(desk, three[0], clock)
    await talk(desk, three[1], clock)
    clock.advance(minutes=1)
    await twilio.ring(new_call(), From=CALLER)
    async with desk.runtime.db.begin(desk.business_id) as session:
        await add_turn(session, three[1].id, number=3, speaker="agent", text="איפה?", began_at=clock.now())
    live = (await read(manager, f"{CALLS}/live"))["calls"]
    assert [one["call"]["phone"] for one in live] == [OTHER, CALLER]
    assert [[turn["text"] for turn in one["turns"]] for one in live] == [["הכלב נושך מאוד", "איפה?"], []]


async def test_whether_there_is_anything_of_calls_is_told_without_reading_them(
    console: Console, manager: Browser, runtime: Runtime, business_id: int
) -> None:
    assert await read(manager, f"{CALLS}/now") == {"any": False, "live": 0}
    async with runtime.db.begin(business_id) as session:
        secrets = {"auth_token": "x"}
        await add_voice_number(
            session, runtime.vault, phone_e164=NUMBER, account_sid=ACCOUNT, secrets=secrets
        )  # fmt: skip
    assert await read(manager, f"{CALLS}/now") == {"any": True, "live": 0}


async def test_a_call_shows_the_message_in_which_it_went_on(
    twilio: Twilio, desk: Desk, manager: Browser, runtime: Runtime, queue: Queue
) -> None:
    async with runtime.db.begin(desk.business_id) as session:
        await ensure_account(session, runtime)
    await twilio.ring(CALL)
    assert await read(manager, f"{CALLS}/now") == {"any": True, "live": 1}
    call_id = (await desk.call()).id
    assert (await read(manager, f"{CALLS}/{call_id}"))["written"] is None
    await twilio.status("no-answer", CALL)
    await queue.drain()
    assert await read(manager, f"{CALLS}/now") == {"any": True, "live": 0}
    found = await read(manager, f"{CALLS}/{call_id}")
    assert found["written"]["conversation_id"] == found["conversation_id"]
    thread = await read(manager, f"/api/businesses/moran/conversations/{found['conversation_id']}")
    assert [one["text"] for one in thread["messages"]] == ["", found["written"]["text"]]


async def test_pages_hear_of_a_call_while_it_lasts_and_not_that_it_still_does(
    twilio: Twilio, desk: Desk, manager: Browser, runtime: Runtime, clock: ManualClock
) -> None:
    async with listening(manager) as ear:
        await twilio.ring(CALL)
        call = await desk.call()
        assert await ear.hear("calls") == call.id
        await asyncio.sleep(0.3)
        ear.heard.clear()
        async with runtime.db.begin(desk.business_id) as session:
            await beat(session, OpenLine(desk.business_id, call.id, 1), now=clock.now())
        await asyncio.sleep(0.3)
        assert ear.heard == []
        async with runtime.db.begin(desk.business_id) as session:
            await add_turn(session, call.id, number=1, speaker="caller", text="הכלב נושך", began_at=clock.now())
        assert await ear.hear("calls") == call.id


async def test_another_businesss_calls_are_not_there(three: list[Call], console: Console, manager: Browser) -> None:
    await console.add_person("noa@example.com", role=Role.manager, business="other")
    noa = await console.signed_in("noa@example.com")
    assert (await noa.call("GET", CALLS)).status_code in (403, 404)
    assert (await read(noa, "/api/businesses/other/calls"))["calls"] == []
    assert (await read(noa, "/api/businesses/other/calls/live"))["calls"] == []
    answer = await noa.call("GET", f"/api/businesses/other/calls/{three[0].id}")
    assert (answer.status_code, answer.json()["code"]) == (404, "call_not_found")
    assert (await manager.call("GET", f"{CALLS}/999")).status_code == 404


async def count(runtime: Runtime, business_id: int) -> dict[str, int]:
    async with runtime.db.begin(business_id) as session:
        tables = (Call, CallStream, CallTurn, CallRecording)
        return {one.__tablename__: await session.scalar(select(func.count()).select_from(one)) or 0 for one in tables}


async def test_who_is_erased_has_never_called(
    three: list[Call], desk: Desk, runtime: Runtime, clock: ManualClock
) -> None:
    for call in three[:2]:
        await talk(desk, call, clock)
    async with runtime.db.begin(desk.business_id) as session:
        contact = (await session.scalars(select(Contact).where(Contact.phone_e164 == CALLER))).one()
        told = "".join([await anything(session, table) for table in ("calls", "call_turns")])
        assert CALLER in told
        await erase_person(session, contact.id, typed=CALLER, actor=BY_SYSTEM, now=clock.now())
    assert await count(runtime, desk.business_id) == {
        "calls": 2, "call_streams": 2, "call_turns": 2, "call_recordings": 1
    }  # fmt: skip
    async with runtime.db.begin(desk.business_id) as session:
        left = "".join([await anything(session, table) for table in ("calls", "call_turns", "call_recordings")])
    assert CALLER not in left
    assert OTHER in left


async def anything(session: Any, table: str) -> str:
    return " ".join((await session.execute(text(f"SELECT to_jsonb({table})::text FROM {table}"))).scalars())


async def test_a_persons_data_has_their_calls_and_nobody_elses(
    three: list[Call], desk: Desk, runtime: Runtime, clock: ManualClock
) -> None:
    for call in three[:2]:
        await talk(desk, call, clock)
    contact_id = three[0].contact_id
    assert contact_id is not None
    body = b"".join([piece async for piece in export_person(runtime, desk.business_id, contact_id)])
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        calls, turns = (json.loads(book.read(f"data/{name}.json")) for name in ("calls", "call_turns"))
    assert [one["external_id"] for one in calls] == [CALL]
    assert [one["text"] for one in turns] == ["שלום, כאן לאה", "הכלב נושך מאוד"]


async def test_calls_end_with_the_words_of_conversations_and_leave_a_receipt(
    three: list[Call], desk: Desk, runtime: Runtime, clock: ManualClock
) -> None:
    await talk(desk, three[0], clock)
    now = three[0].started_at + timedelta(days=30, seconds=30)
    async with runtime.db.begin_operator() as session:
        await end_batch(session, desk.business_id, Deleted.messages, days=30, now=now)
    assert await count(runtime, desk.business_id) == {
        "calls": 2, "call_streams": 2, "call_turns": 0, "call_recordings": 0
    }  # fmt: skip
    async with runtime.db.begin(desk.business_id) as session:
        assert (await session.scalars(select(Receipt))).one().count == 1
        assert await session.scalar(select(func.count()).select_from(VoiceNumber)) == 1
