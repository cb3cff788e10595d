"""What could not be sent and what failed: seen by its own business alone, and tried once more."""

import pytest
from sqlalchemy import text, update

from proli.accounts.permissions import Role
from proli.conversations.failures import SendFailure
from proli.conversations.models import Delivery, Direction, Message
from proli.conversations.reasons import PersonReason
from proli.notifications.events import StaffNeeded
from proli.platform.jobs import emit
from tests.console import Browser, Console
from tests.journeys.world import World

LETTERS = "/api/businesses/moran/dead-letters"
THEIRS = "/api/businesses/other/dead-letters"


@pytest.fixture
async def stranger(console: Console) -> Browser:
    await console.add_person("stranger@example.com", role=Role.owner, business="other")
    return await console.signed_in("stranger@example.com")


async def fail_replies(world: World) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await session.execute(
            update(Message)
            .where(Message.direction == Direction.outbound)
            .values(
                delivery=Delivery.failed,
                failure=SendFailure.no_whatsapp,
                error="no WhatsApp at 972500000001",
                attempts=3,
            )
        )


async def test_a_message_that_could_not_be_sent_is_shown_and_sent_after_all(
    manager: Browser, stranger: Browser, world: World
) -> None:
    await world.customer.say("שלום")
    await fail_replies(world)
    found = (await manager.call("GET", LETTERS)).json()
    (letter,) = found["messages"]
    assert (found["messages_total"], letter["phone"], letter["attempts"]) == (1, "+972500000001", 3)
    assert letter["failure"] == "no_whatsapp"
    assert letter["error"] == "no WhatsApp at ***01"
    replay = f"/messages/{letter['id']}/replay"
    assert (await stranger.call("POST", THEIRS + replay)).json()["code"] == "dead_letter_not_found"
    assert (await manager.call("POST", LETTERS + replay)).status_code == 204
    await world.queue.drain()
    assert (await manager.call("GET", LETTERS)).json()["messages"] == []
    async with world.runtime.db.begin(world.business_id) as session:
        sent = await session.get_one(Message, letter["id"])
        assert (sent.delivery, sent.failure, sent.error) == (Delivery.sent, None, None)
    assert (await manager.call("POST", LETTERS + replay)).status_code == 404, "it is no dead letter any more"


async def test_a_job_that_failed_is_shown_to_its_business_and_runs_once_more(
    manager: Browser, stranger: Browser, world: World
) -> None:
    async with world.runtime.db.begin(world.business_id) as session:
        await emit(
            session, StaffNeeded(business_id=world.business_id, lead_id=404, reason=PersonReason.complaint, key="x")
        )
    async with world.runtime.db.begin_operator() as session:
        await session.execute(
            text("UPDATE procrastinate_jobs SET status = 'failed', args = args || '{\"attempt\": 7}'")
        )
    found = (await manager.call("GET", LETTERS)).json()
    (job,) = found["jobs"]
    assert (found["jobs_total"], job["attempts"], job["about"]["lead_id"]) == (1, 8, 404)
    assert (await stranger.call("GET", THEIRS)).json()["jobs"] == []
    replay = f"/jobs/{job['id']}/replay"
    assert (await stranger.call("POST", THEIRS + replay)).json()["code"] == "dead_job_not_found"
    assert (await manager.call("POST", LETTERS + replay)).status_code == 204
    assert (await manager.call("POST", LETTERS + replay)).status_code == 404
    async with world.runtime.db.begin_operator() as session:
        rows = (await session.execute(text("SELECT status::text, args -> 'attempt' FROM procrastinate_jobs"))).all()
    assert [tuple(row) for row in rows] == [("todo", 0)]
