"""After an hour is asked for: a sooner one, or another of those that were offered."""

from zoneinfo import ZoneInfo

from tests.journeys.test_two_requests import says
from tests.journeys.test_urgent_offers import starts
from tests.journeys.world import World

JOB = "סתימה בכיור, גבעתיים, כצנלסון 40 קומה 2"


async def hours(world: World) -> list[str]:
    zone = ZoneInfo("Asia/Jerusalem")
    return [at.astimezone(zone).strftime("%d %H:%M") for at in await starts(world)]


async def test_who_thinks_again_has_another_of_the_hours_that_were_offered(world: World) -> None:
    await says(world, f"{JOB}, מחר אחרי 12")
    await says(world, "הראשון")
    first = await hours(world)
    answer = await says(world, "אופס לא, האמצעי")
    second = await hours(world)
    assert len(first) == len(second) == 1, answer
    assert first < second, answer


async def test_who_wants_it_sooner_is_offered_what_is_free_before_it(world: World) -> None:
    await says(world, f"{JOB}, מחר ב-16:00")
    answer = await says(world, "אפשר להקדים?")
    assert await hours(world) == ["24 16:00"], answer
    await says(world, "הראשון")
    assert len(await hours(world)) == 1
    assert (await hours(world))[0] < "24 16:00"


async def test_where_nothing_is_sooner_that_is_said_and_the_visit_stands(world: World) -> None:
    await says(world, "הצפה במטבח, גבעתיים, כצנלסון 40 קומה 2, עכשיו")
    held = await hours(world)
    answer = await says(world, "אין יותר מוקדם?")
    assert "אין מועד פנוי מוקדם יותר" in answer
    assert await hours(world) == held
