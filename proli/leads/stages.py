"""The business's own board: columns with names and colours of its choice, each of a status by which the rules go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import delete, select

from proli.leads.columns import STATUS_NAMES
from proli.leads.errors import BadStages, StageNotFound
from proli.leads.models import LeadStatus, Stage
from proli.platform.db import BusinessSession

Colour = Literal["blue", "slate", "amber", "teal", "green", "grey", "red", "violet", "pink"]
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board; without an id it is one of ours, which every business has until it makes its own."""

    id: int | None
    name: str
    kind: LeadStatus
    colour: str


OUR_COLOURS: Final = ("blue", "slate", "amber", "teal", "green", "grey")


def our_columns(language: str) -> list[Column]:
    names = STATUS_NAMES["en" if language == "en" else "he"]
    return [Column(None, names[kind], kind, colour) for kind, colour in zip(LeadStatus, OUR_COLOURS, strict=True)]


async def list_columns(session: BusinessSession, language: str) -> list[Column]:
    """The board from first to last."""
    stages = await session.scalars(select(Stage).order_by(Stage.position))
    return [Column(one.id, one.name, one.kind, one.colour) for one in stages] or our_columns(language)


async def get_stage(session: BusinessSession, stage_id: int) -> Stage:
    found = await session.scalar(select(Stage).where(Stage.id == stage_id))
    if found is None:
        raise StageNotFound(stage_id=stage_id)
    return found


async def status_of_column(session: BusinessSession, status: LeadStatus, stage_id: int | None) -> LeadStatus:
    """The status of the leads in a column: its stage's own, or `status` where it is the first one of that."""
    return status if stage_id is None else (await get_stage(session, stage_id)).kind


async def set_columns(session: BusinessSession, columns: Sequence[Column]) -> None:
    """The board is these columns; leads of one that is gone stand in the first of their status.

    Raises:
        BadStages: a status without a column, so that its leads would be nowhere.
        StageNotFound: an id that is no stage of this business.
    """
    missing = sorted({*LeadStatus} - {column.kind for column in columns})
    if missing:
        raise BadStages(reason="status_without_stage", missing=missing)
    known = {stage.id: stage for stage in await session.scalars(select(Stage))}
    kept = {column.id for column in columns if column.id is not None}
    if unknown := kept - known.keys():
        raise StageNotFound(stage_id=min(unknown))
    if gone := known.keys() - kept:
        await session.execute(delete(Stage).where(Stage.id.in_(gone)))
    for position, column in enumerate(columns):
        if column.id is None:
            session.add(Stage(name=column.name, kind=column.kind, colour=column.colour, position=position))
            continue
        stage = known[column.id]
        stage.name, stage.colour, stage.position = column.name, column.colour, position
        if stage.kind != column.kind:
            raise BadStages(reason="status_of_stage_is_fixed", stage_id=stage.id)
    await session.flush()
