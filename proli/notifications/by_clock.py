"""What no event tells, but the clock: sweeps over visits, numbers and the days of professionals."""

from datetime import datetime

from proli.notifications.agenda import find_worked_this_week, find_working_today, send_agenda, send_week
from proli.notifications.in_question import call_again, find_in_question
from proli.notifications.links import AgendaLinks
from proli.notifications.numbers import find_numbers, watch_number
from proli.notifications.outcomes import find_without_outcome, pursue_outcome
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.sweeps.plans import Sweep
from proli.sweeps.running import sweeps


@sweeps(Sweep.visits, finds=find_without_outcome)
async def ask_how_it_went(_: Runtime, session: BusinessSession, booking_id: int, now: datetime) -> None:
    await pursue_outcome(session, booking_id=booking_id, now=now)


@sweeps(Sweep.in_question, finds=find_in_question)
async def call_again_before_it(runtime: Runtime, session: BusinessSession, booking_id: int, now: datetime) -> None:
    """Nobody forgets a visit that stands with somebody who is away."""
    await call_again(session, booking_id, public_url=runtime.settings.http.public_url, now=now)


@sweeps(Sweep.numbers, finds=find_numbers)
async def watch_numbers(_: Runtime, session: BusinessSession, account_id: int, now: datetime) -> None:
    await watch_number(session, account_id, now=now)


@sweeps(Sweep.agenda, finds=find_working_today)
async def morning(runtime: Runtime, session: BusinessSession, professional_id: int, now: datetime) -> None:
    """Whoever has a visit today knows the day, and no such message tells what is no longer so."""
    await send_agenda(session, professional_id, now=now, links=AgendaLinks.of(runtime))


@sweeps(Sweep.week, finds=find_worked_this_week)
async def week_ends(_: Runtime, session: BusinessSession, professional_id: int, now: datetime) -> None:
    await send_week(session, professional_id, now=now)
