"""What one contact, or one business, may use in a day has an end, at which a person decides and nothing is lost."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select, update

from proli.accounts.models import Business
from proli.contacts.jobs import forget_spendings
from proli.contacts.models import Spending
from proli.conversations.dead_letters import list_dead_letters, revive
from proli.conversations.failures import SendFailure
from proli.conversations.inbox import hand_back
from proli.conversations.models import Conversation, Message, Owner
from proli.conversations.queries import list_unanswered
from proli.dispatch.models import Offer
from proli.platform.agent_settings import BudgetSettings
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.conftest import ManualClock
from tests.journeys.world import World, populate

STAFF = "+972540000001"
PERSON = "נציג אנושי"
ASK = "שלום, יש לי נזילה בכיור במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה {hour}:00"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    async with runtime.db.begin(business_id) as session:
        (await session.get_one(Business, business_id)).staff_e164 = STAFF
    return World(runtime, queue, business_id)


def limit(world: World, **limits: int) -> None:
    world.runtime.settings.budget = BudgetSettings(**limits)  # type: ignore[arg-type]


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def the_conversation(world: World) -> Conversation:
    async with world.runtime.db.begin(world.business_id) as session:
        chat = Conversation.chat_id == world.customer.phone_e164
        return (await session.scalars(select(Conversation).where(chat))).one()


async def test_beyond_a_contacts_turns_a_person_answers_and_what_was_said_waits_for_them(world: World) -> None:
    limit(world, contact_turns=3)
    for said in ("שלום, יש לי נזילה", "ברמת גן", "ביאליק 30 קומה 2"):
        assert await world.customer.say(said)
    assert PERSON in words(await world.customer.say("ומה המחיר של ביקור?"))
    assert "ממתין לצוות" in words(await world.customer.say("הלו?"))
    assert await world.customer.say("נו") == []
    conversation = await the_conversation(world)
    assert (conversation.owner, conversation.called_for) == (Owner.human, "over_budget")
    async with world.runtime.db.begin(world.business_id) as session:
        waiting = [message.text for message in await list_unanswered(session, conversation.id)]
    assert waiting == ["ומה המחיר של ביקור?", "הלו?", "נו"]
    assert len([one for one in await world.phone(STAFF, "משרד").unread() if "מספר חריג" in one.text]) == 1


async def test_a_person_who_hands_back_gives_a_fresh_allowance(world: World) -> None:
    limit(world, contact_turns=1)
    await world.customer.say("שלום")
    await world.customer.say("יש לי נזילה")
    conversation = await the_conversation(world)
    async with world.runtime.db.begin(world.business_id) as session:
        await hand_back(session, conversation_id=conversation.id, now=world.runtime.clock.now())
    await world.queue.drain()
    assert "באיזו עיר" in words(await world.customer.unread())


async def test_a_new_day_is_a_new_allowance_and_old_days_are_forgotten(world: World, clock: ManualClock) -> None:
    limit(world, contact_turns=1)
    await world.customer.say("שלום")
    clock.advance(days=1)
    assert "באיזו עיר" in words(await world.customer.say("יש לי נזילה"))
    clock.advance(days=9)
    await forget_spendings(world.runtime, clock.now())
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(func.count(Spending.id))) == 0


async def test_a_danger_to_life_is_answered_beyond_every_budget(world: World) -> None:
    limit(world, contact_turns=1)
    await world.customer.say("שלום")
    told = words(await world.customer.say("יש ריח גז חזק בבית"))
    assert "102" in told


async def test_one_contact_does_not_use_up_what_another_has(world: World) -> None:
    limit(world, contact_turns=1)
    await world.customer.say("שלום")
    await world.customer.say("שלום?")
    assert "באיזו עיר" in words(await world.phone("+972500000009", "נועה").say("יש לי נזילה"))


async def test_a_business_has_a_budget_over_all_its_contacts_and_one_of_its_own_if_it_wants(world: World) -> None:
    limit(world, business_turns=40)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Business).values(budgets={"turns": 20}))
    told = [words(await world.phone(f"+9725000001{n:02}", "").say("יש לי נזילה")) for n in range(24)]
    assert ["באיזו עיר" in one for one in told] == [True] * 20 + [False] * 4
    assert all(PERSON in one for one in told[20:])
    assert len([one for one in await world.phone(STAFF, "משרד").unread() if "מספר חריג" in one.text]) == 1


async def test_beyond_the_visits_one_may_ask_for_a_person_decides(world: World) -> None:
    limit(world, contact_offers=2)
    for hour in (10, 12):
        await world.customer.say(ASK.format(hour=hour))
    assert PERSON in words(await world.customer.say(ASK.format(hour=16)))
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(func.count(Offer.id))) == 2


async def test_what_is_not_sent_for_its_number_is_a_dead_letter_that_a_person_may_send(world: World) -> None:
    limit(world, contact_messages=1)
    await world.customer.say("שלום")
    await world.customer.say("יש לי נזילה")
    async with world.runtime.db.begin(world.business_id) as session:
        letters = await list_dead_letters(session, limit=9)
        assert [letter.message.failure for letter in letters] == [SendFailure.over_budget]
        assert await revive(session) == 1
    await world.queue.drain()
    async with world.runtime.db.begin(world.business_id) as session:
        assert await list_dead_letters(session, limit=9) == []
    assert (await the_conversation(world)).called_for == "over_budget"
