"""A call that broke off or that nobody took goes on in writing at once, and asks for nothing that is known."""

from datetime import timedelta

from sqlalchemy import select

from proli.accounts.models import Business
from proli.contacts.actions import Said, opt_out
from proli.contacts.models import Contact
from proli.conversations.inbox import take_over
from proli.conversations.models import Conversation, Direction, Message, MessageKind
from proli.conversations.opening import write_to
from proli.conversations.reasons import PersonReason
from proli.leads.models import Lead, LeadStatus
from proli.platform.queue import Queue
from proli.sweeps.running import run_due
from proli.voice.actions import A_WORD_S
from proli.voice.carrying_on import carry_on
from proli.voice.events import CallLapses
from proli.voice.jobs import lapse
from proli.voice.lines import RETURN_S
from proli.voice.rules import SILENT_FOR, CallOutcome, CallState
from proli.voice.talking import Farewell, Line, TheCall
from proli.voice.transcript import add_turn
from tests.chaos.waiting import until
from tests.conftest import ManualClock
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import CALL, CALLER, VOICE, Twilio, line, new_call, order_of
from tests.voice.conftest import Desk, ListensOnly

MOST_S = 5.0


def test_nobody_waits_longer_for_a_message_than_the_longest_wait_for_news_and_a_moment() -> None:
    assert max(A_WORD_S, RETURN_S) <= MOST_S - 1


async def out(desk: Desk) -> list[Message]:
    async with desk.runtime.db.begin(desk.business_id) as session:
        wrote = select(Message).where(Message.direction == Direction.outbound).order_by(Message.id)
        return list(await session.scalars(wrote))


async def missed(twilio: Twilio, queue: Queue, call: str = CALL, **changes: str) -> None:
    """Somebody calls and gives up before anybody could talk."""
    await twilio.ring(call, **changes)
    await twilio.status("no-answer", call, CallDuration="0", **changes)
    await queue.drain()


async def dropped(twilio: Twilio, desk: Desk, queue: Queue, call: str = CALL) -> None:
    order = order_of(await twilio.ring(call))
    async with line(order, call) as caller:
        await caller.speak()
        await caller.hang_up()

    async def is_over() -> bool:
        return all(one.ended_at is not None for one in await desk.calls())

    await until(is_over, "the call did not end")
    await queue.drain()


async def add_lead(desk: Desk, **about: object) -> int:
    async with desk.runtime.db.begin(desk.business_id) as session:
        contact = Contact(phone_e164=CALLER, name="דנה")
        session.add(contact)
        await session.flush()
        lead = Lead(contact_id=contact.id, status=LeadStatus.new, **about)
        session.add(lead)
        await session.flush()
        return contact.id


async def test_who_called_and_was_not_served_is_asked_in_writing_what_it_is_about(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    await missed(twilio, queue)
    (message,) = await out(desk)
    assert message.text.splitlines() == [
        "שלום, הגעת ל\u2068מורן שירותי בית\u2069.",
        "ראינו שהתקשרת. אפשר לכתוב כאן במה מדובר, ונענה מיד.",
    ]
    assert message.code == "missed_call"
    (sent,) = green_api.sent
    assert sent.chat_id == "972500000001@c.us"


async def test_a_call_that_broke_off_goes_on_with_the_question_that_comes_next_and_none_that_is_known(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    await add_lead(desk, trade="plumber", issue="leak", description="נזילה", locality="רמת גן", address="ביאליק 17")
    await dropped(twilio, desk, queue)
    (message,) = await out(desk)
    assert "השיחה שלנו נקטעה. אפשר להמשיך כאן." in message.text
    assert "במה מדובר" not in message.text
    assert message.text.rstrip().endswith("?")
    async with desk.runtime.db.begin(desk.business_id) as session:
        conversation = (await session.scalars(select(Conversation))).one()
    assert conversation.asked == "time"


async def test_what_was_said_in_the_call_stands_in_the_conversation_and_wants_no_answer(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, talker: ListensOnly, clock: ManualClock
) -> None:
    async def act(call: TheCall, there: Line) -> Farewell:
        async with desk.runtime.db.begin(desk.business_id) as session:
            for number, words in enumerate(["שלום", "יש לי נזילה ברמת גן"], start=1):
                await add_turn(session, call.call_id, number=number, speaker="caller", text=words, began_at=clock.now())
        async for _ in there.frames():
            pass
        return Farewell()

    talker.act = act
    await dropped(twilio, desk, queue)
    async with desk.runtime.db.begin(desk.business_id) as session:
        heard = (await session.scalars(select(Message).where(Message.direction == Direction.inbound))).one()
    assert (heard.kind, heard.text, heard.wants_answer) == (MessageKind.call, "שלום\nיש לי נזילה ברמת גן", False)


async def test_it_is_said_once_whatever_is_told_again(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    await dropped(twilio, desk, queue)
    for _ in range(3):
        await twilio.status("completed")
        await twilio.after(CallStatus="completed")
        await twilio.tell(f"{VOICE}/stream", "stream_status_callback", StreamEvent="stream-stopped")
        await queue.drain()
    async with desk.runtime.db.begin(desk.business_id) as session:
        await carry_on(session, (await desk.call()).id, now=desk.runtime.clock.now())
    await queue.drain()
    assert len(await out(desk)) == 1


async def test_who_calls_again_and_again_is_written_to_once_until_they_answer_or_time_has_passed(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    for _ in range(3):
        await missed(twilio, queue, new_call())
        clock.advance(minutes=1)
    assert len(await out(desk)) == 1
    clock.advance(hours=1)
    await missed(twilio, queue, new_call())
    assert len(await out(desk)) == 2


async def test_who_is_talking_with_us_again_by_then_is_not_written_to(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    await twilio.ring(new_call())
    await missed(twilio, queue)
    assert await out(desk) == []


async def test_a_call_that_ended_well_is_left_at_that(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, talker: ListensOnly
) -> None:
    async def act(_: TheCall, __: Line) -> Farewell:
        return Farewell(CallOutcome.finished)

    talker.act = act
    async with line(order_of(await twilio.ring())) as caller:
        await caller.closed()
    await queue.drain()
    assert (await desk.call()).outcome == CallOutcome.finished
    assert await out(desk) == []


async def test_it_answers_at_any_hour(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    clock.advance(hours=17)  # two at night
    await missed(twilio, queue)
    assert len(green_api.sent) == 1


async def test_who_wants_no_messages_gets_none_and_a_person_is_called_to_the_request_not_to_write(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    contact_id = await add_lead(desk)
    async with desk.runtime.db.begin(desk.business_id) as session:
        await write_to(session, contact_id)
        await opt_out(session, contact_id, Said("הסר"), now=clock.now())
    await missed(twilio, queue)
    assert await out(desk) == []
    async with desk.runtime.db.begin(desk.business_id) as session:
        assert (await session.scalars(select(Lead))).one().attention == PersonReason.callback
        assert (await session.scalars(select(Conversation))).one().called_for is None


async def test_whom_a_human_answers_is_left_to_them(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    contact_id = await add_lead(desk)
    async with desk.runtime.db.begin(desk.business_id) as session:
        conversation = await write_to(session, contact_id)
        await take_over(session, conversation_id=conversation.id, now=clock.now())
    await missed(twilio, queue)
    assert await out(desk) == []


async def test_nobody_is_written_to_who_cannot_be(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    await missed(twilio, queue, new_call(), From="anonymous")
    await missed(twilio, queue, new_call(), From="+97236123456")
    assert await out(desk) == []
    assert {call.outcome for call in await desk.calls()} == {CallOutcome.missed}


async def test_a_landline_with_an_open_request_is_left_to_a_person(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    await twilio.ring(From="+97236123456")
    async with desk.runtime.db.begin(desk.business_id) as session:
        session.add(Lead(contact_id=(await desk.call()).contact_id, status=LeadStatus.new))
    await twilio.status("no-answer", From="+97236123456")
    await queue.drain()
    async with desk.runtime.db.begin(desk.business_id) as session:
        assert (await session.scalars(select(Lead))).one().attention == PersonReason.callback


async def test_a_business_without_whatsapp_just_has_the_call_in_its_log(
    twilio: Twilio, desk: Desk, queue: Queue
) -> None:
    await missed(twilio, queue)
    assert await out(desk) == []
    assert (await desk.call()).outcome == CallOutcome.missed


async def test_staff_who_call_are_not_written_to_as_customers(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    async with desk.runtime.db.begin(desk.business_id) as session:
        (await session.scalars(select(Business))).one().staff_e164 = CALLER
    await missed(twilio, queue)
    assert await out(desk) == []


async def test_a_call_whose_line_never_came_lapses(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    await twilio.ring()
    await lapse(desk.runtime, CallLapses(business_id=desk.business_id, call_id=(await desk.call()).id))
    assert (await desk.call()).ended_at is None
    clock.advance(seconds=16)
    await queue.drain(until=clock.now() + timedelta(days=36_500))
    call = await desk.call()
    assert (call.outcome, call.state) == (CallOutcome.missed, CallState.failed)
    await twilio.status("completed")
    assert (await desk.call()).state == CallState.completed
    assert len(await out(desk)) == 1


async def test_the_sweep_ends_a_call_whose_server_died_without_a_word(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble, clock: ManualClock
) -> None:
    order = order_of(await twilio.ring())
    async with line(order) as caller:
        await desk.until(lambda one: one.connected_at is not None)
        clock.at += SILENT_FOR - timedelta(seconds=1)
        await run_due(desk.runtime)
        assert (await desk.call()).ended_at is None
        clock.advance(minutes=1)
        await run_due(desk.runtime)
        call = await desk.call()
        assert (call.state, call.outcome) == (CallState.completed, CallOutcome.dropped)
        await caller.hang_up()
    await queue.drain()
    assert len(await out(desk)) == 1
