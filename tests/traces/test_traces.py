"""How replies came to be, as the console shows it."""

import pytest

from proli.accounts.permissions import Role
from proli.conversations.models import Message
from proli.traces.models import Turn
from tests.console import Browser, Console
from tests.doubles.models import GEMINI_KEY, OPENAI_KEY, Step, call, say
from tests.office import EVERYTHING, Office

INSIDE = "/api/businesses/moran"


@pytest.fixture
async def manager(console: Console, business_id: int) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


async def trace_path(office: Office) -> str:
    turn = (await office.turns())[-1]
    return f"{INSIDE}/conversations/{turn.conversation_id}/messages/{turn.reply_message_id}/trace"


async def test_a_reply_shows_how_it_came_to_be(office: Office, manager: Browser) -> None:
    office.models.script("gemini-a", call("save_details", trade="plumber"), Step(way="drop"))
    office.models.script("gpt-b", say("התור נקבע!"))
    await office.say(EVERYTHING)
    told = (await manager.call("GET", await trace_path(office))).json()
    assert (told["model"], told["rewritten"]) == ("gpt-b", {"kind": "effect", "items": ["booked"]})
    assert told["draft"] == "התור נקבע!"
    assert [(one["model"], one["failure"] is None) for one in told["attempts"]] == [
        ("gemini-a", True),
        ("gemini-a", False),
        ("gpt-b", True),
    ]
    assert [(one["tool"], one["arguments"]) for one in told["tools"]] == [("save_details", {"trade": "plumber"})]
    assert told["tools"][0]["outcome"]["saved"]["trade"] == "plumber"
    assert told["heard"]["places"][0]["name"] == "רמת גן"
    assert told["usage"]["input_tokens"] > 0
    (first,) = [one for one in await office.rows(Message) if one.direction.value == "in"]
    assert told["messages"] == [first.id]


async def test_what_is_no_reply_of_the_agent_has_no_trace(office: Office, manager: Browser, console: Console) -> None:
    office.models.script("gemini-a", say("באיזו עיר?"))
    await office.say("שלום")
    path = await trace_path(office)
    (said,) = [one for one in await office.rows(Message) if one.direction.value == "in"]
    theirs = path.replace(f"/{(await office.turns())[0].reply_message_id}/", f"/{said.id}/")
    refused = await manager.call("GET", theirs)
    assert (refused.status_code, refused.json()["code"]) == (404, "turn_not_found")
    await console.add_person("stranger@example.com", role=Role.owner, business="other")
    stranger = await console.signed_in("stranger@example.com")
    assert (await stranger.call("GET", path.replace("/moran/", "/other/"))).status_code == 404
    assert (await stranger.call("GET", "/api/businesses/other/agent/turns")).json()["turns"] == []


async def test_turns_are_listed_newest_first_page_by_page(office: Office, manager: Browser) -> None:
    office.models.always("gemini-a", say("באיזו עיר?"))
    for _ in range(5):
        await office.say("שלום")
    first = (await manager.call("GET", f"{INSIDE}/agent/turns?limit=3")).json()
    rest = (await manager.call("GET", f"{INSIDE}/agent/turns?limit=3&after={first['after']}")).json()
    assert rest["after"] is None
    listed = [*first["turns"], *rest["turns"]]
    assert [one["id"] for one in listed] == sorted((turn.id for turn in await office.turns()), reverse=True)
    assert {(one["contact_name"], one["reply"], one["model"]) for one in listed} == {("דנה", "באיזו עיר?", "gemini-a")}
    assert (await manager.call("GET", f"{INSIDE}/agent/turns?after=999999")).json()["code"] == "turn_not_found"


async def test_the_ladder_says_how_each_model_does_and_never_its_keys(office: Office, manager: Browser) -> None:
    office.models.script("gemini-a", say("באיזו עיר?"), Step(way="drop"), Step(way="drop"))
    office.models.script("gpt-b", say("באיזו עיר?"))
    for _ in range(3):
        await office.say("שלום")
    answer = await manager.call("GET", f"{INSIDE}/agent/models")
    assert GEMINI_KEY not in answer.text
    assert OPENAI_KEY not in answer.text
    told = [(one["model"], one["place"], one["usable"], one["turns"], one["failures"]) for one in answer.json()]
    assert told == [("google:gemini-a", 1, True, 1, 2), ("openai:gpt-b", 2, True, 1, 1), ("rules", 3, True, 1, 0)]
    assert answer.json()[0]["median_ms"] == answer.json()[0]["p95_ms"] == (await office.turns())[0].latency_ms


async def test_a_dated_answer_counts_for_the_model_of_the_ladder(office: Office, manager: Browser) -> None:
    office.models.script("gemini-a", say("באיזו עיר?"))
    await office.say("שלום")
    async with office.world.runtime.db.begin(office.world.business_id) as session:
        turn = await session.get_one(Turn, (await office.turns())[0].id)
        turn.model = "gemini-a-2070-11-01"
    told = (await manager.call("GET", f"{INSIDE}/agent/models")).json()
    assert [(one["model"], one["turns"]) for one in told[:1]] == [("google:gemini-a", 1)]
    assert len(told) == 3
