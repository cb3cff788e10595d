"""Links of customers to their visits and of professionals to their day, where the world can reach us."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from proli.accounts.models import Business
from proli.accounts.tokens import AgendaPass, Signer, VisitPass
from proli.notifications.queries import VisitDetails
from proli.platform.runtime import Runtime
from proli.scheduling.models import Booking
from proli.scheduling.wall import opens_at


@dataclass(frozen=True, slots=True)
class VisitLinks:
    """Where the pages of visits are, and who signs their addresses."""

    public_url: str
    signer: Signer

    @classmethod
    def of(cls, runtime: Runtime) -> "VisitLinks | None":
        """None while the installation has no public address."""
        public_url = runtime.settings.http.public_url
        return None if public_url is None else cls(public_url, Signer(runtime.vault))

    def to(self, visit: VisitDetails, *, now: datetime) -> str:
        """The address of the visit's page."""
        return f"{self.public_url}/visit/{token_to(visit.booking, self.signer, now=now)}"


def token_to(booking: Booking, signer: Signer, *, now: datetime) -> str:
    """What opens the visit's page: good until a day after the visit, or after now when that is later."""
    shown = VisitPass(business_id=booking.business_id, booking_id=booking.id)
    return signer.visit(shown, over_at=max(booking.over_at, now))


def replan_links(public_url: str, business: Business, days: Iterable[tuple[int, datetime]]) -> list[str]:
    """Where in the console the days of professionals are planned anew, by a moment of each; each once, in order."""
    zone = ZoneInfo(business.zone)
    found = sorted({(f"{moment.astimezone(zone):%Y-%m-%d}", who) for who, moment in days})
    calendar = f"{public_url}/b/{business.slug}/calendar?mode=day"
    return [f"{calendar}&professional={who}&replan={who}&date={day}" for day, who in found]


@dataclass(frozen=True, slots=True)
class AgendaLinks:
    """Where the calendar files of professionals are, and who signs their addresses."""

    public_url: str
    signer: Signer

    @classmethod
    def of(cls, runtime: Runtime) -> "AgendaLinks | None":
        """None while the installation has no public address."""
        public_url = runtime.settings.http.public_url
        return None if public_url is None else cls(public_url, Signer(runtime.vault))

    def to(self, professional_id: int, business: Business, day: date) -> str:
        """The address of the day's file, good until a day after it."""
        over_at = opens_at(day + timedelta(days=1), 0, ZoneInfo(business.zone))
        token = self.signer.agenda(AgendaPass(business.id, professional_id, day), over_at=over_at)
        return f"{self.public_url}/api/public/agendas/{token}.ics"
