"""A professional who has told a lateness comes on time after all; and what they have on a day is listed when asked."""

from datetime import timedelta

import pytest

from proli.accounts.actor import BY_STAFF
from proli.dispatch.calendar import reschedule
from proli.scheduling.rules import Interval
from tests.conftest import ManualClock
from tests.desk.test_coming import at
from tests.desk.workdays import RUTH, STAFF, attentions, bookings, called_for, two_visits, with_staff, words
from tests.journeys.scenes import played_once
from tests.journeys.world import World


@played_once
async def told_late(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await at(world, clock, 9, 20)
    await world.yossi.say("אאחר לדנה חצי שעה")
    assert "10:30" in words(await world.customer.unread())


async def later(world: World) -> list[bool]:
    return [one.expected_at is not None for one in await bookings(world)]


@pytest.mark.parametrize(
    "said", ["בסוף אגיע בזמן", "הסתדר, אני בזמן", "אגיע לדנה בזמן", "i'll be there on time after all"]
)
async def test_a_lateness_is_taken_back_and_the_customer_hears_once(
    world: World, clock: ManualClock, said: str
) -> None:
    await told_late(world, clock)
    assert "10:00" in words(await world.yossi.say(said))
    await world.yossi.say(said)
    assert await later(world) == [False, False]
    (told,) = await world.customer.unread()
    assert "10:00" in told.text
    assert await world.phone(RUTH, "רות").unread() == []


@pytest.mark.parametrize("said", ["לא אגיע בזמן", "מקווה שאגיע בזמן", "אגיע לרות בזמן", "החלק יגיע בזמן"])
async def test_what_is_not_sure_or_of_something_else_takes_no_lateness_back(
    world: World, clock: ManualClock, said: str
) -> None:
    await told_late(world, clock)
    await world.yossi.say(said)
    assert await later(world) == [True, False]
    assert await world.customer.unread() == []


async def test_of_a_visit_that_was_moved_a_lateness_is_taken_back_too(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    visit, now = (await bookings(world))[0], clock.now()
    later_by = timedelta(minutes=15)
    async with world.runtime.db.begin(world.business_id) as session:
        await reschedule(
            session, visit.id, professional_id=visit.professional_id, actor=BY_STAFF, now=now,
            visit=Interval(visit.starts_at + later_by, visit.ends_at + later_by),
        )  # fmt: skip
    await at(world, clock, 9, 20)
    await world.customer.unread()
    await world.yossi.say("אאחר לדנה חצי שעה")
    assert "10:45" in words(await world.customer.unread())
    await world.yossi.say("בסוף אגיע לדנה בזמן")
    assert "10:15" in words(await world.customer.unread())


async def test_who_is_late_once_more_is_late(world: World, clock: ManualClock) -> None:
    await told_late(world, clock)
    await world.yossi.say("אגיע בזמן")
    await world.customer.unread()
    await world.yossi.say("אאחר לדנה חצי שעה")
    assert await later(world) == [True, False]
    assert "10:30" in words(await world.customer.unread())


@pytest.mark.parametrize("said", ['מה הלו"ז להיום', "תשלח לי את היום", "מה יש לי היום?", "what do I have today?"])
async def test_today_is_listed_when_asked(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    assert "בלפור" in words(await world.yossi.say(said))
    assert await called_for(world) is None


@pytest.mark.parametrize("said", ["מה יש לי מחר?", "תשלח לי את מחר", "איך נראה מחר?", "send me tomorrow's jobs"])
async def test_tomorrow_is_listed_when_asked(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    told = words(await world.yossi.say(said))
    assert "מחר" in told
    assert "למשרד" not in told
    assert await called_for(world) is None


async def test_a_visit_that_a_lateness_had_crowded_waits_for_nobody_once_it_is_taken_back(
    world: World, clock: ManualClock
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await world.yossi.say("אאחר לדנה שעתיים")
    assert await attentions(world) == [None, "visit_crowded"]
    await world.yossi.say("בסוף אגיע בזמן")
    assert await attentions(world) == [None, None]
    assert "הזמן מספיק" in words(await world.phone(STAFF, "מורן").unread())
