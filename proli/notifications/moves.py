"""Customers are asked whether their visit may move, and people see to it when no answer comes."""

from datetime import datetime
from typing import Final

from proli.accounts.actor import BY_SYSTEM
from proli.conversations.buttons import ROW, Button, Tap
from proli.conversations.models import Author, Conversation
from proli.conversations.outbox import queue_text
from proli.conversations.reasons import PersonReason
from proli.dispatch.actions import find_times
from proli.dispatch.events import MoveAsked, MoveAskLapses
from proli.dispatch.proposed import ANSWERS_FOR, asked_at, let_go
from proli.dispatch.replanning import find_standing_ask
from proli.knowledge.text import isolate
from proli.knowledge.wishes import ANYTIME
from proli.leads.actions import call_for_person
from proli.leads.queries import get_lead
from proli.notifications.actions import alert_staff, expect_choice
from proli.notifications.customers import when_of
from proli.notifications.queries import VisitDetails, find_customer_conversation, get_visit, open_line
from proli.notifications.timing import customer_hears_at
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.playbooks.words import say_times, say_when
from proli.professionals.queries import get_professional
from proli.scheduling.rules import Interval

MOVE: Final = Tap("move", ROW, "yes|other|cancel")


async def ask_customer(session: BusinessSession, event: MoveAsked, *, now: datetime) -> None:
    """The customer reads the question with its buttons, if it is still one; not in quiet hours or rest."""
    found = await find_standing_ask(session, event.entry_id, now=now)
    if found is None:
        return
    entry, booking = found
    visit, starts_at = await get_visit(session, booking.id), datetime.fromisoformat(entry.details["starts_at"])
    line = await find_customer_conversation(session, visit.lead) or await open_line(session, visit.contact)
    if starts_at <= now:
        return
    if line is None:
        call_for_person(session, visit.lead, PersonReason.customer_not_told, actor=BY_SYSTEM, now=now)
        return
    hears_at = customer_hears_at(visit, wrote_at=line.last_inbound_at, now=now)
    await asked_at(session, entry, hears_at)
    if hears_at > now:
        await emit(session, event, at=hears_at)
        return
    text = visit.say(
        "move_asked",
        was=when_of(visit, now, visit.language),
        when=say_when(starts_at, now=now, zone=visit.zone, language=visit.language),
        professional=isolate((await get_professional(session, entry.details["professional_id"])).name),
    )
    buttons = [
        Button(MOVE.id(entry.id, answer), visit.say(f"button_move_{answer}")) for answer in ("yes", "other", "cancel")
    ]
    key = MOVE.id(entry.id)
    await queue_text(session, line, text, dedup_key=key, author=Author.system, buttons=buttons, now=now)
    lapses = MoveAskLapses(business_id=session.require_business(), entry_id=entry.id)
    await emit(session, lapses, at=now + ANSWERS_FOR)


async def lapse(session: BusinessSession, event: MoveAskLapses, *, now: datetime) -> None:
    """Staff know of a customer who has not answered; the visit stands, and the proposed hour is free."""
    found = await find_standing_ask(session, event.entry_id, now=now)
    if found is None:
        return
    lead = await get_lead(session, found[0].lead_id, lock=True)
    await let_go(session, lead.id)
    if found[1].starts_at <= now:
        return
    call_for_person(session, lead, PersonReason.move_unanswered, actor=BY_SYSTEM, now=now)
    key = MOVE.id(event.entry_id, "unanswered")
    await alert_staff(session, lead=lead, reason=PersonReason.move_unanswered, key=key, now=now)


async def offer_other_hours(
    session: BusinessSession,
    conversation: Conversation,
    visit: VisitDetails,
    *,
    refused: datetime,
    key: str,
    gone: bool,
    now: datetime,
) -> None:
    """The customer reads hours other than the one `refused` to choose from; what they say next may choose. `gone` where
    they agreed to it and it is not to be had any more. Where there are none, people see to it.
    """
    await let_go(session, visit.lead.id)
    horizon = Interval(now, now + ANYTIME)
    times = await find_times(session, visit.lead, within=horizon, now=now, refused=refused)
    lost = visit.say("move_gone") if gone else ""
    if times:
        said = say_times([slot.start for slot in times], now=now, zone=visit.zone, language=visit.language)
        words = visit.say("move_other", times=said)
    else:
        words = visit.say("move_no_other")
        call_for_person(session, visit.lead, PersonReason.move_unanswered, actor=BY_SYSTEM, now=now)
    text = f"{lost}\n{words}".strip()
    if await queue_text(session, conversation, text, dedup_key=key, author=Author.system, now=now) and times:
        expect_choice(conversation, times)
