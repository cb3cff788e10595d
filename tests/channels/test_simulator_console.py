"""Two phones in the console: the whole journey over HTTP, and a clock that only a demonstration puts forward."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from proli.accounts.permissions import Role
from proli.platform.clock import TravellingClock
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.web import make_app
from tests.console import Browser, Console
from tests.doubles.serving import served
from tests.journeys.world import CUSTOMER, YOSSI, populate

AT = "/api/businesses/moran/simulator"
EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"


@pytest.fixture
async def manager(console: Console, runtime: Runtime, business_id: int) -> Browser:
    await populate(runtime, business_id)
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


async def write(browser: Browser, phone: str, text: str, **more: Any) -> None:
    answer = await browser.call("POST", f"{AT}/phones/{phone}", {"text": text, "key": uuid4().hex, **more})
    assert answer.status_code == 202, answer.text


async def phone_of(browser: Browser, phone: str) -> dict[str, Any]:
    return (await browser.call("GET", f"{AT}/phones/{phone}")).json()


async def test_a_visit_is_asked_for_on_one_phone_and_approved_on_the_other(manager: Browser, queue: Queue) -> None:
    assert (await phone_of(manager, CUSTOMER))["messages"] == []
    await write(manager, CUSTOMER, EVERYTHING, name="דנה")
    assert (await phone_of(manager, CUSTOMER))["typing"]
    await queue.drain()
    asked = await phone_of(manager, YOSSI)
    button = asked["messages"][-1]["buttons"][0]
    await write(manager, YOSSI, button["text"], button_id=button["id"])
    await queue.drain()
    shown = await phone_of(manager, CUSTOMER)
    assert "הביקור נקבע" in shown["messages"][-1]["text"]
    assert (shown["typing"], shown["messages"][-1]["delivery"]) == (False, "sent")
    lead = (await manager.call("GET", f"/api/businesses/moran/leads/{shown['lead_id']}")).json()
    assert lead["status"] == "booked"


async def test_the_same_tap_sent_twice_is_said_once(manager: Browser, queue: Queue) -> None:
    for _ in range(2):
        await write(manager, CUSTOMER, "שלום", key="the same key")
    await queue.drain()
    assert [one["direction"] for one in (await phone_of(manager, CUSTOMER))["messages"]] == ["in", "out"]


async def test_only_a_demonstration_travels_in_time(manager: Browser, runtime: Runtime, console: Console) -> None:
    fixed = await manager.call("POST", f"{AT}/clock", {"minutes": 60})
    assert (fixed.status_code, fixed.json()["code"]) == (409, "clock_fixed")
    clock = TravellingClock()
    async with served(make_app(replace(runtime, clock=clock))) as demo:
        there = Console(replace(runtime, clock=clock), demo.url, console.stack)
        traveller = await there.signed_in("dana@example.com")
        told = (await traveller.call("POST", f"{AT}/clock", {"minutes": 5})).json()
        assert told["travels"]
        assert clock.ahead == timedelta(minutes=5)
    bad = await manager.call("GET", f"{AT}/phones/12")
    assert (bad.status_code, bad.json()["code"]) == (422, "bad_simulated_phone")


async def test_only_a_manager_writes_from_a_phone_whose_words_do_something(manager: Browser, console: Console) -> None:
    await console.add_person("noa@example.com", role=Role.agent)
    agent = await console.signed_in("noa@example.com")
    body = {"text": "אשר", "key": uuid4().hex}
    refused = await agent.call("POST", f"{AT}/phones/{YOSSI}", body)
    assert (refused.status_code, refused.json()["params"]) == (403, {"needs": "manager"})
    assert (await agent.call("POST", f"{AT}/phones/{CUSTOMER}", body)).status_code == 202
    assert (await phone_of(manager, YOSSI))["messages"] == []
