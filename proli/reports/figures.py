"""What reports say."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

Stage = Literal["opened", "understood", "offered", "booked", "done"]
Seconds = Annotated[float | None, Field(description="In seconds; null when there is nothing to measure.")]
Average = Annotated[float | None, Field(description="1 to 5; null when there is no rating.", examples=[4.6])]


class StageCount(BaseModel):
    """Of the leads opened in the period, how many have ever come so far."""

    stage: Stage
    count: int


class FirstResponse(BaseModel):
    """From the first words of a customer in the period to ours; professionals who write do not count."""

    median_s: Seconds
    p90_s: Seconds
    answered: int
    unanswered: int


class DayOfVisits(BaseModel):
    """Promised visits by the day on which they were to be; those moved elsewhere are counted where they went."""

    day: date
    booked: Annotated[int, Field(description="All that were promised, those done and cancelled among them.")]
    done: int
    cancelled: int
    moved: Annotated[int, Field(description="Of all, those that were moved to this day or this hour.")]
    revenue_agorot: Annotated[int, Field(description="What was taken for those done, as far as it was told.")]


class Acceptance(BaseModel):
    """How a professional answered the offers sent in the period."""

    professional_id: int
    name: str
    offers: Annotated[int, Field(description="Those still open or withdrawn are among them.")]
    accepted: int
    declined: int
    expired: int
    median_answer_s: Seconds


class RatedProfessional(BaseModel):
    professional_id: int
    name: str
    average: float
    count: int


class Ratings(BaseModel):
    average: Average
    count: int
    by_score: Annotated[list[int], Field(min_length=5, max_length=5, description="How many gave 1, 2, 3, 4 and 5.")]
    by_professional: list[RatedProfessional]


class Comment(BaseModel):
    """What a customer wrote with a rating."""

    lead_id: int
    professional_id: int
    score: Annotated[int, Field(ge=1, le=5)]
    words: str
    at: datetime


class Load(BaseModel):
    """How much a professional was booked in the period."""

    professional_id: int
    name: str
    visits: int
    minutes: int
    open_minutes: Annotated[
        int, Field(description="By opening hours and days off as they are now; rest is not left out.")
    ]


class DayCount(BaseModel):
    day: date
    count: int


class TradeCount(BaseModel):
    trade: Annotated[str | None, Field(examples=["plumber"], description="null: not known.")]
    count: int


class LocalityCount(BaseModel):
    locality: Annotated[str | None, Field(examples=["רמת גן"], description="null: not known.")]
    count: int


class Totals(BaseModel):
    """The figures of a period on one line."""

    leads: Annotated[int, Field(description="Opened in the period.")]
    booked: Annotated[int, Field(description="Visits promised for days of the period.")]
    done: Annotated[int, Field(description="Of those, the ones that took place.")]
    revenue_agorot: Annotated[int, Field(description="What was taken for these, as far as it was told.")]
    median_first_response_s: Seconds
    rating: Average


class Report(BaseModel):
    """A business's period in figures."""

    first: date
    last: date
    totals: Totals
    former: Annotated[Totals, Field(description="Of as many days right before.")]
    funnel: list[StageCount]
    first_response: FirstResponse
    bookings: list[DayOfVisits]
    acceptance: list[Acceptance]
    ratings: Ratings
    comments: Annotated[list[Comment], Field(description="What was written with ratings, newest first, at most 20.")]
    load: list[Load]
    leads_by_day: list[DayCount]
    by_trade: Annotated[list[TradeCount], Field(description="Most first.")]
    by_locality: Annotated[list[LocalityCount], Field(description="The ten with the most.")]
