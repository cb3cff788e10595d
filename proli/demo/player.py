"""Playing people against a running Proli, over the simulator channel."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from proli.channels.simulator.channel import say
from proli.conversations.models import ChannelAccount, Conversation, Delivery, Direction, Message
from proli.platform.runtime import Runtime

LOOK_EVERY_S = 0.2
OUT = (Delivery.sent, Delivery.delivered, Delivery.read)


@dataclass
class Player:
    """Somebody with a phone. `seen` is the newest message shown to them."""

    runtime: Runtime
    business_id: int
    phone_e164: str
    name: str
    seen: int = 0

    async def say(self, text: str, *, button_id: str | None = None) -> None:
        await say(
            self.runtime,
            business_id=self.business_id,
            phone_e164=self.phone_e164,
            name=self.name,
            text=text,
            button_id=button_id,
        )

    async def catch_up(self) -> None:
        """What was said before this moment is old."""
        async with self.runtime.db.begin(self.business_id) as session:
            newest = await session.scalar(select(func.max(Message.id)).where(self._mine()))
        self.seen = newest or 0

    def _mine(self):
        return Message.conversation_id.in_(
            select(Conversation.id)
            .join(ChannelAccount, ChannelAccount.id == Conversation.channel_account_id)
            .where(Conversation.chat_id == self.phone_e164, ChannelAccount.provider == "simulator")
        )

    async def unread(self) -> Sequence[Message]:
        """What has been sent to this phone since last asked."""
        async with self.runtime.db.begin(self.business_id) as session:
            found = (
                await session.scalars(
                    select(Message)
                    .where(
                        self._mine(),
                        Message.direction == Direction.outbound,
                        Message.delivery.in_(OUT),
                        Message.id > self.seen,
                    )
                    .order_by(Message.id)
                )
            ).all()
        if found:
            self.seen = found[-1].id
        return found

    async def wait_for_reply(self, *, timeout_s: float) -> Sequence[Message]:
        """The next messages to this phone, as soon as there are any; none when the time is over."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            if found := await self.unread():
                return found
            await asyncio.sleep(LOOK_EVERY_S)
        return []
