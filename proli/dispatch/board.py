"""A lead is put elsewhere on the board: what that means depends on the status it leaves and the one it enters."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import Actor
from proli.dispatch.actions import cancel_request
from proli.dispatch.calendar import mark_done
from proli.dispatch.errors import StageNeedsAction
from proli.leads.actions import move, note
from proli.leads.errors import LeadOpenAlready
from proli.leads.models import BEFORE_ASKING, ENDED, EntryKind, Lead, LeadStatus
from proli.platform.db import BusinessSession
from proli.scheduling.queries import find_asked, find_promised


async def put_on_board(
    session: BusinessSession, lead: Lead, status: LeadStatus, stage_id: int | None, *, actor: Actor, now: datetime
) -> None:
    """The lead stands in a column. Cancelling cancels what was promised, and being done ends the visit.

    A lead that had ended is open again. That offers and visits exist is not declared by moving a card.

    Raises:
        StageNeedsAction: an offer or a visit must be made, or given up, first.
        LeadOpenAlready: it would be open again beside another request of the contact.
    """
    if status != lead.status:
        await change_status(session, lead, status, actor=actor, now=now)
    if lead.stage_id != stage_id:
        note(session, lead, kind=EntryKind.stage, actor=actor, now=now, details={"stage_id": stage_id})
        lead.stage_id = stage_id
    await session.flush()


async def change_status(
    session: BusinessSession, lead: Lead, status: LeadStatus, *, actor: Actor, now: datetime
) -> None:
    if status == LeadStatus.cancelled and lead.status not in ENDED:
        await cancel_request(session, lead, actor=actor, now=now)
    elif status == LeadStatus.done and lead.status not in ENDED:
        await finish(session, lead, actor=actor, now=now)
    elif status in BEFORE_ASKING and lead.status in BEFORE_ASKING | ENDED:
        await reopen(session, lead, status, actor=actor, now=now)
    elif status in ENDED and lead.status in ENDED:
        move(session, lead, status, actor=actor, now=now)
    else:
        raise StageNeedsAction(status=lead.status.value, wanted=status.value)


async def finish(session: BusinessSession, lead: Lead, *, actor: Actor, now: datetime) -> None:
    promised = await find_promised(session, lead.id, lock=True)
    if promised is not None:
        await mark_done(session, promised.id, actor=actor, now=now)
    elif await find_asked(session, lead.id) is not None:
        raise StageNeedsAction(status=lead.status.value, wanted=LeadStatus.done.value)
    else:
        move(session, lead, LeadStatus.done, actor=actor, now=now)


async def reopen(session: BusinessSession, lead: Lead, status: LeadStatus, *, actor: Actor, now: datetime) -> None:
    try:
        async with session.begin_nested():
            move(session, lead, status, actor=actor, now=now)
            await session.flush()
    except IntegrityError as error:
        raise LeadOpenAlready(lead_id=None) from error
