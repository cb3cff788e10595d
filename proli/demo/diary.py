"""The professionals' calendars as they fill, by the real rules of availability and ranking."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from proli.accounts.models import Business
from proli.demo.life import Visit
from proli.dispatch.queries import FAIR_DAYS, distance, serves
from proli.dispatch.rules import Candidate, Excluded, Ranked, Weights, rank
from proli.knowledge.places import find_locality
from proli.professionals.models import Professional
from proli.scheduling.calendars import calendar_of
from proli.scheduling.observance import RestPolicy, closed_for
from proli.scheduling.rules import Calendar, Interval, free_slots, is_free
from proli.scheduling.spreading import spread

KEPT = RestPolicy(eve_end_minute=14 * 60)
"""Shabbat and holidays are kept, and on Fridays the last visit ends at two."""
AFTER = timedelta(hours=1)
"""Nobody comes right when Shabbat is out."""
AHEAD = timedelta(days=30)
TALK = timedelta(minutes=60)
"""How long before a visit is asked for the conversation about it may have begun."""


class Diary:
    """Who is free, who is busy, and who has been asked how often; requests come to it in the order of time."""

    def __init__(self, business: Business, professionals: Sequence[Professional], *, since: datetime, now: datetime):
        self.zone = ZoneInfo(business.zone)
        self._weights = Weights(**business.weights)
        self._professionals = professionals
        kept = closed_for(KEPT, Interval(since - timedelta(days=2), now + AHEAD), None)
        self._closed = [Interval(rest.start, rest.end + AFTER) for rest in kept]
        self._busy: dict[int, list[Interval]] = defaultdict(list)
        self._jobs: dict[int, list[tuple[datetime, Visit]]] = defaultdict(list)
        self._asked: dict[int, list[datetime]] = defaultdict(list)
        self.scores: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
        """What customers have given each professional so far."""

    def able(self, trade: str, locality: str) -> list[Professional]:
        place = find_locality(locality)
        return [one for one in self._professionals if trade in one.trades and serves(one, locality, place)]

    def times(self, trade: str, locality: str, *, within: Interval, now: datetime) -> list[Interval]:
        """What a customer would be shown, as `dispatch.actions.find_times` finds it."""
        able = [one for one in self.able(trade, locality) if self.has_room(one, now)]
        found = {slot for one in able for slot in free_slots(self.calendar(one, within), within=within, now=now)}
        return spread(sorted(found), count=3, zone=self.zone)

    def calendar(self, professional: Professional, within: Interval) -> Calendar:
        """The calendar with what is busy around the window."""
        day = timedelta(days=1)
        around = Interval(within.start - day, within.end + day)
        busy = [one for one in self._busy[professional.id] if one.overlaps(around)]
        closed = [one for one in self._closed if one.overlaps(around)]
        return calendar_of(professional, busy, zone=self.zone, closed=closed)

    def ranked(
        self, trade: str, locality: str, *, slot: Interval, now: datetime, urgent: bool, refused: Mapping[int, Excluded]
    ) -> list[Ranked]:
        """Everybody considered for the hour, best first, as dispatch ranks them."""
        place = find_locality(locality)
        week = now - timedelta(days=FAIR_DAYS)

        def candidate(one: Professional) -> Candidate:
            scores = [score for at, score in self.scores[one.id] if at <= now]
            return Candidate(
                professional_id=one.id,
                name=one.name,
                rating_sum=sum(scores),
                rating_count=len(scores),
                distance_km=distance(one, place),
                open_jobs=self.open_jobs(one, now),
                max_open_jobs=one.max_open_jobs,
                recent_offers=sum(week <= at <= now for at in self._asked[one.id]),
                slots=(slot,) if is_free(self.calendar(one, slot), slot, now=now) else (),
                excluded=refused.get(one.id),
            )

        candidates = [candidate(one) for one in self.able(trade, locality)]
        return rank(candidates, weights=self._weights, now=now, urgent=urgent)

    def find(self, professional_id: int) -> Professional:
        return next(one for one in self._professionals if one.id == professional_id)

    def open_jobs(self, professional: Professional, now: datetime) -> int:
        jobs = self._jobs[professional.id]
        return sum(began <= now and (job.ended_at is None or job.ended_at > now) for began, job in jobs)

    def has_room(self, professional: Professional, now: datetime) -> bool:
        """Whether another job could be taken on now, and could have been while the conversation went on."""
        jobs = self._jobs[professional.id]
        taken = sum(began <= now and (job.ended_at is None or job.ended_at > now - TALK) for began, job in jobs)
        return taken < professional.max_open_jobs

    def asked(self, professional: Professional, at: datetime) -> None:
        self._asked[professional.id].append(at)

    def promise(self, visit: Visit) -> None:
        """The slot is the visit's, with its buffer."""
        buffer = visit.professional.buffer_minutes
        self._busy[visit.professional.id].append(visit.slot.padded(before_minutes=0, after_minutes=buffer))
        self._jobs[visit.professional.id].append((visit.made_at, visit))

    def release(self, visit: Visit) -> None:
        """The slot of a visit that will not be is free again."""
        buffer = visit.professional.buffer_minutes
        self._busy[visit.professional.id].remove(visit.slot.padded(before_minutes=0, after_minutes=buffer))
