"""A whole call over the real line: it is answered, understood, booked and written down like a chat."""

import pytest

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.conversations.inbox import take_over
from proli.conversations.models import Conversation, Direction, Message, MessageKind
from proli.conversations.opening import write_to
from proli.dispatch.models import Offer
from proli.knowledge.text import without_marks
from proli.leads.models import Lead
from proli.mind.models import ToolCall
from proli.platform.queue import Queue
from proli.platform.settings import Settings
from proli.privacy.erasing import erase_person
from proli.scheduling.models import Booking, BookingStatus
from proli.traces.models import Turn as TurnRow
from proli.voice.models import CallTurn
from proli.voice.rules import CallOutcome
from proli.voice.talking import find_talker
from tests.doubles.green_api import GreenApiDouble
from tests.doubles.twilio import CALLER, Twilio
from tests.voice.conftest import Desk
from tests.voice.live.conftest import Tone, conversation_of, in_call, lead_of, rows, thread


async def test_a_buyer_is_greeted_books_a_meeting_and_reads_it_in_whatsapp(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    async with in_call(twilio, desk) as call:
        ((who, greeting),) = await call.said()
        assert who == "agent"
        assert "לאה" in greeting
        assert "השיחה מתועדת" in greeting
        await call.say("שלום אני מחפשת דירה לקנייה ברעננה")
        lead = await lead_of(desk)
        assert (lead.locality, lead.conversation_id) == ("רעננה", (await conversation_of(desk)).id)
        await call.say("ארבעה חדרים עד שלושה מיליון")
        assert (await lead_of(desk)).needs["rooms_min"] == 4
        await call.say("מחר בארבע אחר הצהריים")
        (booking,) = await rows(desk, Booking)
        assert booking.status is BookingStatus.confirmed
        await call.say("תודה רבה להתראות")
        await call.phone.over.wait()
    ended = await desk.until(lambda one: one.ended_at is not None)
    assert (ended.outcome, ended.lead_id) == (CallOutcome.finished, lead.id)
    assert green_api.sent == []
    await queue.drain()
    (told,) = [sent.text for sent in green_api.sent if CALLER[1:] in sent.chat_id]
    assert without_marks(told).startswith("תודה על השיחה. לסיכום:\nהפגישה נקבעה: דני 1, מחר בשעה 16:00")
    summary = without_marks((await desk.call()).summary)
    assert "רעננה" in summary
    assert "נקבע ב-24.11.2070 16:00" in summary


async def test_the_transcript_has_each_turn_with_its_times_and_the_conversation_the_same_words(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, queue: Queue
) -> None:
    async with in_call(twilio, desk) as call:
        await call.say("מחפשים דירה להשכרה בכפר סבא")
        await call.hang_up()
    turns = await rows(desk, CallTurn)
    assert [(one.number, one.speaker) for one in turns] == [(1, "agent"), (2, "caller"), (3, "agent")]
    assert turns[1].text == "מחפשים דירה להשכרה בכפר סבא"
    assert all(one.ended_at is not None and one.ended_at >= one.began_at for one in turns)
    assert [one.cut_off for one in turns] == [False, False, False]
    assert turns[2].latency_ms is not None
    messages = await thread(desk)
    assert [one.text for one in messages] == [one.text for one in turns]
    assert [one.direction for one in messages] == [Direction.outbound, Direction.inbound, Direction.outbound]
    assert {one.kind for one in messages} == {MessageKind.call}
    await queue.drain()
    assert len([one for one in green_api.sent if "השיחה שלנו נקטעה" in one.text]) == 1


async def test_what_a_tool_did_in_a_call_is_in_the_ledger_and_the_traces_of_the_conversation(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble
) -> None:
    async with in_call(twilio, desk) as call:
        await call.say("שלום אני מחפש דירה לקנייה ברעננה")
        await call.hang_up()
    conversation = await conversation_of(desk)
    said = (await thread(desk))[1]
    (tool,) = await rows(desk, ToolCall)
    assert (tool.origin, tool.turn_key) == (f"conversation:{conversation.id}", str(said.id))
    assert (tool.tool, tool.conversation_id) == ("save_details", conversation.id)
    (trace,) = await rows(desk, TurnRow)
    assert (trace.key, trace.model, trace.lead_id) == (str(said.id), "rules", None)


async def test_a_call_goes_on_in_whatsapp_from_what_was_said_and_asks_nothing_twice(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    async with in_call(twilio, desk) as call:
        await call.say("מחפשת דירה לקנייה ברעננה ארבעה חדרים")
        await call.hang_up()
    await queue.drain()
    (told,) = [without_marks(one.text) for one in green_api.sent]
    assert told == "השיחה שלנו נקטעה. אפשר להמשיך כאן.\nמה התקציב בערך?"
    async with desk.runtime.db.begin(desk.business_id) as session:
        conversation = await session.get_one(Conversation, (await conversation_of(desk)).id)
        assert conversation.asked == "budget"


async def test_a_caller_who_has_written_before_is_the_same_contact_in_the_same_conversation(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble
) -> None:
    async with desk.runtime.db.begin(desk.business_id) as session:
        contact = Contact(phone_e164=CALLER, name="דנה")
        session.add(contact)
        await session.flush()
        line = await write_to(session, contact.id)
        session.add(
            Message(
                channel_account_id=line.channel_account_id, conversation_id=line.id, direction=Direction.inbound,
                author="contact", kind=MessageKind.text, text="שלום", sent_at=desk.runtime.clock.now(),
                answered_at=desk.runtime.clock.now(),
            )
        )  # fmt: skip
    async with in_call(twilio, desk) as call:
        await call.say("מחפשים דירה לשכירות בחיפה")
        await call.hang_up()
    assert (await conversation_of(desk)).contact_id == contact.id
    assert (await lead_of(desk)).contact_id == contact.id
    assert (await desk.call()).contact_id == contact.id


@pytest.mark.parametrize(
    ("told", "reason"), [("תגידו לה שאני אאחר לפגישה מחר", "callback"), ("יש ריח חזק של גז בכל הדירה", "danger")]
)
async def test_where_a_person_answers_the_caller_leaves_word_and_hears_what_to_do_in_a_danger(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, told: str, reason: str
) -> None:
    async with desk.runtime.db.begin(desk.business_id) as session:
        contact = Contact(phone_e164=CALLER, name="דנה")
        session.add(contact)
        await session.flush()
        line = await write_to(session, contact.id)
        await take_over(session, conversation_id=line.id, now=desk.runtime.clock.now())
    async with in_call(twilio, desk) as call:
        await call.say(told)
        await call.phone.over.wait()
        said = await call.said()
    assert "הפנייה שלך אצל אדם מהצוות. מה להעביר?" in said[0][1]
    assert said[1] == ("caller", told)
    assert "העברתי שהתקשרת" in said[2][1]
    assert ("לפתוח חלונות" in said[2][1]) is (reason == "danger")
    ended = await desk.until(lambda one: one.ended_at is not None)
    assert ended.outcome is CallOutcome.finished
    assert (await conversation_of(desk)).called_for == reason
    assert await rows(desk, Lead) == []


async def test_staff_who_call_are_not_taken_for_customers(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble
) -> None:
    async with desk.runtime.db.begin(desk.business_id) as session:
        (await session.get_one(Business, desk.business_id)).staff_e164 = CALLER
    async with in_call(twilio, desk) as call:
        await call.phone.over.wait()
        ((_, said),) = await call.said()
    assert "אני עונה רק ללקוחות" in said


async def test_whose_number_is_withheld_hears_what_to_do(twilio: Twilio, desk: Desk, green_api: GreenApiDouble) -> None:
    async with in_call(twilio, desk, From="+266696687") as call:
        await call.phone.over.wait()
        ((_, said),) = await call.said()
    assert "המספר שלך חסוי" in said
    assert await rows(desk, Conversation) == []


async def test_of_two_calls_at_once_each_hears_its_own(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble, voice: Tone
) -> None:
    other = "CA" + "7" * 32
    async with in_call(twilio, desk) as one, in_call(twilio, desk, other, From="+972509999999") as two:
        await one.say("מחפשים דירה לשכירות בחיפה")
        await two.say("אני רוצה למכור דירה ברעננה")
        await one.phone.hang_up("AC" + "0" * 32)
        await two.phone.hang_up("AC" + "0" * 32)
    assert sorted((one.locality, one.intent) for one in await rows(desk, Lead)) == [
        ("חיפה", "search"), ("רעננה", "sell"),
    ]  # fmt: skip


def test_without_ears_nobody_talks(settings: Settings) -> None:
    assert find_talker(settings) is None


async def test_of_a_finished_call_without_a_visit_nothing_is_written(
    twilio: Twilio, desk: Desk, queue: Queue, green_api: GreenApiDouble
) -> None:
    async with in_call(twilio, desk) as call:
        await call.say("טעות במספר סליחה ביי")
        await call.say("ביי להתראות")
        await call.phone.over.wait()
    await desk.until(lambda one: one.ended_at is not None)
    await queue.drain()
    assert await rows(desk, Offer) == []
    assert green_api.sent == []


async def test_of_a_person_who_is_erased_nothing_that_was_said_stays(
    twilio: Twilio, desk: Desk, green_api: GreenApiDouble
) -> None:
    async with in_call(twilio, desk) as call:
        await call.say("שלום אני מחפש דירה לקנייה ברעננה")
        await call.hang_up()
    contact_id = (await desk.call()).contact_id
    assert contact_id is not None
    async with desk.runtime.db.begin(desk.business_id) as session:
        await erase_person(session, contact_id, typed=CALLER, actor=BY_SYSTEM, now=desk.runtime.clock.now())
    assert [*await rows(desk, CallTurn), *await rows(desk, ToolCall)] == []
    assert {one.text for one in await thread(desk)} == {""}
