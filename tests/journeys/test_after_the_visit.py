"""After the visit: the customer is asked how it was, in their language, and any answer is heard as one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from proli.accounts.actor import BY_CUSTOMER
from proli.accounts.models import Business
from proli.chat.rating import written_in
from proli.contacts.models import Contact
from proli.conversations.lines import Line
from proli.conversations.models import Conversation, Direction, Message, MessageKind, Owner
from proli.conversations.reasons import PersonReason
from proli.leads.models import Lead, LeadEntry, LeadStatus
from proli.scheduling.models import Rating
from tests.conftest import ManualClock
from tests.journeys.scenes import played_once
from tests.journeys.test_handed_over import office, words
from tests.journeys.world import CUSTOMER, Phone, World
from tests.office import EVERYTHING

__all__ = ["office"]

QUESTION = "איך היה?"
ENGLISH = "Hello, please install a new kitchen tap, 30 Bialik Street, Ramat Gan, floor 2, tomorrow at 16:00"


@played_once
async def done(world: World, clock: ManualClock, *, asking: str = EVERYTHING, at: int = 31) -> list[Message]:
    """A visit is over, so many hours after it was asked for; what the customer then reads."""
    await world.customer.say(asking)
    offer = next(one for one in await world.yossi.unread() if one.buttons)
    await world.yossi.tap(offer, 0)
    clock.advance(hours=at)
    await world.queue.drain()
    await world.customer.unread()
    await world.yossi.unread()
    await world.yossi.say("סיימתי")
    return await world.customer.unread()


async def ratings(world: World) -> list[tuple[int, str]]:
    async with world.runtime.db.begin(world.business_id) as session:
        return [(one.score, one.words) for one in await session.scalars(select(Rating).order_by(Rating.id))]


async def leads(world: World) -> Sequence[Lead]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(Lead).order_by(Lead.id))).all()


async def test_the_question_has_three_buttons_and_a_good_answer_is_thanked(
    world: World, clock: ManualClock, office: Phone
) -> None:
    (asked,) = await done(world, clock)
    assert QUESTION in asked.text
    assert [button["text"] for button in asked.buttons] == ["מצוין", "בסדר", "לא טוב"]
    (thanked,) = await world.customer.tap(asked, 0)
    assert "תודה רבה" in thanked.text
    assert await ratings(world) == [(5, "")]
    assert await office.unread() == []
    assert [lead.status for lead in await leads(world)] == [LeadStatus.done]


async def test_an_english_customer_is_asked_and_thanked_in_english(world: World, clock: ManualClock) -> None:
    (asked,) = await done(world, clock, asking=ENGLISH)
    assert "How was it?" in asked.text
    assert [button["text"] for button in asked.buttons] == ["Excellent", "Okay", "Not good"]
    (answer,) = await world.customer.say("4 out of 5, very tidy")
    assert "Thank you!" in answer.text
    assert await ratings(world) == [(4, "4 out of 5, very tidy")]


@pytest.mark.parametrize(
    ("said", "score", "answer"),
    [
        ("5", 5, "תודה רבה"), ("ארבע", 4, "תודה רבה"), ("⭐⭐⭐⭐", 4, "תודה רבה"), ("היה מצוין", 5, "תודה רבה"),
        ("10/10", 5, "תודה רבה"), ("בסדר", 3, "רשמנו"), ("גרוע, איחר שעתיים", 1, "נציג יחזור אליך"),
        ("2", 2, "נציג יחזור אליך"), ("שרלטנים", 1, "נציג יחזור אליך"),
    ],
)  # fmt: skip
async def test_words_digits_and_stars_are_answers(
    world: World, clock: ManualClock, office: Phone, *, said: str, score: int, answer: str
) -> None:
    await done(world, clock)
    (reply,) = await world.customer.say(said)
    assert answer in reply.text
    assert await ratings(world) == [(score, said)]
    (lead,) = await leads(world)
    low = score < 3
    assert lead.attention == (PersonReason.low_rating if low else None)
    told = words(await office.unread()).replace("\u2068", "").replace("\u2069", "")
    assert (said in told and "לא היה מרוצה" in told) if low else told == ""


@pytest.mark.parametrize("said", ["מחכה פה מהבוקר והשרברב לא הגיע, איזה שרלטנים", "השירות היה גרוע", "2"])
async def test_what_was_written_before_the_question_does_not_answer_it(
    world: World, clock: ManualClock, *, said: str
) -> None:
    """The professional reported it done while the customer wrote; the words come in after the question."""
    await done(world, clock)
    await world.customer.tell(said)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(
            update(Message).where(Message.text == said).values(sent_at=clock.now() - timedelta(minutes=9))
        )
    await world.queue.drain()
    assert await ratings(world) == []


def test_of_what_comes_in_with_the_question_only_what_follows_it_may_answer() -> None:
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    words = [Message(id=at_id, kind=MessageKind.text, text="2", sent_at=at) for at_id in (4, 6)]
    question = Line(5, Direction.outbound, MessageKind.text, QUESTION, None, None, at, at)
    assert [one.id for one in written_in(words, question=question)] == [6]


@pytest.mark.parametrize(
    "said", ["הברז שוב נוזל", "היה מצוין אבל הברז שוב נוזל", "הטכנאי היה מצוין אבל הוא שבר לי את האריח"]
)
async def test_a_problem_is_no_rating_and_calls_a_person(
    world: World, clock: ManualClock, office: Phone, *, said: str
) -> None:
    await done(world, clock)
    await world.customer.say(said)
    assert await ratings(world) == []
    told = words(await office.unread()).replace("\u2068", "").replace("\u2069", "")
    assert "תלונה" in told
    assert said in told


async def test_a_new_request_beside_praise_stays_a_request(world: World, clock: ManualClock) -> None:
    await done(world, clock)
    await world.customer.say("היה מצוין! צריך גם אינסטלטור לנזילה בכיור במקלחת")
    assert await ratings(world) == []
    assert [(lead.status, lead.trade) for lead in await leads(world)][1:] == [(LeadStatus.contacted, "plumber")]


async def test_praise_and_a_request_in_two_messages_are_both_heard(world: World, clock: ManualClock) -> None:
    await done(world, clock)
    await world.customer.tell("היה מצוין")
    heard = await world.customer.say("צריך גם אינסטלטור לנזילה בכיור במקלחת")
    assert await ratings(world) == [(5, "היה מצוין")]
    assert "תודה רבה" in heard[0].text
    assert len(heard) == 2
    assert len(await leads(world)) == 2


async def test_a_number_that_answers_another_question_rates_nothing(world: World, clock: ManualClock) -> None:
    await done(world, clock)
    await world.customer.say("צריך גם אינסטלטור לנזילה בכיור במקלחת ברמת גן, רחוב ביאליק")
    await world.customer.say("5")
    assert await ratings(world) == []
    await world.customer.say("הטכנאי הקודם היה מצוין")
    assert await ratings(world) == [(5, "הטכנאי הקודם היה מצוין")]


async def test_a_later_button_replaces_and_the_timeline_keeps_both(world: World, clock: ManualClock) -> None:
    (asked,) = await done(world, clock)
    await world.customer.tap(asked, 2)
    await world.customer.tap(asked, 1)
    assert await ratings(world) == [(3, "")]
    async with world.runtime.db.begin(world.business_id) as session:
        kept = (await session.scalars(select(LeadEntry).where(LeadEntry.kind == "rated").order_by(LeadEntry.id))).all()
        assert [(one.actor, one.details["score"]) for one in kept] == [(BY_CUSTOMER, 1), (BY_CUSTOMER, 3)]


async def test_words_after_a_button_are_its_comment(world: World, clock: ManualClock) -> None:
    (asked,) = await done(world, clock)
    await world.customer.tap(asked, 1)
    await world.customer.say("הטכנאי איחר והשאיר לכלוך")
    assert await ratings(world) == [(2, "הטכנאי איחר והשאיר לכלוך")]


async def test_what_was_wrong_is_told_after_the_button(world: World, clock: ManualClock, office: Phone) -> None:
    (asked,) = await done(world, clock)
    await world.customer.tap(asked, 2)
    await office.unread()
    await world.customer.say("איחר שעתיים")
    assert await ratings(world) == [(1, "איחר שעתיים")]
    assert "איחר שעתיים" in words(await office.unread())


async def test_consent_after_a_bad_button_leaves_the_rating(world: World, clock: ManualClock) -> None:
    (asked,) = await done(world, clock)
    await world.customer.tap(asked, 2)
    await world.customer.say("בסדר, תודה")
    assert await ratings(world) == [(1, "")]


async def test_the_question_closes_after_days(world: World, clock: ManualClock) -> None:
    await done(world, clock)
    clock.advance(days=6)
    await world.customer.say("היה מצוין")
    assert await ratings(world) == []


async def test_nobody_else_rates_the_visit_by_its_button(world: World, clock: ManualClock) -> None:
    (asked,) = await done(world, clock)
    stranger = world.phone("+972500000077", "זר")
    await stranger.say("לא טוב", button_id=asked.buttons[2]["id"])
    assert await ratings(world) == []


async def test_where_a_person_answers_only_the_button_rates(world: World, clock: ManualClock) -> None:
    (asked,) = await done(world, clock)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Conversation).where(Conversation.chat_id == CUSTOMER).values(owner=Owner.human))
    await world.customer.say("5")
    assert await ratings(world) == []
    await world.customer.tap(asked, 0)
    assert await ratings(world) == [(5, "")]


async def test_at_night_the_question_waits_for_the_morning(world: World, clock: ManualClock) -> None:
    assert await done(world, clock, at=38) == []
    clock.advance(hours=10)
    await world.queue.drain(until=clock.now())
    (asked,) = await world.customer.unread()
    assert QUESTION in asked.text


async def test_who_opted_out_is_not_asked(world: World, clock: ManualClock) -> None:
    await world.customer.say("שלום")
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Contact).where(Contact.phone_e164 == CUSTOMER).values(opted_out_at=clock.now()))
    assert await done(world, clock) == []


async def test_a_business_that_does_not_ask_only_thanks(world: World, clock: ManualClock) -> None:
    async with world.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(asks_rating=False))
    (told,) = await done(world, clock)
    assert QUESTION not in told.text
    assert told.buttons == []
    await world.customer.say("5")
    assert await ratings(world) == []


@pytest.mark.parametrize(
    ("said", "score", "called"),
    [
        ("היה בסדר אבל יקר בטירוף", 3, True),
        ("בסדר אבל חיכיתי שעתיים", 3, True),
        ("מעולה, רק שאיחר קצת", 4, False),
        ("היה בסדר", 3, False),
    ],
)
async def test_a_complaint_in_a_middling_rating_calls_the_office_and_praise_with_a_reservation_is_thanked(
    world: World, clock: ManualClock, office: Phone, said: str, *, score: int, called: bool
) -> None:
    await done(world, clock)
    (answer,) = await world.customer.say(said)
    assert await ratings(world) == [(score, said)]
    assert ("צר לנו" in answer.text) == called
    assert ("שמחנו" in answer.text) == (score == 4)
    assert any(said in message.text for message in await office.unread()) == called


async def test_a_complaint_after_the_middling_button_reaches_the_office(
    world: World, clock: ManualClock, office: Phone
) -> None:
    question = (await done(world, clock))[-1]
    await world.customer.tap(question, 1)
    await world.customer.say("יקר בטירוף")
    assert await ratings(world) == [(3, "יקר בטירוף")]
    assert "יקר בטירוף" in "".join(message.text for message in await office.unread())


async def test_what_is_said_in_words_nobody_knows_reaches_people_with_the_visit_and_the_talk_goes_on(
    world: World, clock: ManualClock, office: Phone
) -> None:
    await done(world, clock)
    for said, answer in (("איזה מלך היוסי הזה", "תודה שכתבת"), ("יש חשבונית?", "ההודעה הועברה לצוות")):
        assert answer in words(await world.customer.say(said))
        told = words(await office.unread()).replace("\u2068", "").replace("\u2069", "")
        assert said in told
        assert "נזילה" in told
    assert [lead.attention for lead in await leads(world)] == [PersonReason.customer_wrote]
