"""How the sweeps have been doing, over all businesses and in one; needs the operator's session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from proli.platform.db import BusinessSession
from proli.sweeps.models import Outage, SweepRun
from proli.sweeps.plans import Sweep


@dataclass(frozen=True, slots=True)
class Doing:
    """A sweep's last run in each business, put together."""

    sweep: Sweep
    last_at: datetime | None
    """When it last ran to its end anywhere."""
    took_ms: int
    """The longest of the last runs."""
    found: int
    failed: int
    found_ever: int
    failed_ever: int


async def list_doing(session: BusinessSession) -> Sequence[Doing]:
    """Every sweep in the order of its list, those that have never run among them."""
    found = await session.execute(
        select(
            SweepRun.sweep,
            func.max(SweepRun.ended_at),
            func.max(SweepRun.took_ms),
            func.sum(SweepRun.found),
            func.sum(SweepRun.failed),
            func.sum(SweepRun.found_ever),
            func.sum(SweepRun.failed_ever),
        ).group_by(SweepRun.sweep)
    )
    rows = {name: (at, *map(int, counts)) for name, at, *counts in found}
    return [Doing(sweep, *rows.get(sweep.value, (None, 0, 0, 0, 0, 0))) for sweep in Sweep]


async def list_last_runs(session: BusinessSession, business_id: int) -> Sequence[SweepRun]:
    """The last run of each sweep through a business, of those that have run to their end."""
    known = [sweep.value for sweep in Sweep]
    ran = SweepRun.business_id == business_id, SweepRun.ended_at.is_not(None), SweepRun.sweep.in_(known)
    return (await session.scalars(select(SweepRun).where(*ran).order_by(SweepRun.id))).all()


async def count_outages(session: BusinessSession) -> dict[str, int]:
    """How many numbers and models are known not to work."""
    open_ones = select(Outage.kind, func.count()).where(Outage.ended_at.is_(None)).group_by(Outage.kind)
    counts = dict((await session.execute(open_ones)).all())
    return {kind: counts.get(kind, 0) for kind in ("number", "model")}
