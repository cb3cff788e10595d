"""Why one of the business's people is called, and what they are told meanwhile: codes whose words others have."""

import enum
from typing import Final

from proli.platform.orm import CodeText


class PersonReason(enum.StrEnum):
    """Why a person should look at a conversation or a lead."""

    human_asked = "human_asked"
    complaint = "complaint"
    callback = "callback"
    danger = "danger"
    stuck = "stuck"
    """The talk leads nowhere, or is abusive."""
    agent_failed = "agent_failed"
    over_budget = "over_budget"
    machine = "machine"
    """What answers us seems to be a machine."""
    not_our_trade = "not_our_trade"
    nobody_fits = "nobody_fits"
    nobody_left = "nobody_left"
    """Everybody who could come has declined or kept silent."""
    offer_withdrawn = "offer_withdrawn"
    """The offer was taken back, and nobody else is asked."""
    place_changed = "place_changed"
    customer_wrote = "customer_wrote"
    """Something was said of a visit that stands or is asked for, and only people can act on it."""
    professional_wrote = "professional_wrote"
    professional_left = "professional_left"
    """The visit stands with somebody who works here no more."""
    professional_unable = "professional_unable"
    """The professional has said that they cannot come to the visit."""
    professional_off = "professional_off"
    """The visit stands on a day or in hours in which its professional does not work."""
    nobody_opens = "nobody_opens"
    """The professional waits at the door, and nobody answers."""
    visit_crowded = "visit_crowded"
    """The professional is late at the visit before."""
    no_outcome = "no_outcome"
    """The visit is over, and the professional has not told how it went."""
    not_done = "not_done"
    """The professional says that the visit did not take place."""
    customer_absent = "customer_absent"
    """The professional says that the visit did not take place, as the customer was not there."""
    low_rating = "low_rating"
    """The customer was not content with the visit."""
    move_unanswered = "move_unanswered"
    """The customer was asked to move a visit, and has not answered or cannot have that hour."""
    customer_not_told = "customer_not_told"
    """There is no line on which they could be written to."""
    job_failed = "job_failed"
    """Something that the system was to do about it kept failing and was given up."""
    other = "other"
    """One that a release after this one has written down."""


class StaffNews(enum.StrEnum):
    """What staff are told of a conversation that waits for one of them already."""

    said_more = "said_more"
    cancel_said = "cancel_said"
    """It may be that they cancel."""
    cancel_done = "cancel_done"
    time_refused = "time_refused"
    """The time of a visit does not suit, and the visit stands until another is approved."""
    time_suits = "time_suits"
    opted_out = "opted_out"
    """Who has a visit ahead wants no messages, so no reminder will be sent."""


NOT_HELD: Final = frozenset({PersonReason.not_done, PersonReason.customer_absent})
"""A visit did not take place, as its professional says."""
ANSWERED_IN_WRITING: Final = frozenset(
    {
        PersonReason.human_asked, PersonReason.complaint, PersonReason.stuck, PersonReason.agent_failed,
        PersonReason.danger, PersonReason.customer_wrote, PersonReason.low_rating,
        PersonReason.job_failed, PersonReason.over_budget, PersonReason.machine, PersonReason.professional_wrote,
    }
)  # fmt: skip
"""What an answer in writing settles: the conversation waits for it, with its lead; else the lead waits alone."""
REASON: Final = CodeText(PersonReason.other)
