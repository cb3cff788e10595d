"""Webhooks in Green API's real shapes, as the double tells them."""

import secrets
from collections.abc import Callable
from typing import Any, Literal, Protocol

type TapShape = Literal["template", "interactive", "legacy"]


class SentEntry(Protocol):
    @property
    def id_message(self) -> str: ...
    @property
    def chat_id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def buttons(self) -> tuple[dict[str, str], ...]: ...


class WebhookMaker:
    def __init__(self, id_instance: str, now: Callable[[], int]) -> None:
        self.id_instance, self.now = id_instance, now
        self.wid = "972500000000@c.us"

    def envelope(self, kind: str, **more: Any) -> dict[str, Any]:
        instance = {"idInstance": int(self.id_instance), "wid": self.wid, "typeInstance": "whatsapp"}
        return {"typeWebhook": kind, "instanceData": instance, "timestamp": self.now()} | more

    def incoming(
        self, phone_e164: str, data: dict[str, Any], *, name: str = "דנה", id_message: str | None = None
    ) -> dict[str, Any]:
        """A contact's message with this `messageData`."""
        chat_id = phone_e164.removeprefix("+") + "@c.us"
        sender = {"chatId": chat_id, "chatName": name, "sender": chat_id, "senderName": name, "senderContactName": ""}
        id_message = id_message or secrets.token_hex(10).upper()
        return self.envelope("incomingMessageReceived", idMessage=id_message, senderData=sender, messageData=data)

    def text(self, phone_e164: str, text: str, *, name: str = "דנה", id_message: str | None = None) -> dict[str, Any]:
        data = {"typeMessage": "textMessage", "textMessageData": {"textMessage": text, "isTemplateMessage": False}}
        return self.incoming(phone_e164, data, name=name, id_message=id_message)

    def tap(
        self, phone_e164: str, *, button_id: str, text: str, quoted: str = "", shape: TapShape = "template", **more: Any
    ) -> dict[str, Any]:
        """A tap on a button of message `quoted`, in one of the three shapes seen in the wild."""
        chosen = {"stanzaId": quoted, "selectedIndex": 0, "selectedId": button_id, "selectedDisplayText": text}
        legacy = {"stanzaId": quoted, "selectedButtonId": button_id, "selectedButtonText": text}
        data: dict[TapShape, dict[str, Any]] = {
            "template": {"typeMessage": "templateButtonsReplyMessage", "templateButtonReplyMessage": chosen},
            "interactive": {"typeMessage": "interactiveButtonsResponse", "interactiveButtonsResponse": chosen},
            "legacy": {"typeMessage": "buttonsResponseMessage", "buttonsResponseMessage": legacy},
        }
        return self.incoming(phone_e164, data[shape], **more)

    def human(self, phone_e164: str, text: str) -> dict[str, Any]:
        """Somebody typed on the business's own phone."""
        data = {"typeMessage": "textMessage", "textMessageData": {"textMessage": text}}
        return self.outgoing("outgoingMessageReceived", phone_e164.removeprefix("+") + "@c.us", data)

    def echo(self, entry: SentEntry) -> dict[str, Any]:
        """A message of ours shown back."""
        if entry.buttons:
            shown = {"titleText": "", "contentText": entry.text, "footerText": "", "buttons": list(entry.buttons)}
            data = {"typeMessage": "interactiveButtonsReply", "interactiveButtonsReply": shown}
        else:
            data = {"typeMessage": "extendedTextMessage", "extendedTextMessageData": {"text": entry.text}}
        return self.outgoing("outgoingAPIMessageReceived", entry.chat_id, data, id_message=entry.id_message)

    def outgoing(
        self, kind: str, chat_id: str, data: dict[str, Any], *, id_message: str | None = None
    ) -> dict[str, Any]:
        sender = {"chatId": chat_id, "chatName": "העסק", "sender": self.wid, "senderName": "העסק"}
        id_message = id_message or secrets.token_hex(10).upper()
        return self.envelope(kind, idMessage=id_message, senderData=sender, messageData=data)

    def status(self, entry: SentEntry, status: str) -> dict[str, Any]:
        return self.envelope(
            "outgoingMessageStatus", chatId=entry.chat_id, idMessage=entry.id_message, status=status, sendByApi=True
        )
