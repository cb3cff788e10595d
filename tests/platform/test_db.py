"""Isolation: the ORM refuses, and the database shows nothing."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from proli.accounts.actions import create_business
from proli.contacts.models import Contact
from proli.platform.db import Database
from proli.platform.errors import BusinessRequired


async def add_contact(db: Database, business_id: int, phone: str) -> None:
    async with db.begin(business_id) as session:
        session.add(Contact(phone_e164=phone, name="דנה"))


async def test_a_query_without_a_business_raises_in_the_orm(db: Database, business_id: int) -> None:
    await add_contact(db, business_id, "+972500000001")
    async with db.begin(None) as session:
        with pytest.raises(BusinessRequired):
            await session.scalars(select(Contact))


async def test_a_query_without_a_business_returns_nothing_in_raw_sql(db: Database, business_id: int) -> None:
    await add_contact(db, business_id, "+972500000001")
    async with db.begin(None) as session:
        assert (await session.execute(text("SELECT * FROM contacts"))).all() == []
        assert (await session.execute(text("SELECT * FROM businesses"))).all() == []


async def test_one_business_never_sees_or_changes_anothers_rows(db: Database, business_id: int) -> None:
    await add_contact(db, business_id, "+972500000001")
    async with db.begin_operator() as session:
        other = await create_business(session, slug="other", name="אחר")
        await session.flush()
        other_id = other.id
    async with db.begin(other_id) as session:
        assert (await session.scalars(select(Contact))).all() == []
        assert (await session.execute(text("SELECT * FROM contacts"))).all() == []
        assert (await session.execute(text("UPDATE contacts SET name = 'x' RETURNING id"))).all() == []
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with db.begin(other_id) as session:
            await session.execute(
                text("INSERT INTO contacts (business_id, phone_e164, name) VALUES (:id, '+972500000002', '')"),
                {"id": business_id},
            )


async def test_a_row_of_another_business_cannot_be_added(db: Database, business_id: int) -> None:
    with pytest.raises(BusinessRequired):
        async with db.begin(business_id) as session:
            session.add(Contact(business_id=business_id + 1, phone_e164="+972500000001", name=""))


async def test_a_business_cannot_read_the_job_arguments_of_others(db: Database, business_id: int) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with db.begin(business_id) as session:
            await session.execute(text("SELECT args FROM procrastinate_jobs"))
