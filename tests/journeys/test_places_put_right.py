"""Where to go is put right while somebody is asked or expected, is told a piece at a time, and leads to a house."""

import pytest
from sqlalchemy import select

from proli.leads.models import Lead
from tests.journeys.whatsapp import Phone, WhatsApp, texts
from tests.journeys.world import CUSTOMER, YOSSI

ASKED = "נזילה בכיור במטבח, ברמת גן, רחוב ביאליק 21, מחר בשעה 16:00"
UNCLEAR = ["הכתובת שכתבתי שגויה", "רגע, טעות בכתובת", "wait, wrong address"]


async def lead_of(whatsapp: WhatsApp) -> Lead:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        return (await session.scalars(select(Lead).order_by(Lead.id.desc()))).first()  # type: ignore[return-value]


async def arranged(whatsapp: WhatsApp, *, booked: bool) -> tuple[Phone, Phone]:
    """An offer is out, or a visit is booked, and both have read what they were sent."""
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say(ASKED)
    (offer,) = yossi.unread()
    if booked:
        await yossi.tap(offer, 0)
        customer.unread()
    return customer, yossi


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("רגע הכתובת לא נכונה זה ביאליק 12 לא 21", "ביאליק 12"),
        ("טעות במספר הבית, זה ביאליק 161", "ביאליק 161"),
        ("*163", "ביאליק 163"),
        ("163*", "ביאליק 163"),
        ("זה 12 ולא 21", "ביאליק 12"),
        ("ויצמן 5", "ויצמן 5"),
        ("sorry, it's 12 Bialik street", "12"),
    ],
)
async def test_an_address_put_right_reaches_both_sides(
    whatsapp: WhatsApp, *, said: str, address: str, booked: bool
) -> None:
    customer, yossi = await arranged(whatsapp, booked=booked)
    assert address in texts(await customer.say(said))
    told = texts(yossi.unread())
    assert address in told
    assert "21" not in told
    lead = await lead_of(whatsapp)
    assert address in (lead.address or "")
    assert lead.attention is None


@pytest.mark.parametrize("booked", [False, True])
async def test_another_town_is_told_to_both_sides_and_staff_are_called(whatsapp: WhatsApp, *, booked: bool) -> None:
    customer, yossi = await arranged(whatsapp, booked=booked)
    answer = texts(await customer.say("בעצם בגבעתיים לא ברמת גן"))
    assert "גבעתיים" in answer
    assert "הצוות יבדוק" in answer
    assert "גבעתיים" in texts(yossi.unread())
    assert (await lead_of(whatsapp)).attention == "place_changed"
    assert "ויצמן 5" in texts(await customer.say("ויצמן 5"))
    assert "ויצמן 5, גבעתיים" in texts(yossi.unread())


@pytest.mark.parametrize("said", UNCLEAR)
async def test_an_address_that_is_wrong_in_words_we_do_not_follow_is_for_staff(whatsapp: WhatsApp, said: str) -> None:
    customer, yossi = await arranged(whatsapp, booked=True)
    answer = texts(await customer.say(said))
    assert "ביאליק 21" in answer
    assert "נקבע" not in answer
    assert "booked" not in answer
    assert (await lead_of(whatsapp)).attention == "place_changed"
    assert not yossi.unread()


@pytest.mark.parametrize(
    "said",
    [
        ["רמת גן", "ביאליק", "83", "קומה", "2"],
        ["רמת גן", "רחוב ביאליק", "מספר", "83", "קומה 2"],
    ],
)
@pytest.mark.parametrize("burst", [False, True])
async def test_an_address_in_pieces_is_put_together(whatsapp: WhatsApp, *, said: list[str], burst: bool) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say("נזילה בכיור")
    for piece in said if burst else said[:3]:
        await customer.write(piece)
        if not burst:
            await whatsapp.settle()
    if not burst:
        await customer.say(" ".join(said[3:]))
    await customer.say("מחר ב-16:00")
    offer = texts(yossi.unread())
    assert "ביאליק 83" in offer
    if burst:
        assert "ביאליק 83, קומה 2, רמת גן" in offer


@pytest.mark.parametrize("number", ["12", "125", "מספר 7", "89א"])
async def test_the_number_of_the_house_is_asked_for_before_anybody_is(whatsapp: WhatsApp, number: str) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    asked = texts(await customer.say("נזילה בכיור, רמת גן, רחוב ביאליק, מחר ב-16:00"))
    assert "מספר הבית" in asked
    assert not yossi.unread()
    await customer.say(number)
    assert f"ביאליק {number.removeprefix('מספר ')}, רמת גן" in texts(yossi.unread())


async def test_the_number_is_asked_for_once(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say("נזילה בכיור, רמת גן, רחוב ביאליק, מחר ב-16:00")
    assert "מספר הבית" not in texts(await customer.say("אין מספר לבתים כאן"))
    assert yossi.unread()


async def test_a_floor_is_no_address(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    assert "כתובת" in texts(await customer.say("נזילה בכיור, רמת גן, קומה 2, מחר ב-16:00"))
    assert not yossi.unread()
    await customer.say("ביאליק 9")
    assert "ביאליק 9, קומה 2, רמת גן" in texts(yossi.unread())


async def test_a_known_town_survives_the_parts_of_a_building(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    await customer.say("סתימה ברמת גן")
    await customer.say("ביאליק 138 בניין ב כניסה א קומה 16 דירה 64")
    await customer.say("מחר ב-12")
    offer = texts(yossi.unread())
    assert "ביאליק 138" in offer
    assert "רמת גן" in offer


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize("said", ["בעצם לא ביאליק 21 אלא ביאליק 12", "לא 21, 12", "12, לא 21", "not 21 but 12"])
async def test_the_place_that_is_denied_is_told_to_nobody(whatsapp: WhatsApp, *, said: str, booked: bool) -> None:
    customer, yossi = await arranged(whatsapp, booked=booked)
    await customer.say(said)
    assert "ביאליק 12" in texts(yossi.unread())
    lead = await lead_of(whatsapp)
    assert lead.address == "ביאליק 12"
    assert lead.attention is None


async def test_a_verb_and_an_hour_are_no_address(whatsapp: WhatsApp) -> None:
    customer, _ = await arranged(whatsapp, booked=True)
    assert "11:00" in texts(await customer.say("actually make it 11"))
    assert (await lead_of(whatsapp)).address == "ביאליק 21"
