"""Managers see when each sweep last went through their business, and what it found there."""

from proli.accounts.actions import create_business
from proli.accounts.permissions import Role
from proli.sweeps.models import SweepRun
from tests.conftest import SUNDAY_MORNING
from tests.console import Console

PATH = "/api/businesses/moran/sweeps"


async def test_the_last_run_of_each_sweep_of_ones_own_business_is_shown_to_managers_alone(
    console: Console, business_id: int
) -> None:
    for role in (Role.manager, Role.agent):
        await console.add_person(f"{role}@example.com", role=role)
    async with console.runtime.db.begin_operator() as session:
        other = await create_business(session, slug="other", name="other")
        await session.flush()
        ended = {"began_at": SUNDAY_MORNING, "ended_at": SUNDAY_MORNING, "took_ms": 5}
        session.add_all(
            [
                SweepRun(business_id=business_id, sweep="offers", found=3, failed=1, **ended),
                SweepRun(business_id=business_id, sweep="leads", began_at=None, ended_at=None),
                SweepRun(business_id=business_id, sweep="of an earlier release", found=1, failed=0, **ended),
                SweepRun(business_id=other.id, sweep="visits", found=7, failed=7, **ended),
            ]
        )
    seen = await (await console.signed_in("manager@example.com")).call("GET", PATH)
    at = SUNDAY_MORNING.isoformat().replace("+00:00", "Z")
    assert seen.json() == [{"sweep": "offers", "ended_at": at, "found": 3, "failed": 1}]
    assert (await (await console.signed_in("agent@example.com")).call("GET", PATH)).status_code == 403
