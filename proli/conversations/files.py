"""Files of messages, loaded from wherever the provider of their conversation has them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import cast, select, update
from sqlalchemy.dialects.postgresql import JSONB

from proli.conversations.errors import MediaNotFound
from proli.conversations.models import ChannelAccount, Conversation, Message
from proli.conversations.reach import REACHES, SentFile
from proli.platform.media import UNTYPED, Media
from proli.platform.runtime import Runtime

TYPE: Final = re.compile(r"[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")


@dataclass(frozen=True, slots=True)
class File:
    data: bytes
    mime_type: str
    name: str
    """May be empty."""


async def load_file(runtime: Runtime, business_id: int, message_id: int) -> File:
    """The file of a message; no transaction is open while it is loaded. Where the provider has it now is kept.

    Raises:
        MediaNotFound: it has none.
        MediaUnavailable: the file cannot be had, or no more.
    """
    async with runtime.db.begin(business_id) as session:
        told = (
            select(Message.media, Message.external_id, Conversation.chat_id, ChannelAccount)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .join(ChannelAccount, ChannelAccount.id == Message.channel_account_id)
            .where(Message.id == message_id)
        )
        row = (await session.execute(told)).first()
    media: dict[str, Any] = (row[0] if row is not None else None) or {}
    if row is None or not media.get("url"):
        raise MediaNotFound(message_id=message_id)
    _, external_id, chat_id, account = row
    sent = SentFile(message_id, chat_id, external_id, media)
    loaded = await REACHES[account.provider].load_file(runtime, runtime.vault.unseal(account.sealed), sent)
    if loaded.address is not None:
        async with runtime.db.begin(business_id) as session:
            fresh = cast({"url": loaded.address}, JSONB)
            await session.execute(
                update(Message).where(Message.id == message_id).values(media=Message.media.op("||")(fresh))
            )
    return File(loaded.file.data, type_of(loaded.file, media), str(media.get("file_name") or ""))


def type_of(found: Media, announced: Mapping[str, Any]) -> str:
    """The type of the file itself, or else the announced one; bytes of no kind when that is not one either."""
    told = str(announced.get("mime_type") or "").partition(";")[0].strip().lower()
    mime_type = told if found.mime_type in UNTYPED else found.mime_type
    return mime_type if TYPE.fullmatch(mime_type) else "application/octet-stream"
