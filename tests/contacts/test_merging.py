"""However what people write is shuffled, each ends as one contact; and every merge can be taken back exactly."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from random import Random

import pytest

from proli.accounts.actor import BY_AGENT, BY_SYSTEM
from proli.channels.simulator.channel import ensure_account
from proli.contacts.addresses import ensure_contact, find_contact, list_addresses
from proli.contacts.errors import ContactMergeNotFound, ContactMergeRefused, ContactMergeStands, ContactNotFound
from proli.contacts.merging import list_merges, merge_contacts, undo_merge
from proli.contacts.models import Contact
from proli.dispatch.one_person import join_contacts, part_contacts
from proli.leads.actions import open_lead
from proli.platform.runtime import Runtime
from tests.contacts.histories import Office, Person, Rows

HISTORIES = int(os.environ.get("TEST_HISTORIES", "200"))


class ThrownAway(Exception):
    """The transaction is not committed."""


@asynccontextmanager
async def office_of(runtime: Runtime, business_id: int, seed: int) -> AsyncGenerator[Office]:
    try:
        async with runtime.db.begin(business_id) as session:
            account_id = await ensure_account(session, runtime)
            yield Office(session, runtime, account_id, Random(seed))
            raise ThrownAway
    except ThrownAway:
        pass


async def join_exactly(office: Office, kept_id: int, other_id: int) -> None:
    """They are merged, parted with every row as it was, and merged again."""
    before, now = await office.rows(), office.runtime.clock.now()
    both = {"kept_id": kept_id, "other_id": other_id}
    merge_id = await join_contacts(office.session, **both, actor=BY_SYSTEM, now=now)
    assert other_id not in {row["id"] for row in (await office.rows())["contacts"]}
    assert await part_contacts(office.session, merge_id, actor=BY_SYSTEM, now=now) == other_id
    assert await rows_since(office, before) == before
    await join_contacts(office.session, **both, actor=BY_SYSTEM, now=now)


async def rows_since(office: Office, before: Rows) -> Rows:
    """Everything there is, but for what timelines have gained."""
    rows, known = await office.rows(), {line["id"] for line in before["lead_entries"]}
    return rows | {"lead_entries": [line for line in rows["lead_entries"] if line["id"] in known]}


async def test_however_messages_are_shuffled_each_person_ends_as_one_contact(
    runtime: Runtime, business_id: int
) -> None:
    merged = 0
    for seed in range(HISTORIES):
        async with office_of(runtime, business_id, seed) as office:
            people = [Person(number, hidden=office.rng.randint(0, 2)) for number in range(1, 3)]
            said = [shown for person in people for shown in person.messages(office.rng)]
            office.rng.shuffle(said)
            for shown in said:
                await office.hear(shown)
                surest, *others = await office.whose(shown)
                for other in {*others} - {surest}:
                    await join_exactly(office, surest, other)
                    merged += 1
                if office.rng.random() < 0.5:
                    await office.live(surest)
            contacts = (await office.rows())["contacts"]
            assert sorted(row["phone_e164"] for row in contacts) == [one.phone for one in people], f"history {seed}"
            for person in people:
                contact = await find_contact(office.session, person.phone)
                assert contact is not None
                known = {address.value for address in await list_addresses(office.session, contact.id)}
                assert known >= {person.phone, *person.chats}, f"history {seed}"
    assert merged > HISTORIES / 4


async def test_a_chain_of_merges_is_undone_from_its_end_and_every_row_is_back(
    runtime: Runtime, business_id: int
) -> None:
    for seed in range(max(HISTORIES // 5, 1)):
        async with office_of(runtime, business_id, seed) as office:
            now, session = runtime.clock.now(), office.session
            for number in range(1, 5):
                for shown in Person(number, hidden=1).messages(office.rng):
                    await office.hear(shown)
            left = [row["id"] for row in (await office.rows())["contacts"]]
            for contact_id in left:
                await office.live(contact_id)
            stack: list[tuple[int, Rows]] = []
            while len(left) > 1:
                kept, other = office.rng.sample(left, 2)
                before = await office.rows()
                merge_id = await join_contacts(session, kept_id=kept, other_id=other, actor=BY_SYSTEM, now=now)
                stack.append((merge_id, before))
                left.remove(other)
            assert [row["id"] for row in (await office.rows())["contacts"]] == left
            for merge_id, before in reversed(stack):
                await part_contacts(session, merge_id, actor=BY_SYSTEM, now=now)
                assert await rows_since(office, before) == before, f"history {seed}"


async def test_of_several_merges_the_latest_is_undone_first(runtime: Runtime, business_id: int) -> None:
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        one, two, three = [(await ensure_contact(session, phone_e164=f"+97250000000{each}")).id for each in range(3)]
        first = await merge_contacts(session, kept_id=one, other_id=two, actor=BY_SYSTEM, now=now)
        second = await merge_contacts(session, kept_id=three, other_id=one, actor=BY_SYSTEM, now=now)
        with pytest.raises(ContactMergeStands) as refused:
            await undo_merge(session, first, now=now)
        assert refused.value.params == {"merge_id": second}
        assert [merge.id for merge in await list_merges(session, three)] == [second, first]
        await undo_merge(session, second, now=now)
        await undo_merge(session, first, now=now)
        with pytest.raises(ContactMergeNotFound):
            await undo_merge(session, first, now=now)


async def test_who_is_no_more_or_is_the_same_is_not_merged(runtime: Runtime, business_id: int) -> None:
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        one = (await ensure_contact(session, phone_e164="+972500000001")).id
        two = (await ensure_contact(session, phone_e164="+972500000002")).id
        with pytest.raises(ContactMergeRefused):
            await merge_contacts(session, kept_id=one, other_id=one, actor=BY_SYSTEM, now=now)
        await merge_contacts(session, kept_id=one, other_id=two, actor=BY_SYSTEM, now=now)
        with pytest.raises(ContactNotFound):
            await merge_contacts(session, kept_id=one, other_id=two, actor=BY_SYSTEM, now=now)


async def test_a_table_that_allows_one_row_each_keeps_two_contacts_apart(runtime: Runtime, business_id: int) -> None:
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        one = (await ensure_contact(session, phone_e164="+972500000001")).id
        two = (await ensure_contact(session, phone_e164="+972500000002")).id
        for contact_id in (one, two):
            await open_lead(session, contact_id=contact_id, conversation_id=None, actor=BY_AGENT, now=now)
        with pytest.raises(ContactMergeRefused) as refused:
            await merge_contacts(session, kept_id=one, other_id=two, actor=BY_SYSTEM, now=now)
        assert refused.value.params == {"reason": "two_of_a_kind", "of": "leads"}


async def test_what_came_after_a_merge_and_what_was_changed_since_stays(runtime: Runtime, business_id: int) -> None:
    now = runtime.clock.now()
    async with runtime.db.begin(business_id) as session:
        one = (await ensure_contact(session, phone_e164="+972500000001")).id
        two = (await ensure_contact(session, phone_e164="+972500000002", name="נועה")).id
        merge_id = await merge_contacts(session, kept_id=one, other_id=two, actor=BY_SYSTEM, now=now)
        kept = await session.get_one(Contact, one)
        assert kept.name == "נועה"
        kept.name = "נועה ברק"
        lead = await open_lead(session, contact_id=one, conversation_id=None, actor=BY_AGENT, now=now)
        await undo_merge(session, merge_id, now=now)
        await session.refresh(lead)
        await session.refresh(kept)
        assert (kept.name, lead.contact_id) == ("נועה ברק", one)
        assert (await session.get_one(Contact, two)).name == "נועה"
