"""What an operator does by hand: give a conversation back to the agent, send dead letters again."""

from typing import Annotated

import typer
from sqlalchemy import select

from proli.accounts.models import User
from proli.cli.run import show, with_runtime
from proli.cli.setup import Json, Slug, id_of
from proli.contacts.addresses import find_contact
from proli.conversations.dead_letters import revive
from proli.conversations.errors import ConversationNotFound
from proli.conversations.inbox import hand_back as give_back
from proli.conversations.models import ChannelAccount, Conversation
from proli.knowledge.people import parse_phone
from proli.platform.runtime import Runtime
from proli.voice.models import VoiceNumber


def hand_back(
    phone: Annotated[str, typer.Argument(help="The customer's or professional's phone.")],
    slug: Slug,
    as_json: Json = False,
) -> None:
    """Let the agent answer a conversation again that a person had taken over."""
    phone_e164 = parse_phone(phone)

    async def run(runtime: Runtime) -> int:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            contact = await find_contact(session, phone_e164)
            theirs = select(Conversation.id).where(Conversation.contact_id == (contact.id if contact else None))
            found = (await session.scalars(theirs)).all()
            if not found:
                raise ConversationNotFound(phone=phone_e164)
            for conversation_id in found:
                await give_back(session, conversation_id=conversation_id, now=runtime.clock.now())
            return len(found)

    count = with_runtime(run, events=True)
    show({"conversations": count}, as_json=as_json, words="The agent answers again.")


def replay(slug: Slug, as_json: Json = False) -> None:
    """Send again what could not be sent: every dead letter of a business, oldest first."""

    async def run(runtime: Runtime) -> int:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            return await revive(session)

    count = with_runtime(run, events=True)
    show({"messages": count}, as_json=as_json, words=f"{count} messages are on their way again.")


async def reseal_everything(runtime: Runtime) -> int:
    """All that is encrypted in the database is written with the first key; returns how many there were."""
    count = 0
    async with runtime.db.begin_operator() as session:
        for account in await session.scalars(select(ChannelAccount).with_for_update()):
            account.sealed = runtime.vault.reseal(account.sealed)
            count += 1
        for number in await session.scalars(select(VoiceNumber).with_for_update()):
            number.sealed = runtime.vault.reseal(number.sealed)
            count += 1
        for user in await session.scalars(select(User).with_for_update()):
            for name in ("totp", "totp_offered"):
                if (sealed := getattr(user, name)) is not None:
                    setattr(user, name, runtime.vault.reseal(sealed))
                    count += 1
    return count
