"""Green API's webhooks in our one shape. Pure: the same payload is always the same thing said."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from proli.channels.green_api.account import health_of
from proli.channels.green_api.content import MENUS, Content, menu_text, read_content, read_unsupported
from proli.channels.green_api.rest import failure_of
from proli.conversations.failures import Unsent
from proli.conversations.incoming import (
    AccountChanged,
    Deleted,
    Echo,
    Edited,
    HumanSaid,
    Ignored,
    Incoming,
    Received,
    StatusChanged,
)
from proli.conversations.models import Delivery, MessageKind
from proli.platform.payloads import (
    Fields,
    find_identifier,
    find_section,
    find_string,
    identifier,
    instant,
    section,
    string,
)

PERSON = re.compile(r"([1-9][0-9]{6,14})@c\.us")
CROWDS = ("@g.us", "@broadcast", "@newsletter")

DELIVERIES: Mapping[str, Delivery] = {
    "sent": Delivery.sent,
    "delivered": Delivery.delivered,
    "read": Delivery.read,
    "failed": Delivery.failed,
    "noAccount": Delivery.failed,
    "notInGroup": Delivery.failed,
    "yellowCard": Delivery.failed,
}
UNANSWERED_CALLS = frozenset({"missed", "declined", "hungUp", "hangUp"})
SILENT = frozenset({MessageKind.reaction, MessageKind.button})
"""What somebody may do on the business's own phone without saying anything."""


def parse(payload: Fields) -> Incoming:
    """What the webhook says.

    Raises:
        MalformedPayload: a field that its type of webhook must have is missing, with the field's name.
    """
    kind = string(payload, "typeWebhook")
    reader = READERS.get(kind)
    return Ignored(f"webhook of type {coded(kind)}") if reader is None else reader(payload)


def salvage(payload: Fields, *, at: datetime) -> Received | None:
    """A contact's message that `parse` could not read, kept as unsupported; None when it is not one."""
    chat = find_section(payload, "senderData")
    chat_id, external_id = find_identifier(chat, "chatId"), find_identifier(payload, "idMessage")
    if payload.get("typeWebhook") != "incomingMessageReceived" or chat_id is None or external_id is None:
        return None
    if chat_id.endswith(CROWDS):
        return None
    content = read_unsupported(find_section(payload, "messageData"))
    return received(external_id, chat_id, at, chat, content)


def phone_of(*addresses: str) -> str | None:
    """The phone behind the first address that shows one; `...@lid` hides it."""
    for address in addresses:
        if found := PERSON.fullmatch(address):
            return "+" + found.group(1)
    return None


def received(external_id: str, chat_id: str, sent_at: datetime, chat: Fields, content: Content) -> Received:
    return Received(
        external_id=external_id,
        chat_id=chat_id,
        sent_at=sent_at,
        phone_e164=phone_of(chat_id, find_string(chat, "sender")),
        name=find_string(chat, "senderContactName", "senderName", "chatName", limit=200),
        kind=content.kind,
        text=content.text,
        button_id=content.button_id,
        quoted_external_id=content.quoted,
        media=content.media,
        wants_answer=content.wants_answer,
    )


def read_incoming(payload: Fields) -> Incoming:
    """A contact's words, or what they did to earlier ones.

    A poll tells its whole state anew with every vote, so the time is part of the id of what was voted.
    """
    chat, data = section(payload, "senderData"), section(payload, "messageData")
    external_id, chat_id, sent_at = identifier(payload, "idMessage"), identifier(chat, "chatId"), instant(payload)
    kind = string(data, "typeMessage")
    if chat_id.endswith(CROWDS):
        return Ignored("not a personal chat")
    if kind in MENUS:
        return Ignored("a menu shown, not a choice")
    if kind == "editedMessage":
        edit = section(data, "editedMessageData")
        return Edited(external_id, chat_id, sent_at, identifier(edit, "stanzaId"), string(edit, "textMessage"))
    if kind == "deletedMessage":
        return Deleted(chat_id, sent_at, identifier(section(data, "deletedMessageData"), "stanzaId"))
    if kind == "pollUpdateMessage":
        external_id = f"{external_id}:{int(sent_at.timestamp())}"
    return received(external_id, chat_id, sent_at, chat, read_content(data, ours=own_address(payload)))


def own_address(payload: Fields) -> str:
    return find_string(find_section(payload, "instanceData"), "wid", limit=255)


def read_human(payload: Fields) -> Incoming:
    """Words from the business's own phone; a reaction, a vote, an edit or a deletion there says nothing new."""
    chat, data = section(payload, "senderData"), section(payload, "messageData")
    external_id, chat_id, sent_at = identifier(payload, "idMessage"), identifier(chat, "chatId"), instant(payload)
    kind = string(data, "typeMessage")
    if chat_id.endswith(CROWDS):
        return Ignored("not a personal chat")
    if kind in {"editedMessage", "deletedMessage"}:
        return Ignored(f"{coded(kind)} on the business's own phone")
    content = Content(text=menu_text(data)) if kind in MENUS else read_content(data, ours=own_address(payload))
    if content.kind in SILENT:
        return Ignored(f"{coded(kind)} on the business's own phone")
    return HumanSaid(external_id, chat_id, sent_at, phone_of(chat_id), content.kind, content.text, content.media)


def read_echo(payload: Fields) -> Incoming:
    chat, data = section(payload, "senderData"), section(payload, "messageData")
    external_id, chat_id = identifier(payload, "idMessage"), identifier(chat, "chatId")
    if chat_id.endswith(CROWDS):
        return Ignored("not a personal chat")
    text = menu_text(data)
    if string(data, "typeMessage") not in MENUS:
        text = read_content(data, ours=own_address(payload)).text
    return Echo(external_id, chat_id, instant(payload), text)


def coded(kind: str) -> str:
    """The code as it may be logged; whatever else stands in its place is not repeated."""
    return kind[:60] if kind.isascii() and kind.isalpha() else "***"


def read_status(payload: Fields) -> Incoming:
    status = string(payload, "status")
    delivery = DELIVERIES.get(status)
    if delivery is None:
        return Ignored(f"message status {coded(status)}")
    unsent = None
    if delivery == Delivery.failed:
        said = ": ".join(filter(None, (status, find_string(payload, "description", limit=500))))
        unsent = Unsent(failure_of(said), said)
    return StatusChanged(identifier(payload, "idMessage"), identifier(payload, "chatId"), delivery, unsent)


def read_call(payload: Fields) -> Incoming:
    """A call that nobody took is a customer who wants something; one that rings or was taken is left to people.

    Green API reports every call twice, first `offer` and then its end. `declined` and the older `missed` mean that the
    caller gave up, `hungUp` that the business's phone refused the call or was silenced: all are unanswered calls.
    """
    status, caller = string(payload, "status"), identifier(payload, "from")
    if status not in UNANSWERED_CALLS or caller.endswith(CROWDS):
        return Ignored(f"call, {coded(status)}")
    return Received(
        external_id=f"{identifier(payload, 'idMessage')}:call",
        chat_id=caller,
        sent_at=instant(payload),
        phone_e164=phone_of(caller),
        kind=MessageKind.call,
    )


def read_state(payload: Fields) -> Incoming:
    return changed(payload, identifier(payload, "stateInstance"))


def read_quota(payload: Fields) -> Incoming:
    """The number can reach no new people until its quota is renewed: that is a state worth an alarm."""
    return changed(payload, "quotaExceeded")


def changed(payload: Fields, state: str) -> Incoming:
    return AccountChanged(health_of(state), state, instant(payload))


READERS: Mapping[str, Callable[[Fields], Incoming]] = {
    "incomingMessageReceived": read_incoming,
    "outgoingMessageReceived": read_human,
    "outgoingAPIMessageReceived": read_echo,
    "outgoingMessageStatus": read_status,
    "incomingCall": read_call,
    "stateInstanceChanged": read_state,
    "quotaExceeded": read_quota,
}
