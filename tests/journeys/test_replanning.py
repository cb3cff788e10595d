"""Somebody is sick: whose visits these are is proposed somebody else, and nobody is moved before they agree."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from proli.accounts.actor import Actor
from proli.accounts.models import Business
from proli.chat.parties import load_parties
from proli.contacts.models import Contact
from proli.conversations.models import Conversation, Message
from proli.dispatch.asked import AskState
from proli.dispatch.errors import LeadIncomplete
from proli.dispatch.replanning import Replanned, ask_to_move, replan_day
from proli.knowledge.text import without_marks
from proli.leads.models import Lead, LeadStatus
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from proli.sweeps.running import run_due
from tests.conftest import ManualClock
from tests.journeys.scenes import played_once
from tests.journeys.world import CUSTOMER, MOSHE, YOSSI, World

MORAN = Actor.staff("מורן")
TOMORROW = date(2070, 11, 24)
ASKED = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב בלפור 11 קומה 2, מחר בשעה 10:00"


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


async def people(world: World) -> dict[str, int]:
    async with world.runtime.db.begin(world.business_id) as session:
        found = await session.execute(select(Professional.phone_e164, Professional.id))
        return dict(found.all())


async def promised(world: World) -> list[tuple[int, str]]:
    async with world.runtime.db.begin(world.business_id) as session:
        found = await session.scalars(select(Booking).where(Booking.status == BookingStatus.confirmed))
        return [(one.professional_id, f"{one.starts_at:%d %H:%M}") for one in found]


async def plan(world: World) -> list[Replanned]:
    ids = await people(world)
    async with world.runtime.db.begin(world.business_id) as session:
        return await replan_day(session, ids[YOSSI], TOMORROW, now=world.runtime.clock.now())


async def states(world: World) -> list[tuple[AskState | None, int]]:
    """Of each visit of the day, what has come of the question and how many could come instead."""
    return [(one.asked and one.asked.state, len(one.choices)) for one in await plan(world)]


@played_once
async def sick(world: World) -> Message:
    """Yossi is off tomorrow, and the customer reads the question that staff have asked."""
    await world.customer.say(ASKED)
    await world.yossi.say("אשר")
    await world.yossi.say("מחר אני לא עובד")
    await world.customer.unread()
    (one,) = await plan(world)
    assert one.proposal.professional_id is not None
    assert one.proposal.slot is not None
    async with world.runtime.db.begin(world.business_id) as session:
        await ask_to_move(
            session,
            one.booking.id,
            professional_id=one.proposal.professional_id,
            starts_at=one.proposal.slot.start,
            actor=MORAN,
            now=world.runtime.clock.now(),
        )
    await world.queue.drain()
    (asked,) = await world.customer.unread()
    return asked


async def test_who_is_free_at_the_promised_hour_is_proposed(world: World) -> None:
    await world.customer.say(ASKED)
    await world.yossi.say("אשר")
    ids = await people(world)
    (one,) = await plan(world)
    assert one.proposal.professional_id == ids[MOSHE]
    assert one.proposal.slot is not None
    assert one.proposal.slot.start == one.booking.starts_at


async def test_who_wants_no_messages_is_proposed_to_nobody_and_their_trade_is_done_by_nobody(world: World) -> None:
    await world.customer.say(ASKED)
    await world.yossi.say("אשר")
    await world.moshe.say("שלום")
    async with world.runtime.db.begin(world.business_id) as session:
        gone = update(Contact).values(opted_out_at=world.runtime.clock.now())
        await session.execute(gone.where(Contact.phone_e164 == MOSHE))
    (one,) = await plan(world)
    assert one.choices == []
    async with world.runtime.db.begin(world.business_id) as session:
        conversation = (await session.scalars(select(Conversation.id).where(Conversation.chat_id == CUSTOMER))).one()
        assert (await load_parties(session, conversation)).trades == {"plumber"}
        await session.execute(gone.where(Contact.phone_e164 == YOSSI))
        assert (await load_parties(session, conversation)).trades == set()


async def test_an_hour_that_begins_before_an_answer_is_waited_for_is_not_proposed(
    world: World, clock: ManualClock
) -> None:
    await world.customer.say(ASKED)
    await world.yossi.say("אשר")
    clock.advance(hours=23)  # 8:00; the visit is at ten
    async with world.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(offer_minutes=150))
    (one,) = await plan(world)
    assert one.proposal.slot is not None
    assert one.proposal.slot.start == one.booking.starts_at + timedelta(minutes=30)


async def test_of_which_the_trade_is_not_known_nobody_is_proposed_and_the_customer_is_not_asked(world: World) -> None:
    await world.customer.say(ASKED)
    await world.yossi.say("אשר")
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Lead).values(trade=None))
    ids, (one,) = await people(world), await plan(world)
    assert one.choices == []
    with pytest.raises(LeadIncomplete):
        async with world.runtime.db.begin(world.business_id) as session:
            await ask_to_move(
                session, one.booking.id, professional_id=ids[MOSHE], starts_at=one.booking.starts_at, actor=MORAN,
                now=world.runtime.clock.now(),
            )  # fmt: skip


async def test_the_hour_that_is_held_for_the_customer_themselves_stays_the_proposed_one(world: World) -> None:
    await sick(world)
    (one,) = await plan(world)
    assert one.proposal.slot is not None
    assert one.proposal.slot.start == one.booking.starts_at


async def test_the_visit_stands_until_the_customer_agrees_and_the_other_professional_does(world: World) -> None:
    asked = await sick(world)
    ids = await people(world)
    assert "משה לוי" in asked.text
    assert len(asked.buttons) == 3
    assert await promised(world) == [(ids[YOSSI], "24 08:00")]
    assert await states(world) == [(AskState.waiting, 1)]
    agreed = words(await world.customer.tap(asked, 0))
    assert "תודה" in agreed
    assert await promised(world) == [(ids[YOSSI], "24 08:00")]
    (still,) = await states(world)
    assert still[0] == AskState.agreed
    await world.yossi.unread()
    await world.moshe.say("אשר")
    assert await promised(world) == [(ids[MOSHE], "24 08:00")]
    assert await states(world) == [(AskState.moved, 0)]
    assert "משה לוי" in words(await world.customer.unread())
    assert "בלפור 11" in words(await world.yossi.unread())
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.attention))).one() is None


async def test_agreed_twice_one_professional_is_asked_once(world: World) -> None:
    asked = await sick(world)
    await world.customer.tap(asked, 0)
    await world.customer.tap(asked, 0)
    assert len([one for one in await world.moshe.unread() if one.buttons]) == 1


async def test_other_hours_are_offered_to_choose_from(world: World) -> None:
    asked = await sick(world)
    ids = await people(world)
    assert "מה מתאים" in words(await world.customer.tap(asked, 1))
    assert await states(world) == [(AskState.other, 1)]
    assert await promised(world) == [(ids[YOSSI], "24 08:00")]


async def shut_for_nine_days(world: World) -> None:
    shut: dict[str, list[list[int]]] = {f"{TOMORROW + timedelta(days=ahead)}": [] for ahead in range(-1, 9)}
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(Professional).values(exceptions=shut))


async def test_hours_of_the_week_after_are_offered_where_the_next_days_are_full(world: World) -> None:
    asked = await sick(world)
    await shut_for_nine_days(world)
    assert "מה מתאים" in words(await world.customer.tap(asked, 1))


async def test_who_hears_that_nobody_is_left_is_offered_hours_of_the_week_after(world: World) -> None:
    await world.customer.say(ASKED)
    await shut_for_nine_days(world)
    await world.yossi.say("דחה")
    told = without_marks(words(await world.customer.unread()))
    assert "3.12" in told


async def test_the_customer_may_cancel(world: World) -> None:
    asked = await sick(world)
    await world.customer.tap(asked, 2)
    assert await promised(world) == []
    assert await states(world) == [(AskState.cancelled, 0)]
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.status))).one() == LeadStatus.cancelled


@pytest.mark.parametrize("said", ["שעות אחרות", " שעות אחרות! "])
async def test_the_words_of_a_button_are_a_tap_on_it(world: World, said: str) -> None:
    await sick(world)
    assert "מה מתאים" in words(await world.customer.say(said))


async def test_without_an_answer_people_see_to_it_and_the_visit_stands(world: World, clock: ManualClock) -> None:
    await sick(world)
    clock.advance(hours=4, minutes=1)
    await world.queue.drain(until=clock.now())
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Lead.attention))).one() == "move_unanswered"
    ids = await people(world)
    assert await promised(world) == [(ids[YOSSI], "24 08:00")]


async def test_an_hour_taken_meanwhile_is_said_and_others_are_offered(world: World) -> None:
    asked = await sick(world)
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(
            update(Professional).where(Professional.phone_e164 == MOSHE).values(exceptions={"2070-11-24": []})
        )
    assert "נתפסה" in words(await world.customer.tap(asked, 0))
    (lost,) = await states(world)
    assert lost[0] == AskState.lost
    ids = await people(world)
    assert await promised(world) == [(ids[YOSSI], "24 08:00")]


async def held(world: World) -> list[int]:
    """Whose hours are held, for whatever question."""
    async with world.runtime.db.begin(world.business_id) as session:
        found = select(Booking.professional_id).where(Booking.status == BookingStatus.held)
        return list(await session.scalars(found))


async def test_the_proposed_hour_is_held_while_the_customer_is_asked_and_shows_nowhere_as_asked_for(
    world: World,
) -> None:
    await sick(world)
    ids = await people(world)
    assert await held(world) == [ids[MOSHE]]
    other = world.phone("+972500000007", "אורי")
    assert "הבקשה" not in words(await other.say(ASKED.replace("בלפור 11", "בלפור 13")))
    assert await held(world) == [ids[MOSHE]]
    answer = words(await world.customer.say("מתי הביקור שלי?"))
    assert "10:00" in answer
    assert "אישור" not in answer


@pytest.mark.parametrize("ends", ["other", "cancel", "nothing", "nothing, and the job was lost"])
async def test_the_held_hour_is_free_again_with_the_end_of_the_question(
    world: World, clock: ManualClock, ends: str
) -> None:
    asked = await sick(world)
    if ends in ("other", "cancel"):
        await world.customer.tap(asked, ("yes", "other", "cancel").index(ends))
    else:
        clock.advance(hours=4, minutes=1)
        if ends == "nothing":
            await world.queue.drain(until=clock.now())
        else:
            await run_due(world.runtime)
    assert await held(world) == []


async def test_asked_for_another_hour_instead_only_that_one_is_held(world: World) -> None:
    await sick(world)
    ids, (one,) = await people(world), await plan(world)
    later = one.booking.starts_at + timedelta(hours=5)
    async with world.runtime.db.begin(world.business_id) as session:
        await ask_to_move(
            session, one.booking.id, professional_id=ids[MOSHE], starts_at=later, actor=MORAN,
            now=world.runtime.clock.now(),
        )  # fmt: skip
    async with world.runtime.db.begin(world.business_id) as session:
        found = await session.scalars(select(Booking.starts_at).where(Booking.status == BookingStatus.held))
        assert list(found) == [later]


async def test_a_question_that_waits_for_the_morning_holds_its_hour_until_four_hours_after_it(
    world: World, clock: ManualClock
) -> None:
    """Nobody is called to a customer who has not been asked yet."""
    await world.customer.say(ASKED.replace("מחר", "ביום שלישי"))
    await world.yossi.say("אשר")
    clock.advance(hours=13)  # 22:00
    await world.customer.unread()
    async with world.runtime.db.begin(world.business_id) as session:
        (booking,) = await session.scalars(select(Booking))
        await ask_to_move(
            session, booking.id, professional_id=(await people(world))[MOSHE],
            starts_at=booking.starts_at + timedelta(hours=1), actor=MORAN, now=clock.now(),
        )  # fmt: skip
    await world.queue.drain(until=clock.now())
    clock.advance(hours=9)  # 7:00, nine hours after
    await world.queue.drain(until=clock.now())
    await run_due(world.runtime)
    assert await world.customer.unread() == []
    assert len(await held(world)) == 1
    clock.advance(hours=1, minutes=1)
    await world.queue.drain(until=clock.now())
    assert len(await world.customer.unread()) == 1
    assert len(await held(world)) == 1
    clock.advance(hours=4, minutes=1)
    await world.queue.drain(until=clock.now())
    assert await held(world) == []


async def test_somebody_elses_button_moves_nothing(world: World) -> None:
    asked = await sick(world)
    stranger = world.phone("+972500000009", "זר")
    assert "כבר לא פתוחה" in words(await stranger.tap(asked, 2))
    assert len(await promised(world)) == 1


async def test_a_tap_counts_while_a_person_talks_with_the_customer(world: World) -> None:
    asked = await sick(world)
    await world.customer.say("אני רוצה לדבר עם נציג")
    await world.customer.tap(asked, 0)
    assert [one for one in await world.moshe.unread() if one.buttons]


async def test_words_after_a_tap_in_the_same_burst_put_it_right(world: World) -> None:
    asked = await sick(world)
    before = await promised(world)
    await world.customer.tell("מתאים לי", button_id=asked.buttons[0]["id"])
    told = words(await world.customer.say("9 עדיף"))
    assert "9:00" in told
    assert await promised(world) == before
