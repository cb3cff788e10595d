"""A small business to play in: people who write, and what they get back."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from proli.channels.simulator.channel import say
from proli.conversations.models import Conversation, Direction, Message
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.professionals.actions import Profile, add_price, add_professional

ZONE = ZoneInfo("Asia/Jerusalem")
CUSTOMER = "+972500000001"
YOSSI = "+972520000001"
MOSHE = "+972520000002"


@dataclass
class Phone:
    """Somebody's phone on the simulator."""

    world: "World"
    phone_e164: str
    name: str
    seen: int = 0

    async def say(self, text: str, *, button_id: str | None = None) -> list[Message]:
        """Say something and return everything that came back once all has settled."""
        await self.tell(text, button_id=button_id)
        await self.world.queue.drain()
        return await self.unread()

    async def tell(self, text: str, *, button_id: str | None = None, external_id: str | None = None) -> int:
        return await say(
            self.world.runtime,
            business_id=self.world.business_id,
            phone_e164=self.phone_e164,
            name=self.name,
            text=text,
            button_id=button_id,
            external_id=external_id,
        )

    async def unread(self) -> list[Message]:
        """What has come in since last asked, oldest first."""
        async with self.world.runtime.db.begin(self.world.business_id) as session:
            found: Sequence[Message] = (
                await session.scalars(
                    select(Message)
                    .join(Conversation, Conversation.id == Message.conversation_id)
                    .where(
                        Conversation.chat_id == self.phone_e164,
                        Message.direction == Direction.outbound,
                        Message.id > self.seen,
                    )
                    .order_by(Message.id)
                )
            ).all()
        if found:
            self.seen = found[-1].id
        return list(found)

    async def tap(self, message: Message, index: int) -> list[Message]:
        button = message.buttons[index]
        return await self.say(button["text"], button_id=button["id"])


NEXT_WRITE = text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")


async def written(runtime: Runtime) -> str:
    """How much the server has written: while it stands still nothing was. Each process of the tests has its own."""
    async with runtime.db.begin_operator() as session:
        return str(await session.scalar(NEXT_WRITE))


@dataclass
class World:
    runtime: Runtime
    queue: Queue
    business_id: int
    phones: dict[str, Phone] = field(default_factory=dict[str, Phone])
    story: tuple[Hashable, ...] = ()
    told_until: str | None = None
    """Nothing but `story` was written until then; None where that is not known. See `scenes`."""

    def phone(self, phone_e164: str, name: str) -> Phone:
        return self.phones.setdefault(phone_e164, Phone(self, phone_e164, name))

    @property
    def customer(self) -> Phone:
        return self.phone(CUSTOMER, "דנה")

    @property
    def yossi(self) -> Phone:
        return self.phone(YOSSI, "יוסי כהן")

    @property
    def moshe(self) -> Phone:
        return self.phone(MOSHE, "משה לוי")


async def populate(runtime: Runtime, business_id: int) -> None:
    """Two plumbers around Ramat Gan; Yossi is rated better."""
    async with runtime.db.begin(business_id) as session:
        for name, phone, stars in (("יוסי כהן", YOSSI, 48), ("משה לוי", MOSHE, 35)):
            await add_professional(
                session,
                Profile(
                    name=name,
                    phone_e164=phone,
                    trades=("plumber",),
                    base_locality="רמת גן",
                    radius_km=15,
                    rating_sum=stars,
                    rating_count=10,
                ),
            )
        add_price(session, trade="plumber", label="ביקור ואבחון", from_agorot=25000)


async def known_world(runtime: Runtime, queue: Queue, business_id: int, *, beginning: Hashable) -> World:
    """A world whose scenes may be put back; `beginning` names what it holds already, the same for the same name."""
    return World(runtime, queue, business_id, story=(beginning,), told_until=await written(runtime))


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    return await known_world(runtime, queue, business_id, beginning=__name__)
