"""The simulator's number of a business: what goes out by it reaches no phone, and on it people are played."""

from typing import Final

from sqlalchemy import exists, select

from proli.contacts.models import Contact
from proli.conversations.accounts import add_channel_account
from proli.conversations.models import ChannelAccount, Conversation, NumberHealth
from proli.conversations.queries import ensure_conversation, find_latest_conversation
from proli.conversations.reach import chat_id_of
from proli.platform.db import BusinessSession
from proli.platform.security import Vault

SIMULATOR: Final = "simulator"
"""As a provider."""


async def find_simulator(session: BusinessSession) -> int | None:
    return await session.scalar(
        select(ChannelAccount.id).where(
            ChannelAccount.provider == SIMULATOR, ChannelAccount.external_id == f"sim-{session.require_business()}"
        )
    )


async def ensure_simulator(session: BusinessSession, vault: Vault) -> int:
    """The business's simulator number, made on first use."""
    account_id = await find_simulator(session)
    if account_id is not None:
        return account_id
    return await add_channel_account(
        session, vault,
        provider=SIMULATOR, external_id=f"sim-{session.require_business()}", credentials={}, webhook_token=None,
        health=NumberHealth.simulated,
    )  # fmt: skip


async def find_simulated_conversation(session: BusinessSession, contact_id: int) -> Conversation | None:
    """The conversation of somebody who is played."""
    account_id = await find_simulator(session)
    return None if account_id is None else await find_latest_conversation(session, contact_id, account_id=account_id)


async def open_simulated_conversation(session: BusinessSession, vault: Vault, contact: Contact) -> Conversation:
    """The conversation with somebody who has a phone and is played, made where there is none."""
    account_id = await ensure_simulator(session, vault)
    chat_id = chat_id_of(SIMULATOR, str(contact.phone_e164))
    return await ensure_conversation(session, channel_account_id=account_id, contact=contact, chat_id=chat_id)


async def is_real(session: BusinessSession, phone_e164: str) -> bool:
    """Whether somebody has this phone who is known here by anything but the simulator."""
    contact_id = await session.scalar(select(Contact.id).where(Contact.phone_e164 == phone_e164))
    if contact_id is None:
        return False
    theirs = exists().where(
        Conversation.contact_id == contact_id,
        Conversation.channel_account_id == ChannelAccount.id,
        ChannelAccount.provider != SIMULATOR,
    )
    elsewhere = await session.scalar(select(theirs))
    return bool(elsewhere) or await find_simulated_conversation(session, contact_id) is None
