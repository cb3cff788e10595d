"""The professional's own mode on WhatsApp: answers to offers, their day, on my way, done. No model involved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from proli.conversations.models import Author, Conversation, Message, Owner
from proli.conversations.outbox import queue_text
from proli.conversations.queries import find_tap
from proli.desk.and_not_coming import hear_and_not_coming
from proli.desk.at_door import hear_at_door
from proli.desk.busy_now import hear_busy_now
from proli.desk.by_order import find_by_order
from proli.desk.coming_after_all import hear_comes_after_all
from proli.desk.day import hear_day, tap_day
from proli.desk.days_off import hear_which_work
from proli.desk.for_people import says_something
from proli.desk.free_again import hear_free
from proli.desk.from_the_car import hear_for_customer, hear_from_car
from proli.desk.giving_up import hear_given_up
from proli.desk.hindered import hear_hindered
from proli.desk.how_late import hear_how_late
from proli.desk.late_put_right import hear_late_put_right
from proli.desk.lists import list_day
from proli.desk.offers import hear_said, hear_tap, pass_on_words, say_how_to_answer, with_reminder
from proli.desk.on_time import hear_on_time
from proli.desk.opting_out import hear_opt_out
from proli.desk.outcomes import hear_outcome
from proli.desk.price_put_right import hear_put_right
from proli.desk.saying import Said
from proli.desk.setting_out import hear_finished, on_my_way, on_my_way_to_named
from proli.desk.taken_back import hear_taken_back
from proli.desk.unable import hear_which_unable
from proli.dispatch.queries import list_open_offers
from proli.knowledge.agenda import asks_for_day
from proli.knowledge.finished import says_done
from proli.knowledge.intents import find_intents
from proli.knowledge.leaving import find_leaving
from proli.knowledge.said import OLD, as_said
from proli.notifications.offer_buttons import read_offer_tap
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional


@dataclass(frozen=True, slots=True)
class FromProfessional:
    """The other side is one of the business's own professionals, who is served by the desk."""

    professional: Professional
    conversation: Conversation
    messages: Sequence[Message]


async def serve(session: BusinessSession, turn: FromProfessional, *, now: datetime) -> None:
    """Every message of the professional has its effect and its answer, once, in the order they were said.

    That holds while a person talks with them too: an approval must count whoever else is in the conversation.
    """
    for message in turn.messages:
        quiet = turn.conversation.owner == Owner.human
        said = await answer_message(session, turn.professional, message, quiet=quiet, now=now)
        message.answered_at = now
        if said is not None and said.words:
            key, line = f"desk:{message.id}", turn.conversation
            await queue_text(
                session, line, said.words, dedup_key=key, author=Author.system, buttons=said.buttons, now=now
            )


async def answer_message(
    session: BusinessSession, professional: Professional, message: Message, *, quiet: bool, now: datetime
) -> Said | None:
    """What to say; None when the event's own message says it all, or a person is talking with the professional."""
    tapped = await find_tap(session, message) or await find_by_order(session, message) or ""
    tap = read_offer_tap(tapped)
    if tap is not None:
        return said_of(await hear_tap(session, professional, message, *tap, now=now))
    if (noted := await hear_opt_out(session, professional, message, now=now)) is not None:
        return Said(noted)
    if now - message.sent_at > OLD and not tapped:
        return await not_acted_on(session, professional, message, quiet=quiet, now=now)
    of_day = await hear_outcome(session, professional, message, tapped, now=now)
    of_day = of_day or await tap_day(session, professional, message, tapped, now=now)
    of_day = of_day or await hear_which_work(session, professional, message, now=now)
    of_day = of_day or await hear_which_unable(session, professional, message, now=now)
    of_day = of_day or await hear_from_car(session, professional, message, now=now)
    of_day = of_day or await hear_comes_after_all(session, professional, message, now=now)
    of_day = of_day or await hear_at_door(session, professional, message, now=now)
    of_day = of_day or await hear_how_late(session, professional, message, now=now)
    of_day = of_day or await hear_late_put_right(session, professional, message, now=now)
    of_day = of_day or await hear_taken_back(session, professional, message, now=now)
    of_day = of_day or await hear_given_up(session, professional, message, now=now)
    of_day = of_day or await hear_put_right(session, professional, message, now=now)
    of_day = of_day or await hear_on_time(session, professional, message, now=now)
    of_day = of_day or await hear_busy_now(session, professional, message, now=now)
    of_day = of_day or await hear_and_not_coming(session, professional, message, now=now)
    of_day = of_day or await hear_free(session, professional, message, now=now)
    of_day = of_day or await hear_hindered(session, professional, message, now=now)
    of_day = of_day or await hear_day(session, professional, message, now=now)
    if of_day is not None:
        return of_day
    told = await report(session, professional, message, now=now)
    if told is not None and not await list_open_offers(session, professional.id, at=min(message.sent_at, now)):
        return told
    settled = await hear_said(session, professional, message, now=now)
    if settled is not None and told is None:
        return Said(settled.words, settled.buttons) if settled.words else None
    if settled is not None:
        words = "\n".join(filter(None, (told.words if told else None, settled.words)))
        return Said(words, settled.buttons or (told.buttons if told else ())) if words else None
    if told is not None:
        return await with_reminder(session, professional, told, now=now)
    for_customer = None if quiet else await hear_for_customer(session, professional, message, now=now)
    return for_customer or said_of(await pass_to_office(session, professional, message, quiet=quiet, now=now))


async def not_acted_on(
    session: BusinessSession, professional: Professional, message: Message, *, quiet: bool, now: datetime
) -> Said | None:
    """Words that come in a day late may be true no more: people read them, and whoever wrote them says it again."""
    await pass_to_office(session, professional, message, quiet=quiet, now=now)
    return None if quiet else Said(say("words_too_old", language_for(professional.language)))


def said_of(words: str | None) -> Said | None:
    return None if words is None else Said(words)


async def pass_to_office(
    session: BusinessSession, professional: Professional, message: Message, *, quiet: bool, now: datetime
) -> str | None:
    """Words that the desk does not know are for people, who hear of them; to a word alone it says what it knows.

    Nothing is said when a person is talking with the professional.
    """
    if quiet:
        return None
    if not says_something(message):
        return await say_how_to_answer(session, professional, now=now)
    return await pass_on_words(session, professional, message, now=now)


async def report(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to a report of, or a question about, the day's visits; None when it is neither."""
    text = as_said(message.text)
    if (ahead := asks_for_day(text)) is not None:
        return Said(await list_day(session, professional, ahead=ahead, now=now))
    intents = find_intents(text)
    if "today_jobs" in intents:
        return Said(await list_day(session, professional, ahead=0, now=now))
    if says_done(text):
        return await hear_finished(session, professional, message, now=now)
    if "on_my_way" in intents:
        return Said(await on_my_way(session, professional, now=now))
    if find_leaving(text) is not None and "?" not in text:
        return await on_my_way_to_named(session, professional, text, now=now)
    return None
