"""Files of messages, as pages show them."""

from typing import Annotated

from fastapi import APIRouter, Response

from proli.accounts.http import Inside, inside
from proli.accounts.rules import Role
from proli.channels.files import headers_of, load_file

router = APIRouter(prefix="/api/businesses/{slug}/conversations", tags=["conversations"])
Viewer = Annotated[Inside, inside(Role.viewer)]


@router.get(
    "/{conversation_id}/messages/{message_id}/media",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def get_message_media(conversation_id: int, message_id: int, inside: Viewer) -> Response:
    """The file of a message, of the type it was sent as; pictures, sounds and films inline, others to be saved."""
    file, name = await load_file(inside.runtime, inside.member.business_id, conversation_id, message_id)
    return Response(file.data, headers={**headers_of(file.mime_type, name), "content-type": file.mime_type})
