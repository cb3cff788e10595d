"""A number sends no faster than it may, and rests while its provider does not answer."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from proli.channels.base import SendDelayed
from proli.channels.registry import CHANNELS
from proli.channels.simulator.channel import SimulatorChannel
from proli.conversations.gates import MOST_FAILURES, REST, Passed, note_answer, note_failure, pass_gate
from proli.conversations.models import Author, Conversation, Delivery, Message, SendGate
from proli.conversations.outbox import Parcel, backoff, queue_text
from proli.conversations.queries import get_conversation
from proli.platform.runtime import Runtime
from proli.platform.settings import OutboxSettings
from tests.conftest import ManualClock
from tests.conversations.conftest import Desk


class Provider(SimulatorChannel):
    """A provider that can be away, and counts what it was asked for."""

    def __init__(self) -> None:
        self.away, self.asks_s, self.asked = False, None, 0
        self.sent = list[str]()

    asks_s: float | None

    async def send(self, runtime: Runtime, parcel: Parcel) -> str:
        self.asked += 1
        if self.away:
            raise SendDelayed("away", after_s=self.asks_s)
        self.sent.append(parcel.text)
        return await super().send(runtime, parcel)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    provider = Provider()
    monkeypatch.setitem(CHANNELS, "simulator", provider)
    return provider


@pytest.fixture
async def chats(desk: Desk, provider: Provider) -> list[int]:
    """Eight conversations of one number, in which nothing waits."""
    for number in range(8):
        await desk.receive(desk.said("שלום", f"M{number}", phone_e164=f"+97250111000{number}"))
    await desk.world.queue.drain()
    assert len(provider.sent) == 8
    provider.sent.clear()
    provider.asked = 0
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        return list(await session.scalars(select(Conversation.id).order_by(Conversation.id)))


async def queue(desk: Desk, chats: Sequence[int]) -> None:
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        for number, conversation_id in enumerate(chats):
            conversation = await get_conversation(session, conversation_id)
            await queue_text(
                session, conversation, f"הודעה {number}", dedup_key="news", author=Author.human,
                now=desk.world.runtime.clock.now(),
            )  # fmt: skip


async def deliver(desk: Desk) -> None:
    await desk.world.queue.drain(until=desk.world.runtime.clock.now())


async def waiting(desk: Desk) -> list[Message]:
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        return list(await session.scalars(select(Message).where(Message.delivery == Delivery.queued)))


async def test_a_number_sends_no_faster_than_it_may(
    desk: Desk, chats: list[int], provider: Provider, clock: ManualClock
) -> None:
    desk.world.runtime.settings.outbox = OutboxSettings(per_second=1)
    clock.advance(seconds=60)
    await queue(desk, chats)
    await deliver(desk)
    at_once = len(provider.sent)
    assert at_once == 2
    for _ in range(3):
        clock.advance(seconds=1)
        await deliver(desk)
    assert len(provider.sent) == at_once + 3
    assert [one.attempts for one in await waiting(desk)] == [0] * 3
    clock.advance(seconds=3)
    await deliver(desk)
    assert len(set(provider.sent)) == len(provider.sent) == 8


async def test_a_provider_that_is_away_is_left_alone_and_no_message_uses_up_its_tries(
    desk: Desk, chats: list[int], provider: Provider, clock: ManualClock
) -> None:
    settings = desk.world.runtime.settings
    settings.worker = settings.worker.model_copy(update={"concurrency": 1})  # none is under way as the gate shuts
    provider.away = True
    await queue(desk, chats)
    await deliver(desk)
    assert provider.asked == MOST_FAILURES
    clock.advance(seconds=REST.total_seconds() - 1)
    await deliver(desk)
    assert provider.asked == MOST_FAILURES
    for _ in range(60):
        clock.advance(minutes=1)
        await deliver(desk)
    asked_in_an_hour = provider.asked - MOST_FAILURES
    assert 6 <= asked_in_an_hour <= 12
    assert len(await waiting(desk)) == 8


async def test_when_it_answers_again_everything_goes_out_once(
    desk: Desk, chats: list[int], provider: Provider, clock: ManualClock
) -> None:
    provider.away = True
    await queue(desk, chats)
    for _ in range(20):
        await deliver(desk)
        clock.advance(minutes=1)
    provider.away = False
    for _ in range(25):
        clock.advance(minutes=1)
        await deliver(desk)
    assert sorted(provider.sent) == [f"הודעה {number}" for number in range(8)]
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        gate = (await session.scalars(select(SendGate))).one()
    assert (gate.failures, gate.failing_since, gate.shut_until) == (0, None, None)


async def test_the_rest_that_a_provider_asks_for_is_kept_by_the_whole_number(
    desk: Desk, chats: list[int], provider: Provider, clock: ManualClock
) -> None:
    provider.away, provider.asks_s = True, 120
    await queue(desk, chats[:1])
    await deliver(desk)
    provider.away = False
    await queue(desk, chats[1:])
    clock.advance(seconds=100)
    await deliver(desk)
    assert (provider.asked, provider.sent) == (1, [])
    for _ in range(5):
        clock.advance(seconds=60)
        await deliver(desk)
    assert len(provider.sent) == 8


@pytest.mark.parametrize("becomes_of_it", ["failure", "answer"])
async def test_what_became_of_an_attempt_that_began_before_ends_no_rest_that_was_asked_for(
    desk: Desk, chats: list[int], provider: Provider, clock: ManualClock, becomes_of_it: str
) -> None:
    db = desk.world.runtime.db
    async with db.begin(desk.world.business_id) as session:
        account_id = (await session.scalars(select(SendGate.account_id))).one()
        before = await pass_gate(session, account_id=account_id, per_second=50, waited=False, now=clock.now())
    assert isinstance(before, Passed)
    await note_failure(db, account_id=account_id, asked_s=120, now=clock.now())
    if becomes_of_it == "failure":
        await note_failure(db, account_id=account_id, asked_s=None, shut_until=before.shut_until, now=clock.now())
    else:
        await note_answer(db, account_id=account_id, shut_until=before.shut_until)
    await queue(desk, chats)
    clock.advance(seconds=100)
    await deliver(desk)
    assert provider.sent == []
    for _ in range(5):
        clock.advance(seconds=60)
        await deliver(desk)
    assert len(provider.sent) == 8


def test_those_that_failed_together_do_not_come_back_together() -> None:
    def parcel(number: int, attempts: int) -> Parcel:
        return Parcel(number, "simulator", 1, "", b"", "", "", (), None, {}, attempts, None)

    waits = [backoff(parcel(number, 5), asked_s=None) for number in range(1, 201)]
    assert all(timedelta(seconds=32) <= wait <= timedelta(seconds=48) for wait in waits)
    assert len(set(waits)) > 100
    assert backoff(parcel(1, 14), asked_s=None) <= timedelta(minutes=15)
    assert backoff(parcel(1, 1), asked_s=90) == timedelta(seconds=90)
    assert backoff(parcel(1, 1), asked_s=1e9) == timedelta(hours=1)
