"""The board's columns and the tasks of leads."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.actor import Actor
from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.leads.models import LeadStatus, Task
from proli.leads.stages import MOST, Colour, Column, list_columns, set_columns
from proli.leads.tasks import add_task, list_open_tasks, list_tasks, mark_task
from proli.platform.doors.values import Moment

router = APIRouter(prefix="/api/businesses/{slug}", tags=["leads"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]
Manager = Annotated[Inside, inside(Role.manager)]


class StageOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: Annotated[int | None, Field(description="None for a column of ours, before the business has made its own.")]
    name: Annotated[str, Field(examples=["ממתין לאיש מקצוע"])]
    kind: LeadStatus
    colour: Annotated[str, Field(examples=["amber"])]


class StageIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[int | None, Field(description="Of a stage that stays; none for a new one.")] = None
    name: Annotated[str, Field(min_length=1, max_length=40)]
    kind: LeadStatus
    colour: Colour


class Board(BaseModel):
    model_config = ConfigDict(extra="forbid")

    stages: Annotated[list[StageIn], Field(min_length=1, max_length=MOST)]


@router.get("/stages")
async def get_stages(inside: Viewer, language: Annotated[str, Query(pattern="^(he|en)$")] = "he") -> list[StageOut]:
    """The columns of the board, first to last."""
    return [StageOut.model_validate(one) for one in await list_columns(inside.session, language)]


@router.put("/stages")
@deed("stages.changed", "stages")
async def put_stages(body: Board, inside: Manager) -> list[StageOut]:
    """The board is these columns from now on; every status needs one."""
    await set_columns(inside.session, [Column(one.id, one.name.strip(), one.kind, one.colour) for one in body.stages])
    return [StageOut.model_validate(one) for one in await list_columns(inside.session, "he")]


class TaskOut(BaseModel):
    id: int
    lead_id: int
    text: str
    due_at: datetime | None
    done_at: datetime | None
    actor: Actor


class TaskOfLead(TaskOut):
    customer: Annotated[str | None, Field(description="Whose lead it is.")]


class NewTask(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=400)]
    due_at: Moment | None = None


class TaskChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    done: bool


@router.get("/tasks")
async def get_tasks(inside: Viewer) -> list[TaskOfLead]:
    """What is still to be done, the most urgent first."""
    found = await list_open_tasks(inside.session)
    return [TaskOfLead(**shown_task(task).model_dump(), customer=customer) for task, customer in found]


@router.get("/leads/{lead_id}/tasks")
async def get_lead_tasks(lead_id: int, inside: Viewer) -> list[TaskOut]:
    """The tasks of a lead, those to be done first."""
    return [shown_task(task) for task in await list_tasks(inside.session, lead_id)]


@router.post("/leads/{lead_id}/tasks", status_code=201)
@deed("task.added", "lead:{lead_id}")
async def post_task(lead_id: int, body: NewTask, inside: Agent) -> TaskOut:
    """Something to do for a lead."""
    return shown_task(await add_task(inside.session, lead_id, text=body.text, due_at=body.due_at, actor=inside.actor))


@router.patch("/leads/{lead_id}/tasks/{task_id}")
@deed("task.changed", "lead:{lead_id}")
async def patch_task(lead_id: int, task_id: int, body: TaskChange, inside: Agent) -> TaskOut:
    """A task is done, or not yet after all."""
    return shown_task(await mark_task(inside.session, lead_id, task_id, done_at=inside.now if body.done else None))


def shown_task(task: Task) -> TaskOut:
    return TaskOut(
        id=task.id, lead_id=task.lead_id, text=task.text, due_at=task.due_at, done_at=task.done_at, actor=task.actor
    )
