"""What people do in the game, each deed by the product's own verb or through the provider's webhook, at its moment."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappush
from itertools import count
from random import Random
from typing import Final

from sqlalchemy import Select, select

from proli.accounts.actor import BY_CUSTOMER, Actor
from proli.contacts.addresses import ensure_contact
from proli.customer_page.actions import close_request, confirm_coming, move_visit
from proli.dispatch.absence import take_days_off
from proli.dispatch.answering import answer_offer
from proli.dispatch.arranging import arrange_visit
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.professionals_day import Work, be_late, finish_own
from proli.leads.actions import open_lead, save_details
from proli.leads.models import Lead
from proli.notifications.queries import VisitDetails, get_visit
from proli.platform.db import BusinessSession
from proli.platform.errors import ProliError
from proli.platform.runtime import Runtime
from proli.scheduling.models import Booking
from proli.scheduling.queries import find_promised
from tests.month.stage import Stage
from tests.month.town import NEVER, PLACE, Town
from tests.month.weather import Weather

type Deed = Callable[[], Awaitable[None]]
type OfVisit = Callable[[BusinessSession, VisitDetails, datetime], Awaitable[None]]
STREETS: Final = ("הרצל", "ביאליק", "אלנבי", "דיזנגוף", "ארלוזורוב")
BY_CHAT: Final = 5
"""Of twelve requests the one that is written in the chat; the others are made as pages and staff make them."""
FATES: Final = ("done", "done", "done", "done", "done", "silent", "cancels", "moves", "late", "confirms")


@dataclass
class People:
    """Everybody who does something, with what they are still to do; the same seed gives the same month."""

    stage: Stage
    towns: list[Town]
    webhook: str
    rng: Random
    ends: datetime
    weather: Weather
    wrote: dict[str, tuple[Town, datetime, int]] = field(default_factory=dict[str, tuple[Town, datetime, int]])
    """By phone: who wrote for an hour of the next day, and when."""
    deeds: list[tuple[datetime, int, Deed]] = field(default_factory=list[tuple[datetime, int, Deed]])
    refused: int = 0
    asked: int = 0
    order: "count[int]" = field(default_factory=count)

    def at(self, moment: datetime, deed: Deed) -> None:
        heappush(self.deeds, (moment, next(self.order), deed))

    @property
    def now(self) -> datetime:
        return self.stage.clock.now()

    def worker(self) -> Runtime:
        return self.rng.choice(self.stage.workers)

    def plan(self, begins: datetime, visits: int) -> None:
        """So many requests, spread over the span, each with the fate of its visit."""
        minutes = int((self.ends - begins).total_seconds() // 60) - 24 * 60
        for number in range(visits):
            town = self.towns[number % len(self.towns)]
            moment = begins + timedelta(minutes=self.rng.randrange(10, minutes, 10))
            self.at(moment, self.request(town, number, moment))
        self.plan_nights(visits)
        for town in self.towns:
            for professional_id in town.professionals:
                day = begins + timedelta(minutes=self.rng.randrange(24 * 60, minutes))
                self.at(day, self.day_off(town, professional_id))

    def plan_nights(self, number: int) -> None:
        """Somebody writes while the machine is about to sleep over midnight, and visits are promised just before it."""
        always = next(town for town in self.towns if not town.keeps and town.quiet == NEVER)
        nights = [start for start, end in self.weather.sleeps if end - start < timedelta(hours=1)]
        breaks = [start - timedelta(minutes=1) for start, _ in self.weather.breaks for _ in range(4)]
        for at, moment in enumerate(breaks):
            self.at(moment, self.request(always, (number + at) * 12, moment))
        for at, start in enumerate(nights):
            moment = start + timedelta(minutes=1)
            self.at(moment, self.request(always, (number + at) * 12 + BY_CHAT, moment))

    def request(self, town: Town, number: int, moment: datetime) -> Deed:
        async def deed() -> None:
            phone, house = f"+9725{50_000_000 + number:08}", number + 1
            street, fate = STREETS[number % len(STREETS)], FATES[self.rng.randrange(len(FATES))]
            if number % 12 == BY_CHAT:
                hour = self.rng.randrange(9, 13)
                words = f"נזילה בכיור ב{PLACE}, רחוב {street} {house}. מחר ב-{hour}:00"
                self.wrote[phone] = town, moment, hour
                await self.write(town, phone, words, at=moment)
                self.at(self.now + timedelta(minutes=1), self.see_to(town, phone, fate))
                return
            async with self.worker().db.begin(town.business_id) as session:
                contact = await ensure_contact(session, phone_e164=phone, name=f"לקוח {number}")
                lead = await open_lead(
                    session, contact_id=contact.id, conversation_id=None, actor=BY_CUSTOMER, now=self.now
                )
                told = {"trade": "plumber", "issue": "leak", "locality": PLACE, "address": f"{street} {house}"}
                save_details(session, lead, {**told, "customer_name": contact.name}, actor=BY_CUSTOMER, now=self.now)
                for _ in range(8):
                    try:
                        await arrange_visit(session, lead, starts_at=self.hour(town), actor=BY_CUSTOMER, now=self.now)
                    except ProliError:
                        self.refused += 1
                    else:
                        self.asked += 1
                        break
            self.at(self.now + timedelta(minutes=1), self.see_to(town, phone, fate))

        return deed

    def hour(self, town: Town) -> datetime:
        """A whole or half hour within the next days, at which the business takes visits."""
        local = self.now.astimezone(town.zone)
        day = local.date() + timedelta(days=self.rng.choice((0, 1, 1, 1, 2, 2, 3, 5)))
        hour = self.rng.randint(*town.hours)
        wanted = datetime(day.year, day.month, day.day, hour, self.rng.choice((0, 30)), tzinfo=town.zone)
        return max(wanted.astimezone(self.now.tzinfo), (self.now + timedelta(hours=3)).replace(minute=0, second=0))

    async def write(self, town: Town, phone: str, words: str, *, at: datetime) -> None:
        """A message through the provider's webhook, which says when it was written."""
        payload = {**town.double.webhooks.text(phone, words, name="דנה"), "timestamp": int(at.timestamp())}
        status = await town.double.post(payload, url=self.webhook)
        assert status == 200, status

    def see_to(self, town: Town, phone: str, fate: str) -> Deed:
        """Whoever is asked by now approves, or will be looked after once they have been; then the fate has its turn."""

        async def deed() -> None:
            offers = select(Offer).where(Offer.status == OfferStatus.open)
            async with self.worker().db.begin(town.business_id) as session:
                contact = await ensure_contact(session, phone_e164=phone)
                mine = offers.join(Booking, Booking.id == Offer.booking_id).where(
                    Booking.lead_id.in_(leads_of(contact.id))
                )
                offer = await session.scalar(mine)
                if offer is None:
                    return
                if offer.sends_at > self.now:
                    self.at(offer.sends_at + timedelta(minutes=1), self.see_to(town, phone, fate))
                    return
                if self.rng.random() < 0.1:
                    self.at(offer.expires_at + timedelta(minutes=1), self.see_to(town, phone, fate))
                    return
                answered = await answer_offer(
                    session, offer_id=offer.id, professional_id=offer.professional_id,
                    actor=Actor.professional("בן"), accept=True, now=self.now,
                )  # fmt: skip
                lead_id, booking = answered.lead.id, answered.booking
                starts_at, ends_at = booking.starts_at, booking.ends_at
            self.fate(town, fate, lead_id, starts_at, ends_at, phone)

        return deed

    def fate(self, town: Town, fate: str, lead_id: int, starts_at: datetime, ends_at: datetime, phone: str) -> None:
        between = self.now + (starts_at - self.now) * self.rng.uniform(0.1, 0.9)
        match fate:
            case "done":
                self.at(ends_at + timedelta(minutes=5), self.of_visit(town, lead_id, finished))
            case "cancels":
                self.at(between, self.of_visit(town, lead_id, called_off))
            case "confirms":
                self.at(between, self.of_visit(town, lead_id, confirmed))
                self.at(ends_at + timedelta(minutes=5), self.of_visit(town, lead_id, finished))
            case "moves":
                self.at(between, self.move(town, lead_id, phone))
            case "late":
                self.at(starts_at - timedelta(minutes=20), self.of_visit(town, lead_id, late))
                self.at(ends_at + timedelta(minutes=55), self.of_visit(town, lead_id, finished))
            case _:
                pass

    def move(self, town: Town, lead_id: int, phone: str) -> Deed:
        async def deed() -> None:
            worker = self.worker()
            try:
                async with worker.db.begin(town.business_id) as session:
                    booking = await find_promised(session, lead_id)
                    if booking is None:
                        return
                    visit, limits = await get_visit(session, booking.id), worker.settings.budget
                    await move_visit(session, visit, starts_at=self.hour(town), limits=limits, now=self.now)
            except ProliError:  # nobody is free at that hour: the visit stays
                self.refused += 1
            self.at(self.now + timedelta(minutes=1), self.see_to(town, phone, "done"))

        return deed

    def of_visit(self, town: Town, lead_id: int, what: OfVisit) -> Deed:
        async def deed() -> None:
            async with self.worker().db.begin(town.business_id) as session:
                booking = await find_promised(session, lead_id)
                if booking is not None:
                    await what(session, await get_visit(session, booking.id), self.now)

        return deed

    def day_off(self, town: Town, professional_id: int) -> Deed:
        async def deed() -> None:
            day = self.now.astimezone(town.zone).date() + timedelta(days=self.rng.randrange(3))
            async with self.worker().db.begin(town.business_id) as session:
                await take_days_off(session, professional_id, [day], actor=Actor.professional("בן"), now=self.now)

        return deed


def leads_of(contact_id: int) -> Select[int]:
    return select(Lead.id).where(Lead.contact_id == contact_id)


async def finished(session: BusinessSession, visit: VisitDetails, now: datetime) -> None:
    booking = visit.booking
    if booking.starts_at > now:  # it has moved meanwhile, and whoever comes knows
        return
    await finish_own(
        session, booking.id, professional_id=booking.professional_id, actor=Actor.professional("בן"), now=now,
        work=Work("", 35_000),
    )  # fmt: skip


async def called_off(session: BusinessSession, visit: VisitDetails, now: datetime) -> None:
    await close_request(session, visit, words="", now=now)


async def confirmed(session: BusinessSession, visit: VisitDetails, now: datetime) -> None:
    await confirm_coming(session, visit, now=now)


async def late(session: BusinessSession, visit: VisitDetails, now: datetime) -> None:
    booking = visit.booking
    await be_late(
        session, booking.id, professional_id=booking.professional_id, actor=Actor.professional("בן"),
        expected_at=booking.starts_at + timedelta(minutes=40), now=now,
    )  # fmt: skip
