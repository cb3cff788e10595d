"""What the daily digest counts is what still waits for somebody."""

from datetime import timedelta

from sqlalchemy import update

from proli.reports.digest import list_open_visits
from proli.scheduling.models import Booking
from tests.conftest import ManualClock
from tests.reports.conftest import HOUR, History


async def test_a_visit_to_which_somebody_comes_late_is_not_over_before_as_long_as_it_takes(
    history: History, clock: ManualClock
) -> None:
    now = clock.now()
    yossi = await history.hire("יוסי", "+972520000001")
    lead_id = await history.lead(now - timedelta(days=1), who=yossi, status="booked")
    booking_id = await history.visit(lead_id, yossi, now - 2 * HOUR, "confirmed")
    async with history.runtime.db.begin(history.business_id) as session:
        assert (await list_open_visits(session, now=now)).count == 1
        late = update(Booking).where(Booking.id == booking_id).values(expected_at=now - HOUR / 2)
        await session.execute(late)
        assert (await list_open_visits(session, now=now)).count == 0
        assert (await list_open_visits(session, now=now + HOUR)).count == 1
