"""Somebody in the console takes a call that is under way to a phone of their own."""

from collections.abc import AsyncGenerator

import pytest

from proli.accounts.models import AuditEntry
from proli.platform.queue import Queue
from proli.platform.settings import Settings
from proli.voice.rules import CallOutcome, TransferReason
from tests.console import Browser, console, manager
from tests.doubles.twilio import CALL, CALLER, NUMBER, Order, Twilio, line, order_of
from tests.doubles.twilio_rest import TwilioApi, running_twilio_api
from tests.voice.conftest import Desk
from tests.voice.live.conftest import rows
from tests.voice.transfers import transfer_of

__all__ = ["console", "manager"]

OWN = "+972521110003"


@pytest.fixture
async def api(settings: Settings, twilio: Twilio) -> AsyncGenerator[TwilioApi]:
    async with running_twilio_api() as double:
        settings.voice = settings.voice.model_copy(update={"twilio_url": double.url})
        settings.http = settings.http.model_copy(update={"public_url": twilio.public_url})
        yield double


async def take(browser: Browser, call_id: int, phone: str = "052-111-0003") -> tuple[int, str]:
    answer = await browser.call("POST", f"/api/businesses/moran/calls/{call_id}/takeover", {"phone": phone})
    return answer.status_code, "" if answer.status_code == 204 else answer.json()["code"]


async def led(twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue, manager: Browser) -> Order:
    """A call that is talked on was taken over, and Twilio has asked what comes next."""
    async with line(order_of(await twilio.ring())) as caller:
        call = await desk.until(lambda one: one.connected_at is not None)
        assert await take(manager, call.id) == (204, "")
        await queue.drain()
        ((sid, url),) = api.led
        assert (sid, url) == (CALL, f"{twilio.public_url}/webhooks/twilio/voice/after")
        await caller.hang_up()  # as Twilio ends the line of a call that it leads elsewhere
    return order_of(await twilio.after())


async def test_the_call_leaves_its_line_and_whoever_takes_it_has_it_with_a_key(
    manager: Browser, twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue
) -> None:
    order = await led(twilio, desk, api, queue, manager)
    assert (order.verbs, order.phone, order.caller) == (["Dial"], OWN, NUMBER)
    heard = order_of(await twilio.picks_up(order))
    await twilio.presses(order, heard.chosen, "1")
    call = await desk.call()
    assert (call.outcome, bool(call.taken_by), call.ended_at) == (CallOutcome.transferred, True, None)
    assert (await transfer_of(desk)).reason is TransferReason.takeover
    assert "call.taken_over" in [one.action for one in await rows(desk, AuditEntry)]
    assert await take(manager, call.id) == (409, "call_is_over")
    await twilio.status("completed")
    assert (await desk.call()).ended_at is not None


async def test_when_they_do_not_take_it_the_line_is_opened_again(
    manager: Browser, twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue
) -> None:
    order = await led(twilio, desk, api, queue, manager)
    assert order_of(await twilio.dialled(order)).verbs == ["Connect"]
    assert (await desk.call()).ended_at is None


async def test_while_twilio_cannot_be_asked_the_talk_goes_on_and_it_may_be_tried_again(
    manager: Browser, twilio: Twilio, desk: Desk, api: TwilioApi, queue: Queue
) -> None:
    api.away = True
    async with line(order_of(await twilio.ring())):
        call = await desk.until(lambda one: one.connected_at is not None)
        assert await take(manager, call.id) == (204, "")
        assert await take(manager, call.id) == (409, "call_is_ringing")
        await queue.drain()
        assert (await transfer_of(desk)).ended_at is not None
        assert (await desk.call()).ended_at is None
        assert await take(manager, call.id) == (204, "")


async def test_a_call_that_cannot_be_taken_is_left_alone(
    manager: Browser, twilio: Twilio, desk: Desk, api: TwilioApi, settings: Settings
) -> None:
    async with line(order_of(await twilio.ring())):
        call = await desk.until(lambda one: one.connected_at is not None)
        assert await take(manager, call.id, "12") == (422, "bad_setting")
        assert await take(manager, call.id, CALLER) == (409, "call_is_over")
        assert await take(manager, call.id + 1) == (404, "call_not_found")
        settings.http = settings.http.model_copy(update={"public_url": None})
        assert await take(manager, call.id) == (409, "no_public_address")
    assert api.led == []
