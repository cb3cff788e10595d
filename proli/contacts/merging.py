"""Two contacts turn out to be one person, or not to be after all.

Everything that refers to a contact goes over, whichever table it is in: the database itself knows what does.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import Actor
from proli.contacts.errors import ContactMergeNotFound, ContactMergeRefused, ContactMergeStands, ContactNotFound
from proli.contacts.models import Contact, ContactAddress, ContactMerge
from proli.platform.db import BusinessSession, locked

type Moved = dict[str, list[int]]

REFERENCES: Final = text("""
    SELECT CAST(CAST(conrelid AS regclass) AS text) || '.' || quote_ident(attname) AS place
    FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND confrelid = CAST('contacts' AS regclass) ORDER BY place
""")
COLUMNS: Final = ", ".join(column.name for column in Contact.__table__.columns if column.computed is None)
ROW: Final = text("SELECT to_jsonb(contacts) - 'search' FROM contacts WHERE id = :id")
DELETE: Final = text("DELETE FROM contacts WHERE id = :id")
RESTORE: Final = text(f"""
    INSERT INTO contacts ({COLUMNS})
    SELECT {COLUMNS} FROM jsonb_populate_record(CAST(NULL AS contacts), CAST(:row AS jsonb))
""")  # noqa: S608 - columns of ours
ADD_SPENT: Final = text("""
    UPDATE spendings AS own SET count = own.count + theirs.count
    FROM spendings AS theirs
    WHERE own.contact_id = :kept AND theirs.contact_id = :other
      AND (own.day, own.kind, own.shard) = (theirs.day, theirs.kind, theirs.shard)
    RETURNING own.id, theirs.id, theirs.count
""")
MOVE_SPENT: Final = text("""
    UPDATE spendings SET contact_id = :kept WHERE contact_id = :other AND id <> ALL (:added) RETURNING id
""")
SUBTRACT_SPENT: Final = text("""
    UPDATE spendings SET count = greatest(count - CAST(added.value AS bigint), 0)
    FROM jsonb_each_text(CAST(:spent AS jsonb)) AS added WHERE spendings.id = CAST(added.key AS bigint)
""")
SPENT: Final = "spendings.contact_id"
"""What refers to a contact without the database's knowing, as 0 stands for the business itself."""
MOMENTS: Final = frozenset({"opted_out_at"})


async def merge_contacts(
    session: BusinessSession,
    *,
    kept_id: int,
    other_id: int,
    actor: Actor,
    now: datetime,
    along: Mapping[str, Any] | None = None,
) -> int:
    """All that was the other contact's is the kept one's, and the other is no more; returns what `undo_merge` wants.

    The kept one gains what was not known of it. Who of the two wants no messages wants none from now on.

    Raises:
        ContactNotFound: there is no such contact, or none any more.
        ContactMergeRefused: they are the same one, or each has something of which a contact has one at most.
    """
    if kept_id == other_id:
        raise ContactMergeRefused(reason="same_contact")
    kept, other = await lock_contacts(session, kept_id, other_id)
    changed = {name: {"was": written(was), "is": written(now_is)} for name, was, now_is in gained(kept, other)}
    row = await session.scalar(ROW, {"id": other_id})
    spent, moved = await add_spent(session, kept_id, other_id)
    moved |= await take_over(session, kept_id, other_id)
    await session.execute(DELETE, {"id": other_id})
    session.expunge(other)
    put(kept, changed, "is")
    merge = ContactMerge(
        kept_id=kept_id, other=row, moved=moved, changed=changed, spent=spent, along=dict(along or {}), actor=actor,
        at=now,
    )  # fmt: skip
    session.add(merge)
    await session.flush()
    merge_id = merge.id
    session.expire_all()
    return merge_id


async def undo_merge(session: BusinessSession, merge_id: int, *, now: datetime) -> ContactMerge:
    """Both contacts are there again, each with what was theirs; what came after the merge stays with the kept one.

    Raises:
        ContactMergeNotFound: there is no such merge, or it was undone.
        ContactMergeStands: the contact took part in another one since, which is to be undone first.
        ContactMergeRefused: one of them would have more than a contact may have.
    """
    merge = await get_merge(session, merge_id, lock=True)
    kept_id, other_id = merge.kept_id, int(merge.other["id"])
    later = select(func.max(ContactMerge.id)).where(
        ContactMerge.kept_id == kept_id, ContactMerge.id > merge_id, ContactMerge.undone_at.is_(None)
    )
    if (newest := await session.scalar(later)) is not None:
        raise ContactMergeStands(merge_id=newest)
    (kept,) = await lock_contacts(session, kept_id)
    put(kept, {name: values for name, values in merge.changed.items() if stands(kept, name, values["is"])}, "was")
    merge.undone_at = now
    await session.flush()
    await session.execute(RESTORE, {"row": json.dumps(merge.other)})
    for place, ids in merge.moved.items():
        await move_rows(session, place, ids, source=kept_id, target=other_id)
    await session.execute(SUBTRACT_SPENT, {"spent": json.dumps(merge.spent)})
    session.expire_all()
    return await get_merge(session, merge_id, undone=True)


async def get_merge(
    session: BusinessSession, merge_id: int, *, lock: bool = False, undone: bool = False
) -> ContactMerge:
    statement = select(ContactMerge).where(ContactMerge.id == merge_id)
    if not undone:
        statement = statement.where(ContactMerge.undone_at.is_(None))
    found = await session.scalar(locked(statement) if lock else statement)
    if found is None:
        raise ContactMergeNotFound(merge_id=merge_id)
    return found


async def list_merges(session: BusinessSession, contact_id: int) -> list[ContactMerge]:
    """Who has been taken into this contact and not been parted again, the latest first."""
    stands = select(ContactMerge).where(ContactMerge.kept_id == contact_id, ContactMerge.undone_at.is_(None))
    return list(await session.scalars(stands.order_by(ContactMerge.id.desc())))


async def lock_contacts(session: BusinessSession, *ids: int) -> list[Contact]:
    """These contacts and their addresses, which nobody else changes or refers to until the end of the transaction.

    Addresses come first, as a message finds its contact by them; in one order, so that nobody waits for each other.

    Raises:
        ContactNotFound
    """
    addresses = select(ContactAddress.id).where(ContactAddress.contact_id.in_(ids)).order_by(ContactAddress.id)
    await session.execute(addresses.with_for_update())
    rows = await session.scalars(locked(select(Contact).where(Contact.id.in_(ids)).order_by(Contact.id)))
    found = {contact.id: contact for contact in rows}
    if missing := set(ids) - found.keys():
        raise ContactNotFound(contact_id=min(missing))
    return [found[one] for one in ids]


async def take_over(session: BusinessSession, kept_id: int, other_id: int) -> Moved:
    """What referred to the other contact refers to the kept one: the ids of those rows, by table and column."""
    return {
        place: await move_rows(session, place, None, source=other_id, target=kept_id)
        for place in await session.scalars(REFERENCES)
    }


async def move_rows(
    session: BusinessSession, place: str, ids: Sequence[int] | None, *, source: int, target: int
) -> list[int]:
    """Rows that say `source` at a table's column say `target`, all or those of `ids`; returns which."""
    table, _, column = place.rpartition(".")
    statement = text(f"""
        UPDATE {table} SET {column} = :target
        WHERE {column} = :source AND (CAST(:ids AS bigint[]) IS NULL OR id = ANY (:ids)) RETURNING id
    """)  # noqa: S608 - names of ours, out of the catalogue
    try:
        async with session.begin_nested():
            return sorted(await session.scalars(statement, {"source": source, "target": target, "ids": ids}))
    except IntegrityError as error:
        raise ContactMergeRefused(reason="two_of_a_kind", of=table) from error


async def add_spent(session: BusinessSession, kept_id: int, other_id: int) -> tuple[dict[str, int], Moved]:
    """The day's counts of both are one: how much was added to which of them, and which went over as they were."""
    both = {"kept": kept_id, "other": other_id}
    added = (await session.execute(ADD_SPENT, both)).all()
    rest = await session.scalars(MOVE_SPENT, both | {"added": [theirs for _, theirs, _ in added]})
    return {str(own): count for own, _, count in added}, {SPENT: sorted(rest)}


def gained(kept: Contact, other: Contact) -> Iterator[tuple[str, Any, Any]]:
    """What changes of the kept one: (column, before, after)."""
    refused = min(filter(None, (kept.opted_out_at, other.opted_out_at)), default=None)
    after = {
        "name": kept.name or other.name,
        "phone_e164": kept.phone_e164 or other.phone_e164,
        "language": kept.language or other.language,
        "opted_out_at": refused,
    }
    for name, value in after.items():
        if value != getattr(kept, name):
            yield name, getattr(kept, name), value


def put(contact: Contact, changed: Mapping[str, Mapping[str, Any]], which: Literal["was", "is"]) -> None:
    for name, values in changed.items():
        value = values[which]
        setattr(contact, name, datetime.fromisoformat(value) if value and name in MOMENTS else value)


def stands(contact: Contact, name: str, value: Any) -> bool:
    """Whether the contact still has it from the merge."""
    return written(getattr(contact, name)) == value


def written(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
