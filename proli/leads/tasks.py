"""What people of the business mean to do for a lead."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.contacts.models import Contact
from proli.leads.errors import TaskNotFound
from proli.leads.models import Lead, Task
from proli.leads.queries import NAME, get_lead
from proli.platform.db import BusinessSession

MOST_SHOWN: Final = 100


async def list_open_tasks(session: BusinessSession) -> Sequence[tuple[Task, str | None]]:
    """What is still to be done with whom it is for, the most urgent first."""
    rows = await session.execute(
        select(Task, NAME)
        .join(Lead, Lead.id == Task.lead_id)
        .join(Contact, Contact.id == Lead.contact_id)
        .where(Task.done_at.is_(None))
        .order_by(Task.due_at.asc().nulls_last(), Task.id)
        .limit(MOST_SHOWN)
    )
    return [(task, name or None) for task, name in rows]


async def list_tasks(session: BusinessSession, lead_id: int) -> Sequence[Task]:
    """The tasks of a lead, those to be done first.

    Raises:
        LeadNotFound
    """
    await get_lead(session, lead_id)
    found = select(Task).where(Task.lead_id == lead_id).order_by(Task.done_at.desc().nulls_first(), Task.id)
    return (await session.scalars(found)).all()


async def add_task(session: BusinessSession, lead_id: int, *, text: str, due_at: datetime | None, actor: Actor) -> Task:
    """Something is to be done for the lead.

    Raises:
        LeadNotFound
    """
    await get_lead(session, lead_id)
    task = Task(lead_id=lead_id, text=text.strip(), due_at=due_at, actor=actor, done_at=None)
    session.add(task)
    await session.flush()
    return task


async def mark_task(session: BusinessSession, lead_id: int, task_id: int, *, done_at: datetime | None) -> Task:
    """The task is done, or with None not yet after all.

    Raises:
        TaskNotFound: the lead has no such task.
    """
    task = await session.scalar(select(Task).where(Task.id == task_id, Task.lead_id == lead_id))
    if task is None:
        raise TaskNotFound(task_id=task_id)
    task.done_at = done_at
    await session.flush()
    return task
