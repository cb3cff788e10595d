"""Whoever is erased is nowhere any more, the books are as they were, and whoever writes again is somebody new."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from proli.accounts.actor import BY_SYSTEM, Actor
from proli.accounts.models import AuditEntry
from proli.chat.jobs import reply_to, take_turn
from proli.contacts.actions import Said, opt_out
from proli.contacts.addresses import find_contact
from proli.contacts.models import Contact
from proli.conversations.events import MessageReceived
from proli.conversations.models import Conversation, Message
from proli.leads.actions import move
from proli.leads.models import Lead, LeadEntry, LeadStatus, SavedView, Task
from proli.platform.errors import NotFound
from proli.platform.jobs import emit
from proli.privacy.erasing import erase_person
from proli.privacy.errors import NotTheName, PersonExpected
from proli.privacy.models import Deleted, Receipt
from proli.privacy.rules import RULES
from proli.scheduling.models import Booking, BookingStatus, Rating
from tests.conftest import ManualClock
from tests.journeys.world import CUSTOMER, World
from tests.privacy.everywhere import QUEUE, find_everywhere, list_columns

NOA = Actor.staff("Noa")
FULL_NAME = "דנה אלמוג-ברזילי"
TOLD = (
    "500000001", "050-000-0001", "0500000001", "דנה", "אלמוג", "ביאליק 17", "נזילה נוראית", "שושנים", "הכלב נושך",
    "לחזור לדנה", "מרוצה מאוד מאוד",
)  # fmt: skip
"""What went through that is the person's: phone, name, address, and words that nobody else says."""


async def live_through(world: World, clock: ManualClock) -> None:
    """The person asks, is visited and rates; staff note things, and look for them by their phone."""
    dana = world.phone(CUSTOMER, FULL_NAME)
    await dana.say("שלום, יש לי נזילה נוראית בכיור במטבח, ברמת גן, רחוב ביאליק 17 קומה 2, מחר בשעה 16:00")
    offer = next(one for one in await world.yossi.unread() if "ביאליק" in one.text)
    await world.yossi.tap(offer, 0)
    await world.yossi.say("לא הצלחתי לתפוס את 050-000-0001 בטלפון")
    await dana.say("אגב, הכלב נושך, והכניסה מרחוב שושנים")
    clock.advance(days=2)
    await world.queue.drain()
    async with world.runtime.db.begin(world.business_id) as session:
        lead = (await session.scalars(select(Lead).where(Lead.address.contains("ביאליק 17")))).one()
        booking = (await session.scalars(select(Booking).where(Booking.lead_id == lead.id))).one()
        booking.status = BookingStatus.done
        move(session, lead, LeadStatus.done, actor=BY_SYSTEM, now=clock.now())
        session.add(
            Rating(
                booking_id=booking.id, professional_id=booking.professional_id, lead_id=lead.id, score=5,
                words="מרוצה מאוד מאוד", at=clock.now(),
            )
        )  # fmt: skip
        session.add(Task(lead_id=lead.id, text="לחזור לדנה", actor=NOA))
        session.add(SavedView(user_id=None, name="0500000001", query="words=0500000001", position=1))
        await opt_out(session, lead.contact_id, Said("הסר אותי, דנה"), now=clock.now())


def on_disk(home: Path) -> list[Path]:
    """The files of the installation in which any of it stands."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path for path in files if any(word.encode() in path.read_bytes() for word in TOLD)]


async def contact_of(world: World) -> int:
    async with world.runtime.db.begin(world.business_id) as session:
        found = await find_contact(session, CUSTOMER)
        assert found is not None
        return found.id


async def erase(world: World, clock: ManualClock) -> Receipt:
    async with world.runtime.db.begin(world.business_id) as session:
        contact = await find_contact(session, CUSTOMER)
        assert contact is not None
        return await erase_person(session, contact.id, typed=contact.name, actor=NOA, now=clock.now())


async def books(world: World) -> list[Sequence[object]]:
    """What reports count."""
    counted = (
        "SELECT status, count(*) FROM leads GROUP BY 1 ORDER BY 1",
        "SELECT status, starts_at, ends_at, professional_id FROM bookings ORDER BY id",
        "SELECT status, professional_id, answered_at FROM offers ORDER BY id",
        "SELECT score, professional_id FROM ratings ORDER BY id",
        "SELECT direction, author, kind, sent_at FROM messages ORDER BY id",
        "SELECT model, latency_ms, cost_micros FROM turns ORDER BY id",
        "SELECT trade, urgency, locality, professional_id, created_at FROM leads ORDER BY id",
        "SELECT kind, count(*) FROM lead_entries WHERE actor NOT LIKE 'staff%' GROUP BY 1 ORDER BY 1",
    )
    async with world.runtime.db.begin(world.business_id) as session:
        return [row for each in counted for row in (await session.execute(text(each))).all()]


async def test_after_an_erasure_no_phone_name_address_or_word_of_the_person_is_anywhere(
    world: World, clock: ManualClock
) -> None:
    await live_through(world, clock)
    before = await find_everywhere(world.runtime.db, TOLD)
    found = {hit.partition(":")[0] for hit in before}
    assert {
        "contacts.name", "contacts.search", "contact_addresses.value", "messages.text", "messages.values",
        "leads.description", "leads.address", "lead_entries.details", "turns.trace", "tasks.text", "ratings.words",
        "saved_views.query", "conversations.chat_id", "consents.words",
    } <= found  # fmt: skip
    assert {hit.partition(": ")[2] for hit in before} == set(TOLD), "each of them went through"
    receipt = await erase(world, clock)
    assert await find_everywhere(world.runtime.db, TOLD) == []
    assert (receipt.kind, receipt.until) == (Deleted.person, clock.now())
    assert receipt.count > 10
    assert on_disk(world.runtime.settings.core.home) == []
    async with world.runtime.db.begin(world.business_id) as session:
        entry = await session.scalar(select(AuditEntry).where(AuditEntry.action == "contact.erased"))
        assert entry is not None
        assert (entry.actor, entry.details) == (NOA, {})


async def test_the_books_are_the_same_without_the_person(world: World, clock: ManualClock) -> None:
    await live_through(world, clock)
    before = await books(world)
    await erase(world, clock)
    assert await books(world) == before


async def test_what_is_of_others_stays_as_it_was(world: World, clock: ManualClock) -> None:
    await live_through(world, clock)
    rina = world.phone("+972500000077", "רינה שדה")
    await rina.say("יש לי סתימה בכיור, הרצל 8 רמת גן, מחר ב-11:00")
    untouched = ("רינה שדה", "הרצל 8", "סתימה", "יוסי כהן", "לא הצלחתי לתפוס את *** בטלפון")
    before = await find_everywhere(world.runtime.db, untouched[:-1])
    await erase(world, clock)
    after = await find_everywhere(world.runtime.db, untouched)
    assert {hit for hit in before if "סתימה" in hit or "רינה" in hit or "הרצל" in hit} <= set(after)
    assert "messages.text: לא הצלחתי לתפוס את *** בטלפון" in after, (
        "of others' words only what tells of the person goes"
    )


async def test_every_column_of_every_table_has_a_rule(world: World) -> None:
    tables = await list_columns(world.runtime.db)
    for table, columns in tables.items():
        if table.startswith(QUEUE):
            continue  # arguments of jobs hold ids only
        assert table in RULES, f"say in privacy/rules.py what becomes of {table} when a person is erased"
        assert sorted(RULES[table].columns) == sorted(columns), f"a column of {table} is without a rule, or has two"
    assert set(RULES) <= set(tables)


async def test_who_is_expected_or_asked_for_is_not_erased_and_nor_is_whoever_was_not_meant(
    world: World, clock: ManualClock
) -> None:
    dana = world.phone(CUSTOMER, FULL_NAME)
    await dana.say("יש לי נזילה נוראית בכיור, ברמת גן, רחוב ביאליק 17 קומה 2, מחר בשעה 16:00")
    with pytest.raises(PersonExpected):
        await erase(world, clock)
    with pytest.raises(NotTheName):
        async with world.runtime.db.begin(world.business_id) as session:
            await erase_person(session, await contact_of(world), typed="מישהי אחרת", actor=NOA, now=clock.now())
    assert await find_everywhere(world.runtime.db, [FULL_NAME])


async def test_a_request_without_a_visit_is_closed_and_stays_nobodys(world: World, clock: ManualClock) -> None:
    await world.phone(CUSTOMER, FULL_NAME).say("יש לי נזילה נוראית בכיור")
    await erase(world, clock)
    async with world.runtime.db.begin(world.business_id) as session:
        (lead,) = await session.scalars(select(Lead))
        assert (lead.status, lead.description, lead.customer_name) == ("cancelled", "", None)
        nobody = await session.get_one(Contact, lead.contact_id)
        assert (nobody.name, nobody.phone_e164, nobody.erased_at) == ("", None, clock.now())
        last = select(LeadEntry).where(LeadEntry.lead_id == lead.id).order_by(LeadEntry.id.desc()).limit(1)
        assert (await session.scalars(last)).one().actor == NOA


async def test_jobs_that_run_later_find_the_person_gone_and_end_quietly(world: World, clock: ManualClock) -> None:
    dana = world.phone(CUSTOMER, FULL_NAME)
    await dana.say("שלום, יש לי נזילה נוראית בכיור")
    await dana.tell("ברמת גן, רחוב ביאליק 17")
    await erase(world, clock)
    await world.queue.drain()
    assert await find_everywhere(world.runtime.db, TOLD) == []
    async with world.runtime.db.begin_operator() as session:
        failed = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        assert await session.scalar(failed) == 0


async def test_a_turn_that_was_being_thought_about_writes_nothing_any_more(world: World, clock: ManualClock) -> None:
    dana = world.phone(CUSTOMER, FULL_NAME)
    await dana.say("שלום, יש לי נזילה נוראית בכיור")
    await dana.tell("ברמת גן, רחוב ביאליק 17, מחר בשעה 16:00")
    clock.advance(seconds=60)
    async with world.runtime.db.begin(world.business_id) as session:
        conversation_id = await session.scalar(select(Conversation.id).where(Conversation.chat_id == CUSTOMER)) or 0
    event = MessageReceived(business_id=world.business_id, conversation_id=conversation_id)
    turn = await take_turn(world.runtime, event)
    assert turn is not None
    await erase(world, clock)
    with pytest.raises(NotFound):
        await reply_to(world.runtime, world.business_id, turn, even_if_stale=True)
    assert await find_everywhere(world.runtime.db, TOLD) == []
    async with world.runtime.db.begin(world.business_id) as session:
        await emit(session, event)
    await world.queue.drain()
    assert await find_everywhere(world.runtime.db, TOLD) == []


async def test_whoever_writes_again_from_the_same_number_is_somebody_new(world: World, clock: ManualClock) -> None:
    await live_through(world, clock)
    before = await contact_of(world)
    await erase(world, clock)
    answers = await world.phone(CUSTOMER, "ד").say("שלום, יש לי סתימה בכיור")
    assert answers
    after = await contact_of(world)
    assert after != before
    async with world.runtime.db.begin(world.business_id) as session:
        contact = await session.get_one(Contact, after)
        talk = (await session.scalars(select(Conversation).where(Conversation.contact_id == after))).one()
        said = select(func.count(Message.id)).where(Message.conversation_id == talk.id, Message.text != "")
        assert (contact.opted_out_at, await session.scalar(said)) == (None, 1 + len(answers))
