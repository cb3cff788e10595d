"""A professional asks to be rid of a visit, or says that they let it go: as who cannot come to it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.answer_words import proposes, times_in
from proli.desk.offers import with_reminder
from proli.desk.saying import Said
from proli.desk.unable import ask_which_unable, keep_visits
from proli.desk.which_visit import names_of, promised_ahead, visits_refused
from proli.dispatch.queries import list_open_offers
from proli.knowledge.giving_up import find_given_up, without_visit
from proli.knowledge.said import as_said
from proli.knowledge.text import fold
from proli.knowledge.workday import WorkdayKind, read_workday
from proli.notifications.queries import VisitDetails
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for
from proli.professionals.models import Professional

_MORE: Final = frozenset[WorkdayKind]({"ill", "off", "works", "done", "busy"})
_OPENING: Final = 3
"""So many words may tell the hour or the day by which a visit is named."""


async def hear_given_up(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to who gives a promised visit up; None when they give up something else, or more is told.

    Which is asked where the words leave it open, and no offer waits that they may mean.
    """
    text = as_said(message.text)
    given_up = find_given_up(text) if message.button_id is None else None
    if given_up is None or proposes(text) or read_workday(text).kinds & _MORE:
        return None
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    ahead = await promised_ahead(session, professional, now=local)
    of_visit = without_visit(given_up)
    if meant := given_up_of(given_up if of_visit is None else of_visit, ahead, now=local):
        said = await keep_visits(session, professional, message, meant, now=now)
        return await with_reminder(session, professional, said, now=now)
    waiting = await list_open_offers(session, professional.id, at=min(message.sent_at, now))
    if of_visit or of_visit is None or waiting or not ahead:
        return None
    if len(ahead) == 1:
        return await keep_visits(session, professional, message, ahead, now=now)
    return ask_which_unable(ahead, language_for(professional.language), now=now)


def given_up_of(words: str, visits: Sequence[VisitDetails], *, now: datetime) -> Sequence[VisitDetails]:
    """The visits with whose customer, street, hour or day the words begin: of a price "for Dana" it is not she. `now`
    is local.
    """
    named = any(opens_with(words, name) for one in visits for name in [*names_of(one), one.lead.locality or ""])
    opening = " ".join(words.split()[:_OPENING])
    timed = re.match(r"(?:של |ב|ל|מ)?-? ?(?:\d|היומ|מחר|יומ |שעה|today|tomorrow)", words) and times_in(opening, now=now)
    return visits_refused(words, words, visits, now=now).visits or [] if named or timed else []


def opens_with(words: str, name: str) -> bool:
    return bool(name) and re.match(rf"(?:רחוב )?[ובלשמה]{{0,2}}-? ?{re.escape(fold(name))}(?!\w)", words) is not None
