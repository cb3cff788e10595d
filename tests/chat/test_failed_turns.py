"""Wherever a turn fails, a person is called, the customer told once, and whoever writes on is answered again."""

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from proli.accounts.models import Business
from proli.conversations.models import Conversation, Message, Owner
from proli.dispatch.models import Offer, OfferStatus
from proli.platform.jobs import BLAME, MOST_BLAME
from proli.platform.queue import Queue
from proli.traces.models import Turn
from tests.journeys.world import World
from tests.office import EVERYTHING

FAILED = "תקלה רגעית"
STAFF = "+972540000001"
PLACES = (
    "chat.turns.load_parties",
    "chat.turns.make_turn",
    "chat.jobs.transcribe_burst",
    "chat.jobs.load_burst_media",
    "mind.thinking.listen",
    "chat.jobs.deps_of",
    "mind.thinking.climb",
    "chat.jobs.make_reply",
    "chat.jobs.write_turn",
)


@pytest.fixture
async def staffed(world: World) -> World:
    async with world.runtime.db.begin(world.business_id) as session:
        business = await session.get_one(Business, world.business_id)
        business.staff_e164 = STAFF
    return world


async def the_conversation(world: World) -> Conversation:
    async with world.runtime.db.begin(world.business_id) as session:
        return (
            await session.scalars(select(Conversation).where(Conversation.chat_id == world.customer.phone_e164))
        ).one()


def breaks(monkeypatch: pytest.MonkeyPatch, place: str, fault: Exception) -> None:
    """A fault of ours in this place of a turn."""

    def broken(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(f"proli.{place}", broken)


@pytest.mark.parametrize("place", PLACES)
async def test_wherever_a_turn_fails_a_person_is_called_and_who_writes_on_is_answered(
    staffed: World, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    world, staff = staffed, staffed.phone(STAFF, "משרד")
    with monkeypatch.context() as patch:
        breaks(patch, place, OverflowError("cannot convert"))
        (told,) = await world.customer.say("שלום, יש לי 4 ברזים")
        assert FAILED in told.text
        assert (await the_conversation(world)).called_for == "agent_failed"
    (alert,) = await staff.unread()
    assert "המענה האוטומטי נכשל" in alert.text
    (answer,) = await world.customer.say("יש לי נזילה בכיור במטבח")
    assert "באיזו עיר" in answer.text


async def test_a_turn_that_fails_again_at_once_is_a_persons_and_the_customer_is_told_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, "mind.thinking.listen", OverflowError("cannot convert"))
    assert len(await world.customer.say("שלום")) == 1
    assert await world.customer.say("הלו?") == []
    assert (await the_conversation(world)).owner == Owner.human


async def test_danger_is_answered_with_whom_to_call_even_by_a_turn_that_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, "mind.thinking.listen", OverflowError("cannot convert"))
    (first,) = await world.customer.say("יש ריח גז חזק בבית!")
    assert "102" in first.text
    assert FAILED in first.text
    (second,) = await world.customer.say("עדיין ריח גז!!")
    assert "102" in second.text
    assert FAILED not in second.text


async def test_of_a_professionals_messages_the_one_that_fails_takes_no_approval_with_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    with monkeypatch.context() as patch:
        breaks(patch, "desk.serving.list_day", OverflowError("cannot convert"))
        await world.yossi.tell("היום")
        await world.yossi.tap(offer, 0)
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Offer.status))).all() == [OfferStatus.accepted]
    said = await world.yossi.say("היום")
    assert "אין ביקורים" in said[-1].text, "later words are served"


async def test_a_database_that_goes_away_in_a_turn_costs_nothing_but_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = OperationalError("SELECT 1", None, psycopg.errors.AdminShutdown("terminating connection"))
    with monkeypatch.context() as patch:
        breaks(patch, "mind.thinking.climb", lost)
        assert await world.customer.say("יש לי נזילה בכיור במטבח") == []
    await make_due(world)
    (answer,) = [one.text for one in await drained(world)]
    assert "באיזו עיר" in answer
    assert (await the_conversation(world)).called_for is None


async def test_a_turn_that_kills_its_workers_ends_at_a_person(staffed: World) -> None:
    world = staffed
    await world.customer.tell("שלום, יש לי נזילה")
    async with world.runtime.db.begin_operator() as session:
        await session.execute(
            text(
                "WITH silent AS (INSERT INTO procrastinate_workers (last_heartbeat) "
                "VALUES (now() - interval '1 hour') RETURNING id) "
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = silent.id, attempts = :before FROM silent"
            ),
            {"before": (MOST_BLAME - 1) * BLAME},
        )
    assert await Queue(world.runtime).rescue() == 1
    (told,) = await drained(world)
    assert FAILED in told.text
    conversation = await the_conversation(world)
    assert (conversation.owner, conversation.called_for) == (Owner.human, "agent_failed")
    assert await staffed.phone(STAFF, "משרד").unread() != []
    async with world.runtime.db.begin(world.business_id) as session:
        assert (
            await session.scalars(select(Message.id).where(Message.wants_answer, Message.answered_at.is_(None)))
        ).all() == []


async def test_a_turn_whose_last_try_fails_ends_at_a_person(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the database that is not its absence is tried again, and in the end no longer."""
    clash = OperationalError("SELECT 1", None, psycopg.errors.DeadlockDetected("deadlock detected"))
    with monkeypatch.context() as patch:
        breaks(patch, "mind.thinking.climb", clash)
        await world.customer.tell("שלום, יש לי נזילה")
        for _ in range(7):
            await world.queue.drain()
            await make_due(world)
    (told,) = await drained(world)
    assert FAILED in told.text
    assert (await the_conversation(world)).owner == Owner.human
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Turn.model))).all() == ["none"]


async def make_due(world: World) -> None:
    async with world.runtime.db.begin_operator() as session:
        await session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"))


async def drained(world: World) -> list[Message]:
    await world.queue.drain()
    return await world.customer.unread()
