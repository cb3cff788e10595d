"""What customers are told of a promised visit, and what they answer."""

from datetime import datetime, timedelta

from proli.accounts.actor import Actor
from proli.conversations.models import Author, Owner
from proli.demo.diary import KEPT
from proli.demo.life import Visit
from proli.demo.teller import Teller
from proli.knowledge.text import isolate
from proli.leads.models import LeadStatus
from proli.notifications.timing import usual_reminders
from proli.playbooks.trades import say_trade
from proli.playbooks.words import say_hour, say_phone
from proli.scheduling.models import BookingStatus
from proli.scheduling.observance import last_to_tell

PATIENCE = timedelta(minutes=90)
"""By how much a customer's last words may come after the visit."""


def address_of(teller: Teller) -> str:
    known = teller.life.known
    return ", ".join(filter(None, (known.get("address"), known.get("locality"))))


def confirm(teller: Teller, visit: Visit) -> None:
    """The customer knows that it is on; without approval the agent has said so already."""
    if not teller.office.playbook.approval:
        return
    at = teller.life.proposals[-1].answered_at
    assert at is not None
    language, professional = teller.life.person.answered_in, visit.professional
    text = teller.office.say(
        "visit_confirmed",
        language,
        professional=isolate(professional.name),
        trade=say_trade(teller.life.trade, language),
        when=teller.office.when(visit.slot.start, language, at=at),
        address=address_of(teller),
        phone=say_phone(professional.phone_e164),
    )
    teller.notice(text, visit, "confirmed", at=at + timedelta(seconds=2))


def remind(teller: Teller, visit: Visit, *, room: int) -> None:
    """The reminders that had their time, as long as the thread has room, and that somebody is on the way."""
    office, language = teller.office, teller.life.person.answered_in
    kept = 0
    usual = usual_reminders(visit.slot.start, office.zone)
    planned = {before_quiet_times(teller, at): code for code, at in usual.items()}
    for at, code in planned.items():
        if not teller.at + timedelta(minutes=30) < at < office.now or kept >= room or teller.rng.random() > 0.85:
            continue
        near = visit.slot.start.astimezone(office.zone).date() == at.astimezone(office.zone).date()
        text = office.say(
            code if near else "reminder_day",
            language,
            professional=isolate(visit.professional.name),
            when=office.when(visit.slot.start, language, at=at),
            time=say_hour(visit.slot.start, office.zone),
            address=address_of(teller),
        )
        teller.notice(text, visit, code, at=at)
        kept += 1
    on_the_way = visit.slot.start - timedelta(minutes=teller.rng.randint(12, 35))
    if teller.at < on_the_way < office.now and kept < room and teller.rng.random() < 0.7:
        visit.on_the_way_at = on_the_way
        name, phone = isolate(visit.professional.name), say_phone(visit.professional.phone_e164)
        text = office.say("on_the_way", language, professional=name, phone=phone)
        teller.notice(text, visit, "on_the_way", at=on_the_way + timedelta(seconds=1))


def before_quiet_times(teller: Teller, at: datetime) -> datetime:
    """The moment itself, or the last one before the quiet hours or the rest it lies in."""
    quiet = KEPT.quiet_start_minute, KEPT.quiet_end_minute
    return last_to_tell(at, policy=KEPT, place=None, zone=teller.office.zone, quiet=quiet)


def after_the_visit(teller: Teller, visit: Visit, *, room: int, praise: str) -> None:
    """The visit took place; the customer is thanked, and often says a word."""
    at = visit.slot.end + timedelta(minutes=teller.rng.randint(-12, 18))
    visit.status, visit.actor, visit.ended_at = BookingStatus.done, Actor.professional(visit.professional.name), at
    teller.life.move(LeadStatus.done, actor=visit.actor, at=at)
    language = teller.life.person.answered_in
    if room:
        text = teller.office.say("visit_done", language, business=isolate(teller.office.business.name))
        teller.notice(text, visit, "done", at=at + timedelta(seconds=2))
    if room >= 3 and teller.rng.random() < 0.55 and at < teller.office.now - PATIENCE and teller.life.owner is Owner.ai:
        teller.at += timedelta(minutes=teller.rng.uniform(1, 60))
        teller.hear(praise)
        teller.answer(teller.phrase("after"))
        teller.flush(Author.ai)
