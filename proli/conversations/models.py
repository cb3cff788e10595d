"""All said with one contact on one channel account: the inbox and the outbox are both rows of `messages`."""

import enum
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from proli.conversations.failures import FAILURE, SendFailure
from proli.conversations.reasons import REASON, PersonReason
from proli.platform.orm import Base, BusinessOwned, CodeText


class NumberHealth(enum.StrEnum):
    """How a number is, whatever its provider calls it."""

    connected = "connected"
    disconnected = "disconnected"
    blocked = "blocked"
    suspended = "suspended"
    unavailable = "unavailable"
    """The phone that it stands on cannot be reached."""
    warned = "warned"
    over_quota = "over_quota"
    """It reaches no new people until its quota is renewed."""
    connecting = "connecting"
    simulated = "simulated"
    unknown = "unknown"
    """Nothing was said of it yet, or something that we have no word for."""


WORKS: Final = (NumberHealth.connected, NumberHealth.simulated, NumberHealth.unknown)
"""In these a number works; of one of which nothing is known nobody is alarmed."""


class ChannelAccount(BusinessOwned, Base):
    """One number of a business at one provider."""

    __tablename__ = "channel_accounts"
    __table_args__ = (UniqueConstraint("provider", "external_id"), Index(None, "phone_e164"))

    provider: Mapped[str]
    external_id: Mapped[str]
    phone_e164: Mapped[str | None]
    """The number itself, once the provider has named it."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Credentials, encrypted by the vault."""
    token_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    """SHA-256 of the token the provider shows on its webhooks."""
    state: Mapped[str] = mapped_column(default="unknown")
    """The provider's own word for the state of the number."""
    health: Mapped[NumberHealth] = mapped_column(
        CodeText(NumberHealth.unknown), default=NumberHealth.unknown, server_default="unknown"
    )
    state_at: Mapped[datetime | None]


class SendGate(BusinessOwned, Base):
    """How fast the messages of a number go out, and whether it rests: see `gates`."""

    __tablename__ = "send_gates"

    account_id: Mapped[int] = mapped_column(ForeignKey("channel_accounts.id", ondelete="CASCADE"), unique=True)
    next_at: Mapped[datetime]
    """The next turn that is not given away yet."""
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    """Attempts that failed since the last one that was answered."""
    failing_since: Mapped[datetime | None]
    shut_until: Mapped[datetime | None]
    """While it is ahead, nothing goes out; after it one message is tried."""


class Owner(enum.StrEnum):
    ai = "ai"
    human = "human"


class Conversation(BusinessOwned, Base):
    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel_account_id", "chat_id"),
        Index(None, "contact_id"),
        Index("ix_conversations_inbox", "business_id", "last_message_at", "id"),
        Index("ix_conversations_called", "business_id", postgresql_where=text("called_at IS NOT NULL")),
    )

    channel_account_id: Mapped[int] = mapped_column(ForeignKey("channel_accounts.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    chat_id: Mapped[str]
    """The provider's address of the chat."""
    owner: Mapped[Owner] = mapped_column(default=Owner.ai, server_default="ai")
    owner_since: Mapped[datetime | None]
    asked: Mapped[str | None]
    """The field our last reply asked for: what a bare answer means."""
    offered: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    """The starts of the times our last reply offered, ISO 8601 in UTC, in the order shown."""
    intent: Mapped[str | None]
    """What the contact last wanted, as `knowledge.requests` names it."""
    summary: Mapped[str] = mapped_column(default="", server_default="")
    """What was said before the messages a model is shown, up to `summarised_id`."""
    summarised_id: Mapped[int | None]
    rating_of: Mapped[int | None] = mapped_column(BigInteger)
    """The visit of which the customer was asked how it was, until `rating_until`; no key, since visits come later."""
    rating_until: Mapped[datetime | None]
    misses: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many turns in a row have brought nothing we understood."""
    last_inbound_at: Mapped[datetime | None]
    last_message_at: Mapped[datetime | None]
    """When either side wrote last; None as long as nobody has."""
    called_at: Mapped[datetime | None]
    """When a person was called to answer; None once one has."""
    called_for: Mapped[PersonReason | None] = mapped_column(REASON)
    """Why, as a code."""
    tries_draft: Mapped[bool] = mapped_column(default=False, server_default="false")
    """The agent goes by the draft of its guidance here; only conversations of the simulator can be so."""


class Direction(enum.StrEnum):
    inbound = "in"
    outbound = "out"


class Author(enum.StrEnum):
    contact = "contact"
    ai = "ai"
    human = "human"
    system = "system"


class MessageKind(enum.StrEnum):
    text = "text"
    button = "button"
    image = "image"
    audio = "audio"
    video = "video"
    document = "document"
    sticker = "sticker"
    location = "location"
    contact = "contact"
    poll = "poll"
    reaction = "reaction"
    call = "call"
    undecryptable = "undecryptable"
    unsupported = "unsupported"


class Delivery(enum.StrEnum):
    """Where an outgoing message stands. `sending` after a crash, and `unknown`, mean: ask the provider first."""

    queued = "queued"
    sending = "sending"
    unknown = "unknown"
    sent = "sent"
    delivered = "delivered"
    read = "read"
    failed = "failed"
    withheld = "withheld"
    lapsed = "lapsed"
    """It would have come too late to be true or of use."""


WAITING = (Delivery.queued, Delivery.sending, Delivery.unknown)
"""On its way out: not sent yet, as far as anybody knows."""
WAITING_SQL = f"delivery IN ({', '.join(f"'{one.value}'" for one in WAITING)})"


NEVER_SENT: Final = (Delivery.failed, Delivery.withheld, Delivery.lapsed)
UNANSWERED: Final = "direction = 'in' AND wants_answer AND answered_at IS NULL"
"""Of messages, in SQL: what somebody said that wants an answer and has none."""


class Message(BusinessOwned, Base):
    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("channel_account_id", "external_id"),
        UniqueConstraint("conversation_id", "dedup_key"),
        Index("ix_messages_thread", "conversation_id", "sent_at", "id"),
        Index(
            "ix_messages_unanswered",
            "conversation_id",
            postgresql_where=text(UNANSWERED),
        ),
        Index("ix_messages_sent", "business_id", "sent_at"),
        Index("ix_messages_media", "business_id", "sent_at", postgresql_where=text("media IS NOT NULL")),
        Index("ix_messages_failed", "business_id", "sent_at", postgresql_where=text("delivery = 'failed'")),
        Index(
            "ix_messages_outbox",
            "conversation_id",
            "id",
            postgresql_where=text(WAITING_SQL),
        ),
    )

    channel_account_id: Mapped[int] = mapped_column(ForeignKey("channel_accounts.id", ondelete="CASCADE"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    direction: Mapped[Direction]
    author: Mapped[Author]
    kind: Mapped[MessageKind] = mapped_column(default=MessageKind.text)
    text: Mapped[str] = mapped_column(default="")
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    """Of an outgoing message: [{"id": ..., "text": ...}]."""
    code: Mapped[str | None]
    """Of an outgoing message: which of the texts in `playbooks/texts.yaml` its words are; None for free words."""
    values: Mapped[dict[str, Any] | None]
    """What fills that text: name to words."""
    button_id: Mapped[str | None]
    """Of an incoming tap: the id of the button tapped."""
    quoted_external_id: Mapped[str | None]
    media: Mapped[dict[str, Any] | None]
    """{"url", "mime_type", "file_name"}, or {"latitude", "longitude", ...}, or {"vcards": [...]}."""
    external_id: Mapped[str | None]
    dedup_key: Mapped[str | None]
    """Of an outgoing message: what it is for, so that saying it twice is impossible."""
    sent_at: Mapped[datetime]
    """The provider's time of an incoming message; when an outgoing one was queued."""

    wants_answer: Mapped[bool] = mapped_column(default=False, server_default="false")
    answered_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    delivery: Mapped[Delivery | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    attempted_at: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    useful_until: Mapped[datetime | None]
    """What has not gone out by then does not go out; None when it may always come."""
    failure: Mapped[SendFailure | None] = mapped_column(FAILURE)
    error: Mapped[str | None]


class EarlyNews(BusinessOwned, Base):
    """What a provider said of a message before the message was known: how far it came, its new words, its end."""

    __tablename__ = "early_news"
    __table_args__ = (UniqueConstraint("channel_account_id", "external_id", "kind"),)

    channel_account_id: Mapped[int] = mapped_column(ForeignKey("channel_accounts.id", ondelete="CASCADE"))
    external_id: Mapped[str]
    kind: Mapped[str]
    """status, edit or deletion."""
    words: Mapped[str | None]
    """The status, or the new words."""
    failure: Mapped[SendFailure | None] = mapped_column(FAILURE)
    error: Mapped[str | None]
    at: Mapped[datetime]


class QuickReply(BusinessOwned, Base):
    """Words that staff have at hand in the inbox."""

    __tablename__ = "quick_replies"
    __table_args__ = (
        Index("ix_quick_replies_business", "business_id", "position"),
        CheckConstraint("language IN ('he', 'en')", name="language"),
    )

    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[str] = mapped_column(default="he")
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
