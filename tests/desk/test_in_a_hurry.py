"""A plumber in a hurry: done with the one before and on the way, not done yet, in trouble on the road."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.knowledge.text import without_marks
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import ManualClock
from tests.desk.test_words_of_the_day import offered_beside_a_visit
from tests.desk.workdays import RUTH, STAFF, attentions, booked, bookings, called_for, two_visits, words
from tests.journeys.world import CUSTOMER, World

DONE, ON = BookingStatus.done, BookingStatus.confirmed
DANA = (CUSTOMER, "דנה", "רחוב בלפור 11", 10)


async def at(world: World, clock: ManualClock, hour: int, minute: int = 0) -> None:
    """It is that time of the day of the visits, and nobody has anything unread."""
    eight = clock.now()
    clock.at = eight + timedelta(hours=hour - 8, minutes=minute)
    await world.queue.drain(until=clock.now())
    for phone in (world.customer, world.phone(RUTH, "רות"), world.yossi):
        await phone.unread()


async def statuses(world: World) -> list[BookingStatus]:
    return [one.status for one in await bookings(world)]


async def price_of(world: World) -> int | None:
    (visit, *_) = await bookings(world)
    return visit.price_agorot


async def said(world: World, text: str) -> str:
    return without_marks(words(await world.yossi.say(text)))


# Done with the one before, and on the way to the next


@pytest.mark.parametrize(
    "text",
    [
        "סיימתי אצל הקודם, אני בדרך",
        "סיימתי שם, יוצא אליך",
        "סימתי שם בדרך אליך",
        "אוקיי גמרתי אצל דנה נוסע לרות",
        "סיימתי אצל הקודמת יצאתי לבא",
        "אני כבר בדרך, סיימתי את הקודם",
        "finished the previous one, on my way",
        "done with the last job heading to the next",
    ],
)
async def test_who_leaves_the_one_before_has_finished_that_and_sets_out_for_the_next(
    world: World, clock: ManualClock, text: str
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    told = await said(world, text)
    assert "הסתיים" in told
    assert "רות" in told
    assert await statuses(world) == [DONE, ON]
    _, second = await bookings(world)
    assert second.on_the_way_at is not None
    assert "בדרך" in words(await world.phone(RUTH, "רות").unread())
    await world.yossi.say("450")
    assert await price_of(world) == 45000


@pytest.mark.parametrize("minutes", [-10, 10])
@pytest.mark.parametrize("text", ["סיימתי אצל הקודם, אני בדרך", "סיימתי שם יוצא אליך", "finished there, omw"])
async def test_the_visit_ahead_stays_open_when_the_one_before_is_noted_already(
    world: World, clock: ManualClock, text: str, minutes: int
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11)
    await world.yossi.say("סיימתי 450 שח")
    clock.advance(hours=1, minutes=minutes)
    await world.queue.drain(until=clock.now())
    await world.phone(RUTH, "רות").unread()
    await world.yossi.say(text)
    assert await statuses(world) == [DONE, ON]
    assert "בדרך" in words(await world.phone(RUTH, "רות").unread())
    assert await called_for(world) is None


@pytest.mark.parametrize("text", ["סיימתי אצל הקודם", "סיימתי את הקודמת", "finished the previous one"])
async def test_the_one_before_is_not_the_one_set_out_for(world: World, clock: ManualClock, text: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    await world.yossi.say("סיימתי")
    await world.yossi.say("בדרך")
    assert "כבר עודכן" in await said(world, text)
    assert await statuses(world) == [DONE, ON]


async def test_which_of_several_is_done_is_asked_and_the_next_customer_hears_meanwhile(
    world: World, clock: ManualClock
) -> None:
    await booked(world, DANA, (RUTH, "רות", "רחוב ויצמן 3", 12), ("+972500000003", "גל", "הרצל 5", 15), clock=clock)
    await at(world, clock, 14, 20)
    gal = world.phone("+972500000003", "גל")
    await gal.unread()
    asked = (await world.yossi.say("סיימתי אצל הקודם ויוצא אליך"))[-1]
    assert len(asked.buttons) == 2
    assert "בדרך" in words(await gal.unread())
    await world.yossi.tap(asked, 1)
    assert await statuses(world) == [ON, DONE, ON]


async def test_of_a_single_visit_it_is_asked_whether_it_is_over_or_ahead(world: World, clock: ManualClock) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 10, 40)
    (asked,) = await world.yossi.say("סיימתי אצל הקודם אני בדרך אליך")
    assert "דנה" in asked.text
    assert await statuses(world) == [ON]
    assert await world.customer.unread() == []
    await world.yossi.tap(asked, 1)
    assert "בדרך" in words(await world.customer.unread())
    assert await statuses(world) == [ON]


@pytest.mark.parametrize(
    "text",
    ["סיימתי, בדרך הביתה", "סיימתי, החלק החדש בדרך, 450 שח", "done, heading home", "סיימתי פה", "כן סיימתי", "בוצע"],
)
async def test_what_tells_of_no_next_customer_is_a_plain_report(world: World, clock: ManualClock, text: str) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    await world.yossi.say(text)
    assert await statuses(world) == [DONE, ON]
    assert await world.phone(RUTH, "רות").unread() == []


# Not done yet


@pytest.mark.parametrize(
    "text",
    [
        "סיימתי בעוד שעה",
        "אסיים בעוד שעה",
        "מסיים עוד שעה",
        "עוד חצי שעה סיימתי",
        "אני מסיים פה תוך 20 דק",
        "סיימתי חצי",
        "סיימתי חלק",
        "כמעט סיימתי",
        "כימעט גמרתי",
        "סיימתי את רוב העבודה",
        "עוד רגע מסיים",
        "almost done",
        "i'll be done in an hour",
        "done in 20 minutes",
        "עוד לא סיימתי, צריך עוד שעה",
        "עדיין לא סיימתי צריך עוד חצי שעה",
        "עוד לא סיימתי אצל דנה",
        "not done yet",
    ],
)
async def test_what_is_not_done_yet_closes_nothing(world: World, clock: ManualClock, text: str) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 10, 30)
    told = await said(world, text)
    assert "דנה" in told
    assert '"סיימתי"' in told
    assert await statuses(world) == [ON]
    assert await called_for(world) is None


@pytest.mark.parametrize("text", ["סיימתי בעוד שעה", "כמעט סיימתי"])
async def test_what_is_not_done_yet_closes_nothing_when_it_answers_how_the_visit_went(
    world: World, clock: ManualClock, text: str
) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11, 40)
    await said(world, text)
    assert await statuses(world) == [ON]


@pytest.mark.parametrize("text", ["עוד לא סיימתי", "עדיין לא סיימתי, צריך עוד חצי שעה"])
async def test_not_done_yet_of_a_visit_that_is_noted_as_done_opens_it_again(
    world: World, clock: ManualClock, text: str
) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 10, 40)
    await said(world, "סיימתי 450")
    assert "פתוח שוב" in await said(world, text)
    assert await statuses(world) == [ON]


@pytest.mark.parametrize("text", ["אסיים פה רק בעוד שעה", "עוד לא סיימתי, צריך עוד שעה"])
async def test_an_end_that_reaches_into_the_next_visit_is_asked_about(
    world: World, clock: ManualClock, text: str
) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    (asked,) = await world.yossi.say(text)
    assert "רות" in asked.text
    assert await statuses(world) == [ON, ON]
    await world.yossi.tap(asked, 1)
    assert "12:30" in words(await world.phone(RUTH, "רות").unread())


async def test_what_goes_on_tomorrow_is_for_people_too(world: World, clock: ManualClock) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11)
    assert "למשרד" in await said(world, "סיימתי להיום ממשיך מחר")
    assert await statuses(world) == [ON]
    assert await called_for(world) is not None


@pytest.mark.parametrize(
    "text",
    [
        "סיימתי חצי שעה לפני הזמן",
        "סיימתי, החלפתי חלק",
        "סיימתי אחרי שעה",
        "סיימתי לפני רבע שעה",
        "סיימתי רק עכשיו",
        "סיימתי. כמעט נפלתי מהסולם",
        "done in the kitchen",
    ],
)
async def test_what_only_sounds_unfinished_is_done(world: World, clock: ManualClock, text: str) -> None:
    await booked(world, DANA, clock=clock)
    await at(world, clock, 11)
    await world.yossi.say(text)
    assert await statuses(world) == [DONE]


# Trouble on the road


@pytest.mark.parametrize(
    "text",
    [
        "פנצ'ר",
        "פנצר",
        "יש לי פנצר בגלגל אחי",
        "תאונה",
        "עשיתי תאונה קטנה",
        "נתקעתי",
        "נתקעתי אצל הקודם",
        "האוטו נתקע",
        "הרכב לא מניע",
        "flat tire",
        "the van broke down",
    ],
)
async def test_who_is_in_trouble_with_a_visit_ahead_is_asked_how_late_it_gets(
    world: World, clock: ManualClock, text: str
) -> None:
    await two_visits(world, clock)
    (asked,) = await world.yossi.say(text)
    assert "10:00" in without_marks(asked.text)
    assert "דנה" in asked.text
    assert len(asked.buttons) == 3
    assert await world.customer.unread() == []
    await world.yossi.tap(asked, 0)
    assert "10:30" in words(await world.customer.unread())


@pytest.mark.parametrize(("text", "hour"), [("חצי שעה", "10:30"), ("40 דק", "10:40"), ("אגיע ב-11:00", "11:00")])
async def test_how_late_may_be_written(world: World, clock: ManualClock, text: str, hour: str) -> None:
    await two_visits(world, clock)
    await world.yossi.say("פנצר")
    await world.yossi.say(text)
    assert hour in words(await world.customer.unread())


async def test_minutes_told_with_the_trouble_are_not_asked_for(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("פנצר מאחר חצי שעה")
    assert "10:30" in words(await world.customer.unread())


@pytest.mark.parametrize("answer", ["לא אוכל להגיע", "לא אגיע", None])
async def test_who_cannot_come_leaves_the_visit_to_people(world: World, clock: ManualClock, answer: str | None) -> None:
    await two_visits(world, clock)
    (asked,) = await world.yossi.say("תאונה")
    told = words(await (world.yossi.tap(asked, 2) if answer is None else world.yossi.say(answer)))
    assert "בלפור 11" in told
    assert await attentions(world) == ["professional_unable", None]
    assert await statuses(world) == [ON, ON]


async def test_trouble_with_no_visit_ahead_is_for_people(world: World) -> None:
    assert "למשרד" in await said(world, "פנצר")
    assert await called_for(world) == "professional_wrote"


async def test_trouble_while_an_offer_waits_answers_no_offer(world: World, clock: ManualClock) -> None:
    await offered_beside_a_visit(world, clock)
    told = await said(world, "פנצר")
    assert "דנה" in told
    assert "ממתינה לתשובה" in told
    await world.yossi.say("20 דקות")
    assert "10:20" in words(await world.customer.unread())


@pytest.mark.parametrize("text", ["יש פנצ'ר בצינור מתחת לכיור", "נתקעתי עם בורג חלוד", "ללקוח הייתה תאונה"])
async def test_trouble_of_something_else_goes_to_the_office(world: World, clock: ManualClock, text: str) -> None:
    await two_visits(world, clock)
    assert "הועברה למשרד" in await said(world, text)
    assert await world.customer.unread() == []


async def test_staff_hear_the_words_of_who_cannot_come(world: World, clock: ManualClock) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    await two_visits(world, clock)
    await world.yossi.say("פנצר")
    await world.yossi.say("לא אוכל להגיע")
    assert "לא אוכל להגיע" in words(await world.phone(STAFF, "מורן").unread())
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Booking.status))).all() == [ON, ON]


async def test_no_delay_at_the_next_visit_gives_nothing_up(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await at(world, clock, 11, 30)
    await world.yossi.say("אסיים פה רק בעוד שעה")
    assert "תודה" in await said(world, "לא")
    assert await statuses(world) == [ON, ON]
    assert await attentions(world) == [None, None]
