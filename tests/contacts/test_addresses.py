"""A contact is found by any address, and one message that shows two of them ties them together."""

import pytest
from sqlalchemy import select

from proli.accounts.actor import BY_SYSTEM
from proli.channels.simulator.channel import ensure_account
from proli.contacts.addresses import ensure_contact, ensure_contacts, find_contact, get_contact, list_addresses
from proli.contacts.errors import ContactUnreachable
from proli.contacts.merging import merge_contacts
from proli.contacts.models import AddressKind, Contact, Evidence
from proli.conversations.incoming import HumanSaid, Received
from proli.conversations.intake import Stored, store
from proli.conversations.models import Conversation
from proli.conversations.opening import write_to
from proli.platform.db import BusinessSession
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime

PHONE, CHAT, HIDDEN = "+972501234567", "972501234567@c.us", "77@lid"


async def hear(runtime: Runtime, session: BusinessSession, phone: str | None, chat: str, key: str) -> Stored:
    said = Received(key, chat, runtime.clock.now(), phone, text="שלום")
    return await store(session, await ensure_account(session, runtime), said, settle_s=0)


async def contacts(session: BusinessSession) -> list[Contact]:
    return list(await session.scalars(select(Contact).order_by(Contact.id)))


async def test_a_hidden_id_shown_beside_its_phone_is_that_contacts_from_then_on(
    runtime: Runtime, business_id: int
) -> None:
    async with runtime.db.begin(business_id) as session:
        await hear(runtime, session, PHONE, CHAT, "a")
        await hear(runtime, session, PHONE, HIDDEN, "b")
        await hear(runtime, session, None, HIDDEN, "c")
        (contact,) = await contacts(session)
        assert [(one.kind, one.value, one.evidence) for one in await list_addresses(session, contact.id)] == [
            (AddressKind.phone, PHONE, Evidence.message),
            (AddressKind.whatsapp, CHAT, Evidence.message),
            (AddressKind.provisional, HIDDEN, Evidence.message),
        ]
        for value in (PHONE, CHAT, HIDDEN):
            assert await find_contact(session, value) is contact


async def test_a_phone_learned_later_is_of_the_contact_who_hid_it(runtime: Runtime, business_id: int) -> None:
    async with runtime.db.begin(business_id) as session:
        await hear(runtime, session, None, HIDDEN, "a")
        await hear(runtime, session, PHONE, HIDDEN, "b")
        (contact,) = await contacts(session)
        assert contact.phone_e164 == PHONE
        assert await ensure_contact(session, phone_e164=PHONE) is contact


async def test_two_contacts_of_whom_one_message_shows_addresses_become_one(
    runtime: Runtime, business_id: int, queue: Queue
) -> None:
    async with runtime.db.begin(business_id) as session:
        await ensure_contact(session, phone_e164=PHONE, name="דנה", evidence=Evidence.staff)
        hidden = await hear(runtime, session, None, HIDDEN, "a")
    async with runtime.db.begin(business_id) as session:
        await hear(runtime, session, PHONE, HIDDEN, "b")
        assert len(await contacts(session)) == 2
    await queue.drain()
    async with runtime.db.begin(business_id) as session:
        (contact,) = await contacts(session)
        assert (contact.name, contact.phone_e164) == ("דנה", PHONE)
        talk = await session.get_one(Conversation, hidden.conversation_id)
        assert talk.contact_id == contact.id


async def test_words_of_a_person_on_the_businesss_phone_tie_addresses_too(runtime: Runtime, business_id: int) -> None:
    async with runtime.db.begin(business_id) as session:
        account_id = await ensure_account(session, runtime)
        typed = HumanSaid("a", HIDDEN, runtime.clock.now(), PHONE, text="שלום")
        await store(session, account_id, typed, settle_s=0)
        (contact,) = await contacts(session)
        assert await find_contact(session, HIDDEN) is contact


async def test_the_phone_of_a_merged_contact_leads_to_the_one_who_was_kept(runtime: Runtime, business_id: int) -> None:
    other_phone = "+972507654321"
    async with runtime.db.begin(business_id) as session:
        kept = await ensure_contact(session, phone_e164=PHONE)
        other = await ensure_contact(session, phone_e164=other_phone)
        kept_id = kept.id
        await merge_contacts(session, kept_id=kept_id, other_id=other.id, actor=BY_SYSTEM, now=runtime.clock.now())
        found = await ensure_contacts(session, {other_phone: "", PHONE: ""}, evidence=Evidence.imported)
        assert {contact.id for contact in found.values()} == {kept_id}
        await hear(runtime, session, other_phone, "972507654321@c.us", "a")
        assert [contact.id for contact in await contacts(session)] == [kept_id]


async def test_a_phone_is_an_address_however_its_contact_was_written(runtime: Runtime, business_id: int) -> None:
    async with runtime.db.begin(business_id) as session:
        session.add(Contact(phone_e164=PHONE, name="דנה"))
        await session.flush()
        await hear(runtime, session, PHONE, CHAT, "a")
        (contact,) = await contacts(session)
        assert (contact.name, len(await list_addresses(session, contact.id))) == ("דנה", 2)


async def test_somebody_who_never_wrote_can_be_written_to(runtime: Runtime, business_id: int) -> None:
    async with runtime.db.begin(business_id) as session:
        contact = await ensure_contact(session, phone_e164=PHONE)
        with pytest.raises(ContactUnreachable):
            await write_to(session, contact.id)
        await ensure_account(session, runtime)
        begun = await write_to(session, contact.id)
        assert (begun.contact_id, begun.chat_id) == (contact.id, PHONE)
        assert await write_to(session, contact.id) is begun


async def test_who_hides_the_phone_is_answered_where_they_wrote(runtime: Runtime, business_id: int) -> None:
    async with runtime.db.begin(business_id) as session:
        heard = await hear(runtime, session, None, HIDDEN, "a")
        contact = await get_contact(session, (await contacts(session))[0].id)
        assert (await write_to(session, contact.id)).id == heard.conversation_id
