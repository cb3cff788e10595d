"""What has gone astray: messages that could not be sent, and jobs that failed."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from proli.accounts.audit import record
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.conversations.dead_letters import DeadLetter, count_dead_letters, list_dead_letters, revive
from proli.conversations.failures import SendFailure
from proli.platform.dead_jobs import DeadJob, list_dead_jobs, run_again
from proli.platform.security import mask

router = APIRouter(prefix="/api/businesses/{slug}/dead-letters", tags=["operations"])
Manager = Annotated[Inside, inside(Role.manager)]


class DeadMessageOut(BaseModel):
    id: int
    conversation_id: int
    name: str
    phone: Annotated[str | None, Field(examples=["+972521234567"])]
    text: str
    queued_at: datetime
    attempted_at: Annotated[datetime | None, Field(description="When its last try began.")]
    attempts: int
    failure: SendFailure | None
    error: Annotated[str, Field(description="The provider's words; phones and tokens in them are masked.")]


class DeadJobOut(BaseModel):
    id: int
    task: Annotated[str, Field(examples=["chat.jobs.answer"])]
    queue: str
    due_at: Annotated[datetime | None, Field(description="When its last try was due, if it was tried more than once.")]
    attempts: int
    about: Annotated[dict[str, Any], Field(description="The ids it is about.", examples=[{"conversation_id": 7}])]


class DeadLetters(BaseModel):
    """Newest first; there may be more than are listed."""

    messages: list[DeadMessageOut]
    messages_total: int
    jobs: list[DeadJobOut]
    jobs_total: int


@router.get("")
async def get_dead_letters(inside: Manager, limit: Annotated[int, Query(ge=1, le=200)] = 100) -> DeadLetters:
    """What nobody tries again by itself."""
    letters = await list_dead_letters(inside.session, limit=limit)
    total = await count_dead_letters(inside.session)
    async with inside.runtime.db.begin_operator() as session:
        jobs, jobs_total = await list_dead_jobs(session, business_id=inside.member.business_id, limit=limit)
    return DeadLetters(
        messages=[shown(one) for one in letters],
        messages_total=total,
        jobs=[shown_job(one) for one in jobs],
        jobs_total=jobs_total,
    )


@router.post("/messages/{message_id}/replay", status_code=204)
async def post_message_replay(message_id: int, inside: Manager) -> None:
    """Send the message after all."""
    await revive(inside.session, message_id=message_id)
    record(inside, "message.replayed", f"message:{message_id}")


@router.post("/jobs/{job_id}/replay", status_code=204)
async def post_job_replay(job_id: int, inside: Manager) -> None:
    """Run the job once more, with all its tries."""
    async with inside.runtime.db.begin_operator() as session:
        await run_again(session, business_id=inside.member.business_id, job_id=job_id)
    record(inside, "job.replayed", f"job:{job_id}")


def shown(one: DeadLetter) -> DeadMessageOut:
    message, contact = one.message, one.contact
    return DeadMessageOut(
        id=message.id,
        conversation_id=message.conversation_id,
        name=contact.name,
        phone=contact.phone_e164,
        text=message.text,
        queued_at=message.sent_at,
        attempted_at=message.attempted_at,
        attempts=message.attempts,
        failure=message.failure,
        error=mask(message.error or ""),
    )


def shown_job(one: DeadJob) -> DeadJobOut:
    about = {name: value for name, value in one.event.items() if name != "business_id"}
    return DeadJobOut(id=one.id, task=one.task, queue=one.queue, due_at=one.due_at, attempts=one.attempts, about=about)
