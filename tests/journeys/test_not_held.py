"""After a visit that did not take place nobody is told that it is booked, and people arrange what follows."""

import pytest
from sqlalchemy import select

from proli.conversations.models import Conversation, Owner
from tests.conftest import ManualClock
from tests.desk.workdays import STAFF, attentions, with_staff, words
from tests.journeys.scenes import played_once
from tests.journeys.world import World
from tests.sweeps.test_standing_still import sweep, visit_over

NOT_HELD = "לא התקיים כמתוכנן"
WHAT_NOW = ["אז מה קורה? מתי הוא חוזר", "אני בבית למה הוא הלך??", "so when is he coming back?"]
WAS_THERE = ["הייתי בבית כל הזמן!", "אני הייתי בבית כל היום", "I was home all day", "חיכיתי שעתיים ואף אחד לא צלצל"]


@played_once
async def answered(world: World, clock: ManualClock, choice: int) -> None:
    """The professional has said by a button how the visit went."""
    await with_staff(world)
    await visit_over(world, clock)
    await sweep(world)
    (asked,) = await world.yossi.unread()
    await world.yossi.tap(asked, choice)
    await world.customer.unread()


async def owner(world: World) -> tuple[Owner, str | None]:
    async with world.runtime.db.begin(world.business_id) as session:
        chat = Conversation.chat_id == world.customer.phone_e164
        conversation = (await session.scalars(select(Conversation).where(chat))).one()
    return conversation.owner, conversation.called_for


@pytest.mark.parametrize("choice", [1, 2])
@pytest.mark.parametrize("said", WHAT_NOW)
async def test_who_asks_what_now_hears_that_it_did_not_take_place_and_people_know(
    world: World, clock: ManualClock, said: str, choice: int
) -> None:
    await answered(world, clock, choice)
    await world.phone(STAFF, "מורן").unread()
    told = words(await world.customer.say(said))
    assert NOT_HELD in told or "did not take place" in told
    assert "הביקור נקבע" not in told
    assert "אפשר" not in told
    assert said.split(maxsplit=1)[0] in words(await world.phone(STAFF, "מורן").unread())
    assert (await owner(world))[1] == "customer_wrote"
    assert await attentions(world) == ["not_done" if choice == 1 else "customer_absent"]


@pytest.mark.parametrize("choice", [1, 2])
@pytest.mark.parametrize("said", WAS_THERE)
async def test_who_was_there_complains_and_is_offered_no_hours(
    world: World, clock: ManualClock, said: str, choice: int
) -> None:
    await answered(world, clock, choice)
    told = words(await world.customer.say(said))
    assert "למנהל" in told or "manager" in told
    assert "מה מתאים" not in told
    assert await owner(world) == (Owner.human, "complaint")


async def test_the_office_reads_which_of_the_two_it_was(world: World, clock: ManualClock) -> None:
    await answered(world, clock, 2)
    assert "הלקוח לא היה" in words(await world.phone(STAFF, "מורן").unread())


async def test_who_asks_for_new_hours_after_not_having_been_there_is_offered_them(
    world: World, clock: ManualClock
) -> None:
    await answered(world, clock, 2)
    assert "מה מתאים" in words(await world.customer.say("אפשר לקבוע מחדש למחר בבוקר?"))


async def test_where_nobody_has_said_how_it_went_that_is_what_is_told(world: World, clock: ManualClock) -> None:
    await with_staff(world)
    await visit_over(world, clock)
    await sweep(world)
    clock.advance(hours=17)
    await sweep(world)
    assert await attentions(world) == ["no_outcome"]
    told = words(await world.customer.say("אז מה קורה? מתי הוא בא?"))
    assert "עברה" in told
    assert "הביקור נקבע" not in told


async def test_thanks_after_it_are_thanks(world: World, clock: ManualClock) -> None:
    await answered(world, clock, 2)
    told = words(await world.customer.say("תודה"))
    assert "מה מתאים" not in told
    assert (await owner(world))[0] == Owner.ai
