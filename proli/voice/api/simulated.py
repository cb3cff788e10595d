"""Trying out how calls are answered: a call that is played in the browser."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from proli.accounts.deeds import not_kept
from proli.accounts.errors import BadSetting
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.platform.doors.fields import Body, Phone
from proli.voice.errors import NobodyTalks
from proli.voice.simulating import begin_simulated
from proli.voice.talking import talker_for
from proli.voice.twilio.told import MEDIA

router = APIRouter(prefix="/api/businesses/{slug}/calls/simulated", tags=["calls"])
Manager = Annotated[Inside, inside(Role.manager)]


class SimulatedCaller(Body):
    phone: Annotated[Phone | None, Field(description="Of somebody who is played; without it, of nobody.")] = None


class SimulatedCall(BaseModel):
    call_id: int
    call_sid: Annotated[str, Field(description="As the provider of the line names it.")]
    token: Annotated[str, Field(description="Opens the line once, within seconds.")]
    path: Annotated[str, Field(description="Where the line is opened, by WebSocket.")]
    hears: Annotated[bool, Field(description="Whether what is said is understood; else only what is typed is.")]


@router.post("", status_code=201)
@not_kept("whoever tries calls out speaks as a customer, which the log of calls shows")
async def post_simulated_call(body: SimulatedCaller, request: Request, inside: Manager) -> SimulatedCall:
    """Somebody who is played calls: their line is opened by the page, which says what the provider would."""
    talker = await talker_for(request.app, simulated=True)
    if talker is None:
        raise NobodyTalks
    try:
        phone_e164 = parse_phone(body.phone) if body.phone else None
    except BadPhone as error:
        raise BadSetting(field="phone") from error
    promised = await begin_simulated(inside.session, inside.runtime.vault, phone_e164, now=inside.now)
    call = promised.call
    return SimulatedCall(
        call_id=call.id, call_sid=call.external_id, token=promised.token, path=MEDIA, hears=talker.hears
    )
