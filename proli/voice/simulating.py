"""A call that somebody of the business plays in the browser, over the line that the provider would open."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from proli.contacts.addresses import get_contact
from proli.conversations.simulated import is_real, open_simulated_conversation
from proli.platform.db import BusinessSession
from proli.platform.security import Vault
from proli.voice.actions import CallNews, ensure_call
from proli.voice.errors import PhoneIsReal
from proli.voice.lines import promise_line
from proli.voice.models import Call
from proli.voice.rules import SIMULATED, CallDirection, CallState

RANGE: Final = "+97250555"
"""Of phones that the simulator plays; the rest is drawn."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A call whose line can be opened once, within seconds."""

    call: Call
    token: str


async def begin_simulated(session: BusinessSession, vault: Vault, phone_e164: str | None, *, now: datetime) -> Promised:
    """Somebody who is played calls, at this phone or at one that is nobody's. Their conversation stands on the
    simulator's number, so that whatever follows from the call goes out by it and reaches no phone.

    Raises:
        PhoneIsReal
    """
    phone_e164 = phone_e164 or f"{RANGE}{secrets.randbelow(10_000):04}"
    if await is_real(session, phone_e164):
        raise PhoneIsReal(phone=phone_e164)
    news = CallNews(
        f"{SIMULATED}{secrets.token_hex(16)}", "", CallState.ringing, CallDirection.inbound, phone_e164=phone_e164
    )
    call = await ensure_call(session, news, number_id=None, now=now)
    assert call.contact_id is not None
    await open_simulated_conversation(session, vault, await get_contact(session, call.contact_id))
    return Promised(call, await promise_line(session, call, now=now))
