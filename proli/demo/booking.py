"""From a wish to a visit: times are shown, one is chosen, professionals are asked in the order of the ranking."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from proli.accounts.actor import BY_AGENT, BY_CUSTOMER, BY_SYSTEM, Actor
from proli.conversations.models import Author
from proli.conversations.reasons import PersonReason
from proli.demo.diary import TALK, Diary
from proli.demo.life import Proposal, Visit
from proli.demo.teller import Teller
from proli.demo.wishes import Wish, day_words, wishes
from proli.dispatch.models import OfferStatus
from proli.dispatch.rules import Excluded
from proli.knowledge.text import isolate
from proli.knowledge.trades import URGENT
from proli.leads.models import EntryKind, LeadStatus
from proli.leads.wishes import exact_wish
from proli.mind.wishes import wish_json
from proli.scheduling.models import BookingStatus, EndReason
from proli.scheduling.rules import Interval

ASAP = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the customer wished, was shown, and took."""

    wish: Wish | None
    times: list[Interval]
    slot: Interval


def choose(teller: Teller, diary: Diary, *, between: Interval) -> Chosen | None:
    """A wish that some professional can meet with a visit in `between`; None when there is none."""
    life, now = teller.life, teller.at + TALK
    local = teller.at.astimezone(diary.zone)
    first = between.start.astimezone(diary.zone).date()
    later = wishes(teller.rng, life.person.speaks, local=local, first=first, haste=haste_of(teller))
    for wish in chain([None] if teller.story.urgent else [], later):
        within = wish.within if wish else Interval(now, now + ASAP)
        times = diary.times(life.trade, life.person.home.locality, within=within, now=now)
        fit = [time for time in times if between.contains(time)]
        if fit:
            slot = fit[0] if wish is None else teller.rng.choices(fit, (6, 3, 2)[: len(fit)])[0]
            return Chosen(wish, times, slot)
    return None


def haste_of(teller: Teller) -> float:
    """How much sooner than others somebody with such a trouble wants a visit."""
    return {"emergency": 6.0, "high": 2.5}.get(teller.urgency, 1.0)


def show_times(teller: Teller, chosen: Chosen, *, directly: bool) -> None:
    """The customer tells when, and hears which times there are; or names a free hour at once."""
    wish = chosen.wish
    if wish is None:
        show(teller, chosen)
        return
    teller.answer("{ask_time}")
    if directly:
        local, start = teller.at.astimezone(teller.office.zone), chosen.slot.start.astimezone(teller.office.zone)
        speaks = teller.life.person.speaks
        at = {"he": "ב-", "en": "at ", "ru": "в "}[speaks]
        teller.wish = (
            f"{day_words(speaks, local, (start.date() - local.date()).days)} {at}{start.hour}:{start.minute:02}"
        )
        teller.hear(teller.phrase("direct"))
        return
    teller.wish = wish.said
    teller.hear(teller.phrase("wish_only"))
    teller.told["wish"] = wish_json(wish.meant)
    show(teller, chosen)


def show(teller: Teller, chosen: Chosen) -> None:
    teller.shown = [time.start for time in chosen.times]
    teller.life.shown = list(teller.shown)
    teller.life.asked = "time"
    teller.answer("{offer_times}")
    times = [{"start": time.isoformat()} for time in teller.shown]
    teller.tools.append({"tool": "find_times", "arguments": {}, "outcome": {"fits_wish": True, "times": times}})


def take(teller: Teller, chosen: Chosen) -> None:
    """The customer takes one of the times that were shown."""
    place = chosen.times.index(chosen.slot)
    start = chosen.slot.start.astimezone(teller.office.zone)
    hours = [time.start.astimezone(teller.office.zone).strftime("%H:%M") for time in chosen.times]
    hour = f"{start.hour}:{start.minute:02}"
    by_place = ("first", "second", "third")[place] if place or len(hours) > 1 else "hour"
    by_hour = hours.count(start.strftime("%H:%M")) == 1 and teller.rng.random() < 0.5
    teller.hear(teller.phrase("hour" if by_hour else by_place).replace("{hour}", hour))


def book_at_once(teller: Teller, diary: Diary, chosen: Chosen) -> Visit | None:
    """Where nobody has to approve: the agent books the best who is free, and says so."""
    life = teller.life
    at = teller.at + timedelta(seconds=3)
    ranked = rank_for(teller, diary, chosen.slot, at=at, refused={})
    if ranked is None:
        return None
    visit = Visit(diary.find(ranked), chosen.slot, at, BookingStatus.confirmed)
    diary.promise(visit)
    life.visits.append(visit)
    life.professional = visit.professional
    life.asked, life.shown = None, []
    when = teller.office.when(chosen.slot.start, life.person.answered_in, at=at)
    add_request(teller, chosen.slot, status="booked")
    keep_details(teller, at)
    life.move(LeadStatus.booked, actor=BY_CUSTOMER, at=at)
    life.note(EntryKind.booked, actor=BY_CUSTOMER, at=at, details={"with": visit.professional.name})
    note_slot(teller, chosen.slot, at)
    words = teller.office.say(
        "booked", life.person.answered_in, professional=isolate(visit.professional.name), when=when
    )
    teller.answer(words)
    return visit


def ask_professionals(
    teller: Teller, diary: Diary, chosen: Chosen, *, refusals: int | None, leave_open: bool
) -> Visit | None:
    """Professionals are asked until one approves, after so many refusals; with None, until nobody is left.

    Returns the visit, or None when nobody approved or the last one has not answered yet.
    """
    life, at = teller.life, teller.at + timedelta(seconds=3)
    add_request(teller, chosen.slot, status="asked")
    keep_details(teller, at)
    when = teller.office.when(chosen.slot.start, life.person.answered_in, at=at)
    teller.answer(teller.office.say("asked_professional", life.person.answered_in, when=when))
    teller.flush(Author.ai)
    life.asked, life.shown = None, []
    refused: dict[int, Excluded] = {}
    actor = BY_CUSTOMER
    while (best := rank_for(teller, diary, chosen.slot, at=at, refused=refused)) is not None:
        offer = propose(teller, diary, Visit(diary.find(best), chosen.slot, at), actor=actor, at=at)
        if not refused:
            note_slot(teller, chosen.slot, at)
        if leave_open:
            return None
        if refusals is not None and (len(refused) >= refusals or is_last(teller)):
            return accept(teller, offer)
        at = refuse(teller, diary, offer)
        refused[best], actor = Excluded(offer.status), BY_SYSTEM
    life.professional = None
    life.move(LeadStatus.contacted, actor=BY_SYSTEM, at=at)
    life.call_for_person(PersonReason.nobody_left, actor=BY_SYSTEM, at=at)
    return None


def rank_for(teller: Teller, diary: Diary, slot: Interval, *, at: datetime, refused: dict[int, Excluded]) -> int | None:
    """Who is to be asked for the hour; the ranking is kept with the request."""
    life = teller.life
    urgent = teller.known("urgency", "normal") in URGENT
    ranked = diary.ranked(life.trade, life.person.home.locality, slot=slot, now=at, urgent=urgent, refused=refused)
    life.rankings.append((at, [one.as_json() for one in ranked]))
    return next((one.professional_id for one in ranked if one.excluded is None), None)


def is_last(teller: Teller) -> bool:
    """Whether the newest ranking has nobody besides the first."""
    _, entries = teller.life.rankings[-1]
    return sum(entry["excluded"] is None for entry in entries) < 2


def propose(teller: Teller, diary: Diary, visit: Visit, *, actor: Actor, at: datetime) -> Proposal:
    life = teller.life
    minutes = teller.office.offer_minutes(life.known.get("urgency", "normal"))
    offer = Proposal(visit, at, at + timedelta(minutes=minutes))
    diary.asked(visit.professional, at)
    diary.promise(visit)
    life.visits.append(visit)
    life.proposals.append(offer)
    life.professional = visit.professional
    life.move(LeadStatus.offered, actor=actor, at=at)
    life.note(EntryKind.offered, actor=actor, at=at, details={"to": visit.professional.name}).proposal = offer
    return offer


def accept(teller: Teller, offer: Proposal) -> Visit:
    """The professional approves in time."""
    span = (offer.expires_at - offer.sends_at).total_seconds()
    at = offer.sends_at + timedelta(seconds=teller.rng.uniform(25, 0.7 * span))
    offer.status, offer.answered_at = OfferStatus.accepted, at
    visit = offer.visit
    visit.status, visit.actor = BookingStatus.confirmed, Actor.professional(visit.professional.name)
    teller.life.move(LeadStatus.booked, actor=visit.actor, at=at)
    teller.life.note(EntryKind.booked, actor=visit.actor, at=at, details={"with": visit.professional.name})
    return visit


def refuse(teller: Teller, diary: Diary, offer: Proposal) -> datetime:
    """The professional declines, or lets it pass; returns when."""
    declined = teller.rng.random() < 0.65
    span = (offer.expires_at - offer.sends_at).total_seconds()
    at = offer.sends_at + timedelta(seconds=teller.rng.uniform(30, 0.8 * span)) if declined else offer.expires_at
    offer.status = OfferStatus.declined if declined else OfferStatus.expired
    offer.answered_at = at if declined else None
    visit = offer.visit
    visit.status, visit.reason, visit.ended_at = BookingStatus.cancelled, EndReason(offer.status), at
    visit.actor = Actor.professional(visit.professional.name) if declined else BY_SYSTEM
    diary.release(visit)
    teller.life.note(EntryKind(offer.status), actor=visit.actor, at=at).proposal = offer
    return at


def keep_details(teller: Teller, at: datetime) -> None:
    """What was told is kept before anybody is asked; the reply that says so comes a moment later."""
    teller.at = at
    teller.save()


def note_slot(teller: Teller, slot: Interval, at: datetime) -> None:
    """The wish is the hour that was chosen."""
    wish = {"wish": exact_wish(slot.start)}
    teller.life.note(EntryKind.details, actor=BY_AGENT, at=at, details=wish)
    teller.life.known |= wish


def add_request(teller: Teller, slot: Interval, *, status: str) -> None:
    start = slot.start.isoformat()
    outcome = {"status": status, "start": start}
    teller.tools.append({"tool": "request_visit", "arguments": {"start": start}, "outcome": outcome})
