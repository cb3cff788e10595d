"""Two phones in the console: what people write from them goes the way of every message, and comes back to them."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.deeds import not_kept
from proli.accounts.http import Inside, inside, require_role
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.channels.simulator.channel import ensure_account, say
from proli.conversations.api.inbox import MessageOut, shown_message
from proli.conversations.lists import list_messages
from proli.conversations.models import NEVER_SENT, WAITING, Direction, Message, Owner
from proli.conversations.queries import find_conversation_at
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.leads.queries import find_newest_lead_id
from proli.platform.clock import TravellingClock
from proli.platform.db import BusinessSession
from proli.platform.errors import ProliError
from proli.platform.queue import bring_forward
from proli.scheduling.queries import find_at_work

router = APIRouter(prefix="/api/businesses/{slug}/simulator", tags=["simulator"])
Viewer = Annotated[Inside, inside(Role.viewer)]
Agent = Annotated[Inside, inside(Role.agent)]
Phone = Annotated[str, Path(max_length=40, examples=["052-123-4567"])]


class BadSimulatedPhone(ProliError):
    """Not a phone number that could be somebody's."""

    status = 422


class ClockFixed(ProliError):
    """Time is as it is here: only a demonstration can put its clock forward."""


class PhoneOut(BaseModel):
    conversation_id: int | None
    lead_id: Annotated[int | None, Field(description="The newest request of whoever has this phone.")]
    owner: Owner
    draft: Annotated[bool, Field(description="The agent goes by the draft of its guidance here.")]
    typing: Annotated[bool, Field(description="An answer is being made.")]
    messages: Annotated[list[MessageOut], Field(description="Oldest first.")]


class SimulatedWords(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=80)] = ""
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    button_id: Annotated[str | None, Field(max_length=200, description="Of the button that was tapped.")] = None
    key: Annotated[str, Field(min_length=8, max_length=64, description="Made by the page: sent twice, said once.")]
    draft: Annotated[bool, Field(description="The answer goes by the draft of the guidance, if there is one.")] = False


class ClockOut(BaseModel):
    now: datetime
    travels: Annotated[bool, Field(description="Whether it can be put forward.")]


class Travel(BaseModel):
    model_config = ConfigDict(extra="forbid")

    minutes: Annotated[int, Field(ge=1, le=7 * 24 * 60)]


@router.get("/phones/{phone}")
async def get_phone(phone: Phone, inside: Viewer) -> PhoneOut:
    """What the simulated phone shows."""
    account_id = await ensure_account(inside.session, inside.runtime)
    found = await find_conversation_at(inside.session, account_id, e164_of(phone))
    if found is None:
        return PhoneOut(conversation_id=None, lead_id=None, owner=Owner.ai, draft=False, typing=False, messages=[])
    messages = await list_messages(inside.session, found.id, before=None, limit=100)
    seen = [one for one in messages if one.delivery not in {*WAITING, *NEVER_SENT}]
    return PhoneOut(
        conversation_id=found.id,
        lead_id=await find_newest_lead_id(inside.session, found.contact_id),
        owner=found.owner,
        draft=found.tries_draft,
        typing=found.owner == Owner.ai and any(is_awaited(one) for one in messages),
        messages=[shown_message(one) for one in seen],
    )


@router.post("/phones/{phone}", status_code=202)
@not_kept("whoever tries the agent out writes as a customer, which the conversation shows")
async def post_phone(phone: Phone, body: SimulatedWords, inside: Agent) -> None:
    """Whoever has the simulated phone writes, or taps a button. Those whose words do something are for managers."""
    phone_e164 = e164_of(phone)
    if await is_professional_or_staff(inside.session, phone_e164):
        require_role(inside.member, Role.manager)
    await say(
        inside.runtime, business_id=inside.member.business_id, phone_e164=phone_e164, name=body.name.strip(),
        text=body.text, button_id=body.button_id, external_id=f"in-{inside.member.user_id}-{body.key}",
        draft=body.draft,
    )  # fmt: skip


@router.get("/clock")
async def get_clock(inside: Viewer) -> ClockOut:
    """What time it is for the business."""
    return ClockOut(now=inside.now, travels=isinstance(inside.runtime.clock, TravellingClock))


@router.post("/clock")
@not_kept("the clock of a demonstration")
async def post_clock(body: Travel, inside: Agent) -> ClockOut:
    """Put the clock of a demonstration forward; what comes due by then is done."""
    clock = inside.runtime.clock
    if not isinstance(clock, TravellingClock):
        raise ClockFixed
    clock.travel(timedelta(minutes=body.minutes))
    await bring_forward(inside.runtime, until=clock.now())
    return ClockOut(now=clock.now(), travels=True)


async def is_professional_or_staff(session: BusinessSession, phone_e164: str) -> bool:
    """Whether the phone is that of a professional, or of staff."""
    if (await get_business(session)).staff_e164 == phone_e164:
        return True
    return await find_at_work(session, phone_e164) is not None


def is_awaited(message: Message) -> bool:
    unanswered = message.direction == Direction.inbound and message.wants_answer and message.answered_at is None
    return unanswered or message.delivery in WAITING


def e164_of(phone: str) -> str:
    try:
        return parse_phone(phone)
    except BadPhone as error:
        raise BadSimulatedPhone(phone=phone) from error
