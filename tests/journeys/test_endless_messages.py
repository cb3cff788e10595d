"""One message may be as long and as strange as it likes: its writer is answered, and nobody else waits for it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from proli.accounts.actions import create_business
from proli.conversations.models import Conversation, Direction, Message
from proli.leads.models import Lead
from proli.mind.facts import Facts
from proli.mind.hearing.burst import hear, unheard
from proli.mind.hearing.listening import AT_ONCE, listen
from proli.platform.db import Database
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.journeys.world import World
from tests.mind.talk import facts_of

PATTERNS = {
    "dashes": "-" * 1_200,
    "hours": "מחר ב-5 או " * 400,
    "a town": "תל אביב " * 500,
    "one word": ("נזילה " * 700)[:4_096],
    "one digit": "7" * 4_096,
    "one sign": "!" * 4_096,
    "twenty thousand letters": "אבגד הוזח, " * 1_800,
}
STORY = " ".join(f"ואז קרה דבר{number} ועוד אחד" for number in range(60))


@pytest.mark.parametrize("pattern", PATTERNS)
async def test_a_pattern_without_end_is_answered_and_the_next_words_are_understood(world: World, pattern: str) -> None:
    assert await world.customer.say(PATTERNS[pattern])
    await world.customer.say("יש לי נזילה בכיור ברמת גן, ביאליק 30")
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead).order_by(Lead.id.desc()))).first()
    assert lead is not None
    assert (lead.trade, lead.address) == ("plumber", "ביאליק 30")


async def test_what_is_read_in_part_is_kept_whole(world: World) -> None:
    await world.customer.say(PATTERNS["hours"])
    async with world.runtime.db.begin(world.business_id) as session:
        kept = (await session.scalars(select(Message.text).where(Message.direction == Direction.inbound))).one()
    assert kept == PATTERNS["hours"]


@pytest.mark.parametrize(
    "number", ["9" * 320, "9" * 400, "9" * 5_000, "1" + ",000" * 100, "תקציב " + "9" * 29 + " מיליון"]
)
async def test_a_number_without_end_to_an_agency_is_answered(
    runtime: Runtime, queue: Queue, db: Database, number: str
) -> None:
    async with db.begin_operator() as session:
        business = await create_business(session, slug="agency", name="נדל״ן מורן", playbook="real_estate")
        await session.flush()
        world = World(runtime, queue, business.id)
    assert await world.customer.say("מחפש דירה לקנות בתל אביב")
    assert await world.customer.say(number)
    assert await world.customer.say("תקציב 3 מיליון")


async def test_a_professional_is_answered_too(world: World) -> None:
    assert await world.yossi.say("-" * 4_096)
    assert await world.yossi.say("מה יש לי היום")


def long_facts() -> Facts:
    return facts_of(f"נזילה בכיור. {STORY} אני ברמת גן, ביאליק 30, מחר בשעה 16:00")


async def test_a_long_burst_is_heard_apart_and_to_the_same_end(runtime: Runtime) -> None:
    facts = long_facts()
    assert sum(len(one.text) for one in facts.said) > AT_ONCE
    heard = await listen(runtime, facts, conversation_id=1)
    assert heard == hear(facts)
    assert heard.cities == ("רמת גן",)


async def test_what_is_not_heard_in_time_is_not_heard_and_the_customer_is_answered(
    runtime: Runtime, queue: Queue, world: World
) -> None:
    runtime.settings.agent = runtime.settings.agent.model_copy(update={"hearing_s": 0.000_001})
    facts = long_facts()
    assert await listen(runtime, facts, conversation_id=1) == unheard(facts.as_said())
    assert await world.customer.say(facts.said[0].text)
    async with runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Conversation))).one().misses == 1


def test_of_hundreds_of_messages_in_one_burst_the_first_and_the_last_are_heard() -> None:
    one = facts_of("נזילה בכיור").said[0]
    many = [replace(one, text=f"הודעה {number}, עוד רגע") for number in range(300)]
    said = (one, *many, replace(one, text="ברמת גן, ביאליק 30"))
    heard = hear(replace(facts_of("נזילה בכיור"), said=said))
    assert heard.trade is not None
    assert heard.cities == ("רמת גן",)
