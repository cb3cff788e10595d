"""Channel accounts come into being."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert

from proli.conversations.errors import (
    ChannelAccountNotFound,
    ChannelAccountTaken,
    ChannelAccountUsed,
    WebhookTokenTooShort,
)
from proli.conversations.models import ChannelAccount, Conversation, NumberHealth
from proli.platform.db import BusinessSession
from proli.platform.security import Vault, digest

SHORTEST_TOKEN: Final = 16


async def add_channel_account(
    session: BusinessSession,
    vault: Vault,
    *,
    provider: str,
    external_id: str,
    credentials: Mapping[str, str],
    webhook_token: str | None,
    health: NumberHealth = NumberHealth.unknown,
) -> int:
    """The business owns this number; its credentials are stored encrypted. Said again, they are replaced.

    Raises:
        ChannelAccountTaken: another business owns it.
        WebhookTokenTooShort: whoever guesses it could write in any customer's name.
    """
    if webhook_token is not None and len(webhook_token) < SHORTEST_TOKEN:
        raise WebhookTokenTooShort(shortest=SHORTEST_TOKEN)
    values = {
        "sealed": vault.seal(credentials),
        "token_digest": None if webhook_token is None else digest(webhook_token),
    }
    statement = (
        insert(ChannelAccount)
        .values(
            business_id=session.require_business(), provider=provider, external_id=external_id, health=health, **values
        )
        .on_conflict_do_update(
            index_elements=[ChannelAccount.provider, ChannelAccount.external_id],
            set_=values,
            where=ChannelAccount.business_id == session.require_business(),
        )
        .returning(ChannelAccount.id)
    )
    account_id = await session.scalar(statement)
    if account_id is None:
        raise ChannelAccountTaken(provider=provider, external_id=external_id)
    return account_id


async def remove_channel_account(session: BusinessSession, external_id: str) -> None:
    """The number is not the business's any more, as one that was mistyped. One with conversations stays, with them.

    Raises:
        ChannelAccountNotFound
        ChannelAccountUsed: somebody has spoken with it.
    """
    spoken = exists().where(Conversation.channel_account_id == ChannelAccount.id)
    account = select(ChannelAccount.id, spoken).where(ChannelAccount.external_id == external_id)
    found = (await session.execute(account)).first()
    if found is None:
        raise ChannelAccountNotFound(external_id=external_id)
    account_id, is_used = found
    if is_used:
        raise ChannelAccountUsed(external_id=external_id)
    await session.execute(delete(ChannelAccount).where(ChannelAccount.id == account_id))
