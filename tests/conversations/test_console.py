"""The inbox in the console: what customers said, who answers, and what staff say."""

import pytest

from proli.accounts.permissions import Role
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.console import Browser, Console
from tests.journeys.world import World, populate

INBOX = "/api/businesses/moran/conversations"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    return World(runtime, queue, business_id)


@pytest.fixture
async def agent(console: Console, business_id: int) -> Browser:
    await console.add_person("dana@example.com", role=Role.agent)
    return await console.signed_in("dana@example.com")


async def the_one(browser: Browser, **query: str) -> dict[str, object]:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    (found,) = (await browser.call("GET", f"{INBOX}?{asked}")).json()["conversations"]
    return found


async def test_a_thread_shows_both_sides_oldest_first(agent: Browser, world: World) -> None:
    await world.customer.say("שלום, יש לי נזילה מתחת לכיור")
    listed = await the_one(agent)
    assert (listed["phone"], listed["owner"]) == ("+972500000001", "ai")
    thread = (await agent.call("GET", f"{INBOX}/{listed['id']}")).json()
    assert [(one["direction"], one["author"]) for one in thread["messages"]] == [("in", "contact"), ("out", "ai")]


async def test_whoever_takes_over_answers_and_the_agent_is_silent_until_handed_back(
    agent: Browser, world: World
) -> None:
    await world.customer.say("שלום, יש לי נזילה מתחת לכיור")
    path = f"{INBOX}/{(await the_one(agent))['id']}"
    said = {"text": "שלום, כאן דנה מהצוות", "key": "aaaaaaaa-1"}
    for _ in range(2):
        assert (await agent.call("POST", f"{path}/messages", said)).status_code == 201
    await world.queue.drain()
    assert [one.text for one in await world.customer.unread()] == ["שלום, כאן דנה מהצוות"], "sent twice, said once"
    assert await world.customer.say("ברמת גן") == []
    assert (await the_one(agent, state="human"))["unanswered"] == 1
    assert (await agent.call("POST", f"{path}/hand-back")).status_code == 204
    await world.queue.drain()
    assert "כתובת" in (await world.customer.unread())[0].text
    assert (await the_one(agent, state="ai"))["unanswered"] == 0


async def test_a_viewer_reads_and_does_not_speak(console: Console, agent: Browser, world: World) -> None:
    await world.customer.say("שלום")
    path = f"{INBOX}/{(await the_one(agent))['id']}"
    await console.add_person("viewer@example.com", role=Role.viewer)
    viewer = await console.signed_in("viewer@example.com")
    assert (await viewer.call("GET", path)).status_code == 200
    for address in ("take-over", "hand-back", "messages"):
        refused = await viewer.call("POST", f"{path}/{address}", {"text": "x", "key": "aaaaaaaa"})
        assert refused.status_code == 403


async def test_pages_of_conversations_and_of_messages(agent: Browser, world: World) -> None:
    for number in range(5):
        await world.phone(f"+97250000020{number}", f"לקוח {number}").say("שלום")
    first = (await agent.call("GET", f"{INBOX}?limit=3")).json()["conversations"]
    last = first[-1]
    at = str(last["last_message_at"]).replace("+", "%2B")
    more = (await agent.call("GET", f"{INBOX}?limit=3&before_at={at}&before_id={last['id']}")).json()["conversations"]
    assert len({one["id"] for one in [*first, *more]}) == 5
    thread = (await agent.call("GET", f"{INBOX}/{last['id']}?limit=1")).json()["messages"]
    older = (await agent.call("GET", f"{INBOX}/{last['id']}?before={thread[0]['id']}")).json()["messages"]
    assert [one["direction"] for one in [*older, *thread]] == ["in", "out"]
