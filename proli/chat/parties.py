"""Whom a conversation concerns, and the open request of its contact: each in one query."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import and_, bindparam, exists, func, or_, select

from proli.accounts.models import Business
from proli.contacts.models import Contact
from proli.conversations.errors import ConversationNotFound
from proli.conversations.models import Conversation
from proli.mind.facts import Guidance
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.prompts.models import Prompt, PromptChannel, PromptStatus
from proli.scheduling.models import Booking, BookingStatus

STILL_AT_WORK = or_(
    Professional.active,
    exists().where(Booking.professional_id == Professional.id, Booking.status == BookingStatus.confirmed),
)
"""Whoever takes requests, or still has a visit to make."""
PARTIES = (
    select(Conversation, Contact, Business, Professional, Prompt, func.proli_is_ours(Contact.phone_e164))
    .join(Contact, Contact.id == Conversation.contact_id)
    .join(Business, Business.id == Conversation.business_id)
    .outerjoin(Professional, (Professional.phone_e164 == Contact.phone_e164) & STILL_AT_WORK)
    .outerjoin(
        Prompt,
        (Prompt.business_id == Conversation.business_id)
        & (Prompt.channel == PromptChannel.whatsapp)
        & or_(
            Prompt.status == PromptStatus.published,
            and_(Conversation.tries_draft, Prompt.status == PromptStatus.draft),
        ),
    )
    .where(Conversation.id == bindparam("conversation_id"))
    .order_by((Prompt.status == PromptStatus.draft).desc().nulls_last())
    .limit(1)
    .with_for_update(of=(Contact, Conversation))
    .execution_options(populate_existing=True)
)


Writer = Literal["our own number", "professional", "staff", "customer"]


@dataclass(frozen=True, slots=True)
class Parties:
    """Everybody a conversation concerns, and what its business wants of the agent in writing."""

    conversation: Conversation
    contact: Contact
    business: Business
    professional: Professional | None
    guidance: Guidance | None
    ours: bool = False
    """The other side is a number of this installation itself."""

    @property
    def writer(self) -> Writer:
        """Who the other side is. A professional who is also who staff are called by is served by the desk."""
        phone = self.contact.phone_e164
        if self.ours:
            return "our own number"
        if self.professional is not None:
            return "professional"
        return "staff" if phone is not None and phone == self.business.staff_e164 else "customer"


async def load_parties(session: BusinessSession, conversation_id: int) -> Parties:
    """The parties in one query that locks the contact and the conversation, in this order, as the intake does.

    The guidance is what is published; the draft where the conversation tries it and there is one.
    """
    row = (await session.execute(PARTIES, {"conversation_id": conversation_id})).first()
    if row is None:
        raise ConversationNotFound(conversation_id=conversation_id)
    conversation, contact, business, professional, prompt, ours = row
    return Parties(conversation, contact, business, professional, guidance_of(prompt), bool(ours))


def guidance_of(prompt: Prompt | None) -> Guidance | None:
    if prompt is None:
        return None
    return Guidance(prompt.number, prompt.text, prompt.version if prompt.status == PromptStatus.draft else None)
