"""Who wants no messages gets none that they did not ask for; how we know is kept, and nobody can change it."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import ProgrammingError

from proli.accounts.actor import BY_CUSTOMER, Actor
from proli.accounts.models import AuditEntry
from proli.contacts.actions import LONGEST_WORDS, Said, may_be_written_first, opt_in, opt_out
from proli.contacts.addresses import ensure_contact
from proli.contacts.errors import ContactNotFound
from proli.contacts.models import Consent, ConsentChange, Contact
from proli.conversations.inbox import take_over
from proli.conversations.models import Conversation, Direction, Message
from proli.platform.runtime import Runtime
from proli.scheduling.models import Booking, BookingStatus
from tests.conftest import ManualClock
from tests.journeys.world import World

DANA = Actor.staff("Dana")


async def test_the_first_time_is_kept_as_since_when_and_every_time_as_evidence(
    runtime: Runtime, business_id: int, clock: ManualClock
) -> None:
    first = clock.now()
    async with runtime.db.begin(business_id) as session:
        contact = await ensure_contact(session, phone_e164="+972501112233")
        assert may_be_written_first(contact)
        await opt_out(session, contact.id, Said("הסר"), now=first)
        clock.advance(hours=1)
        await opt_out(session, contact.id, Said("אמרה בטלפון", actor=DANA), now=clock.now())
        assert contact.opted_out_at == first
        assert not may_be_written_first(contact)
        clock.advance(hours=1)
        await opt_in(session, contact.id, Said("x" * 5000, actor=DANA), now=clock.now())
        assert may_be_written_first(contact)
    async with runtime.db.begin(business_id) as session:
        kept = (await session.scalars(select(Consent).order_by(Consent.id))).all()
        entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
    assert [(one.wish, one.words[:12], one.actor) for one in kept] == [
        (ConsentChange.out, "הסר", BY_CUSTOMER),
        (ConsentChange.out, "אמרה בטלפון", DANA),
        (ConsentChange.back_in, "x" * 12, DANA),
    ]
    assert len(kept[-1].words) == LONGEST_WORDS
    subject = f"contact:{contact.id}"
    assert [(one.action, one.subject, one.actor, one.details) for one in entries] == [
        ("contact.opted_out", subject, BY_CUSTOMER, {}),
        ("contact.opted_out", subject, DANA, {}),
        ("contact.opted_in", subject, DANA, {}),
    ]


async def test_evidence_can_be_neither_changed_nor_removed(
    runtime: Runtime, business_id: int, clock: ManualClock
) -> None:
    async with runtime.db.begin(business_id) as session:
        contact = await ensure_contact(session, phone_e164="+972501112233")
        await opt_out(session, contact.id, Said("הסר"), now=clock.now())
    for attempt in (
        update(Consent).values(words="כן"),
        update(Consent).values(wish=ConsentChange.back_in),
        delete(Consent),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with runtime.db.begin(business_id) as session:
                await session.execute(attempt)


async def test_nobody_who_is_not_there_opts_out(runtime: Runtime, business_id: int, clock: ManualClock) -> None:
    with pytest.raises(ContactNotFound):
        async with runtime.db.begin(business_id) as session:
            await opt_out(session, 4711, Said("הסר"), now=clock.now())


async def test_who_says_so_in_chat_is_left_alone_and_the_message_that_said_so_is_kept(world: World) -> None:
    await world.customer.say("שלום")
    words = "תסירו אותי מהרשימה, אל תשלחו לי יותר הודעות"
    await world.customer.say(words)
    async with world.runtime.db.begin(world.business_id) as session:
        (kept,) = await session.scalars(select(Consent))
        contact = await session.get_one(Contact, kept.contact_id)
        inbound = select(Message.id).where(Message.direction == Direction.inbound).order_by(Message.id.desc())
        assert kept.message_id == await session.scalar(inbound.limit(1))
        assert (kept.wish, kept.words, kept.actor) == (ConsentChange.out, words, BY_CUSTOMER)
        assert contact.opted_out_at is not None


VISIT = "שלום, צריך להתקין ברז חדש במטבח, ברמת גן, רחוב ביאליק 30 קומה 2, מחר בשעה 16:00"


@pytest.mark.parametrize(
    "words", ["נא להסיר אותי מרשימת התפוצה", "בבקשה להפסיק לשלוח לי", "please take me off your list"]
)
async def test_it_is_heard_while_a_visit_stands_and_the_visit_stays(world: World, words: str) -> None:
    await world.customer.say(VISIT)
    await world.yossi.say("אשר")
    await world.customer.unread()
    (told,) = await world.customer.say(words)
    assert "הוסרת" in told.text or "off our list" in told.text
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Consent.words))).all() == [words]
        assert (await session.scalars(select(Booking.status))).all() == [BookingStatus.confirmed]


async def test_it_is_heard_where_a_person_answers(world: World, clock: ManualClock) -> None:
    await world.customer.say("שלום")
    async with world.runtime.db.begin(world.business_id) as session:
        chat = Conversation.chat_id == world.customer.phone_e164
        conversation_id = (await session.scalars(select(Conversation.id).where(chat))).one()
        await take_over(session, conversation_id=conversation_id, now=clock.now())
    (told,) = await world.customer.say("הסר אותי מהרשימה")
    assert "הוסרת" in told.text
    async with world.runtime.db.begin(world.business_id) as session:
        assert (await session.scalars(select(Consent.words))).all() == ["הסר אותי מהרשימה"]
