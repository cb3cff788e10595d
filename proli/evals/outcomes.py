"""Whether a conversation ended as it should, and said nothing that it may not say."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from proli.evals.cases import Case
from proli.evals.record import ZONE, Record
from proli.knowledge.trades import URGENT
from proli.mind.proof.checking import named_prices
from proli.mind.proof.claims import find_claims

LISTED_PRICES = frozenset({25000})
ARRANGED = frozenset({"held", "pending", "confirmed"})


def outcome_problem(case: Case, record: Record) -> str | None:
    """What is wrong with the end of the conversation; None when it is as it should be."""
    if record.played.unanswered:
        return "silent"
    if case.customer is not None and not any(status in ARRANGED for status, _ in record.bookings):
        return "the customer answered everything and nothing was arranged"
    acceptable: list[Any] = [case.gold.get("intent"), *(case.gold.get("intent_ok") or [])]
    if case.gold.get("opt_out") and not record.opted_out:
        return "not opted out"
    problems = [CHECKS.get(str(intent), served)(case, record) for intent in acceptable]
    return None if None in problems else problems[0]


def served(_: Case, record: Record) -> str | None:
    """Whatever was asked for is arranged, offered, with a person, or the next question is asked."""
    arranged = any(status in ARRANGED for status, _ in record.bookings)
    if arranged or record.offered or record.by_human or record.attention or record.asked or record.opted_out:
        return None
    return None if record.played.replies else "nothing came of it"


def with_person(_: Case, record: Record) -> str | None:
    return None if record.by_human or record.attention else "no person was called"


def cancelled(case: Case, record: Record) -> str | None:
    due = existing(case)
    if due is None or due <= case.reference:
        return None if record.played.replies else "silent"
    standing = [start for status, start in record.bookings if status in ARRANGED]
    return "still booked" if due in standing else None


def moved(case: Case, record: Record) -> str | None:
    """The visit is at another time, other times are offered, or the new time is asked for."""
    due = existing(case)
    if due is None:
        return served(case, record)
    at_other = any(status in ARRANGED and start != due for status, start in record.bookings)
    return None if at_other or record.offered or record.asked == "time" or record.by_human else "not moved"


def emergency(_: Case, record: Record) -> str | None:
    return None if record.fields.get("urgency") in URGENT or record.attention else "not taken as urgent"


def no_request(_: Case, record: Record) -> str | None:
    return "a visit was arranged" if any(status in ARRANGED for status, _ in record.bookings) else None


def existing(case: Case) -> datetime | None:
    due = (case.context or {}).get("existing_appointment")
    return datetime.fromisoformat(due).replace(tzinfo=ZONE) if due else None


CHECKS: dict[str, Callable[[Case, Record], str | None]] = {
    "human": with_person,
    "callback": with_person,
    "complaint": with_person,
    "cancel": cancelled,
    "reschedule": moved,
    "emergency": emergency,
    "wrong_number": no_request,
    "off_topic": no_request,
    "unknown": no_request,
}


def broken_promises(record: Record) -> list[str]:
    """What was said that no conversation may say: an effect without its row, a price from nowhere."""
    problems: list[str] = []
    kept = {status for status, _ in record.bookings}
    for reply in record.played.replies:
        claims = {claim.kind for claim in find_claims(reply)}
        if "booked" in claims and not kept & {"confirmed", "cancelled", "done"}:
            problems.append(f"claims a booking: {reply}")
        if "cancelled" in claims and not kept & {"cancelled"} and record.status != "cancelled":
            problems.append(f"claims a cancellation: {reply}")
        if named_prices(reply) - LISTED_PRICES:
            problems.append(f"names a price that is not in the list: {reply}")
    return problems
