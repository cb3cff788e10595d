"""Who waits for a person: the inbox and the first page say the same, until a person has answered."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from proli.accounts.permissions import Role
from proli.conversations.incoming import HumanSaid
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.conftest import ManualClock
from tests.console import Browser, Console
from tests.conversations.conftest import Desk
from tests.journeys.world import CUSTOMER, World, populate

OFFICE = "/api/businesses/moran"
INBOX = f"{OFFICE}/conversations"
SECOND = timedelta(seconds=1)


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    return World(runtime, queue, business_id)


@pytest.fixture
async def agent(console: Console, business_id: int) -> Browser:
    await console.add_person("dana@example.com", role=Role.agent)
    return await console.signed_in("dana@example.com")


async def inbox(browser: Browser, state: str = "all", **place: object) -> list[dict[str, Any]]:
    asked = "&".join([f"state={state}", *(f"{name}={value}" for name, value in place.items())]).replace("+", "%2B")
    return (await browser.call("GET", f"{INBOX}?{asked}")).json()["conversations"]


async def names(browser: Browser, state: str = "all") -> list[str]:
    return [one["name"] for one in await inbox(browser, state)]


async def today(browser: Browser) -> dict[str, list[dict[str, Any]]]:
    return (await browser.call("GET", f"{OFFICE}/today")).json()


async def reply(browser: Browser, path: str, text: str, key: str = "aaaaaaaa-1") -> None:
    assert (await browser.call("POST", f"{path}/messages", {"text": text, "key": key})).status_code == 201


async def test_what_a_person_answers_waits_no_more_and_the_agent_leaves_it_alone(agent: Browser, world: World) -> None:
    await world.customer.say("שלום, יש לי נזילה מתחת לכיור")
    (line,) = await inbox(agent)
    path = f"{INBOX}/{line['id']}"
    await agent.call("POST", f"{path}/take-over")
    await world.customer.say("כמה עולה ביקור?")
    assert [one["unanswered"] for one in await inbox(agent, "unanswered")] == [1]
    assert [one["unanswered"] for one in (await today(agent))["handed"]] == [1]

    await reply(agent, path, "250 ש״ח")
    await world.queue.drain()
    assert await inbox(agent, "unanswered") == []
    assert (await today(agent))["handed"] == []
    await world.customer.unread()
    await agent.call("POST", f"{path}/hand-back")
    await world.queue.drain()
    assert await world.customer.unread() == []


async def test_a_reply_sent_twice_does_not_answer_what_came_between(agent: Browser, world: World) -> None:
    await world.customer.say("שלום, יש לי נזילה מתחת לכיור")
    path = f"{INBOX}/{(await inbox(agent))[0]['id']}"
    await reply(agent, path, "שלום, כאן דנה")
    await world.customer.say("מתי תגיעו?")
    await reply(agent, path, "שלום, כאן דנה")
    assert [one["unanswered"] for one in await inbox(agent, "unanswered")] == [1]


async def test_words_typed_on_the_business_phone_answer_what_was_written_before_them(desk: Desk) -> None:
    await desk.receive(desk.said("שלום", "M1"))
    await desk.world.queue.drain()
    await desk.take_over()
    await desk.receive(desk.said("יש לי נזילה", "M2", seconds=1), desk.said("ומתי?", "M3", seconds=9))
    typed = HumanSaid("H1", CUSTOMER, desk.world.runtime.clock.now() + 5 * SECOND, CUSTOMER, text="נגיע היום")
    await desk.receive(typed)
    assert [one.answered_at is not None for one in await desk.heard()] == [True, True, False]


async def test_whoever_asks_for_a_person_waits_for_one_until_answered(agent: Browser, world: World) -> None:
    await world.customer.say("אני רוצה לדבר עם בן אדם")
    (line,) = await inbox(agent, "unanswered")
    assert (line["called_for"], line["unanswered"]) == ("human_asked", 0)
    told = await today(agent)
    assert [(one["conversation_id"], one["reason"]) for one in told["handed"]] == [(line["id"], "human_asked")]
    assert [one["reason"] for one in told["attention"]] == ["human_asked"]

    await reply(agent, f"{INBOX}/{line['id']}", "שלום, כאן דנה")
    await world.queue.drain()
    told = await today(agent)
    assert (await inbox(agent, "unanswered"), told["handed"], told["attention"]) == ([], [], [])


@pytest.mark.parametrize("how", ["hand-back", "attended"])
async def test_whoever_was_seen_to_otherwise_waits_no_more(agent: Browser, world: World, how: str) -> None:
    await world.customer.say("אני רוצה לדבר עם בן אדם")
    (line,) = await inbox(agent, "unanswered")
    assert (await agent.call("POST", f"{INBOX}/{line['id']}/{how}")).status_code == 204
    assert await inbox(agent, "unanswered") == []


async def test_seeing_to_a_lead_ends_the_call_to_its_conversation(agent: Browser, world: World) -> None:
    await world.customer.say("אני רוצה לדבר עם בן אדם")
    (lead,) = (await today(agent))["attention"]
    assert (await agent.call("POST", f"{OFFICE}/leads/{lead['id']}/attended")).status_code == 204
    assert await inbox(agent, "unanswered") == []


async def test_a_person_called_again_after_the_answer_is_called(agent: Browser, world: World) -> None:
    await world.customer.say("אני רוצה לדבר עם בן אדם")
    path = f"{INBOX}/{(await inbox(agent))[0]['id']}"
    await agent.call("POST", f"{path}/hand-back")
    await world.customer.say("אני רוצה לדבר עם נציג")
    assert [one["called_for"] for one in await inbox(agent, "unanswered")] == ["human_asked"]


async def test_dangers_come_first_and_then_the_newest(agent: Browser, world: World, clock: ManualClock) -> None:
    """On the first page as in the inbox, also where pages of it meet."""
    people: Sequence[tuple[str, str]] = (
        ("גז", "יש ריח גז חזק בבית ברמת גן"),
        ("ראשון", "אני רוצה לדבר עם בן אדם"),
        ("שני", "אני רוצה לדבר עם בן אדם"),
    )
    for number, (name, text) in enumerate(people):
        await world.phone(f"+97250000030{number}", name).say(text)
        clock.advance(minutes=1)
    assert await names(agent, "unanswered") == ["גז", "שני", "ראשון"]
    assert [one["name"] for one in (await today(agent))["handed"]] == ["גז", "שני", "ראשון"]
    assert [one["name"] for one in (await today(agent))["attention"]] == ["גז", "שני", "ראשון"]
    found: list[str] = []
    place: dict[str, object] = {}
    while page := await inbox(agent, "unanswered", limit=1, **place):
        found += [one["name"] for one in page]
        last = page[-1]
        place = {
            "before_at": last["last_message_at"],
            "before_id": last["id"],
            "before_called_for": last["called_for"] or "",
        }
    assert found == ["גז", "שני", "ראשון"]


async def test_the_inbox_goes_by_the_last_words_of_either_side(
    agent: Browser, world: World, clock: ManualClock
) -> None:
    for number, name in enumerate(("ראשון", "שני")):
        await world.phone(f"+97250000030{number}", name).say("שלום")
        clock.advance(minutes=1)
    assert await names(agent) == ["שני", "ראשון"]
    first = (await inbox(agent))[1]
    await reply(agent, f"{INBOX}/{first['id']}", "עוד משהו?")
    assert await names(agent) == ["ראשון", "שני"]


async def test_whoever_was_only_written_to_is_in_the_inbox(agent: Browser, world: World) -> None:
    """An offer opens a conversation with a professional, who has said nothing yet."""
    await world.customer.say("יש לי נזילה מתחת לכיור, ביאליק 30 רמת גן, קוראים לי דנה, מחר ב-10:00")
    assert await world.yossi.unread() != []
    assert set(await names(agent)) == {"דנה", "יוסי כהן"}
