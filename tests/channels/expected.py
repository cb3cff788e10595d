"""What each captured payload of Green API means: one expectation for each file in fixtures/green_api."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from proli.conversations.failures import SendFailure, Unsent
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
from proli.conversations.models import Delivery, MessageKind, NumberHealth

FIXTURES = Path(__file__).parent / "fixtures" / "green_api"
CHAT, PHONE = "972500000001@c.us", "+972500000001"
TEXT_ID, LONG_ID = "F7AEC1B7086ECDC7E6E45923F5EDB825", "104179EDB7F5328988D8834107EEBE50"
FILES = "https://do-media-7103.fra1.digitaloceanspaces.com/7103000001/39c20293-eb8d-abdd-5fdd1b83820a"


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(1795220000 + seconds, UTC)


def said(external_id: str, **more: Any) -> Received:
    return Received(external_id=external_id, chat_id=CHAT, sent_at=at(0), phone_e164=PHONE, name="דנה", **more)


def tapped(external_id: str, quoted: str, button_id: str = "confirm", text: str = "מאשר/ת") -> Received:
    return said(external_id, kind=MessageKind.button, text=text, button_id=button_id, quoted_external_id=quoted)


def file(external_id: str, kind: MessageKind, ending: str, mime_type: str, name: str, **more: Any) -> Received:
    media = {"mime_type": mime_type, "file_name": name, "url": f"{FILES}.{ending}"}
    return said(external_id, kind=kind, media=media, **more)


def status(delivery: Delivery, failure: SendFailure | None = None, error: str = "") -> StatusChanged:
    unsent = None if failure is None else Unsent(failure, error)
    return StatusChanged("3EB0C767D097B7C7C030", CHAT, delivery, unsent)


def call() -> Received:
    return Received(
        external_id=f"{LONG_ID}:call", chat_id=CHAT, sent_at=at(400), phone_e164=PHONE, kind=MessageKind.call
    )


VCARD = (
    "BEGIN:VCARD\nVERSION:3.0\nN:;יוסי כהן;;;\nFN:יוסי כהן\nitem1.TEL;waid=972500000009:+972 50-000-0009\n"
    "item1.X-ABLabel:Mobile\nEND:VCARD"
)
EXPECTED: dict[str, Incoming] = {
    "deviceInfo": Ignored("webhook of type deviceInfo"),
    "incomingBlock": Ignored("webhook of type incomingBlock"),
    "incomingCall_declined": call(),
    "incomingCall_hungUp": call(),
    "incomingCall_missed": call(),
    "incomingCall_offer": Ignored("call, offer"),
    "incomingCall_pickUp": Ignored("call, pickUp"),
    "incoming_audioMessage": file(
        "3A0000000000000000AUDI", MessageKind.audio, "oga", "audio/ogg; codecs=opus", "39c20293.oga"
    ),
    "incoming_buttonsResponseMessage": tapped("9BB19BB0D568BA7B185EEAD21A33D317", "BAE53AFDD5F0C137"),
    "incoming_contactMessage": said(
        "3A000000000000000VCF", kind=MessageKind.contact, text="יוסי כהן", media={"vcards": [VCARD]}
    ),
    "incoming_contactsArrayMessage": said(
        TEXT_ID,
        kind=MessageKind.contact,
        text="א",
        media={"vcards": ["BEGIN:VCARD\nVERSION:3.0\nFN:א\nEND:VCARD"]},
    ),
    "incoming_deletedMessage": Deleted(CHAT, at(0), TEXT_ID),
    "incoming_documentMessage": file(
        "3A0000000000000000DOCU", MessageKind.document, "pdf", "application/pdf", "invoice.pdf", text="חשבונית"
    ),
    "incoming_editedMessage": Edited(TEXT_ID, CHAT, at(0), TEXT_ID, "בעצם שלוש"),
    "incoming_extendedTextMessage": said("3A000000000000000001", text="ראיתי את זה https://example.com/menu"),
    "incoming_imageMessage": file(
        "3A0000000000000000IMAG", MessageKind.image, "jpg", "image/jpeg", "39c20293.jpg", text="זה מה שקיבלתי"
    ),
    "incoming_interactiveButtonsReply_echo": Ignored("a menu shown, not a choice"),
    "incoming_interactiveButtonsResponse": tapped("3EB0000000000000TAP1", "3EB0BD1B1CD8CB04B14D7E"),
    "incoming_interactiveButtonsResponse_altkeys": tapped(TEXT_ID, "3EB0BD1B1CD8CB04B14D7E"),
    "incoming_listResponseMessage": tapped(
        "A36C68A09C54796295FCAD20C15C534C", "BAE53AFDD5F0C137", "item_family", "פיצה משפחתית"
    ),
    "incoming_locationMessage": said(
        "3A000000000000000LOC", kind=MessageKind.location, media={"latitude": 32.0853, "longitude": 34.7818}
    ),
    "incoming_media_too_big_SWE002": said(
        "3A0000000000000000VIDE",
        kind=MessageKind.video,
        media={"mime_type": "video/mp4", "file_name": "x.mp4", "error": "too_big"},
    ),
    "incoming_pollMessage": said(
        TEXT_ID, kind=MessageKind.poll, text="איזו תוספת?", media={"options": ["זיתים", "פטריות"]}
    ),
    "incoming_pollUpdateMessage": said(
        "3A0000000000000POLL1:1795220000",
        kind=MessageKind.button,
        text="פטריות",
        quoted_external_id="BAE53AFDD5F0C000",
    ),
    "incoming_quotedMessage": said("3A000000000000000002", text="כן, את זה", quoted_external_id="BAE5F4886F6F2D05"),
    "incoming_reactionMessage": said(
        "3A000000000000REACT1",
        kind=MessageKind.reaction,
        text="👍",
        quoted_external_id="A16014FAC9F5382E7B9CEEFEF1FFEB6F",
    ),
    "incoming_stickerMessage": file(
        "3A0000000000000000STIC", MessageKind.sticker, "webp", "image/webp", "s.webp", wants_answer=False
    ),
    "incoming_templateButtonReplyMessage_docvariant": tapped(TEXT_ID, "BAE53AFDD5F0C137"),
    "incoming_templateButtonsReplyMessage": tapped("9BB19BB0D568BA7B185EEAD21A33D318", "BAE53AFDD5F0C137"),
    "incoming_textMessage": said(TEXT_ID, text="היי, אפשר להזמין פיצה?"),
    "incoming_textMessage_SWE001": said(TEXT_ID, kind=MessageKind.undecryptable),
    "incoming_textMessage_group": Ignored("not a personal chat"),
    "incoming_videoMessage": file("3A0000000000000000VIDE", MessageKind.video, "mp4", "video/mp4", "39c20293.mp4"),
    "outgoingAPIMessageReceived_text": Echo("3EB0C767D097B7C7C030", CHAT, at(0), "ההזמנה התקבלה"),
    "outgoingMessageReceived_text": HumanSaid("3EB0C767D097B7C7C030", CHAT, at(0), PHONE, text="אני כאן, מטפל בזה"),
    "outgoingMessageStatus_delivered": status(Delivery.delivered),
    "outgoingMessageStatus_failed": status(
        Delivery.failed,
        SendFailure.refused,
        "failed: SWE004: the number of participants in the group has been exceeded - 300",
    ),
    "outgoingMessageStatus_noAccount": status(Delivery.failed, SendFailure.no_whatsapp, "noAccount"),
    "outgoingMessageStatus_notInGroup": status(Delivery.failed, SendFailure.refused, "notInGroup"),
    "outgoingMessageStatus_read": status(Delivery.read),
    "outgoingMessageStatus_sent": status(Delivery.sent),
    "outgoingMessageStatus_yellowCard": status(Delivery.failed, SendFailure.refused, "yellowCard"),
    "quotaExceeded": AccountChanged(NumberHealth.over_quota, "quotaExceeded", at(500)),
    "stateInstanceChanged_authorized": AccountChanged(NumberHealth.connected, "authorized", at(200)),
    "stateInstanceChanged_blocked": AccountChanged(NumberHealth.blocked, "blocked", at(200)),
    "stateInstanceChanged_notAuthorized": AccountChanged(NumberHealth.disconnected, "notAuthorized", at(200)),
    "stateInstanceChanged_sleepMode": AccountChanged(NumberHealth.unavailable, "sleepMode", at(200)),
    "stateInstanceChanged_starting": AccountChanged(NumberHealth.connecting, "starting", at(200)),
    "stateInstanceChanged_yellowCard": AccountChanged(NumberHealth.warned, "yellowCard", at(200)),
    "statusInstanceChanged_online": Ignored("webhook of type statusInstanceChanged"),
}


def load(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
