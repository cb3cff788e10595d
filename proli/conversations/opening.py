"""Conversations that we begin: with whoever has never written, towards an address of theirs."""

from proli.contacts.addresses import get_contact
from proli.contacts.errors import ContactUnreachable
from proli.contacts.models import Contact
from proli.conversations.models import ChannelAccount, Conversation
from proli.conversations.queries import ensure_conversation, find_default_account, find_latest_conversation
from proli.conversations.reach import chat_id_of
from proli.platform.db import BusinessSession


async def open_conversation(session: BusinessSession, account: ChannelAccount, contact: Contact) -> Conversation | None:
    """The conversation with a contact on one of our numbers: the latest they have there, or one towards their phone.

    None when they have none, and no phone.
    """
    known = await find_latest_conversation(session, contact.id, account_id=account.id)
    if known is not None or contact.phone_e164 is None:
        return known
    chat_id = chat_id_of(account.provider, contact.phone_e164)
    return await ensure_conversation(session, channel_account_id=account.id, contact=contact, chat_id=chat_id)


async def write_to(session: BusinessSession, contact_id: int) -> Conversation:
    """A conversation in which staff can write to a contact, who need not have written.

    Raises:
        ContactNotFound
        ContactUnreachable: they have no phone and have never written, or the business has no number.
    """
    contact = await get_contact(session, contact_id)
    account = await find_default_account(session)
    conversation = None if account is None else await open_conversation(session, account, contact)
    if conversation is None:
        raise ContactUnreachable(contact_id=contact_id)
    return conversation
