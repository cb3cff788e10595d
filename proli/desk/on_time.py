"""A professional who has told that they are late comes on time after all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.answer_words import answer_in
from proli.desk.lateness import note_late
from proli.desk.offers import pass_on_words, with_reminder
from proli.desk.said_last import find_said_last
from proli.desk.saying import Said
from proli.desk.which_visit import name_visits, promised_ahead, start_of
from proli.dispatch.queries import list_open_offers
from proli.knowledge.intents import find_intents
from proli.knowledge.on_time import comes_on_time
from proli.knowledge.said import as_said
from proli.knowledge.workday import WorkdayKind, read_workday
from proli.notifications.queries import VisitDetails
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional

_BESIDE: Final = frozenset[WorkdayKind]({"asks"})
"""What may stand in the words of who comes on time: "תגידו לה שאגיע בזמן"."""


async def hear_on_time(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to who takes a lateness back; None when none is told that still lies ahead, or more is said.

    The visit is the one that is named, else the one of which we spoke last, else the only one; people see to others.
    """
    text = as_said(message.text)
    if message.button_id is not None or not comes_on_time(text) or "on_my_way" in find_intents(text):
        return None
    if read_workday(text).kinds - _BESIDE:
        return None
    if answer_in(text) == "approve" and await list_open_offers(session, professional.id, at=min(message.sent_at, now)):
        return None  # "מאשר, אגיע בזמן" takes the offer
    local = now.astimezone(ZoneInfo((await get_business(session)).zone))
    ahead = await promised_ahead(session, professional, now=local)
    late = [one for one in ahead if one.booking.expected_at is not None and one.booking.starts_at > now]
    if not late:
        return None
    last = await find_said_last(session, message, by_desk=True)
    meant = pick_late(text, ahead, late, last, now=local)
    if len(meant) != 1 or meant[0].in_question(now):
        return Said(await pass_on_words(session, professional, message, now=now))
    said = await note_late(session, professional, meant[0], start_of(meant[0]), now=local)
    return await with_reminder(session, professional, said, now=now)


def pick_late(
    text: str,
    ahead: Sequence[VisitDetails],
    late: Sequence[VisitDetails],
    last: Message | None,
    *,
    now: datetime,
) -> Sequence[VisitDetails]:
    if named := name_visits(text, ahead, now=now):
        return [one for one in late if one in named]
    told = ((last.values or {}) if last is not None else {}).get("late_booking")
    return [one for one in late if str(one.booking.id) == told] or late
