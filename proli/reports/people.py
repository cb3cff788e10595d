"""Professionals in figures: how they answer, how they are rated, how much they are booked."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import extract, func, select

from proli.dispatch.models import Offer, OfferStatus
from proli.platform.db import BusinessSession
from proli.professionals.models import Professional
from proli.professionals.rules import spans_on
from proli.reports.figures import Acceptance, Comment, Load, RatedProfessional, Ratings
from proli.reports.queries import Scope, promised, rounded, with_offer
from proli.reports.rules import Period
from proli.scheduling.models import Booking, BookingStatus, Rating

MOST_COMMENTS: Final = 20


async def list_acceptance(session: BusinessSession, scope: Scope) -> list[Acceptance]:
    """How everybody who was asked answered, most asked first."""
    took = extract("epoch", Offer.answered_at - Offer.sends_at)

    def number(status: OfferStatus) -> Any:
        return func.count().filter(Offer.status == status)

    rows = await session.execute(
        select(
            Professional.id,
            Professional.name,
            func.count().label("offers"),
            number(OfferStatus.accepted),
            number(OfferStatus.declined),
            number(OfferStatus.expired),
            func.percentile_cont(0.5).within_group(func.greatest(took, 0)).filter(Offer.answered_at.is_not(None)),
        )
        .join(Offer, Offer.professional_id == Professional.id)
        .where(*scope.holds(Offer.sends_at, Offer.professional_id))
        .group_by(Professional.id)
        .order_by(func.count().desc(), Professional.id)
    )
    return [
        Acceptance(
            professional_id=professional_id, name=name, offers=offers, accepted=accepted, declined=declined,
            expired=expired, median_answer_s=rounded(median),
        )
        for professional_id, name, offers, accepted, declined, expired, median in rows
    ]  # fmt: skip


async def count_ratings(session: BusinessSession, scope: Scope) -> Ratings:
    """What customers gave in the period, best professionals first."""
    rows = (
        await session.execute(
            select(Professional.id, Professional.name, Rating.score, func.count())
            .join(Rating, Rating.professional_id == Professional.id)
            .where(*scope.holds(Rating.at, Rating.professional_id))
            .group_by(Professional.id, Rating.score)
        )
    ).all()
    scores: Counter[int] = Counter()
    stars: Counter[tuple[int, str]] = Counter()
    given: Counter[tuple[int, str]] = Counter()
    for professional_id, name, score, count in rows:
        scores[score] += count
        given[professional_id, name] += count
        stars[professional_id, name] += score * count
    rated = [
        RatedProfessional(professional_id=who[0], name=who[1], average=round(stars[who] / count, 2), count=count)
        for who, count in given.items()
    ]
    return Ratings(
        average=round(sum(stars.values()) / scores.total(), 2) if scores else None,
        count=scores.total(),
        by_score=[scores[score] for score in range(1, 6)],
        by_professional=sorted(rated, key=lambda one: (-one.average, -one.count, one.professional_id)),
    )


async def list_comments(session: BusinessSession, scope: Scope) -> list[Comment]:
    """The newest words that came with a rating in the period."""
    newest = (
        select(Rating)
        .where(*scope.holds(Rating.at, Rating.professional_id), Rating.words != "")
        .order_by(Rating.at.desc(), Rating.id.desc())
        .limit(MOST_COMMENTS)
    )
    return [
        Comment(lead_id=one.lead_id, professional_id=one.professional_id, score=one.score, words=one.words, at=one.at)
        for one in await session.scalars(newest)
    ]


async def list_load(session: BusinessSession, scope: Scope) -> list[Load]:
    """Visits and working time of everybody who is active or was booked, most visits first."""
    seconds = func.sum(extract("epoch", Booking.ends_at - Booking.starts_at))
    booked = (
        select(Booking.professional_id, func.count().label("visits"), seconds.label("seconds"))
        .outerjoin(Offer, with_offer())
        .where(
            *scope.holds(Booking.starts_at, Booking.professional_id),
            promised(),
            Booking.status != BookingStatus.cancelled,
        )
        .group_by(Booking.professional_id)
        .subquery()
    )
    statement = (
        select(Professional, booked.c.visits, booked.c.seconds)
        .outerjoin(booked, booked.c.professional_id == Professional.id)
        .where(Professional.active | booked.c.visits.is_not(None))
        .order_by(func.coalesce(booked.c.visits, 0).desc(), Professional.id)
    )
    if scope.professional_id is not None:
        statement = statement.where(Professional.id == scope.professional_id)
    return [
        Load(
            professional_id=one.id, name=one.name, visits=visits or 0, minutes=int((taken or 0) // 60),
            open_minutes=open_minutes(one.hours, one.exceptions, scope.period),
        )
        for one, visits, taken in await session.execute(statement)
    ]  # fmt: skip


def open_minutes(hours: Mapping[str, Any], exceptions: Mapping[str, Any], period: Period) -> int:
    """How long the hours are over the period, with the days that differ."""
    return sum(end - start for day in period.days for start, end in spans_on(hours, exceptions, day))
