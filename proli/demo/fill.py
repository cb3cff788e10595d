"""Three months of requests, imagined from a seed and written in one transaction."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from proli.accounts.queries import get_business
from proli.channels.simulator.channel import ensure_account
from proli.conversations.reasons import PersonReason
from proli.demo.call_rows import connect_number
from proli.demo.calls import phoned
from proli.demo.diary import TALK, Diary
from proli.demo.life import Life, Outcome, PhoneCall
from proli.demo.moments import arrivals
from proli.demo.office import Office
from proli.demo.outcomes import outcomes_of, reasons_for
from proli.demo.people import Person, Speaks, known_places, make_person, phones
from proli.demo.plot import tell
from proli.demo.ratings import Score, scored
from proli.demo.sample import PHONES
from proli.demo.store import Past, write
from proli.demo.stories import Scene, Story, is_told, stories_of
from proli.demo.teller import Teller
from proli.dispatch.queries import serves
from proli.knowledge.places import find_locality
from proli.knowledge.trades import URGENT, usual_urgency
from proli.leads.models import LeadStatus
from proli.platform.orm import Base
from proli.platform.runtime import Runtime
from proli.professionals.models import Price, Professional

TRADES = {"plumber": 34, "electrician": 22, "ac_tech": 20, "locksmith": 12, "handyman": 12, "realtor": 100}
"""How often each trade is asked for; those that are not here have no stories."""
RETURNING = 0.07
"""The share of requests of people who have been served before."""
REST = timedelta(hours=12)
FAST = timedelta(hours=5)
"""So long before now conversations are quick, so that they end before it."""
LATE_HOUR = 17
"""From which on nobody comes the same day any more."""
OPEN_SINCE = timedelta(minutes=7)
"""How long ago those began whose offer is still open."""


async def fill_with_life(
    runtime: Runtime,
    business_id: int,
    *,
    now: datetime,
    days: int = 90,
    leads: int = 400,
    seed: int = 7,
    rate: Callable[..., Base] | None = None,
) -> None:
    """The business has a past: the same for the same seed and moment, written in one transaction.

    It has professionals of trades there are stories of, and no past yet. `rate` is the model of a table of ratings,
    where there is one: it is made with the fields of `ratings.Rating`.
    """
    async with runtime.db.begin(business_id) as session:
        business = await get_business(session)
        professionals = (await session.scalars(select(Professional).order_by(Professional.id))).all()
        prices = (await session.scalars(select(Price).order_by(Price.id))).all()
        office = Office(business, prices, now)
        author = Chronicler(Random(seed), office, professionals, days=days)  # noqa: S311 - the same past for a seed
        lives, scores = await asyncio.to_thread(author.imagine, leads)
        account_id = await ensure_account(session, runtime)
        calls: list[PhoneCall] = []
        number_id: int | None = None
        if business.slug in PHONES:
            calls = phoned(lives, office, Random(seed))  # noqa: S311 - apart, so that all else stays as it was
            number_id = await connect_number(session, runtime, PHONES[business.slug])
        past = Past(lives, scores, calls, account_id=account_id, number_id=number_id)
        await write(session, office, past, rng=author.rng, rate=rate)


@dataclass
class Chronicler:
    """Whoever makes it all up."""

    rng: Random
    office: Office
    professionals: Sequence[Professional]
    days: int
    decks: dict[tuple[str, Speaks], list[Story]] = field(default_factory=dict[tuple[str, Speaks], list[Story]])
    scenes: dict[tuple[str, Speaks], list[Scene]] = field(default_factory=dict[tuple[str, Speaks], list[Scene]])
    lives: list[Life] = field(default_factory=list[Life])
    able: Sequence[Professional] = ()
    """Who could do what is about to be asked for."""
    reach: Mapping[int, frozenset[str]] = field(init=False)
    """The localities that each professional serves."""

    def __post_init__(self) -> None:
        self.reach = {one.id: served_by(one) for one in self.professionals}

    def imagine(self, count: int) -> tuple[list[Life], list[Score]]:
        """The requests in the order in which they began, and what customers gave for their visits."""
        rng, now, zone = self.rng, self.office.now, self.office.zone
        moments = arrivals(rng, now=now, days=self.days, count=count, zone=zone)
        diary = Diary(self.office.business, self.professionals, since=moments[0], now=now)
        approval = self.office.playbook.approval
        outcomes = outcomes_of(rng, moments, now=now, approval=approval)
        reasons = reasons_for(outcomes, approval=approval)
        scores: list[Score] = []
        numbers = iter(phones(rng, count))
        for place, (moment, outcome) in enumerate(zip(moments, outcomes, strict=True)):
            at = now - OPEN_SINCE + timedelta(seconds=35 * (count - place)) if outcome is Outcome.offered else moment
            life = self.begin(at, outcome, numbers, diary=diary, reason=reasons.get(place))
            self.tell(life, diary, reason=reasons.get(place))
            self.lives.append(life)
            score = scored(rng, life, life.visit, now=now) if life.visit else None
            if score is not None:
                scores.append(score)
                diary.scores[score.visit.professional.id].append((score.at, score.score))
        return self.lives, scores

    def begin(
        self, at: datetime, outcome: Outcome, numbers: Iterator[str], *, diary: Diary, reason: PersonReason | None
    ) -> Life:
        """Somebody writes: who, and about which trade; where a visit must come of it, to whom there is room."""
        lasting = outcome in {Outcome.booked, Outcome.offered}
        self.able = [one for one in self.professionals if not lasting or diary.has_room(one, at + TALK)]
        self.able = self.able or list(self.professionals)
        known = self.trades()
        trade = self.rng.choices(known, [TRADES[one] for one in known])[0]
        again = reason is None and not lasting and self.office.playbook.approval and self.rng.random() < RETURNING
        person = self.somebody_again(trade, at) if again else None
        if person is not None:
            return Life(person, trade, outcome, at, returning=True)
        plain = outcome in {Outcome.done, Outcome.booked, Outcome.cancelled, Outcome.called_off}
        speaks = self.speaks(trade) if plain else "he"
        locality = self.locality(trade, speaks)
        person = make_person(self.rng, speaks=speaks, phone_e164=next(numbers), locality=locality)
        return Life(person, trade, outcome, at, returning=False)

    def trades(self) -> list[str]:
        """Those that there are stories of."""
        found = {trade for one in self.able for trade in one.trades}
        return [trade for trade in TRADES if trade in found and is_told(trade)]

    def speaks(self, trade: str) -> Speaks:
        chance = self.rng.random()
        speaks: Speaks = "en" if chance < 0.045 else "ru" if chance < 0.085 else "he"
        return speaks if stories_of(trade, speaks) and self.places(trade, speaks) else "he"

    def places(self, trade: str, speaks: Speaks) -> list[str]:
        """The localities that somebody of the trade serves, those of their own base twice."""
        able = [one for one in self.able if trade in one.trades]
        known = [name for name in known_places(speaks) if any(name in self.reach[one.id] for one in able)]
        return known + [one.base_locality for one in able if one.base_locality in known]

    def locality(self, trade: str, speaks: Speaks) -> str:
        return self.rng.choice(self.places(trade, speaks))

    def somebody_again(self, trade: str, at: datetime) -> Person | None:
        """Somebody whose earlier requests are closed, and whom the trade can reach."""
        latest = {life.person.phone_e164: life for life in self.lives}
        places = set(self.places(trade, "he"))
        found = [
            life.person
            for life in latest.values()
            if life.status is LeadStatus.done
            and life.messages[-1].at < at - REST
            and life.person.speaks == "he"
            and life.person.home.locality in places
        ]
        return self.rng.choice(found) if found else None

    def tell(self, life: Life, diary: Diary, *, reason: PersonReason | None) -> None:
        urgent = life.outcome is Outcome.done and life.arrived_at.astimezone(self.office.zone).hour < LATE_HOUR
        story = self.story(life.trade, life.person.speaks, urgent=urgent)
        while life.outcome is Outcome.offered and usual_urgency(life.trade, story.issue) in URGENT:
            story = self.story(life.trade, life.person.speaks, urgent=False)
        hurry = self.office.now - life.arrived_at < FAST
        teller = Teller(self.rng, self.office, diary, life, story, life.arrived_at, self.scenes, hurry=hurry)
        tell(teller, reason=reason)

    def story(self, trade: str, speaks: Speaks, *, urgent: bool) -> Story:
        """The next story of a deck that is shuffled anew when it has gone round."""
        deck = self.decks.setdefault((trade, speaks), [])
        fit = next((story for story in deck if urgent or not story.urgent), None)
        if fit is None:
            more = list(stories_of(trade, speaks))
            self.rng.shuffle(more)
            deck += more
            fit = next((story for story in deck if urgent or not story.urgent), deck[0])
        deck.remove(fit)
        return fit


def served_by(professional: Professional) -> frozenset[str]:
    return frozenset(name for name in known_places("he") if serves(professional, name, find_locality(name)))
