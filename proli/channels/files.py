"""Files of messages, as a browser may safely be given what strangers have sent."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from loguru import logger
from sqlalchemy import cast, select, update
from sqlalchemy.dialects.postgresql import JSONB

from proli.channels.base import SendDelayed, SendInDoubt, SendRefused
from proli.channels.registry import CHANNELS
from proli.conversations.errors import MediaNotFound
from proli.conversations.models import ChannelAccount, Conversation, Message
from proli.conversations.queries import get_message
from proli.platform.media import UNTYPED, Media, MediaUnavailable, load_media
from proli.platform.runtime import Runtime

SHOWN: Final = ("image/", "audio/", "video/")
"""What a page shows or plays; all else is saved."""
SCRIPTED: Final = frozenset({"image/svg+xml"})
"""Pictures that could run something."""
TYPE: Final = re.compile(r"[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")
KEPT_S: Final = 3600


async def load_file(runtime: Runtime, business_id: int, conversation_id: int, message_id: int) -> tuple[Media, str]:
    """The file of a message and its name, which may be empty; no transaction is open while it is loaded.

    Addresses of files expire: the provider is asked where it has the file now.

    Raises:
        MessageNotFound: no such message.
        MediaNotFound: it has no file.
        MediaUnavailable: the file cannot be had, or no more.
    """
    async with runtime.db.begin(business_id) as session:
        media = (await get_message(session, conversation_id, message_id)).media or {}
    if not media.get("url"):
        raise MediaNotFound(message_id=message_id)
    try:
        found = await load_media(runtime, str(media["url"]))
    except MediaUnavailable as gone:
        address = await find_address(runtime, business_id, message_id)
        if address is None:
            raise
        logger.info("Message {}: its file is loaded from a fresh address, as {}", message_id, gone)
        found = await load_media(runtime, address)
    return Media(found.data, type_of(found, media)), str(media.get("file_name") or "")


async def find_address(runtime: Runtime, business_id: int, message_id: int) -> str | None:
    """Where the provider has the file of this message now, kept with it; None when it cannot say."""
    async with runtime.db.begin(business_id) as session:
        sent = (
            select(Message.external_id, Conversation.chat_id, ChannelAccount.provider, ChannelAccount.sealed)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .join(ChannelAccount, ChannelAccount.id == Message.channel_account_id)
            .where(Message.id == message_id)
        )
        external_id, chat_id, provider, sealed = (await session.execute(sent)).one()
    if external_id is None:
        return None
    try:
        address = await CHANNELS[provider].address_of_file(
            runtime, runtime.vault.unseal(sealed), chat_id=chat_id, external_id=external_id
        )
    except (SendRefused, SendDelayed, SendInDoubt) as error:
        logger.warning("Message {}: {} has no address for its file: {}", message_id, provider, error)
        return None
    if address is not None:
        async with runtime.db.begin(business_id) as session:
            fresh = cast({"url": address}, JSONB)
            await session.execute(
                update(Message).where(Message.id == message_id).values(media=Message.media.op("||")(fresh))
            )
    return address


def type_of(found: Media, announced: Mapping[str, Any]) -> str:
    """The type of the file itself, or else the announced one; bytes of no kind when that is not one either."""
    told = str(announced.get("mime_type") or "").partition(";")[0].strip().lower()
    mime_type = told if found.mime_type in UNTYPED else found.mime_type
    return mime_type if TYPE.fullmatch(mime_type) else "application/octet-stream"


def headers_of(mime_type: str, name: str) -> dict[str, str]:
    """A browser shows pictures and plays sounds and films; everything else it saves, and nothing it runs."""
    inline = mime_type.startswith(SHOWN) and mime_type not in SCRIPTED
    named = f"; filename*=UTF-8''{quote(name[:200], safe='')}" if name else ""
    return {
        "content-disposition": ("inline" if inline else "attachment") + named,
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": f"private, max-age={KEPT_S}",
    }
