"""The demo started again: as it was left, or with `--reset` without what was played; what is yours always stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from proli.accounts.actions import create_business
from proli.accounts.members import ensure_user
from proli.accounts.models import Business, User
from proli.cli.demo import BusinessesOfYourOwn, find_shops, invite_owner, make_shops, start_over, time_spent_ahead
from proli.demo.player import Player
from proli.demo.sample import make_agency, make_sample
from proli.platform.migrations import differences
from proli.platform.runtime import Runtime
from tests.conftest import ManualClock


async def count(runtime: Runtime) -> tuple[int, int]:
    async with runtime.db.begin_operator() as session:
        return (
            await session.scalar(select(func.count()).select_from(Business)) or 0,
            await session.scalar(select(func.count()).select_from(User)) or 0,
        )


async def test_the_samples_and_whoever_signed_in_are_gone(runtime: Runtime) -> None:
    await make_sample(runtime)
    await make_agency(runtime)
    async with runtime.db.begin_operator() as session:
        await ensure_user(session, email="moran@example.com", name="מורן", operator=True)
    await start_over(runtime)
    assert await count(runtime) == (0, 0)
    assert await differences(runtime.db) == []
    await make_sample(runtime)


async def test_a_business_of_your_own_is_not_thrown_away(runtime: Runtime) -> None:
    await make_sample(runtime)
    async with runtime.db.begin_operator() as session:
        await create_business(session, slug="moran", name="מורן")
    with pytest.raises(BusinessesOfYourOwn, match="moran"):
        await start_over(runtime)
    assert await count(runtime) == (2, 0)


async def test_the_demo_goes_on_where_it_was_left(runtime: Runtime, clock: ManualClock) -> None:
    assert await find_shops(runtime) == []
    shops = await make_shops(runtime, leads=(3, 2))
    assert await find_shops(runtime) == []
    await invite_owner(runtime, shops)
    assert await find_shops(runtime) == shops
    assert "/link" in await invite_owner(runtime, shops), "started again, there is another link"
    clock.advance(days=2)
    await Player(runtime, shops[0], "+972500000001", "דנה").say("שלום")
    clock.advance(days=-2)
    assert await time_spent_ahead(runtime) == timedelta(days=2)
    clock.advance(days=3)
    assert await time_spent_ahead(runtime) == timedelta()


async def test_what_is_played_in_the_terminal_leaves_no_lively_business(runtime: Runtime) -> None:
    await invite_owner(runtime, await make_shops(runtime, leads=(3, 2)))
    await make_sample(runtime)
    assert await find_shops(runtime) == []
