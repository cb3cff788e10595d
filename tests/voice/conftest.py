"""A business that is called at a number of Twilio's, over real HTTP and WebSockets."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

import httpx2
import pytest
from sqlalchemy import select

from proli.conversations.accounts import add_channel_account
from proli.platform.runtime import Runtime
from proli.voice.models import Call, CallStream
from proli.voice.numbers import add_voice_number
from proli.voice.talking import Farewell, Line, Sign, TheCall
from proli.voice.twilio import line as twilio_line
from tests.chaos.waiting import until
from tests.conftest import ManualClock
from tests.doubles.green_api import WEBHOOK_TOKEN, GreenApiDouble, running_green_api
from tests.doubles.serving import app_of, served
from tests.doubles.twilio import ACCOUNT, NUMBER, TOKEN, Twilio
from tests.patience import PATIENCE_S

AFRESH = httpx2.Limits(max_keepalive_connections=0)
"""Each request on a connection of its own: one that is kept may be closed by the server as it is used again."""


@dataclass
class ListensOnly:
    """Talks with callers as a test wants it: by itself it listens until they hang up."""

    hears = True
    calls: list[TheCall] = field(default_factory=list[TheCall])
    heard: list[Sign] = field(default_factory=list[Sign])
    act: Callable[[TheCall, Line], Awaitable[Farewell]] | None = None

    async def talk(self, runtime: Runtime, call: TheCall, line: Line) -> Farewell:
        self.calls.append(call)
        if self.act is not None:
            return await self.act(call, line)
        async for frame in line.frames():
            self.heard.append(frame)
        return Farewell()

    async def close(self) -> None: ...


@dataclass
class Desk:
    """The rows of the business's calls."""

    runtime: Runtime
    business_id: int

    async def calls(self) -> list[Call]:
        async with self.runtime.db.begin(self.business_id) as session:
            return list(await session.scalars(select(Call).order_by(Call.id)))

    async def call(self) -> Call:
        (call,) = await self.calls()
        return call

    async def lines(self) -> list[CallStream]:
        async with self.runtime.db.begin(self.business_id) as session:
            return list(await session.scalars(select(CallStream).order_by(CallStream.id)))

    async def until(self, holds: Callable[[Call], bool]) -> Call:
        """The only call, once it is as it should be."""

        async def is_so() -> bool:
            return holds(await self.call())

        await until(is_so, "the call is not as it should be")
        return await self.call()

    async def has_no_line(self) -> bool:
        """Whether every line has ended."""
        return all(one.ended_at is not None for one in await self.lines())


@pytest.fixture
def desk(runtime: Runtime, business_id: int) -> Desk:
    return Desk(runtime, business_id)


@pytest.fixture
async def number_id(runtime: Runtime, business_id: int) -> int:
    async with runtime.db.begin(business_id) as session:
        return await add_voice_number(
            session, runtime.vault, phone_e164=NUMBER, account_sid=ACCOUNT, secrets={"auth_token": TOKEN}
        )


@pytest.fixture
def talker() -> ListensOnly:
    return ListensOnly()


@pytest.fixture
async def twilio(
    runtime: Runtime, number_id: int, talker: ListensOnly, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Twilio]:
    """Twilio, which is not taken for silent on a machine that is busy with other things."""
    monkeypatch.setattr(twilio_line, "START_S", PATIENCE_S)
    monkeypatch.setattr(twilio_line, "SILENCE_S", PATIENCE_S)
    app = app_of(runtime)
    app.state.talker = talker
    async with (
        served(app) as server,
        httpx2.AsyncClient(base_url=server.url, timeout=PATIENCE_S, limits=AFRESH) as http,
    ):
        yield Twilio(http, server.url)
    app.state.talker = None


@pytest.fixture
async def green_api(clock: ManualClock, runtime: Runtime, business_id: int) -> AsyncGenerator[GreenApiDouble]:
    """The business's WhatsApp."""
    async with running_green_api(clock=clock) as double:
        async with runtime.db.begin(business_id) as session:
            await add_channel_account(
                session, runtime.vault,
                provider="green_api", external_id=double.id_instance, credentials=double.credentials,
                webhook_token=WEBHOOK_TOKEN,
            )  # fmt: skip
        yield double
