"""Drafts of replies in the inbox."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from proli.accounts.deeds import not_kept
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.chat.drafting import make_draft

router = APIRouter(prefix="/api/businesses/{slug}/conversations", tags=["agent"])
Agent = Annotated[Inside, inside(Role.agent)]


class PresumedOut(BaseModel):
    tool: Annotated[str, Field(examples=["request_visit"])]
    arguments: Annotated[dict[str, Any], Field(examples=[{"start": "2026-11-24T16:00:00+02:00"}])]


class DraftOut(BaseModel):
    text: Annotated[str, Field(examples=["הבקשה למחר ב-16:00 נשלחה, נעדכן כשתאושר."])]
    model: Annotated[str, Field(description="rules for the agent that needs no model.", examples=["gemini-3.8-flash"])]
    presumed: Annotated[
        list[PresumedOut],
        Field(description="What the agent would have done besides. Nobody has: the text holds once a person has."),
    ]


@router.post("/{conversation_id}/draft")
@not_kept("words are proposed, and nothing is changed")
async def post_draft(conversation_id: int, inside: Agent) -> DraftOut:
    """What the agent would answer now, to be edited and sent by a person. Nothing is stored, sent or done."""
    draft = await make_draft(inside.runtime, inside.member.business_id, conversation_id)
    presumed = [PresumedOut(tool=done.tool, arguments=dict(done.arguments)) for done in draft.presumed]
    return DraftOut(text=draft.text, model=draft.model, presumed=presumed)
