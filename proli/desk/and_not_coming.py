"""A professional gives up a visit in the words that report another as done, or days as off: both have their effect."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.days_off import report_busy, report_off
from proli.desk.for_people import call_office
from proli.desk.offers import with_reminder
from proli.desk.saying import Said
from proli.desk.setting_out import hear_finished
from proli.desk.unable import ask_which_unable, keep_visits, passed_and
from proli.desk.which_visit import by_name, by_street, promised_ahead, start_of, visits_refused
from proli.knowledge.not_coming import find_refused
from proli.knowledge.said import as_said
from proli.knowledge.workday import WorkdayKind, read_workday
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.professionals.models import Professional

DONE: Final = frozenset[WorkdayKind]({"done"})
AWAY: Final = frozenset[WorkdayKind]({"off", "ill"})
BUSY: Final = frozenset[WorkdayKind]({"busy"})


async def hear_and_not_coming(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to both; None when the words do not tell both, or the visit beside days off is not named."""
    text = as_said(message.text)
    if message.button_id is not None:
        return None
    if (parts := find_refused(text, DONE)) is not None:
        done = await hear_finished(session, professional, message, now=now)
        await session.flush()
        both = joined(done, await give_up(session, professional, message, parts[0], now=now))
        return await with_reminder(session, professional, both, now=now)
    if (parts := find_refused(text, AWAY | BUSY)) is None:
        return None
    refused, beside = parts
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    ahead = await promised_ahead(session, professional, now=local)
    if not by_street(refused, ahead) and not by_name(refused, ahead):
        return None
    words = read_workday(beside)
    said = await (
        report_off(session, professional, beside, words, now=local)
        if words.kinds & AWAY
        else report_busy(session, professional, beside, now=local)
    )
    if said is None:
        return None
    both = joined(said, await give_up(session, professional, message, refused, now=now))
    return await with_reminder(session, professional, both, now=now)


async def give_up(
    session: BusinessSession, professional: Professional, message: Message, refused: str, *, now: datetime
) -> Said:
    """The visits that the words name are in question; where they name none, the one of today is, and of several it is
    asked which. People see to what fits none.
    """
    language = language_for(professional.language)
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    ahead = await promised_ahead(session, professional, now=local)
    told = visits_refused(refused, refused, ahead, now=local).visits
    today = [one for one in ahead if start_of(one).date() == local.date()]
    if meant := told or (today if told is None and len(today) == 1 else []):
        return await keep_visits(session, professional, message, meant, now=now)
    await call_office(session, message, now=now)
    if told is None and today:
        return passed_and(ask_which_unable(today, language, now=now), language)
    return Said(say("passed_to_office", language))


def joined(first: Said, second: Said) -> Said:
    """Both, in order. What asks which visit is meant keeps its buttons, unless the first asks something itself."""
    words = f"{first.words}\n{second.words}"
    asks = second.words if isinstance(second.words, Saying) and second.words.code == "unable_which" else None
    of = asks if asks is not None and not first.buttons else first.words
    return Said(of.worded(words) if isinstance(of, Saying) else words, first.buttons or second.buttons)
