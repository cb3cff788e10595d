"""What a professional does in writing is on record, with their name: by the names that their own page has for it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import proli.desk
from proli.accounts.actor import Actor
from proli.accounts.models import AuditEntry
from tests.conftest import ManualClock
from tests.desk.workdays import two_visits
from tests.journeys.world import World
from tests.office import EVERYTHING

CHANGES = {
    "answer_offer", "be_busy", "finish_own", "give_up_days_off", "mark_no_show", "set_out_for", "take_days_off",
}  # fmt: skip
"""What a professional can do that changes something. Of being late the timeline of the request tells the record."""


async def kept(world: World) -> list[tuple[str, str, str]]:
    """Who, what and on what; without the lines that timelines add."""
    async with world.runtime.db.begin(world.business_id) as session:
        found = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        lines = [(str(one.actor), one.action, one.subject) for one in found]
    return [line for line in lines if not line[2].startswith("lead:")]


BY_YOSSI = str(Actor.professional("יוסי כהן"))


async def test_a_day_off_taken_and_given_up_in_writing_is_on_record(world: World, clock: ManualClock) -> None:
    today = clock.now().date()
    (noted,) = await world.yossi.say("אני חולה היום")
    await world.yossi.tap(noted, 0)
    assert await kept(world) == [
        (BY_YOSSI, "day_off.added", f"day_off:{today}"),
        (BY_YOSSI, "day_off.removed", f"day_off:{today}"),
    ]
    await world.yossi.say("אני עובד היום")
    assert len(await kept(world)) == 2, "what was no day off is given up by nobody"


async def test_hours_blocked_in_writing_are_on_record(world: World, clock: ManualClock) -> None:
    await world.yossi.say("אני עסוק עד 16:00")
    ((who, what, day),) = await kept(world)
    assert (who, what, day) == (BY_YOSSI, "hours_off.added", f"day_off:{clock.now().date()}")
    async with world.runtime.db.begin(world.business_id) as session:
        (entry,) = (await session.scalars(select(AuditEntry))).all()
    assert entry.details["hours"][0][1] == 16 * 60


async def test_what_becomes_of_offers_and_visits_in_writing_is_on_record(world: World, clock: ManualClock) -> None:
    await two_visits(world, clock)
    await world.yossi.say("בדרך")
    clock.advance(hours=3)
    await world.yossi.say("סיימתי")
    done = [(who, what, of.partition(":")[0]) for who, what, of in await kept(world)]
    assert done == [
        (BY_YOSSI, "offer.answered", "offer"),
        (BY_YOSSI, "offer.answered", "offer"),
        (BY_YOSSI, "booking.on_the_way", "booking"),
        (BY_YOSSI, "booking.done", "booking"),
    ]


async def test_an_offer_declined_in_writing_is_on_record(world: World) -> None:
    await world.customer.say(EVERYTHING)
    (offer,) = await world.yossi.unread()
    await world.yossi.tap(offer, 1)
    assert [line[:2] for line in await kept(world)] == [(BY_YOSSI, "offer.answered")]


def deeds() -> Iterator[tuple[str, set[str]]]:
    """Every function of the desk, with the names of what it calls."""
    for path in sorted(Path(proli.desk.__path__[0]).glob("*.py")):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.AsyncFunctionDef):
                called = [node.func for node in ast.walk(one) if isinstance(node, ast.Call)]
                yield f"{path.stem}.{one.name}", {func.id for func in called if isinstance(func, ast.Name)}


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_whatever_the_desk_changes_for_a_professional_it_keeps(change: str) -> None:
    changing = {name: calls for name, calls in deeds() if change in calls}
    assert changing, f"the desk calls {change} no more"
    assert [name for name, calls in changing.items() if "keep_own" not in calls] == []
