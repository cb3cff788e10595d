"""The record of who changed what."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.actor import Actor
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import Sought, list_audit
from proli.platform.doors.values import Moment

router = APIRouter(prefix="/api/businesses/{slug}/audit", tags=["operations"])
Owner = Annotated[Inside, inside(Role.owner)]


class AuditEntryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    at: datetime
    user_id: Annotated[int | None, Field(description="Null when the user is no more.")]
    actor: Actor
    action: Annotated[str, Field(examples=["price.changed"])]
    subject: Annotated[str, Field(examples=["price:7"])]
    details: Annotated[dict[str, Any], Field(examples=[{"from_agorot": {"was": 25000, "is": 30000}}])]


class AuditPage(BaseModel):
    entries: Annotated[list[AuditEntryOut], Field(description="Newest first.")]
    after: Annotated[int | None, Field(description="For the next page; null at the end.")]


Asked = Annotated[str, Query(max_length=120)]
"""In so many letters whoever looks for something says it."""


def sought(
    who: Annotated[Asked, Query(description="A kind of actor, or a name.", examples=["agent", "Dana"])] = "",
    action: Annotated[Asked, Query(examples=["price", "price.changed"])] = "",
    subject: Annotated[Asked, Query(examples=["lead:12"])] = "",
    since: Moment | None = None,
    until: Moment | None = None,
) -> Sought:
    return Sought(who.strip(), action.strip(), subject.strip(), since, until)


@router.get("")
async def get_audit(
    inside: Owner,
    wanted: Annotated[Sought, Depends(sought)],
    after: int | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> AuditPage:
    """Who changed what, a page at a time; all of it, or what is asked for."""
    found = await list_audit(inside.session, wanted, before=after, limit=limit + 1)
    following = found[limit - 1].id if len(found) > limit else None
    return AuditPage(entries=[AuditEntryOut.model_validate(one) for one in found[:limit]], after=following)
