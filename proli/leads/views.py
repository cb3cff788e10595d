"""Views of the lists: each user's own, and those that all in the business share."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, or_, select

from proli.leads.errors import TooManyViews, ViewChanged, ViewNotFound
from proli.leads.models import SavedView
from proli.platform.db import BusinessSession, locked

MOST: Final = 50


async def list_views(session: BusinessSession, *, user_id: int) -> Sequence[SavedView]:
    """The shared views and then the user's own, each in their order."""
    seen = or_(SavedView.user_id == user_id, SavedView.user_id.is_(None))
    order = (SavedView.user_id.asc().nulls_first(), SavedView.position, SavedView.id)
    return (await session.scalars(select(SavedView).where(seen).order_by(*order))).all()


async def get_view(session: BusinessSession, view_id: int, *, user_id: int, version: int | None = None) -> SavedView:
    """The view, locked, for whoever may see it.

    Raises:
        ViewNotFound: none, or somebody else's.
        ViewChanged: not of that version any more.
    """
    found = await session.scalar(locked(select(SavedView).where(SavedView.id == view_id)))
    if found is None or found.user_id not in {None, user_id}:
        raise ViewNotFound(view_id=view_id)
    if version is not None and found.version != version:
        raise ViewChanged(view_id=view_id, version=found.version)
    return found


async def add_view(session: BusinessSession, *, user_id: int | None, name: str, query: str) -> SavedView:
    """One view more, after the others; without a user it is everybody's.

    Raises:
        TooManyViews: there are fifty.
    """
    counted = select(func.count(), func.coalesce(func.max(SavedView.position), -1))
    count, last = (await session.execute(counted.where(SavedView.user_id.is_not_distinct_from(user_id)))).one()
    if count >= MOST:
        raise TooManyViews(most=MOST)
    view = SavedView(user_id=user_id, name=name, query=query, position=last + 1)
    session.add(view)
    await session.flush()
    return view
