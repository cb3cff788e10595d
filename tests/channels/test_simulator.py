"""The simulator goes the way of any provider: in through the inbox, out through the outbox."""

from sqlalchemy import func, select

from proli.channels.simulator.channel import say
from proli.conversations.models import ChannelAccount, Delivery, Message, MessageKind
from proli.conversations.outbox import queue_text
from proli.conversations.queries import get_conversation
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.channels.conftest import CUSTOMER


async def test_what_is_said_is_in_the_inbox_once(runtime: Runtime, business_id: int) -> None:
    first = await say(runtime, business_id=business_id, phone_e164=CUSTOMER, name="דנה", text="שלום", external_id="a")
    again = await say(runtime, business_id=business_id, phone_e164=CUSTOMER, name="דנה", text="שלום", external_id="a")
    tap = await say(runtime, business_id=business_id, phone_e164=CUSTOMER, name="דנה", text="כן", button_id="approve:1")
    assert first == again == tap
    async with runtime.db.begin(business_id) as session:
        messages = (await session.scalars(select(Message).order_by(Message.id))).all()
        assert [message.text for message in messages] == ["שלום", "כן"]
        assert (messages[1].kind, messages[1].button_id) == (MessageKind.button, "approve:1")
        assert await session.scalar(select(func.count()).select_from(ChannelAccount)) == 1


async def test_a_reply_is_with_the_reader_at_once(runtime: Runtime, business_id: int, queue: Queue) -> None:
    conversation_id = await say(runtime, business_id=business_id, phone_e164=CUSTOMER, name="דנה", text="👍")
    async with runtime.db.begin(business_id) as session:
        conversation = await get_conversation(session, conversation_id)
        now = runtime.clock.now()
        message_id = await queue_text(session, conversation, "בשמחה", dedup_key="test", now=now)
    await queue.drain()
    async with runtime.db.begin(business_id) as session:
        reply = await session.get_one(Message, message_id)
        assert (reply.delivery, reply.external_id) == (Delivery.sent, f"sim-{message_id}")


async def test_an_account_of_a_channel_that_is_gone_makes_dead_letters(
    runtime: Runtime, business_id: int, queue: Queue
) -> None:
    conversation_id = await say(runtime, business_id=business_id, phone_e164=CUSTOMER, name="דנה", text="👍")
    async with runtime.db.begin(business_id) as session:
        conversation = await get_conversation(session, conversation_id)
        account = await session.get_one(ChannelAccount, conversation.channel_account_id)
        account.provider = "carrier_pigeon"
        await session.flush()
        message_id = await queue_text(session, conversation, "שלום", dedup_key="test", now=runtime.clock.now())
    await queue.drain()
    async with runtime.db.begin(business_id) as session:
        reply = await session.get_one(Message, message_id)
        assert (reply.delivery, reply.error) == (Delivery.failed, "there is no channel named carrier_pigeon")
