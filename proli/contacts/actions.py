"""People say what they do not want."""

from datetime import datetime

from proli.contacts.models import Contact
from proli.platform.db import BusinessSession


async def opt_out(session: BusinessSession, contact_id: int, *, now: datetime) -> None:
    """The contact hears from us only in answer to what they ask; the first time they said so is kept."""
    contact = await session.get_one(Contact, contact_id)
    contact.opted_out_at = contact.opted_out_at or now
