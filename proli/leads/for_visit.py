"""What customers have said for whoever comes: kept with the request, so that it stays when the visit moves."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from proli.accounts.actor import BY_CUSTOMER
from proli.leads.actions import save_details
from proli.leads.models import Lead
from proli.platform.db import BusinessSession

FOR_VISIT: Final = "for_visit"
"""Its name among the needs of a lead."""
MOST: Final = 8
"""So many notes are kept; what comes after them is for people."""


def notes_of(lead: Lead) -> list[str]:
    """The notes in the order they were said; staff may have written some."""
    return [*(lead.needs.get(FOR_VISIT) or [])]


def keep_notes(session: BusinessSession, lead: Lead, said: Sequence[str], *, now: datetime) -> list[str] | None:
    """The request has these notes too; returns those that are new. None where there is no room for all of them.

    The lead is locked.
    """
    known = notes_of(lead)
    fresh = [one for one in dict.fromkeys(said) if one not in known]
    if len(known) + len(fresh) > MOST:
        return None
    if fresh:
        save_details(session, lead, {"needs": {FOR_VISIT: [*known, *fresh]}}, actor=BY_CUSTOMER, now=now)
    return fresh


def digest_of(note: str) -> str:
    """By which a note is named where its words should not stand."""
    return sha256(note.encode()).hexdigest()[:16]
