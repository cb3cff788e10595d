"""What a professional writes or taps of their own day: late, in trouble, not done, ill, off, busy, help."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.queries import get_business
from proli.conversations.models import Message
from proli.desk.answer_words import answer_in, times_in
from proli.desk.at_door import DOOR, tell_at_door
from proli.desk.day_words import hours_in
from proli.desk.days_off import (
    OFF,
    WORK,
    days_between,
    note_off,
    read_days,
    report_busy,
    report_off,
    report_work,
    work_again,
)
from proli.desk.done_and_late import hear_done_and_late
from proli.desk.finishing import DONE, PRICE, hear_done, hear_price, told_more
from proli.desk.for_people import call_office
from proli.desk.how_late import report_trouble
from proli.desk.lateness import LATE, hear_late, report_late
from proli.desk.lists import list_day
from proli.desk.not_yet import report_unfinished
from proli.desk.offers import pass_on_words, with_reminder
from proli.desk.saying import Said, visit_lines
from proli.desk.setting_out import ON_MY_WAY, hear_on_my_way
from proli.desk.taken_back import REOPEN, take_back
from proli.desk.unable import COMES, UNABLE, hear_comes, hear_unable
from proli.desk.unfinished import list_unfinished
from proli.desk.which_visit import promised_ahead, start_of
from proli.dispatch.queries import list_open_offers
from proli.knowledge.finished import find_late
from proli.knowledge.said import as_said
from proli.knowledge.workday import Workday, WorkdayKind, read_workday
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.professionals.models import Professional

MOST_SHOWN: Final = 3
AWAY: Final = frozenset[WorkdayKind]({"ill", "off"})
OF_DAYS: Final = AWAY | frozenset[WorkdayKind]({"works"})
HEARD: Final = OF_DAYS | frozenset[WorkdayKind](
    {"late", "trouble", "busy", "tomorrow", "help", "done", "unfinished", "arrived"}
)


async def tap_visit(
    session: BusinessSession, professional: Professional, message: Message, tapped: str, *, now: datetime
) -> Said | None:
    """What to say to a button of a visit; None when it is none."""
    local = await local_time(session, now)
    if (late := LATE.read(tapped)) is not None:
        return await hear_late(session, professional, int(late[0]), int(late[1]), now=local)
    if (done := DONE.read(tapped)) is not None:
        return await hear_done(session, professional, message, int(done[0]), int(done[1]), now=now)
    if (door := DOOR.read(tapped)) is not None:
        return await tell_at_door(session, professional, message, int(door[0]), now=now)
    if (price := PRICE.read(tapped)) is not None:
        return await hear_price(session, professional, int(price[0]), int(price[1]), now=now)
    if (heading := ON_MY_WAY.read(tapped)) is not None:
        return await hear_on_my_way(session, professional, int(heading[0]), now=now)
    if (unable := UNABLE.read(tapped)) is not None:
        return await hear_unable(session, professional, message, int(unable[0]), now=now)
    if (reopen := REOPEN.read(tapped)) is not None:
        return await take_back(session, professional, message, int(reopen[0]), now=now)
    if (comes := COMES.read(tapped)) is not None:
        return await hear_comes(session, professional, int(comes[0]), now=now)
    return None


async def tap_day(
    session: BusinessSession, professional: Professional, message: Message, tapped: str, *, now: datetime
) -> Said | None:
    """What to say to a button of the day; None when it is none."""
    if (said := await tap_visit(session, professional, message, tapped, now=now)) is not None:
        return said
    local = await local_time(session, now)
    if (work := read_days(WORK, tapped)) is not None:
        return await work_again(session, professional, days_between(*work), now=local)
    if (off := read_days(OFF, tapped)) is not None:
        if off[0] < local.date():
            return Said(say("off_over", language_for(professional.language)))
        return await note_off(session, professional, [off[0]], now=local)
    return None


async def hear_day(
    session: BusinessSession, professional: Professional, message: Message, *, now: datetime
) -> Said | None:
    """What to say to words of the day; None when they are of something else, or answer an offer that waits."""
    text = as_said(message.text)
    words = read_workday(text)
    kinds = words.kinds & HEARD
    waits = bool(await list_open_offers(session, professional.id, at=min(message.sent_at, now)))
    waits = waits and not await tells_hours(session, text, words, now=now)
    if waits and words.arrives and not words.from_now:  # "אגיע ב-10" may take an offer
        kinds -= {"late"}
    if not kinds or (not kinds & OF_DAYS and answers_offer(text, words, waits=waits)):
        return None if kinds else await told_more(session, professional, message, now=now)
    if (
        kinds in (frozenset({"done", "late"}), frozenset({"done", "trouble"}))
        and (parts := find_late(text)) is not None
    ):
        said = await hear_done_and_late(session, professional, message, parts[0], now=now)
        return await with_reminder(session, professional, said, now=now)
    if len(kinds - AWAY) + bool(kinds & AWAY) > 1:
        return Said(await pass_on_words(session, professional, message, now=now))
    said = await hear_kind(session, professional, message, words, now=now)
    if said is None and "works" in kinds:  # "לא לוקח חופש" refuses no offer
        return Said(await pass_on_words(session, professional, message, now=now))
    return await with_reminder(session, professional, said, now=now) if said is not None else None


async def tells_hours(session: BusinessSession, text: str, words: Workday, *, now: datetime) -> bool:
    """Whether "busy" tells from when or until when: a span of hours names no offer, and an hour alone may be one's."""
    if "busy" not in words.kinds:
        return False
    local = await local_time(session, now)
    spans = all(wish.kind != "exact" for wish in times_in(text, now=local))
    return spans and hours_in(text, now=local, busy=True) is not None


def answers_offer(text: str, words: Workday, *, waits: bool) -> bool:
    """Whether the words say yes or no to an offer: beside what they say of the day where none waits."""
    return answer_in(text if waits else words.rest) is not None


async def hear_kind(
    session: BusinessSession, professional: Professional, message: Message, words: Workday, *, now: datetime
) -> Said | None:
    text, local = as_said(message.text), await local_time(session, now)
    if words.kinds & OF_DAYS:
        works = "works" in words.kinds
        said = await (
            report_work(session, professional, text, now=local)
            if works
            else report_off(session, professional, text, words, now=local)
        )
        if said is not None and "asks" in words.kinds:
            await call_office(session, message, now=now)
            passed = say("passed_to_office", language_for(professional.language))
            return Said(f"{said.words}\n{passed}", said.buttons)
        return said
    if "late" in words.kinds:
        said = await report_late(session, professional, text, words, now=local)
        return said or (Said(await pass_on_words(session, professional, message, now=now)) if words.arrives else None)
    if "trouble" in words.kinds:
        return await report_trouble(session, professional, message, text, words, now=local)
    if "busy" in words.kinds:
        return await report_busy(session, professional, text, now=local)
    if "unfinished" in words.kinds:
        return await report_unfinished(session, professional, message, text, now=local)
    if "arrived" in words.kinds:
        return await report_arrived(session, professional, now=local)
    if "tomorrow" in words.kinds:
        return Said(await list_day(session, professional, ahead=1, now=now))
    if "help" in words.kinds:
        return Said(say("professional_help", language_for(professional.language)))
    return None  # "done" is reported with the visits


async def report_arrived(session: BusinessSession, professional: Professional, *, now: datetime) -> Said:
    """What to say to who is there; where no visit of today is known, that, and what lies ahead. `now` is local."""
    language, ahead = language_for(professional.language), await promised_ahead(session, professional, now=now)
    today = any(start_of(one).date() == now.date() for one in ahead)
    if today or await list_unfinished(session, professional, now=now):
        return Said(say("arrived_noted", language))
    told = say("arrived_no_visit", language)
    next_ones = say("next_visits", language, visits=visit_lines(ahead[:MOST_SHOWN], language, now=now))
    return Said(told.followed_by(next_ones) if ahead else told.followed_by(say("next_visits_none", language)))


async def local_time(session: BusinessSession, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo((await get_business(session)).zone))
