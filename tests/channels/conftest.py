"""A business with a number at a Green API that runs on loopback."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text

from proli.channels.green_api.webhook import router
from proli.contacts.models import Contact
from proli.conversations.accounts import add_channel_account
from proli.conversations.buttons import Button
from proli.conversations.models import Conversation, Message
from proli.conversations.outbox import queue_text
from proli.conversations.queries import ensure_conversation, get_conversation
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.conftest import ManualClock
from tests.console import console
from tests.doubles.green_api import WEBHOOK_TOKEN, GreenApiDouble, running_green_api

__all__ = ["console"]

CUSTOMER = "+972500000001"
CHAT = "972500000001@c.us"
YES_NO = (Button("yes", "מתאים"), Button("no", "לא מתאים"))
PATH = "/webhooks/green-api"
HEADERS = {"authorization": f"Bearer {WEBHOOK_TOKEN}"}


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


@pytest.fixture
def app(runtime: Runtime, account_id: int) -> FastAPI:
    app = FastAPI()
    app.state.runtime = runtime
    app.include_router(router)
    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncGenerator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://proli", headers=HEADERS) as client:
        yield client


class Rows:
    """What is stored, seen by the business."""

    def __init__(self, runtime: Runtime, business_id: int) -> None:
        self.runtime, self.business_id = runtime, business_id

    async def messages(self) -> list[Message]:
        async with self.runtime.db.begin(self.business_id) as session:
            return list(await session.scalars(select(Message).order_by(Message.id)))

    async def one[T](self, table: type[T]) -> T:
        async with self.runtime.db.begin(self.business_id) as session:
            return (await session.scalars(select(table))).one()

    async def jobs(self) -> list[str]:
        async with self.runtime.db.begin_operator() as session:
            found = await session.scalars(text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'"))
            return list(found)


@pytest.fixture
def rows(runtime: Runtime, business_id: int) -> Rows:
    return Rows(runtime, business_id)


async def drain_until_quiet(queue: Queue, clock: ManualClock, *, seconds: float = 0) -> None:
    """Run what is due, then what becomes due within `seconds`."""
    await queue.drain()
    if seconds:
        clock.advance(seconds=seconds)
        await queue.drain(until=clock.now())
