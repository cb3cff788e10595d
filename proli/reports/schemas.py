"""What the first page of a morning says."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, Field

from proli.conversations.failures import SendFailure
from proli.conversations.reasons import PersonReason
from proli.leads.models import LeadStatus
from proli.reports.figures import Average, DayCount, Seconds
from proli.scheduling.models import BookingStatus

URGENT_FIRST: Final = "Dangers before all, then emergencies, then the newest; fifty at most."
Name = Annotated[str, Field(examples=["דנה"], description="Of the customer; empty when not known.")]


class AttentionLine(BaseModel):
    """A lead for which a person is needed."""

    id: int
    name: Name
    reason: PersonReason
    in_writing: Annotated[bool, Field(description="It is settled by an answer in the conversation, not on the lead.")]
    since: datetime
    conversation_id: int | None


class HandedLine(BaseModel):
    """A conversation in which the customer waits for a person."""

    conversation_id: int
    name: Name
    reason: Annotated[PersonReason | None, Field(description="Why a person was called.")]
    since: Annotated[datetime, Field(description="When the person was called, or the oldest unanswered message came.")]
    unanswered: int


class FailedLine(BaseModel):
    """A message of the last seven days that did not go out and will not by itself."""

    id: int
    conversation_id: int
    name: Name
    failure: SendFailure | None
    sent_at: datetime


class ExpiringLine(BaseModel):
    """An offer that is unanswered and expires within ten minutes."""

    id: int
    lead_id: int
    name: Name
    professional_id: int
    professional: str
    expires_at: datetime


class StuckLine(BaseModel):
    """A lead being arranged that has stood still for more than a day."""

    id: int
    name: Name
    status: LeadStatus
    changed_at: datetime
    conversation_id: int | None


class VisitLine(BaseModel):
    """A visit of today; held ones are not promised to anybody yet, cancelled ones are left out."""

    id: int
    lead_id: int
    starts_at: datetime
    ends_at: datetime
    status: BookingStatus
    professional_id: int
    professional: str
    name: Name
    locality: str | None
    address: str | None


class Figures(BaseModel):
    """A week is seven days that end today, a month thirty."""

    leads_today: int
    leads_week: int
    leads_former_week: int
    booked_week: Annotated[int, Field(description="Visits arranged in the week, for whatever day.")]
    booked_former_week: int
    median_first_response_s_week: Seconds
    median_first_response_s_former_week: Seconds
    rating_month: Average
    rating_former_month: Average
    per_day: Annotated[list[DayCount], Field(description="Leads of the last fourteen days, today last.")]


class Today(BaseModel):
    zone: Annotated[str, Field(examples=["Asia/Jerusalem"])]
    attention: Annotated[list[AttentionLine], Field(description=URGENT_FIRST)]
    handed: Annotated[list[HandedLine], Field(description=URGENT_FIRST)]
    failed: Annotated[list[FailedLine], Field(description="Newest first, twenty at most.")]
    expiring: Annotated[list[ExpiringLine], Field(description="Soonest first.")]
    stuck: Annotated[list[StuckLine], Field(description="Longest first, twenty at most.")]
    visits: Annotated[list[VisitLine], Field(description="In the order of the day.")]
    figures: Figures
