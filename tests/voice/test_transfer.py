"""A caller is connected to a person: who is rung, what they hear, and what becomes of the call."""

import itertools
from dataclasses import replace

import pytest

from proli.accounts.actor import BY_AGENT
from proli.accounts.models import AuditEntry
from proli.leads.actions import open_lead
from proli.leads.models import EntryKind, LeadEntry
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.voice.rules import CallOutcome, CallState
from proli.voice.talking import Farewell, Line, TheCall
from tests.conftest import ManualClock
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.serving import app_of
from tests.doubles.twilio import CALLER, NUMBER, VOICE, Order, Twilio, fields_of, line, order_of, signed
from tests.voice.conftest import Desk, ListensOnly
from tests.voice.live.conftest import rows
from tests.voice.transfers import DANA, LEADING, YOSSI, take_calls, transfer_of


@pytest.fixture
def talker() -> ListensOnly:
    async def lead_on(call: TheCall, _: Line) -> Farewell:
        return Farewell(led_on=LEADING) if call.lines == 1 else Farewell()

    return ListensOnly(act=lead_on)


async def led_on(twilio: Twilio) -> Order:
    """The caller was told that they are connected, and the line has ended."""
    async with line(order_of(await twilio.ring())) as caller:
        await caller.closed()
    return order_of(await twilio.after())


async def test_the_next_is_rung_until_one_takes_the_call_and_what_is_known_is_heard_and_read(
    twilio: Twilio, desk: Desk, runtime: Runtime, green_api: GreenApiDouble, queue: Queue
) -> None:
    await twilio.ring()
    async with runtime.db.begin(desk.business_id) as session:
        call = await desk.call()
        assert call.contact_id is not None
        lead = await open_lead(
            session, contact_id=call.contact_id, conversation_id=None, actor=BY_AGENT, now=call.started_at
        )
        lead.trade, lead.issue, lead.locality, lead.customer_name = "plumber", None, "רמת גן", "רותי"
    first = await led_on(twilio)
    assert (first.verbs, first.phone, first.caller) == (["Dial"], DANA, NUMBER)
    second = order_of(await twilio.dialled(first))
    assert second.phone == YOSSI
    heard = order_of(await twilio.picks_up(second))
    assert heard.verbs == ["Gather", "Gather", "Hangup"]
    assert all(word in heard.says for word in ("רותי", "אינסטלציה", "רמת גן", "להקיש אחת"))
    assert order_of(await twilio.presses(second, heard.chosen, "1")).verbs == []
    call = await desk.call()
    assert (call.outcome, call.taken_by, call.ended_at) == (CallOutcome.transferred, "יוסי", None)
    assert order_of(await twilio.dialled(second, said="completed")).verbs == ["Hangup"]
    await twilio.status("completed")
    call = await desk.call()
    assert (call.outcome, call.state, call.ended_at is not None) == (CallOutcome.transferred, CallState.completed, True)
    await queue.drain()
    (told,) = green_api.sent
    assert YOSSI[1:] in told.chat_id
    assert all(word in told.text for word in ("השיחה שקיבלת", "רותי", "רמת גן"))
    assert [(one.kind, one.details) for one in await rows(desk, LeadEntry)][-1] == (
        EntryKind.call_taken,
        {"by": "יוסי"},
    )
    assert ("call.taken", {"by": "יוסי"}) in [(one.action, one.details) for one in await rows(desk, AuditEntry)]


async def test_when_nobody_takes_the_call_the_line_is_opened_again_and_it_is_known_why(
    twilio: Twilio, desk: Desk, talker: ListensOnly
) -> None:
    order = await led_on(twilio)
    order = order_of(await twilio.dialled(order, said="busy"))
    order = order_of(await twilio.dialled(order, said="failed"))
    assert order.verbs == ["Connect"]
    async with line(order) as caller:
        await caller.closed()
    assert [one.came_back for one in talker.calls] == [None, LEADING.reason]
    assert (await desk.until(lambda one: one.ended_at is not None)).outcome is CallOutcome.finished


@pytest.mark.parametrize("digit", ["2", "", "11"])
async def test_with_another_key_the_call_is_left_to_the_next(twilio: Twilio, desk: Desk, digit: str) -> None:
    order = await led_on(twilio)
    heard = order_of(await twilio.picks_up(order))
    assert order_of(await twilio.presses(order, heard.chosen, digit)).verbs == ["Hangup"]
    assert order_of(await twilio.dialled(order, said="completed")).phone == YOSSI
    assert (await desk.call()).taken_by is None


async def test_what_is_told_of_a_transfer_comes_to_the_same_in_any_order_and_repetition(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    """One takes the call, while all else that was ever told comes twice and in every order."""
    first = await led_on(twilio)
    second = order_of(await twilio.dialled(first))
    chosen = order_of(await twilio.picks_up(second)).chosen
    assert order_of(await twilio.presses(second, chosen, "1")).verbs == []
    stale = chosen.replace("step=1", "step=0")
    late = {
        "again": lambda: twilio.presses(second, chosen, "1"),
        "stale": lambda: twilio.presses(first, stale, "1"),
        "picks up": lambda: twilio.picks_up(first),
        "state": lambda: twilio.status("in-progress"),
    }
    for order in itertools.permutations(late):
        for name in order[:2]:
            assert (await late[name]()).status_code == 200
    call = await desk.call()
    assert (call.outcome, call.taken_by, call.ended_at) == (CallOutcome.transferred, "יוסי", None)
    gone = order_of(await late["stale"]())
    assert gone.verbs == ["Say", "Hangup"]
    assert "אינה ממתינה" in gone.says
    await twilio.status("completed")
    for again in (twilio.dialled(first), twilio.dialled(second), twilio.after()):
        assert order_of(await again).verbs == ["Hangup"]
    await queue.drain()
    assert len([one for one in green_api.sent if "השיחה שקיבלת" in one.text]) == 1
    assert len([one for one in await rows(desk, AuditEntry) if one.action == "call.taken"]) == 1


async def test_a_caller_who_hangs_up_while_somebody_is_rung_is_gone_for_them(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    order = await led_on(twilio)
    heard = order_of(await twilio.picks_up(order))
    await twilio.status("completed")
    assert order_of(await twilio.presses(order, heard.chosen, "1")).verbs == ["Say", "Hangup"]
    assert order_of(await twilio.dialled(order)).verbs == ["Hangup"]
    call = await desk.call()
    assert (call.taken_by, call.outcome) == (None, CallOutcome.dropped)
    assert (await transfer_of(desk)).ended_at == call.ended_at
    await queue.drain()
    assert [one.text for one in green_api.sent if CALLER[1:] in one.chat_id]


async def test_a_call_that_is_led_on_does_not_lapse_while_somebody_is_rung(
    twilio: Twilio, desk: Desk, queue: Queue, clock: ManualClock
) -> None:
    await led_on(twilio)
    clock.advance(seconds=40)
    await queue.drain(until=clock.now())
    assert (await desk.call()).ended_at is None


async def test_a_line_that_cannot_be_opened_any_more_leads_to_people(
    twilio: Twilio, desk: Desk, runtime: Runtime
) -> None:
    await take_calls(desk)
    await twilio.ring()
    app_of(runtime).state.talker = None
    order = order_of(await twilio.after())
    assert (order.phone, (await transfer_of(desk)).reason) == (DANA, "trouble")
    order = order_of(await twilio.dialled(order_of(await twilio.dialled(order))))
    assert order.verbs == ["Say", "Record", "Say", "Hangup"]


@pytest.mark.parametrize("path", ["/dialled", "/whisper", "/takes"])
async def test_what_is_not_signed_takes_no_call(twilio: Twilio, desk: Desk, path: str) -> None:
    order = await led_on(twilio)
    about = order.whisper.partition("?")[2]
    fields = fields_of("voice_inbound", CallSid="CA" + "e" * 32, Digits="1")
    answer = await twilio.post(f"{VOICE}{path}?{about}", fields, signed(twilio.public_url + VOICE + path, fields))
    assert answer.status_code == 403
    transfer = await transfer_of(desk)
    assert (transfer.step, transfer.taken_at) == (0, None)


async def test_a_transfer_of_another_call_is_none_of_this_one(twilio: Twilio, desk: Desk) -> None:
    order = await led_on(twilio)
    other = "CA" + "b" * 32
    await twilio.ring(other, From="+972500000009")
    stranger = replace(order, whisper=order.whisper.replace(f"of={'CA' + '0' * 31 + '1'}", f"of={other}"))
    assert order_of(await twilio.picks_up(stranger, call=other)).verbs == ["Hangup"]
