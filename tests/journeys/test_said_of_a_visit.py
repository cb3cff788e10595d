"""What is said while a professional is asked or expected moves the visit or is read by people; none is lost."""

import pytest
from sqlalchemy import select

from proli.conversations.models import Conversation, Owner
from proli.conversations.reasons import PersonReason
from proli.leads.models import Lead
from proli.scheduling.models import Booking
from tests.journeys.scenes import played_once
from tests.journeys.test_handed_over import office, words
from tests.journeys.world import CUSTOMER, ZONE, Phone, World
from tests.office import EVERYTHING

__all__ = ["office"]

PASSED = "הועברה לצוות"


@played_once
async def arranged(world: World, *, booked: bool) -> None:
    """An offer for tomorrow at four is out, or the visit is booked."""
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    if booked:
        await world.yossi.tap(offer, 0)
        await world.customer.unread()
        await world.yossi.unread()


async def lead_of(world: World) -> Lead:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Lead))).one()


async def newest_start(world: World) -> str:
    async with world.runtime.db.begin(world.business_id) as session:
        booking = (await session.scalars(select(Booking).order_by(Booking.id.desc()))).all()[0]
    return f"{booking.starts_at.astimezone(ZONE):%d %H:%M}"


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("הבעל שלי אומר שעדיף 12:00", "24 12:00"),
        ("תשנה לשלישי באותה שעה", "25 16:00"),
        ("תעבירו את זה לשבוע הבא באותה שעה", "01 16:00"),
        ("אפשר לבוא חצי שעה יותר מאוחר?", "24 16:30"),
        ("make it 11", "24 11:00"),
    ],
)
async def test_another_time_is_asked_for(world: World, *, said: str, start: str, booked: bool) -> None:
    await arranged(world, booked=booked)
    await world.customer.say(said)
    assert await newest_start(world) == start
    lead = await lead_of(world)
    assert lead.attention is None
    assert "ביאליק 30" in (lead.address or "")


@pytest.mark.parametrize("said", ["סליחה רביעי", "לא, יום רביעי"])
async def test_another_day_is_offered_with_its_hours(world: World, said: str) -> None:
    await arranged(world, booked=True)
    assert "26.11" in words(await world.customer.say(said))


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize("said", ["זה לא מתאים לי", "יצא לי משהו, לא אהיה בבית", "can't be home at 4pm"])
async def test_who_cannot_be_there_is_asked_for_another_time(world: World, *, said: str, booked: bool) -> None:
    await arranged(world, booked=booked)
    answer = words(await world.customer.say(said))
    assert "לאיזה מועד" in answer or "When should we move" in answer
    await world.customer.say("מחר ב-12:00")
    assert await newest_start(world) == "24 12:00"


async def test_who_postpones_is_offered_nothing_before_the_visit(world: World) -> None:
    await world.customer.say(EVERYTHING.replace("מחר בשעה 16:00", "ביום שלישי הבא 2.12 בשעה 16:00"))
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    await world.customer.unread()
    answer = words(await world.customer.say("נדחה את זה בשבוע"))
    assert "11" not in answer
    assert "היום" not in answer
    assert "מחר" not in answer


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize(
    "said",
    [
        "השם הוא דווקא מישה",
        "אם זה יותר מ500 שקל אז לא צריך",
        "הסיפון הוא מסוג ישן, של אמריקן סטנדרד",
    ],
)
async def test_what_only_people_can_act_on_goes_to_them_with_the_words(
    world: World, office: Phone, *, said: str, booked: bool
) -> None:
    await arranged(world, booked=booked)
    answer = words(await world.customer.say(said))
    assert PASSED in answer or "passed your message" in answer
    assert said in words(await office.unread()).replace("\u2068", "").replace("\u2069", "")
    lead = await lead_of(world)
    assert lead.attention == PersonReason.customer_wrote
    assert lead.status in ("offered", "booked")


async def test_a_burst_alerts_once_and_the_agent_goes_on(world: World, office: Phone) -> None:
    await arranged(world, booked=True)
    await world.customer.say("השם הוא דווקא מישה")
    assert len(await office.unread()) == 1
    for said in ("אחות שלי ממליצה עליכם", "הסיפון הוא מסוג ישן"):
        assert PASSED in words(await world.customer.say(said))
    assert await office.unread() == []
    assert "הביקור נקבע" in words(await world.customer.say("מתי הוא מגיע?"))
    async with world.runtime.db.begin(world.business_id) as session:
        chat = (await session.scalars(select(Conversation).where(Conversation.chat_id == CUSTOMER))).one()
    assert (chat.owner, chat.called_for) == (Owner.ai, PersonReason.customer_wrote)


@pytest.mark.parametrize("said", ["תודה רבה!", "אוקיי מחכה", "מתי הוא מגיע?", "נו, מה קורה?", "👍", "נתראה מחר"])
async def test_courtesy_and_questions_how_it_stands_call_nobody(world: World, office: Phone, said: str) -> None:
    await arranged(world, booked=True)
    await world.customer.say(said)
    assert (await lead_of(world)).attention is None
    assert await office.unread() == []


@pytest.mark.parametrize("booked", [False, True])
async def test_floor_and_flat_reach_the_professional(world: World, *, booked: bool) -> None:
    await arranged(world, booked=booked)
    await world.customer.say("זה קומה 4 דירה 9")
    assert "ביאליק 30, קומה 4, דירה 9" in words(await world.yossi.unread())
    assert (await lead_of(world)).attention is None
