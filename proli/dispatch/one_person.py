"""Two contacts are one person, and of what both want at the same time there is one request."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.contacts.merging import get_merge, lock_contacts, merge_contacts, undo_merge
from proli.dispatch.errors import MergeRefused, NotMerged
from proli.dispatch.merging import merge, unmerge
from proli.dispatch.queries import find_open_offer
from proli.leads.errors import LeadOpenAlready
from proli.leads.models import ARRANGING, Lead
from proli.platform.db import BusinessSession
from proli.scheduling.queries import find_asked, find_promised


async def join_contacts(session: BusinessSession, *, kept_id: int, other_id: int, actor: Actor, now: datetime) -> int:
    """The other contact is merged into the kept one; returns the id of the merge.

    Where both have a request that is being arranged, one is taken into the other.

    Raises:
        ContactNotFound, ContactMergeRefused
        MergeRefused: both requests have an offer out or a visit.
    """
    along: dict[str, int] = {}
    if kept_id != other_id:
        await lock_contacts(session, kept_id, other_id)
        arranging = select(Lead).where(Lead.contact_id.in_((kept_id, other_id)), Lead.status.in_(ARRANGING))
        leads = (await session.scalars(arranging)).all()
        if len(leads) > 1:
            along = await join_requests(session, leads[0], leads[1], actor=actor, now=now)
    return await merge_contacts(session, kept_id=kept_id, other_id=other_id, actor=actor, now=now, along=along)


async def join_requests(
    session: BusinessSession, one: Lead, another: Lead, *, actor: Actor, now: datetime
) -> dict[str, int]:
    """The request that is further on takes the other one in."""
    further = {lead.id: await how_far(session, lead) for lead in (one, another)}
    other, lead = sorted((one, another), key=lambda lead: further[lead.id])
    await merge(session, lead_id=lead.id, other_id=other.id, version=lead.version, actor=actor, now=now)
    return {"lead_id": lead.id, "other_id": other.id}


async def how_far(session: BusinessSession, lead: Lead) -> tuple[bool, bool, int]:
    """Somebody was asked or promised, somebody writes about it, it is the older one."""
    asked = await find_open_offer(session, lead.id) or await find_promised(session, lead.id)
    taken = asked or await find_asked(session, lead.id)
    return taken is not None, lead.conversation_id is not None, -lead.id


async def part_contacts(session: BusinessSession, merge_id: int, *, actor: Actor, now: datetime) -> int:
    """Both contacts are there again; returns the id of the one who had been merged into the other.

    Their requests are two again, unless one has changed since, of which the timeline tells.

    Raises:
        ContactMergeNotFound, ContactMergeStands, ContactMergeRefused
    """
    along = (await get_merge(session, merge_id)).along
    parted = await undo_merge(session, merge_id, now=now)
    if along:
        with suppress(MergeRefused, NotMerged, LeadOpenAlready):
            await unmerge(session, lead_id=along["lead_id"], other_id=along["other_id"], actor=actor, now=now)
    return int(parted.other["id"])
