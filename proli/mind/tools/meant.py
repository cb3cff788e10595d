"""The request that a turn is about."""

from proli.leads.models import OPEN, Lead
from proli.leads.queries import find_open_lead, get_lead
from proli.mind.deps import Deps
from proli.mind.hearing.of_visit import OF_LATE
from proli.platform.db import BusinessSession
from proli.scheduling.queries import find_last_done


async def find_visited_lead(session: BusinessSession, deps: Deps) -> Lead | None:
    """The request of the visit that was of late, where none is open and the turn asks for no other job."""
    if deps.heard.names_job or await find_meant_lead(session, deps) is not None:
        return None
    booking = await find_last_done(session, deps.contact_id, since=deps.now - OF_LATE)
    return None if booking is None else await get_lead(session, booking.lead_id, lock=True)


async def find_meant_lead(session: BusinessSession, deps: Deps) -> Lead | None:
    """Of several requests the one that is meant, unless the turn has opened another; see `find_open_lead`."""
    found = await find_open_lead(session, deps.contact_id)
    known = {one.lead_id for one in deps.choices}
    if not deps.picked.lead_ids or (found is not None and found.id not in known):
        return found
    meant = await get_lead(session, deps.picked.lead_ids[0])
    return meant if meant.status in OPEN else found
