"""A small business and the rows of its conversations."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from proli.channels.simulator.channel import ensure_account
from proli.conversations.inbox import hand_back, receive, take_over
from proli.conversations.incoming import Incoming, Received
from proli.conversations.models import Conversation, Direction, Message
from proli.platform.agent_settings import AgentSettings
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from proli.traces.models import Turn
from tests.console import console, manager
from tests.doubles.models import ModelsDouble, running_models
from tests.journeys.world import CUSTOMER, World, populate, world
from tests.office import model_settings

__all__ = ["console", "manager", "world"]


@dataclass
class Desk:
    """One customer's conversation, seen from the database."""

    world: World

    async def receive(self, *incoming: Incoming) -> None:
        world = self.world
        for one in incoming:
            async with world.runtime.db.begin(world.business_id) as session:
                await receive(
                    session,
                    account_id=await ensure_account(session, world.runtime),
                    incoming=one,
                    settle_s=world.runtime.settings.agent.settle_s,
                    now=world.runtime.clock.now(),
                )

    def said(self, text: str, external_id: str, *, seconds: float = 0, phone_e164: str = CUSTOMER) -> Received:
        """Words of the customer, written so many seconds after the clock's time."""
        return Received(
            external_id=external_id,
            chat_id=phone_e164,
            sent_at=self.world.runtime.clock.now() + timedelta(seconds=seconds),
            phone_e164=phone_e164,
            text=text,
        )

    async def messages(self, direction: Direction | None = None) -> Sequence[Message]:
        async with self.world.runtime.db.begin(self.world.business_id) as session:
            statement = select(Message).order_by(Message.id)
            if direction is not None:
                statement = statement.where(Message.direction == direction)
            return (await session.scalars(statement)).all()

    async def heard(self) -> Sequence[Message]:
        return await self.messages(Direction.inbound)

    async def replies(self) -> Sequence[Message]:
        return await self.messages(Direction.outbound)

    async def turns(self) -> Sequence[Turn]:
        async with self.world.runtime.db.begin(self.world.business_id) as session:
            return (await session.scalars(select(Turn).order_by(Turn.id))).all()

    async def conversation(self) -> Conversation:
        async with self.world.runtime.db.begin(self.world.business_id) as session:
            return (await session.scalars(select(Conversation))).one()

    async def take_over(self) -> None:
        conversation_id = (await self.conversation()).id
        async with self.world.runtime.db.begin(self.world.business_id) as session:
            await take_over(session, conversation_id=conversation_id, now=self.world.runtime.clock.now())

    async def hand_back(self) -> None:
        conversation_id = (await self.conversation()).id
        async with self.world.runtime.db.begin(self.world.business_id) as session:
            await hand_back(session, conversation_id=conversation_id, now=self.world.runtime.clock.now())

    async def all_answered(self) -> bool:
        return all(message.answered_at for message in await self.heard() if message.wants_answer)

    async def all_sent(self) -> bool:
        return await self.all_answered() and all(reply.delivery == "sent" for reply in await self.replies())


@pytest.fixture
async def desk(runtime: Runtime, queue: Queue, business_id: int) -> Desk:
    await populate(runtime, business_id)
    return Desk(World(runtime, queue, business_id))


@pytest.fixture
def settling(settings: Settings) -> Settings:
    """Bursts are given time to end."""
    settings.agent = AgentSettings(settle_s=0.6, settle_max_s=3)
    return settings


@pytest.fixture
async def models(settings: Settings) -> AsyncGenerator[ModelsDouble]:
    """A model that a test can make slow."""
    async with running_models() as double:
        settings.model = model_settings(double.url, "google:gemini-a")
        yield double
