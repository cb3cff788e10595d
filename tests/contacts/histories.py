"""People who write from several addresses, of which one message or another shows that they are theirs."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import select, text

from proli.accounts.actor import BY_AGENT
from proli.contacts.budgets import Budget, count_spent
from proli.contacts.models import Contact, ContactAddress
from proli.conversations.incoming import Received
from proli.conversations.intake import store
from proli.leads.actions import move, open_lead
from proli.leads.models import ARRANGING, Lead, LeadStatus
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime

TABLES = ("contacts", "contact_addresses", "conversations", "messages", "leads", "lead_entries", "spendings")
COUNTED = ("version", "changed_at")
"""What the database counts with every change, and must not count back."""


EVERYTHING = text(
    " UNION ALL ".join(f"(SELECT '{table}', to_jsonb({table}) FROM {table} ORDER BY id)" for table in TABLES)
)

type Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Shown:
    """What one message shows of whoever wrote it."""

    phone: str | None
    chat: str


@dataclass
class Person:
    """Somebody with a phone and hidden ids; their messages, shuffled, show each beside the phone at some time."""

    number: int
    hidden: int

    @property
    def phone(self) -> str:
        return f"+97250{self.number:07}"

    @property
    def chats(self) -> list[str]:
        return [f"{self.number * 10 + each}@lid" for each in range(self.hidden)]

    def messages(self, rng: Random) -> list[Shown]:
        plain = Shown(self.phone, f"{self.phone[1:]}@c.us")
        told = [Shown(self.phone, chat) for chat in self.chats]
        untold = [Shown(None, rng.choice(self.chats)) for _ in range(rng.randint(1, 3))] if self.chats else []
        return [*told, *untold, *[plain] * rng.randint(1, 2)]


@dataclass
class Office:
    """One business, in a transaction that is thrown away."""

    session: BusinessSession
    runtime: Runtime
    account_id: int
    rng: Random
    said: int = field(default=0)

    async def hear(self, shown: Shown) -> None:
        self.said += 1
        received = Received(
            external_id=f"said-{self.said}",
            chat_id=shown.chat,
            sent_at=self.runtime.clock.now(),
            phone_e164=shown.phone,
            name=self.rng.choice(("", "דנה", "Dana")),
            text="שלום",
        )
        await store(self.session, self.account_id, received, settle_s=0)

    async def whose(self, shown: Shown) -> list[int]:
        """Whose the addresses are, the surest first."""
        rows = await self.session.execute(
            select(ContactAddress.value, ContactAddress.contact_id).where(
                ContactAddress.value.in_([shown.phone, shown.chat])
            )
        )
        found = dict(rows.all())
        return [found[value] for value in (shown.phone, shown.chat) if value in found]

    async def live(self, contact_id: int) -> None:
        """The contact wants something, costs something, or wants no more of us."""
        now, session = self.runtime.clock.now(), self.session
        contact = await session.get_one(Contact, contact_id)
        match self.rng.randrange(4):
            case 0:
                contact.opted_out_at = contact.opted_out_at or now
            case 1:
                contact.language = self.rng.choice(("he", "en"))
            case 2:
                kind = self.rng.choice((Budget.turns, Budget.messages))
                limits = self.runtime.settings.budget
                await count_spent(session, limits, kind, contact_id=contact_id, now=now, amount=self.rng.randint(0, 3))
            case _:
                arranging = select(Lead.id).where(Lead.contact_id == contact_id, Lead.status.in_(ARRANGING))
                if await session.scalar(arranging) is None:
                    lead = await open_lead(
                        session, contact_id=contact_id, conversation_id=None, actor=BY_AGENT, now=now
                    )
                    if self.rng.random() < 0.7:
                        move(session, lead, LeadStatus.cancelled, actor=BY_AGENT, now=now)
        await session.flush()

    async def rows(self) -> Rows:
        """Everything there is, as the database has it."""
        found: Rows = {table: [] for table in TABLES}
        for table, row in await self.session.execute(EVERYTHING):
            found[table].append({name: value for name, value in row.items() if name not in COUNTED})
        return found
