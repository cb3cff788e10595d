"""A professional is late: which visit, by how much, and what is said of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from proli.accounts.actor import Actor
from proli.conversations.buttons import MOST_BUTTONS, ROW, Button, Tap
from proli.desk.answer_words import times_in
from proli.desk.saying import Said, visit_button
from proli.desk.setting_out import hear_on_my_way
from proli.desk.which_visit import name_visits, names_of, promised_ahead, start_of
from proli.dispatch.professionals_day import be_late
from proli.knowledge.arrival import says_further, with_hours
from proli.knowledge.several_delays import Delays, find_delays
from proli.knowledge.text import fold, isolate
from proli.knowledge.workday import Workday, find_instead, read_workday, tells_clock, with_minutes
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.playbooks.texts import language_for, say
from proli.playbooks.words import say_hour
from proli.professionals.models import Professional
from proli.scheduling.errors import BookingNotFound, BookingNotLive

LATE: Final = Tap("late", ROW, r"\d{1,3}")
"""Which visit, and by how many minutes; 0 while that is not known."""
CHOICES: Final = (15, 30, 60)
MOST: Final = timedelta(hours=4)
"""Who comes later than that is not late: the visit has to be moved."""
ON_TIME: Final = timedelta(minutes=5)
"""Who comes so little after the hour is not late."""
EARLIEST: Final = timedelta(minutes=45)
"""Who says that they come so long before a visit, and no longer, is on the way to it."""
_CLOCK: Final = re.compile(r"(?<![\d:])(?:ב-? ?|בשעה )?\d{1,2}:\d\d(?!\d)|(?<!\w)ב-? ?\d{1,2}(?![\w:])")
_BE_THERE: Final = re.compile(r"(?<!\w)אהיה(?: (?:שמ|פה|אצלה?|אצלו))?(?!\w)")
HALF_A_DAY: Final = timedelta(hours=12)
type AsksHowLong = Callable[[VisitDetails, str], Said]
"""How it is asked how late somebody comes to a visit, in a language."""


async def report_late(
    session: BusinessSession,
    professional: Professional,
    text: str,
    words: Workday,
    *,
    asks: AsksHowLong | None = None,
    now: datetime,
) -> Said | None:
    """What to say to words of being late; None when no visit of today fits, and people have to see to it.

    Which visit is asked where the words leave it open, and how long by `asks`. Who comes on time is on the way. A visit
    of which people must decide is for them. Who tells several delays tells each customer their own. `now` is local.
    """
    visits = [one for one in await promised_ahead(session, professional, now=now) if start_of(one).date() == now.date()]
    if (several := find_delays(text, [names_of(one) for one in visits])) is not None:
        return await report_each(session, professional, visits, several, text, words, now=now)
    text, instead = with_hours(fold(with_minutes(text))), find_instead(text)
    named = name_visits(without_clock(text) if words.arrives else text, visits, now=now)
    meant = named_instead(instead, visits) if instead else named
    if not meant and (instead or not visits):
        return None
    meant = [one for one in meant or next_ones(visits, now=now) if fits(one, text, words, now=now)]
    told_late = [one for one in meant if one.booking.expected_at is not None]
    meant = told_late if len(told_late) == 1 and is_further(text, words) else meant
    language = language_for(professional.language)
    if not meant or any(one.in_question(now) for one in meant):
        return None
    if len(meant) > 1:
        late = {one.booking.id: expected(one, text, words, now=now) for one in meant}
        return ask_which(meant, late, language)
    (visit,) = meant
    expected_at = expected(visit, text, words, now=now)
    if words.arrives and is_on_time(visit, comes_at(visit, text, words, now=now)):
        return await hear_on_my_way(session, professional, visit.booking.id, now=now)
    if expected_at is None and (instead or words.arrives or (words.from_now and words.minutes)):
        return None
    if expected_at is None:
        return (asks or ask_how_long)(visit, language)
    since = counted_since(expected_at, words.minutes)
    return await note_late(session, professional, visit, expected_at, since=since, now=now)


async def report_each(
    session: BusinessSession,
    professional: Professional,
    visits: Sequence[VisitDetails],
    told: Delays,
    text: str,
    words: Workday,
    *,
    now: datetime,
) -> Said:
    """Each customer hears their own delay. Where it cannot be told for sure whose is which, or one of them fits no
    visit, nobody hears anything and it is asked.
    """
    language = language_for(professional.language)
    if told.amounts == 1 and len(told.named) > 1:
        named = [visits[at] for at in sorted(told.named)]
        return ask_which(named, {one.booking.id: expected(one, text, words, now=now) for one in named}, language)
    late = list[tuple[VisitDetails, datetime, datetime | None]]()
    for at, part in told.each:
        own, visit, text = read_workday(part), visits[at], with_hours(fold(with_minutes(part)))
        if not part or (own.arrives and is_on_time(visit, comes_at(visit, text, own, now=now))):
            continue
        moment = expected(visit, text, own, now=now) if "late" in own.kinds and not visit.in_question(now) else None
        if moment is None or not now < moment <= start_of(visit) + MOST:
            return Said(say("late_each", language))
        late.append((visit, moment, counted_since(moment, own.minutes)))
    if not late:
        return Said(say("late_each", language))
    late.sort(key=lambda one: one[0].booking.starts_at, reverse=True)  # a visit that is later is no longer crowded
    noted = [
        await note_late(session, professional, visit, moment, since=since, now=now) for visit, moment, since in late
    ]
    return Said("\n".join(said.words for said in reversed(noted)))


def comes_at(visit: VisitDetails, text: str, words: Workday, *, now: datetime) -> datetime | None:
    """The moment at which somebody comes who tells it, be it late or not."""
    if words.from_now and words.minutes is not None:
        return now + timedelta(minutes=words.minutes)
    return hour_told(text, start_of(visit), least=-EARLIEST, now=now)


def fits(visit: VisitDetails, text: str, words: Workday, *, now: datetime) -> bool:
    """Whether a moment of arrival, where one is told, can be that at this visit."""
    moment = comes_at(visit, text, words, now=now) if words.arrives else None
    return moment is None or -EARLIEST <= moment - start_of(visit) <= MOST


def is_on_time(visit: VisitDetails, moment: datetime | None) -> bool:
    return moment is not None and moment - start_of(visit) <= ON_TIME


def without_clock(text: str) -> str:
    """The words without hours: those of an arrival are of no visit."""
    return _CLOCK.sub(" ", text)


def ask_how_long(visit: VisitDetails, language: str) -> Said:
    buttons = [minutes_button(visit, one, language) for one in CHOICES]
    return Said(say("late_how_long", language, late=visit.booking.id), buttons)


def named_instead(hour: tuple[int, int], visits: Sequence[VisitDetails]) -> list[VisitDetails]:
    """The visits of the hour that another one replaces, which may be said in halves of a day."""
    starts = [(one, start_of(one)) for one in visits]
    return [one for one, at in starts if at.minute == hour[1] and at.hour in (hour[0], (hour[0] + 12) % 24)]


def next_ones(visits: Sequence[VisitDetails], *, now: datetime) -> Sequence[VisitDetails]:
    """Whom words that name no visit may be about: the next one, and the one whose hour has come if it may be that the
    professional is not there.
    """
    begun = [one for one in visits if one.booking.comes_at <= now]
    ahead = [one for one in visits if one.booking.comes_at > now]
    if begun and begun[-1].booking.on_the_way_at is not None and ahead:
        begun = []
    return [*begun[-1:], *ahead[:1]]


def expected(visit: VisitDetails, text: str, words: Workday, *, now: datetime) -> datetime | None:
    """When the professional comes: so many minutes later or from now, or at the hour that the words name."""
    starts_at, further = start_of(visit), is_further(text, words)
    if words.minutes is not None and words.from_now and not (further and visit.booking.expected_at is not None):
        comes_at = (now + timedelta(minutes=words.minutes)).replace(second=0, microsecond=0)
        return comes_at if comes_at > starts_at else None
    if words.minutes is not None:
        return late_by(visit, words.minutes, further=further, now=now)
    return hour_told(text, starts_at, least=timedelta(seconds=1), now=now) if tells_clock(text) else None


def is_further(text: str, words: Workday) -> bool:
    """Whether the words add to a lateness, and tell no hour of arrival."""
    return not words.arrives and says_further(text)


def late_by(visit: VisitDetails, minutes: int, *, further: bool, now: datetime) -> datetime:
    """When somebody comes who is so late: counted from the hour of the visit. What is told `further`, what would be
    over already, and what would come before the hour last told once that of the visit has come, is counted from when
    they were to come, or from `now` if that is later.
    """
    starts_at, length = start_of(visit), timedelta(minutes=minutes)
    at, comes = starts_at + length, visit.booking.comes_at.astimezone(visit.zone)
    if further or at <= now or (starts_at <= now and at < comes):
        return (max(comes, now) + length).replace(second=0, microsecond=0)
    return at


def counted_since(expected_at: datetime, minutes: int | None) -> datetime | None:
    """From when a lateness of so many minutes was counted; None when an hour was told."""
    return None if minutes is None else expected_at - timedelta(minutes=minutes)


def hour_told(text: str, starts_at: datetime, *, least: timedelta, now: datetime) -> datetime | None:
    """The one hour that the words name, near that of the visit: so much after it at the `least`, and another one where
    it must come after it.
    """
    said = _BE_THERE.sub("אגיע", text)
    wishes = [wish for wish in times_in(said, now=now) if wish.kind == "exact" and wish.start is not None]
    exact = [wish.start for wish in wishes if wish.start and (not wish.dated or wish.start.date() == starts_at.date())]
    other = [
        one for one in exact if least < timedelta() or (one.hour, one.minute) != (starts_at.hour, starts_at.minute)
    ]
    if len(other) != 1:
        return None
    hour = starts_at.replace(hour=other[0].hour, minute=other[0].minute)
    near = [one for one in (hour, hour + HALF_A_DAY) if starts_at + least <= one <= starts_at + MOST]
    return near[0] if near else None


def ask_which(visits: Sequence[VisitDetails], late: Mapping[int, datetime | None], language: str) -> Said:
    """`late` is when the professional would come to each."""
    buttons = list[Button]()
    for one in visits[:MOST_BUTTONS]:
        at = late[one.booking.id]
        minutes = 0 if at is None else (at - start_of(one)) // timedelta(minutes=1)
        buttons.append(visit_button(LATE.id(one.booking.id, minutes), one))
    return Said(say("late_which", language), buttons)


def minutes_button(visit: VisitDetails, minutes: int, language: str) -> Button:
    return Button(LATE.id(visit.booking.id, minutes), say("button_minutes", language, minutes=minutes))


async def hear_late(
    session: BusinessSession, professional: Professional, booking_id: int, minutes: int, *, now: datetime
) -> Said:
    """What to say to a tap: on one of several visits, or on how long."""
    language = language_for(professional.language)
    try:
        visit = await get_visit(session, booking_id)
    except BookingNotFound:
        return Said(say("no_visit_now", language))
    if not minutes:
        return ask_how_long(visit, language)
    at, comes = start_of(visit) + timedelta(minutes=minutes), visit.booking.comes_at.astimezone(visit.zone)
    if at <= now:  # tapped again, it adds nothing to an hour that is still ahead
        at = comes if comes > now else late_by(visit, minutes, further=True, now=now)
    return await note_late(session, professional, visit, at, now=now)


async def note_late(
    session: BusinessSession,
    professional: Professional,
    visit: VisitDetails,
    expected_at: datetime,
    *,
    since: datetime | None = None,
    now: datetime,
) -> Said:
    """The customer will hear the new hour, if it is one; a next visit that is crowded is told to the professional.

    `since` is from when the delay was counted, if not from the hour of the visit.
    """
    language, booking = language_for(professional.language), visit.booking
    if visit.in_question(now):
        return Said(say("no_visit_now", language))
    if expected_at <= now or expected_at - booking.starts_at > MOST or start_of(visit).date() != now.date():
        return Said(say("late_too_much", language))
    try:
        delay = await be_late(
            session,
            booking.id,
            professional_id=professional.id,
            expected_at=expected_at,
            actor=Actor.professional(professional.name),
            now=now,
        )
    except (BookingNotFound, BookingNotLive):
        return Said(say("no_visit_now", language))
    told = say(
        "late_noted" if delay.news else "late_known",
        language,
        customer=isolate(visit.customer),
        time=say_hour(expected_at, visit.zone),
        late_booking=booking.id,
        since=(since or start_of(visit)).isoformat(),
    )
    if delay.crowded is None:
        return Said(told)
    crowded = await get_visit(session, delay.crowded.id)
    time, customer = say_hour(crowded.booking.starts_at, crowded.zone), isolate(crowded.customer)
    return Said(told.followed_by(say("late_crowds", language, time=time, customer=customer)))
