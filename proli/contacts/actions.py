"""People say whether they want to hear from us when they have not asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from proli.accounts.actor import BY_CUSTOMER, Actor
from proli.accounts.trail import keep
from proli.contacts.addresses import get_contact
from proli.contacts.models import Consent, ConsentChange, Contact
from proli.platform.db import BusinessSession

LONGEST_WORDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """How we know what a contact wants: the words, the message they stand in, and who said or wrote them down."""

    words: str
    message_id: int | None = None
    actor: Actor = BY_CUSTOMER


def may_be_written_first(contact: Contact) -> bool:
    """Whether the contact may hear from us without having asked something. What they ask is always answered."""
    return contact.opted_out_at is None


async def opt_out(session: BusinessSession, contact_id: int, said: Said, *, now: datetime) -> None:
    """The contact hears from us only in answer to what they ask; each time they say so is kept, and since when.

    Raises:
        ContactNotFound
    """
    contact = await get_contact(session, contact_id)
    note_wish(session, contact, ConsentChange.out, said, now=now)
    contact.opted_out_at = contact.opted_out_at or now


async def opt_in(session: BusinessSession, contact_id: int, said: Said, *, now: datetime) -> None:
    """The contact may be written to first again; what they wanted before stays on record.

    Raises:
        ContactNotFound
    """
    contact = await get_contact(session, contact_id)
    note_wish(session, contact, ConsentChange.back_in, said, now=now)
    contact.opted_out_at = None


def note_wish(session: BusinessSession, contact: Contact, wish: ConsentChange, said: Said, *, now: datetime) -> None:
    session.add(
        Consent(
            contact_id=contact.id, wish=wish, message_id=said.message_id, words=said.words[:LONGEST_WORDS],
            actor=said.actor, at=now,
        )
    )  # fmt: skip
    keep(session, f"contact.opted_{wish}", f"contact:{contact.id}", actor=said.actor, now=now)
