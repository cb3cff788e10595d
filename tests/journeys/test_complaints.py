"""What does not work after a visit, or who has not come to it, is for a person, and no new job is asked for."""

from datetime import datetime

import pytest
from sqlalchemy import select

from proli.conversations.models import Conversation, Owner
from proli.leads.models import Lead
from tests.conftest import ManualClock
from tests.journeys.world import World
from tests.office import AT_FOUR, EVERYTHING


async def until(world: World, clock: ManualClock, *, minutes: int) -> None:
    """It is so many minutes after the start of the visit."""
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    start = datetime.fromisoformat(AT_FOUR)
    clock.advance(minutes=minutes + (start - clock.now()).total_seconds() / 60)
    await world.queue.drain(until=clock.now())


async def complains(world: World, said: str) -> str:
    """What is answered; the conversation is a person's by then, and nobody is asked to come."""
    await world.customer.unread()
    await world.yossi.unread()
    answer = "\n".join(message.text for message in await world.customer.say(said))
    async with world.runtime.db.begin(world.business_id) as session:
        chat = Conversation.chat_id == world.customer.phone_e164
        conversation = (await session.scalars(select(Conversation).where(chat))).one()
        lead = (await session.scalars(select(Lead).order_by(Lead.id.desc()))).first()
    assert (conversation.owner, conversation.called_for) == (Owner.human, "complaint")
    assert lead is not None
    assert lead.attention == "complaint"
    assert await world.yossi.unread() == []
    return answer


@pytest.mark.parametrize(
    "said",
    [
        "הוא היה גרוע, הכל עדיין דולף",
        "הוא שבר לי את הקיר",
        "הבעיה חזרה",
        "שוב אותה סתימה אחרי שהוא הלך",
        "still leaking after he left",
        "опять течет",
        "المشكلة رجعت",
    ],
)
async def test_after_the_visit_a_person_has_it(world: World, clock: ManualClock, said: str) -> None:
    await until(world, clock, minutes=45)
    await world.yossi.say("סיימתי")
    answer = await complains(world, said)
    assert "למנהל" in answer or "manager" in answer


@pytest.mark.parametrize("said", ["הוא לא הגיע!!", "nobody came", "он не приехал", "ما إجا"])
async def test_who_waits_past_the_start_is_not_told_that_it_is_booked(
    world: World, clock: ManualClock, said: str
) -> None:
    await until(world, clock, minutes=20)
    answer = await complains(world, said)
    assert "נקבע" not in answer
    assert "booked" not in answer
