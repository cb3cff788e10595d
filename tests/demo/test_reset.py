"""`proli demo --reset`: what was played with is gone, and nothing that is somebody's own."""

import pytest
from sqlalchemy import func, select

from proli.accounts.actions import create_business
from proli.accounts.members import ensure_user
from proli.accounts.models import Business, User
from proli.cli.demo import BusinessesOfYourOwn, start_over
from proli.demo.sample import make_agency, make_sample
from proli.platform.migrations import differences
from proli.platform.runtime import Runtime


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
