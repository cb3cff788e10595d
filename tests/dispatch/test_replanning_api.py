"""Staff see what a day could be instead and ask; a viewer does neither."""

import pytest

from proli.accounts.permissions import Role
from tests.console import Browser, Console
from tests.journeys.world import World

PLAN = "/api/businesses/moran/replanning"
ASKED = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב בלפור 11 קומה 2, מחר בשעה 10:00"


@pytest.fixture
async def agent(console: Console, world: World) -> Browser:
    await console.add_person("agent@example.com", role=Role.agent)
    return await console.signed_in("agent@example.com")


async def test_a_day_is_shown_with_what_could_be_instead_and_customers_are_asked(world: World, agent: Browser) -> None:
    await world.customer.say(ASKED)
    await world.yossi.say("אשר")
    await world.customer.unread()
    (yossi,) = [one["id"] for one in (await agent.call("GET", "/api/businesses/moran/professionals")).json()
                if one["name"] == "יוסי כהן"]  # fmt: skip
    shown = (await agent.call("GET", f"{PLAN}?professional_id={yossi}&date=2070-11-24")).json()
    (visit,) = shown["visits"]
    instead = visit["choices"][0]
    assert (instead["professional"], instead["starts_at"]) == ("משה לוי", visit["starts_at"])
    assert visit["asked"] is None
    ask = {
        "booking_id": visit["booking_id"],
        "professional_id": instead["professional_id"],
        "starts_at": instead["starts_at"],
    }
    for _ in range(2):
        assert (await agent.call("POST", f"{PLAN}/asks", {"asks": [ask]})).status_code == 204
        await world.queue.drain()
    (asked,) = await world.customer.unread()
    assert "משה לוי" in asked.text
    assert len(asked.buttons) == 3


async def test_another_day_has_nothing_to_plan_and_a_viewer_is_refused(
    world: World, console: Console, agent: Browser
) -> None:
    assert (await agent.call("GET", f"{PLAN}?professional_id=1&date=2070-11-25")).json()["visits"] == []
    await console.add_person("viewer@example.com", role=Role.viewer)
    viewer = await console.signed_in("viewer@example.com")
    assert (await viewer.call("GET", f"{PLAN}?professional_id=1&date=2070-11-24")).status_code == 403
