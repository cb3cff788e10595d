"""People come to be known, and say what they do not want."""

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


async def opt_out(session: BusinessSession, contact_id: int, *, now: datetime) -> None:
    """The contact hears from us only in answer to what they ask; the first time they said so is kept."""
    contact = await session.get_one(Contact, contact_id)
    contact.opted_out_at = contact.opted_out_at or now
