"""Whether the time of a visit suits its customer is heard by code, so that nobody drives in vain whoever answers."""

from dataclasses import replace
from datetime import datetime

from proli.conversations.queries import get_conversation
from proli.conversations.reasons import PersonReason, StaffNews
from proli.leads.queries import get_lead
from proli.mind.facts import Facts
from proli.mind.hearing.burst import Heard
from proli.mind.turn import Turn
from proli.notifications.calling import call_staff
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.scheduling.queries import find_promised
from proli.scheduling.suiting import note_time


async def hear_time_said(runtime: Runtime, business_id: int, turn: Turn, heard: Heard) -> Turn:
    """Whoever comes and the office know what is said of the time of a promised visit; the turn knows that they do.

    The visit stands. Of one that is given up in the same words nothing more need be said.
    """
    facts = turn.facts
    lead_ids = refused_in(facts, heard)
    if not lead_ids and not (heard.suits and facts.known.lead_id):
        return turn
    async with runtime.db.begin(business_id) as session:
        now = runtime.clock.now()
        if heard.suits:
            await take_note(session, turn, facts.known.lead_id or 0, suits=True, now=now)
            return turn
        told = {one for one in sorted(lead_ids) if await take_note(session, turn, one, suits=False, now=now)}
    if facts.standing is None or facts.known.lead_id not in told:
        return turn
    return replace(turn, facts=replace(facts, standing=replace(facts.standing, refused=True)))


def refused_in(facts: Facts, heard: Heard) -> tuple[int, ...]:
    """The requests of the visits whose time is said not to suit."""
    if facts.picked is not None and facts.picked.refused:
        return facts.picked.refused
    given_up = heard.request is not None and heard.request.kind == "cancel" and heard.request.certain
    if given_up or facts.unclear:
        return ()
    return (facts.known.lead_id,) if heard.refuses_visit and facts.known.lead_id is not None else ()


async def take_note(session: BusinessSession, turn: Turn, lead_id: int, *, suits: bool, now: datetime) -> bool:
    """Whether there is a visit ahead of which this is said; said again, nobody is told anew."""
    lead = await get_lead(session, lead_id, lock=True)
    booking = await find_promised(session, lead_id, lock=True)
    if booking is None:
        return False
    conversation, begun = await get_conversation(session, turn.conversation_id), booking.has_begun(now)
    if not begun and not await note_time(session, lead, booking, suits=suits, now=now):
        return True
    news = None if begun else StaffNews.time_suits if suits else StaffNews.time_refused
    key, reason = f"time:{turn.key}:{booking.id}", PersonReason.customer_wrote
    await call_staff(session, conversation, reason=reason, news=news, key=key, now=now, lead=lead)
    return not begun
