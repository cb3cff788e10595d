"""A contact's open request and its visit, as facts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import text

from proli.conversations.reasons import REASON, PersonReason
from proli.leads.models import BEFORE_ASKING, OPEN, Lead
from proli.leads.queries import MEANT_FIRST
from proli.mind.choices import NOTHING, Picked, choices_of
from proli.mind.facts import Facts, Known, Standing
from proli.mind.which_request import pick
from proli.platform.db import BusinessSession
from proli.scheduling.in_question import Attendance, Promise, in_question
from proli.scheduling.models import LIVE_SQL

type ContactColumn = Literal[":contact_id", "contacts.id", "conversations.contact_id"]
"""Named with its table: in the query below a bare `contact_id` would be that of any lead."""
REFUSED: Final = """
    SELECT entry.kind = 'time_refused' FROM lead_entries AS entry
    WHERE entry.lead_id = lead.id AND entry.kind IN ('time_refused', 'time_suits', 'visit_confirmed')
        AND CAST(entry.details ->> 'booking_id' AS bigint) = booking.id
        AND CAST(entry.details ->> 'moves' AS bigint) = booking.moves
    ORDER BY entry.id DESC LIMIT 1
"""
"""Whether the customer has last said of a visit, as it stands, that its time does not suit."""
_REQUEST: Final = f"""
    SELECT coalesce(jsonb_agg(to_jsonb(request)), '[]') FROM (
        SELECT lead.id AS lead_id, lead.status, lead.trade, lead.issue, lead.description, lead.urgency, lead.locality,
               lead.address, lead.address_parts, lead.wish, lead.customer_name AS name, lead.intent, lead.needs,
               lead.attention, booking.id AS booking_id, booking.status AS visit, booking.starts_at, booking.ends_at,
               booking.on_the_way_at, booking.unable_at, booking.expected_at, ({REFUSED}) AS refused,
               professional.name AS professional, professional.prompt, professional.phone_e164 AS phone,
               professional.active, professional.exceptions
        FROM leads AS lead
        LEFT JOIN bookings AS booking ON booking.lead_id = lead.id AND booking.asks_until IS NULL
            AND booking.{LIVE_SQL}
        LEFT JOIN professionals AS professional ON professional.id = booking.professional_id
        WHERE lead.contact_id = {{contact_id}} AND lead.status IN ({", ".join(f"'{one.value}'" for one in OPEN)})
        ORDER BY {MEANT_FIRST.format(lead="lead")}, booking.status = 'confirmed' LIMIT 16
    ) AS request
"""  # noqa: S608 - codes of ours


def request_of(contact: ContactColumn) -> str:
    """A query of the contact's open requests with their slots, as one value; the one still being arranged comes first.

    With two rows of one lead, its promised visit comes second: another hour has been asked for.
    """
    return _REQUEST.format(contact_id=contact)


OF_CONTACT: Final = text(request_of(":contact_id"))
SAME: Final = (
    "status", "trade", "issue", "description", "urgency", "locality", "address", "address_parts", "wish", "intent",
    "needs",
)  # fmt: skip
"""What is known of a lead under the name of its column."""


async def with_lead(session: BusinessSession, facts: Facts, contact_id: int) -> Facts:
    """The facts with the contact's open request and its slot as they stand now, in one query; see `with_request`."""
    return with_request(facts, (await session.execute(OF_CONTACT, {"contact_id": contact_id})).scalar_one())


def with_request(facts: Facts, rows: Sequence[Mapping[str, Any]]) -> Facts:
    """The facts with an open request and its slot, as `request_of` found them: of several the one that the words mean.

    Which one that is, is read once in a turn.
    """
    choices = choices_of(rows)
    if facts.picked is None:
        homes, text = facts.playbook.subject == "home", facts.text if choices else ""
        facts = replace(facts, picked=pick(text, choices, facts.last, homes=homes, now=facts.local_now))
    facts = replace(facts, choices=choices)
    if not rows:
        return replace(facts, known=Known(), standing=None)
    first, *others = of_picked(rows, facts.picked or NOTHING)
    known = known_of(first)
    promised = next((one for one in others if one["lead_id"] == first["lead_id"]), None)
    if promised is not None and is_in_question(promised, known.attention, facts):
        promised = None
    standing = standing_from(first, promised)
    if standing is not None and is_in_question(first, known.attention, facts):
        standing = replace(standing, in_question=True)
    if standing is not None and is_unsettled(first, known.attention, facts.now):
        standing = replace(standing, unsettled=True)
    begun = rows[0] if rows[0]["lead_id"] != known.lead_id and rows[0]["status"] in BEFORE_ASKING else None
    return replace(facts, known=known, standing=standing, begun=known_of(begun) if begun is not None else None)


def of_picked(rows: Sequence[Mapping[str, Any]], picked: Picked) -> Sequence[Mapping[str, Any]]:
    """The rows of the request that is meant; of the first one where that is not known, or not open any more."""
    meant = [row for row in rows if row["lead_id"] in picked.lead_ids[:1]]
    return meant or rows


def known_of(row: Mapping[str, Any]) -> Known:
    attention = REASON.process_result_value(row["attention"], None)
    return Known(lead_id=row["lead_id"], name=row["name"], attention=attention, **{name: row[name] for name in SAME})


def known_from(lead: Lead) -> Known:
    same = {name: getattr(lead, name) for name in SAME}
    return Known(lead_id=lead.id, name=lead.customer_name, attention=lead.attention, **same)


def standing_from(one: Mapping[str, Any], promised: Mapping[str, Any] | None) -> Standing | None:
    if one["visit"] is None or one["professional"] is None:
        return None
    return Standing(
        status=one["visit"],
        starts_at=instant(one["starts_at"]),
        professional=one["professional"],
        stays_at=instant(promised["starts_at"]) if promised is not None else None,
        refused=bool((promised or one)["refused"]),
        on_the_way=one["on_the_way_at"] is not None,
        expected_at=instant(one["expected_at"]) if one["expected_at"] else None,
        prompt=one["prompt"],
        phone=one["phone"],
    )


def is_unsettled(one: Mapping[str, Any], attention: PersonReason | None, now: datetime) -> bool:
    """Whether the promised visit of the row has begun, or is over, and people are called for what came of it."""
    if one["visit"] != "confirmed" or attention is None:
        return False
    known_not = attention in (PersonReason.no_outcome, PersonReason.nobody_opens)
    return instant(one["starts_at" if known_not else "ends_at"]) <= now


def is_in_question(one: Mapping[str, Any], attention: PersonReason | None, facts: Facts) -> bool:
    """Whether people must still decide if the visit of the row will be."""
    set_out, unable = (instant(at) if (at := one[name]) else None for name in ("on_the_way_at", "unable_at"))
    promise = Promise(one["visit"], instant(one["starts_at"]), set_out, unable)
    attendance = Attendance(one["active"], one["exceptions"])
    return in_question(promise, attendance, attention=attention, zone=facts.zone, now=facts.now)


def instant(words: str) -> datetime:
    """A time as the database writes it in JSON."""
    return datetime.fromisoformat(words).astimezone(UTC)
