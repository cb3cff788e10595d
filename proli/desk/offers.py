"""What a professional's words do to the offers they have: which one is meant, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.buttons import Button
from proli.conversations.models import Message
from proli.desk.answer_words import (
    Numbered,
    answer_in,
    answer_to_all,
    clauses,
    means_all,
    numbers_in,
    proposes,
    read_numbered,
    without_reasons,
)
from proli.desk.for_people import call_office
from proli.desk.saying import Said
from proli.desk.taking_answers import take_answer, take_answers
from proli.desk.unable import ask_which_unable, keep_visits, says_when_not, speaks_of_coming
from proli.desk.which_offer import (
    answer_asked_about,
    bare_number,
    just_approved,
    numbered_offer,
    ordered_offer,
    quoted_offer,
)
from proli.desk.which_visit import Refused, list_waiting, name_offers, promised_ahead, visits_refused
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import find_last_offer, find_offer, list_open_offers
from proli.knowledge.answers import Answer, without_courtesy
from proli.knowledge.said import as_said
from proli.knowledge.text import ltr
from proli.knowledge.workday import read_workday
from proli.notifications.actions import when_of
from proli.notifications.queries import get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.professionals.models import Professional


@dataclass(frozen=True, slots=True)
class TakenForAnswer:
    """Words were taken for an answer."""

    words: str | None
    """What to say; None when the news of the visit says it."""
    buttons: Sequence[Button] = ()


async def hear_tap(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    offer_id: int,
    answer: Answer,
    *,
    now: datetime,
) -> str | None:
    """What to say to a button, or to the number of one: a number alone names no offer while several are open."""
    said_at = min(message.sent_at, now)
    waiting = await list_open_offers(session, professional.id, at=said_at)
    if message.button_id is None and len(waiting) > 1 and message.quoted_external_id is None:
        return await ask_which(session, waiting, language_for(professional.language), now=now)
    return await take_answer(session, professional, message, offer_id, accept=answer == "approve", now=now)


async def hear_said(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> TakenForAnswer | None:
    """What to say to words that answer offers; None when they answer none."""
    waiting = await list_open_offers(session, professional.id, at=min(message.sent_at, now))
    several = await hear_several(session, professional, message, waiting, now=now)
    if several is not None:
        return several
    text = as_said(message.text)
    answer = answer_in(text)
    if answer is None and answer_in(without_reasons(text)) == "decline":  # "לא מרגיש טוב, לא אגיע היום"
        answer = "decline"
    if answer is not None:
        return await hear_words(session, professional, message, answer, now=now)
    offer = bare_number(message.text, waiting) or await ordered_offer(session, message, waiting)
    return await hear_number(session, professional, message, offer, now=now) if offer is not None else None


async def hear_several(
    session: BusinessSession, professional: Professional, message: Message, waiting: Sequence[Offer], *, now: datetime
) -> TakenForAnswer | None:
    """What to say to answers to several offers at once: by their numbers, to all, or each in a clause of its own."""
    text, open_ids = as_said(message.text), {offer.id for offer in waiting}
    numbered = read_numbered(text, open_ids)
    if numbered is not None:
        return TakenForAnswer(await hear_numbered(session, professional, message, numbered, now=now))
    if not waiting or await quoted_offer(session, message) is not None:
        return None
    answer = answer_to_all(text) if means_all(text) else None
    if answer is not None:
        to_all: dict[int, Answer] = dict.fromkeys(open_ids, answer)
        return TakenForAnswer(await take_answers(session, professional, message, to_all, about={}, now=now))
    parts, things = clauses(text), await list_waiting(session, waiting)
    answers, about = dict[int, Answer](), dict[int, str]()
    for part in parts:
        said, ids = answer_in(part), name_offers(part, things, now=now).ids
        if said is not None and len(ids) == 1:
            answers[ids[0]], about[ids[0]] = said, part
    if len(parts) < 2 or len(answers) < len(parts):
        return None
    return TakenForAnswer(await take_answers(session, professional, message, answers, about=about, now=now))


async def hear_numbered(
    session: BusinessSession, professional: Professional, message: Message, numbered: Numbered, *, now: datetime
) -> str | None:
    """What to say to answers beside numbers. People hear of what is not understood beside them, and of a number that
    is none of the professional's offers.
    """
    answers, rest = dict[int, Answer](), numbered.rest
    for number, answer in numbered.answers.items():
        offer = await find_offer(session, number)
        if offer is not None and offer.professional_id == professional.id:
            answers[number] = answer
        else:
            rest = True
    told = await take_answers(session, professional, message, answers, about=numbered.about, now=now)
    passed = await pass_on_words(session, professional, message, now=now) if rest else None
    return "\n".join(filter(None, (told, passed))) or None


async def hear_words(
    session: BusinessSession, professional: Professional, message: Message, answer: Answer, *, now: datetime
) -> TakenForAnswer:
    """What to say once a word has been taken for the offer it means: the one quoted, the one of the number in it, the
    one of the hour, day or street in it, the only one that was open when it was said, or the last one there had been.

    A refusal may be of a visit that was promised: of the time it names, or right after its approval.
    """
    language = language_for(professional.language)
    said_at, accept = min(message.sent_at, now), answer == "approve"
    waiting = await list_open_offers(session, professional.id, at=said_at)
    meant = await quoted_offer(session, message) or await numbered_offer(session, professional, message.text, waiting)
    if meant is None:
        by_name = await hear_named(session, professional, message, waiting, answer, now=now)
        if by_name is not None:
            return by_name
    if meant is None and not accept:
        meant = await just_approved(session, professional, waiting, at=said_at)
    if meant is not None:
        return TakenForAnswer(await take_answer(session, professional, message, meant, accept=accept, now=now))
    if len(waiting) > 1:
        return TakenForAnswer(await ask_which(session, waiting, language, now=now))
    last = waiting[0] if waiting else await find_last_offer(session, professional.id, at=said_at)
    if last is None:
        return TakenForAnswer(say("no_offer", language))
    return TakenForAnswer(await take_answer(session, professional, message, last.id, accept=accept, now=now))


async def hear_named(
    session: BusinessSession,
    professional: Professional,
    message: Message,
    waiting: Sequence[Offer],
    answer: Answer,
    *,
    now: datetime,
) -> TakenForAnswer | None:
    """What to say to an answer that names offers or visits by hour, day or street; None when it names none of them.

    What names something, and nothing that waits, is for people.
    """
    text = as_said(message.text)
    if answer == "decline":
        refused = await refuse_visits(session, professional, message, waiting, now=now)
        if refused is not None:
            return refused
    if len(waiting) < 2:
        return None
    named = name_offers(text, await list_waiting(session, waiting), now=now)
    if named.ids:
        answers: dict[int, Answer] = dict.fromkeys(named.ids, answer)
        return TakenForAnswer(await take_answers(session, professional, message, answers, about={}, now=now))
    unknown = (named.by and not named.unclear) or numbers_in(text)
    return TakenForAnswer(await pass_on_words(session, professional, message, now=now)) if unknown else None


async def refuse_visits(
    session: BusinessSession, professional: Professional, message: Message, waiting: Sequence[Offer], *, now: datetime
) -> TakenForAnswer | None:
    """What to say to a refusal that is, or may be, of visits already promised; None when it is of an offer alone.

    Where it may be of several visits and names none, people see to it. Who is ill makes none of that day.
    """
    local, said = now.astimezone(ZoneInfo((await get_business(session)).zone)), as_said(message.text)
    text, ahead = without_reasons(said), await promised_ahead(session, professional, now=local)
    refused = Refused() if proposes(text) else visits_refused(text, said, ahead, now=local)
    offers = name_offers(text, await list_waiting(session, waiting), now=now).ids
    if refused.visits and ("ill" in read_workday(said).kinds or refused.by_name or not offers):
        kept = await keep_visits(session, professional, message, refused.visits, now=now)
        declined = () if refused.by_name else offers
        answers: dict[int, Answer] = dict.fromkeys(declined, "decline")
        told = await take_answers(session, professional, message, answers, about={}, now=now)
        return TakenForAnswer("\n".join(filter(None, (kept.words, told))), kept.buttons)
    if waiting:
        return None
    last = await find_last_offer(session, professional.id, at=min(message.sent_at, now))
    approved = last is not None and last.status == OfferStatus.accepted
    lately = await just_approved(session, professional, waiting, at=min(message.sent_at, now))
    comes_not = speaks_of_coming(text) and refused.visits is None and not says_when_not(text)
    if len(ahead) == 1 and (proposes(text) or comes_not):
        kept = await keep_visits(session, professional, message, ahead, now=now)
        return TakenForAnswer(kept.words, kept.buttons)
    unclear = proposes(text) or says_when_not(text) or (approved and lately is None and is_bare(text))
    if unclear or refused.visits is not None:
        return TakenForAnswer(await pass_on_words(session, professional, message, now=now))
    if len(ahead) > 1 and lately is None and (approved or speaks_of_coming(text)):
        asked = ask_which_unable(ahead, language_for(professional.language), now=now)
        return TakenForAnswer(asked.words, asked.buttons)
    return None


def is_bare(text: str) -> bool:
    """Whether the words are a "no" and nothing more, which long after an offer may be an answer to anything."""
    return len(without_courtesy(text)) == 1


async def pass_on_words(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> str:
    """People hear of the message; the professional knows it, and how to answer what still waits."""
    await call_office(session, message, now=now)
    passed = say("passed_to_office", language_for(professional.language))
    return f"{passed}\n{await say_how_to_answer(session, professional, now=now)}"


async def hear_number(
    session: BusinessSession, professional: Professional, message: Message, offer: Offer, *, now: datetime
) -> TakenForAnswer:
    """What to say to the number or the place of an offer alone, which completes the answer that we asked about."""
    answer = await answer_asked_about(session, message)
    if answer is None:
        return TakenForAnswer(
            await say_still_open(session, offer, language_for(professional.language), named=True, now=now)
        )
    accept = answer == "approve"
    return TakenForAnswer(await take_answer(session, professional, message, offer.id, accept=accept, now=now))


async def ask_which(session: BusinessSession, offers: Sequence[Offer], language: str, *, now: datetime) -> str:
    lines: list[str] = []
    for offer in offers:
        visit = await get_visit(session, offer.booking_id)
        lines.append(f"{ltr(str(offer.id))} · {when_of(visit, now, language)} · {visit.address}")
    return say("which_offer", language, offers="\n".join(lines), example=offers[0].id)


async def say_how_to_answer(session: BusinessSession, professional: Professional, *, now: datetime) -> str:
    """What somebody reads whose words were none that the desk knows: how to answer, when an answer is awaited."""
    language = language_for(professional.language)
    waiting = await list_open_offers(session, professional.id, at=now)
    if not waiting:
        return say("professional_help", language)
    if len(waiting) > 1:
        return await ask_which(session, waiting, language, now=now)
    return await say_still_open(session, waiting[0], language, named=False, now=now)


async def with_reminder(session: BusinessSession, professional: Professional, said: Said, *, now: datetime) -> Said:
    """The same with one line more where an answer to an offer is awaited."""
    waiting = await list_open_offers(session, professional.id, at=now)
    if not waiting:
        return said
    language = language_for(professional.language)
    if len(waiting) == 1:
        line = await say_still_open(session, waiting[0], language, named=False, now=now)
    else:
        line = say("offers_still_open", language, count=len(waiting), example=waiting[0].id)
    words = said.words.followed_by(line) if isinstance(said.words, Saying) else f"{said.words}\n{line}"
    return Said(words, said.buttons)


async def say_still_open(
    session: BusinessSession, offer: Offer, language: str, *, named: bool, now: datetime
) -> Saying:
    """How to answer this offer; `named` where its number has to stand in the answer."""
    visit = await get_visit(session, offer.booking_id)
    number = f" {offer.id}" if named else ""
    return say("offer_still_open", language, when=when_of(visit, now, language), address=visit.address, number=number)
