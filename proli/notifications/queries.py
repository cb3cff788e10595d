"""What a message about a visit or an offer is made of, read at the moment of sending."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.models import Business
from proli.accounts.queries import get_business
from proli.contacts.addresses import ensure_contact
from proli.contacts.models import Contact
from proli.conversations.models import ChannelAccount, Conversation
from proli.conversations.opening import open_conversation
from proli.conversations.queries import find_default_account, get_conversation
from proli.leads.for_visit import notes_of
from proli.leads.models import Lead
from proli.leads.queries import name_of
from proli.platform.db import BusinessSession
from proli.playbooks.loader import Playbook, get_playbook
from proli.playbooks.texts import Saying, language_for, own_texts, say
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound
from proli.scheduling.in_question import in_question
from proli.scheduling.models import Booking


@dataclass(frozen=True, slots=True)
class VisitDetails:
    """A booking with everybody it concerns."""

    booking: Booking
    lead: Lead
    contact: Contact
    professional: Professional
    business: Business

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.business.zone)

    @property
    def language(self) -> str:
        """The customer's."""
        return language_for(self.contact.language, self.business.language)

    @property
    def playbook(self) -> Playbook:
        return get_playbook(self.business.playbook)

    def say(self, code: str, /, **values: Any) -> Saying:
        """The words to the customer, as this business says them."""
        return say(code, self.language, own_texts(self.playbook, self.business.texts), **values)

    def in_question(self, now: datetime) -> bool:
        """Whether people must still decide if it will be, as its professional is away."""
        return in_question(self.booking, self.professional, attention=self.lead.attention, zone=self.zone, now=now)

    @property
    def told_at(self) -> datetime:
        """The hour that both sides know of."""
        return self.booking.told_starts_at or self.booking.starts_at

    @property
    def address(self) -> str:
        return ", ".join(filter(None, (self.lead.address, self.lead.locality)))

    @property
    def pin(self) -> str | None:
        """The link to the place on a map that the customer shared."""
        return self.lead.needs.get("pin")

    @property
    def other_phones(self) -> list[tuple[str, str]]:
        """Numbers of other people that came with the request: (name, E.164)."""
        told: list[str] = self.lead.needs.get("other_phones") or []
        return [(name, phone) for name, _, phone in (one.rpartition(" ") for one in told)]

    @property
    def notes(self) -> list[str]:
        """What the customer has said for whoever comes."""
        return notes_of(self.lead)

    @property
    def customer(self) -> str:
        return name_of(self.lead, self.contact) or "-"


async def get_visit(session: BusinessSession, booking_id: int) -> VisitDetails:
    """The visit as it stands now, in two queries."""
    row = (
        await session.execute(
            select(Booking, Lead, Contact, Professional)
            .join(Lead, Lead.id == Booking.lead_id)
            .join(Contact, Contact.id == Lead.contact_id)
            .join(Professional, Professional.id == Booking.professional_id)
            .where(Booking.id == booking_id)
        )
    ).first()
    if row is None:
        raise BookingNotFound(booking_id=booking_id)
    booking, lead, contact, professional = row
    return VisitDetails(booking, lead, contact, professional, await get_business(session))


async def find_customer_conversation(session: BusinessSession, lead: Lead) -> Conversation | None:
    return None if lead.conversation_id is None else await get_conversation(session, lead.conversation_id)


async def open_line(
    session: BusinessSession, contact: Contact, *, like: Conversation | None = None
) -> Conversation | None:
    """The conversation with a contact, on the number that `like` runs on or else the first of the business.

    None when the business has no number at all, or no address of the contact's is known to lead to them.
    """
    account = (
        await session.get(ChannelAccount, like.channel_account_id) if like else await find_default_account(session)
    )
    return None if account is None else await open_conversation(session, account, contact)


async def open_own_line(
    session: BusinessSession, *, phone_e164: str, name: str, like: Conversation | None
) -> Conversation | None:
    """The conversation with one of the business's own people, at the phone on record; None as in `open_line`."""
    return await open_line(session, await ensure_contact(session, phone_e164=phone_e164, name=name), like=like)
