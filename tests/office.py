"""A business whose agent thinks with models that run on loopback."""

from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass, field
from typing import Any

import pytest
from loguru import logger
from pydantic import SecretStr
from sqlalchemy import select

from proli.dispatch.models import Offer
from proli.platform.agent_settings import ModelSettings
from proli.platform.settings import Settings
from proli.traces.models import Turn as TurnRow
from tests.console import console
from tests.doubles.models import GEMINI_KEY, OPENAI_KEY, ModelsDouble, running_models
from tests.journeys.world import World, world

__all__ = ["console", "world"]

LADDER = "google:gemini-a,openai:gpt-b"
EVERYTHING = "שלום, יש לי נזילה בכיור במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"
AT_FOUR = "2070-11-24T16:00:00+02:00"


@pytest.fixture
async def models() -> AsyncGenerator[ModelsDouble]:
    async with running_models() as double:
        yield double


def model_settings(url: str, ladder: str = LADDER, *, timeout_s: float = 30, **more: Any) -> ModelSettings:
    """Both providers at the double, with its keys."""
    double: dict[str, Any] = {
        "gemini_api_key": SecretStr(GEMINI_KEY),
        "openai_api_key": SecretStr(OPENAI_KEY),
        "gemini_base_url": url,
        "openai_base_url": f"{url}/v1",
    }
    return ModelSettings(ladder=ladder, timeout_s=timeout_s, **(double | more))


@pytest.fixture
async def office(world: World, models: ModelsDouble, settings: Settings) -> "Office":
    settings.model = model_settings(models.url)
    return Office(world, models)


@dataclass
class Office:
    """The world with models on its ladder, and what they left behind."""

    world: World
    models: ModelsDouble

    async def say(self, text: str) -> str:
        """What the customer gets back, all of it."""
        return "\n".join(message.text for message in await self.world.customer.say(text))

    async def rows[T](self, table: type[T]) -> list[T]:
        async with self.world.runtime.db.begin(self.world.business_id) as session:
            return list(await session.scalars(select(table)))

    async def turns(self) -> list[TurnRow]:
        return sorted(await self.rows(TurnRow), key=lambda turn: turn.id)

    async def offers(self) -> list[Offer]:
        return await self.rows(Offer)


@dataclass
class Log:
    lines: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def log() -> Generator[Log]:
    """Everything logged during the test, exceptions and debug lines included."""
    kept = Log()
    sink = logger.add(lambda line: kept.lines.append(str(line)), level="TRACE", diagnose=True, backtrace=True)
    yield kept
    logger.remove(sink)
