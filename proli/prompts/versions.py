"""Versions of a business's own guidance: one draft is written, published, and archived by the next."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from proli.accounts.actor import Actor
from proli.platform.db import BusinessSession, locked
from proli.prompts.errors import PromptChanged, PromptNotFound
from proli.prompts.models import Prompt, PromptChannel, PromptStatus

LONGEST: Final = 8000
MOST: Final = 200


async def list_prompts(session: BusinessSession, channel: PromptChannel) -> Sequence[Prompt]:
    """The versions of the channel, newest first."""
    found = select(Prompt).where(Prompt.channel == channel).order_by(Prompt.number.desc()).limit(MOST)
    return (await session.scalars(found.execution_options(populate_existing=True))).all()


async def write_draft(
    session: BusinessSession, channel: PromptChannel, text: str, *, version: int | None, actor: Actor
) -> None:
    """The channel's draft reads so; it is made when there is none.

    Raises:
        PromptChanged: `version` is not that of the draft, or there is a draft and none was given.
    """
    draft = await find_prompt(session, channel, PromptStatus.draft)
    if version != (draft.version if draft else None):
        raise PromptChanged(version=draft.version if draft else None)
    async with alone(session):
        if draft is not None:
            draft.text, draft.actor = text, actor
        else:
            await add_prompt(session, channel, text, status=PromptStatus.draft, actor=actor)


async def publish_draft(
    session: BusinessSession, channel: PromptChannel, *, version: int | None, actor: Actor, now: datetime
) -> None:
    """The draft is what models go by from the next turn on; what was published before is archived.

    Raises:
        PromptNotFound: there is no draft.
        PromptChanged: `version` was given and is not the draft's.
    """
    draft = await find_prompt(session, channel, PromptStatus.draft)
    if draft is None:
        raise PromptNotFound(channel=channel.value, status=PromptStatus.draft.value)
    if version not in (None, draft.version):
        raise PromptChanged(version=draft.version)
    async with alone(session):
        await archive_published(session, channel)
        draft.status, draft.published_at, draft.actor = PromptStatus.published, now, actor


async def roll_back(
    session: BusinessSession, channel: PromptChannel, number: int, *, actor: Actor, now: datetime
) -> None:
    """The text of an archived version is published anew, under a new number; a draft stays as it is.

    Raises:
        PromptNotFound: no archived version has that number.
    """
    earlier = await find_prompt(session, channel, PromptStatus.archived, number=number)
    if earlier is None:
        raise PromptNotFound(channel=channel.value, number=number, status=PromptStatus.archived.value)
    async with alone(session):
        await archive_published(session, channel)
        made = await add_prompt(session, channel, earlier.text, status=PromptStatus.published, actor=actor)
        made.published_at = now


async def archive_published(session: BusinessSession, channel: PromptChannel) -> None:
    published = await find_prompt(session, channel, PromptStatus.published)
    if published is not None:
        published.status = PromptStatus.archived
        await session.flush()


async def add_prompt(
    session: BusinessSession, channel: PromptChannel, text: str, *, status: PromptStatus, actor: Actor
) -> Prompt:
    last = await session.scalar(select(func.max(Prompt.number)).where(Prompt.channel == channel))
    made = Prompt(channel=channel, number=(last or 0) + 1, status=status, text=text, actor=actor)
    session.add(made)
    return made


async def find_prompt(
    session: BusinessSession, channel: PromptChannel, status: PromptStatus, *, number: int | None = None
) -> Prompt | None:
    """The version in that state, locked; of archived ones the one with that number."""
    wanted = select(Prompt).where(Prompt.channel == channel, Prompt.status == status)
    return await session.scalar(locked(wanted if number is None else wanted.where(Prompt.number == number)))


@asynccontextmanager
async def alone(session: BusinessSession) -> AsyncGenerator[None]:
    """Of several who write at once, one does; the others are told that something has changed.

    Raises:
        PromptChanged: somebody else was first.
    """
    try:
        async with session.begin_nested():
            yield
    except IntegrityError as error:
        raise PromptChanged(version=None) from error
