"""What the agent would answer, for a person to edit: it leaves nothing behind."""

import pytest
from sqlalchemy import text

from proli.accounts.permissions import Role
from proli.conversations.models import MessageKind
from proli.leads.models import Lead
from proli.platform.settings import Settings
from tests.chat.test_hearing_media import send
from tests.chat.test_transcribing import files
from tests.console import Browser, Console
from tests.doubles.models import Step, call, say
from tests.journeys.world import YOSSI
from tests.office import AT_FOUR, EVERYTHING, Office, model_settings

__all__ = ["files"]

INBOX = "/api/businesses/moran/conversations"


@pytest.fixture
async def agent(console: Console, business_id: int) -> Browser:
    await console.add_person("dana@example.com", role=Role.agent)
    return await console.signed_in("dana@example.com")


@pytest.fixture
def rules(office: Office, settings: Settings) -> Office:
    settings.model = model_settings(office.models.url, "")
    return office


async def taken_over(agent: Browser, office: Office) -> str:
    """The path of the one conversation, in which people answer."""
    await office.say("שלום")
    (listed,) = (await agent.call("GET", INBOX)).json()["conversations"]
    path = f"{INBOX}/{listed['id']}"
    assert (await agent.call("POST", f"{path}/take-over")).status_code == 204
    await office.world.queue.drain()
    return path


async def everything_in(office: Office) -> dict[str, list[str]]:
    """Every row of every table that is about the business, as text."""
    async with office.world.runtime.db.begin_operator() as session:
        tables = await session.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'sign%'")
        )
        return {
            table: list(await session.scalars(text(f"SELECT t::text FROM {table} t ORDER BY 1"))) for table in tables
        }


async def test_a_draft_is_what_would_be_said_and_has_no_effect(rules: Office, agent: Browser) -> None:
    path = await taken_over(agent, rules)
    await rules.say(EVERYTHING)
    before = await everything_in(rules)
    told, again = [(await agent.call("POST", f"{path}/draft")).json() for _ in range(2)]
    assert told == again
    assert "נשלחה לאיש מקצוע" in told["text"]
    assert told["model"] == "rules"
    assert [one["tool"] for one in told["presumed"]] == ["request_visit"]
    assert await everything_in(rules) == before
    assert (await agent.call("POST", f"{path}/hand-back")).status_code == 204
    await rules.world.queue.drain()
    assert told["text"] in [message.text for message in await rules.world.customer.unread()]
    (lead,) = await rules.rows(Lead)
    assert lead.status == "offered", "and in earnest it is done"


async def test_a_models_tools_see_what_was_rehearsed_before_them(office: Office, agent: Browser) -> None:
    office.models.script("gemini-a", say("במה אפשר לעזור?"))
    path = await taken_over(agent, office)
    await office.say(EVERYTHING)
    before = await everything_in(office)
    saved = call("save_details", trade="plumber", city="רמת גן", address="ביאליק 30 קומה 2", when="מחר בשעה 16:00")
    office.models.script("gemini-a", saved, saved, call("request_visit", start=AT_FOUR), Step(way="drop"))
    office.models.script("gpt-b", call("cancel_visit"), say("בוטל."))
    told = (await agent.call("POST", f"{path}/draft")).json()
    assert told["text"] == "בוטל."
    assert [one["tool"] for one in told["presumed"]] == ["request_visit", "cancel_visit"]
    assert await everything_in(office) == before


async def test_a_run_begun_again_goes_on_from_what_was_rehearsed(office: Office, agent: Browser) -> None:
    office.models.script("gemini-a", say("במה אפשר לעזור?"))
    path = await taken_over(agent, office)
    await office.say(EVERYTHING)
    before = await everything_in(office)
    office.models.always("gemini-a", call("save_details", trade="plumber", city="רמת גן"))
    office.models.script("gpt-b", say("מתי נוח?"))
    assert (await agent.call("POST", f"{path}/draft")).json()["model"] == "gpt-b"
    assert "status" in str(office.models.asked_of("gpt-b")[0].body["instructions"])
    assert '"trade": "plumber"' in str(office.models.asked_of("gpt-b")[0].body["instructions"])
    assert await everything_in(office) == before


async def test_what_a_person_has_answered_is_not_answered_again(rules: Office, agent: Browser) -> None:
    path = await taken_over(agent, rules)
    await rules.say("יש לי נזילה בכיור")
    sent = {"text": "באיזו עיר?", "key": "aaaaaaaa-1"}
    assert (await agent.call("POST", f"{path}/messages", sent)).status_code == 201
    refused = await agent.call("POST", f"{path}/draft")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_answer")
    await rules.say("ברמת גן")
    assert (await agent.call("POST", f"{path}/draft")).status_code == 200
    assert (await agent.call("POST", f"{INBOX}/999999/draft")).json()["code"] == "conversation_not_found"


async def test_professionals_are_served_by_the_desk(rules: Office, agent: Browser) -> None:
    await rules.world.phone(YOSSI, "יוסי").tell("שלום")
    (listed,) = (await agent.call("GET", INBOX)).json()["conversations"]
    refused = await agent.call("POST", f"{INBOX}/{listed['id']}/draft")
    assert refused.json()["code"] == "nothing_to_answer"


async def test_a_voice_note_is_listened_to_and_not_kept(office: Office, agent: Browser, files: str) -> None:
    office.models.script("gemini-a", say("במה אפשר לעזור?"))
    path = await taken_over(agent, office)
    await send(office.world, MessageKind.audio, url=f"{files}/voice")
    before = await everything_in(office)
    office.models.script("gemini-a", say("יש לי נזילה"), say("באיזו עיר?"))
    assert (await agent.call("POST", f"{path}/draft")).json()["text"] == "באיזו עיר?"
    assert "יש לי נזילה" in office.models.asked[-1].text
    assert await everything_in(office) == before
