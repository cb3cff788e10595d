"""A business with a number at a Green API that runs on loopback."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from proli.contacts.models import Contact
from proli.conversations.accounts import add_channel_account
from proli.conversations.models import Conversation, Message
from proli.conversations.outbox import Button, queue_text
from proli.conversations.queries import ensure_conversation, get_conversation
from proli.platform.runtime import Runtime
from tests.conftest import ManualClock
from tests.doubles.green_api import WEBHOOK_TOKEN, GreenApiDouble, running_green_api

CUSTOMER = "+972500000001"
CHAT = "972500000001@c.us"


@pytest.fixture
async def green_api(clock: ManualClock) -> AsyncGenerator[GreenApiDouble]:
    async with running_green_api(clock=clock) as double:
        yield double


@pytest.fixture
async def account_id(runtime: Runtime, business_id: int, green_api: GreenApiDouble) -> int:
    async with runtime.db.begin(business_id) as session:
        return await add_channel_account(
            session,
            runtime.vault,
            provider="green_api",
            external_id=green_api.id_instance,
            credentials=green_api.credentials,
            webhook_token=WEBHOOK_TOKEN,
        )


@dataclass
class Outbox:
    """One conversation of the business, seen from its outbox."""

    runtime: Runtime
    business_id: int
    conversation_id: int

    async def queue(self, text: str, *, key: str | None = None, buttons: tuple[Button, ...] = ()) -> int | None:
        async with self.runtime.db.begin(self.business_id) as session:
            conversation = await get_conversation(session, self.conversation_id)
            now = self.runtime.clock.now()
            return await queue_text(session, conversation, text, dedup_key=key or text, buttons=buttons, now=now)

    async def messages(self) -> list[Message]:
        async with self.runtime.db.begin(self.business_id) as session:
            return list(await session.scalars(select(Message).order_by(Message.id)))

    async def deliveries(self) -> list[tuple[str, str | None]]:
        return [(message.text, message.delivery and message.delivery.value) for message in await self.messages()]

    async def conversation(self) -> Conversation:
        async with self.runtime.db.begin(self.business_id) as session:
            return await get_conversation(session, self.conversation_id)


@pytest.fixture
async def outbox(runtime: Runtime, business_id: int, account_id: int) -> Outbox:
    async with runtime.db.begin(business_id) as session:
        contact = Contact(phone_e164=CUSTOMER, name="דנה")
        session.add(contact)
        await session.flush()
        conversation = await ensure_conversation(session, channel_account_id=account_id, contact=contact, chat_id=CHAT)
        return Outbox(runtime, business_id, conversation.id)
