"""Whose an address is: the one place where a contact is found, or made, by any of them."""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from sqlalchemy import select, text

from proli.contacts.errors import ContactNotFound
from proli.contacts.models import AddressKind, Contact, ContactAddress, Evidence
from proli.platform.db import BusinessSession

LEARN: Final = text("""
    WITH told AS (
        SELECT phone, name FROM unnest(CAST(:phones AS text[]), CAST(:names AS text[])) AS told (phone, name)
    ), learned AS (
        INSERT INTO contact_addresses (business_id, contact_id, kind, value, evidence)
        SELECT :business_id, nextval('contacts_id_seq'), 'phone', phone, :evidence FROM told ORDER BY phone
        ON CONFLICT (business_id, kind, value) DO UPDATE SET value = excluded.value
        RETURNING contact_id, value
    )
    INSERT INTO contacts (id, business_id, phone_e164, name)
    SELECT learned.contact_id, :business_id, phone, name FROM learned JOIN told ON told.phone = learned.value
    ON CONFLICT (id) DO NOTHING
""")
"""The address comes first: of two who learn it at once, the second finds the contact of the first."""


class Address(NamedTuple):
    kind: AddressKind
    value: str


def addresses_of(phone_e164: str | None, chat_id: str) -> list[Address]:
    """What a message shows of whoever wrote it, the surest first."""
    phone = [] if phone_e164 is None else [Address(AddressKind.phone, phone_e164)]
    if chat_id == phone_e164:
        return phone
    shows_phone = phone_e164 is not None and phone_e164.removeprefix("+") in chat_id
    return [*phone, Address(AddressKind.whatsapp if shows_phone else AddressKind.provisional, chat_id)]


async def get_contact(session: BusinessSession, contact_id: int) -> Contact:
    contact = await session.get(Contact, contact_id)
    if contact is None:
        raise ContactNotFound(contact_id=contact_id)
    return contact


async def find_contact(session: BusinessSession, value: str) -> Contact | None:
    """Whoever has this address, of whatever kind."""
    whose = select(ContactAddress.contact_id).where(ContactAddress.value == value)
    return await session.scalar(select(Contact).where(Contact.id.in_(whose)).order_by(Contact.id).limit(1))


async def find_by_phone(session: BusinessSession, phones: Collection[str]) -> dict[str, Contact]:
    """The contacts of these phones, by phone, as far as they are known."""
    found = await session.execute(
        select(ContactAddress.value, Contact)
        .join(Contact, Contact.id == ContactAddress.contact_id)
        .where(ContactAddress.kind == AddressKind.phone, ContactAddress.value.in_(phones))
    )
    return dict(found.all())


async def ensure_contact(
    session: BusinessSession, *, phone_e164: str, name: str = "", evidence: Evidence = Evidence.record
) -> Contact:
    """The one contact of this phone; made when it was not known."""
    return (await ensure_contacts(session, {phone_e164: name}, evidence=evidence))[phone_e164]


async def ensure_contacts(
    session: BusinessSession, names: Mapping[str, str], *, evidence: Evidence
) -> dict[str, Contact]:
    """The contacts of these phones, by phone; those not known are made with the name that stands beside theirs."""
    known = await find_by_phone(session, names.keys())
    phones = sorted(names.keys() - known.keys())
    if not phones:
        return known
    told = {"phones": phones, "names": [names[phone] for phone in phones]}
    await session.execute(LEARN, {"business_id": session.require_business(), "evidence": evidence.value, **told})
    return known | await find_by_phone(session, phones)


async def list_addresses(session: BusinessSession, contact_id: int) -> list[ContactAddress]:
    """Every address of a contact, the oldest first."""
    own = select(ContactAddress).where(ContactAddress.contact_id == contact_id)
    return list(await session.scalars(own.order_by(ContactAddress.since, ContactAddress.id)))
