"""A visit is cancelled by plain words alone; what only speaks of it is asked about once, and changes nothing."""

import pytest
from sqlalchemy import select

from proli.conversations.models import Conversation, Owner
from proli.leads.models import Lead
from tests.journeys.scenes import played_once
from tests.journeys.world import World
from tests.office import EVERYTHING

OPEN = [
    "מה קורה אם אני מבטל?",
    "אם אני מבטל יש קנס?",
    "אפשר לבטל בלי תשלום?",
    "תבטל אם אי אפשר לפני 12",
    "תבטל את ההזמנה הקודמת שלי ולא את זו",
    "Can I cancel for free if something comes up?",
    "cancel my previous order not this one",
    "а если я отменю?",
    "شو بصير إذا ألغيت؟",
]
FORBIDDEN = [
    "אל תבואו לפני 10 יש לי תינוק ישן",
    "אל תגיעו מאוחר",
    "אל תשלחו את מאיר, רק שלומי",
    "please don't come before 10",
    "не присылайте Меира",
    "لا تجوا قبل العشرة",
]


@played_once
async def arranged(world: World, *, booked: bool) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    if booked:
        await world.yossi.tap(offer, 0)
        await world.yossi.unread()
        await world.customer.unread()


async def statuses(world: World) -> list[str]:
    async with world.runtime.db.begin(world.business_id) as session:
        return [status.value for status in await session.scalars(select(Lead.status).order_by(Lead.id))]


async def says(world: World, text: str) -> str:
    return "\n".join(message.text for message in await world.customer.say(text))


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize("said", OPEN)
async def test_who_speaks_of_cancelling_is_asked_and_everything_stands(
    world: World, *, said: str, booked: bool
) -> None:
    await arranged(world, booked=booked)
    answer = await says(world, said)
    assert "לבטל את הביקור" in answer or "Should we cancel" in answer
    assert await statuses(world) == ["booked" if booked else "offered"]
    assert await world.yossi.unread() == []


async def test_a_yes_to_the_question_cancels_and_both_sides_hear(world: World) -> None:
    await arranged(world, booked=True)
    await says(world, "מה קורה אם אני מבטל?")
    assert "בוטלה" in await says(world, "כן")
    assert await statuses(world) == ["cancelled"]
    assert "בוטל" in "".join(message.text for message in await world.yossi.unread())


async def test_a_no_to_the_question_keeps_the_visit(world: World) -> None:
    await arranged(world, booked=True)
    await says(world, "אפשר לבטל בלי תשלום?")
    assert "נקבע" in await says(world, "לא")
    assert await statuses(world) == ["booked"]


@pytest.mark.parametrize("booked", [False, True])
@pytest.mark.parametrize("said", FORBIDDEN)
async def test_a_wish_for_the_visit_is_passed_on_and_does_not_cancel_it(
    world: World, *, said: str, booked: bool
) -> None:
    await arranged(world, booked=booked)
    answer = await says(world, said)
    assert "הועברה לצוות" in answer or "passed your message" in answer
    assert (await owner(world))[1] == "customer_wrote"
    assert "בוטל" not in answer
    assert "cancelled" not in answer
    assert await statuses(world) == ["booked" if booked else "offered"]
    assert await world.yossi.unread() == []


async def test_where_no_visit_is_booked_a_question_cancels_no_request(world: World) -> None:
    await says(world, "יש לי נזילה בכיור ברמת גן")
    assert "עוד לא נקבע ביקור" in await says(world, "מה קורה אם אני מבטל?")
    assert await statuses(world) == ["contacted"]


@pytest.mark.parametrize("said", ["תבטלו בבקשה", "אל תבואו", "אפשר לבטל את הביקור?", "cancel it please", "لا تجوا"])
async def test_plain_words_cancel_at_once(world: World, said: str) -> None:
    await arranged(world, booked=True)
    await says(world, said)
    assert await statuses(world) == ["cancelled"]


@pytest.mark.parametrize("said", ["טוב אז לא צריך תבטלו", "לא צריך תבטלו את הביקור", "סליחה לא צריך תבטל"])
async def test_no_need_and_then_cancel_cancels_and_who_asks_whether_hears_so(world: World, said: str) -> None:
    await arranged(world, booked=True)
    assert "בוטל" in await says(world, said)
    assert await statuses(world) == ["cancelled"]
    assert "בוטל" in "".join(message.text for message in await world.yossi.unread())
    assert "אין כרגע ביקור" in await says(world, "ביטלתם?")


@pytest.mark.parametrize("said", ["לא צריך לבטל", "לא צריך שתבטלו", "אין צורך לבטל", "no need to cancel"])
async def test_no_need_to_cancel_cancels_nothing(world: World, said: str) -> None:
    await arranged(world, booked=True)
    await says(world, said)
    assert await statuses(world) == ["booked"]


async def owner(world: World) -> tuple[Owner, str | None]:
    async with world.runtime.db.begin(world.business_id) as session:
        chat = Conversation.chat_id == world.customer.phone_e164
        conversation = (await session.scalars(select(Conversation).where(chat))).one()
    return conversation.owner, conversation.called_for


async def test_who_does_not_want_to_cancel_hears_that_the_visit_stands(world: World) -> None:
    await arranged(world, booked=True)
    assert "נקבע" in await says(world, "אל תבטלו!")
    assert (await owner(world))[0] == Owner.ai


async def test_it_is_asked_once_and_then_a_person_is_called(world: World) -> None:
    await arranged(world, booked=True)
    await says(world, "מה קורה אם אני מבטל?")
    assert "נציג אנושי" in await says(world, "תלוי, אם אני מבטל יש קנס?")
    assert await owner(world) == (Owner.human, "stuck")
    assert await statuses(world) == ["booked"]
