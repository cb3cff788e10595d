"""Numbers: shown without their secrets, and tried with a message that goes the way of all others."""

import pytest
from sqlalchemy import select

from proli.channels.simulator.channel import ensure_account
from proli.contacts.actions import Said, opt_out
from proli.contacts.addresses import ensure_contact
from proli.conversations.accounts import add_channel_account, remove_channel_account
from proli.conversations.errors import ChannelAccountUsed
from proli.conversations.models import ChannelAccount, Delivery, Message
from tests.conftest import ManualClock
from tests.console import Browser
from tests.journeys.world import World

CHANNELS = "/api/businesses/moran/channels"


async def connect(world: World) -> int:
    async with world.runtime.db.begin(world.business_id) as session:
        return await ensure_account(session, world.runtime)


async def test_numbers_are_shown_without_their_secrets(manager: Browser, world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await add_channel_account(
            session, world.runtime.vault, provider="green_api", external_id="1101822744",
            webhook_token="w-secret-of-sixteen", credentials={"api_token": "t-secret"},
        )  # fmt: skip
    answer = await manager.call("GET", CHANNELS)
    (number,) = answer.json()
    assert number == {
        **number,
        "provider": "green_api",
        "external_id": "***2744",
        "health": "unknown",
        "state_at": None,
    }
    assert set(number) == {"id", "provider", "external_id", "health", "state_at"}


async def test_a_test_message_goes_out_once_a_minute(manager: Browser, world: World, clock: ManualClock) -> None:
    path = f"{CHANNELS}/{await connect(world)}/test"
    queued = await manager.call("POST", path, {"phone": "050-000-0009"})
    assert queued.status_code == 202
    again = await manager.call("POST", path, {"phone": "0500000009"})
    assert (again.status_code, again.json()["code"]) == (429, "tested_just_now")
    await world.queue.drain()
    async with world.runtime.db.begin(world.business_id) as session:
        (sent,) = await session.scalars(select(Message))
        assert (sent.id, sent.delivery) == (queued.json()["message_id"], Delivery.sent)
        assert "מורן שירותי בית" in sent.text


async def test_nobody_who_does_not_want_to_hear_from_us_gets_a_test(manager: Browser, world: World) -> None:
    channel_id = await connect(world)
    async with world.runtime.db.begin(world.business_id) as session:
        contact = await ensure_contact(session, phone_e164="+972500000009")
        await opt_out(session, contact.id, Said("הסר"), now=world.runtime.clock.now())
    path = f"{CHANNELS}/{channel_id}/test"
    assert (await manager.call("POST", path, {"phone": "0500000009"})).json()["code"] == "opted_out"
    assert (await manager.call("POST", path, {"phone": "12"})).json()["code"] == "bad_setting"
    nowhere = await manager.call("POST", f"{CHANNELS}/{channel_id + 1}/test", {"phone": "0500000008"})
    assert nowhere.json()["code"] == "channel_account_not_found"


async def test_a_number_with_which_anybody_has_spoken_stays(world: World) -> None:
    await world.customer.say("שלום")
    async with world.runtime.db.begin(world.business_id) as session:
        used = (await session.scalars(select(ChannelAccount))).one()
        with pytest.raises(ChannelAccountUsed):
            await remove_channel_account(session, used.external_id)
        assert (await session.scalars(select(Message))).all() != []
