"""A cancellation that is taken back: the same request is open again, and its hour is asked for anew."""

import pytest
from sqlalchemy import select

from proli.leads.models import Lead
from proli.scheduling.models import Booking
from tests.conftest import ManualClock
from tests.journeys.test_cancelling import arranged, says, statuses
from tests.journeys.test_two_requests import both_booked
from tests.journeys.world import World
from tests.office import EVERYTHING

BACK = [
    "התחרטתי, אני כן רוצה את הביקור",
    "טעיתי, אל תבטלו",
    "רגע לא, תשאירו",
    "רגע לא",
    "אופס ביטלתי בטעות",
    "תחזירו את התור בבקשה",
    "לא סליחה אל תבטל",
    "actually keep it",
    "wait, don't cancel",
    "нет, не отменяйте",
    "لا تلغي",
]


async def slots(world: World) -> list[str]:
    async with world.runtime.db.begin(world.business_id) as session:
        return [one.status.value for one in await session.scalars(select(Booking).order_by(Booking.id))]


async def read(world: World) -> str:
    return "".join(message.text for message in await world.customer.unread())


@pytest.mark.parametrize("said", BACK)
async def test_the_same_request_asks_for_its_hour_again(world: World, *, said: str) -> None:
    await arranged(world, booked=True)
    await says(world, "תבטלו")
    await world.yossi.unread()
    answer = await says(world, said)
    assert "פתוחה שוב" in answer or "open again" in answer
    assert "16:00" in answer
    assert await statuses(world) == ["offered"]
    assert await slots(world) == ["cancelled", "held"]
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    assert "16:00" in await read(world)
    assert await statuses(world) == ["booked"]


async def test_an_hour_that_is_gone_is_not_promised_and_others_are_offered(world: World) -> None:
    await arranged(world, booked=True)
    await says(world, "תבטלו")
    for phone in ("+972500000007", "+972500000008"):
        await world.phone(phone, "רון").say(EVERYTHING)
    answer = await says(world, "התחרטתי, אני כן רוצה את הביקור")
    assert "אין כרגע מישהו פנוי" in answer
    assert "מה מתאים?" in answer
    assert (await statuses(world))[0] == "contacted"


async def test_another_hour_beside_it_is_of_the_day_of_the_visit(world: World) -> None:
    await arranged(world, booked=True)
    await says(world, "תבטלו")
    assert "17:00" in await says(world, 'התחרטתי, אבל ב-5 אחה"צ')
    async with world.runtime.db.begin(world.business_id) as session:
        (lead,) = await session.scalars(select(Lead))
    assert lead.wish is not None
    assert lead.wish["start"].startswith("2070-11-24T17:00")


async def test_of_two_that_were_cancelled_together_it_is_asked_which(world: World) -> None:
    await both_booked(world)
    await says(world, "תבטלו את שניהם")
    assert set(await statuses(world)) == {"cancelled"}
    asked = await says(world, "התחרטתי")
    assert "על איזה ביקור מדובר" in asked
    assert "פתוחה שוב" in await says(world, "המנעולן")
    assert await statuses(world) == ["cancelled", "offered"]


async def test_of_two_that_were_cancelled_all_are_for_people(world: World) -> None:
    await both_booked(world)
    await says(world, "תבטלו את שניהם")
    await says(world, "התחרטתי")
    assert "נציג" in await says(world, "שניהם")


async def test_of_two_the_one_that_is_named_is_open_again_and_the_other_stays_cancelled(world: World) -> None:
    await both_booked(world)
    await says(world, "תבטלו את שניהם")
    assert "פתוחה שוב" in await says(world, "התחרטתי, את המנעולן תשאירו")
    assert await statuses(world) == ["cancelled", "offered"]


async def test_of_two_the_one_that_was_cancelled_is_open_again_and_the_other_stands(world: World) -> None:
    await both_booked(world)
    await says(world, "תבטלו את המנעולן")
    assert "פתוחה שוב" in await says(world, "רגע לא, תשאירו")
    assert await statuses(world) == ["booked", "offered"]


@pytest.mark.parametrize("said", ["תודה", "לא", "כמה עולה ביקור?", "תחזירו לי טלפון", "התחרטתי, לא צריך"])
async def test_other_words_after_a_cancellation_ask_nobody_to_come(world: World, *, said: str) -> None:
    await arranged(world, booked=True)
    await says(world, "תבטלו")
    await world.yossi.unread()
    await says(world, said)
    assert (await statuses(world))[0] == "cancelled"
    assert await world.yossi.unread() == []


async def test_days_later_it_is_another_request(world: World, clock: ManualClock) -> None:
    await arranged(world, booked=True)
    await says(world, "תבטלו")
    clock.advance(days=4)
    await says(world, "התחרטתי, אני כן רוצה את הביקור")
    assert (await statuses(world))[0] == "cancelled"


@pytest.mark.parametrize("said", ["התחרטתי, אני כן רוצה את הביקור", "רגע לא, תשאירו", "actually keep it"])
async def test_before_the_answer_whether_to_cancel_the_visit_stays_and_nobody_is_called(
    world: World, *, said: str
) -> None:
    await arranged(world, booked=True)
    await says(world, "אפשר לבטל בלי תשלום?")
    answer = await says(world, said)
    assert "16:00" in answer
    assert "הועברה" not in answer
    assert await statuses(world) == ["booked"]


async def test_what_is_told_beside_it_reaches_whoever_comes(world: World) -> None:
    await arranged(world, booked=True)
    await says(world, "אפשר לבטל בלי תשלום?")
    assert "הועברה אל" in await says(world, "רגע לא תשאירו, והקוד בכניסה הוא 1234")
    assert "1234" in "".join(message.text for message in await world.yossi.unread())
    assert await statuses(world) == ["booked"]


async def test_given_up_and_kept_in_one_breath_it_stays(world: World) -> None:
    await arranged(world, booked=True)
    assert "נקבע" in await says(world, "תבטלו את זה\nרגע לא, תשאירו")
    assert await statuses(world) == ["booked"]
