"""A professional has finished a visit and is late for the next, told in one message: both have their effect."""

from datetime import datetime
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.for_people import call_office
from proli.desk.how_late import report_trouble
from proli.desk.lateness import report_late
from proli.desk.saying import Said
from proli.desk.setting_out import hear_finished
from proli.knowledge.workday import read_workday
from proli.platform.db import BusinessSession
from proli.playbooks.texts import Saying, language_for, say
from proli.professionals.models import Professional


async def hear_done_and_late(
    session: BusinessSession, professional: Professional, message: Message, late: str, *, now: datetime
) -> Said:
    """What to say to both; `late` is what is said of being late, which is of a visit that is not done.

    One thing is asked at a time: where both need an answer, or the visit cannot be told, people see to the lateness.
    """
    done = await hear_finished(session, professional, message, now=now)
    await session.flush()
    local, words = now.astimezone(ZoneInfo((await get_business(session)).zone)), read_workday(late)
    asks_done = bool(done.buttons)
    if asks_done and words.minutes is None:
        then = None
    elif "trouble" in words.kinds:
        then = await report_trouble(session, professional, message, late, words, now=local)
    else:
        then = await report_late(session, professional, late, words, now=local)
    if then is None or (asks_done and then.buttons):
        await call_office(session, message, now=now)
        then = Said(say("passed_to_office", language_for(professional.language)))
    both = (
        done.words.followed_by(then.words)
        if isinstance(done.words, Saying) and isinstance(then.words, Saying)
        else None
    )
    return Said(both or f"{done.words}\n{then.words}", done.buttons or then.buttons)
