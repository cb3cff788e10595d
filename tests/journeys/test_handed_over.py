"""Whoever answers, a person or nobody yet: danger and cancelling are heard, and who writes on does not meet silence."""

from collections.abc import Awaitable, Callable, Sequence

import pytest
from sqlalchemy import select

from proli.accounts.actor import BY_STAFF
from proli.accounts.models import Business
from proli.conversations.inbox import take_over
from proli.conversations.models import Conversation, Message, Owner
from proli.conversations.reasons import PersonReason
from proli.conversations.waiting import call_person, note_answer
from proli.leads.actions import attend
from proli.leads.models import Lead
from proli.platform.agent_settings import BudgetSettings
from tests.conftest import ManualClock
from tests.journeys.scenes import remembered
from tests.journeys.world import Phone, World
from tests.office import EVERYTHING

STAFF = "+972540000001"
WAITS = "ממתין לצוות"

type HandOver = Callable[[World], Awaitable[None]]


@pytest.fixture
async def office(world: World) -> Phone:
    return await with_office(world)


@remembered
async def with_office(world: World) -> Phone:
    async with world.runtime.db.begin(world.business_id) as session:
        (await session.get_one(Business, world.business_id)).staff_e164 = STAFF
    return world.phone(STAFF, "משרד")


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def the_conversation(world: World) -> Conversation:
    async with world.runtime.db.begin(world.business_id) as session:
        chat = Conversation.chat_id == world.customer.phone_e164
        return (await session.scalars(select(Conversation).where(chat))).one()


async def by_request(world: World) -> None:
    await world.customer.say("אפשר לדבר עם נציג?")


async def by_being_stuck(world: World) -> None:
    await world.customer.say("בלה בלה")
    await world.customer.say("קשקוש מקושקש")


async def by_budget(world: World) -> None:
    world.runtime.settings.budget = BudgetSettings(contact_turns=1)
    await world.customer.say("אוקיי")
    await world.customer.say("מה")


async def by_a_person(world: World) -> None:
    """A person has taken over and has spoken."""
    await world.customer.say("שלום")
    conversation, now = await the_conversation(world), world.runtime.clock.now()
    async with world.runtime.db.begin(world.business_id) as session:
        await take_over(session, conversation_id=conversation.id, now=now)
        await note_answer(session, conversation_id=conversation.id, until=now, now=now)


HANDED_OVER = [by_request, by_being_stuck, by_budget, by_a_person]


@pytest.mark.parametrize("hand_over", HANDED_OVER)
async def test_a_danger_is_answered_and_alerted_whoever_answers(
    world: World, office: Phone, hand_over: HandOver
) -> None:
    await hand_over(world)
    assert (await the_conversation(world)).owner == Owner.human
    await office.unread()
    told = words(await world.customer.say("יש ריח גז חזק בבית"))
    assert "102" in told
    assert "מקרה חירום" in words(await office.unread())
    assert (await the_conversation(world)).called_for == "danger"


async def test_a_danger_that_was_attended_and_is_told_again_alerts_again(world: World, office: Phone) -> None:
    await by_request(world)
    await world.customer.say("יש ריח גז חזק בבית")
    await office.unread()
    assert "102" in words(await world.customer.say("הריח גז מתחזק!"))
    first = words(await office.unread())
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead))).one()
        await attend(session, lead, actor=BY_STAFF, now=world.runtime.clock.now())
    assert "102" in words(await world.customer.say("שוב יש ריח גז"))
    assert "מקרה חירום" in words(await office.unread())
    assert first.count("מקרה חירום") <= 1
    assert (await the_conversation(world)).called_for == "danger"


@pytest.mark.parametrize("hand_over", [by_request, by_a_person])
async def test_a_cancel_withdraws_the_offer_and_nobody_says_booked_after_it(
    world: World, office: Phone, hand_over: HandOver
) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await hand_over(world)
    await office.unread()
    assert "בוטלה" in words(await world.customer.say("תבטלו את הביקור"))
    assert "תבטלו את הביקור" in words(await office.unread())
    await world.yossi.tap(offer, 0)
    assert "נקבע" not in words(await world.customer.unread())
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.status))).all() == ["cancelled"]


async def test_a_cancel_beyond_the_budget_is_heard(world: World, office: Phone) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    world.runtime.settings.budget = BudgetSettings(contact_turns=1)
    assert "בוטלה" in words(await world.customer.say("תבטלו את הביקור"))
    await world.yossi.tap(offer, 0)
    assert "נקבע" not in words(await world.customer.unread())


async def test_a_cancel_of_a_booked_visit_is_heard_while_a_person_is_awaited(world: World, office: Phone) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    await by_request(world)
    await world.yossi.unread()
    assert "בוטלה" in words(await world.customer.say("לבטל את הביקור בבקשה"))
    assert "בוטל" in words(await world.yossi.unread())


async def test_words_that_may_cancel_are_told_to_staff_and_change_nothing(world: World, office: Phone) -> None:
    await world.customer.say(EVERYTHING)
    await by_request(world)
    await office.unread()
    assert WAITS in words(await world.customer.say("אולי תבטלו את הביקור, אם לא תגיעו עד 5?"))
    told = words(await office.unread())
    assert "אולי תבטלו" in told
    assert "ייתכן שמבקשים לבטל" in told
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.status))).all() == ["offered"]


@pytest.mark.parametrize("hand_over", [by_request, by_budget])
async def test_who_waits_is_acknowledged_once_in_a_while_and_staff_hear_of_it(
    world: World, office: Phone, clock: ManualClock, hand_over: HandOver
) -> None:
    await hand_over(world)
    await office.unread()
    assert WAITS in words(await world.customer.say("הלו?"))
    assert "הלו?" in words(await office.unread())
    for said in ("יש מישהו?", "אני מחכה"):
        assert await world.customer.say(said) == []
    assert await office.unread() == []
    clock.advance(hours=5)
    assert WAITS in words(await world.customer.say("עדיין מחכה"))
    assert "עדיין מחכה" in words(await office.unread())


async def test_a_person_who_talks_is_not_talked_over(world: World, office: Phone) -> None:
    await by_a_person(world)
    assert await world.customer.say("ומה עם מחר?") == []
    assert await office.unread() == []


async def test_who_was_stuck_and_then_speaks_plainly_is_answered_by_the_agent(world: World, office: Phone) -> None:
    await by_being_stuck(world)
    assert (await the_conversation(world)).called_for == "stuck"
    assert "נשלחה לאיש מקצוע" in words(await world.customer.say(EVERYTHING))
    conversation = await the_conversation(world)
    assert (conversation.owner, conversation.called_for) == (Owner.ai, None)
    assert await world.yossi.unread()


async def test_that_a_person_would_answer_is_taken_back_in_words(world: World, office: Phone) -> None:
    await by_being_stuck(world)
    assert "בלי להמתין לנציג" in words(await world.customer.say("נזילה בכיור ברמת גן"))


@pytest.mark.parametrize(
    ("before", "plain"),
    [
        ("הוא לא הגיע!!", "איפה האינסטלטור?"),
        ("אני רוצה פיצוי על הנזק", "הרצל 15"),
        ("זה כבר פעם שלישית", "נזילה בכיור ברמת גן"),
    ],
)
async def test_what_waits_for_a_person_keeps_the_conversation_theirs(
    world: World, office: Phone, *, before: str, plain: str
) -> None:
    await by_being_stuck(world)
    await world.customer.say(before)
    await world.customer.say(plain)
    conversation = await the_conversation(world)
    assert conversation.owner == Owner.human
    assert conversation.called_for is not None


async def test_who_has_a_visit_keeps_the_person_who_was_promised(world: World, office: Phone) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    conversation, now = await the_conversation(world), world.runtime.clock.now()
    async with world.runtime.db.begin(world.business_id) as session:
        await call_person(session, conversation_id=conversation.id, reason=PersonReason.stuck, now=now)
        await take_over(session, conversation_id=conversation.id, now=now)
    await world.customer.say("נזילה בכיור ברמת גן, הרצל 15")
    assert (await the_conversation(world)).owner == Owner.human


async def test_who_asked_for_a_person_is_not_given_back_to_the_agent(world: World) -> None:
    await by_request(world)
    await world.customer.say(EVERYTHING)
    assert (await the_conversation(world)).owner == Owner.human
    assert await world.yossi.unread() == []


async def test_a_machine_that_is_waited_for_meets_silence(world: World, office: Phone, clock: ManualClock) -> None:
    await by_request(world)
    answered = 0
    for hour in range(12):
        answered += len(await world.customer.say(f"תודה על פנייתך, השעה {hour}:00, נחזור אליך בהקדם. הודעה אוטומטית"))
        clock.advance(hours=5)
    assert answered == 0
