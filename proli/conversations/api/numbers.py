"""The numbers of a business: how they are, and a test message."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from proli.accounts.audit import record
from proli.accounts.errors import BadSetting
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.conversations.models import NumberHealth
from proli.conversations.number_test import queue_test
from proli.conversations.queries import list_channel_accounts
from proli.knowledge.errors import BadPhone
from proli.knowledge.people import parse_phone
from proli.platform.doors.fields import Body, Phone

router = APIRouter(prefix="/api/businesses/{slug}/channels", tags=["operations"])
Manager = Annotated[Inside, inside(Role.manager)]
SHOWN = 4


class ChannelOut(BaseModel):
    id: int
    provider: Annotated[str, Field(examples=["green_api"])]
    external_id: Annotated[str, Field(description="The provider's name for it, all but its end.", examples=["***4567"])]
    health: NumberHealth
    state_at: datetime | None


class TestWanted(Body):
    phone: Phone


class TestQueued(BaseModel):
    message_id: Annotated[int, Field(description="Its delivery shows in the conversation.")]
    conversation_id: int


@router.get("")
async def get_channels(inside: Manager) -> list[ChannelOut]:
    """Every number and how it is; never its credentials."""
    accounts = await list_channel_accounts(inside.session)
    return [
        ChannelOut(id=one.id, provider=one.provider, external_id=end_of(one.external_id), health=one.health,
                   state_at=one.state_at)
        for one in accounts
    ]  # fmt: skip


@router.post("/{channel_id}/test", status_code=202)
async def post_channel_test(channel_id: int, body: TestWanted, inside: Manager) -> TestQueued:
    """A test message is on its way to the phone from this number."""
    try:
        phone_e164 = parse_phone(body.phone)
    except BadPhone as error:
        raise BadSetting(field="phone") from error
    message = await queue_test(inside.session, channel_id=channel_id, phone_e164=phone_e164, now=inside.now)
    record(inside, "channel.tested", f"channel:{channel_id}", {"conversation_id": message.conversation_id})
    return TestQueued(message_id=message.id, conversation_id=message.conversation_id)


def end_of(external_id: str) -> str:
    return f"***{external_id[-SHOWN:]}" if len(external_id) > SHOWN else external_id
