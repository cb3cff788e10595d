"""A professional who cannot come to a visit: it is in question until people decide, or the professional comes after
all.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from proli.accounts.actor import BY_STAFF
from proli.customer_page.rules import state_of
from proli.dispatch.calendar import reschedule
from proli.knowledge.text import without_marks
from proli.leads.actions import attend
from proli.leads.models import Lead
from proli.notifications.queries import get_visit
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.rules import Interval
from proli.sweeps.running import run_due
from tests.conftest import ManualClock
from tests.desk.workdays import RUTH, STAFF, attentions, bookings, two_visits, with_staff, words
from tests.journeys.world import MOSHE, World

CHECKED = "בבדיקה מול הצוות"
UNABLE = "professional_unable"


async def unable(world: World) -> list[bool]:
    return [one.unable_at is not None for one in await bookings(world)]


async def settle(world: World, clock: ManualClock) -> None:
    """What staff have just done can be undone no more."""
    clock.advance(seconds=10)
    await world.queue.drain(until=clock.now())


async def attended(world: World, clock: ManualClock) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead).where(Lead.attention == UNABLE))).one()
        await attend(session, lead, actor=BY_STAFF, now=clock.now())
    await world.queue.drain()


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("לא אוכל להגיע לדנה", [True, False]),
        ("לא יכל להגיע לדנה סורי", [True, False]),
        ("לא אצליח להגיע לדנה היום", [True, False]),
        ("לא אגיע לרות, הילד חולה", [False, True]),
        ("אין מצב שאני מספיק את רות", [False, True]),
        ("לא מסתדר לי דנה היום", [True, False]),
        ("לא אגיע ל12", [False, True]),
        ("לא אוכל להגיע לויצמן", [False, True]),
        ("היום יש לי חתונה, לא יכול", [True, True]),
        ("אי אפשר היום אחי יש לי לוויה", [True, True]),
        ("אני לא מגיע היום", [True, True]),
        ("לא מרגיש טוב, לא אגיע היום", [True, True]),
        ("אני בבית חולים עם הילד לא אגיע היום", [True, True]),
        ("תמצאו מישהו אחר לדנה אני לא יכול", [True, False]),
        ("תבטלו לי את דנה", [True, False]),
        ("אני מבריז מדנה", [True, False]),
        ("תוריד לי את דנה בבקשה, אין לי אוטו", [True, False]),
        ("תורידו אותי מרות", [False, True]),
        ("תבטלו לי את הביקור אצל רות", [False, True]),
        ("חייב לבטל את דנה", [True, False]),
        ("תבטל לי את העבודה בויצמן", [False, True]),
        ("תבטלו לי את הביקור של 12", [False, True]),
        ("תבטלו לי את היום", [True, True]),
        ("cancel 12:00 for me", [False, True]),
    ],
)
async def test_what_is_refused_is_in_question_and_staff_hear_once_with_the_words(
    world: World, clock: ManualClock, said: str, which: list[bool]
) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    assert "ומשם יחזרו" in words(await world.yossi.say(said))
    assert await unable(world) == which
    assert await attentions(world) == [UNABLE if one else None for one in which]
    (alert,) = await world.phone(STAFF, "מורן").unread()
    assert said in without_marks(alert.text)
    assert [street in alert.text for street in ("בלפור", "ויצמן")] == which
    answer = words(await world.customer.say("מה קורה, הוא מגיע?"))
    assert (CHECKED in answer) is which[0]
    assert [one.status for one in await bookings(world)] == [BookingStatus.confirmed] * 2


@pytest.mark.parametrize(
    "said",
    [
        "הלקוחה לא יכולה היום",
        "לא יכול לדבר עכשיו",
        "לא",
        "לא הגיע החלק",
        "דנה לא תהיה בבית היום",
        "לא יכול להגיע מוקדם יותר",
        "לא אוכל להגיע מחר",
        "הבן של דנה לא מרגיש טוב",
        "לא יכול לאשר את המחיר",
        "לא יכול להוציא חשבונית",
        "אל תבטלו לי את דנה",
        "תוריד לי את המחיר של דנה",
        "תוריד לדנה את המחיר",
        "דנה ביטלה לי",
        "תבטלו את דנה, היא ביקשה",
        "אפשר לבטל לי את דנה?",
        "תבטל לי את החשבונית של דנה",
        "תבטלו לי את מחר",
        "אם יהיה גשם תבטלו לי את דנה",
    ],
)
async def test_what_refuses_no_visit_puts_none_in_question(world: World, clock: ManualClock, said: str) -> None:
    await two_visits(world, clock)
    await world.yossi.say(said)
    assert await unable(world) == [False, False]


@pytest.mark.parametrize("answer", ["רות", "לרות", "של 12", "השני", "לשני", "the second one", None])
async def test_which_of_several_is_asked_once(world: World, clock: ManualClock, answer: str | None) -> None:
    await two_visits(world, clock)
    (asked,) = await world.yossi.say("לא יכול להגיע")
    assert len(asked.buttons) == 2
    assert await unable(world) == [False, False]
    await (world.yossi.tap(asked, 1) if answer is None else world.yossi.say(answer))
    assert await unable(world) == [False, True]


@pytest.mark.parametrize("said", ["תבטלו לי את הביקור", "אני מבריז מזה", "cancel the visit for me"])
async def test_which_is_given_up_is_asked_where_the_words_leave_it_open(
    world: World, clock: ManualClock, said: str
) -> None:
    await two_visits(world, clock)
    (asked,) = await world.yossi.say(said)
    assert len(asked.buttons) == 2
    assert await unable(world) == [False, False]
    await world.yossi.say("דנה")
    assert await unable(world) == [True, False]


async def test_until_it_is_decided_nobody_is_reminded_and_no_list_shows_it_as_standing(
    world: World, clock: ManualClock
) -> None:
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לרות")
    listed = without_marks(words(await world.yossi.say("היום")))
    assert listed.index("בלפור") < listed.index("ממתינים להחלטת המשרד") < listed.index("ויצמן")
    async with world.runtime.db.begin(world.business_id) as session:
        last = await session.scalar(select(Booking.id).order_by(Booking.starts_at.desc()))
        assert last is not None
        assert state_of(await get_visit(session, last), now=clock.now()) == "in_question"
    clock.advance(hours=2, minutes=5)
    await world.queue.drain(until=clock.now())
    assert await world.phone(RUTH, "רות").unread() == []


async def test_staff_are_called_again_before_it(world: World, clock: ManualClock) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לרות")
    await world.phone(STAFF, "מורן").unread()
    clock.advance(hours=3, minutes=5)
    await run_due(world.runtime)
    await world.queue.drain(until=clock.now())
    told = words(await world.phone(STAFF, "מורן").unread())
    assert "ויצמן" in told
    assert "לא תהיה הגעה" in told


async def test_left_to_stand_by_staff_both_sides_who_heard_otherwise_know(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לדנה")
    assert CHECKED in words(await world.customer.say("הוא מגיע?"))
    await attended(world, clock)
    assert await unable(world) == [False, False]
    assert "מתקיים כפי שנקבע" in words(await world.customer.unread())
    assert "נשאר ביומן" in words(await world.yossi.unread())
    assert CHECKED not in words(await world.customer.say("הוא מגיע?"))


async def test_a_customer_who_heard_nothing_hears_nothing_when_it_stands(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לדנה")
    await attended(world, clock)
    assert await world.customer.unread() == []


async def test_what_the_customer_writes_meanwhile_does_not_let_it_stand(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לדנה")
    await world.customer.say("אני רוצה לדבר עם נציג")
    assert await attentions(world) == [UNABLE, None]
    assert await unable(world) == [True, False]


async def test_moved_by_staff_it_is_in_question_no_more(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לדנה")
    async with world.runtime.db.begin(world.business_id) as session:
        moshe = (await session.scalars(select(Professional).where(Professional.phone_e164 == MOSHE))).one()
        moshe.active = True
        (first, *_) = (await session.scalars(select(Booking).order_by(Booking.starts_at))).all()
        visit = Interval(first.starts_at, first.ends_at)
        await reschedule(session, first.id, professional_id=moshe.id, visit=visit, actor=BY_STAFF, now=clock.now())
    await settle(world, clock)
    assert await unable(world) == [False, False]
    assert await attentions(world) == [None, None]
    assert "משה לוי" in words(await world.customer.unread())


async def test_who_takes_it_back_comes_and_all_who_heard_otherwise_know_once(world: World, clock: ManualClock) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    (told,) = await world.yossi.say("לא אוכל להגיע לדנה")
    await world.customer.say("הוא מגיע?")
    await world.phone(STAFF, "מורן").unread()
    assert "עומד כפי שנקבע" in words(await world.yossi.tap(told, 0))
    await world.yossi.tap(told, 0)
    assert await unable(world) == [False, False]
    assert await attentions(world) == [None, None]
    assert len(await world.customer.unread()) == 1
    (back,) = await world.phone(STAFF, "מורן").unread()
    assert "בלפור" in back.text


async def test_who_sets_out_comes_after_all(world: World, clock: ManualClock) -> None:
    await with_staff(world)
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לדנה")
    clock.advance(hours=1, minutes=30)
    await world.queue.drain(until=clock.now())
    await world.phone(STAFF, "מורן").unread()
    await world.yossi.say("בדרך")
    assert await unable(world) == [False, False]
    assert "בדרך אליך" in words(await world.customer.unread())
    assert "תהיה הגעה" in words(await world.phone(STAFF, "מורן").unread())


async def test_after_the_hour_who_could_not_come_is_not_asked_how_it_went(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("לא אוכל להגיע לדנה")
    clock.advance(hours=4)
    for _ in range(2):
        await run_due(world.runtime)
        await world.queue.drain(until=clock.now())
    assert "איך הסתיים" not in words([one for one in await world.yossi.unread() if "בלפור" in one.text])
    assert (await attentions(world))[0] == "no_outcome"
    assert clock.now() - (await bookings(world))[0].ends_at > timedelta(minutes=30)
