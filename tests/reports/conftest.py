"""The console, over real HTTP, and a business whose rows are written as history left them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.models import Business
from proli.accounts.permissions import Role
from proli.contacts.models import Contact
from proli.conversations.models import Author, ChannelAccount, Conversation, Delivery, Direction, Message
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.models import Lead, LeadStatus
from proli.platform.runtime import Runtime
from proli.professionals.actions import Profile, add_professional
from proli.scheduling.models import Booking, BookingStatus
from proli.scheduling.ratings import rate_visit
from tests.console import Browser, Console, console

__all__ = ["console"]
HOUR = timedelta(hours=1)


@dataclass
class History:
    """What has happened in the business "moran"."""

    runtime: Runtime
    business_id: int
    people: dict[str, int] = field(default_factory=dict[str, int])
    contacts: int = 0

    async def hire(self, name: str, phone_e164: str) -> int:
        async with self.runtime.db.begin(self.business_id) as session:
            profile = Profile(name=name, phone_e164=phone_e164, trades=("plumber",))
            self.people[name] = (await add_professional(session, profile)).id
        return self.people[name]

    async def contact(self, phone_e164: str | None = None) -> int:
        self.contacts += 1
        phone_e164 = phone_e164 or f"+97250{self.contacts:07}"
        async with self.runtime.db.begin(self.business_id) as session:
            made = Contact(phone_e164=phone_e164, name=f"לקוח {self.contacts}")
            session.add(made)
            await session.flush()
            return made.id

    async def lead(
        self, opened_at: datetime, *, who: int | None = None, status: str = "contacted", contact_id: int | None = None,
        conversation_id: int | None = None, trade: str | None = "plumber", locality: str | None = "רמת גן",
        attention: str | None = None, changed_at: datetime | None = None,
    ) -> int:  # fmt: skip
        contact_id = contact_id or await self.contact()
        async with self.runtime.db.begin(self.business_id) as session:
            lead = Lead(
                contact_id=contact_id, conversation_id=conversation_id, status=LeadStatus(status), description="",
                urgency="normal", needs={}, professional_id=who, trade=trade, locality=locality, attention=attention,
                created_at=opened_at, changed_at=changed_at or opened_at,
            )  # fmt: skip
            session.add(lead)
            await session.flush()
            return lead.id

    async def visit(
        self, lead_id: int, who: int, starts_at: datetime, status: str, *, reason: str | None = None,
        made_at: datetime | None = None, offer: str | None = None, sent_at: datetime | None = None, took_s: float = 60,
        score: int | None = None, words: str = "", took_agorot: int | None = None,
    ) -> int:  # fmt: skip
        """A booking, with the offer it was made for unless nobody had to approve."""
        sent_at = sent_at or starts_at - timedelta(days=1)
        async with self.runtime.db.begin(self.business_id) as session:
            booking = Booking(
                lead_id=lead_id, professional_id=who, status=BookingStatus(status), starts_at=starts_at,
                ends_at=starts_at + HOUR, during=Range(starts_at, starts_at + 1.5 * HOUR), actor=BY_SYSTEM,
                reason=reason, created_at=made_at or sent_at, price_agorot=took_agorot,
            )  # fmt: skip
            session.add(booking)
            await session.flush()
            if offer is not None:
                answered = sent_at + timedelta(seconds=took_s) if offer in {"accepted", "declined"} else None
                session.add(
                    Offer(
                        lead_id=lead_id, professional_id=who, booking_id=booking.id, status=OfferStatus(offer),
                        sends_at=sent_at, expires_at=sent_at + HOUR / 4, answered_at=answered,
                    )
                )  # fmt: skip
            if score is not None:
                await rate_visit(session, booking, score=score, words=words, now=starts_at + 2 * HOUR)
            return booking.id

    async def talk(
        self, *said: tuple[Direction, datetime], contact_id: int | None = None, owner: str = "ai",
        delivery: Delivery = Delivery.read, answered: bool = True,
    ) -> int:  # fmt: skip
        """A conversation with messages at these times."""
        contact_id = contact_id or await self.contact()
        async with self.runtime.db.begin(self.business_id) as session:
            account = await session.scalar(select(ChannelAccount))
            if account is None:
                account = ChannelAccount(provider="simulator", external_id="1", sealed=b"", state="")
                session.add(account)
                await session.flush()
            talk = Conversation(
                channel_account_id=account.id, contact_id=contact_id, chat_id=f"chat-{contact_id}", owner=owner,
                last_inbound_at=max(at for direction, at in said if direction == Direction.inbound),
                last_message_at=max(at for _, at in said),
            )  # fmt: skip
            session.add(talk)
            await session.flush()
            session.add_all(messages(talk, said, delivery=delivery, answered=answered))
            return talk.id


def messages(
    talk: Conversation, said: Sequence[tuple[Direction, datetime]], *, delivery: Delivery, answered: bool
) -> list[Message]:
    return [
        Message(
            channel_account_id=talk.channel_account_id, conversation_id=talk.id, direction=direction, sent_at=at,
            author=Author.contact if direction == Direction.inbound else Author.ai, text="שלום",
            wants_answer=direction == Direction.inbound, answered_at=at if answered else None,
            delivery=delivery if direction == Direction.outbound else None,
        )
        for direction, at in said
    ]  # fmt: skip


@pytest.fixture
async def viewer(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.viewer)
    return await console.signed_in("dana@example.com")


@pytest.fixture
async def history(viewer: Browser, runtime: Runtime) -> History:
    async with runtime.db.begin_operator() as session:
        business_id = await session.scalar(select(Business.id).where(Business.slug == "moran"))
    assert business_id is not None
    return History(runtime, business_id)
