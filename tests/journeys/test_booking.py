"""From the first word to the end of the visit, through the real webhook and Green API's double."""

from typing import get_args

import pytest
from sqlalchemy import select

from proli.conversations.models import Message
from proli.leads.models import Lead, LeadStatus
from proli.leads.queries import list_entries
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import ManualClock
from tests.doubles.green_api_webhooks import TapShape
from tests.journeys.whatsapp import WhatsApp, texts
from tests.journeys.world import CUSTOMER, MOSHE, YOSSI

EVERYTHING = "שלום, יש לי נזילה בכיור במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"


async def booking_of(whatsapp: WhatsApp) -> Booking:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        return (await session.scalars(select(Booking).order_by(Booking.id.desc()))).first()  # type: ignore[return-value]


async def test_a_leak_becomes_an_approved_visit_and_both_sides_are_told(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI, "יוסי כהן")
    assert "באיזו עיר" in texts(await customer.say("שלום, יש לי נזילה מתחת לכיור במטבח"))
    assert "כתובת" in texts(await customer.say("ברמת גן"))
    assert "מתי" in texts(await customer.say("ביאליק 30 קומה 2"))
    assert "16:00" in texts(await customer.say("מחר אחרי 4"))
    asked = texts(await customer.say("16:00"))
    assert "נשלחה לאיש מקצוע" in asked
    assert "נקבע" not in asked

    offer = yossi.unread()[0]
    assert "ביאליק 30" in offer.text
    assert "נזילה" in offer.text
    assert [button["buttonText"] for button in offer.buttons] == ["אישור", "דחייה"]
    assert (await booking_of(whatsapp)).status == BookingStatus.held

    details = texts(await yossi.tap(offer, 0))
    assert "050-000-0001" in details
    confirmation = texts(customer.unread())
    assert "הביקור נקבע" in confirmation
    assert "יוסי כהן" in confirmation
    assert "052-000-0001" in confirmation
    assert (await booking_of(whatsapp)).status == BookingStatus.confirmed


async def test_what_is_told_of_a_visit_is_kept_with_its_code_and_values(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say(EVERYTHING)
    await yossi.tap(yossi.unread()[0], 0)
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        said = select(Message.code, Message.values).where(Message.code.is_not(None)).order_by(Message.id)
        rows = (await session.execute(said)).all()
    values = dict(rows)
    assert {"offer", "offer_accepted", "visit_confirmed"} <= values.keys()
    assert "יוסי כהן" in (values["visit_confirmed"] or {})["professional"]


async def test_one_message_with_everything_is_enough(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    assert "נשלחה לאיש מקצוע" in texts(await customer.say(EVERYTHING))
    assert yossi.unread()


async def test_the_same_in_english_is_answered_in_english(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER, "Dana"), whatsapp.phone(YOSSI)
    said = "Hi, I need a plumber for a leak in Ramat Gan, 30 Bialik street, tomorrow at 4pm"
    answer = texts(await customer.say(said))
    assert "held" in answer
    await yossi.tap(yossi.unread()[0], 0)
    assert "It is booked" in texts(customer.unread())


@pytest.mark.parametrize("shape", get_args(TapShape.__value__))
async def test_every_shape_of_a_tap_approves(whatsapp: WhatsApp, shape: TapShape) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say(EVERYTHING)
    await yossi.tap(yossi.unread()[0], 0, shape=shape)
    assert "הביקור נקבע" in texts(customer.unread())


@pytest.mark.parametrize("word", ["אישור", "אשר", "מאשר", "כן", "1", "👍"])
async def test_words_and_the_numbered_fallback_approve_too(whatsapp: WhatsApp, word: str) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say(EVERYTHING)
    await yossi.say(word)
    assert "הביקור נקבע" in texts(customer.unread())


async def test_a_declined_offer_goes_to_the_next_at_the_same_hour(whatsapp: WhatsApp) -> None:
    customer, yossi, moshe = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI), whatsapp.phone(MOSHE)
    await customer.say(EVERYTHING)
    assert "תועבר הלאה" in texts(await yossi.tap(yossi.unread()[1 - 1], 1))
    offer = moshe.unread()[0]
    await moshe.tap(offer, 0)
    assert "משה לוי" in texts(customer.unread())


async def test_an_offer_that_nobody_answers_escalates_and_then_the_customer_hears(
    whatsapp: WhatsApp, clock: ManualClock
) -> None:
    customer, yossi, moshe = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI), whatsapp.phone(MOSHE)
    await customer.say(EVERYTHING)
    clock.advance(minutes=20)
    await whatsapp.queue.drain(until=clock.now())
    assert moshe.unread()
    late = texts(await yossi.say("אשר"))
    assert "נזילה" in late or "זמן התשובה" in late
    clock.advance(minutes=20)
    await whatsapp.queue.drain(until=clock.now())
    told = texts(customer.unread())
    assert "לא נקבע" in told
    assert (await booking_of(whatsapp)).status == BookingStatus.cancelled


async def test_on_the_way_and_done_reach_the_customer_and_close_the_lead(
    whatsapp: WhatsApp, clock: ManualClock
) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say(EVERYTHING)
    await yossi.tap(yossi.unread()[0], 0)
    clock.advance(hours=29, minutes=5)
    await whatsapp.queue.drain(until=clock.now())
    assert "תזכורת" in texts(customer.unread())
    clock.advance(hours=1, minutes=25)
    assert "ביאליק 30" in texts(await yossi.say("היום"))
    assert "עודכן" in texts(await yossi.say("אני בדרך"))
    assert "בדרך אליך" in texts(customer.unread())
    clock.advance(hours=2)
    assert "הסתיים" in texts(await yossi.say("סיימתי"))
    assert "הביקור הסתיים" in texts(customer.unread())
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        lead = (await session.scalars(select(Lead))).one()
        assert lead.status == LeadStatus.done
        kinds = [entry.kind for entry in await list_entries(session, lead.id)]
    assert kinds[0] == "opened"
    assert "offered" in kinds


async def test_a_cancelled_visit_frees_the_professional(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say(EVERYTHING)
    await yossi.tap(yossi.unread()[0], 0)
    customer.unread()
    assert "בוטלה" in texts(await customer.say("אני רוצה לבטל את הביקור"))
    assert "בוטל" in texts(yossi.unread())
    assert (await booking_of(whatsapp)).status == BookingStatus.cancelled


async def test_a_moved_visit_is_offered_again_and_told_as_moved_once_approved(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say(EVERYTHING)
    await yossi.tap(yossi.unread()[0], 0)
    customer.unread()
    assert "לאיזה מועד" in texts(await customer.say("אפשר להזיז את הביקור?"))
    assert "10:00" in texts(await customer.say("מחר ב-10 בבוקר"))
    (asked,) = yossi.unread()
    assert "הועבר" in texts(await yossi.tap(asked, 0))
    told = texts(customer.unread())
    assert "הביקור הועבר" in told
    assert "10:00" in told


async def test_a_person_is_called_when_asked_for_and_the_agent_keeps_quiet(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    assert "נציג אנושי" in texts(await customer.say("אפשר לדבר עם נציג?"))
    assert "נציג אנושי יענה כאן" in texts(await customer.say("הלו?")), "that it waits is said once"
    assert await customer.say("הלו??") == []


async def test_what_staff_type_on_the_business_phone_silences_the_agent(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await customer.say("שלום, יש לי נזילה במטבח")
    await whatsapp.post(whatsapp.double.webhooks.human(CUSTOMER, "אני כאן, מטפל בזה"))
    assert await customer.say("ברמת גן") == []


async def test_emergencies_get_safety_words_first(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    answer = texts(await customer.say("יש לי ריח גז חזק בבית!! רמת גן"))
    assert "102" in answer
    assert answer.index("102") < answer.index("?")
