"""What customers do on the page of their visit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from proli.accounts.actor import BY_LINK
from proli.contacts.budgets import Budget, spend
from proli.contacts.errors import OverBudget
from proli.customer_page.errors import TooManyMoves
from proli.customer_page.queries import is_confirmed
from proli.customer_page.rules import can_change
from proli.dispatch.actions import cancel_request, find_times
from proli.dispatch.arranging import arrange_visit
from proli.knowledge.wishes import ANYTIME
from proli.leads.actions import note
from proli.leads.models import EntryKind
from proli.notifications.queries import VisitDetails
from proli.notifications.ratings import take_rating
from proli.platform.agent_settings import BudgetSettings
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.scheduling.errors import VisitNotChangeable
from proli.scheduling.events import CustomerConfirmed
from proli.scheduling.models import BookingStatus
from proli.scheduling.rules import Interval

MOST_TIMES: Final = 6


def require_page_may_change(visit: VisitDetails, *, now: datetime) -> None:
    if not can_change(visit, now=now):
        raise VisitNotChangeable(status=visit.booking.status.value)


async def confirm_coming(session: BusinessSession, visit: VisitDetails, *, now: datetime) -> None:
    """The timeline says, once, that the customer will be there, and the professional hears.

    Raises:
        VisitNotChangeable: there is no visit ahead.
    """
    require_page_may_change(visit, now=now)
    if visit.booking.status != BookingStatus.confirmed:
        raise VisitNotChangeable(status=visit.booking.status.value)
    if not await is_confirmed(session, visit):
        said = {"booking_id": visit.booking.id, "moves": visit.booking.moves}
        note(session, visit.lead, kind=EntryKind.visit_confirmed, actor=BY_LINK, now=now, details=said)
        await emit(session, CustomerConfirmed(business_id=session.require_business(), booking_id=visit.booking.id))


async def close_request(session: BusinessSession, visit: VisitDetails, *, words: str, now: datetime) -> None:
    """The visit will not be, its request is closed, and the professional hears.

    Raises:
        VisitNotChangeable
    """
    require_page_may_change(visit, now=now)
    await cancel_request(session, visit.lead, actor=BY_LINK, words=words.strip(), now=now)


async def other_times(session: BusinessSession, visit: VisitDetails, *, now: datetime) -> Sequence[Interval]:
    """Hours to which the visit could move.

    Raises:
        VisitNotChangeable
    """
    require_page_may_change(visit, now=now)
    return await find_times(session, visit.lead, within=Interval(now, now + ANYTIME), now=now, count=MOST_TIMES)


async def move_visit(
    session: BusinessSession, visit: VisitDetails, *, starts_at: datetime, limits: BudgetSettings, now: datetime
) -> None:
    """The visit is at that hour, or asked for where the playbook wants a professional's approval; until then it stays.

    Raises:
        VisitNotChangeable
        NobodyFits: nobody is free then; the visit stays as it was.
        TooManyMoves: the visits of this customer have moved often enough today.
    """
    require_page_may_change(visit, now=now)
    try:
        await spend(session, limits, Budget.moves, contact_id=visit.contact.id, now=now)
    except OverBudget as refusal:
        raise TooManyMoves(**refusal.params) from refusal
    await arrange_visit(session, visit.lead, starts_at=starts_at, actor=BY_LINK, now=now)


async def rate_by_link(session: BusinessSession, visit: VisitDetails, *, score: int, words: str, now: datetime) -> None:
    """The visit is rated; of a low rating a person is called.

    Raises:
        BadScore: not 1 to 5.
        BookingNotDone: the visit has not taken place.
    """
    await take_rating(session, visit, score=score, words=words, actor=BY_LINK, now=now)
