"""Prompts in the console: what a business writes for the agent to go by, below our rules."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.actor import Actor
from proli.accounts.audit import record
from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.prompts.models import PromptChannel, PromptStatus
from proli.prompts.templates import template, template_version
from proli.prompts.versions import LONGEST, list_prompts, publish_draft, roll_back, write_draft

router = APIRouter(prefix="/api/businesses/{slug}/prompts", tags=["agent"])
Manager = Annotated[Inside, inside(Role.manager)]
Version = Annotated[int | None, Field(description="Of the draft that was seen; another one is refused with 409.")]


class PromptOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: Annotated[int, Field(description="1, 2, 3 within the channel.", examples=[3])]
    status: PromptStatus
    text: Annotated[str, Field(examples=["פונים בגוף שני, ומציעים קודם מועד בשעות הבוקר."])]
    actor: Annotated[Actor, Field(description="Who wrote it last.")]
    created_at: datetime
    changed_at: datetime
    published_at: datetime | None
    version: Annotated[int, Field(description="To be sent back with an edit.")]


class Prompts(BaseModel):
    channel: PromptChannel
    template: Annotated[str, Field(description="What stands before every version and cannot be changed.")]
    template_version: Annotated[str, Field(examples=["services-ab12cd34"])]
    versions: Annotated[list[PromptOut], Field(description="Newest first: one draft and one published at most.")]


class DraftIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=LONGEST, description="An empty one takes back what was written before.")]
    version: Annotated[int | None, Field(description="Of the draft that was edited; none for a new draft.")] = None


class Publish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Version = None


class RollBack(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: Annotated[int, Field(ge=1, description="Of an archived version.")]


@router.get("")
async def get_prompts(inside: Manager, channel: PromptChannel = PromptChannel.whatsapp) -> Prompts:
    """Every version of a channel, and our own text before it."""
    return await shown(inside, channel)


@router.put("/{channel}/draft")
@deed("prompt.drafted", "prompt:{channel}")
async def put_prompt_draft(channel: PromptChannel, body: DraftIn, inside: Manager) -> Prompts:
    """Write the draft, unless somebody else has changed it meanwhile. Nobody goes by it before it is published."""
    await write_draft(inside.session, channel, body.text.strip(), version=body.version, actor=inside.actor)
    return await shown(inside, channel)


@router.post("/{channel}/publish")
async def post_prompt_publish(
    channel: PromptChannel, inside: Manager, body: Annotated[Publish | None, Body()] = None
) -> Prompts:
    """The draft holds from the next turn on; the version before it is archived."""
    version = body.version if body else None
    await publish_draft(inside.session, channel, version=version, actor=inside.actor, now=inside.now)
    await record_published(inside, channel, "prompt.published")
    return await shown(inside, channel)


@router.post("/{channel}/roll-back")
async def post_prompt_roll_back(channel: PromptChannel, body: RollBack, inside: Manager) -> Prompts:
    """An archived version holds again, under a new number."""
    await roll_back(inside.session, channel, body.number, actor=inside.actor, now=inside.now)
    await record_published(inside, channel, "prompt.rolled_back", of=body.number)
    return await shown(inside, channel)


async def record_published(inside: Inside, channel: PromptChannel, action: str, *, of: int | None = None) -> None:
    """On record: which number holds now, and of which archived one it is the words."""
    versions = await list_prompts(inside.session, channel)
    number = next((one.number for one in versions if one.status is PromptStatus.published), None)
    details = {"number": number} if of is None else {"number": number, "of_number": of}
    record(inside, action, f"prompt:{channel}", details)


async def shown(inside: Inside, channel: PromptChannel) -> Prompts:
    playbook = (await get_business(inside.session)).playbook
    versions = await list_prompts(inside.session, channel)
    return Prompts(
        channel=channel,
        template=template(playbook),
        template_version=template_version(playbook),
        versions=[PromptOut.model_validate(one) for one in versions],
    )
