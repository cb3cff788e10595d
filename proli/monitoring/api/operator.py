"""What the operator sees: every business, and how the installation is doing."""

from collections import defaultdict
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.http import Operating, operating
from proli.accounts.rules import Happening
from proli.accounts.security_log import list_events_of_all
from proli.conversations.models import NumberHealth
from proli.monitoring.overview import Glance, list_glances
from proli.monitoring.queries import (
    Jobs,
    count_dead_letters,
    count_outbox,
    count_unanswered,
    list_jobs,
    list_workers,
)
from proli.playbooks.loader import Bilingual, get_playbook
from proli.sweeps.plans import Sweep
from proli.sweeps.queries import count_outages, list_doing

router = APIRouter(prefix="/api/operator", tags=["operator"])
Operator = Annotated[Operating, operating()]


class ChannelState(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    provider: str
    health: NumberHealth
    state: Annotated[str, Field(description="The provider's own word.", examples=["authorized"])]
    state_at: datetime | None


class BusinessGlance(BaseModel):
    id: int
    slug: str
    name: str
    kind: Annotated[Bilingual, Field(description="What a business of its kind is called.")]
    created_at: datetime
    members: int
    professionals: Annotated[int, Field(description="Active ones.")]
    leads: Annotated[int, Field(description="Of the last 30 days.")]
    messages: Annotated[int, Field(description="Of both sides, of the last 30 days.")]
    channels: list[ChannelState]


class BusinessPage(BaseModel):
    businesses: list[BusinessGlance]
    after: Annotated[int | None, Field(description="For the next page; null at the end.")]


class QueueOut(BaseModel):
    queue: str
    waiting: Annotated[int, Field(description="Those whose time is still to come among them.")]
    running: int
    failed: int
    oldest_s: Annotated[float, Field(description="How long the oldest job that has a time is overdue.")]


class WorkerOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    last_heartbeat: datetime
    alive: bool


class SweepHealth(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    sweep: Sweep
    last_at: Annotated[datetime | None, Field(description="When it last ran to its end in any business.")]
    took_ms: Annotated[int, Field(description="The longest of the last runs.")]
    found: Annotated[int, Field(description="Rows of the last runs of all businesses.")]
    failed: Annotated[int, Field(description="Those of them that could not be seen to.")]
    found_ever: int
    failed_ever: int


class Health(BaseModel):
    queues: list[QueueOut]
    oldest_s: Annotated[float, Field(description="How long the oldest job of any queue that has a time is overdue.")]
    dead_jobs: Annotated[int, Field(description="Jobs that failed after their last try.")]
    workers: list[WorkerOut]
    dead_letters: int
    unanswered: Annotated[int, Field(description="Customers' messages without an answer.")]
    outbox: Annotated[dict[str, int], Field(description="Messages on their way out.", examples=[{"queued": 2}])]
    sweeps: list[SweepHealth]
    numbers_down: int
    models_down: Annotated[int, Field(description="Counted in each business that relies on them.")]


@router.get("/businesses")
async def get_operator_businesses(
    operator: Operator, after: int = 0, limit: Annotated[int, Query(ge=1, le=200)] = 100
) -> BusinessPage:
    """Every business with its numbers, a page at a time."""
    found = await list_glances(operator.session, after=after, limit=limit + 1)
    following = found[limit - 1].business.id if len(found) > limit else None
    return BusinessPage(businesses=[shown(one) for one in found[:limit]], after=following)


class InstallationEvent(BaseModel):
    id: int
    kind: Happening
    at: datetime
    source: Annotated[str, Field(description="The address it came from.")]
    device: str
    email: Annotated[str | None, Field(description="None where nobody has the address that was tried.")]
    business: Annotated[str | None, Field(description="Its short name, where it concerns one.")]


class InstallationEvents(BaseModel):
    events: Annotated[list[InstallationEvent], Field(description="Newest first.")]
    after: Annotated[int | None, Field(description="For the next page; null at the end.")]


@router.get("/security")
async def get_operator_security(
    operator: Operator, after: int | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> InstallationEvents:
    """Sign-ins, refusals, changes of accounts and exports of the whole installation, a page at a time."""
    found = await list_events_of_all(operator.session, after=after, limit=limit + 1)
    following = found[limit - 1].event.id if len(found) > limit else None
    events = [
        InstallationEvent(
            id=one.event.id, kind=one.event.kind, at=one.event.at, source=one.event.source, device=one.event.device,
            email=one.email, business=one.business,
        )
        for one in found[:limit]
    ]  # fmt: skip
    return InstallationEvents(events=events, after=following)


@router.get("/health")
async def get_operator_health(operator: Operator) -> Health:
    """Queues, workers, and what has gone astray, of the whole installation."""
    session = operator.session
    queues = by_queue(await list_jobs(session))
    workers = await list_workers(session, within_s=operator.runtime.settings.worker.stalled_after_s)
    outages = await count_outages(session)
    return Health(
        queues=queues,
        oldest_s=max((one.oldest_s for one in queues), default=0),
        dead_jobs=sum(one.failed for one in queues),
        workers=[WorkerOut.model_validate(one) for one in workers],
        dead_letters=await count_dead_letters(session),
        unanswered=await count_unanswered(session),
        outbox=await count_outbox(session),
        sweeps=[SweepHealth.model_validate(one) for one in await list_doing(session)],
        numbers_down=outages["number"],
        models_down=outages["model"],
    )


def by_queue(jobs: list[Jobs]) -> list[QueueOut]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    late: dict[str, float] = {}
    for one in jobs:
        counts[one.queue][one.status] = one.count
        if one.status == "todo":
            late[one.queue] = max(one.oldest_s, 0)
    return [
        QueueOut(
            queue=queue,
            waiting=of.get("todo", 0),
            running=of.get("doing", 0),
            failed=of.get("failed", 0),
            oldest_s=late.get(queue, 0),
        )
        for queue, of in sorted(counts.items())
    ]


def shown(one: Glance) -> BusinessGlance:
    business = one.business
    return BusinessGlance(
        id=business.id,
        slug=business.slug,
        name=business.name,
        kind=Bilingual.model_validate(get_playbook(business.playbook).name),
        created_at=business.created_at,
        members=one.members,
        professionals=one.professionals,
        leads=one.leads,
        messages=one.messages,
        channels=[ChannelState.model_validate(number) for number in one.channels],
    )
