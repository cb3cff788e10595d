"""A place on the map and the card of somebody else, in the middle of a conversation and as its beginning."""

from typing import Any

import pytest
from sqlalchemy import func, select

from proli.conversations.models import Conversation
from proli.leads.models import Lead
from tests.journeys.whatsapp import Phone, WhatsApp, texts
from tests.journeys.world import CUSTOMER, YOSSI

RUTH = "BEGIN:VCARD\nVERSION:3.0\nFN:רות לוי\nitem1.TEL;waid=972527654321:+972 52-765-4321\nEND:VCARD"


async def send(phone: Phone, data: dict[str, Any]) -> str:
    await phone.whatsapp.post(phone.whatsapp.double.webhooks.incoming(phone.phone_e164, data))
    await phone.whatsapp.settle()
    return texts(phone.unread())


async def send_pin(phone: Phone, latitude: float, longitude: float) -> str:
    place = {"nameLocation": "", "address": "", "latitude": latitude, "longitude": longitude}
    return await send(phone, {"typeMessage": "locationMessage", "locationMessageData": place})


async def send_card(phone: Phone, name: str, vcard: str) -> str:
    return await send(
        phone, {"typeMessage": "contactMessage", "contactMessageData": {"displayName": name, "vcard": vcard}}
    )


async def lead_of(whatsapp: WhatsApp) -> Lead:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        return (await session.scalars(select(Lead))).one()


async def leads(whatsapp: WhatsApp) -> int:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        return await session.scalar(select(func.count()).select_from(Lead)) or 0


async def test_a_pin_answers_the_question_for_the_town_and_reaches_the_professional(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    assert "באיזו עיר" in texts(await customer.say("יש לי נזילה בכיור"))
    asked = await send_pin(customer, 32.0823, 34.8105)
    assert "כתובת" in asked
    assert "לא היה ברור" not in asked
    lead = await lead_of(whatsapp)
    assert lead.locality == "רמת גן"
    assert lead.needs["pin"] == "https://www.google.com/maps?q=32.082300,34.810500"
    await customer.say("ביאליק 30")
    await customer.say("מחר ב-16:00")
    offer = yossi.unread()[0]
    assert "\nhttps://www.google.com/maps?q=32.082300,34.810500\n" in offer.text
    assert "https://www.google.com/maps" in texts(await yossi.tap(offer, 0))


async def test_a_pin_that_comes_after_the_visit_was_promised_reaches_the_professional_once(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say("יש לי נזילה בכיור, רמת גן, רחוב ביאליק 30, מחר ב-16:00")
    await yossi.tap(yossi.unread()[0], 0)
    customer.unread()
    await send_pin(customer, 32.0823, 34.8105)
    assert "\nhttps://www.google.com/maps?q=32.082300,34.810500" in texts(yossi.unread())
    await send_pin(customer, 32.0823, 34.8105)
    assert yossi.unread() == []


async def test_a_link_of_waze_is_a_pin_and_its_digits_are_no_time(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await customer.say("יש לי נזילה בכיור")
    await customer.say("https://waze.com/ul?ll=32.0823,34.8105&navigate=yes")
    lead = await lead_of(whatsapp)
    assert (lead.locality, lead.address, lead.wish) == ("רמת גן", None, None)


async def test_two_pins_do_not_end_at_a_person(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await customer.say("יש לי נזילה בכיור")
    for _ in range(3):
        assert "נציג" not in await send_pin(customer, 32.0823, 34.8105)
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        assert (await session.scalars(select(Conversation.owner).order_by(Conversation.id))).all()[0] == "ai"


async def test_a_pin_abroad_leaves_the_question_for_the_town(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await customer.say("יש לי נזילה בכיור")
    assert "באיזו עיר" in await send_pin(customer, 48.8566, 2.3522)
    assert "pin" not in (await lead_of(whatsapp)).needs


async def test_a_card_is_kept_with_the_request_as_somebody_elses_phone(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say("נזילה בכיור ברמת גן, ביאליק 30. תתאמו עם אשתי")
    answer = await send_card(customer, "רות לוי", RUTH)
    assert "לא היה ברור" not in answer
    assert "מתי" in answer
    lead = await lead_of(whatsapp)
    assert lead.needs["other_phones"] == ["רות לוי +972527654321"]
    assert lead.customer_name is None
    assert "רות" not in lead.description
    await customer.say("מחר ב-16:00")
    assert "052-765-4321" in texts(await yossi.tap(yossi.unread()[0], 0))


async def test_a_card_that_comes_first_opens_nothing_and_is_kept_for_the_request_that_follows(
    whatsapp: WhatsApp,
) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await send_card(customer, "אינסטלטור יוסי", RUTH.replace("רות לוי", "אינסטלטור יוסי"))
    assert await leads(whatsapp) == 0
    await customer.say("יש לי קצר בלוח החשמל ברמת גן")
    lead = await lead_of(whatsapp)
    assert lead.trade == "electrician"
    assert lead.needs["other_phones"] == ["אינסטלטור יוסי +972527654321"]


@pytest.mark.parametrize("vcard", ["BEGIN:VCARD\nFN:א\nEND:VCARD", "", "TEL:אבג"])
async def test_cards_without_a_number_are_borne(whatsapp: WhatsApp, vcard: str) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await customer.say("נזילה בכיור ברמת גן, ביאליק 30")
    for _ in range(3):
        answer = await send_card(customer, "א", vcard)
        assert "מתי" in answer
        assert "לא היה ברור" not in answer
    assert "other_phones" not in (await lead_of(whatsapp)).needs
