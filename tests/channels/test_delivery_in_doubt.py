"""Whatever becomes of an answer, a message reaches the customer once."""

import dataclasses

import httpx2
import pytest

from proli.channels import jobs
from proli.conversations.accounts import add_channel_account
from proli.conversations.events import MessageQueued
from proli.conversations.failures import SendFailure, Unsent
from proli.conversations.inbox import receive
from proli.conversations.incoming import Echo, HumanSaid
from proli.conversations.models import Delivery
from proli.conversations.outbox import claim_parcel
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.channels.conftest import CHAT, CUSTOMER, YES_NO, Outbox, drain_until_quiet
from tests.conftest import ManualClock
from tests.doubles.green_api import GreenApiDouble, Way


@pytest.mark.parametrize("way", ["drop", "garbage", "hang"])
async def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(
    outbox: Outbox, runtime: Runtime, green_api: GreenApiDouble, clock: ManualClock, way: Way
) -> None:
    await outbox.queue("כן", key="before")
    async with httpx2.AsyncClient(timeout=0.5, trust_env=False) as http:
        queue = Queue(dataclasses.replace(runtime, http=http))
        await queue.drain()
        green_api.fail_next(way)
        await outbox.queue("כן", key="lost")
        await queue.drain()
        assert await outbox.deliveries() == [("כן", "sent"), ("כן", "unknown")]
        await drain_until_quiet(queue, clock, seconds=5)
    assert await outbox.deliveries() == [("כן", "sent"), ("כן", "sent")]
    assert green_api.texts == ["כן", "כן"]
    assert [row.external_id for row in await outbox.messages()] == [entry.id_message for entry in green_api.sent]


async def test_a_message_with_buttons_whose_answer_was_lost_is_found(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    green_api.fail_next("drop")
    await outbox.queue("מתאים לך?", buttons=YES_NO)
    await queue.drain()
    await drain_until_quiet(queue, clock, seconds=5)
    assert len(green_api.sent) == 1
    assert await outbox.deliveries() == [("מתאים לך?", "sent")]


async def test_a_lost_message_that_still_waits_in_the_providers_queue_is_found(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    green_api.in_queue = True
    green_api.fail_next("drop")
    await outbox.queue("מתאים לך?", buttons=YES_NO)
    await queue.drain()
    await drain_until_quiet(queue, clock, seconds=5)
    assert len(green_api.sent) == 1
    assert (await outbox.messages())[0].external_id == green_api.sent[0].id_message


@pytest.mark.parametrize("way", ["drop_before", "status"])
async def test_a_message_that_never_arrived_is_sent_again(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock, way: Way
) -> None:
    green_api.fail_next(way, status=502)
    await outbox.queue("שלום")
    await outbox.queue("להתראות")
    await queue.drain()
    assert await outbox.deliveries() == [("שלום", "unknown"), ("להתראות", "queued")]
    await drain_until_quiet(queue, clock, seconds=5)
    assert green_api.texts == ["שלום", "להתראות"]


async def test_a_missing_message_is_not_sent_again_before_the_journal_has_had_its_time(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    async with outbox.runtime.db.begin(outbox.business_id) as session:
        await add_channel_account(
            session,
            outbox.runtime.vault,
            provider="green_api",
            external_id=green_api.id_instance,
            credentials=green_api.credentials | {"journal_lag_s": "120"},
            webhook_token=None,
        )
    green_api.journal_lag_s = 60
    green_api.fail_next("drop")
    await outbox.queue("שלום")
    await queue.drain()
    for _ in range(3):
        await drain_until_quiet(queue, clock, seconds=17)
        assert await outbox.deliveries() == [("שלום", "unknown")]
    await drain_until_quiet(queue, clock, seconds=30)
    assert await outbox.deliveries() == [("שלום", "sent")]
    assert green_api.texts == ["שלום"]


async def test_a_provider_out_of_reach_delays_and_nothing_is_lost(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    async with outbox.runtime.db.begin(outbox.business_id) as session:
        credentials = green_api.credentials | {"host": "http://127.0.0.1:9"}
        await add_channel_account(
            session,
            outbox.runtime.vault,
            provider="green_api",
            external_id=green_api.id_instance,
            credentials=credentials,
            webhook_token=None,
        )
    await outbox.queue("שלום")
    await queue.drain()
    (row,) = await outbox.messages()
    assert (row.delivery, row.failure) == (Delivery.queued, SendFailure.unreachable)
    assert row.error == "Green API is out of reach: ConnectError"


async def test_a_human_who_takes_over_while_a_send_is_in_doubt_withholds_the_second_attempt(
    outbox: Outbox, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    green_api.fail_next("drop_before")
    await outbox.queue("תשובת הסוכן")
    await queue.drain()
    said = HumanSaid("H1", CHAT, clock.now(), CUSTOMER, text="אני כאן")
    async with outbox.runtime.db.begin(outbox.business_id) as session:
        account_id = (await outbox.conversation()).channel_account_id
        await receive(session, account_id=account_id, incoming=said, settle_s=0, now=clock.now())
    await drain_until_quiet(queue, clock, seconds=5)
    assert green_api.sent == []
    assert await outbox.deliveries() == [("תשובת הסוכן", "withheld"), ("אני כאן", "sent")]


async def test_an_echo_settles_a_send_in_doubt_even_while_it_is_under_way(
    outbox: Outbox, runtime: Runtime, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    await outbox.queue("מתאים לך?", buttons=YES_NO)
    async with runtime.db.begin(outbox.business_id) as session:
        parcel = await claim_parcel(session, conversation_id=outbox.conversation_id, now=clock.now())
        assert parcel is not None
    echo = Echo("3EB0ECHO", CHAT, clock.now(), "מתאים לך?\n\n1. מתאים\n2. לא מתאים")
    event = MessageQueued(business_id=outbox.business_id, conversation_id=outbox.conversation_id)
    async with runtime.db.begin(outbox.business_id) as session:
        account_id = (await outbox.conversation()).channel_account_id
        await receive(session, account_id=account_id, incoming=echo, settle_s=0, now=clock.now())
    async with runtime.db.begin(outbox.business_id) as session:
        await jobs.record(
            session,
            runtime,
            event,
            parcel,
            jobs.Waits(Unsent(SendFailure.unreachable, "the answer was lost"), in_doubt=True),
        )
    (row,) = await outbox.messages()
    assert (row.delivery, row.external_id) == (Delivery.sent, "3EB0ECHO")
    await jobs.deliver(runtime, event)
    assert green_api.sent == []


async def test_a_crash_between_sending_and_noting_it_repeats_nothing(
    outbox: Outbox, runtime: Runtime, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    await outbox.queue("שלום")
    event = MessageQueued(business_id=outbox.business_id, conversation_id=outbox.conversation_id)
    async with runtime.db.begin(outbox.business_id) as session:
        parcel = await claim_parcel(session, conversation_id=outbox.conversation_id, now=clock.now())
    assert parcel is not None
    await jobs.attempt(runtime, event, parcel, frozenset())
    clock.advance(seconds=15)
    await queue.drain()
    assert green_api.texts == ["שלום"]
    assert await outbox.deliveries() == [("שלום", "sent")]
