"""A visit at an hour, for whoever wants it: asked of a professional, or booked at once where nobody has to approve."""

from datetime import datetime

from proli.accounts.actor import Actor
from proli.dispatch.actions import request_visit
from proli.dispatch.models import Offer
from proli.dispatch.without_approval import book_visit
from proli.leads.models import Lead
from proli.platform.db import BusinessSession
from proli.playbooks.loader import Playbook
from proli.scheduling.models import Booking


async def arrange_visit(
    session: BusinessSession, lead: Lead, playbook: Playbook, *, starts_at: datetime, actor: Actor, now: datetime
) -> Offer | Booking:
    """The offer that is out for that hour, or the visit that stands at it; one that stood at another hour moves.

    Raises:
        LeadIncomplete: the trade or the place is not known.
        NobodyFits: nobody is free at that hour; nothing has changed.
    """
    arrange = request_visit if playbook.approval else book_visit
    return await arrange(session, lead, starts_at=starts_at, actor=actor, now=now)
