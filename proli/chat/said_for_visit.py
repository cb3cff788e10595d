"""What a customer says for whoever comes to their visit is heard by code, so that it gets there whoever answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from proli.knowledge.for_visit import ForVisit
from proli.knowledge.visits import is_courtesy
from proli.leads.events import VisitNoted
from proli.leads.for_visit import digest_of, keep_notes
from proli.leads.models import OPEN
from proli.leads.queries import get_lead
from proli.mind.facts import Facts, Noted
from proli.mind.hearing.burst import Heard
from proli.mind.turn import Turn
from proli.notifications.for_visit import Reaches, reaches
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.platform.runtime import Runtime
from proli.scheduling.queries import find_asked, find_promised

LEAST_FIRST: Final[tuple[Reaches, ...]] = ("kept", "approval", "later", "passed")
"""Of several visits no more is said than is true of each."""


async def take_notes(runtime: Runtime, business_id: int, turn: Turn, heard: Heard) -> Turn:
    """What is said for whoever comes is kept with the visit, and they will hear; the turn knows what becomes of it."""
    lead_ids = meant_in(turn.facts)
    if not heard.for_visit or not lead_ids:
        return turn
    async with runtime.db.begin(business_id) as session:
        return replace(turn, facts=await noted_by(session, turn.facts, heard.for_visit, now=runtime.clock.now()))


async def noted_by(session: BusinessSession, facts: Facts, said: Sequence[ForVisit], *, now: datetime) -> Facts:
    """The facts once the notes are kept with all requests that are meant."""
    kept = [await keep(session, one, [note.words for note in said], now=now) for one in sorted(meant_in(facts))]
    how = next((one for one in LEAST_FIRST if one in kept), None)
    if how is None or facts.standing is None:
        return facts
    told = [one for one in facts.said if one.words.strip() and not is_courtesy(one.words)]
    alone = None not in kept and all(note.alone for note in said) and len(said) >= len(told)
    return replace(facts, noted=Noted(how, who_comes(facts), alone))


def who_comes(facts: Facts) -> str:
    """The names of those who come to the visits that are meant."""
    meant = [one.professional for one in facts.choices if one.lead_id in meant_in(facts) and one.professional]
    return ", ".join(dict.fromkeys(meant)) or (facts.standing.professional if facts.standing is not None else "")


def meant_in(facts: Facts) -> tuple[int, ...]:
    """The requests that the words are about; none where that has to be asked."""
    if facts.unclear:
        return ()
    if facts.picked is not None and facts.picked.wanted == "tell":
        return facts.picked.lead_ids
    return (facts.known.lead_id,) if facts.known.lead_id is not None else ()


async def keep(session: BusinessSession, lead_id: int, notes: Sequence[str], *, now: datetime) -> Reaches | None:
    """What becomes of the notes; None where they are not kept, as the visit is over or there are too many: people read
    them. To a request for which nobody is asked yet they are kept, and nothing is said of it.
    """
    lead = await get_lead(session, lead_id, lock=True)
    if lead.status not in OPEN:
        return None
    booking = await find_promised(session, lead_id) or await find_asked(session, lead_id)
    how = reaches(await get_visit(session, booking.id), now=now) if booking is not None else None
    if booking is not None and how is None:
        return None
    fresh = keep_notes(session, lead, notes, now=now)
    if fresh is None:
        return None
    if fresh and how in ("passed", "later"):
        told = tuple(digest_of(one) for one in fresh)
        await emit(session, VisitNoted(business_id=session.require_business(), lead_id=lead_id, notes=told))
    return how
