"""Customers are called: who asked for it, at the hour they named, once, and as often as is decent."""

import asyncio
from datetime import datetime, timedelta

import pytest

from proli.contacts.actions import Said, opt_out
from proli.demo.player import Player
from proli.leads.models import Lead
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.voice.jobs import see_to_planned
from proli.voice.models import Call
from proli.voice.out_rules import CallOutState
from proli.voice.ringing import ring
from proli.voice.rules import CallDirection, CallOutcome
from tests.conftest import ManualClock
from tests.console import Browser, console, manager
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import CALLER, NUMBER, Twilio, line, order_of
from tests.doubles.twilio_rest import TwilioApi
from tests.voice.calls_out import api, planned, someone, switch, wait_until
from tests.voice.conftest import Desk
from tests.voice.live.conftest import rows

__all__ = ["api", "console", "manager"]

OUT = "/api/businesses/moran/calls/out"
FIRST = "CA" + "0" * 31 + "1"


@pytest.fixture
def friday(clock: ManualClock) -> datetime:
    """Eight o'clock on the evening of a Friday."""
    clock.at += timedelta(days=(4 - clock.at.weekday()) % 7)
    clock.at = clock.at.replace(hour=18, minute=0)
    return clock.at


async def ask(manager: Browser, lead_id: int, **more: str) -> tuple[int, dict[str, str]]:
    answer = await manager.call("POST", OUT, {"lead_id": lead_id, **more})
    return answer.status_code, answer.json()


async def test_who_asks_to_be_called_is_called_at_the_hour_and_again_until_they_answer(
    runtime: Runtime, desk: Desk, api: TwilioApi, twilio: Twilio, queue: Queue, clock: ManualClock
) -> None:
    await switch(desk, calls_back=True)
    await Player(runtime, desk.business_id, CALLER, "רותי").say("שלום, תתקשרו אליי בבקשה מחר בעשר בבוקר")
    await queue.drain(until=clock.now() + timedelta(minutes=5))
    (one,) = await planned(desk)
    tomorrow = clock.now() + timedelta(days=1)
    assert one.due_at == tomorrow.replace(hour=8, minute=0, second=0, microsecond=0)  # ten o'clock in Israel
    await wait_until(runtime, queue, one.due_at)
    (made,) = api.made
    assert (made["From"], made["To"], made["MachineDetection"]) == ([NUMBER], [CALLER], ["DetectMessageEnd"])
    await twilio.of_out(made, FIRST, "ringing")
    await twilio.of_out(made, FIRST, "busy")
    await wait_until(runtime, queue, clock.now())
    (one,) = await planned(desk)
    assert (one.state, one.tries, one.due_at - clock.now()) == (CallOutState.waiting, 1, timedelta(minutes=10))
    await wait_until(runtime, queue, one.due_at)
    second = "CA" + "0" * 31 + "2"
    order = order_of(await twilio.of_out(api.made[1], second, "in-progress", AnsweredBy="human"))
    assert order.verbs == ["Connect"]
    async with line(order, second) as caller:
        await caller.hang_up()
    await twilio.of_out(api.made[1], second, "completed")
    (one,) = await planned(desk)
    assert (one.state, one.tries) == (CallOutState.talked, 2)
    calls = await rows(desk, Call)
    assert {call.direction for call in calls} == {CallDirection.outbound}
    assert [call.phone_e164 for call in calls] == [CALLER, CALLER]
    assert [lead.attention for lead in await rows(desk, Lead)] == [None]
    clock.advance(hours=8)
    await queue.drain(until=clock.now())
    assert len(api.made) == 2


async def test_whom_staff_want_to_be_called_is_not_rung_on_shabbat_and_reads_so_when_nobody_answers(
    friday: datetime, manager: Browser, runtime: Runtime, desk: Desk, api: TwilioApi, twilio: Twilio, queue: Queue,
    clock: ManualClock, green_api: GreenApiDouble,
) -> None:  # fmt: skip
    _, lead_id = await someone(desk)
    status, shown = await ask(manager, lead_id)
    assert status == 201
    due_at = datetime.fromisoformat(shown["due_at"])
    assert (due_at.date(), due_at.hour) == (friday.date() + timedelta(days=1), 15)  # when Shabbat is out in Israel
    await wait_until(runtime, queue, clock.now() + timedelta(hours=3))
    assert api.made == []
    for number, state in ((1, "no-answer"), (2, "busy"), (3, "failed")):
        await wait_until(runtime, queue, (await planned(desk))[0].due_at)
        assert len(api.made) == number
        await twilio.of_out(api.made[-1], f"CA{number:032x}", state)
        await wait_until(runtime, queue, clock.now())
    (one,) = await planned(desk)
    assert (one.state, one.tries) == (CallOutState.unreached, 3)
    clock.advance(hours=14)
    await queue.drain(until=clock.now())
    assert [sent.text for sent in green_api.sent if CALLER[1:] in sent.chat_id and "התקשרנו אליך" in sent.text]
    assert len(green_api.sent) == 1
    assert len(api.made) == 3


async def test_a_call_of_which_nobody_knows_is_not_made_again_however_many_try(
    runtime: Runtime, manager: Browser, desk: Desk, api: TwilioApi, queue: Queue, clock: ManualClock
) -> None:
    _, lead_id = await someone(desk)
    api.answers = [500]
    await ask(manager, lead_id)
    (one,) = await planned(desk)
    await asyncio.gather(*(ring(runtime, desk.business_id, one.id) for _ in range(4)))
    await queue.drain(until=clock.now())
    clock.advance(minutes=11)
    async with runtime.db.begin(desk.business_id) as session:
        await see_to_planned(runtime, session, one.id, clock.now())
    await queue.drain(until=clock.now() + timedelta(hours=4))
    assert len(api.made) == 1
    assert (await planned(desk))[0].state is CallOutState.doubtful


async def test_a_provider_that_takes_no_calls_is_asked_again_and_one_that_refuses_is_not(
    runtime: Runtime, manager: Browser, desk: Desk, api: TwilioApi, queue: Queue, clock: ManualClock
) -> None:
    _, lead_id = await someone(desk)
    api.answers = [429, 400]
    await ask(manager, lead_id)
    await queue.drain(until=clock.now())
    (one,) = await planned(desk)
    assert (one.state, one.tries) == (CallOutState.waiting, 0)
    await wait_until(runtime, queue, one.due_at)
    assert (await planned(desk))[0].state is CallOutState.unreached
    assert api.made == []


@pytest.mark.parametrize(
    ("by", "verbs", "state"),
    [
        ("machine_end_beep", ["Say", "Hangup"], CallOutState.word_left),
        ("fax", ["Hangup"], CallOutState.unreached),
    ],
)
async def test_a_machine_hears_who_called_and_nothing_else(
    runtime: Runtime, manager: Browser, desk: Desk, api: TwilioApi, twilio: Twilio, queue: Queue, clock: ManualClock,
    by: str, verbs: list[str], state: CallOutState,
) -> None:  # fmt: skip
    _, lead_id = await someone(desk)
    await ask(manager, lead_id)
    await queue.drain(until=clock.now())
    order = order_of(await twilio.of_out(api.made[0], FIRST, "in-progress", AnsweredBy=by))
    assert order.verbs == verbs
    await twilio.of_out(api.made[0], FIRST, "completed", AnsweredBy=by)
    assert (await planned(desk))[0].state is state
    assert (await desk.call()).outcome is CallOutcome.machine


async def test_nobody_is_called_who_is_on_a_call_or_has_asked_to_be_left_alone(
    runtime: Runtime, manager: Browser, desk: Desk, api: TwilioApi, twilio: Twilio, queue: Queue, clock: ManualClock
) -> None:
    contact_id, lead_id = await someone(desk)
    await ask(manager, lead_id)
    async with line(order_of(await twilio.ring())) as caller:
        await desk.until(lambda call: call.connected_at is not None)
        await queue.drain(until=clock.now())
        assert api.made == []
        await caller.hang_up()
    await desk.until(lambda call: call.ended_at is not None)
    async with runtime.db.begin(desk.business_id) as session:
        await opt_out(session, contact_id, Said("לא להתקשר יותר"), now=clock.now())
    await wait_until(runtime, queue, (await planned(desk))[0].due_at)
    assert api.made == []
    assert (await planned(desk))[0].state is CallOutState.off
    assert (await ask(manager, lead_id))[1]["code"] == "cannot_be_rung"


async def test_what_is_not_signed_or_of_another_try_opens_no_line(
    runtime: Runtime, manager: Browser, desk: Desk, api: TwilioApi, twilio: Twilio, queue: Queue, clock: ManualClock
) -> None:
    _, lead_id = await someone(desk)
    await ask(manager, lead_id)
    await queue.drain(until=clock.now())
    made = api.made[0]
    other = {**made, "Url": [made["Url"][0].replace("try=1", "try=2")]}
    assert order_of(await twilio.of_out(other, "CA" + "d" * 32, "in-progress")).verbs == ["Hangup"]
    url = made["Url"][0].removeprefix(twilio.public_url)
    assert (await twilio.post(url, {"CallSid": FIRST, "AccountSid": "AC" + "0" * 32}, {})).status_code == 403
    assert (await planned(desk))[0].state is CallOutState.ringing
