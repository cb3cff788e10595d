"""Calls: the numbers that are called, each call, its lines, and what was said."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from proli.accounts.actor import Actor, ActorText
from proli.platform.orm import Base, BusinessOwned, CodeText
from proli.voice.out_rules import CallOutState, CallPurpose
from proli.voice.rules import CallDirection, CallOutcome, CallState, StreamEnd, TransferReason, is_simulated


class VoiceNumber(BusinessOwned, Base):
    """A number at which a business is called. No two businesses share one."""

    __tablename__ = "voice_numbers"
    __table_args__ = (UniqueConstraint("phone_e164"), Index(None, "account_sid"))

    phone_e164: Mapped[str]
    account_sid: Mapped[str]
    """The account at the provider, which signs what it tells of the number."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Its secrets, encrypted by the vault."""


class Call(BusinessOwned, Base):
    """One call, whatever of it was told first."""

    __tablename__ = "calls"
    __table_args__ = (
        UniqueConstraint("external_id"),
        Index(None, "contact_id"),
        Index(None, "lead_id"),
        Index(None, "call_out_id"),
        Index("ix_calls_log", "business_id", "started_at", "id"),
        Index("ix_calls_open", "seen_at", postgresql_where=text("ended_at IS NULL")),
    )

    external_id: Mapped[str]
    """The provider's CallSid, or ours of a call that is simulated."""
    number_id: Mapped[int | None] = mapped_column(ForeignKey("voice_numbers.id", ondelete="SET NULL"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    """Who is on the other side; None as long as their number is not known, or withheld."""
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id", ondelete="SET NULL"))
    """What it was about."""
    call_out_id: Mapped[int | None] = mapped_column(ForeignKey("calls_out.id", ondelete="SET NULL"))
    """Why we have called; None of those who have called us."""
    direction: Mapped[CallDirection]
    phone_e164: Mapped[str | None]
    """The number of the other side, as the provider told it."""
    state: Mapped[CallState]
    outcome: Mapped[CallOutcome | None] = mapped_column(CodeText(CallOutcome.unknown))
    """What it came to; may be known before it ends, when a person takes it."""
    summary: Mapped[str] = mapped_column(default="", server_default="")
    started_at: Mapped[datetime]
    connected_at: Mapped[datetime | None]
    """When somebody could first be talked with."""
    ended_at: Mapped[datetime | None]
    seen_at: Mapped[datetime]
    """The last sign of it."""
    duration_s: Mapped[int | None]
    """As the provider has counted."""
    word_at: Mapped[datetime | None]
    """When the caller was asked to leave word, which the provider records."""
    taken_by: Mapped[str | None]
    """Who of the business has taken it."""
    fallbacks: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """How often another took over in it, by what failed: ears, voice or mind."""

    @property
    def simulated(self) -> bool:
        return is_simulated(self.external_id)


class OutgoingCall(BusinessOwned, Base):
    """A call that we make: each try that the provider takes is a row of `calls`."""

    __tablename__ = "calls_out"
    __table_args__ = (
        UniqueConstraint("business_id", "key"),
        Index(None, "contact_id"),
        Index(None, "lead_id"),
        Index(None, "booking_id"),
        Index("ix_calls_out_open", "business_id", "due_at", postgresql_where=text("ended_at IS NULL")),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id", ondelete="SET NULL"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"))
    """The visit of which they are reminded."""
    purpose: Mapped[CallPurpose] = mapped_column(CodeText(CallPurpose.other))
    key: Mapped[str]
    """What it is for, so that it is made once."""
    actor: Mapped[Actor] = mapped_column(ActorText)
    """Who wanted it."""
    state: Mapped[CallOutState] = mapped_column(CodeText(CallOutState.other), default=CallOutState.waiting)
    due_at: Mapped[datetime]
    """When they are rung next; where that is not lawful, later."""
    useful_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    rung_at: Mapped[datetime | None]
    """When the provider was last asked to ring them, or was about to be."""
    external_id: Mapped[str | None]
    """The CallSid of the last try, once it is known."""
    ended_at: Mapped[datetime | None]


class CallStream(BusinessOwned, Base):
    """A line of a call: a token that opens it once, and how it ended. At most one of a call is open."""

    __tablename__ = "call_streams"
    __table_args__ = (
        UniqueConstraint("token_digest"),
        Index(None, "call_id"),
        Index(
            "uq_call_streams_open",
            "call_id",
            unique=True,
            postgresql_where=text("used_at IS NOT NULL AND ended_at IS NULL"),
        ),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    token_digest: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    external_id: Mapped[str | None]
    """The provider's StreamSid."""
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[StreamEnd | None] = mapped_column(CodeText(StreamEnd.unknown))


class CallTransfer(BusinessOwned, Base):
    """A caller who is connected to a person: whom we ring, one after the other, until one takes the call. A call has
    one at a time."""

    __tablename__ = "call_transfers"
    __table_args__ = (
        Index(None, "call_id"),
        Index(None, "contact_id"),
        Index("uq_call_transfers_open", "call_id", unique=True, postgresql_where=text("ended_at IS NULL")),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    reason: Mapped[TransferReason] = mapped_column(CodeText(TransferReason.other))
    people: Mapped[list[dict[str, Any]]]
    """`name` and `phone_e164` of each, as the list was when it began."""
    step: Mapped[int] = mapped_column(default=0, server_default="0")
    """Whom we ring, from 0; as many as there are when nobody has taken it."""
    actor: Mapped[Actor] = mapped_column(ActorText)
    """Who wanted it: the agent, or somebody in the console."""
    asked_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When nobody was left, or the call was over."""


class CallTurn(BusinessOwned, Base):
    """What one side said in a call, as far as it was heard."""

    __tablename__ = "call_turns"
    __table_args__ = (UniqueConstraint("call_id", "number"), Index(None, "contact_id"))

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    """Whose call it was, so that it goes where they go."""
    number: Mapped[int]
    """Its place in the call."""
    speaker: Mapped[str]
    """caller, agent or person."""
    text: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    cut_off: Mapped[bool] = mapped_column(default=False, server_default="false")
    """The other side spoke before it was said to the end."""
    latency_ms: Mapped[int | None]
    """Of the agent: from the end of the caller's words to the first sound."""
    trace: Mapped[dict[str, Any] | None]


class RecordingPart(BusinessOwned, Base):
    """A piece of our own recording of a line: those of a line, one behind the other, are an Ogg file of Opus with the
    caller on the left and us on the right."""

    __tablename__ = "recording_parts"
    __table_args__ = (
        UniqueConstraint("stream_id", "number"),
        Index(None, "call_id"),
        Index(None, "contact_id"),
        Index(None, "business_id", "began_at"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    stream_id: Mapped[int] = mapped_column(ForeignKey("call_streams.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    number: Mapped[int]
    began_at: Mapped[datetime]
    """When the recording of the line began, not this piece of it."""
    length_ms: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class CallRecording(BusinessOwned, Base):
    """A recording that the provider has made."""

    __tablename__ = "call_recordings"
    __table_args__ = (
        UniqueConstraint("external_id"),
        Index(None, "call_id"),
        Index(None, "contact_id"),
        Index(
            "ix_call_recordings_there",
            "business_id",
            "created_at",
            postgresql_where=text("state = 'completed' AND deleted_at IS NULL"),
        ),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    external_id: Mapped[str]
    """The provider's RecordingSid."""
    state: Mapped[str]
    """in-progress, completed or absent."""
    url: Mapped[str | None]
    duration_s: Mapped[int | None]
    fetched_at: Mapped[datetime | None]
    """When its sound was stored as that of one more line of the call."""
    deleted_at: Mapped[datetime | None]
    """Since when the provider does not keep it any more."""
