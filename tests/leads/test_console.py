"""Leads in the console: lists page by page, edits that never overwrite unseen, requests written down by hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select, text

from proli.accounts.actions import create_business
from proli.accounts.models import Business
from proli.accounts.permissions import Role
from proli.contacts.models import AddressKind, ContactAddress, Evidence
from proli.leads.models import Lead
from tests.console import Browser, Console

DANA = {"kind": "staff", "name": "dana"}
LEADS = "/api/businesses/moran/leads"


@pytest.fixture
async def agent(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.agent)
    return await console.signed_in("dana@example.com")


async def write_down(browser: Browser, number: int = 0, **details: object) -> dict[str, object]:
    sent = {"phone": f"052-765-4{number:03}", "customer_name": f"לקוח {number}", **details}
    made = await browser.call("POST", LEADS, sent)
    assert made.status_code == 201, made.text
    return made.json()


async def test_a_request_written_down_by_hand_is_a_lead_with_a_timeline(agent: Browser) -> None:
    made = await write_down(agent, trade="plumber", locality="raanana", description="הברז מטפטף")
    assert (made["phone"], made["locality"], made["status"]) == ("+972527654000", "רעננה", "contacted")
    shown = (await agent.call("GET", f"{LEADS}/{made['id']}")).json()
    assert [entry["actor"] for entry in shown["timeline"]] == [DANA, DANA]


async def test_a_contact_has_one_request_being_arranged_however_fast_two_click(agent: Browser) -> None:
    sent = {"phone": "052-765-4321", "customer_name": "דנה"}
    answers = await asyncio.gather(*(agent.call("POST", LEADS, sent) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"lead_open_already"}


async def test_what_does_not_exist_is_refused_at_its_field(agent: Browser) -> None:
    for field, value in (("trade", "astrologer"), ("locality", "עיר שאין")):
        refused = await agent.call("POST", LEADS, {"phone": "052-765-4321", field: value})
        assert (refused.status_code, refused.json()["params"]["field"]) == (422, field)
    phone = await agent.call("POST", LEADS, {"phone": "12"})
    assert phone.json()["params"]["field"] == "phone"


async def test_a_character_that_cannot_be_kept_is_refused(agent: Browser) -> None:
    refused = await agent.call("POST", LEADS, {"phone": "052-765-4321", "description": "ברז\x00 מטפטף"})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


async def test_a_stale_edit_is_refused_with_the_newer_version_and_changes_nothing(agent: Browser) -> None:
    made = await write_down(agent, description="הברז מטפטף")
    path = f"{LEADS}/{made['id']}"
    first = await agent.call("PATCH", path, {"version": made["version"], "urgency": "high"})
    assert first.status_code == 200
    stale = await agent.call("PATCH", path, {"version": made["version"], "urgency": "low"})
    assert (stale.status_code, stale.json()["code"]) == (409, "lead_changed")
    assert stale.json()["params"]["version"] == first.json()["version"]
    assert (await agent.call("GET", path)).json()["urgency"] == "high"


async def test_of_two_who_save_at_once_one_is_told(agent: Browser) -> None:
    made = await write_down(agent)
    path = f"{LEADS}/{made['id']}"
    edits = [{"version": made["version"], "description": words} for words in ("א", "ב", "ג")]
    answers = await asyncio.gather(*(agent.call("PATCH", path, edit) for edit in edits))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


@pytest.mark.parametrize("order", ["-created", "created", "-changed", "changed"])
async def test_pages_hold_every_lead_once_in_order(agent: Browser, order: str) -> None:
    made = [(await write_down(agent, number))["id"] for number in range(7)]
    found: list[int] = []
    after = ""
    while True:
        page = (await agent.call("GET", f"{LEADS}?order={order}&limit=3{after}")).json()
        found += [lead["id"] for lead in page["leads"]]
        if page["after"] is None:
            break
        after = f"&after={page['after']}"
    assert found == (made[::-1] if order.startswith("-") else made)


async def test_the_board_comes_in_one_answer(agent: Browser) -> None:
    made = [await write_down(agent, number, trade="plumber" if number % 2 else None) for number in range(5)]
    board = (await agent.call("GET", f"{LEADS}/board?limit=2")).json()
    ids = {status: [lead["id"] for lead in page["leads"]] for status, page in board.items()}
    assert ids["contacted"] == [made[3]["id"], made[1]["id"]]
    assert ids["new"] == [made[4]["id"], made[2]["id"]]
    assert [board[status]["after"] is not None for status in ("contacted", "new", "done")] == [False, True, False]
    filtered = (await agent.call("GET", f"{LEADS}/board?words=לקוח 3")).json()
    assert {status: len(page["leads"]) for status, page in filtered.items() if page["leads"]} == {"contacted": 1}


async def test_a_place_in_the_list_that_is_none_is_refused(agent: Browser) -> None:
    for mark in ("x", "bm9uZQ==", "WzEsMl0="):
        assert (await agent.call("GET", f"{LEADS}?after={mark}")).status_code == 422


async def test_leads_are_found_by_words_and_by_the_phone_as_it_is_written(agent: Browser) -> None:
    made = await write_down(agent, 321, description="נזילה 50% מתחת לכיור")
    await write_down(agent, 99, description="הפחת קופץ")
    for words in ("לקוח 321", "052-7654321", "972527654321", "50%", "כיור"):
        page = (await agent.call("GET", f"{LEADS}?words={words.replace('%', '%25')}")).json()
        assert [lead["id"] for lead in page["leads"]] == [made["id"]], words
    assert (await agent.call("GET", f"{LEADS}?words=_")).json()["leads"] == []


@pytest.mark.parametrize("few", [0, 2000])
async def test_words_are_found_by_the_index_and_on_the_way(
    agent: Browser, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("proli.leads.lists.FEW", few)
    made = await write_down(agent, 321, description="Leak under the SINK", address="הרצל 5 דירה 12")
    await write_down(agent, 99, description="הפחת קופץ")
    for words in ("sink", "LEAK UNDER", "דירה 12", "לקוח 321", "4321", "k"):
        page = (await agent.call("GET", f"{LEADS}?words={words}&order=-created")).json()
        assert [lead["id"] for lead in page["leads"]] == [made["id"]], words
        assert page["after"] is None
    assert (await agent.call("GET", f"{LEADS}?words=sink&trade=electrician")).json()["leads"] == []
    assert (await agent.call("GET", f"{LEADS}?words=קצ")).json()["leads"] == []


@pytest.mark.parametrize("few", [0, 2000])
async def test_words_are_found_however_they_are_spelled(
    agent: Browser, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("proli.leads.lists.FEW", few)
    accountant = {"customer_name": "רו״ח כהן", "address": "ז׳בוטינסקי 5", "description": "דוד שמש של צה״ל"}
    made = {
        name: (await write_down(agent, number, **fields))["id"]
        for number, (name, fields) in enumerate(
            {
                "accountant": accountant,
                "lawyer": {"customer_name": 'משרד עו"ד לוי'},
                "pointed": {"customer_name": "שִׂמְחָה בֶּן־דָּוִד"},
                "town": {"customer_name": "אברהם", "address": "בן־גוריון 10", "locality": "פתח תקווה"},
                "john": {"customer_name": "John O’Brien"},
            }.items(),
            200,
        )
    }
    for words, name in (
        ('רו"ח', "accountant"), ('צה"ל', "accountant"), ("צהל", "accountant"), ("ז'בוטינסקי", "accountant"),
        ("כהן רו״ח", "accountant"), ("\u200fכהן", "accountant"), ("שמש כהן 5", "accountant"), ("עו״ד", "lawyer"),
        ("שמחה", "pointed"), ("בן-דוד", "pointed"), ("בן גוריון", "town"), ("פתח-תקווה", "town"),
        ("פתח תקוה", "town"), ("אברהמ", "town"), ("o'brien", "john"), ("OBrien john", "john"),
        ("אברהם 765-4203", "town"), ("(052) 765 4203", "town"),
    ):  # fmt: skip
        page = (await agent.call("GET", f"{LEADS}?words={quote(words)}")).json()
        assert [lead["id"] for lead in page["leads"]] == [made[name]], words
    for words in ("כהן לוי", "'", "״ -"):
        assert (await agent.call("GET", f"{LEADS}?words={quote(words)}")).json()["leads"] == [], words


@pytest.mark.parametrize("few", [0, 2000])
async def test_a_lead_is_found_by_any_phone_of_its_contact(
    agent: Browser, console: Console, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Somebody who was made one with another contact is looked for by the phone of either."""
    monkeypatch.setattr("proli.leads.lists.FEW", few)
    theirs = await write_down(agent, 300, customer_name="מירי")
    await write_down(agent, 301, customer_name="אחרת")
    async with console.runtime.db.begin_operator() as session:
        business_id = (await session.scalars(select(Business.id))).one()
    async with console.runtime.db.begin(business_id) as session:
        lead = await session.get_one(Lead, theirs["id"])
        phone = "+972541239876"
        session.add(
            ContactAddress(contact_id=lead.contact_id, kind=AddressKind.phone, value=phone, evidence=Evidence.staff)
        )
    for words in ("054-1239876", "1239876", "מירי 054-123-9876"):
        page = (await agent.call("GET", f"{LEADS}?words={quote(words)}")).json()
        assert [one["id"] for one in page["leads"]] == [theirs["id"]], words
    assert (await agent.call("GET", f"{LEADS}?words={quote('אחרת 1239876')}")).json()["leads"] == []


async def test_nobody_finds_the_leads_of_another_business(agent: Browser, console: Console) -> None:
    await write_down(agent, description="נזילה מתחת לכיור")
    db = console.runtime.db
    async with db.begin_operator() as session:
        other = await create_business(session, slug="other", name="אחר")
        own = await session.scalar(select(Business.id).where(Business.slug == "moran"))
        await session.flush()
    for owner, count in ((own, 1), (other.id, 0), (None, 0)):
        async with db.begin(owner) as session:
            found = await session.scalar(text("SELECT proli_find_leads(ARRAY['כיור'], 10)"))
            assert len(found) == count


async def test_filters_narrow_the_list(agent: Browser) -> None:
    plumber = await write_down(agent, 1, trade="plumber", locality="רמת גן", urgency="high")
    await write_down(agent, 2, trade="electrician", locality="חיפה")
    for query in ("trade=plumber", "locality=רמת גן", "urgency=high"):
        page = (await agent.call("GET", f"{LEADS}?{query}")).json()
        assert [lead["id"] for lead in page["leads"]] == [plumber["id"]], query
    assert (await agent.call("GET", f"{LEADS}?attention=true")).json()["leads"] == []
    assert len((await agent.call("GET", f"{LEADS}?status=contacted&status=new")).json()["leads"]) == 2


async def test_days_are_those_of_the_businesss_calendar(agent: Browser, console: Console) -> None:
    late, early = [(await write_down(agent, number))["id"] for number in (1, 2)]
    midnight = datetime(2070, 11, 23, 22, 0, tzinfo=UTC)  # in Jerusalem
    async with console.runtime.db.begin_operator() as session:
        (await session.get_one(Lead, late)).created_at = midnight - timedelta(minutes=1)
        (await session.get_one(Lead, early)).created_at = midnight
    for query, expected in (
        ("opened_from=2070-11-24", {early}),
        ("opened_to=2070-11-23", {late}),
        ("opened_from=2070-11-23&opened_to=2070-11-24", {late, early}),
        ("opened_from=2070-11-25", set[int]()),
    ):
        page = (await agent.call("GET", f"{LEADS}?{query}")).json()
        assert {lead["id"] for lead in page["leads"]} == expected, query
    assert (await agent.call("GET", f"{LEADS}?opened_from=0001-01-01")).status_code == 422


async def test_a_note_stands_in_the_timeline_with_who_wrote_it(agent: Browser) -> None:
    made = await write_down(agent)
    shown = (await agent.call("POST", f"{LEADS}/{made['id']}/notes", {"text": "לחזור אליה בערב"})).json()
    note = shown["timeline"][-1]
    assert (note["kind"], note["actor"], note["details"]["text"]) == ("note", DANA, "לחזור אליה בערב")


async def test_a_lead_of_another_business_is_not_there(console: Console, agent: Browser) -> None:
    made = await write_down(agent)
    await console.add_person("stranger@example.com", role=Role.owner, business="other")
    stranger = await console.signed_in("stranger@example.com")
    assert (await stranger.call("GET", f"/api/businesses/other/leads/{made['id']}")).status_code == 404
    assert (await stranger.call("GET", "/api/businesses/other/leads")).json()["leads"] == []
