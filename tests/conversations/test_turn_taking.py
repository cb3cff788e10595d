"""Who speaks when: bursts, words that come while the model thinks, and people who take over."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from proli.chat.jobs import answer
from proli.conversations.events import MessageReceived
from proli.conversations.models import Delivery, Owner
from proli.leads.models import Lead
from proli.platform.settings import Settings
from tests.chaos.waiting import until, working
from tests.conversations.conftest import Desk
from tests.doubles.models import ModelsDouble, say

BURST = ("שלום", "יש לי נזילה בכיור", "ברמת גן", "ביאליק 30 קומה 2", "מחר בשעה 16:00")


@pytest.mark.usefixtures("settling")
async def test_a_burst_of_five_messages_is_one_turn_and_one_reply(desk: Desk) -> None:
    async with working(desk.world.runtime, workers=2):
        for number, text in enumerate(BURST):
            await desk.receive(desk.said(text, f"M{number}", seconds=number))
            await asyncio.sleep(0.05)
        await until(desk.all_sent, "no answer came")
    (turn,) = await desk.turns()
    assert len(turn.trace["messages"]) == 5
    texts = {reply.dedup_key: reply.text for reply in await desk.replies()}
    assert "נשלחה לאיש מקצוע" in texts[f"turn:{turn.key}"]
    assert len([key for key in texts if str(key).startswith("turn:")]) == 1


@pytest.mark.usefixtures("settling")
async def test_a_burst_that_does_not_end_is_answered_all_the_same(desk: Desk, settings: Settings) -> None:
    settings.agent = settings.agent.model_copy(update={"settle_max_s": 1.0})
    async with working(desk.world.runtime):
        for number in range(20):
            await desk.receive(desk.said("רגע", f"M{number}"))
            await asyncio.sleep(0.15)
            if await desk.turns():
                break
        assert await desk.turns(), "nothing was said while the customer kept writing"
        await until(desk.all_sent, "no answer came")


async def test_fifty_messages_at_the_same_instant_from_one_phone_are_all_answered(desk: Desk) -> None:
    async with working(desk.world.runtime, workers=2):
        await asyncio.gather(*(desk.receive(desk.said(f"שלום {number}", f"M{number}")) for number in range(50)))
        await until(desk.all_sent, "somebody was not answered")
    told = [message_id for turn in await desk.turns() for message_id in turn.trace["messages"]]
    assert sorted(told) == sorted(message.id for message in await desk.heard())


async def test_what_is_said_while_the_model_thinks_is_answered_together_and_the_draft_is_thrown_away(
    desk: Desk, models: ModelsDouble
) -> None:
    async def more() -> None:
        await desk.receive(desk.said("ברמת גן", "M2", seconds=1))

    models.script("gemini-a", say("באיזו עיר?", before=more), say("ומה הכתובת?"))
    await desk.receive(desk.said("יש לי נזילה", "M1"))
    await desk.world.queue.drain()
    assert [reply.text for reply in await desk.replies()] == ["ומה הכתובת?"]
    (turn,) = await desk.turns()
    assert len(turn.trace["messages"]) == 2
    assert "ברמת גן" in models.asked[-1].text


async def test_a_customer_who_never_stops_is_answered_in_the_end(desk: Desk, models: ModelsDouble) -> None:
    count = 0

    async def more() -> None:
        nonlocal count
        count += 1
        if count < 6:
            await desk.receive(desk.said(f"ועוד משהו {count}", f"M{count}", seconds=count))

    models.always("gemini-a", say("במה אפשר לעזור?", before=more))
    await desk.receive(desk.said("שלום", "M0"))
    await desk.world.queue.drain()
    assert await desk.all_sent()
    told = [message_id for turn in await desk.turns() for message_id in turn.trace["messages"]]
    assert sorted(told) == sorted(message.id for message in await desk.heard())


async def test_a_human_who_takes_over_while_the_model_thinks_keeps_its_draft_back(
    desk: Desk, models: ModelsDouble
) -> None:
    models.script("gemini-a", say("באיזו עיר?", before=desk.take_over))
    await desk.receive(desk.said("יש לי נזילה", "M1"))
    await desk.world.queue.drain()
    assert await desk.replies() == []
    assert [message.answered_at for message in await desk.heard()] == [None]


async def test_a_human_who_takes_over_between_draft_and_send_withholds_it(desk: Desk) -> None:
    await desk.receive(desk.said("יש לי נזילה", "M1"))
    runtime, conversation = desk.world.runtime, await desk.conversation()
    await answer(runtime, MessageReceived(business_id=desk.world.business_id, conversation_id=conversation.id))
    assert [reply.delivery for reply in await desk.replies()] == [Delivery.queued]
    await desk.take_over()
    await desk.world.queue.drain()
    assert [reply.delivery for reply in await desk.replies()] == [Delivery.withheld]


async def test_handing_back_answers_what_was_left(desk: Desk) -> None:
    await desk.receive(desk.said("שלום", "M1"))
    await desk.world.queue.drain()
    await desk.take_over()
    await desk.receive(desk.said("יש לי נזילה", "M2", seconds=1), desk.said("ברמת גן", "M3", seconds=2))
    await desk.world.queue.drain()
    assert len(await desk.replies()) == 1
    await desk.hand_back()
    await desk.world.queue.drain()
    assert await desk.all_sent()
    assert len(await desk.replies()) == 2
    assert (await desk.conversation()).owner == Owner.ai


async def test_handing_back_with_nothing_left_says_nothing(desk: Desk) -> None:
    await desk.receive(desk.said("שלום", "M1"))
    await desk.world.queue.drain()
    await desk.take_over()
    await desk.hand_back()
    await desk.world.queue.drain()
    assert len(await desk.replies()) == 1


async def test_taking_over_twice_is_told_once(desk: Desk) -> None:
    await desk.receive(desk.said("שלום", "M1"))
    await desk.take_over()
    since = (await desk.conversation()).owner_since
    await desk.take_over()
    assert (await desk.conversation()).owner_since == since


class Killed(BaseException):
    """What no code of ours may catch."""


class LastBreath:
    """A clock that is looked at when a turn begins and when it is written; at the second look the process dies."""

    def __init__(self, desk: Desk) -> None:
        self.clock, self.looks = desk.world.runtime.clock, 0

    def now(self) -> object:
        self.looks += 1
        if self.looks > 1:
            raise Killed
        return self.clock.now()


async def test_what_is_said_after_a_turn_died_with_its_details_saved_is_heard_too(desk: Desk) -> None:
    await desk.receive(desk.said("יש לי נזילה בכיור", "M1"))
    runtime, conversation = desk.world.runtime, await desk.conversation()
    event = MessageReceived(business_id=desk.world.business_id, conversation_id=conversation.id)
    with pytest.raises(Killed):
        await answer(replace(runtime, clock=LastBreath(desk)), event)  # type: ignore[arg-type]
    await desk.receive(desk.said("ברמת גן", "M2", seconds=1))
    await desk.world.queue.drain()
    async with runtime.db.begin(desk.world.business_id) as session:
        lead = (await session.scalars(select(Lead))).one()
    assert (lead.trade, lead.locality) == ("plumber", "רמת גן")
    assert len(await desk.replies()) == 1


async def test_messages_and_answers_cross_without_a_deadlock(desk: Desk) -> None:
    """The intake takes the contact and then the conversation; so does a turn, which writes the contact's language."""
    await desk.receive(desk.said("hello", "M0"))
    conversation, world = await desk.conversation(), desk.world
    event = MessageReceived(business_id=world.business_id, conversation_id=conversation.id)
    for number in range(25):
        text = "hello again" if number % 2 else "שלום שוב"
        await desk.receive(desk.said(text, f"M{number}-a", seconds=number))
        await asyncio.gather(
            answer(world.runtime, event),
            *(desk.receive(desk.said(text, f"M{number}-{more}", seconds=number)) for more in range(4)),
        )
    await world.queue.drain()
    assert await desk.all_sent()
