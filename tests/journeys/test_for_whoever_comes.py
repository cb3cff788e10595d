"""What a customer says for whoever comes to their visit gets there: kept, told once, and said truthfully."""

import pytest
from sqlalchemy import select

from proli.leads.for_visit import MOST, notes_of
from proli.leads.models import Lead
from tests.conftest import ManualClock
from tests.journeys.test_handed_over import office, words
from tests.journeys.test_said_of_a_visit import PASSED, arranged, lead_of
from tests.journeys.test_two_requests import both_booked
from tests.journeys.world import Phone, World
from tests.office import EVERYTHING

__all__ = ["office"]

FOR_THEM = [
    "קוד הכניסה לבניין 1234#",
    "תגידו לו שיתקשר לפני",
    "תגידו ליוסי שיתקשר אליי לפני שהוא מגיע",
    "החניה מאחורה",
    "יש כלב בחצר",
    "תודה, אבל הכלב נושך",
    "אשתי תהיה בבית, הטלפון שלה 0521234567",
    "אני בבית פותחת לו עכשיו",
    "שלא יצלצל בפעמון התינוק ישן",
    "tell him to ring the bell",
    "bring a ladder please, the ceiling is high",
]


def plain(told: str) -> str:
    return told.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("said", FOR_THEM)
async def test_what_is_for_whoever_comes_is_passed_on_once_and_the_office_is_left_alone(
    world: World, office: Phone, said: str
) -> None:
    await arranged(world, booked=True)
    answer = plain(words(await world.customer.say(said)))
    assert "הועברה אל יוסי כהן" in answer or "passed your message on to יוסי כהן" in answer
    (told,) = await world.yossi.unread()
    assert f"״{said}״" in plain(told.text)
    lead = await lead_of(world)
    assert (notes_of(lead), lead.attention) == ([said], None)
    assert await office.unread() == []
    await world.customer.say(said)
    assert await world.yossi.unread() == []


@pytest.mark.parametrize("said", FOR_THEM)
async def test_before_the_approval_it_is_kept_and_given_with_it(world: World, office: Phone, said: str) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    answer = words(await world.customer.say(said))
    assert "עם אישור הביקור" in answer or "once the visit is approved" in answer
    assert await world.yossi.unread() == []
    told = plain(words(await world.yossi.tap(offer, 0)))
    assert f"״{said}״" in told
    assert await office.unread() == []


async def test_who_takes_the_job_after_another_has_declined_reads_it(world: World) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await world.customer.say("הקוד בכניסה 1234#")
    await world.yossi.tap(offer, 1)
    (second,) = await world.moshe.unread()
    assert "1234" not in second.text
    assert "1234#" in words(await world.moshe.tap(second, 0))


async def test_at_night_it_waits_for_the_morning_and_that_is_said(world: World, clock: ManualClock) -> None:
    await arranged(world, booked=True)
    clock.advance(hours=14)
    answer = words(await world.customer.say("הקוד בכניסה 1234#"))
    assert "לפני הביקור" in answer
    assert await world.yossi.unread() == []
    clock.advance(hours=9)
    await world.queue.drain(until=clock.now())
    assert "1234#" in words(await world.yossi.unread())


async def test_it_stands_in_the_list_of_the_day(world: World) -> None:
    await arranged(world, booked=True)
    await world.customer.say("הקוד בכניסה 1234#")
    await world.yossi.unread()
    assert "1234#" in words(await world.yossi.say("מחר"))


async def test_what_people_must_read_besides_reaches_them_too(world: World, office: Phone) -> None:
    await arranged(world, booked=True)
    answer = words(await world.customer.say("הקוד 1234#, וכמה זה יעלה לי בסוף?"))
    assert "הועברה אל" in answer
    assert "1234#" in words(await world.yossi.unread())


async def test_another_hour_and_a_code_are_both_heard(world: World) -> None:
    await arranged(world, booked=True)
    answer = words(await world.customer.say("תעבירו למחר ב-12:00, והקוד בכניסה 1234#"))
    assert "12:00" in answer
    assert notes_of(await lead_of(world)) == ["והקוד בכניסה 1234#"]


async def test_a_complaint_reaches_people_and_nobody_else(world: World, office: Phone) -> None:
    await arranged(world, booked=True)
    await world.customer.say("אני רוצה להתלונן, תגידו לו שהוא נוכל")
    assert await world.yossi.unread() == []
    assert notes_of(await lead_of(world)) == []
    assert await office.unread()


async def test_more_than_can_be_kept_goes_to_people(world: World, office: Phone) -> None:
    await arranged(world, booked=True)
    for at in range(MOST):
        await world.customer.say(f"הקוד בכניסה 100{at}#")
    assert await office.unread() == []
    assert PASSED in words(await world.customer.say("הקוד בכניסה 2000#"))
    assert len(notes_of(await lead_of(world))) == MOST
    assert "2000" in words(await office.unread())


async def notes_by_lead(world: World) -> list[list[str]]:
    async with world.runtime.db.begin(world.business_id) as session:
        return [notes_of(one) for one in await session.scalars(select(Lead).order_by(Lead.id))]


async def test_of_two_visits_it_is_asked_which_and_the_answer_takes_it_there(world: World) -> None:
    await both_booked(world)
    answer = words(await world.customer.say("הקוד בכניסה 1234#"))
    assert "על איזה ביקור" in answer
    assert await notes_by_lead(world) == [[], []]
    answer = words(await world.customer.say("2"))
    assert "11:00" in answer
    assert "הועברה אל" in answer
    assert await notes_by_lead(world) == [[], ["הקוד בכניסה 1234#"]]


async def test_of_two_visits_the_one_that_is_named_has_it(world: World) -> None:
    await both_booked(world)
    await world.customer.say("הקוד לביקור של מחר הוא 1234#")
    assert await notes_by_lead(world) == [["הקוד לביקור של מחר הוא 1234#"], []]


async def test_both_visits_may_be_meant(world: World) -> None:
    await both_booked(world)
    await world.customer.say("יש כלב")
    await world.customer.say("לשניהם")
    assert await notes_by_lead(world) == [["יש כלב"], ["יש כלב"]]


async def test_while_a_person_answers_it_gets_there_all_the_same(world: World) -> None:
    await arranged(world, booked=True)
    await world.customer.say("אפשר לדבר עם נציג?")
    await world.customer.say("הקוד בכניסה 1234#")
    assert "1234#" in words(await world.yossi.unread())


async def test_of_a_visit_that_is_over_people_hear(world: World, office: Phone, clock: ManualClock) -> None:
    await arranged(world, booked=True)
    clock.advance(hours=36)
    await world.customer.say("הקוד בכניסה 1234#")
    assert await office.unread()
    assert notes_of(await lead_of(world)) == []
