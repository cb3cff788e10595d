"""Whom a conversation concerns, and the open request of its contact: each in one query."""

from dataclasses import dataclass, replace

from sqlalchemy import and_, bindparam, exists, func, or_, select

from proli.accounts.models import Business
from proli.agent.facts import Facts, Guidance, Known, Standing
from proli.agent.models import Prompt, PromptChannel, PromptStatus
from proli.contacts.models import Contact
from proli.conversations.errors import ConversationNotFound
from proli.conversations.models import Conversation
from proli.leads.models import OPEN, Lead
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking, BookingStatus

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
OPEN_REQUEST = (
    select(Lead, Booking, Professional)
    .outerjoin(Booking, (Booking.lead_id == Lead.id) & Booking.status.in_(LIVE))
    .outerjoin(Professional, Professional.id == Booking.professional_id)
    .where(Lead.contact_id == bindparam("contact_id"), Lead.status.in_(OPEN))
    .order_by((Lead.status != "booked").desc(), Lead.id.desc(), (Booking.status == "confirmed").asc())
    .limit(2)
)
"""With two rows of one lead, its promised visit comes second: another hour has been asked for."""


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
    def staff(self) -> bool:
        """The other side is who is told when a person is needed."""
        return self.contact.phone_e164 is not None and self.contact.phone_e164 == self.business.staff_e164


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


async def with_lead(session: BusinessSession, facts: Facts, contact_id: int) -> Facts:
    """The facts with the contact's open request and its slot as they stand now, in one query."""
    rows = (await session.execute(OPEN_REQUEST, {"contact_id": contact_id})).all()
    if not rows:
        return replace(facts, known=Known(), standing=None)
    lead, booking, professional = rows[0]
    promised = rows[1][1] if len(rows) > 1 and rows[1][0].id == lead.id else None
    return replace(facts, known=known_from(lead), standing=standing_from(booking, professional, promised))


def known_from(lead: Lead) -> Known:
    return Known(
        lead_id=lead.id,
        status=lead.status.value,
        trade=lead.trade,
        issue=lead.issue,
        description=lead.description,
        urgency=lead.urgency,
        locality=lead.locality,
        address=lead.address,
        address_parts=lead.address_parts,
        wish=lead.wish,
        name=lead.customer_name,
        intent=lead.intent,
        needs=lead.needs,
        attention=lead.attention,
    )


def standing_from(
    booking: Booking | None, professional: Professional | None, promised: Booking | None
) -> Standing | None:
    if booking is None or professional is None:
        return None
    return Standing(
        status=booking.status.value,
        starts_at=booking.starts_at,
        professional=professional.name,
        stays_at=promised.starts_at if promised is not None else None,
        on_the_way=booking.on_the_way_at is not None,
        prompt=professional.prompt,
        phone=professional.phone_e164,
    )
