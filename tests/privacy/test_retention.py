"""What is older than a business keeps it ends at night, in batches, with a receipt that says nothing of people."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.models import AuditEntry, Business
from proli.accounts.trail import keep
from proli.conversations.models import Message
from proli.privacy import retention
from proli.privacy.jobs import end_what_is_old
from proli.privacy.models import Deleted, Receipt
from proli.traces.models import Turn
from tests.conftest import ManualClock
from tests.console import Browser
from tests.journeys.world import World

BUSINESS = "/api/businesses/moran"


async def receipts(world: World) -> dict[Deleted, int]:
    async with world.runtime.db.begin(world.business_id) as session:
        counted = select(Receipt.kind, func.sum(Receipt.count)).group_by(Receipt.kind)
        return {kind: int(count) for kind, count in await session.execute(counted)}


async def test_each_kind_ends_after_its_own_days_and_not_before(
    world: World, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 1)
    await world.customer.say("יש לי נזילה בכיור")
    began = clock.now()
    async with world.runtime.db.begin(world.business_id) as session:
        message = (await session.scalars(select(Message).order_by(Message.id))).first()
        assert message is not None
        message.media = {"url": "https://files.example/1", "mime_type": "image/jpeg"}
        await session.execute(text('UPDATE businesses SET retention = \'{"traces": 30, "media": 60, "messages": 90}\''))
        for table in ("turns", "tool_calls"):
            await session.execute(text(f"UPDATE {table} SET created_at = :at"), {"at": began})
        turns = await session.scalar(select(func.count(Turn.id)))
        messages = await session.scalar(select(func.count(Message.id)))
    for days, ended in ((29, set[Deleted]()), (31, {Deleted.traces}), (61, {Deleted.media}), (91, {Deleted.messages})):
        before = set(await receipts(world))
        await end_what_is_old(world.runtime, began + timedelta(days=days))
        assert set(await receipts(world)) - before == ended, days
    found = await receipts(world)
    assert found == {Deleted.traces: turns, Deleted.media: 1, Deleted.messages: messages} | {
        Deleted.traces: found[Deleted.traces]
    }
    assert found[Deleted.traces] >= (turns or 0) > 0
    async with world.runtime.db.begin(world.business_id) as session:
        assert await session.scalar(select(func.count(Message.id))) == 0
        assert await session.scalar(select(func.count(Turn.id))) == 0


async def test_the_record_ends_after_its_days_by_the_databases_own_hand_alone(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        aged = text("SELECT now() - make_interval(days => :days)")
        for days in (2000, 170, 0):
            at = (await session.execute(aged, {"days": days})).scalar_one()
            keep(session, "price.added", "price:1", actor=BY_SYSTEM, now=at)
    async with world.runtime.db.begin_operator() as session:
        now = (await session.execute(text("SELECT now()"))).scalar_one()
        await session.execute(text("SELECT proli_forget_audit(:one, now(), 100)"), {"one": world.business_id})
        kept = await session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.action == "price.added"))
        assert kept == 2, "however it is asked, half a year stays"
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with world.runtime.db.begin(world.business_id) as session:
            await session.execute(text("SELECT proli_forget_audit(:one, now(), 100)"), {"one": world.business_id})
    await end_what_is_old(world.runtime, now)
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with world.runtime.db.begin(world.business_id) as session:
            await session.execute(text("DELETE FROM receipts"))


async def test_what_anybody_but_staff_does_to_a_request_is_on_record_by_the_database_itself(world: World) -> None:
    await world.customer.say("יש לי נזילה בכיור, ברמת גן, רחוב ביאליק 17 קומה 2, מחר בשעה 16:00")
    (offer,) = [one for phone in (world.yossi, world.moshe) for one in await phone.unread() if one.buttons]
    async with world.runtime.db.begin(world.business_id) as session:
        entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
    assert {"lead.opened", "lead.details", "lead.offered"} <= {one.action for one in entries}
    assert {one.actor.kind for one in entries} & {"agent", "customer"}
    assert all(one.details == {} for one in entries)
    assert offer.text


async def test_managers_say_how_long_what_is_kept(manager: Browser, world: World) -> None:
    now = (await manager.call("GET", f"{BUSINESS}/retention")).json()
    assert now == {"messages": 1095, "media": 365, "recordings": 2, "traces": 180, "audit": 1095}
    changed = {**now, "media": 30}
    assert (await manager.call("PUT", f"{BUSINESS}/retention", changed)).json() == changed
    assert (await manager.call("GET", f"{BUSINESS}/retention")).json() == changed
    for bad in ({**now, "audit": 10}, {**now, "messages": 1}, {**now, "other": 30}):
        assert (await manager.call("PUT", f"{BUSINESS}/retention", bad)).status_code == 422
    async with world.runtime.db.begin(world.business_id) as session:
        entry = await session.scalar(select(AuditEntry).where(AuditEntry.action == "retention.changed"))
        business = await session.get_one(Business, world.business_id)
    assert entry is not None
    assert business.retention == changed
