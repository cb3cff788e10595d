"""Nobody is asked to come for a wish that the customer has not said again, and what was given up is over."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from proli.conversations.models import Message
from proli.dispatch.models import Offer
from proli.leads.models import Lead
from proli.professionals.models import Professional
from tests.journeys.world import World
from tests.office import EVERYTHING

MINE = "יש לי נזילה בכיור במטבח, ברמת גן, רחוב ביאליק {number}, מחר בשעה 16:00"


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def count_offers(world: World) -> int:
    async with world.runtime.db.begin(world.business_id) as session:
        return len((await session.scalars(select(Offer.id))).all())


async def statuses(world: World) -> list[str]:
    async with world.runtime.db.begin(world.business_id) as session:
        return list((await session.scalars(select(Lead.status).order_by(Lead.id))).all())


async def test_an_hour_that_was_taken_and_becomes_free_is_not_asked_for_unasked(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        for one in await session.scalars(select(Professional).where(Professional.name == "משה לוי")):
            one.active = False
    first, second = world.phone("+972500000011", "אבי"), world.phone("+972500000012", "בני")
    await first.say(MINE.format(number=30))
    assert "אפשר" in words(await second.say(MINE.format(number=40)))
    await first.say("לבטל את הביקור")
    assert await count_offers(world) == 1
    await second.say("רגע אני צריך לדבר עם אשתי")
    assert await count_offers(world) == 1
    await second.say("תודה")
    assert await count_offers(world) == 1
    await second.say("אז מחר בשעה 16:00 בבקשה")
    assert await count_offers(world) == 2


@pytest.mark.parametrize(
    "text",
    ["אז לא צריך", "טוב אז לא צריך תודה", "не надо, уже починили", "never mind, already fixed", "خلص مش لازم", "الغاء"],
)
async def test_a_request_that_is_given_up_is_over_and_its_offer_is_withdrawn(world: World, text: str) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    told = words(await world.customer.say(text))
    assert "בוטלה" in told or "cancelled" in told
    assert "אפשר מחר" not in told
    assert await statuses(world) == ["cancelled"]
    await world.yossi.tap(offer, 0)
    assert await world.customer.unread() == []


async def test_who_does_not_need_it_any_more_is_offered_nothing_again(world: World) -> None:
    await world.customer.say("נזילה בכיור ברמת גן, ביאליק 30")
    assert "מתי" in words(await world.customer.say("היי"))
    told = words(await world.customer.say("אז לא צריך"))
    assert "בוטלה" in told
    assert "מתי" not in told
    assert await statuses(world) == ["cancelled"]


@pytest.mark.parametrize("text", ["לא רביעי, חמישי", "לא רביעי חמישי", "חמישי ולא רביעי", "לא ברביעי אלא בחמישי"])
async def test_not_this_day_but_that_corrects_a_move_that_waits(world: World, text: str) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    await world.customer.unread()
    assert "רביעי" in text
    assert "להעביר" in words(await world.customer.say("אפשר להעביר את הביקור ליום רביעי בשעה 12:00?"))
    assert "יום ה׳" in words(await world.customer.say(text))
