"""A whole Hebrew booking, its tools called in the wire formats of a double that others wrote."""

import json

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from proli.dispatch.models import Offer
from proli.platform.agent_settings import ModelSettings
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import Settings
from proli.traces.models import Turn as TurnRow
from tests.aimock.conftest import Aimock
from tests.journeys.world import World, populate

EVERYTHING = "שלום, יש לי נזילה בכיור במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"


@pytest.mark.filterwarnings("ignore:FUNCTION_CALL is not a valid FinishReason:UserWarning")  # aimock's own reason
@pytest.mark.parametrize("entry", ["google:gemini-3.1-flash-lite", "openai-chat:gpt-6-luna"])
async def test_a_leak_is_offered_to_a_professional_by_a_model(
    runtime: Runtime, queue: Queue, business_id: int, settings: Settings, aimock: Aimock, entry: str
) -> None:
    settings.model = ModelSettings(
        ladder=entry,
        gemini_api_key=SecretStr("k"),
        openai_api_key=SecretStr("k"),
        gemini_base_url=aimock.url,
        openai_base_url=f"{aimock.url}/v1",
    )
    await populate(runtime, business_id)
    world = World(runtime, queue, business_id)
    (reply,) = await world.customer.say(EVERYTHING)
    assert reply.text.startswith("הבקשה למחר בשעה 16:00 נשלחה לאיש מקצוע")
    (offer,) = await world.yossi.unread()
    assert "ביאליק 30" in offer.text
    async with runtime.db.begin(business_id) as session:
        turn = (await session.scalars(select(TurnRow))).one()
        assert len((await session.scalars(select(Offer))).all()) == 1
    assert turn.model == entry.partition(":")[2]
    assert turn.trace["rewritten"] is None
    assert [tool["tool"] for tool in turn.trace["tools"]] == ["save_details", "find_times", "request_visit"]
    journal = await aimock.journal()
    assert len(journal) == 4
    assert "ביאליק" in json.dumps(journal[0], ensure_ascii=False)

    (details,) = await world.yossi.tap(offer, 0)
    assert "050-000-0001" in details.text
    (confirmation,) = await world.customer.unread()
    assert "הביקור נקבע" in confirmation.text
