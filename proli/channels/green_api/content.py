"""What a Green API message says, whoever said it: `messageData` to kind, text and media."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from proli.conversations.models import MessageKind
from proli.knowledge.answers import find_answer
from proli.platform.payloads import (
    Fields,
    find_identifier,
    find_section,
    find_string,
    number,
    section,
    sections,
    storable,
    string,
    strings,
)

UNDECRYPTABLE = "{{SWE001}}"
TOO_BIG = "{{SWE002}}"
MAX_URL = 4_000
MAX_CONTACTS = 50

MENUS = frozenset(
    {
        "interactiveButtons",
        "interactiveButtonsReply",
        "buttonsMessage",
        "templateMessage",
        "listMessage",
        "templateButtons",
    }
)
"""Messages that show choices. They are never a choice made."""


@dataclass(frozen=True, slots=True)
class Content:
    kind: MessageKind = MessageKind.text
    text: str = ""
    button_id: str | None = None
    quoted: str | None = None
    media: dict[str, Any] | None = None
    wants_answer: bool = True


def read_content(data: Fields, *, ours: str) -> Content:
    """The content of any message; one of a type unknown to us is kept as unsupported, with its type.

    `ours` is the address of the business's own number, whose votes in a poll are not the contact's.
    """
    kind = string(data, "typeMessage")
    if kind == "pollUpdateMessage":
        return read_votes(data, ours)
    return READERS.get(kind, read_unsupported)(data)


def said(data: Fields, text: str) -> Content:
    if text.strip() == UNDECRYPTABLE:
        return Content(kind=MessageKind.undecryptable)
    return Content(text=text, quoted=quoted(data))


def quoted(data: Fields) -> str | None:
    for part in ("quotedMessage", "extendedTextMessageData"):
        found = find_identifier(find_section(data, part), "stanzaId")
        if found is not None:
            return found
    return None


def read_text(data: Fields) -> Content:
    return said(data, string(section(data, "textMessageData"), "textMessage"))


def read_extended_text(data: Fields) -> Content:
    if "extendedTextMessageData" not in data and "textMessageData" in data:
        return read_text(data)
    return said(data, string(section(data, "extendedTextMessageData"), "text"))


def read_tap(data: Fields) -> Content:
    """The three shapes of a tapped button, and of a row chosen from a list."""
    tap = find_section(
        data,
        "templateButtonReplyMessage",
        "templateButtonsReplyMessage",
        "interactiveButtonsResponse",
        "buttonsResponseMessage",
        "listResponseMessage",
    )
    button_id = find_identifier(tap, "selectedId", "selectedButtonId", "selectedRowId", "singleSelectReply")
    if button_id is None:
        button_id = find_identifier(find_section(tap, "singleSelectReply"), "selectedRowId")
    text = find_string(tap, "selectedDisplayText", "selectedButtonText", "title")
    if button_id is None and not text:
        return read_unsupported(data)
    return Content(MessageKind.button, text or button_id or "", button_id, find_identifier(tap, "stanzaId"))


def file_reader(kind: MessageKind, *, wants_answer: bool = True) -> Callable[[Fields], Content]:
    def read_file(data: Fields) -> Content:
        file = section(data, "fileMessageData")
        url = find_string(file, "downloadUrl", limit=MAX_URL).strip()
        media = {
            "mime_type": find_string(file, "mimeType", limit=100) or None,
            "file_name": find_string(file, "fileName", limit=255) or None,
        }
        if url == TOO_BIG:
            media["error"] = "too_big"
        elif url:
            media["url"] = url
        else:
            media["error"] = "missing"
        text = find_string(file, "caption")
        return Content(kind, text, quoted=quoted(data), media=media, wants_answer=wants_answer)

    return read_file


def read_location(data: Fields) -> Content:
    place = section(data, "locationMessageData")
    names = (find_string(place, "nameLocation", limit=1_000), find_string(place, "address", limit=1_000))
    media = {"latitude": number(place, "latitude"), "longitude": number(place, "longitude")}
    text = ", ".join(name for name in names if name)
    return Content(MessageKind.location, text, quoted=quoted(data), media=media)


def read_contacts(data: Fields) -> Content:
    """One contact card or several; the list is nested under a second `messageData`."""
    listed = sections(find_section(data, "messageData", "contactsArrayMessageData"), "contacts")
    cards = listed[:MAX_CONTACTS] or [section(data, "contactMessageData")]
    names = [find_string(card, "displayName", limit=255) for card in cards]
    vcards = [find_string(card, "vcard") for card in cards]
    text = storable(", ".join(name for name in names if name))
    return Content(MessageKind.contact, text, quoted=quoted(data), media={"vcards": [card for card in vcards if card]})


def read_poll(data: Fields) -> Content:
    poll = section(data, "pollMessageData")
    options = [find_string(option, "optionName", limit=255) for option in sections(poll, "options")]
    return Content(MessageKind.poll, find_string(poll, "name"), media={"options": options[:20]})


def read_votes(data: Fields, ours: str) -> Content:
    """The options the contact has chosen, as if tapped; a vote taken back is an empty text that wants no answer."""
    poll = section(data, "pollMessageData")
    chosen = [
        find_string(vote, "optionName", limit=255)
        for vote in sections(poll, "votes")
        if any(voter != ours for voter in strings(vote, "optionVoters"))
    ]
    text = storable(", ".join(chosen))
    return Content(MessageKind.button, text, quoted=find_identifier(poll, "stanzaId"), wants_answer=bool(text))


def read_reaction(data: Fields) -> Content:
    """An emoji on an earlier message, an empty one takes it back. A yes or a no may be the answer to what it is on."""
    text = find_string(find_section(data, "extendedTextMessageData"), "text", limit=100)
    return Content(MessageKind.reaction, text, quoted=quoted(data), wants_answer=find_answer(text) is not None)


def read_unsupported(data: Fields) -> Content:
    return Content(MessageKind.unsupported, media={"type": find_string(data, "typeMessage", limit=100)})


def menu_text(data: Fields) -> str:
    """The body of a message with buttons, in the shape of the webhook or of the journal."""
    shown = find_section(data, "interactiveButtonsReply", "interactiveButtons", "buttonsMessage", "templateMessage")
    return find_string(shown, "contentText", "body")


READERS: Mapping[str, Callable[[Fields], Content]] = {
    "textMessage": read_text,
    "extendedTextMessage": read_extended_text,
    "quotedMessage": read_extended_text,
    "templateButtonsReplyMessage": read_tap,
    "templateButtonReplyMessage": read_tap,
    "interactiveButtonsResponse": read_tap,
    "buttonsResponseMessage": read_tap,
    "listResponseMessage": read_tap,
    "imageMessage": file_reader(MessageKind.image),
    "videoMessage": file_reader(MessageKind.video),
    "audioMessage": file_reader(MessageKind.audio),
    "documentMessage": file_reader(MessageKind.document),
    "stickerMessage": file_reader(MessageKind.sticker, wants_answer=False),
    "locationMessage": read_location,
    "contactMessage": read_contacts,
    "contactsArrayMessage": read_contacts,
    "pollMessage": read_poll,
    "reactionMessage": read_reaction,
}
