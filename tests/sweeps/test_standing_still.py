"""What stands still: requests that nobody is asked for, visits whose outcome nobody tells, and the day's digest."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from proli.accounts.models import Business
from proli.conversations.models import Conversation, Message
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead, LeadEntry
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings
from proli.professionals.models import Professional
from proli.scheduling.models import Booking, BookingStatus
from proli.sweeps.running import run_due
from tests.conftest import SUNDAY_MORNING, ManualClock
from tests.journeys.scenes import played_once
from tests.journeys.world import CUSTOMER, YOSSI, Phone, World, populate

EVERYTHING = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"
HALF = "שלום, יש לי נזילה בכיור במטבח"
STAFF = "+972540000001"
VISIT_ENDS = datetime(2070, 11, 24, 15, 0, tzinfo=UTC)
"""Monday, 17:00."""


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    async with runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=STAFF))
    return World(runtime, queue, business_id)


@pytest.fixture
def staff(world: World) -> Phone:
    return world.phone(STAFF, "המשרד")


async def sweep(world: World) -> None:
    await run_due(world.runtime)
    await world.queue.drain()


async def rows[T](world: World, table: type[T]) -> Sequence[T]:
    async with world.runtime.db.begin(world.business_id) as session:
        return (await session.scalars(select(table).order_by(text("id")))).all()


async def change(world: World, table: type[Any], **values: Any) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(update(table).values(**values))


def words(messages: Sequence[Message]) -> str:
    return "\n".join(message.text for message in messages)


class TestRequests:
    async def test_one_in_which_nothing_was_said_for_half_an_hour_is_a_persons_once(
        self, world: World, staff: Phone, clock: ManualClock
    ) -> None:
        await world.customer.say(HALF)
        clock.advance(minutes=29)
        await sweep(world)
        assert await staff.unread() == []
        clock.advance(minutes=10)
        await sweep(world)
        (alert,) = await staff.unread()
        assert "השיחה נתקעה" in alert.text
        (lead,) = await rows(world, Lead)
        assert lead.attention == "stuck"
        clock.advance(minutes=30)
        await sweep(world)
        assert await staff.unread() == []

    async def test_one_that_went_on_meanwhile_is_left_alone(
        self, world: World, staff: Phone, clock: ManualClock
    ) -> None:
        await world.customer.say(HALF)
        clock.advance(minutes=25)
        await world.customer.say("ברמת גן")
        clock.advance(minutes=10)
        await sweep(world)
        assert await staff.unread() == []

    async def test_staff_are_not_woken_for_it(self, world: World, staff: Phone, clock: ManualClock) -> None:
        clock.at = SUNDAY_MORNING.replace(hour=20)  # 22:00
        await world.customer.say(HALF)
        clock.advance(hours=1)
        await sweep(world)
        assert await staff.unread() == []
        assert [lead.attention for lead in await rows(world, Lead)] == [None]
        clock.at = SUNDAY_MORNING.replace(day=24, hour=6)  # 08:00
        await sweep(world)
        assert len(await staff.unread()) == 1

    async def test_a_whole_request_for_which_nobody_was_asked_is_offered_to_a_professional(
        self, world: World, staff: Phone, clock: ManualClock
    ) -> None:
        """The offer that its turn should have made is not there."""
        await world.customer.say(EVERYTHING)
        await world.yossi.unread()
        async with world.runtime.db.begin(world.business_id) as session:
            await session.execute(delete(Booking))
            await session.execute(update(Lead).values(status="contacted", professional_id=None))
        clock.advance(minutes=31)
        await sweep(world)
        (offer,) = await rows(world, Offer)
        assert offer.status == OfferStatus.open
        (asked,) = await world.yossi.unread()
        assert "16:00" in asked.text
        assert await staff.unread() == []
        (lead,) = await rows(world, Lead)
        assert (lead.status, lead.attention) == ("offered", None)

    async def test_what_a_person_has_in_hand_is_left_to_them(
        self, world: World, staff: Phone, clock: ManualClock
    ) -> None:
        await world.customer.say(HALF)
        await change(world, Conversation, owner="human")
        clock.advance(minutes=31)
        await sweep(world)
        assert await staff.unread() == []


@played_once
async def visit_over(world: World, clock: ManualClock) -> None:
    """Yossi's visit ended half an hour ago, and nobody has said a word of it."""
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    (booking,) = await rows(world, Booking)
    clock.at = booking.ends_at + timedelta(minutes=30)
    await world.queue.drain()
    for phone in world.phones.values():
        await phone.unread()


class TestVisits:
    async def test_the_professional_is_asked_once_how_it_went(self, world: World, clock: ManualClock) -> None:
        await visit_over(world, clock)
        await sweep(world)
        (asked,) = await world.yossi.unread()
        assert "איך הסתיים הביקור" in asked.text
        assert [button["text"] for button in asked.buttons] == ["בוצע", "לא בוצע", "הלקוח לא היה"]
        clock.advance(minutes=30)
        await sweep(world)
        assert await world.yossi.unread() == []

    @pytest.mark.parametrize("said", [None, "בוצע", "סיימתי", "כן"])
    async def test_done_ends_the_visit_and_the_customer_is_thanked(
        self, world: World, staff: Phone, clock: ManualClock, said: str | None
    ) -> None:
        await visit_over(world, clock)
        await sweep(world)
        (asked,) = await world.yossi.unread()
        told = await (world.yossi.say(said) if said else world.yossi.tap(asked, 0))
        assert "סומן כהסתיים" in words(told)
        assert [one.status for one in await rows(world, Booking)] == [BookingStatus.done]
        assert len(await world.customer.unread()) == 1
        assert await staff.unread() == []
        again = await world.yossi.tap(asked, 0)
        assert "כבר עודכן" in words(again)

    @pytest.mark.parametrize(("button", "status"), [(1, BookingStatus.confirmed), (2, BookingStatus.no_show)])
    async def test_what_did_not_take_place_is_a_persons(
        self, world: World, staff: Phone, clock: ManualClock, button: int, status: BookingStatus
    ) -> None:
        await visit_over(world, clock)
        await sweep(world)
        (asked,) = await world.yossi.unread()
        told = await world.yossi.tap(asked, button)
        assert "הצוות ימשיך" in words(told)
        assert [one.status for one in await rows(world, Booking)] == [status]
        (lead,) = await rows(world, Lead)
        assert lead.attention == ("not_done" if button == 1 else "customer_absent")
        assert "לא בוצע" in words(await staff.unread())
        clock.advance(hours=4)
        await sweep(world)
        assert await staff.unread() == []
        assert await world.yossi.unread() == []

    async def test_when_the_professional_says_nothing_a_person_is_called_once(
        self, world: World, staff: Phone, clock: ManualClock
    ) -> None:
        await visit_over(world, clock)
        await sweep(world)
        clock.advance(hours=2, minutes=30)
        await sweep(world)
        assert await staff.unread() == []
        clock.advance(minutes=30)
        await sweep(world)
        assert "לא עדכן" in words(await staff.unread())
        clock.advance(minutes=30)
        await sweep(world)
        assert await staff.unread() == []

    async def test_of_a_professional_who_has_left_a_person_is_told_at_once(
        self, world: World, staff: Phone, clock: ManualClock
    ) -> None:
        await visit_over(world, clock)
        async with world.runtime.db.begin(world.business_id) as session:
            await session.execute(update(Professional).where(Professional.phone_e164 == YOSSI).values(active=False))
        await sweep(world)
        assert await world.yossi.unread() == []
        assert len(await staff.unread()) == 1

    async def test_the_professional_is_asked_after_their_quiet_hours(self, world: World, clock: ManualClock) -> None:
        await visit_over(world, clock)
        clock.at = VISIT_ENDS.replace(hour=23)
        await sweep(world)
        assert await world.yossi.unread() == []
        clock.at = VISIT_ENDS.replace(day=25, hour=7)
        await sweep(world)
        assert len(await world.yossi.unread()) == 1

    async def test_a_no_to_another_question_says_nothing_of_a_visit(self, world: World, clock: ManualClock) -> None:
        await visit_over(world, clock)
        await sweep(world)
        await world.yossi.unread()
        await world.yossi.say("היום")
        await world.yossi.say("לא")
        assert [one.status for one in await rows(world, Booking)] == [BookingStatus.confirmed]
        assert [one.attention for one in await rows(world, Lead)] != ["not_done"]


HALF_PAST_EIGHT = SUNDAY_MORNING.replace(day=24, hour=6, minute=30)


class TestDigest:
    async def waits_since_yesterday(self, world: World) -> None:
        await world.customer.say(HALF)
        async with world.runtime.db.begin(world.business_id) as session:
            await session.execute(update(Conversation).values(called_at=SUNDAY_MORNING, called_for="human_asked"))
            await session.execute(delete(LeadEntry))
        async with world.runtime.db.owner() as connection:
            await connection.execute(text("ALTER TABLE leads DISABLE TRIGGER leads_count_change"))
            await connection.execute(
                text("UPDATE leads SET changed_at = :at"), {"at": SUNDAY_MORNING - timedelta(hours=3)}
            )
            await connection.commit()

    async def test_staff_hear_once_a_day_what_waits_with_links(
        self, world: World, staff: Phone, clock: ManualClock
    ) -> None:
        world.runtime.settings.http = HttpSettings(public_url="https://proli.example")
        await self.waits_since_yesterday(world)
        clock.at = HALF_PAST_EIGHT - timedelta(minutes=1)
        await sweep(world)
        assert await staff.unread() == []
        clock.advance(minutes=1)
        await sweep(world)
        (digest,) = await staff.unread()
        (lead,), (conversation, *_) = await rows(world, Lead), await rows(world, Conversation)
        assert f"https://proli.example/b/moran/leads/{lead.id}" in digest.text
        assert f"https://proli.example/b/moran/inbox/{conversation.id}" in digest.text
        assert "דנה" in digest.text
        assert CUSTOMER not in digest.text
        clock.advance(hours=1)
        await sweep(world)
        assert await staff.unread() == []

    async def test_nothing_is_sent_when_nothing_waits(self, world: World, staff: Phone, clock: ManualClock) -> None:
        await world.customer.say("שלום")
        async with world.runtime.db.begin(world.business_id) as session:
            await session.execute(delete(Lead))
        clock.at = HALF_PAST_EIGHT
        await sweep(world)
        assert await staff.unread() == []

    async def test_on_shabbat_nobody_is_written_to_unless_the_business_works_then(
        self, world: World, staff: Phone, clock: ManualClock
    ) -> None:
        await self.waits_since_yesterday(world)
        saturday = HALF_PAST_EIGHT.replace(day=29)
        clock.at = saturday
        await sweep(world)
        assert await staff.unread() == []
        async with world.runtime.db.begin_operator() as session:
            await session.execute(update(Business).values(rest={"shabbat": True}))
        clock.at = saturday + timedelta(days=7)
        await sweep(world)
        assert len(await staff.unread()) == 1
