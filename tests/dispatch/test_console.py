"""What staff decide in the console: the board, who gets a lead, and what stands in the calendar."""

from datetime import datetime

from sqlalchemy import update

from proli.professionals.models import Professional
from tests.conftest import ManualClock
from tests.console import Browser
from tests.journeys.world import World

AT = "/api/businesses/moran"
EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"
TOMORROW = "2070-11-24"


async def get(browser: Browser, path: str) -> dict[str, object]:
    answer = await browser.call("GET", f"{AT}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def written_down(browser: Browser, number: int = 1) -> dict[str, object]:
    sent = {"phone": f"052-765-43{number:02}", "trade": "plumber", "locality": "רמת גן", "customer_name": "נועה"}
    made = await browser.call("POST", f"{AT}/leads", sent)
    assert made.status_code == 201, made.text
    return made.json()


async def professionals(browser: Browser) -> dict[str, int]:
    found = await browser.call("GET", f"{AT}/professionals")
    return {one["name"]: one["id"] for one in found.json()}


def hour(clock: str, day: str = TOMORROW) -> str:
    return f"{day}T{clock}:00+02:00"


async def booked(browser: Browser, lead_id: object, professional_id: int, start: str, end: str) -> dict[str, object]:
    sent = {"lead_id": lead_id, "professional_id": professional_id, "starts_at": hour(start), "ends_at": hour(end)}
    made = await browser.call("POST", f"{AT}/bookings", sent)
    assert made.status_code == 201, made.text
    return made.json()


async def settled(world: World) -> None:
    """Until what staff have done is told."""
    world.runtime.clock.advance(seconds=7)  # type: ignore[attr-defined]
    await world.queue.drain(until=world.runtime.clock.now())


async def test_the_board_is_ours_until_the_business_makes_its_own(agent: Browser) -> None:
    ours = (await agent.call("GET", f"{AT}/stages")).json()
    assert [one["name"] for one in ours] == ["חדש", "בבירור", "ממתין לאיש מקצוע", "נקבע", "בוצע", "בוטל"]
    wanted = [{"name": one["name"], "kind": one["kind"], "colour": one["colour"]} for one in ours]
    wanted.insert(1, {"name": "לחזור אליהם", "kind": "new", "colour": "violet"})
    theirs = (await agent.call("PUT", f"{AT}/stages", {"stages": wanted})).json()
    assert [one["name"] for one in theirs][:2] == ["חדש", "לחזור אליהם"]
    without = await agent.call("PUT", f"{AT}/stages", {"stages": [one for one in wanted if one["kind"] != "done"]})
    assert (without.status_code, without.json()["params"]["missing"]) == (422, ["done"])
    lead = await written_down(agent)
    place = {"version": lead["version"], "status": "new", "stage_id": theirs[1]["id"]}
    assert (await agent.call("POST", f"{AT}/leads/{lead['id']}/place", place)).status_code == 204
    moved = await get(agent, f"/leads/{lead['id']}")
    assert (moved["stage_id"], moved["status"]) == (theirs[1]["id"], "new")
    stale = await agent.call("POST", f"{AT}/leads/{lead['id']}/place", place)
    assert (stale.status_code, stale.json()["code"]) == (409, "lead_changed")


async def test_a_card_cannot_declare_a_visit_and_a_cancelled_one_can_come_back(agent: Browser) -> None:
    lead = await written_down(agent)
    path = f"{AT}/leads/{lead['id']}"

    async def place(status: str) -> tuple[int, str | None]:
        version = (await get(agent, f"/leads/{lead['id']}"))["version"]
        answer = await agent.call("POST", f"{path}/place", {"version": version, "status": status})
        return answer.status_code, answer.json()["code"] if answer.status_code != 204 else None

    assert await place("booked") == (409, "stage_needs_action")
    assert await place("cancelled") == (204, None)
    assert await place("contacted") == (204, None)
    assert await place("cancelled") == (204, None)
    await written_down(agent)
    assert await place("new") == (409, "lead_open_already")


async def test_staff_choose_who_is_asked_and_may_take_it_back(agent: Browser, world: World) -> None:
    await world.customer.say("שלום")
    lead, them = await written_down(agent), await professionals(agent)
    path = f"/leads/{lead['id']}"
    times = await get(agent, f"{path}/times")
    assert times["times"]
    candidates = (await agent.call("GET", f"{AT}{path}/candidates?starts_at={TOMORROW}T14:00:00Z")).json()
    assert [one["name"] for one in candidates] == ["יוסי כהן", "משה לוי"]
    sent = {"professional_id": them["משה לוי"], "starts_at": hour("16:00")}
    assert (await agent.call("POST", f"{AT}{path}/assign", sent)).status_code == 200
    await world.queue.drain()
    (offer,) = await world.moshe.unread()
    assert offer.buttons
    told = await get(agent, f"{path}/dispatch")
    assert [one["status"] for one in told["offers"]] == ["open"]  # type: ignore[union-attr,index]
    other = {"professional_id": them["יוסי כהן"], "starts_at": hour("16:00")}
    assert (await agent.call("POST", f"{AT}{path}/assign", other)).status_code == 200
    await world.queue.drain()
    assert "לא רלוונטית" in (await world.moshe.unread())[0].text
    assert (await agent.call("POST", f"{AT}{path}/withdraw", {})).status_code == 200
    assert (await get(agent, path))["status"] == "contacted"
    again = await agent.call("POST", f"{AT}{path}/withdraw", {})
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_change")


async def test_whoever_cannot_come_is_refused_with_the_reason_and_nothing_changes(agent: Browser, world: World) -> None:
    first, second, them = await written_down(agent, 1), await written_down(agent, 2), await professionals(agent)
    await booked(agent, first["id"], them["יוסי כהן"], "16:00", "17:00")
    sent = {"professional_id": them["יוסי כהן"], "starts_at": hour("16:30")}
    refused = await agent.call("POST", f"{AT}/leads/{second['id']}/assign", sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "does_not_fit")
    assert refused.json()["params"]["reason"] == "no_free_slot"
    assert (await get(agent, f"/leads/{second['id']}"))["status"] == second["status"]


async def test_staff_give_somebody_more_than_enough_jobs_only_when_they_say_so(agent: Browser, world: World) -> None:
    """Asked the same by the list of who could come, in the calendar, and when a visit is dragged to somebody else."""
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.name == "יוסי כהן").values(max_open_jobs=1))
    leads, them = [await written_down(agent, number) for number in range(1, 5)], await professionals(agent)
    yossi, moshe = them["יוסי כהן"], them["משה לוי"]
    await booked(agent, leads[0]["id"], yossi, "10:00", "11:00")
    theirs = await booked(agent, leads[3]["id"], moshe, "10:00", "11:00")
    hours = {"starts_at": hour("12:00"), "ends_at": hour("13:00")}
    ways = (
        ("POST", f"{AT}/leads/{leads[1]['id']}/assign", {"starts_at": hour("16:00")}, 200),
        ("POST", f"{AT}/bookings", {"lead_id": leads[2]["id"], **hours}, 201),
        ("PATCH", f"{AT}/bookings/{theirs['id']}", {"starts_at": hour("14:00"), "ends_at": hour("15:00")}, 200),
    )
    for method, path, sent, done in ways:
        refused = await agent.call(method, path, {**sent, "professional_id": yossi})
        assert (refused.status_code, refused.json()["code"]) == (409, "load_limit_reached")
        anyway = await agent.call(method, path, {**sent, "professional_id": yossi, "over_limit": True})
        assert anyway.status_code == done


async def test_a_visit_promised_by_staff_is_told_to_both_and_moved_by_dragging(agent: Browser, world: World) -> None:
    await world.customer.say(EVERYTHING)
    leads = (await agent.call("GET", f"{AT}/leads")).json()["leads"]
    lead_id, them = leads[0]["id"], await professionals(agent)
    too_early = {"professional_id": them["משה לוי"], "starts_at": hour("16:00"), "ends_at": hour("17:00")}
    out = await agent.call("POST", f"{AT}/bookings", {"lead_id": lead_id, **too_early})
    assert out.json()["code"] == "offer_still_out"
    await agent.call("POST", f"{AT}/leads/{lead_id}/withdraw", {})
    made = await booked(agent, lead_id, them["יוסי כהן"], "12:00", "13:00")
    await settled(world)
    assert any("הביקור נקבע" in one.text for one in await world.customer.unread())
    await world.yossi.unread()
    moved = await agent.call(
        "PATCH", f"{AT}/bookings/{made['id']}",
        {"professional_id": them["משה לוי"], "starts_at": hour("14:00"), "ends_at": hour("15:00")},
    )  # fmt: skip
    assert moved.status_code == 200, moved.text
    await settled(world)
    told = [one.text for one in await world.customer.unread()]
    assert len(told) == 1
    assert "14:00" in told[0]
    assert "המשרד שינה" in (await world.yossi.unread())[0].text
    again = await agent.call(
        "PATCH", f"{AT}/bookings/{made['id']}",
        {"professional_id": them["משה לוי"], "starts_at": hour("15:00"), "ends_at": hour("16:00")},
    )  # fmt: skip
    assert again.json()["starts_at"] == "2070-11-24T13:00:00Z"
    calendar = await get(agent, f"/calendar?start={TOMORROW}T00:00:00Z&end=2070-11-30T00:00:00Z")
    assert [one["professional"] for one in calendar["bookings"]] == ["משה לוי"]  # type: ignore[union-attr,index]
    assert [name for rest in calendar["rests"] for name in rest["names"]["he"]] == ["שבת"]  # type: ignore[union-attr,index]


async def test_the_calendar_refuses_overlaps_rest_and_hours_off_and_longer_visits_tell_nobody(
    agent: Browser, world: World, clock: ManualClock
) -> None:
    first, second, them = await written_down(agent, 1), await written_down(agent, 2), await professionals(agent)
    yossi = them["יוסי כהן"]
    await booked(agent, first["id"], yossi, "10:00", "11:00")
    other = await booked(agent, second["id"], yossi, "13:00", "14:00")
    await settled(world)
    await world.yossi.unread()

    async def drag(start: str, end: str) -> tuple[int, str | None, str | None]:
        sent = {"professional_id": yossi, "starts_at": start, "ends_at": end}
        answer = await agent.call("PATCH", f"{AT}/bookings/{other['id']}", sent)
        told = answer.json()
        return answer.status_code, told.get("code"), told.get("params", {}).get("reason")

    assert await drag(hour("10:30"), hour("11:30")) == (409, "slot_taken", None)
    assert await drag(hour("20:00"), hour("21:00")) == (409, "outside_hours", "hours")
    assert await drag(hour("10:00", "2070-11-29"), hour("11:00", "2070-11-29")) == (409, "outside_hours", "rest")
    assert await drag(hour("13:00"), hour("12:00")) == (422, "bad_window", None)
    assert (await drag(hour("13:00"), hour("15:00")))[0] == 200
    await settled(world)
    assert await world.yossi.unread() == []
    clock.at = datetime.fromisoformat(hour("13:00"))
    await agent.call("POST", "/api/auth/refresh")
    assert (await agent.call("POST", f"{AT}/bookings/{other['id']}/no-show", {})).status_code == 204
    assert (await get(agent, f"/leads/{second['id']}"))["status"] == "contacted"


async def test_tasks_are_done_once_and_listed_until_then(agent: Browser) -> None:
    lead = await written_down(agent)
    task = (await agent.call("POST", f"{AT}/leads/{lead['id']}/tasks", {"text": "לשלוח הצעת מחיר"})).json()
    listed = (await agent.call("GET", f"{AT}/tasks")).json()
    assert [(one["text"], one["customer"]) for one in listed] == [("לשלוח הצעת מחיר", "נועה")]
    await agent.call("PATCH", f"{AT}/leads/{lead['id']}/tasks/{task['id']}", {"done": True})
    assert (await agent.call("GET", f"{AT}/tasks")).json() == []
    assert (await agent.call("GET", f"{AT}/leads/{lead['id']}/tasks")).json()[0]["done_at"]


async def test_what_staff_cancel_is_told_and_a_closed_lead_stays_closed(agent: Browser, world: World) -> None:
    await world.customer.say(EVERYTHING)
    (lead,) = (await agent.call("GET", f"{AT}/leads")).json()["leads"]
    await world.yossi.unread()
    assert (await agent.call("POST", f"{AT}/leads/{lead['id']}/cancel", {"reason": "כפול"})).status_code == 204
    again = await agent.call("POST", f"{AT}/leads/{lead['id']}/cancel", {})
    assert again.json()["code"] == "nothing_to_change"
    await world.queue.drain()
    assert "לא רלוונטית" in (await world.yossi.unread())[0].text
