"""Staff know once that a number or a model does not work, and once that it works again."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.channels.simulator.channel import ensure_account
from proli.chat.events import HistoryGrew
from proli.conversations.gates import MOST_FAILURES, Passed, note_answer, note_failure, pass_gate
from proli.conversations.models import ChannelAccount, Conversation, Message, NumberHealth
from proli.platform import jobs
from proli.platform.jobs import emit
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.sweeps.models import Outage
from proli.sweeps.running import run_due
from proli.traces.models import Turn
from proli.traces.outages import note_summaries
from tests.conftest import SUNDAY_MORNING, ManualClock
from tests.journeys.world import Phone, World, populate

STAFF = "+972540000001"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    """With the simulator's number, and one at a provider."""
    await populate(runtime, business_id)
    async with runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    async with runtime.db.begin(business_id) as session:
        await ensure_account(session, runtime)
        session.add(
            ChannelAccount(
                provider="green_api", external_id="7103000017", phone_e164="+972501112233", sealed=b"",
                health=NumberHealth.connected, state_at=SUNDAY_MORNING,
            )
        )  # fmt: skip
    return World(runtime, queue, business_id)


@pytest.fixture
def staff(world: World) -> Phone:
    return world.phone(STAFF, "המשרד")


async def sweep(world: World, clock: ManualClock, *, minutes: int = 10) -> None:
    clock.advance(minutes=minutes)
    await run_due(world.runtime)
    await world.queue.drain()


async def turn(world: World, clock: ManualClock, health: NumberHealth, *, provider: str = "green_api") -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(
            update(ChannelAccount)
            .where(ChannelAccount.provider == provider)
            .values(health=health, state_at=clock.now())
        )


async def outages(world: World) -> Sequence[Outage]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Outage).order_by(Outage.id))).all()


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def test_a_number_that_goes_down_is_told_once_and_once_that_it_works_again(
    world: World, staff: Phone, clock: ManualClock
) -> None:
    await turn(world, clock, NumberHealth.disconnected)
    await sweep(world, clock, minutes=4)
    assert await staff.unread() == []
    await sweep(world, clock)
    assert "050-111-2233" in words(await staff.unread())
    await sweep(world, clock)
    assert await staff.unread() == []
    await turn(world, clock, NumberHealth.connected)
    await sweep(world, clock)
    assert "פעיל שוב" in words(await staff.unread())
    await sweep(world, clock)
    assert await staff.unread() == []
    await turn(world, clock, NumberHealth.blocked)
    await sweep(world, clock)
    assert len(await staff.unread()) == 1
    assert len(await outages(world)) == 2


async def test_a_number_that_goes_down_at_night_is_told_in_the_morning_if_it_still_is(
    world: World, staff: Phone, clock: ManualClock
) -> None:
    clock.at = SUNDAY_MORNING.replace(hour=22)
    await turn(world, clock, NumberHealth.disconnected)
    await sweep(world, clock)
    assert await staff.unread() == []
    clock.at = SUNDAY_MORNING.replace(day=24, hour=6)
    await sweep(world, clock)
    assert len(await staff.unread()) == 1


async def test_when_no_number_works_staff_are_told_by_one_that_works_again(
    world: World, staff: Phone, clock: ManualClock
) -> None:
    """Nothing is left in the outbox to arrive when it is true no more."""
    await turn(world, clock, NumberHealth.disconnected)
    await turn(world, clock, NumberHealth.blocked, provider="simulator")
    await sweep(world, clock)
    assert await staff.unread() == []
    assert [one.told_at for one in await outages(world)] == [None, None]
    await turn(world, clock, NumberHealth.simulated, provider="simulator")
    await sweep(world, clock)
    told = words(await staff.unread())
    assert "פעיל שוב" in told
    assert "050-111-2233" in told


async def test_a_number_whose_provider_does_not_answer_is_told_of_though_nobody_says_that_it_is_down(
    world: World, staff: Phone, clock: ManualClock
) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        silent = await session.scalar(select(ChannelAccount.id).where(ChannelAccount.provider == "green_api"))
        assert silent is not None
        gate = await pass_gate(session, account_id=silent, per_second=50, waited=False, now=clock.now())
        assert isinstance(gate, Passed)
    for _ in range(MOST_FAILURES):
        await note_failure(world.runtime.db, account_id=silent, asked_s=None, now=clock.now())
    await sweep(world, clock, minutes=10)
    assert "050-111-2233" in words(await staff.unread())
    await note_answer(world.runtime.db, account_id=silent)
    await sweep(world, clock)
    assert "פעיל שוב" in words(await staff.unread())
    await sweep(world, clock)
    assert await staff.unread() == []


async def tried(world: World, *failures: str | None) -> None:
    conversation_id = await world.customer.tell("שלום")
    await world.queue.drain()
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.get(Conversation, conversation_id) is not None
        for number, failure in enumerate(failures):
            attempt = {"model": "gemini-a", "failure": failure, "latency_ms": 5}
            session.add(
                Turn(
                    conversation_id=conversation_id, key=f"{conversation_id}:{failure}:{number}:{len(failures)}",
                    model="rules", prompt_version="1", latency_ms=5, trace={"attempts": [attempt]},
                )
            )  # fmt: skip


async def test_a_model_that_fails_whenever_it_is_asked_is_told_once_and_once_that_it_answers_again(
    world: World, staff: Phone, clock: ManualClock
) -> None:
    await tried(world, "slow", "busy", "slow", "slow")
    await sweep(world, clock)
    assert await staff.unread() == []
    await tried(world, "slow")
    await sweep(world, clock)
    assert "gemini-a" in words(await staff.unread())
    await sweep(world, clock)
    assert await staff.unread() == []
    await tried(world, None)
    await sweep(world, clock)
    assert "עונה שוב" in words(await staff.unread())
    await sweep(world, clock)
    assert await staff.unread() == []


async def test_summaries_that_keep_dying_are_told_once_and_call_nobody_to_any_conversation(
    world: World, clock: ManualClock, staff: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real job, until its last try, in three conversations; then one more, which ends well."""
    phones = [world.phone(f"+97250000010{number}", f"לקוח {number}") for number in range(4)]
    for phone in phones:
        await phone.say("שלום")
    async with world.runtime.db.begin(world.business_id) as session:
        talks = list(await session.scalars(select(Conversation.id).order_by(Conversation.id)))
    await staff.unread()

    async def fails(*_: object) -> None:
        raise ValueError("broken")

    name = "chat.jobs.remember"
    usual = jobs.HANDLERS[name]
    monkeypatch.setitem(jobs.HANDLERS, name, replace(usual, handle=fails, attempts=1))
    for conversation_id in talks[:3]:
        await grow(world, conversation_id)
    (told,) = await staff.unread()
    assert "סיכומים" in told.text
    monkeypatch.setitem(jobs.HANDLERS, name, usual)
    await sweep(world, clock)
    assert await staff.unread() == []
    async with world.runtime.db.begin(world.business_id) as session:
        assert not list(await session.scalars(select(Conversation.id).where(Conversation.called_at.is_not(None))))
        await note_summaries(session, well=True, now=clock.now())
    await world.queue.drain()
    (well,) = await staff.unread()
    assert "שוב" in well.text


async def grow(world: World, conversation_id: int) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await emit(session, HistoryGrew(business_id=world.business_id, conversation_id=conversation_id))
    await Queue(world.runtime).drain()
