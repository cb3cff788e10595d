"""Files of messages, as pages show them."""

from typing import Annotated

from fastapi import APIRouter, Response

from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.channels.files import headers_of
from proli.conversations.files import load_file
from proli.conversations.queries import get_message

router = APIRouter(prefix="/api/businesses/{slug}/conversations", tags=["conversations"])
Viewer = Annotated[Inside, inside(Role.viewer)]


@router.get(
    "/{conversation_id}/messages/{message_id}/media",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def get_message_media(conversation_id: int, message_id: int, inside: Viewer) -> Response:
    """The file of a message, of the type it was sent as; pictures, sounds and films inline, others to be saved."""
    business_id = inside.member.business_id
    async with inside.runtime.db.begin(business_id) as session:
        await get_message(session, conversation_id, message_id)
    file = await load_file(inside.runtime, business_id, message_id)
    return Response(file.data, headers={**headers_of(file.mime_type, file.name), "content-type": file.mime_type})
