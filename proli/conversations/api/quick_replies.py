"""Words that staff have at hand in the inbox."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.deeds import deed
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.conversations.quick_replies import (
    Language,
    add_quick_reply,
    get_quick_reply,
    list_quick_replies,
    reply_of,
)

router = APIRouter(prefix="/api/businesses/{slug}/quick-replies", tags=["conversations"])
Agent = Annotated[Inside, inside(Role.agent)]
Manager = Annotated[Inside, inside(Role.manager)]
Title = Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S", examples=["כתובת מלאה"])]
Text = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S", examples=["אפשר לקבל כתובת מלאה?"])]


class QuickReplyOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: Annotated[int | None, Field(description="None for one of ours, before the business has made its own.")]
    version: Annotated[int | None, Field(description="To be sent back with an edit; None for one of ours.")]
    title: Title
    text: Text
    language: Language
    position: int


class NewQuickReply(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Title
    text: Text
    language: Language = "he"


class QuickReplyEdit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: Annotated[int, Field(description="The version that was edited; another one is refused with 409.")]
    title: Title | None = None
    text: Text | None = None
    language: Language | None = None
    position: Annotated[int | None, Field(ge=0, le=1000)] = None


@router.get("")
async def get_quick_replies(
    inside: Agent,
    language: Annotated[Language, Query(description="Of ours; the business's own come in whatever language.")] = "he",
) -> list[QuickReplyOut]:
    """What can be said with one click: the business's own, or ours while it has none."""
    return [QuickReplyOut.model_validate(one) for one in await list_quick_replies(inside.session, language)]


@router.post("", status_code=201)
@deed("quick_reply.added", "quick_reply")
async def post_quick_reply(body: NewQuickReply, inside: Manager) -> QuickReplyOut:
    """A quick reply of the business's own; from the first on, ours are not shown."""
    made = await add_quick_reply(
        inside.session, title=body.title.strip(), text=body.text.strip(), language=body.language
    )
    return QuickReplyOut.model_validate(made)


@router.patch("/{reply_id}")
@deed("quick_reply.changed", "quick_reply:{reply_id}")
async def patch_quick_reply(reply_id: int, body: QuickReplyEdit, inside: Manager) -> QuickReplyOut:
    """Change a quick reply, unless somebody else has meanwhile."""
    found = await get_quick_reply(inside.session, reply_id, version=body.version)
    for name, value in body.model_dump(exclude={"version"}, exclude_none=True).items():
        setattr(found, name, value.strip() if isinstance(value, str) else value)
    await inside.session.flush()
    await inside.session.refresh(found)
    return QuickReplyOut.model_validate(reply_of(found))


@router.delete("/{reply_id}", status_code=204)
@deed("quick_reply.removed", "quick_reply:{reply_id}")
async def delete_quick_reply(reply_id: int, inside: Manager) -> None:
    """The quick reply is no more; after the last one, ours are shown again."""
    await inside.session.delete(await get_quick_reply(inside.session, reply_id))
