"""People come to be known, and say what they do not want."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from proli.contacts.models import Contact
from proli.platform.db import BusinessSession


async def ensure_contact(session: BusinessSession, *, phone_e164: str, name: str = "") -> Contact:
    """The one contact of this phone; made when it was not known."""
    await session.execute(
        insert(Contact)
        .values(business_id=session.require_business(), phone_e164=phone_e164, name=name)
        .on_conflict_do_nothing(index_elements=[Contact.business_id, Contact.phone_e164])
    )
    return (await session.scalars(select(Contact).where(Contact.phone_e164 == phone_e164))).one()


async def ensure_contacts(session: BusinessSession, names: Mapping[str, str]) -> dict[str, Contact]:
    """The contacts of these phones, by phone; those not known are made with the name that stands beside theirs."""
    business_id = session.require_business()
    new = [{"business_id": business_id, "phone_e164": phone, "name": name} for phone, name in sorted(names.items())]
    if not new:
        return {}
    await session.execute(
        insert(Contact).on_conflict_do_nothing(index_elements=[Contact.business_id, Contact.phone_e164]), new
    )
    found = await session.scalars(select(Contact).where(Contact.phone_e164.in_(names)))
    return {contact.phone_e164: contact for contact in found if contact.phone_e164 is not None}


async def opt_out(session: BusinessSession, contact_id: int, *, now: datetime) -> None:
    """The contact hears from us only in answer to what they ask; the first time they said so is kept."""
    contact = await session.get_one(Contact, contact_id)
    contact.opted_out_at = contact.opted_out_at or now
