"""Who has more than one request is served in the one that they mean, or asked which; nothing else is touched."""

import pytest
from sqlalchemy import select

from proli.conversations.reasons import PersonReason
from proli.leads.for_visit import notes_of
from proli.leads.models import Lead
from proli.professionals.actions import Profile, add_professional
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import ManualClock
from tests.journeys.scenes import played_once, remembered
from tests.journeys.world import ZONE, Phone, World

PLUMBING = "יש לי נזילה בכיור, רמת גן, רחוב ביאליק 12, מחר בשעה 10:00"
LOCKED = "צריך גם מנעולן להחלפת צילינדר, רמת גן, רחוב ביאליק 12, ביום רביעי בשעה 11:00"
WIRING = "צריך גם חשמלאי, יש קצר בשקע"
KEPT = {"plumber": ("booked", "24 10:00"), "locksmith": ("booked", "26 11:00")}
OTHERS = {"locksmith": ("רמי דיין", "+972520000003"), "electrician": ("אבי נגר", "+972520000004")}


@remembered
async def with_others(world: World) -> dict[str, Phone]:
    """The world with somebody of each other trade, and their phones."""
    async with world.runtime.db.begin(world.business_id) as session:
        for trade, (name, phone) in OTHERS.items():
            profile = Profile(name=name, phone_e164=phone, trades=(trade,), base_locality="רמת גן", radius_km=15)
            await add_professional(session, profile)
    return {trade: world.phone(phone, name) for trade, (name, phone) in OTHERS.items()}


async def says(world: World, text: str) -> str:
    return "\n".join(message.text for message in await world.customer.say(text))


async def approves(phone: Phone, world: World) -> None:
    (offer,) = [message for message in await phone.unread() if message.buttons]
    await phone.tap(offer, 0)
    await phone.unread()
    await world.customer.unread()


@played_once
async def plumber_booked(world: World) -> None:
    await says(world, PLUMBING)
    await approves(world.yossi, world)


async def both_booked(world: World) -> dict[str, Phone]:
    """Yossi comes tomorrow at ten, the locksmith the day after at eleven."""
    await book_both(world)
    return {trade: world.phone(phone, name) for trade, (name, phone) in OTHERS.items()}


@played_once
async def book_both(world: World) -> None:
    others = await with_others(world)
    await plumber_booked(world)
    await says(world, LOCKED)
    await approves(others["locksmith"], world)
    assert await standing(world) == KEPT
    await says(world, "תודה רבה")


@played_once
async def wiring_begun(world: World) -> None:
    """Yossi comes tomorrow at ten; of the electrician nothing is known but what is broken."""
    await with_others(world)
    await plumber_booked(world)
    await says(world, WIRING)
    assert await standing(world) == {"plumber": ("booked", "24 10:00"), "electrician": ("contacted", None)}


async def standing(world: World) -> dict[str, tuple[str, str | None]]:
    """By trade how each request stands, and when its visit is promised."""
    async with world.runtime.db.begin(world.business_id) as session:
        rows = await session.execute(
            select(Lead, Booking)
            .outerjoin(Booking, (Booking.lead_id == Lead.id) & (Booking.status == BookingStatus.confirmed))
            .order_by(Lead.id)
        )
        found = [(lead.trade, lead.status.value, visit and visit.starts_at) for lead, visit in rows]
    assert len({trade for trade, *_ in found}) == len(found), "a request that nobody has made"
    return {str(trade): (status, at and f"{at.astimezone(ZONE):%d %-H:%M}") for trade, status, at in found}


async def held(world: World) -> dict[str, str]:
    """By trade the hours that somebody is asked for."""
    async with world.runtime.db.begin(world.business_id) as session:
        rows = await session.execute(
            select(Lead.trade, Booking.starts_at)
            .join(Booking, Booking.lead_id == Lead.id)
            .where(Booking.status.in_((BookingStatus.held, BookingStatus.pending)))
        )
        return {str(trade): f"{at.astimezone(ZONE):%d %-H:%M}" for trade, at in rows}


@pytest.mark.parametrize(
    ("said", "trade", "named"),
    [
        ("תבטלו את השרברב בבקשה", "plumber", "יוסי כהן"),
        ("אני רוצה לבטל את האינסטלטור", "plumber", "10:00"),
        ("תבטלו את המנעולן", "locksmith", "רמי דיין"),
        ("תבטלו את הביקור של יוסי", "plumber", "יוסי כהן"),
        ("צריך לבטל את הביקור של מחר", "plumber", "10:00"),
        ("תבטלו את הביקור ביום רביעי", "locksmith", "11:00"),
        ("תבטלו את הביקור ב-11:00", "locksmith", "11:00"),
        ("תבטלו את השרברב ולא את המנעולן", "plumber", "יוסי כהן"),
        ("please cancel the plumber", "plumber", "10:00"),
        ("cancel the locksmith please", "locksmith", "11:00"),
    ],
)
async def test_the_visit_that_is_named_is_cancelled_and_the_other_stands(
    world: World, *, said: str, trade: str, named: str
) -> None:
    await both_booked(world)
    answer = await says(world, said)
    assert named in answer
    assert "בוטל" in answer or "Cancelled" in answer
    assert await standing(world) == {**KEPT, trade: ("cancelled", None)}


@pytest.mark.parametrize(
    "said",
    [
        "תבטלו בבקשה", "אני צריך לבטל את הביקור", "לא רלוונטי, תבטלו", "please cancel", "תבטלו את הצבע",
        "תבטלו את הביקור של שישי", "מה קורה אם אני מבטל?", "שלום, " + "אני כותב לכם מהעבודה ויש לי בעיה גדולה. " * 8
        + "תבטלו בבקשה",
    ],
)  # fmt: skip
async def test_words_that_single_none_out_cancel_none_and_it_is_asked_which(world: World, said: str) -> None:
    await both_booked(world)
    answer = await says(world, said)
    assert "על איזה ביקור מדובר" in answer or "Which visit do you mean" in answer
    assert all(word in answer for word in ("10:00", "11:00"))
    assert await standing(world) == KEPT


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        ("השרברב", {"plumber"}),
        ("את המנעולן", {"locksmith"}),
        ("של יום רביעי", {"locksmith"}),
        ("של מחר", {"plumber"}),
        ("הראשון", {"plumber"}),
        ("השני", {"locksmith"}),
        ("1", {"plumber"}),
        ("2", {"locksmith"}),
        ("של יוסי", {"plumber"}),
        ("שניהם", {"plumber", "locksmith"}),
    ],
)
async def test_the_answer_to_which_is_taken_in_the_next_turn(world: World, *, answer: str, gone: set[str]) -> None:
    await both_booked(world)
    await says(world, "תבטלו בבקשה")
    assert "בוטל" in await says(world, answer)
    assert await standing(world) == {
        trade: ("cancelled", None) if trade in gone else stands for trade, stands in KEPT.items()
    }


async def test_an_answer_that_names_none_is_asked_about_again(world: World) -> None:
    await both_booked(world)
    await says(world, "תבטלו בבקשה")
    assert "על איזה ביקור מדובר" in await says(world, "כן")
    assert await standing(world) == KEPT


async def test_a_question_about_cancelling_stays_one_until_a_plain_yes(world: World) -> None:
    await both_booked(world)
    await says(world, "מה קורה אם אני מבטל?")
    assert "לבטל את הביקור" in await says(world, "השרברב")
    assert await standing(world) == KEPT
    assert "יוסי כהן" in await says(world, "כן")
    assert await standing(world) == {**KEPT, "plumber": ("cancelled", None)}


async def test_all_are_cancelled_by_who_says_so(world: World) -> None:
    await both_booked(world)
    answer = await says(world, "תבטלו את שניהם")
    assert all(word in answer for word in ("10:00", "11:00"))
    assert {status for status, _ in (await standing(world)).values()} == {"cancelled"}


@pytest.mark.parametrize("said", ["סליחה לא אהיה בבית, תבטלו", "תבטלו בבקשה", "please cancel it", "אל תבואו"])
async def test_after_a_reminder_its_visit_is_meant(world: World, clock: ManualClock, said: str) -> None:
    await both_booked(world)
    await reminded(world, clock)
    answer = await says(world, said)
    assert "10:00" in answer
    assert "11:00" not in answer
    assert await standing(world) == {**KEPT, "plumber": ("cancelled", None)}


async def reminded(world: World, clock: ManualClock) -> None:
    clock.advance(hours=1, minutes=1)
    await world.queue.drain(until=clock.now())
    (reminder,) = await world.customer.unread()
    assert "יוסי כהן" in reminder.text


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("תבטלו את השרברב", {**KEPT, "plumber": ("cancelled", None)}),
        ("תבטלו בבקשה", KEPT),
        ("תבטלו את שניהם", KEPT),
    ],
)
async def test_while_a_person_answers_only_the_one_that_is_named_is_cancelled(
    world: World, *, said: str, left: dict[str, tuple[str, str | None]]
) -> None:
    await both_booked(world)
    await says(world, "אני רוצה לדבר עם נציג אנושי")
    await world.customer.say(said)
    assert await standing(world) == left


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("תבטלו את השרברב בבקשה", "plumber"),
        ("אני צריך לבטל את הביקור", "plumber"),
        ("cancel the visit please", "plumber"),
        ("תבטלו את החשמלאי", "electrician"),
    ],
)
async def test_beside_a_request_that_is_only_begun_what_is_named_is_cancelled(
    world: World, *, said: str, gone: str
) -> None:
    await wiring_begun(world)
    assert "בוטל" in (await says(world, said)).replace("Cancelled", "בוטל")
    after = await standing(world)
    assert {trade for trade, (status, _) in after.items() if status == "cancelled"} == {gone}


async def test_beside_a_request_that_is_only_begun_plain_words_are_asked_about(world: World) -> None:
    await wiring_begun(world)
    assert "על איזה ביקור מדובר" in await says(world, "תבטלו בבקשה")
    assert await standing(world) == {"plumber": ("booked", "24 10:00"), "electrician": ("contacted", None)}


@pytest.mark.parametrize(
    ("said", "trade", "at"),
    [
        ("אפשר להזיז את השרברב ל-15:00?", "plumber", "24 15:00"),
        ("תזיזו את המנעולן ל-16:00 בבקשה", "locksmith", "26 16:00"),
        ("can we move the plumber to 15:00?", "plumber", "24 15:00"),
    ],
)
async def test_the_visit_that_is_named_is_moved(world: World, *, said: str, trade: str, at: str) -> None:
    await both_booked(world)
    answer = await says(world, said)
    assert ("10:00" if trade == "plumber" else "11:00") in answer
    assert await standing(world) == KEPT
    assert await held(world) == {trade: at}


async def test_a_wish_to_move_beside_a_request_that_is_only_begun_is_of_the_visit(world: World) -> None:
    await wiring_begun(world)
    await says(world, "אפשר להזיז את השרברב למחר ב15:00?")
    assert await held(world) == {"plumber": "24 15:00"}
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(Lead.wish).where(Lead.trade == "electrician")) is None


async def test_of_a_move_it_is_asked_which_and_then_to_when(world: World) -> None:
    await both_booked(world)
    assert "על איזה ביקור מדובר" in await says(world, "אפשר להזיז את הביקור?")
    assert "לאיזה מועד" in await says(world, "השרברב")
    await says(world, "למחר ב-15:00")
    assert await held(world) == {"plumber": "24 15:00"}
    assert await standing(world) == KEPT


@pytest.mark.parametrize(
    ("said", "answer", "asked"),
    [
        ("אפשר להזיז את הביקור לחמישי ב-12?", "השרברב", {"plumber": "27 12:00"}),
        ("תזיזו את הביקור למחר ב-17:00", "2", {"locksmith": "24 17:00"}),
        ("אני צריכה לדחות את הביקור לשבוע הבא ביום שני ב-9 בבוקר", "של יוסי", {"plumber": "01 9:00"}),
        ("can you move the visit to thursday at 15:00?", "the locksmith", {"locksmith": "27 15:00"}),
        ("אפשר להזיז את הביקור בשעה?", "השרברב", {"plumber": "24 11:00"}),
    ],
)
async def test_the_time_that_was_named_before_which_is_asked_for_once_it_is_known(
    world: World, *, said: str, answer: str, asked: dict[str, str]
) -> None:
    await both_booked(world)
    await says(world, said)
    told = await says(world, answer)
    assert await held(world) == asked, told
    assert await standing(world) == KEPT


@pytest.mark.parametrize(
    ("said", "answer"), [("אפשר להזיז את הביקור לחמישי ב-12?", "לא משנה, תודה"), ("תזיזו את הביקור למחר ב-17:00", "כן")]
)
async def test_an_answer_that_names_none_moves_none(world: World, *, said: str, answer: str) -> None:
    await both_booked(world)
    await says(world, said)
    await says(world, answer)
    assert await held(world) == {}
    assert await standing(world) == KEPT


@pytest.mark.parametrize(
    ("said", "told", "other"),
    [
        ("מתי בא השרברב?", "10:00", "11:00"),
        ("מה עם המנעולן?", "11:00", "10:00"),
        ("when is the plumber coming?", "10:00", "11:00"),
    ],
)
async def test_who_asks_hears_of_the_visit_that_is_named(world: World, *, said: str, told: str, other: str) -> None:
    await both_booked(world)
    answer = await says(world, said)
    assert (told in answer, other in answer) == (True, False)
    assert await standing(world) == KEPT


async def test_who_asks_of_none_hears_of_each(world: World) -> None:
    await both_booked(world)
    answer = await says(world, "מתי מגיעים?")
    assert all(word in answer for word in ("10:00", "11:00"))


async def test_what_is_begun_goes_on_beside_a_visit(world: World) -> None:
    """An hour told for the new request is its wish, and moves nothing."""
    await wiring_begun(world)
    await says(world, "רמת גן, רחוב ביאליק 12")
    await says(world, "מחר בשעה 17:00")
    assert await held(world) == {"electrician": "24 17:00"}
    assert (await standing(world))["plumber"] == ("booked", "24 10:00")


@pytest.mark.parametrize(
    ("said", "trade"),
    [
        ("תגידו לשרברב שהקוד בכניסה 1234", "plumber"),
        ("תמסרו ליוסי שיש כלב בחצר", "plumber"),
        ("תגידו למנעולן להביא צילינדר גדול", "locksmith"),
        ("please tell the locksmith the gate code is 55", "locksmith"),
        ("לגבי המנעולן - אני בקומה 3", "locksmith"),
        ("תזכירו לשרברב להביא סולם", "plumber"),
    ],
)
async def test_words_to_whoever_comes_are_of_that_visit_and_begin_nothing(
    world: World, *, said: str, trade: str
) -> None:
    await both_booked(world)
    told = await says(world, said)
    assert ("10:00" if trade == "plumber" else "11:00") in told
    assert await standing(world) == KEPT
    async with world.runtime.db.begin(world.business_id) as session:
        leads = (await session.scalars(select(Lead))).all()
    assert {one.trade for one in leads if one.attention == PersonReason.customer_wrote or notes_of(one)} == {trade}


async def test_a_trade_that_nobody_comes_for_is_asked_for_however_it_is_said(world: World) -> None:
    await both_booked(world)
    await says(world, "לגבי חשמלאי - יש לי קצר בשקע, אפשר שיבוא?")
    assert await standing(world) == {**KEPT, "electrician": ("contacted", None)}
