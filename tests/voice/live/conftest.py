"""A business that talks with its callers, and a telephone that shares no code with it."""

import asyncio
import math
from array import array
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from proli.accounts.models import Business
from proli.cli.calling.phone import Phone, Said, dialled
from proli.conversations.models import Conversation, Message
from proli.evals.stage import FACTS, employ
from proli.leads.models import Lead
from proli.platform.db import Database
from proli.playbooks.loader import get_playbook
from proli.voice.live.ears import TypedEars
from proli.voice.live.leah import Leah
from proli.voice.live.pace import Pace
from proli.voice.live.voices import Language, Voices
from proli.voice.models import CallTurn
from proli.voice.ulaw import from_ulaw, to_ulaw
from tests.chaos.waiting import until
from tests.doubles.twilio import ACCOUNT, CALL, Order, Twilio, order_of
from tests.patience import PATIENCE_S
from tests.voice.conftest import Desk

LETTER_S = 0.01
"""How long the double of a voice speaks for each letter."""


def tone(seconds: float) -> bytes:
    samples = (int(9000 * math.sin(0.4 * at)) for at in range(round(seconds * 8000)))
    return array("h", samples).tobytes()


@dataclass
class Tone:
    """A voice that hums as long as the words are; it breaks, or keeps silent, when a test wants it."""

    name: str = "tone"
    said: list[str] = field(default_factory=list[str])
    letter_s: float = LETTER_S
    breaks: bool = False
    silent: bool = False

    async def speak(self, text: str, language: Language) -> AsyncGenerator[bytes]:
        self.said.append(text)
        if self.breaks:
            raise OSError("the provider of the voice is gone")
        if self.silent:
            await asyncio.sleep(PATIENCE_S)
        yield tone(len(text) * self.letter_s)


class Loud:
    """Speech is what is loud: the double of the model that knows."""

    stop_s = 0.1

    def __init__(self) -> None:
        self._speaks, self._quiet = False, 0

    async def feed(self, data: bytes) -> bool | None:
        loud = max(abs(sample) for sample in array("h", from_ulaw(data))) > 2000
        self._quiet = 0 if loud else self._quiet + 1
        speaks = loud or (self._speaks and self._quiet < 5)
        if speaks == self._speaks:
            return None
        self._speaks = speaks
        return speaks

    async def close(self) -> None: ...


def words(text: str, *, seconds: float | None = None, loud: bool = True, final: bool = True) -> Said:
    """Words as they are said: sound as long as they are, and what a recogniser writes of them, word by word."""
    parts = text.split()
    seconds = 0.1 * len(parts) if seconds is None else seconds
    written = [(seconds * (n + 1) / len(parts), " ".join(parts[: n + 1]), False) for n in range(len(parts))]
    if final:
        written[-1] = (seconds, text, True)
    return Said(to_ulaw(tone(seconds)) if loud else b"", written)


@pytest.fixture
def voice() -> Tone:
    return Tone()


@pytest.fixture
def pace() -> Pace:
    """As it is, but that nobody is taken for silent or slow on a machine that is busy with other things."""
    return Pace(idle_s=PATIENCE_S, unheard_s=PATIENCE_S, wait_s=PATIENCE_S, mind_s=PATIENCE_S)


@pytest.fixture
def talker(voice: Tone, pace: Pace) -> Leah:
    return Leah(ears=(TypedEars,), voices=Voices((voice,)), activity=Loud, pace=pace)


@pytest.fixture
async def business_id(db: Database) -> int:
    """An agency, with agents who are free at any hour."""
    async with db.begin_operator() as session:
        business = (await session.scalars(select(Business))).one()
        business.name, business.playbook, business.facts = "מורן", "real_estate", FACTS
        business_id = business.id
    async with db.begin(business_id) as session:
        employ(session, get_playbook("real_estate"))
    return business_id


@dataclass
class Call:
    """A call under way, with what has been written of it."""

    phone: Phone
    desk: Desk

    async def say(self, text: str) -> None:
        """The caller says this, and hears the answer out."""
        await self.phone.say(words(text))
        assert await self.phone.hear_out(within_s=PATIENCE_S)

    async def turns(self) -> list[CallTurn]:
        return await rows(self.desk, CallTurn)

    async def said(self) -> list[tuple[str, str]]:
        return [(turn.speaker, turn.text) for turn in await self.turns()]

    async def until(self, holds: Callable[[list[CallTurn]], bool]) -> None:
        async def is_so() -> bool:
            return holds(await self.turns())

        await until(is_so, "the transcript is not as it should be")

    async def hang_up(self) -> None:
        await self.phone.hang_up(ACCOUNT)
        await self.desk.until(lambda call: call.ended_at is not None)


async def rows[T](desk: Desk, table: type[T]) -> list[T]:
    async with desk.runtime.db.begin(desk.business_id) as session:
        return list(await session.scalars(select(table).order_by(table.id)))  # type: ignore[attr-defined]


async def lead_of(desk: Desk) -> Lead:
    (lead,) = await rows(desk, Lead)
    return lead


async def thread(desk: Desk) -> list[Message]:
    return await rows(desk, Message)


async def conversation_of(desk: Desk) -> Conversation:
    (one,) = await rows(desk, Conversation)
    return one


@asynccontextmanager
async def in_call(
    twilio: Twilio, desk: Desk, call: str = CALL, *, greeted: bool = True, order: Order | None = None, **changes: str
) -> AsyncGenerator[Call]:
    """Somebody has called, or the line is opened again as it was ordered, and they have heard the greeting."""
    order = order or order_of(await twilio.ring(call, **changes))
    async with dialled(order.url, token=order.token, call=call, account=ACCOUNT) as phone:
        if greeted:
            assert await phone.hear_out(within_s=PATIENCE_S)
        yield Call(phone, desk)
