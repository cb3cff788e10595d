"""The professional's day in words and taps: late, ill, off, busy, done with what was done and taken, lists, help."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Message
from proli.dispatch.models import Offer, OfferStatus
from proli.knowledge.text import without_marks
from proli.leads.models import Lead, LeadEntry
from proli.platform.settings import HttpSettings
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import ManualClock
from tests.journeys.world import CUSTOMER, MOSHE, YOSSI, World

STAFF = "+972500000090"
RUTH = "+972500000002"
ASKED = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, {street} קומה 2, {day} בשעה {hour}:00"


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def booked(world: World, *visits: tuple[str, str, str, int], clock: ManualClock) -> None:
    """Yossi, the only one left, has promised visits: phone, name, street, hour of tomorrow. It is tomorrow, 8:00."""
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).where(Professional.phone_e164 == MOSHE).values(active=False))
    for phone, name, street, hour in visits:
        await world.phone(phone, name).say(ASKED.format(street=street, day="מחר", hour=hour))
        await world.yossi.say("אשר")
    clock.advance(hours=23)
    await world.queue.drain(until=clock.now())
    for phone in (*(visit[0] for visit in visits), YOSSI):
        await world.phone(phone, "").unread()


async def two_visits(world: World, clock: ManualClock) -> None:
    visits = ((CUSTOMER, "דנה", "רחוב בלפור 11", 10), (RUTH, "רות", "רחוב ויצמן 3", 12))
    await booked(world, *visits, clock=clock)


async def bookings(world: World) -> Sequence[Booking]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Booking).order_by(Booking.starts_at))).all()


async def exceptions(world: World) -> dict[str, list[list[int]]]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Professional).where(Professional.phone_e164 == YOSSI))).one().exceptions


async def attentions(world: World) -> list[str | None]:
    async with world.runtime.db.begin(world.business_id) as session:
        leads = (await session.scalars(select(Lead).order_by(Lead.id))).all()
        return [lead.attention for lead in leads]


async def called_for(world: World) -> str | None:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Conversation.called_for).where(Conversation.chat_id == YOSSI))).one()


async def with_staff(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Business).values(staff_e164=STAFF))


@pytest.mark.parametrize("said", ["מתעכב חצי שעה", "running 30 late", "אאחר 30 דקות, פקקים", "מאחר, אגיע ב-10:30"])
async def test_the_customer_of_the_next_visit_hears_the_new_hour(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    told = words(await world.yossi.say(said))
    assert "10:30" in told
    assert "דנה" in told
    heard = words(await world.customer.unread())
    assert "10:30" in heard
    assert "10:00" in heard
    assert await world.phone(RUTH, "רות").unread() == []
    first, second = await bookings(world)
    assert first.expected_at == first.starts_at + timedelta(minutes=30)
    assert second.expected_at is None
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(LeadEntry.actor).where(LeadEntry.kind == "late")) is not None


@pytest.mark.parametrize("asks", ["מתי הוא מגיע?", "when is he coming?"])
async def test_a_customer_who_asks_hears_when_somebody_who_is_late_comes(
    world: World, clock: ManualClock, asks: str
) -> None:
    await two_visits(world, clock)
    await world.yossi.say("מאחר חצי שעה")
    await world.customer.unread()
    answer = words(await world.customer.say(asks))
    assert "10:30" in answer
    assert "10:00" in answer


async def test_a_customer_who_writes_english_hears_of_a_delay_in_english(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Contact).where(Contact.phone_e164 == CUSTOMER).values(language="en"))
    await world.yossi.say("אאחר 20 דקות")
    assert "10:20" in (heard := words(await world.customer.unread()))
    assert "sorry for the delay" in heard


async def test_said_twice_the_delay_is_told_once_and_another_one_again(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("אאחר 20 דקות")
    await world.yossi.say("אאחר 20 דקות")
    assert len(await world.customer.unread()) == 1
    await world.yossi.say("אאחר 40 דקות")
    assert "10:40" in words(await world.customer.unread())


@pytest.mark.parametrize("said", ["אאחר 20 דקות לביקור של 12:00", "אאחר 20 דקות לויצמן", "אאחר 20 דקות לרות"])
async def test_a_named_visit_is_the_late_one(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await world.yossi.say(said)
    assert "12:20" in words(await world.phone(RUTH, "רות").unread())
    assert await world.customer.unread() == []


async def test_how_late_is_asked_with_buttons(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    (asked,) = await world.yossi.say("מתעכב")
    assert [button["text"] for button in asked.buttons] == ["15 דקות", "30 דקות", "60 דקות"]
    assert await world.customer.unread() == []
    await world.yossi.tap(asked, 1)
    assert "10:30" in words(await world.customer.unread())


async def test_which_visit_is_late_is_asked_when_it_may_be_two(world: World, clock: ManualClock) -> None:
    """At 10:10 nobody knows whether Yossi is at the visit of 10:00, or late for it."""
    await two_visits(world, clock)
    clock.advance(hours=2, minutes=10)
    await world.queue.drain(until=clock.now())
    await world.customer.unread()
    ruth = world.phone(RUTH, "רות")
    await ruth.unread()
    (asked,) = await world.yossi.say("אאחר 30 דקות")
    assert len(asked.buttons) == 2
    assert "דנה" in asked.buttons[0]["text"]
    await world.yossi.tap(asked, 1)
    assert "12:30" in words(await ruth.unread())
    assert await world.customer.unread() == []


async def test_a_next_visit_that_is_crowded_is_told_to_the_professional_and_staff_alone(
    world: World, clock: ManualClock
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    told = words(await world.yossi.say("אאחר שעה"))
    assert "12:00" in told
    assert "רות" in told
    assert await world.phone(RUTH, "רות").unread() == []
    assert await attentions(world) == [None, "visit_crowded"]
    assert "רות" in words(await world.phone(STAFF, "מורן").unread())


async def test_a_reminder_does_not_tell_the_old_hour_after_a_delay(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("אאחר 20 דקות לביקור של 12:00")
    ruth = world.phone(RUTH, "רות")
    await ruth.unread()
    clock.advance(hours=2, minutes=5)
    await world.queue.drain(until=clock.now())
    assert await ruth.unread() == []


async def test_more_than_hours_late_is_another_time_and_tells_the_customer_nothing(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    assert "מועד אחר" in words(await world.yossi.say("אאחר 5 שעות"))
    assert await world.customer.unread() == []


async def test_a_day_off_is_stored_and_can_be_taken_back(world: World) -> None:
    (said,) = await world.yossi.say("מחר אני לא עובד")
    assert "מחר" in said.text
    assert await exceptions(world) == {"2070-11-24": []}
    assert "בשעות הרגילות" in words(await world.yossi.tap(said, 0))
    assert await exceptions(world) == {}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("יום חופש ב-3.12", ["2070-12-03"]),
        ("בחופש מ-3.12 עד 5.12", ["2070-12-03", "2070-12-04", "2070-12-05"]),
        ("לא עובד מחר ומחרתיים", ["2070-11-24", "2070-11-25"]),
        ("חולה עד יום שלישי", ["2070-11-23", "2070-11-24", "2070-11-25"]),
        ("חולה", ["2070-11-23"]),
        ("I'm off tomorrow", ["2070-11-24"]),
    ],
)
async def test_the_days_that_are_named_are_off(world: World, said: str, days: list[str]) -> None:
    await world.yossi.say(said)
    assert await exceptions(world) == {day: [] for day in days}
    assert await called_for(world) is None


async def test_a_day_off_without_a_day_is_asked_for_one(world: World) -> None:
    (asked,) = await world.yossi.say("יום חופש")
    assert [button["text"] for button in asked.buttons] == ["היום", "מחר"]
    assert await exceptions(world) == {}
    await world.yossi.tap(asked, 1)
    assert await exceptions(world) == {"2070-11-24": []}


@pytest.mark.parametrize("said", ["לא עובד ב-3.12 וב-5.12", "אני בחופש 3-5.12", "לא עובד מחר וגם אאחר היום 20 דקות"])
async def test_days_that_cannot_be_told_for_sure_go_to_a_person(world: World, said: str) -> None:
    assert "הועברה למשרד" in words(await world.yossi.say(said))
    assert await exceptions(world) == {}
    assert await called_for(world) == "professional_wrote"


async def test_visits_that_stand_on_a_day_off_are_for_people_and_told_to_the_professional(
    world: World, clock: ManualClock
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    told = words(await world.yossi.say("חולה היום"))
    assert "בלפור 11" in told
    assert "ויצמן 3" in told
    assert await attentions(world) == ["professional_off", "professional_off"]
    alert = words(await world.phone(STAFF, "מורן").unread())
    assert "בלפור 11" in alert
    assert "ויצמן 3" in alert
    assert await world.customer.unread() == []
    assert [one.status for one in await bookings(world)] == [BookingStatus.confirmed] * 2


async def test_visits_of_a_day_off_that_is_taken_back_need_nobody(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    said = await world.yossi.say("חולה היום")
    assert await attentions(world) == ["professional_off", "professional_off"]
    await world.yossi.tap(next(one for one in said if one.buttons), 0)
    assert await attentions(world) == [None, None]


async def test_staff_get_a_link_by_which_the_day_is_planned_anew(world: World, clock: ManualClock) -> None:
    world.runtime.settings.http = HttpSettings(public_url="https://proli.example")
    await with_staff(world)
    await two_visits(world, clock)
    day = f"{clock.now():%Y-%m-%d}"
    await world.yossi.say("חולה היום")
    alert = words(await world.phone(STAFF, "מורן").unread())
    async with world.runtime.db.begin(world.business_id) as session:
        yossi = (await session.scalars(select(Professional.id).where(Professional.phone_e164 == YOSSI))).one()
    where = f"https://proli.example/b/moran/calendar?mode=day&professional={yossi}&replan={yossi}&date={day}"
    assert alert.splitlines()[-1] == where


async def test_an_offer_of_a_day_off_passes_on_at_once(world: World) -> None:
    await world.customer.say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.unread()
    await world.yossi.say("מחר אני לא עובד")
    async with world.runtime.db.begin(world.business_id) as session:
        statuses = (await session.scalars(select(Offer.status).order_by(Offer.id))).all()
    assert list(statuses) == [OfferStatus.declined, OfferStatus.open]
    assert await world.moshe.unread()


@pytest.mark.parametrize(
    ("said", "day", "spans"),
    [
        ("תפוס עד 15:00", "2070-11-23", [[480, 540], [900, 1080]]),
        ("busy until 4pm", "2070-11-23", [[480, 540], [960, 1080]]),
        ("תפוס מחר מ-12 עד 15", "2070-11-24", [[480, 720], [900, 1080]]),
        ("מחר תפוס מ 13 עד 15", "2070-11-24", [[480, 780], [900, 1080]]),
        ("תפוס מחר בין 13 ל 15", "2070-11-24", [[480, 780], [900, 1080]]),
        ("תפוס היום מ 14 עד 16", "2070-11-23", [[480, 840], [960, 1080]]),
        ("busy tomorrow from 13 to 15", "2070-11-24", [[480, 780], [900, 1080]]),
        ("מחר אני לא זמין בין 9 ל 12", "2070-11-24", [[480, 540], [720, 1080]]),
        ("לא פנוי ביום שלישי מ9 עד 12", "2070-11-25", [[480, 540], [720, 1080]]),
        ("לא עובד היום אחרי 15:00", "2070-11-23", [[480, 900]]),
    ],
)
async def test_hours_that_are_busy_are_open_no_more(world: World, said: str, day: str, spans: list[list[int]]) -> None:
    await world.yossi.say(said)
    assert await exceptions(world) == {day: spans}
    assert await called_for(world) is None


@pytest.mark.parametrize("said", ["הלקוח לא פנוי מחר בין 9 ל 12", "לא זמין", "תפוס עם 2 לקוחות", "לא פנוי מחר ב 10"])
async def test_words_of_no_hours_of_ones_own_close_none(world: World, said: str) -> None:
    await world.yossi.say(said)
    assert await exceptions(world) == {}


async def test_visits_that_stand_in_busy_hours_are_for_people_like_those_of_a_day_off(
    world: World, clock: ManualClock
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    told = words(await world.yossi.say("תפוס עד 11"))
    assert "בלפור 11" in told
    assert "המשרד יטפל" in told
    assert "ויצמן 3" not in told
    assert await attentions(world) == ["professional_off", None]
    alert = words(await world.phone(STAFF, "מורן").unread())
    assert "בלפור 11" in alert
    assert "ויצמן 3" not in alert


async def test_an_offer_of_busy_hours_passes_on_at_once(world: World) -> None:
    await world.customer.say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.unread()
    await world.yossi.say("תפוס מחר מ-9 עד 12")
    async with world.runtime.db.begin(world.business_id) as session:
        statuses = (await session.scalars(select(Offer.status).order_by(Offer.id))).all()
    assert list(statuses) == [OfferStatus.declined, OfferStatus.open]


@pytest.mark.parametrize(("said", "asks"), [("תפוס עד 4", "לאיזה יום"), ("busy until 4pm", "לאיזה יום")])
async def test_busy_until_an_hour_that_is_over_is_not_taken_for_tomorrow(
    world: World, clock: ManualClock, said: str, asks: str
) -> None:
    clock.advance(hours=7, minutes=34)  # 16:34
    assert asks in words(await world.yossi.say(said))
    assert await exceptions(world) == {}
    await world.yossi.say("תפוס מחר עד 16")
    assert list(await exceptions(world)) == ["2070-11-24"]


async def test_busy_as_the_answer_to_an_offer_declines_it_and_changes_no_hours(world: World) -> None:
    await world.customer.say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.unread()
    await world.yossi.say("דחה, אני עסוק עד 18")
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Offer.status).order_by(Offer.id))).first() == OfferStatus.declined
    assert await exceptions(world) == {}


@pytest.mark.parametrize(
    ("said", "work", "price"),
    [
        ("סיימתי, החלפתי ברז, 450 שח", "החלפתי ברז", 45000),
        ("done, replaced the tap, 450 nis", "replaced the tap", 45000),
        ("סיימתי החלפתי 2 ברזים ב-600₪", "החלפתי 2 ברזים", 60000),
        ("סיימתי, בלי תשלום", "בלי תשלום", 0),
        ("סיימתי", "", None),
    ],
)
async def test_what_was_done_and_taken_is_kept_with_the_visit(
    world: World, clock: ManualClock, said: str, work: str, price: int | None
) -> None:
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    clock.advance(hours=3)
    await world.queue.drain(until=clock.now())
    assert "הסתיים" in words(await world.yossi.say(said))
    (visit,) = await bookings(world)
    assert (visit.status, visit.work_done, visit.price_agorot) == (BookingStatus.done, work, price)


async def test_the_price_may_be_told_in_the_next_message(world: World, clock: ManualClock) -> None:
    await booked(world, (CUSTOMER, "דנה", "רחוב בלפור 11", 10), clock=clock)
    clock.advance(hours=3)
    await world.queue.drain(until=clock.now())
    assert "מה המחיר" in words(await world.yossi.say("סיימתי"))
    assert "₪450" in words(await world.yossi.say("החלפתי ברז 450"))
    (visit,) = await bookings(world)
    assert (visit.work_done, visit.price_agorot) == ("החלפתי ברז", 45000)
    assert await called_for(world) is None


async def test_which_visit_is_done_is_asked_and_what_was_said_is_kept(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    clock.advance(hours=5)
    await world.queue.drain(until=clock.now())
    (asked,) = await world.yossi.say("סיימתי, 300 שח")
    assert len(asked.buttons) == 2
    await world.yossi.tap(asked, 1)
    first, second = await bookings(world)
    assert (first.status, first.price_agorot) == (BookingStatus.confirmed, None)
    assert (second.status, second.price_agorot) == (BookingStatus.done, 30000)


async def test_tomorrows_visits_are_listed(world: World, clock: ManualClock) -> None:
    assert "אין ביקורים למחר" in without_marks(words(await world.yossi.say("מחר")))
    await world.customer.say(ASKED.format(street="רחוב בלפור 11", day="מחר", hour=10))
    await world.yossi.say("אשר")
    told = words(await world.yossi.say("מה יש לי מחר"))
    assert "10:00" in told
    assert "בלפור 11" in told


async def test_help_tells_all_that_can_be_written(world: World) -> None:
    told = words(await world.yossi.say("עזרה"))
    for word in ("היום", "בדרך", "אאחר", "סיימתי", "תפוס", "חופש"):
        assert word in told
