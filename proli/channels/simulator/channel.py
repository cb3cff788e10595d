"""The simulator: a channel whose far end is the messages table itself. What is said here needs no provider."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from proli.channels.base import Credential, CredentialsRefused, NewNumber, Seen
from proli.conversations.inbox import receive
from proli.conversations.incoming import Received
from proli.conversations.models import Conversation, MessageKind, NumberHealth
from proli.conversations.outbox import Parcel
from proli.conversations.reach import LoadedFile, SentFile
from proli.conversations.simulated import SIMULATOR, ensure_simulator
from proli.platform.db import BusinessSession
from proli.platform.media import load_media
from proli.platform.runtime import Runtime

PROVIDER = SIMULATOR


class SimulatorChannel:
    needs: Sequence[Credential] = ()

    def number_of(self, given: Mapping[str, str]) -> NewNumber:
        raise CredentialsRefused("the simulator's number comes into being by itself")

    async def look(self, runtime: Runtime, credentials: Mapping[str, str]) -> Seen:
        return Seen(NumberHealth.simulated, "always there")

    def chat_id_of(self, phone_e164: str) -> str:
        return phone_e164

    async def send(self, runtime: Runtime, parcel: Parcel) -> str:
        """The message is with the reader as soon as its row says so."""
        return sent_id(parcel)

    async def find_sent(
        self,
        runtime: Runtime,
        parcel: Parcel,
        *,
        since: datetime,
        known: frozenset[str],
    ) -> str | None:
        return sent_id(parcel)

    async def load_file(self, runtime: Runtime, credentials: Mapping[str, str], sent: SentFile) -> LoadedFile:
        return LoadedFile(await load_media(runtime, str(sent.media["url"])))


def sent_id(parcel: Parcel) -> str:
    return f"sim-{parcel.message_id}"


async def ensure_account(session: BusinessSession, runtime: Runtime) -> int:
    """The business's simulator number, made on first use."""
    return await ensure_simulator(session, runtime.vault)


async def say(
    runtime: Runtime,
    *,
    business_id: int,
    phone_e164: str,
    name: str,
    text: str,
    button_id: str | None = None,
    media: dict[str, Any] | None = None,
    kind: MessageKind | None = None,
    external_id: str | None = None,
    draft: bool = False,
) -> int:
    """Somebody at `phone_e164` has said this to the business; the conversation's id.

    Said again with the same `external_id` nothing happens, as with any provider. With `draft` the answer goes by the
    draft of the business's guidance, if there is one; without it, by what is published.
    """
    now = runtime.clock.now()
    said = Received(
        external_id=external_id or f"in-{uuid4().hex}",
        chat_id=phone_e164,
        sent_at=now,
        phone_e164=phone_e164,
        name=name,
        kind=kind or (MessageKind.button if button_id else MessageKind.text),
        text=text,
        button_id=button_id,
        media=media,
    )
    async with runtime.db.begin(business_id) as session:
        account_id = await ensure_account(session, runtime)
        await receive(session, account_id=account_id, incoming=said, settle_s=runtime.settings.agent.settle_s, now=now)
        conversation_id = await conversation_at(session, account_id, phone_e164)
        await session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id, Conversation.tries_draft != draft)
            .values(tries_draft=draft)
        )
        return conversation_id


async def conversation_at(session: BusinessSession, account_id: int, chat_id: str) -> int:
    found = select(Conversation.id).where(
        Conversation.channel_account_id == account_id, Conversation.chat_id == chat_id
    )
    return (await session.scalars(found)).one()
