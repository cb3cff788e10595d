"""What customers give a visit, and the sums of it with the professional, by which the ranking goes."""

from datetime import datetime

from proli.platform.db import BusinessSession
from proli.professionals.queries import get_professional
from proli.scheduling.errors import BadScore, BookingNotDone
from proli.scheduling.models import Booking, BookingStatus, Rating
from proli.scheduling.queries import find_rating


async def rate_visit(session: BusinessSession, booking: Booking, *, score: int, words: str, now: datetime) -> Rating:
    """The visit has this rating and the professional's sums hold it; one given before is replaced.

    Raises:
        BadScore: not 1 to 5.
        BookingNotDone: the visit has not taken place.
    """
    if not 1 <= score <= 5:
        raise BadScore(score=score)
    if booking.status != BookingStatus.done:
        raise BookingNotDone(booking_id=booking.id, status=booking.status.value)
    # Two ratings of one professional stand in line here, so that neither is lost from the sums.
    professional = await get_professional(session, booking.professional_id, lock=True)
    rating = await find_rating(session, booking.id)
    if rating is None:
        rating = Rating(
            booking_id=booking.id, professional_id=booking.professional_id, lead_id=booking.lead_id, score=0
        )
        session.add(rating)
        professional.rating_count += 1
    professional.rating_sum += score - rating.score
    rating.score, rating.words, rating.at = score, words.strip(), now
    await session.flush()
    return rating
