"""Links of customers to their visits, on installations that the world can reach."""

from dataclasses import dataclass
from datetime import datetime

from proli.accounts.tokens import Signer, VisitPass
from proli.notifications.queries import VisitDetails
from proli.platform.runtime import Runtime


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
        """The address of the visit's page, good until a day after the visit, or after now when that is later."""
        booking = visit.booking
        shown = VisitPass(business_id=booking.business_id, booking_id=booking.id)
        return f"{self.public_url}/visit/{self.signer.visit(shown, over_at=max(booking.ends_at, now))}"
