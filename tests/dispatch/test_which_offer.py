"""Which of several offers a word, a number or a quoted reply is about."""

import pytest
from sqlalchemy import select, update

from proli.conversations.models import Message
from proli.dispatch.models import OfferStatus
from proli.professionals.models import Professional
from tests.dispatch.offers import EVERYTHING, change_everyone, offered, offers, words
from tests.dispatch.test_actions import state
from tests.journeys.world import YOSSI, World


async def two_offers(world: World) -> tuple[Message, Message]:
    """Two offers are open on Yossi's phone."""
    await change_everyone(world, active=False)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == YOSSI).values(active=True))
    first = await offered(world)
    await world.phone("+972500000002", "רות").say(EVERYTHING.replace("ביאליק 30", "הרצל 8").replace("16:00", "10:00"))
    (second,) = await world.yossi.unread()
    return first, second


async def test_a_word_when_two_offers_are_open_asks_which(world: World) -> None:
    await two_offers(world)
    before = await offers(world)
    asked = words(await world.yossi.say("אשר"))
    assert "על איזו מהן" in asked
    assert "ביאליק 30" in asked
    assert "הרצל 8" in asked
    assert [one.status for one in await offers(world)] == [one.status for one in before]
    assert "העבודה נקבעה" in words(await world.yossi.say(f"אשר {before[0].id}"))
    assert [one.status for one in await offers(world)] == [OfferStatus.accepted, OfferStatus.open]


@pytest.mark.parametrize(("said", "index"), [("הראשון", 0), ("the second one", 1)])
async def test_its_place_among_those_asked_about_picks_an_offer(world: World, said: str, index: int) -> None:
    await two_offers(world)
    await world.yossi.say("אשר")
    await world.yossi.say(said)
    statuses = [one.status for one in await offers(world)]
    assert statuses[index] == OfferStatus.accepted
    assert statuses[1 - index] == OfferStatus.open


@pytest.mark.parametrize("index", [0, 1])
async def test_a_quoted_reply_picks_its_offer(world: World, index: int) -> None:
    quoted = (await two_offers(world))[index]
    await world.yossi.tell("אשר")
    async with world.runtime.db.begin(world.business_id) as session:
        newest = select(Message).order_by(Message.id.desc()).limit(1)
        said = (await session.scalars(newest)).one()
        external_id = (await session.get_one(Message, quoted.id)).external_id
        said.quoted_external_id = external_id
    await world.queue.drain()
    statuses = [one.status for one in await offers(world)]
    assert statuses[index] == OfferStatus.accepted
    assert statuses[1 - index] == OfferStatus.open


@pytest.mark.parametrize(("word", "status"), [("1", OfferStatus.accepted), ("2", OfferStatus.declined)])
async def test_a_bare_number_is_a_tap_on_the_last_buttons(world: World, word: str, status: OfferStatus) -> None:
    await offered(world)
    await world.yossi.say(word)
    assert (await offers(world))[0].status == status


async def test_a_bare_number_without_a_button_of_that_number_changes_nothing(world: World) -> None:
    await offered(world)
    before = await state(world)
    assert await world.yossi.say("3")
    assert await world.moshe.say("1")
    assert await state(world) == before


async def test_a_word_when_nothing_was_offered_is_answered(world: World) -> None:
    assert "אין כרגע הצעה" in words(await world.moshe.say("אשר"))
