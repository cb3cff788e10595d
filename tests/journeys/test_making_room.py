"""An emergency that finds nobody free: staff see whose visit could move, and nobody is moved."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.knowledge.text import without_marks
from proli.leads.models import LeadEntry
from proli.platform.settings import HttpSettings
from proli.professionals.models import Professional
from tests.conftest import ManualClock
from tests.journeys.scenes import played_once
from tests.journeys.test_replanning import ASKED, TOMORROW, people, promised
from tests.journeys.world import MOSHE, YOSSI, World

EMERGENCY = "הצפה! צינור התפוצץ והמים מציפים את הבית, רמת גן, ביאליק 30, עכשיו"


STAFF = "+972540000001"


@played_once
async def busy_until_evening(
    world: World, clock: ManualClock, *, at: str = "10:00", open_hours: Sequence[tuple[int, int]] = ((600, 660),)
) -> None:
    """It is eight in the morning; Yossi, alone, has a visit at ten, and no other hour is open before the evening."""
    async with world.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == MOSHE).values(active=False))
    await world.customer.say(ASKED.replace("10:00", at))
    await world.yossi.say("אשר")
    clock.advance(hours=23)
    await world.queue.drain(until=clock.now())
    day = {TOMORROW.isoformat(): [*map(list, open_hours), [1080, 1140]]}
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == YOSSI).values(exceptions=day))


async def test_an_emergency_that_finds_nobody_free_shows_staff_whose_visit_could_move_and_moves_nobody(
    world: World, clock: ManualClock
) -> None:
    world.runtime.settings.http = HttpSettings(public_url="https://proli.example")
    await busy_until_evening(world, clock)
    before, ids = await promised(world), await people(world)
    await world.customer.unread()
    await world.phone("+972500000007", "אורי").say(EMERGENCY)
    told = [one.text for one in await world.phone(STAFF, "המשרד").unread() if "חירום, ואין" in one.text]
    (said,) = map(without_marks, told)
    for part in (
        "אורי",
        "יוסי כהן",
        "10:00",
        "דנה",
        "בלפור 11",
        "אפשר במקום: יוסי כהן",
        f"professional={ids[YOSSI]}&replan={ids[YOSSI]}",
    ):
        assert part in said
    assert await promised(world) == before
    assert await world.customer.unread() == []
    async with world.runtime.db.begin(world.business_id) as session:
        noted = list(await session.scalars(select(LeadEntry).where(LeadEntry.kind == "room_found")))
    assert [one.details for one in noted] == [{"with": "יוסי כהן"}]


async def test_no_visit_is_to_make_room_that_begins_after_an_hour_that_is_free(
    world: World, clock: ManualClock
) -> None:
    """Noon is free, which is long to wait; the visit that could move begins at half past one."""
    await busy_until_evening(world, clock, at="13:30", open_hours=((720, 780), (810, 870)))
    await world.phone("+972500000007", "אורי").say(EMERGENCY)
    told = [one.text for one in await world.phone(STAFF, "המשרד").unread()]
    assert told
    assert not [text for text in told if "חירום, ואין" in text]


async def test_what_is_no_emergency_or_could_move_nowhere_is_proposed_to_nobody(
    world: World, clock: ManualClock
) -> None:
    await busy_until_evening(world, clock)
    async with world.runtime.db.begin(world.business_id) as session:
        days = [TOMORROW + timedelta(days=ahead) for ahead in range(1, 15)]
        shut: dict[str, list[list[int]]] = {TOMORROW.isoformat(): [[600, 660]], **{f"{day}": [] for day in days}}
        await session.execute(update(Professional).where(Professional.phone_e164 == YOSSI).values(exceptions=shut))
    await world.phone("+972500000007", "אורי").say(EMERGENCY)
    assert not [one for one in await world.phone(STAFF, "המשרד").unread() if "חירום, ואין" in one.text]
