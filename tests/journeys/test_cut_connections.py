"""Connections are cut in the midst of everything: nobody is handed to a person for that, and nothing changes places."""

from contextlib import suppress

import psycopg
from sqlalchemy import make_url, select
from sqlalchemy.exc import OperationalError

from proli.conversations.models import Conversation, Direction, Message, Owner
from tests.journeys.whatsapp import WhatsApp
from tests.journeys.world import CUSTOMER

SAID = (
    "שלום, יש לי נזילה מתחת לכיור במטבח", "ברמת גן", "ביאליק 30 קומה 2", "מחר אחרי 4", "16:00",
    "תודה", "מה המחיר של ביקור?",
)  # fmt: skip


async def cut(whatsapp: WhatsApp, server: str) -> None:
    """Every connection to the installation's database is gone, as when a proxy is started again."""
    name = make_url(whatsapp.runtime.db.url).database
    async with await psycopg.AsyncConnection.connect(server, autocommit=True) as other:
        await other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


async def make_due(server: str, whatsapp: WhatsApp) -> bool:
    """What waits to be tried again is due; whether anything does."""
    url = make_url(server).set(database=make_url(whatsapp.runtime.db.url).database)
    async with await psycopg.AsyncConnection.connect(
        url.render_as_string(hide_password=False), autocommit=True
    ) as other:
        found = await other.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' RETURNING id"
        )
        return bool(await found.fetchall())


async def test_a_message_is_stored_at_once_though_its_connection_was_cut(whatsapp: WhatsApp, server: str) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await customer.write("שלום")
    await cut(whatsapp, server)
    await customer.write("יש לי נזילה")


async def test_turns_whose_connections_are_cut_are_only_later(whatsapp: WhatsApp, server: str) -> None:
    customer = whatsapp.phone(CUSTOMER)
    for said in SAID:
        await customer.write(said)
        await cut(whatsapp, server)
        for _ in range(5):
            with suppress(OperationalError):
                await whatsapp.settle()
            if not await make_due(server, whatsapp):
                break
        assert customer.unread(), said
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        conversation = (
            await session.scalars(select(Conversation).where(Conversation.chat_id == customer.chat_id))
        ).one()
        thread = (
            await session.scalars(
                select(Message).where(Message.conversation_id == conversation.id).order_by(Message.id)
            )
        ).all()
    assert (conversation.owner, conversation.called_for) == (Owner.ai, None)
    assert [one.text for one in thread if one.direction == Direction.inbound] == list(SAID)
    sent = [entry.text for entry in customer.inbox()]
    assert sent == [one.text for one in thread if one.direction == Direction.outbound]
