"""What customers give moves who is asked first."""

from collections.abc import Sequence

from sqlalchemy import update

from proli.accounts.models import Business
from proli.conversations.models import Message
from proli.professionals.models import Professional
from tests.conftest import ManualClock
from tests.journeys.world import MOSHE, YOSSI, Phone, World
from tests.office import EVERYTHING


async def only_ratings_count(world: World) -> None:
    """Yossi has four and a half stars, Moshe four, of two ratings each."""
    async with world.runtime.db.begin_operator() as session:
        weights = {"rating": 1, "distance": 0, "load": 0, "fairness": 0, "earliest": 0}
        await session.execute(update(Business).values(weights=weights))
        for phone, stars in ((YOSSI, 9), (MOSHE, 8)):
            rated = update(Professional).where(Professional.phone_e164 == phone)
            await session.execute(rated.values(rating_sum=stars, rating_count=2))


async def served(world: World, clock: ManualClock, customer: Phone, given: str) -> str:
    """Who is asked first for the visit of tomorrow, which takes place and is rated in the chat."""
    await customer.say(EVERYTHING)
    asked = [(one, offers[0]) for one in (world.yossi, world.moshe) if (offers := offers_in(await one.unread()))]
    ((professional, offer),) = asked
    await professional.tap(offer, 0)
    clock.advance(hours=31)
    await world.queue.drain(until=clock.now())
    await customer.unread()
    await professional.say("סיימתי")
    (question,) = await customer.unread()
    await customer.tap(question, ["5", "3", "1"].index(given))
    clock.advance(hours=17)
    await world.queue.drain(until=clock.now())
    for one in (world.yossi, world.moshe):
        await one.unread()
    return professional.name


def offers_in(messages: Sequence[Message]) -> list[Message]:
    return [one for one in messages if one.buttons and one.buttons[0]["id"].startswith("offer:")]


async def test_bad_ratings_in_the_chat_bring_the_other_professional_first(world: World, clock: ManualClock) -> None:
    await only_ratings_count(world)
    customers = [world.phone(f"+97250000010{number}", f"לקוח {number}") for number in range(3)]
    first = await served(world, clock, customers[0], "1")
    second = await served(world, clock, customers[1], "1")
    clock.advance(days=3)  # past Friday, on which no visit ends so late
    third = await served(world, clock, customers[2], "5")
    assert [first, second, third] == ["יוסי כהן", "משה לוי", "יוסי כהן"]


async def test_good_ratings_keep_a_professional_first(world: World, clock: ManualClock) -> None:
    await only_ratings_count(world)
    customers = [world.phone(f"+97250000010{number}", f"לקוח {number}") for number in range(2)]
    assert [await served(world, clock, one, "5") for one in customers] == ["יוסי כהן"] * 2
