"""The request that a turn is about."""

from proli.leads.models import OPEN, Lead
from proli.leads.queries import find_open_lead, get_lead
from proli.mind.deps import Deps
from proli.platform.db import BusinessSession


async def find_meant_lead(session: BusinessSession, deps: Deps) -> Lead | None:
    """Of several requests the one that is meant, unless the turn has opened another; see `find_open_lead`."""
    found = await find_open_lead(session, deps.contact_id)
    known = {one.lead_id for one in deps.choices}
    if not deps.picked.lead_ids or (found is not None and found.id not in known):
        return found
    meant = await get_lead(session, deps.picked.lead_ids[0])
    return meant if meant.status in OPEN else found
