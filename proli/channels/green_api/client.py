"""Green API as a channel: text, buttons that degrade to numbers, and finding out whether a lost send arrived."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from loguru import logger

from proli.channels.base import ButtonLimits, Credential, SendDelayed, SendInDoubt, SendRefused, numbered
from proli.channels.green_api.account import NEEDS, look, number_of
from proli.channels.green_api.content import menu_text
from proli.channels.green_api.rest import Account, MethodRefused, call
from proli.conversations.outbox import Parcel
from proli.conversations.reach import LoadedFile, SentFile
from proli.platform.media import MediaUnavailable, load_media
from proli.platform.payloads import Fields, find_section, find_string
from proli.platform.runtime import Runtime

MAX_TEXT = 20_000
PERSON = "@c.us"
BUTTONS = ButtonLimits(most=3, longest=25)
HISTORY = 50
CLOCK_SKEW = timedelta(seconds=2)
JOURNAL_LAG = timedelta(minutes=2)
"""How long a message that was sent may be missing from the chat's history, by Green API's documentation."""
PLAIN_FROM_ATTEMPT = 3
"""Buttons are in beta at Green API: when they keep failing, the words alone are tried."""


class GreenApi:
    """Stateless; the credentials are `id_instance`, `api_token`, `host`, and perhaps `journal_lag_s`."""

    needs: Sequence[Credential] = NEEDS
    number_of = staticmethod(number_of)
    look = staticmethod(look)

    def chat_id_of(self, phone_e164: str) -> str:
        return phone_e164.removeprefix("+") + PERSON

    async def send(self, runtime: Runtime, parcel: Parcel) -> str:
        account, text = Account.of(runtime.vault.unseal(parcel.sealed)), in_full(parcel)
        if shows_buttons(parcel):
            buttons = [{"buttonId": button.id, "buttonText": button.text} for button in parcel.buttons]
            body = {"chatId": parcel.chat_id, "body": text, "buttons": buttons}
            try:
                return message_id(await call(runtime, account, "sendInteractiveButtonsReply", body))
            except MethodRefused as refusal:
                logger.info("Message {} goes without buttons: {}", parcel.message_id, refusal)
        return message_id(await call(runtime, account, "sendMessage", {"chatId": parcel.chat_id, "message": text}))

    async def find_sent(
        self, runtime: Runtime, parcel: Parcel, *, since: datetime, known: frozenset[str]
    ) -> str | None:
        """Looks among what Green API has queued, then in the chat's history.

        That a message is not there proves nothing until the journal has had its time.
        """
        credentials = runtime.vault.unseal(parcel.sealed)
        account, wanted = Account.of(credentials), {words(parcel.text), words(in_full(parcel))}
        try:
            queued = await call(runtime, account, "showMessagesQueue")
            history = await call(runtime, account, "getChatHistory", {"chatId": parcel.chat_id, "count": HISTORY})
        except (SendRefused, SendInDoubt) as error:
            raise SendDelayed(f"whether it was sent is not known: {error.unsent.error}") from error
        found = [*in_queue(queued, parcel.chat_id, wanted), *in_history(history, since - CLOCK_SKEW, wanted)]
        for external_id in found:
            if external_id not in known:
                return external_id
        if runtime.clock.now() - since < journal_lag(credentials):
            raise SendDelayed("whether it was sent is not known yet")
        return None

    async def load_file(self, runtime: Runtime, credentials: Mapping[str, str], sent: SentFile) -> LoadedFile:
        """Addresses of files expire: then Green API is asked where it has the file now."""
        try:
            return LoadedFile(await load_media(runtime, str(sent.media["url"])))
        except MediaUnavailable as gone:
            address = await self.find_address(runtime, credentials, sent)
            if address is None:
                raise
            logger.info("Message {}: its file is loaded from a fresh address, as {}", sent.message_id, gone)
        return LoadedFile(await load_media(runtime, address), address)

    async def find_address(self, runtime: Runtime, credentials: Mapping[str, str], sent: SentFile) -> str | None:
        """Where the file is now; None when Green API cannot say."""
        if sent.external_id is None:
            return None
        try:
            return await self.address_of_file(runtime, credentials, chat_id=sent.chat_id, external_id=sent.external_id)
        except (SendRefused, SendDelayed, SendInDoubt) as error:
            logger.warning("Message {}: Green API has no address for its file: {}", sent.message_id, error)
            return None

    async def address_of_file(
        self, runtime: Runtime, credentials: Mapping[str, str], *, chat_id: str, external_id: str
    ) -> str | None:
        """A fresh address; those in old webhooks expire."""
        body = {"chatId": chat_id, "idMessage": external_id}
        answer = await call(runtime, Account.of(credentials), "downloadFile", body)
        found = find_string(cast(Fields, answer), "downloadUrl", limit=4_000) if isinstance(answer, dict) else ""
        return found or None


def in_full(parcel: Parcel) -> str:
    return numbered(parcel)[:MAX_TEXT]


def shows_buttons(parcel: Parcel) -> bool:
    return BUTTONS.allow(parcel) and parcel.chat_id.endswith(PERSON) and parcel.attempts < PLAIN_FROM_ATTEMPT


def message_id(answer: Any) -> str:
    """The id under which Green API has queued the message; without it nobody knows whether it has."""
    found = find_string(cast(Fields, answer), "idMessage", limit=255) if isinstance(answer, dict) else ""
    if not found:
        raise SendInDoubt("Green API's answer names no message")
    return found


def words(text: str) -> str:
    """`text` without differences of white space, which providers do not keep."""
    return " ".join(text.split())


def objects(answer: Any) -> Iterator[Fields]:
    """The objects in a list.

    Raises:
        SendDelayed: it is no list.
    """
    if not isinstance(answer, list):
        raise SendDelayed("Green API's journal is unreadable")
    for item in cast(list[object], answer):
        if isinstance(item, dict):
            yield cast(Fields, item)


def in_queue(answer: Any, chat_id: str, wanted: Iterable[str]) -> Iterator[str]:
    """Ids of messages that Green API has taken but not sent on yet."""
    for item in objects(answer):
        body = find_section(item, "body")
        text = find_string(body, "message", "body", "caption")
        external_id = find_string(item, "messageID", "idMessage", limit=255)
        if external_id and body.get("chatId") == chat_id and words(text) in wanted:
            yield external_id


def in_history(answer: Any, earliest: datetime, wanted: Iterable[str]) -> Iterator[str]:
    """Ids of outgoing messages with those words, the oldest first."""
    for item in reversed(list(objects(answer))):
        seconds = item.get("timestamp")
        if item.get("type") != "outgoing" or not isinstance(seconds, int | float):
            continue
        text = (
            find_string(item, "textMessage", "caption")
            or find_string(find_section(item, "extendedTextMessage", "extendedTextMessageData"), "text")
            or menu_text(item)
        )
        external_id = find_string(item, "idMessage", limit=255)
        if external_id and seconds >= int(earliest.timestamp()) and words(text) in wanted:
            yield external_id


def journal_lag(credentials: Mapping[str, str]) -> timedelta:
    kept = credentials.get("journal_lag_s")
    return JOURNAL_LAG if kept is None else timedelta(seconds=float(kept))
