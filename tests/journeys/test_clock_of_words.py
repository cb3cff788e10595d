"""Times by the clock of when they were written; what is over, at odds with itself or copied is asked about."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from proli.dispatch.models import Offer
from proli.knowledge.text import without_marks
from proli.leads.models import Lead
from proli.scheduling.models import Booking
from tests.conftest import ManualClock
from tests.journeys.whatsapp import WhatsApp, texts
from tests.journeys.world import CUSTOMER, YOSSI, ZONE

LEAK = "נזילה בכיור ברמת גן, ביאליק 30"


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Wall time in November 2070, whose 23rd is the Sunday on which the tests' clock stands."""
    return datetime(2070, 11, day, hour, minute, tzinfo=ZONE)


async def write_at(whatsapp: WhatsApp, moment: datetime, text: str) -> None:
    """A message that its provider says was written at that moment."""
    payload: dict[str, object] = {**whatsapp.double.webhooks.text(CUSTOMER, text)}
    await whatsapp.post({**payload, "timestamp": int(moment.timestamp())})


async def count(whatsapp: WhatsApp, table: type[Offer | Booking]) -> int:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def booked_for(whatsapp: WhatsApp) -> datetime:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        return (await session.scalars(select(Booking).order_by(Booking.id.desc()))).all()[0].starts_at


async def lead_of(whatsapp: WhatsApp) -> Lead:
    async with whatsapp.runtime.db.begin(whatsapp.business_id) as session:
        return (await session.scalars(select(Lead).order_by(Lead.id.desc()))).all()[0]


async def test_tomorrow_written_before_midnight_is_the_next_day_however_late_it_is_read(
    whatsapp: WhatsApp, clock: ManualClock
) -> None:
    clock.at = local(24, 0, 2).astimezone(UTC)
    await write_at(whatsapp, local(23, 23, 57), f"{LEAK}. מחר ב-10:00 מתאים?")
    await whatsapp.settle()
    assert await booked_for(whatsapp) == local(24, 10)


async def test_each_message_of_a_burst_is_read_by_its_own_clock(whatsapp: WhatsApp, clock: ManualClock) -> None:
    clock.at = local(24, 0, 5).astimezone(UTC)
    await write_at(whatsapp, local(23, 23, 57), f"{LEAK}. מחר")
    await write_at(whatsapp, local(24, 0, 3), "ב-10:00 מתאים")
    await whatsapp.settle()
    assert await booked_for(whatsapp) == local(24, 10)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (f"{LEAK}. אפשר היום ב-17:00?", "האם זה עדיין רלוונטי"),
        (f"{LEAK}. מחר בבוקר", "האם זה עדיין רלוונטי"),
        (f"{LEAK}. צריך מישהו בעוד שעה", "האם זה עדיין רלוונטי"),
        (f"{LEAK}. אפשר ב-17:00?", "האם זה עדיין רלוונטי"),
        (f"{LEAK}. דחוף, כמה שיותר מהר!", "האם זה עדיין רלוונטי"),
        (f"{LEAK}. הצפה בבית!", "האם זה עדיין רלוונטי"),
        ("A leak in Ramat Gan, 30 Bialik street, can you come today at 5pm?", "Is it still needed"),
        ("Протечка, Рамат-Ган, улица Бялик 30, сегодня в 17:00", "האם זה עדיין רלוונטי"),
    ],
)
async def test_a_time_that_is_over_when_it_is_read_is_asked_about_and_nobody_is_sent(
    whatsapp: WhatsApp, clock: ManualClock, words: str, question: str
) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await write_at(whatsapp, clock.now() - timedelta(days=3), words)
    await whatsapp.settle()
    assert question in texts(customer.unread())
    assert await count(whatsapp, Offer) == await count(whatsapp, Booking) == 0
    assert (await lead_of(whatsapp)).wish is None
    again = await customer.say("מחר ב-16:00" if "האם" in question else "tomorrow at 4pm")
    assert await booked_for(whatsapp) == local(24, 16), texts(again)


async def test_a_day_that_is_still_to_come_is_kept_from_old_words(whatsapp: WhatsApp, clock: ManualClock) -> None:
    await write_at(whatsapp, clock.now() - timedelta(days=3), f"{LEAK}. ביום שלישי ב-16:00")
    await whatsapp.settle()
    assert await booked_for(whatsapp) == local(25, 16)


async def test_a_choice_among_times_that_are_over_is_asked_about(whatsapp: WhatsApp, clock: ManualClock) -> None:
    customer = whatsapp.phone(CUSTOMER)
    assert "אפשר היום" in without_marks(texts(await customer.say(f"{LEAK}. היום")))
    chosen_at = clock.now() + timedelta(minutes=3)
    clock.advance(days=2)
    await write_at(whatsapp, chosen_at, "הראשון")
    await whatsapp.settle()
    assert "האם זה עדיין רלוונטי" in texts(customer.unread())
    assert await count(whatsapp, Offer) == 0


async def test_what_was_written_before_times_were_shown_chooses_none_of_them(
    whatsapp: WhatsApp, clock: ManualClock
) -> None:
    customer = whatsapp.phone(CUSTOMER)
    assert "אפשר מחר" in without_marks(texts(await customer.say(f"{LEAK}. מחר")))
    await write_at(whatsapp, clock.now() - timedelta(minutes=10), "1")
    await whatsapp.settle()
    assert await count(whatsapp, Offer) == 0


@pytest.mark.parametrize("name", ["נועם לוי", "+972 52-765-4321"])
async def test_the_header_of_a_copied_message_is_no_fact_of_the_request(whatsapp: WhatsApp, name: str) -> None:
    customer = whatsapp.phone(CUSTOMER)
    answer = texts(await customer.say(f"[15:42, 22.11.2070] {name}: יש נזילה מתחת לכיור ברמת גן, ביאליק 30"))
    lead = await lead_of(whatsapp)
    assert "מתי" in answer
    assert (lead.trade, lead.locality, lead.address, lead.wish) == ("plumber", "רמת גן", "ביאליק 30", None)
    assert lead.customer_name is None
    assert "phone" not in lead.needs
    assert "15:42" not in lead.description
    assert await count(whatsapp, Offer) == 0


async def test_words_copied_from_yesterday_are_by_yesterdays_clock(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    copied = "22/11/2070, 15:42 - נועם לוי: יש נזילה ברמת גן, ביאליק 30\n22/11/2070, 15:43 - נועם לוי: מחר ב-16:00"
    await customer.say(copied)
    assert await booked_for(whatsapp) == local(23, 16)


@pytest.mark.parametrize(
    ("words", "question", "answer", "start"),
    [
        ("ביום שני 30.11 בשעה 10", ("יום א׳ \u206630.11\u2069", "יום ב׳ \u20661.12\u2069"), "יום שני", (12, 1)),
        ("ביום שני 30.11 בשעה 10", ("יום א׳ \u206630.11\u2069", "יום ב׳ \u20661.12\u2069"), "30.11", (11, 30)),
        ("יום ב' 30.11 ב-10:00", ("יום א׳ \u206630.11\u2069", "יום ב׳ \u20661.12\u2069"), "הראשון", (11, 30)),
        ("מחר, יום שלישי ב-10:00", ("\u2068מחר\u2069", "יום ג׳ \u206625.11\u2069"), "מחר", (11, 24)),
    ],
)
async def test_a_weekday_at_odds_with_its_date_is_asked_about_in_one_question(
    whatsapp: WhatsApp, words: str, question: tuple[str, str], answer: str, start: tuple[int, int]
) -> None:
    customer = whatsapp.phone(CUSTOMER)
    asked = texts(await customer.say(f"נזילה בכיור, רמת גן, ביאליק 30, {words}"))
    assert f"הכוונה ל{question[0]} או {question[1]}?" in asked
    assert await count(whatsapp, Offer) == await count(whatsapp, Booking) == 0
    said = await customer.say(answer)
    month, day = start
    if "בבוקר או בערב" in texts(said):
        said = await customer.say("בבוקר")
    assert await booked_for(whatsapp) == datetime(2070, month, day, 10, tzinfo=ZONE), texts(said)


async def test_in_english_it_is_asked_in_english(whatsapp: WhatsApp) -> None:
    customer = whatsapp.phone(CUSTOMER)
    asked = texts(await customer.say("A leak in Ramat Gan, 30 Bialik street, Monday 30.11 at 10am"))
    assert "Do you mean Sun \u206630.11\u2069 or Mon \u20661.12\u2069?" in asked
    assert await count(whatsapp, Offer) == 0


async def test_a_date_that_is_not_understood_is_asked_for(whatsapp: WhatsApp) -> None:
    customer, yossi = whatsapp.phone(CUSTOMER), whatsapp.phone(YOSSI)
    assert "מתי" in texts(await customer.say(f"{LEAK}. אפשר ב-3 בדצמבער ב-16:00?"))
    assert not yossi.unread()
    assert await count(whatsapp, Offer) == 0


async def test_a_month_cut_short_is_the_month(whatsapp: WhatsApp) -> None:
    await whatsapp.phone(CUSTOMER).say(f"{LEAK}. אפשר ב-3 בדצמ' ב-16:00?")
    assert await booked_for(whatsapp) == datetime(2070, 12, 3, 16, tzinfo=ZONE)


async def test_initials_after_the_house_number_are_the_town(whatsapp: WhatsApp) -> None:
    await whatsapp.phone(CUSTOMER).say("נזילה בכיור, ז'בוטינסקי 155 ר\"ג, מחר ב-16:00")
    lead = await lead_of(whatsapp)
    assert (lead.locality, lead.address) == ("רמת גן", "ז'בוטינסקי 155")
    assert await booked_for(whatsapp) == local(24, 16)


@pytest.mark.parametrize(("words", "kind"), [("בעוד 24 שעות", "exact"), ("תוך 24 שעות", "asap")])
async def test_a_day_from_now_is_understood(whatsapp: WhatsApp, words: str, kind: str) -> None:
    customer = whatsapp.phone(CUSTOMER)
    await customer.say(LEAK)
    await customer.say(words)
    wish = (await lead_of(whatsapp)).wish
    assert wish is not None
    assert wish["kind"] == kind
