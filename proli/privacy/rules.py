"""What becomes of every column of every table when a person is erased: the one list, which a test holds complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

type Reach = Literal["contact", "conversation", "lead", "none"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a table.

    Rows of the person are those that name their contact, conversation or lead, as `by` says; with `goes` they are
    deleted, else the columns in `blank` are emptied. Columns in `mask` are free words of anybody's: in all rows of the
    business, phones, addresses and the full name of the person are struck out there.
    """

    keep: str
    """Says nothing of customers, or nothing once the rest is gone."""
    by: Reach = "none"
    goes: bool = False
    blank: str = ""
    mask: str = ""

    @property
    def columns(self) -> list[str]:
        return [*self.keep.split(), *self.blank.split(), *self.mask.split()]


STAMPED: Final = "id business_id created_at"
VERSIONED: Final = f"{STAMPED} version changed_at"

RULES: Final[Mapping[str, Rule]] = {
    "businesses": Rule(
        "id created_at version changed_at slug name playbook zone language staff_e164 offer_minutes "
        "urgent_offer_minutes facts texts weights related_trades rest budgets sweeps retention asks_rating "
        "records_calls transfers calls_back calls_reminders"
    ),
    "contacts": Rule(
        f"{STAMPED} phone_e164 name language opted_out_at erased_at search", by="contact", goes=True
    ),
    "contact_addresses": Rule(f"{STAMPED} contact_id kind value evidence since", by="contact", goes=True),
    "contact_merges": Rule(
        f"{STAMPED} kept_id other moved changed spent along actor at undone_at", by="contact", goes=True
    ),
    "consents": Rule(f"{STAMPED} contact_id wish message_id words actor at", by="contact", goes=True),
    "spendings": Rule(f"{STAMPED} day kind contact_id shard count", by="contact", goes=True),
    "conversations": Rule(
        f"{STAMPED} channel_account_id contact_id chat_id owner owner_since asked offered intent summarised_id misses "
        "last_inbound_at last_message_at called_at called_for tries_draft rating_of rating_until",
        by="contact",
        goes=True,
        mask="summary",
    ),
    "messages": Rule(
        f"{STAMPED} channel_account_id conversation_id direction author kind code sent_at wants_answer answered_at "
        "deleted_at delivery failure useful_until attempts attempted_at next_attempt_at",
        by="conversation",
        blank="button_id quoted_external_id external_id dedup_key error buttons",
        mask="text values media",
    ),
    "early_news": Rule(f"{STAMPED} channel_account_id external_id kind error failure at", mask="words"),
    "turns": Rule(
        f"{STAMPED} conversation_id key reply_message_id lead_id model prompt_version latency_ms cost_micros",
        by="conversation",
        mask="trace",
    ),
    "tool_calls": Rule(
        f"{STAMPED} origin conversation_id turn_key tool arguments_digest", by="conversation", goes=True, mask="outcome"
    ),
    "leads": Rule(
        f"{VERSIONED} contact_id conversation_id status stage_id professional_id trade issue urgency locality intent "
        "closed_at search",
        by="lead",
        blank="wish attention",
        mask="description customer_name address address_parts needs",
    ),
    "lead_entries": Rule(f"{STAMPED} lead_id kind actor at", by="lead", mask="details"),
    "rankings": Rule(f"{STAMPED} lead_id at", by="lead", blank="entries"),
    "tasks": Rule(f"{STAMPED} lead_id due_at done_at actor", by="lead", goes=True, mask="text"),
    "bookings": Rule(
        f"{STAMPED} lead_id professional_id status starts_at ends_at during actor on_the_way_at replaces_id moves "
        "settles_at told_starts_at told_professional_id price_agorot expected_at "
        "asks_until unable_at reason",
        by="lead",
        mask="work_done reason_words",
    ),
    "offers": Rule(f"{STAMPED} lead_id professional_id booking_id status sends_at expires_at answered_at", by="lead"),
    "ratings": Rule(f"{STAMPED} booking_id professional_id lead_id score at", by="lead", mask="words"),
    "voice_numbers": Rule(f"{STAMPED} phone_e164 account_sid sealed"),
    "calls": Rule(
        f"{STAMPED} external_id number_id contact_id lead_id direction state outcome started_at connected_at ended_at "
        "seen_at duration_s fallbacks taken_by word_at call_out_id",
        by="contact",
        goes=True,
        mask="phone_e164 summary",
    ),
    "calls_out": Rule(
        f"{STAMPED} contact_id lead_id booking_id purpose key actor state due_at useful_until tries rung_at "
        "external_id ended_at",
        by="contact",
        goes=True,
    ),
    "call_streams": Rule(
        f"{STAMPED} call_id token_digest expires_at external_id used_at ended_at ended_by",
    ),
    "call_turns": Rule(
        f"{STAMPED} call_id contact_id number speaker began_at ended_at cut_off latency_ms",
        by="contact",
        goes=True,
        mask="text trace",
    ),
    "call_transfers": Rule(
        f"{STAMPED} call_id contact_id reason people step actor asked_at taken_at ended_at", by="contact", goes=True
    ),
    "call_recordings": Rule(
        f"{STAMPED} call_id contact_id external_id state url duration_s fetched_at deleted_at", by="contact", goes=True
    ),
    "recording_parts": Rule(
        f"{STAMPED} call_id stream_id contact_id number began_at length_ms data", by="contact", goes=True
    ),
    "saved_views": Rule(f"{VERSIONED} user_id position", mask="name query"),
    "quick_replies": Rule(f"{VERSIONED} language position", mask="title text"),
    "stages": Rule(f"{STAMPED} name kind colour position"),
    "prompts": Rule(f"{VERSIONED} channel number status actor published_at", mask="text"),
    "professionals": Rule(
        f"{VERSIONED} name phone_e164 language active trades localities base_locality radius_km rating_sum "
        "rating_count max_open_jobs hours exceptions quiet_start_minute quiet_end_minute visit_minutes buffer_minutes "
        "notice_minutes horizon_days per_day_limit rest",
        mask="prompt",
    ),
    "prices": Rule(f"{VERSIONED} professional_id trade issue label from_agorot to_agorot"),
    "channel_accounts": Rule(f"{STAMPED} provider external_id phone_e164 sealed token_digest health state state_at"),
    "audit_entries": Rule(f"{STAMPED} user_id actor action subject details at"),
    "receipts": Rule(f"{STAMPED} kind count until at"),
    "memberships": Rule(f"{STAMPED} user_id role professional_id"),
    "invitations": Rule(
        f"{STAMPED} email name role professional_id token expires_at invited_by accepted_at ended_at"
    ),
    "security_events": Rule(f"{STAMPED} kind user_id source device at"),
    "users": Rule(
        "id created_at email name language ended_at operator password_hash totp totp_offered totp_step links recovery"
    ),
    "sign_ins": Rule(
        "id created_at user_id family token former rotated_at began_at proved_at expires_at ended_at device source"
    ),
    "tries": Rule("id created_at key count since until"),
    "sweep_runs": Rule(f"{STAMPED} sweep began_at ended_at found failed took_ms found_ever failed_ever"),
    "outages": Rule(f"{STAMPED} kind subject began_at ended_at told_at"),
    "send_gates": Rule(f"{STAMPED} account_id failing_since failures next_at shut_until"),
    "watchers": Rule("business_id until"),
    "backups_made": Rule("id created_at made_at rows bytes"),
    "alembic_version": Rule("version_num"),
}  # fmt: skip
