"""Whoever wants no messages is told how to get them again, and does; both wishes are kept as they were said."""

import pytest
from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.contacts.models import Consent, Contact
from tests.conftest import ManualClock
from tests.journeys.test_cancelling import arranged, says
from tests.journeys.world import CUSTOMER, World
from tests.office import EVERYTHING

STAFF = "+972520000009"


async def wishes(world: World) -> list[tuple[str, str, bool]]:
    async with world.runtime.db.begin(world.business_id) as session:
        kept = await session.scalars(select(Consent).order_by(Consent.id))
        return [(one.wish.value, one.words, one.message_id is not None) for one in kept]


async def is_out(world: World) -> bool:
    async with world.runtime.db.begin(world.business_id) as session:
        contact = (await session.scalars(select(Contact).where(Contact.phone_e164 == CUSTOMER))).one()
        return contact.opted_out_at is not None


@pytest.mark.parametrize(
    "said", ["תחזירו אותי", "התחל", "start", "אני רוצה להמשיך לקבל", "בטלו את ההסרה", "כן תשלחו לי תזכורות"]
)
async def test_the_way_back_is_told_and_works_in_words(world: World, *, said: str) -> None:
    assert "התחל" in await says(world, "הסר")
    answer = await says(world, said)
    assert "נחזור לשלוח" in answer or "again" in answer
    assert not await is_out(world)
    assert await wishes(world) == [("out", "הסר", True), ("in", said, True)]


@pytest.mark.parametrize("said", ["תודה", "לא רוצה לקבל הודעות", "תחזירו לי כסף", "מה השעות שלכם?"])
async def test_other_words_bring_nobody_back(world: World, *, said: str) -> None:
    await says(world, "הסר")
    await says(world, said)
    assert await is_out(world)


async def test_a_new_request_is_served_and_told_that_no_reminder_comes(world: World, clock: ManualClock) -> None:
    await says(world, "הסר")
    answer = await says(world, EVERYTHING)
    assert "נשלחה לאיש מקצוע" in answer
    assert "לא נשלח תזכורות" in answer
    assert await is_out(world)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 0)
    assert "נקבע" in "".join(message.text for message in await world.customer.unread())
    clock.advance(hours=29)
    await world.queue.drain()
    assert await world.customer.unread() == []
    await says(world, "התחל")
    assert not await is_out(world)


async def test_of_a_visit_ahead_the_customer_and_once_the_office_hear_that_no_reminder_comes(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        (await get_business(session)).staff_e164 = STAFF
    await arranged(world, booked=True)
    office = world.phone(STAFF, "המשרד")
    await office.unread()
    answer = await says(world, "תפסיקו לשלוח לי הודעות")
    assert "נשאר כפי שנקבע" in answer
    assert "16:00" in answer
    (told,) = await office.unread()
    assert "לא תישלח תזכורת" in told.text
    await says(world, "הסר")
    assert await office.unread() == []


async def test_a_person_answers_and_the_way_back_works_all_the_same(world: World) -> None:
    await says(world, "אני רוצה לדבר עם נציג")
    assert "התחל" in await says(world, "הסר אותי מהרשימה")
    assert "נחזור לשלוח" in await says(world, "תחזירו אותי לרשימה")
    assert not await is_out(world)


async def test_who_never_left_is_not_told_of_lists(world: World) -> None:
    assert "תזכורות" not in await says(world, "התחל")
    assert await wishes(world) == []
