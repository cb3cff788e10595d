"""A professional takes back that a visit is done: it is open again, and what was told of it is removed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from proli.accounts.actor import Actor
from proli.conversations.buttons import MOST_BUTTONS, ROW, Tap
from proli.conversations.models import Message
from proli.desk.finishing import OF_WORK
from proli.desk.kept import keep_own
from proli.desk.not_yet import list_begun
from proli.desk.offers import pass_on_words, with_reminder
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said, visit_button
from proli.desk.which_visit import name_visits
from proli.dispatch.errors import TooLateToUndo
from proli.dispatch.reopening import TAKEN_BACK_WITHIN, list_own_done, reopen_own
from proli.knowledge.finished import says_done
from proli.knowledge.said import as_said
from proli.knowledge.taken_back_done import takes_done_back
from proli.knowledge.text import isolate
from proli.notifications.actions import when_of
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound, BookingNotLive, LeadHasBooking, SlotTaken

REOPEN: Final = Tap("reopen", ROW)
"""The visit that is not done."""


async def hear_taken_back(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to who takes a "done" back; None when the words are of something else, or of a visit that is open.

    That something was a mistake is said of what we have just noted. Where it is too late, or other work is reported in
    the same words, people see to it.
    """
    text = as_said(message.text)
    how = takes_done_back(text) if message.button_id is None else None
    if how is None:
        return None
    last = await find_said_last(session, message, by_desk=True)
    noted = last is not None and last.code in OF_WORK and message.sent_at - last.sent_at <= TAKEN_BACK_WITHIN
    if not noted and (how == "mistake" or await list_begun(session, professional, now=now)):
        return None
    done = [await get_visit(session, one.id) for one in await list_own_done(session, professional.id, now=now)]
    meant = pick_done(text, done, last if noted else None, now=now)
    if not meant:
        return Said(await pass_on_words(session, professional, message, now=now)) if noted else None
    if len(meant) > 1:
        buttons = [visit_button(REOPEN.id(one.booking.id), one, now=now) for one in meant[-MOST_BUTTONS:]]
        return Said(say("taken_back_which", language_for(professional.language)), buttons)
    said = await take_back(session, professional, message, meant[0].booking.id, now=now)
    if says_done(text):
        await pass_on_words(session, professional, message, now=now)
        return Said(f"{said.words}\n{say('passed_to_office', language_for(professional.language))}")
    return await with_reminder(session, professional, said, now=now)


def pick_done(
    text: str, done: Sequence[VisitDetails], noted: Message | None, *, now: datetime
) -> Sequence[VisitDetails]:
    """Those that the words name, else those that we have just noted as done, else all."""
    if not done:
        return done
    if named := name_visits(text, done, now=now.astimezone(done[0].zone)):
        return named
    values = (noted.values or {}) if noted is not None else {}
    ids = {int(one) for one in (values.get("bookings") or values.get("booking") or "").split()}
    return [one for one in done if one.booking.id in ids] if ids else done


async def take_back(
    session: BusinessSession, professional: Professional, message: Message, booking_id: int, *, now: datetime
) -> Said:
    """The visit is open again; where it cannot be, people see to it."""
    language, actor = language_for(professional.language), Actor.professional(professional.name)
    try:
        await reopen_own(session, booking_id, professional_id=professional.id, actor=actor, now=now)
    except (BookingNotFound, BookingNotLive, TooLateToUndo, SlotTaken, LeadHasBooking):
        return Said(await pass_on_words(session, professional, message, now=now))
    keep_own(session, professional, "booking.reopened", f"booking:{booking_id}", now=now)
    visit = await get_visit(session, booking_id)
    when, customer = when_of(visit, now, language), isolate(visit.customer)
    return Said(say("done_taken_back", language, when=when, customer=customer))
