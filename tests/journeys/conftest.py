from collections.abc import AsyncGenerator

import pytest

from proli.conversations.accounts import add_channel_account
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.conftest import ManualClock
from tests.doubles.green_api import WEBHOOK_TOKEN, running_green_api
from tests.doubles.serving import app_of, served
from tests.journeys.whatsapp import WhatsApp
from tests.journeys.world import populate, world

__all__ = ["world"]


@pytest.fixture
async def whatsapp(runtime: Runtime, queue: Queue, business_id: int, clock: ManualClock) -> AsyncGenerator[WhatsApp]:
    """A business with two plumbers, whose number is at Green API's double and whose webhook is real HTTP."""
    await populate(runtime, business_id)
    async with running_green_api(clock=clock) as double, served(app_of(runtime)) as server:
        async with runtime.db.begin(business_id) as session:
            await add_channel_account(
                session,
                runtime.vault,
                provider="green_api",
                external_id=double.id_instance,
                credentials=double.credentials,
                webhook_token=WEBHOOK_TOKEN,
            )
        yield WhatsApp(runtime, queue, double, f"{server.url}/webhooks/green-api", business_id)
