"""What customers say in other words: cancel and book, cancel if not, when does he come, another street, two towns."""

import pytest
from sqlalchemy import select

from proli.leads.models import Lead
from proli.scheduling.models import Booking
from tests.journeys.test_cancelling import arranged, says, statuses
from tests.journeys.test_two_requests import both_booked
from tests.journeys.world import ZONE, World


async def hours(world: World) -> list[tuple[str, str]]:
    async with world.runtime.db.begin(world.business_id) as session:
        found = await session.scalars(select(Booking).order_by(Booking.id))
        return [(one.status.value, one.starts_at.astimezone(ZONE).strftime("%d.%m %H:%M")) for one in found]


@pytest.mark.parametrize(
    "said",
    ["תבטלו ותקבעו ליום רביעי ב-10", "תבטלו את זה ותקבעו לרביעי ב-10", "cancel and book it for wednesday at 10am"],
)
async def test_cancel_and_book_for_another_time_moves_the_visit(world: World, said: str) -> None:
    await arranged(world, booked=True)
    await says(world, said)
    assert await statuses(world) == ["booked"]
    assert await hours(world) == [("confirmed", "24.11 16:00"), ("held", "26.11 10:00")]


async def test_with_a_day_alone_its_hours_are_offered_and_the_visit_stands(world: World) -> None:
    await arranged(world, booked=True)
    answer = await says(world, "תבטלו ותקבעו ליום רביעי")
    assert "26.11" in answer
    assert "הביקור נשאר כפי שנקבע" in answer
    assert await statuses(world) == ["booked"]


async def test_what_a_cancellation_hung_on_is_not_lost_with_the_no(world: World) -> None:
    await arranged(world, booked=True)
    assert "לבטל את הביקור" in await says(world, "תבטל אם אי אפשר לפני 12")
    answer = await says(world, "לא")
    assert "11:00" in answer
    assert "הביקור נשאר כפי שנקבע" in answer
    await says(world, "11")
    assert await hours(world) == [("confirmed", "24.11 16:00"), ("held", "24.11 11:00")]


@pytest.mark.parametrize(
    ("said", "when", "not_said"),
    [
        ("מתי הוא בא לנזילה?", "10:00", "11:00"),
        ("מתי מגיע המנעולן?", "11:00", "10:00"),
        ("מתי הביקור של רביעי?", "11:00", "10:00"),
    ],
)
async def test_of_two_visits_the_one_that_is_named_is_told(world: World, said: str, when: str, not_said: str) -> None:
    await both_booked(world)
    answer = await says(world, said)
    assert when in answer
    assert not_said not in answer
    assert "הועברה" not in answer


@pytest.mark.parametrize("said", ["מתי הוא בא?", "מתי מגיעים", "מה השעה של הביקור?"])
async def test_who_names_none_of_two_is_told_both(world: World, said: str) -> None:
    await both_booked(world)
    answer = await says(world, said)
    assert "10:00" in answer
    assert "11:00" in answer
    assert await statuses(world) == ["booked", "booked"]


async def test_of_one_visit_its_trade_may_be_named(world: World) -> None:
    await arranged(world, booked=True)
    answer = await says(world, "מתי הוא בא לנזילה?")
    assert "16:00" in answer
    assert "הועברה" not in answer


@pytest.mark.parametrize(
    "said",
    [
        "יש לי נזילה ברמת גן, רחוב הרצל 5, לא, תעשה ביאליק 12",
        "יש לי נזילה ברמת גן, הרצל 5 לא רגע ביאליק 12",
        "יש לי נזילה ברמת גן, רחוב הרצל 5, סליחה ביאליק 12",
    ],
)
async def test_of_two_streets_the_one_that_was_settled_on_is_taken(world: World, said: str) -> None:
    await says(world, said)
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.address))).all() == ["ביאליק 12"]


@pytest.mark.parametrize(
    "said", ["יש לי נזילה. אמא שלי בבני ברק, אני ברמת גן", "סתימה. ההורים שלי גרים בבני ברק ואני גר ברמת גן"]
)
async def test_whose_town_it_is_is_asked(world: World, said: str) -> None:
    answer = await says(world, said)
    assert "בני ברק" in answer
    assert "רמת גן" in answer
    assert "?" in answer
    await says(world, "רמת גן")
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.locality))).all() == ["רמת גן"]


async def test_where_the_leak_is_said_to_be_at_hers_nothing_is_asked(world: World) -> None:
    assert "הכוונה" not in await says(world, "נזילה אצל אמא שלי בבני ברק, אני ברמת גן")
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.locality))).all() == ["בני ברק"]
