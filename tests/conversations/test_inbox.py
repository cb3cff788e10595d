"""Whatever a provider says, in whatever order and however often, becomes one row each."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from proli.contacts.models import Contact
from proli.conversations import early
from proli.conversations.early import note_sent
from proli.conversations.failures import SendFailure, Unsent
from proli.conversations.incoming import AccountChanged, Deleted, Edited, HumanSaid, Ignored, StatusChanged
from proli.conversations.models import ChannelAccount, Delivery, EarlyNews, NumberHealth, Owner
from proli.conversations.outbox import claim_parcel, queue_text
from proli.conversations.queries import list_history, list_unanswered
from tests.conversations.conftest import Desk
from tests.journeys.world import CUSTOMER


def edited(desk: Desk, target: str, words: str) -> Edited:
    return Edited(f"E-{words}", CUSTOMER, desk.world.runtime.clock.now(), target, words)


def deleted(desk: Desk, target: str) -> Deleted:
    return Deleted(CUSTOMER, desk.world.runtime.clock.now(), target)


async def count_jobs(desk: Desk) -> int:
    async with desk.world.runtime.db.begin_operator() as session:
        return (await session.execute(text("SELECT count(*) FROM procrastinate_jobs"))).scalar_one()


async def test_a_message_told_twenty_times_at_once_is_one_row_and_one_answer(desk: Desk) -> None:
    await asyncio.gather(*(desk.receive(desk.said("שלום", "M1")) for _ in range(20)))
    assert len(await desk.heard()) == 1
    await desk.world.queue.drain()
    await desk.receive(desk.said("שלום", "M1"))
    assert await count_jobs(desk) == 0
    assert len(await desk.replies()) == 1


async def test_one_contact_and_one_conversation_come_of_first_messages_at_once(desk: Desk) -> None:
    await asyncio.gather(*(desk.receive(desk.said("שלום", f"M{number}")) for number in range(20)))
    await desk.conversation()
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        contacts = (await session.execute(text("SELECT count(*) FROM contacts"))).scalar_one()
    assert contacts == 1
    assert await count_jobs(desk) == 1


async def test_messages_are_read_in_the_order_they_were_written(desk: Desk) -> None:
    late, early = desk.said("ברמת גן", "M2", seconds=5), desk.said("יש לי נזילה", "M1", seconds=1)
    await desk.receive(late, early)
    conversation = await desk.conversation()
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        unanswered = await list_unanswered(session, conversation.id)
        history = await list_history(session, conversation.id)
    assert [message.text for message in unanswered] == ["יש לי נזילה", "ברמת גן"]
    assert [message.text for message in history] == ["יש לי נזילה", "ברמת גן"]


async def test_an_edit_before_the_answer_changes_the_words_that_are_answered(desk: Desk) -> None:
    await desk.receive(desk.said("יש לי נזילה בחיפה", "M1"), edited(desk, "M1", "יש לי נזילה ברמת גן"))
    await desk.world.queue.drain()
    (message,) = await desk.heard()
    assert message.text == "יש לי נזילה ברמת גן"
    assert len(await desk.replies()) == 1


async def test_an_edit_after_the_answer_is_answered_anew_once(desk: Desk) -> None:
    await desk.receive(desk.said("יש לי נזילה בחיפה", "M1"))
    await desk.world.queue.drain()
    for _ in range(2):
        await desk.receive(edited(desk, "M1", "יש לי נזילה ברמת גן"))
        await desk.world.queue.drain()
    assert [message.text for message in await desk.heard()] == ["יש לי נזילה בחיפה", "יש לי נזילה ברמת גן"]
    assert len(await desk.replies()) == 2


async def test_an_edit_that_changes_nothing_is_not_answered(desk: Desk) -> None:
    await desk.receive(desk.said("שלום", "M1"))
    await desk.world.queue.drain()
    await desk.receive(edited(desk, "M1", "שלום"))
    await desk.world.queue.drain()
    assert len(await desk.replies()) == 1


async def test_an_edit_that_comes_before_its_message_is_what_is_answered(desk: Desk) -> None:
    await desk.receive(edited(desk, "M1", "יש לי נזילה"))
    assert await desk.messages() == []
    await desk.receive(desk.said("שלום", "M1"), desk.said("שלום", "M1"))
    assert [message.text for message in await desk.heard()] == ["יש לי נזילה"]
    await desk.world.queue.drain()
    assert len(await desk.replies()) == 1


async def test_a_message_taken_back_before_it_comes_is_not_answered(desk: Desk) -> None:
    await desk.receive(deleted(desk, "M1"), desk.said("שלום", "M1"))
    await desk.world.queue.drain()
    assert await desk.replies() == []
    (message,) = await desk.heard()
    assert message.deleted_at is not None


NO = Unsent(SendFailure.refused, "no")


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (["delivered"], Delivery.delivered),
        (["read", "delivered"], Delivery.read),
        (["failed"], Delivery.failed),
        (["sent"], Delivery.sent),
    ],
    ids=" ".join,
)
async def test_a_status_that_comes_before_the_send_is_noted_holds(
    desk: Desk, told: list[str], stands: Delivery
) -> None:
    await desk.receive(desk.said("שלום", "M1"))
    runtime, business_id, now = desk.world.runtime, desk.world.business_id, desk.world.runtime.clock.now()
    conversation = await desk.conversation()
    async with runtime.db.begin(business_id) as session:
        queued = await queue_text(session, conversation, "היי", dedup_key="x", now=now)
        assert queued is not None
        await claim_parcel(session, conversation_id=conversation.id, now=now)
    await desk.receive(*(StatusChanged("S1", CUSTOMER, Delivery(status), unsent=NO) for status in told))
    async with runtime.db.begin(business_id) as session:
        await note_sent(session, message_id=queued, external_id="S1")
    (ours,) = await desk.replies()
    assert ours.delivery == stands
    assert (ours.failure, ours.error) == (NO if stands != Delivery.sent else (None, None))
    async with runtime.db.begin(business_id) as session:
        assert await session.scalar(select(func.count()).select_from(EarlyNews)) == 0


async def test_what_is_said_of_messages_that_never_come_is_kept_within_bounds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early, "MOST", 3)
    await desk.receive(*(StatusChanged(f"S{n}", CUSTOMER, Delivery.read) for n in range(10)))
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        kept = await session.scalars(select(EarlyNews.external_id).order_by(EarlyNews.id))
        assert kept.all() == ["S7", "S8", "S9"]


async def test_a_message_taken_back_before_the_answer_is_not_answered(desk: Desk) -> None:
    await desk.receive(desk.said("שלום", "M1"), deleted(desk, "M1"), deleted(desk, "M1"))
    await desk.world.queue.drain()
    assert await desk.replies() == []
    (message,) = await desk.heard()
    assert message.deleted_at is not None


async def test_one_message_of_a_burst_taken_back_leaves_the_others(desk: Desk) -> None:
    await desk.receive(desk.said("טעות", "M1"), desk.said("יש לי נזילה", "M2", seconds=1), deleted(desk, "M1"))
    await desk.world.queue.drain()
    (turn,) = await desk.turns()
    assert turn.trace["messages"] == [(await desk.heard())[1].id]


async def test_a_message_of_ours_cannot_be_edited_or_taken_back_by_the_contact(desk: Desk) -> None:
    await desk.receive(desk.said("שלום", "M1"))
    await desk.world.queue.drain()
    (reply,) = await desk.replies()
    assert reply.external_id is not None
    await desk.receive(edited(desk, reply.external_id, "אחרת"), deleted(desk, reply.external_id))
    (still,) = await desk.replies()
    assert (still.text, still.deleted_at) == (reply.text, None)


async def test_words_typed_on_the_businesss_phone_are_a_takeover_once(desk: Desk) -> None:
    said = HumanSaid("H1", CUSTOMER, desk.world.runtime.clock.now(), CUSTOMER, text="אני כאן")
    await desk.receive(desk.said("שלום", "M1"), said, said)
    assert (await desk.conversation()).owner == Owner.human
    await desk.world.queue.drain()
    assert [message.text for message in await desk.replies()] == ["אני כאן"]
    await desk.hand_back()
    await desk.receive(said)
    assert (await desk.conversation()).owner == Owner.ai


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (["sent", "delivered", "read"], Delivery.read),
        (["read", "delivered", "sent"], Delivery.read),
        (["delivered", "failed"], Delivery.delivered),
        (["failed"], Delivery.failed),
        (["read", "read", "failed"], Delivery.read),
    ],
    ids=" ".join,
)
async def test_statuses_in_any_order_end_at_the_furthest(desk: Desk, told: list[str], stands: Delivery) -> None:
    await desk.receive(desk.said("שלום", "M1"))
    await desk.world.queue.drain()
    (reply,) = await desk.replies()
    assert reply.external_id is not None
    await desk.receive(*(StatusChanged(reply.external_id, CUSTOMER, Delivery(status)) for status in told))
    assert [message.delivery for message in await desk.replies()] == [stands]


async def test_an_older_state_of_the_number_does_not_replace_a_newer_one(desk: Desk) -> None:
    now = desk.world.runtime.clock.now()
    await desk.receive(
        AccountChanged(NumberHealth.blocked, "blocked", now),
        AccountChanged(NumberHealth.connected, "authorized", now - timedelta(minutes=1)),
    )
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        account = await session.get_one(ChannelAccount, 1)
    assert (account.health, account.state) == (NumberHealth.blocked, "blocked")


async def test_what_is_not_for_us_leaves_no_row(desk: Desk) -> None:
    await desk.receive(Ignored("a group"))
    assert await desk.messages() == []


async def test_a_name_once_known_is_kept(desk: Desk) -> None:
    for number, name in enumerate(("", "דנה", "Dana")):
        await desk.world.phone(CUSTOMER, "").tell("שלום") if number == 0 else None
        desk.world.phones[CUSTOMER].name = name
        await desk.world.phones[CUSTOMER].tell("שלום")
    conversation = await desk.conversation()
    async with desk.world.runtime.db.begin(desk.world.business_id) as session:
        contact = await session.get_one(Contact, conversation.contact_id)
    assert contact.name == "דנה"
