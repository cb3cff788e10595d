"""What an answer to an offer comes to, and what is said of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from proli.accounts.actor import Actor
from proli.conversations.models import Message
from proli.desk.answer_words import means, proposes, times_in, without_reasons
from proli.desk.for_people import call_office
from proli.desk.kept import keep_own
from proli.desk.unable import keep_visits
from proli.desk.which_visit import start_of
from proli.dispatch.answering import Answered, Outcome, answer_offer
from proli.dispatch.errors import OfferNotFound
from proli.dispatch.models import OfferStatus
from proli.dispatch.queries import find_offer, find_open_offer
from proli.knowledge.answers import Answer
from proli.knowledge.said import as_said
from proli.knowledge.text import ltr
from proli.notifications.actions import when_of
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional
from proli.scheduling.queries import find_promised

SAID: Final = {
    Outcome.declined: "offer_declined",
    Outcome.already_accepted: "offer_already_accepted",
    Outcome.already_declined: "offer_already_declined",
    Outcome.too_late: "offer_too_late",
    Outcome.withdrawn: "offer_withdrawn",
}

CHANGED: Final = frozenset({Outcome.accepted, Outcome.declined})


async def take_answer(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    offer_id: int,
    *,
    accept: bool,
    now: datetime,
    about: str | None = None,
) -> str | None:
    """What to say of the answer; None when the news of the visit says it. `about` is what the message says of this
    offer, where it says more of others.

    An answer that names another time than the one offered settles nothing, and a refusal of what has been approved
    already gives nothing up: people hear of both, and of an approval that comes late to what nobody has taken.
    """
    language = language_for(professional.language)
    visit = await visit_of_another_time(session, offer_id, message, about, accept=accept, now=now)
    if visit is not None:
        await call_office(session, message, now=now)
        return say("offer_of_another_hour", language, when=when_of(visit, now, language), address=visit.address)
    try:
        answered = await answer_offer(
            session,
            offer_id=offer_id,
            professional_id=professional.id,
            actor=Actor.professional(professional.name),
            accept=accept,
            said_at=min(message.sent_at, now),
            now=now,
        )
    except OfferNotFound:
        return say("no_offer", language)
    if answered.outcome in CHANGED:
        keep_own(session, professional, "offer.answered", f"offer:{offer_id}", now=now)
    if not accept and answered.outcome == Outcome.already_accepted:
        visit = await get_visit(session, answered.booking.id)
        return (await keep_visits(session, professional, message, [visit], now=now)).words
    wanted = accept and await is_nobodys(session, answered, now=now)
    if wanted:
        await call_office(session, message, now=now)
    return await words_for(session, answered, language, wanted=wanted, now=now)


async def take_answers(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    answers: Mapping[int, Answer],
    *,
    about: Mapping[int, str],
    now: datetime,
) -> str | None:
    """What to say of several answers, each beside the number of its offer; None when the news of the visits says it."""
    lines = list[str]()
    for number, answer in sorted(answers.items()):
        accept = answer == "approve"
        words = await take_answer(
            session, professional, message, number, accept=accept, now=now, about=about.get(number)
        )
        if words:
            lines.append(f"{ltr(str(number))} · {words}" if len(answers) > 1 else words)
    return "\n".join(lines) or None


async def visit_of_another_time(
    session: BusinessSession, offer_id: int, message: Message, about: str | None, *, accept: bool, now: datetime
) -> VisitDetails | None:
    """The visit of an open offer when the words name a time that is not its own: they propose another one.

    An approval may tell a day on which something else is done; what else fills the time of a refusal is its reason.
    """
    offer = await find_offer(session, offer_id)
    if message.button_id is not None or offer is None or offer.status != OfferStatus.open:
        return None
    visit = await get_visit(session, offer.booking_id)
    text = as_said(message.text) if about is None else about
    said = text if accept else without_reasons(text)
    wishes = times_in(said, now=now.astimezone(visit.zone), open_ids={offer_id})
    counted = wishes if not accept else [wish for wish in wishes[:1] if wish.kind == "exact"]
    other = any(not means(wish, start_of(visit)) for wish in counted)
    return visit if other or (not accept and proposes(said)) else None


async def is_nobodys(session: BusinessSession, answered: Answered, *, now: datetime) -> bool:
    """Whether the hour of an offer that was declined or ran out could still be kept, and nobody else is asked."""
    lead, booking = answered.lead, answered.booking
    if answered.offer.status not in (OfferStatus.declined, OfferStatus.expired) or booking.starts_at <= now:
        return False
    promised = await find_promised(session, lead.id)
    stands = booking.replaces_id == (promised.id if promised is not None else None)
    return lead.closed_at is None and stands and await find_open_offer(session, lead.id) is None


async def words_for(
    session: BusinessSession, answered: Answered, language: str, *, wanted: bool, now: datetime
) -> str | None:
    if answered.outcome == Outcome.accepted:
        return None
    visit = await get_visit(session, answered.booking.id)
    key = "offer_still_nobodys" if wanted else SAID[answered.outcome]
    return say(key, language, when=when_of(visit, now, language), address=visit.address)
