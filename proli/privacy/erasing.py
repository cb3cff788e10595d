"""A person is erased. What the books need stays, as rows of nobody.

The rows that stay move over to a contact and conversations that are nobody's, and the person's own are deleted: what a
job in flight still means to write finds no place to stand, and ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, text

from proli.accounts.actor import Actor
from proli.accounts.trail import keep
from proli.contacts.addresses import list_addresses
from proli.contacts.merging import lock_contacts
from proli.contacts.models import Contact, ContactMerge
from proli.conversations.models import WAITING_SQL, Conversation
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.actions import move
from proli.leads.models import OPEN, Lead, LeadStatus
from proli.platform.db import BusinessSession, locked
from proli.platform.orm import Base
from proli.privacy.errors import NotTheName, PersonExpected
from proli.privacy.models import Deleted, Receipt
from proli.privacy.rules import RULES, Reach, Rule
from proli.privacy.tells import keys_pattern, pattern_of
from proli.scheduling.models import LIVE, Booking

STRUCK: Final = "***"
EMPTY: Final = {
    "messages.buttons": "[]",
    "rankings.entries": "[]",
    "turns.trace": '{"messages": [], "heard": {}, "attempts": [], "tools": [], "usage": {}, "rewritten": null}',
}
REACH: Final[dict[Reach, str]] = {"contact": "contact_id", "conversation": "conversation_id", "lead": "lead_id"}
NEW_TALK: Final = text("""
    INSERT INTO conversations (business_id, channel_account_id, contact_id, chat_id, owner, owner_since,
                               last_inbound_at, last_message_at, tries_draft)
    SELECT business_id, channel_account_id, :nobody, 'erased:' || id, 'human', :now, last_inbound_at, last_message_at,
           tries_draft
    FROM conversations WHERE id = :id RETURNING id
""")
TO_OTHERS: Final = text("""
    UPDATE messages SET text = '', "values" = NULL, buttons = '[]', media = NULL, error = NULL,
        deleted_at = coalesce(deleted_at, :now),
        delivery = CASE WHEN delivery IN ('queued', 'unknown') THEN 'withheld' ELSE delivery END
    WHERE business_id = :business_id AND direction = 'out' AND NOT conversation_id = ANY (:talks)
      AND (dedup_key ~ :keys OR text ~* :pattern OR "values"::text ~* :pattern
           OR dedup_key LIKE 'staff:%' AND "values" ->> 'customer' = ANY (:named))
""")
SETTLED: Final = text(f"""
    UPDATE messages SET wants_answer = false, delivery = CASE WHEN {WAITING_SQL} THEN 'withheld' ELSE delivery END
    WHERE conversation_id = ANY (:ids)
""")  # noqa: S608
FORGET_EARLY_NEWS: Final = text("""
    DELETE FROM early_news USING messages
    WHERE messages.conversation_id = ANY (:ids) AND early_news.channel_account_id = messages.channel_account_id
      AND early_news.external_id = messages.external_id
""")


@dataclass(frozen=True, slots=True)
class Person:
    """All that is somebody's, locked."""

    contact: Contact
    talks: Sequence[int]
    leads: Sequence[Lead]
    bookings: Sequence[int]
    offers: Sequence[int]
    pattern: str
    names: frozenset[str]

    @property
    def lead_ids(self) -> list[int]:
        return [lead.id for lead in self.leads]

    def ids(self, reach: Reach) -> list[int]:
        whose: dict[Reach, Sequence[int]] = {"conversation": self.talks, "lead": self.lead_ids}
        return list(whose.get(reach, [self.contact.id]))


async def erase_person(
    session: BusinessSession, contact_id: int, *, typed: str, actor: Actor, now: datetime
) -> Receipt:
    """Nothing says any more who the contact was; visits, figures and ratings stay as those of nobody.

    `typed` is what whoever wants it has typed: the name or, of somebody without one, the phone.

    Raises:
        ContactNotFound
        NotTheName: something else was typed.
        PersonExpected: an offer is out or a visit is to come.
    """
    (contact,) = await lock_contacts(session, contact_id)
    if " ".join(typed.split()) != what_to_type(contact):
        raise NotTheName
    person = await find_person(session, contact, now=now)
    for lead in person.leads:
        if lead.status in OPEN:
            move(session, lead, LeadStatus.cancelled, actor=actor, now=now)
    await session.flush()
    count = await strike_out(session, person, now=now)
    await make_nobodys(session, person, now=now)
    keep(session, "contact.erased", f"contact:{contact_id}", actor=actor, now=now)
    receipt = Receipt(kind=Deleted.person, count=count, until=now, at=now)
    session.add(receipt)
    await session.flush()
    session.expire_all()
    await session.refresh(receipt)
    return receipt


def what_to_type(contact: Contact) -> str:
    """By what is typed anew whoever erases shows that they mean this person."""
    return " ".join(contact.name.split()) or contact.phone_e164 or str(contact.id)


async def find_person(session: BusinessSession, contact: Contact, *, now: datetime) -> Person:
    talks = locked(select(Conversation).where(Conversation.contact_id == contact.id).order_by(Conversation.id))
    talk_ids = [one.id for one in await session.scalars(talks)]
    leads = (await session.scalars(locked(select(Lead).where(Lead.contact_id == contact.id).order_by(Lead.id)))).all()
    lead_ids = [lead.id for lead in leads]
    bookings = (await session.scalars(select(Booking).where(Booking.lead_id.in_(lead_ids)))).all()
    offers = (await session.scalars(select(Offer).where(Offer.lead_id.in_(lead_ids)))).all()
    if any(one.status in LIVE and one.over_at > now for one in bookings) or any(
        one.status == OfferStatus.open for one in offers
    ):
        raise PersonExpected(contact_id=contact.id)
    merges = (await session.scalars(select(ContactMerge).where(ContactMerge.kept_id == contact.id))).all()
    names = {contact.name, *(lead.customer_name or "" for lead in leads), *(one.other["name"] for one in merges)}
    values = {contact.phone_e164 or "", *(one.value for one in await list_addresses(session, contact.id))}
    return Person(
        contact=contact,
        talks=talk_ids,
        leads=leads,
        bookings=[one.id for one in bookings],
        offers=[one.id for one in offers],
        pattern=pattern_of(values=values, names=names, addresses={lead.address or "" for lead in leads}),
        names=frozenset(names - {""}),
    )


async def strike_out(session: BusinessSession, person: Person, *, now: datetime) -> int:
    """What anybody was told or has written about the person, and what their own rows say of them, is gone."""
    business_id = session.require_business()
    keys = keys_pattern(leads=person.lead_ids, bookings=person.bookings, offers=person.offers, talks=person.talks)
    about: dict[str, Any] = {"pattern": person.pattern, "business_id": business_id}
    named = [f"{before}{name}{after}" for name in person.names for before, after in (("", ""), *ISOLATES)]
    await session.execute(FORGET_EARLY_NEWS, {"ids": list(person.talks)})
    told = {**about, "keys": keys, "talks": list(person.talks), "named": named, "now": now}
    count = touched(await session.execute(TO_OTHERS, told))
    await session.execute(SETTLED, {"ids": list(person.talks)})
    for table, rule in RULES.items():
        count += await empty(session, table, rule, person)
        for column in rule.mask.split():
            kind = Base.metadata.tables[table].c[column].type.compile(session.get_bind().dialect)
            masked = f"CAST(regexp_replace(CAST(\"{column}\" AS text), :pattern, '{STRUCK}', 'gi') AS {kind})"
            where = f'business_id = :business_id AND CAST("{column}" AS text) ~* :pattern'
            statement = text(f'UPDATE {table} SET "{column}" = {masked} WHERE {where}')  # noqa: S608 - names of ours
            count += touched(await session.execute(statement, about))
    return count


async def empty(session: BusinessSession, table: str, rule: Rule, person: Person) -> int:
    """The person's own rows that stay say nothing of them."""
    columns = [*rule.blank.split(), *rule.mask.split()]
    if rule.by == "none" or rule.goes or not columns:
        return 0
    blanks = ", ".join(f'"{column}" = {empty_of(table, column)}' for column in columns)
    key = "id" if table == "leads" else REACH[rule.by]
    statement = text(f"UPDATE {table} SET {blanks} WHERE {key} = ANY (:ids)")  # noqa: S608 - names of ours
    return touched(await session.execute(statement, {"ids": person.ids(rule.by)}))


def empty_of(table: str, column: str) -> str:
    """What stands in an emptied column: nothing, or where there must be something, the least."""
    found = Base.metadata.tables[table].c[column]
    if found.nullable:
        return "NULL"
    return f"'{EMPTY.get(f'{table}.{column}', '' if 'TEXT' in str(found.type) else '{}')}'"


async def make_nobodys(session: BusinessSession, person: Person, *, now: datetime) -> None:
    """What stays is nobody's, and the person's own rows are deleted."""
    nobody = Contact(name="", erased_at=now)
    session.add(nobody)
    await session.flush()
    for table, rule in RULES.items():
        if rule.goes and rule.by in ("conversation", "lead"):
            statement = text(f"DELETE FROM {table} WHERE {REACH[rule.by]} = ANY (:ids)")  # noqa: S608 - names of ours
            await session.execute(statement, {"ids": person.ids(rule.by)})
    for talk in person.talks:
        new = await session.scalar(NEW_TALK, {"id": talk, "nobody": nobody.id, "now": now})
        for table in ("messages", "turns", "leads"):
            statement = text(f"UPDATE {table} SET conversation_id = :new WHERE conversation_id = :id")  # noqa: S608
            await session.execute(statement, {"new": new, "id": talk})
    both = {"nobody": nobody.id, "id": person.contact.id}
    await session.execute(text("UPDATE leads SET contact_id = :nobody WHERE contact_id = :id"), both)
    for gone in ("spendings", "conversations"):
        await session.execute(text(f"DELETE FROM {gone} WHERE contact_id = :id"), both)  # noqa: S608 - names of ours
    await session.execute(text("DELETE FROM contacts WHERE id = :id"), both)
    session.expunge(person.contact)


ISOLATES: Final = (("\u2068", "\u2069"), ("\u2067", "\u2069"), ("\u2066", "\u2069"))


def touched(result: Any) -> int:
    return max(int(result.rowcount), 0)
