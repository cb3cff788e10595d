"""What other weights would have changed: the rankings that were kept, ordered anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from proli.dispatch.models import Ranking
from proli.dispatch.rules import Weights, order_anew
from proli.knowledge.trades import URGENT
from proli.leads.models import Lead
from proli.platform.db import BusinessSession

LOOK_BACK: Final = timedelta(days=30)
MOST: Final = 5000

type Entry = Mapping[str, Any]
"""A line of a ranking as it is kept: `dispatch.rules.Ranked.as_json`."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A lead that would have been offered to somebody else first."""

    lead_id: int
    was: Entry
    would_be: Entry


@dataclass(frozen=True, slots=True)
class Preview:
    leads: int
    """How many were looked at: those for which somebody was free."""
    moved: Sequence[Moved]
    """Newest first."""


async def preview_weights(session: BusinessSession, weights: Weights, *, now: datetime) -> Preview:
    """Whom each lead of the last 30 days would have been offered to first under these weights.

    It goes by the first ranking of every lead, before anybody had declined, and by how urgent the lead is now. That a
    lead stays with the professional it had before is no matter of weights and is not seen here.
    """
    first = (
        select(Ranking.lead_id, Ranking.entries, Lead.urgency)
        .join(Lead, Lead.id == Ranking.lead_id)
        .where(Ranking.at >= now - LOOK_BACK)
        .ext(distinct_on(Ranking.lead_id))
        .order_by(Ranking.lead_id.desc(), Ranking.id)
        .limit(MOST)
    )
    seen, moved = 0, list[Moved]()
    for lead_id, entries, urgency in await session.execute(first):
        free = [entry for entry in entries if entry["excluded"] is None]
        if not free:
            continue
        seen += 1
        best = order_anew(free, weights=weights, urgent=urgency in URGENT)[0]
        if best["professional_id"] != free[0]["professional_id"]:
            moved.append(Moved(lead_id, free[0], best))
    return Preview(seen, moved)
