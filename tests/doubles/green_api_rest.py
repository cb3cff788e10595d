"""What Green API's methods answer: the part of the double that knows messages and nothing of connections."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.responses import JSONResponse, Response

MAX_TEXT = 20_000


@dataclass(frozen=True)
class Entry:
    """One message that was taken."""

    id_message: str
    method: str
    chat_id: str
    text: str
    buttons: tuple[dict[str, str], ...]
    timestamp: int
    body: dict[str, Any]


class RestMethods:
    """The methods of one instance. `sent` is what its customers have on their phones, in order."""

    def __init__(self, now: Callable[[], int], taken: Callable[[Entry], None]) -> None:
        self.now, self.taken = now, taken
        self.state = "authorized"
        self.in_queue = False
        """Keep what is taken in the queue: it shows there and not in the chat's history."""
        self.journal_lag_s: float = 0
        self.sent: list[Entry] = []
        self.settings: dict[str, Any] = {"webhookUrl": "", "webhookUrlToken": ""}
        self.files: dict[str, str] = {}
        self.methods: dict[str, Callable[[dict[str, Any]], Response]] = {
            "sendMessage": lambda body: self.take("sendMessage", body, body.get("message")),
            "sendInteractiveButtonsReply": self.take_buttons,
            "sendFileByUrl": self.take_file,
            "getChatHistory": self.show_history,
            "showMessagesQueue": lambda _: JSONResponse([queue_item(entry) for entry in self.sent if self.in_queue]),
            "getStateInstance": lambda _: JSONResponse({"stateInstance": self.state}),
            "getSettings": lambda _: JSONResponse(self.settings),
            "setSettings": self.change_settings,
            "checkWhatsapp": lambda _: JSONResponse({"existsWhatsapp": True}),
            "downloadFile": self.show_file,
        }

    def answer(self, method: str, body: dict[str, Any]) -> Response:
        known = self.methods.get(method)
        return Response(status_code=404) if known is None else known(body)

    def take(self, method: str, body: dict[str, Any], text: object) -> Response:
        chat_id, buttons = body.get("chatId"), body.get("buttons", [])
        if not isinstance(chat_id, str) or "@" not in chat_id:
            return refuse("Validation failed. Details: 'chatId' is required")
        if not isinstance(text, str) or not text or len(text) > MAX_TEXT:
            return refuse("Validation failed. Details: 'message' is required")
        entry = Entry(f"3EB0{secrets.token_hex(8).upper()}", method, chat_id, text, tuple(buttons), self.now(), body)
        self.sent.append(entry)
        self.taken(entry)
        return JSONResponse({"idMessage": entry.id_message})

    def take_buttons(self, body: dict[str, Any]) -> Response:
        buttons = body.get("buttons", [])
        if not 1 <= len(buttons) <= 3 or any(not 0 < len(button.get("buttonText", "")) <= 25 for button in buttons):
            return refuse("Validation failed. Details: 'buttons' must be 1 to 3, of at most 25 characters")
        return self.take("sendInteractiveButtonsReply", body, body.get("body"))

    def take_file(self, body: dict[str, Any]) -> Response:
        if not body.get("urlFile") or "." not in body.get("fileName", ""):
            return refuse("Validation failed. Details: 'urlFile' and 'fileName' with an extension are required")
        return self.take("sendFileByUrl", body, body.get("caption") or body["fileName"])

    def change_settings(self, body: dict[str, Any]) -> Response:
        self.settings.update(body)
        return JSONResponse({"saveSettings": True})

    def show_file(self, body: dict[str, Any]) -> Response:
        url = self.files.get(body.get("idMessage", ""))
        return JSONResponse({"downloadUrl": url}) if url else refuse("Bad Request: message not found")

    def show_history(self, body: dict[str, Any]) -> Response:
        """Newest first, as the journal has it; what is queued or younger than its lag is not there yet."""
        latest = self.now() - self.journal_lag_s
        shown = [entry for entry in self.sent if entry.chat_id == body.get("chatId") and entry.timestamp <= latest]
        newest = [] if self.in_queue else shown[::-1][: body.get("count", 100)]
        return JSONResponse([history_item(entry) for entry in newest])


def refuse(message: str) -> Response:
    stamp = datetime.now(UTC).isoformat(timespec="milliseconds")
    return JSONResponse({"statusCode": 400, "timestamp": stamp, "message": message}, status_code=400)


def history_item(entry: Entry) -> dict[str, Any]:
    common = {
        "type": "outgoing",
        "idMessage": entry.id_message,
        "timestamp": entry.timestamp,
        "chatId": entry.chat_id,
        "statusMessage": "sent",
        "sendByApi": True,
    }
    if entry.method == "sendInteractiveButtonsReply":
        shown = {"titleText": "", "contentText": entry.text, "footerText": "", "buttons": list(entry.buttons)}
        return common | {"typeMessage": "interactiveButtonsReply", "interactiveButtonsReply": shown}
    if entry.method == "sendFileByUrl":
        return common | {"typeMessage": "documentMessage", "caption": entry.text, "downloadUrl": entry.body["urlFile"]}
    extended = {"text": entry.text, "description": "", "title": "", "jpegThumbnail": ""}
    return common | {"typeMessage": "extendedTextMessage", "textMessage": entry.text, "extendedTextMessage": extended}


def queue_item(entry: Entry) -> dict[str, Any]:
    return {"messageID": entry.id_message, "type": entry.method, "body": entry.body}
