"""The calendar file of a professional's day, for whoever has its link."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from proli.accounts.http import Now, TheRuntime
from proli.accounts.tokens import Signer
from proli.notifications.agenda import agenda_file

router = APIRouter(prefix="/api/public/agendas", tags=["public"])


@router.get(
    "/{token}.ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {}}, "description": "The day's visits as they stand now."}},
)
async def get_agenda_file(
    token: Annotated[str, Path(max_length=600, description="What the link ends with.")], runtime: TheRuntime, now: Now
) -> Response:
    """The visits of the day that the link is of, for a calendar."""
    shown = Signer(runtime.vault).read_agenda(token, now=now)
    async with runtime.db.begin(shown.business_id) as session:
        content = await agenda_file(session, shown.professional_id, shown.day, now=now)
    headers = {"cache-control": "no-store", "content-disposition": 'attachment; filename="agenda.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
