"""Several offers in one line, offers meant by what they are, and proposals, which are no refusals."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from proli.accounts.models import Business
from proli.channels.simulator.channel import ensure_account
from proli.conversations.inbox import receive
from proli.conversations.incoming import Received
from proli.conversations.models import MessageKind
from proli.dispatch.models import OfferStatus
from proli.leads.models import Lead
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import ManualClock
from tests.desk.test_desk import STAFF, called_for, offers, only_yossi, statuses, words
from tests.journeys.scenes import played_once
from tests.journeys.world import YOSSI, World, known_world, populate

ACCEPTED, DECLINED, OPEN = OfferStatus.accepted, OfferStatus.declined, OfferStatus.open
AT = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב {street}, {day} בשעה {hour}:00"


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    await only_yossi(World(runtime, queue, business_id))
    return await known_world(runtime, queue, business_id, beginning=__name__)


@played_once
async def asked(world: World, *places: tuple[str, str, int]) -> list[int]:
    """Yossi is asked for visits at (street, day, hour); the ids of his offers."""
    for at, (street, day, hour) in enumerate(places, start=1):
        said = AT.format(street=street, day=day, hour=hour)
        await world.phone(f"+97250000000{at}", "דנה").say(said)
    await world.yossi.unread()
    return [offer.id for offer in await offers(world)][-len(places) :]


async def two(world: World) -> list[int]:
    return await asked(world, ("בלפור 11", "מחר", 16), ("ויצמן 3", "מחר", 10))


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("אשר {0} ו-{1}", [ACCEPTED, ACCEPTED]),
        ("אשר {0} {1}", [ACCEPTED, ACCEPTED]),
        ("{0} כן {1} גם", [ACCEPTED, ACCEPTED]),
        ("{0} כן, {1} לא", [ACCEPTED, DECLINED]),
        ("תאשר {0} ותדחה {1}", [ACCEPTED, DECLINED]),
        ("decline {0} and {1}", [DECLINED, DECLINED]),
        ("כן לכולם", [ACCEPTED, ACCEPTED]),
        ("דחה הכל", [DECLINED, DECLINED]),
        ("approve both", [ACCEPTED, ACCEPTED]),
        ("אשר בלפור 11, דחה ויצמן 3", [ACCEPTED, DECLINED]),
        ("אשר את של 10 ודחה את של 16", [DECLINED, ACCEPTED]),
        ("אשר את בלפור ואת ויצמן", [ACCEPTED, ACCEPTED]),
    ],
)
async def test_every_offer_that_is_answered_in_one_line_has_its_answer(
    world: World, said: str, becomes: list[OfferStatus]
) -> None:
    told = words(await world.yossi.say(said.format(*await two(world))))
    assert await statuses(world) == becomes
    assert told.count("העבודה נקבעה") == becomes.count(ACCEPTED)
    assert told.count("תועבר הלאה") == becomes.count(DECLINED)
    assert await called_for(world, YOSSI) is None


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("מאשר את של מחר ב10", [OPEN, ACCEPTED]),
        ("אשר את של 10", [OPEN, ACCEPTED]),
        ("אשר בלפור 11", [ACCEPTED, OPEN]),
        ("approve the one at 16", [ACCEPTED, OPEN]),
        ("לא יכול בוויצמן", [OPEN, DECLINED]),
        ("דחה את של 16", [DECLINED, OPEN]),
    ],
)
async def test_an_offer_is_named_by_its_hour_or_its_street(world: World, said: str, becomes: list[OfferStatus]) -> None:
    await two(world)
    await world.yossi.say(said)
    assert await statuses(world) == becomes


async def test_an_offer_is_named_by_its_day_when_no_other_is_on_it(world: World) -> None:
    await asked(world, ("בלפור 11", "מחר", 16), ("ויצמן 3", "מחרתיים", 10))
    await world.yossi.say("אשר את של מחר")
    assert await statuses(world) == [ACCEPTED, OPEN]


async def test_a_day_that_two_offers_have_names_neither(world: World) -> None:
    await two(world)
    assert "על איזו" in words(await world.yossi.say("אשר את של מחר"))
    assert await statuses(world) == [OPEN, OPEN]


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("אשר {0} ו-{1} אבל לא לפני 12", [OPEN, OPEN]),
        ("אשר {0}, ואת {1} אשמח לדחות למחר", [ACCEPTED, OPEN]),
        ("אשר {0} ו-{1}, תגיד ללקוח שאאחר", [ACCEPTED, ACCEPTED]),
        ("אשר {0} ו-98765", [ACCEPTED, OPEN]),
        ("אשר הכל חוץ מ-{1}", [OPEN, OPEN]),
        ("מאשר את של 14", [OPEN, OPEN]),
        ("דחה {0} ל-12", [OPEN, OPEN]),
    ],
)
async def test_what_is_not_understood_beside_an_answer_goes_to_the_office_with_its_words(
    world: World, said: str, becomes: list[OfferStatus]
) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    staff, said = world.phone(STAFF, "מורן"), said.format(*await two(world))
    assert "למשרד" in words(await world.yossi.say(said))
    assert await statuses(world) == becomes
    assert await called_for(world, YOSSI) == "professional_wrote"
    assert said in words(await staff.unread())


@pytest.mark.parametrize(
    "said",
    [
        "דחה ל-12",
        "דחה ל12:00",
        "דחה לשעה אחרי",
        "תדחה לשעה אחרי",
        "דחה בשעה",
        "תדחה את זה ליום שלישי",
        "postpone to 12",
        "אפשר ב-12 במקום",
        "לא יכול ב-16, יכול ב-12",
        "לא יכול לפני 18",
    ],
)
async def test_another_time_is_proposed_and_nothing_is_refused(world: World, said: str) -> None:
    await asked(world, ("בלפור 11", "מחר", 16))
    told = words(await world.yossi.say(said))
    assert "למשרד" in told or "הועבר למשרד" in told
    assert "16:00" in told
    assert await statuses(world) == [OPEN]
    assert await called_for(world, YOSSI) == "professional_wrote"


@pytest.mark.parametrize(
    "said", ["לא יכול מחר", "לא יכול ב-16", "דחה, אני עסוק עד 18", "לא יכול, יש לי עבודה ב-15", "דחה"]
)
async def test_a_refusal_that_tells_the_visits_own_time_or_a_reason_refuses(world: World, said: str) -> None:
    await asked(world, ("בלפור 11", "מחר", 16))
    await world.yossi.say(said)
    assert await statuses(world) == [DECLINED]


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("אני לא מגיע היום, חולה", "professional_off"),
        ("not coming today, sick", "professional_off"),
        ("לא אוכל להגיע היום", "professional_unable"),
    ],
)
async def test_who_will_not_come_today_speaks_of_todays_visit(
    world: World, clock: ManualClock, said: str, called: str
) -> None:
    await asked(world, ("בלפור 11", "מחר", 16), ("ויצמן 3", "מחרתיים", 10))
    await world.yossi.say("אשר הכל")
    clock.advance(hours=24)
    await world.queue.drain(until=clock.now())
    await world.yossi.unread()
    told = words(await world.yossi.say(said))
    assert "בלפור 11" in told
    assert "עדיין רשו" in told
    assert "ויצמן" not in told
    async with world.runtime.db.begin(world.business_id) as session:
        leads = (await session.scalars(select(Lead).order_by(Lead.id))).all()
        assert [lead.attention for lead in leads] == [called, None]
        booked = await session.scalars(select(Booking).where(Booking.status == BookingStatus.confirmed))
        assert len(booked.all()) == 2


async def test_an_offer_of_tomorrow_is_not_refused_by_who_will_not_come_today(world: World, clock: ManualClock) -> None:
    await asked(world, ("בלפור 11", "מחר", 16))
    await world.yossi.say("אשר")
    clock.advance(hours=24)
    await world.queue.drain(until=clock.now())
    await world.phone("+972500000002", "רות").say(AT.format(street="ויצמן 3", day="מחר", hour=10))
    await world.yossi.unread()
    assert "בלפור 11" in words(await world.yossi.say("אני לא מגיע היום, חולה"))
    assert await statuses(world) == [ACCEPTED, OPEN]


async def test_who_says_yes_after_all_to_what_nobody_has_taken_is_passed_to_the_office(world: World) -> None:
    await asked(world, ("בלפור 11", "מחר", 16))
    await world.yossi.say("לא")
    told = words(await world.yossi.say("סליחה התכוונתי כן"))
    assert "עדיין אין מי שלקח" in told
    assert "לא נקבע דבר" in told
    assert await statuses(world) == [DECLINED]
    assert await called_for(world, YOSSI) == "professional_wrote"


async def test_a_yes_too_late_to_what_nobody_has_taken_is_passed_to_the_office_too(
    world: World, clock: ManualClock
) -> None:
    await asked(world, ("בלפור 11", "מחר", 16))
    (offer,) = await offers(world)
    clock.at = offer.expires_at + timedelta(minutes=2)
    await world.queue.drain(until=clock.now())
    assert "עדיין אין מי שלקח" in words(await world.yossi.say("אשר"))
    assert await called_for(world, YOSSI) == "professional_wrote"


async def react(world: World, phone_e164: str, sign: str, quoted: str | None) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        account_id = await ensure_account(session, world.runtime)
        incoming = Received(
            external_id=f"reaction-{sign}-{quoted}",
            chat_id=phone_e164,
            sent_at=world.runtime.clock.now(),
            phone_e164=phone_e164,
            kind=MessageKind.reaction,
            text=sign,
            quoted_external_id=quoted,
            wants_answer=bool(sign),
        )
        await receive(session, account_id=account_id, incoming=incoming, settle_s=0, now=world.runtime.clock.now())
    await world.queue.drain()


@pytest.mark.parametrize(("sign", "becomes"), [("👍", ACCEPTED), ("👍🏽", ACCEPTED), ("👎", DECLINED), ("", OPEN)])
async def test_a_yes_or_a_no_put_on_an_offer_answers_that_offer(world: World, sign: str, becomes: OfferStatus) -> None:
    await world.phone("+972500000001", "דנה").say(AT.format(street="בלפור 11", day="מחר", hour=16))
    (first,) = await world.yossi.unread()
    await world.phone("+972500000002", "רות").say(AT.format(street="ויצמן 3", day="מחר", hour=10))
    await world.yossi.unread()
    await react(world, YOSSI, sign, first.external_id)
    assert await statuses(world) == [becomes, OPEN]


async def test_a_sign_on_anything_else_is_nothing(world: World) -> None:
    customer = world.phone("+972500000001", "דנה")
    (told,) = await customer.say(AT.format(street="בלפור 11", day="מחר", hour=16))
    await world.yossi.unread()
    help_ = (await world.yossi.say("?"))[-1]
    await react(world, YOSSI, "👍", help_.external_id)
    await react(world, YOSSI, "👍", None)
    await react(world, "+972500000001", "👎", told.external_id)
    assert await statuses(world) == [OPEN]
    assert await world.yossi.unread() == []
    assert await customer.unread() == []
