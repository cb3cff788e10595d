"""Views that people keep."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside, require_role
from proli.accounts.permissions import Role
from proli.leads.models import SavedView
from proli.leads.views import add_view, get_view, list_views

router = APIRouter(prefix="/api/businesses/{slug}/views", tags=["views"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S", examples=["דחופים ברמת גן"])]
QueryString = Annotated[
    str,
    Field(
        max_length=1000,
        description="What stands in the page's address after the question mark.",
        examples=["urgency=high&locality=רמת גן"],
    ),
]


class ViewOut(BaseModel):
    id: int
    version: Annotated[int, Field(description="To be sent back with an edit.")]
    name: Name
    query: QueryString
    position: int
    shared: Annotated[bool, Field(description="Whether everybody in the business sees it.")]


class NewView(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name
    query: QueryString
    shared: Annotated[bool, Field(description="A manager may share with everybody.")] = False


class ViewEdit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Annotated[int, Field(description="The version that was edited; another one is refused with 409.")]
    name: Name | None = None
    query: QueryString | None = None
    position: Annotated[int | None, Field(ge=0, le=1000)] = None
    shared: bool | None = None


@router.get("")
async def get_views(inside: Viewer) -> list[ViewOut]:
    """The shared views, then one's own."""
    return [shown_view(view) for view in await list_views(inside.session, user_id=inside.member.user_id)]


@router.post("", status_code=201)
@deed("view.added", "view")
async def post_view(body: NewView, inside: Viewer) -> ViewOut:
    """Keep a view, for oneself or, as a manager, for everybody."""
    require_manager(inside, shared=body.shared)
    user_id = None if body.shared else inside.member.user_id
    return shown_view(await add_view(inside.session, user_id=user_id, name=body.name.strip(), query=body.query))


@router.patch("/{view_id}")
@deed("view.changed", "view:{view_id}")
async def patch_view(view_id: int, body: ViewEdit, inside: Viewer) -> ViewOut:
    """Change a view, unless somebody else has meanwhile; shared ones are a manager's to change."""
    view = await get_view(inside.session, view_id, user_id=inside.member.user_id, version=body.version)
    require_manager(inside, shared=view.user_id is None or body.shared is True)
    for name, value in body.model_dump(include={"name", "query", "position"}, exclude_none=True).items():
        setattr(view, name, value)
    if body.shared is not None:
        view.user_id = None if body.shared else inside.member.user_id
    await inside.session.flush()
    await inside.session.refresh(view)
    return shown_view(view)


@router.delete("/{view_id}", status_code=204)
@deed("view.removed", "view:{view_id}")
async def delete_view(view_id: int, inside: Viewer) -> None:
    """The view is no more; shared ones are a manager's to take away."""
    view = await get_view(inside.session, view_id, user_id=inside.member.user_id)
    require_manager(inside, shared=view.user_id is None)
    await inside.session.delete(view)


def require_manager(inside: Inside, *, shared: bool) -> None:
    """Return when the view is one's own, or the user may decide for everybody.

    Raises:
        Forbidden: it is shared and they may not.
    """
    if shared:
        require_role(inside.member, Role.manager)


def shown_view(view: SavedView) -> ViewOut:
    return ViewOut(
        id=view.id,
        version=view.version,
        name=view.name,
        query=view.query,
        position=view.position,
        shared=view.user_id is None,
    )
