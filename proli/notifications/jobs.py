"""Which event tells whom."""

from proli.conversations.reasons import ANSWERED_IN_WRITING, PersonReason
from proli.dispatch.events import (
    AnswerNotComing,
    MoveAsked,
    MoveAskLapses,
    NobodyLeft,
    OfferMade,
    OfferWithdrawn,
    ProfessionalAway,
    ProfessionalBack,
    RoomAgain,
    RoomNeeded,
)
from proli.dispatch.queries import find_last_offer_of_lead
from proli.leads.events import PlaceChanged, VisitNoted
from proli.leads.models import Lead
from proli.leads.queries import get_lead
from proli.notifications.actions import (
    alert_staff,
    alert_staff_of_conversation,
    said_last,
    send_offer,
    tell_nobody_left,
    tell_offer_withdrawn,
)
from proli.notifications.at_door import tell_of_door, tell_of_silence
from proli.notifications.customers import announce_done, announce_on_the_way, news_due, remind
from proli.notifications.dead_jobs import tell_of_dead_job
from proli.notifications.events import CustomerNewsDue, PersonNeeded, ProfessionalNewsDue, ReminderDue, StaffNeeded
from proli.notifications.for_visit import tell_of_notes
from proli.notifications.links import VisitLinks
from proli.notifications.making_room import tell_of_room
from proli.notifications.moves import ask_customer, lapse
from proli.notifications.not_coming import tell_not_coming
from proli.notifications.places import tell_of_place_changed
from proli.notifications.ratings import rating_words
from proli.notifications.reopened import tell_of_reopening
from proli.notifications.standing import tell_it_stands
from proli.notifications.suiting import tell_of_time
from proli.notifications.visits import tell_how_it_stands, tell_professional_news
from proli.notifications.workday import (
    tell_of_absence,
    tell_of_confirmation,
    tell_of_delay,
    tell_of_return,
    tell_of_room_again,
)
from proli.platform.db import BusinessSession
from proli.platform.jobs import JobDied, emit, on
from proli.platform.runtime import Runtime
from proli.scheduling.events import (
    BookingCancelled,
    BookingConfirmed,
    CustomerConfirmed,
    DoorUnanswered,
    ProfessionalAtDoor,
    ProfessionalLate,
    ProfessionalOnTheWay,
    TimeSaid,
    VisitDone,
    VisitReopened,
    VisitSettles,
    VisitStands,
)
from proli.scheduling.queries import get_booking


@on(OfferMade)
async def offer_made(runtime: Runtime, event: OfferMade) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await send_offer(session, offer_id=event.offer_id, now=runtime.clock.now())


@on(OfferWithdrawn)
async def offer_withdrawn(runtime: Runtime, event: OfferWithdrawn) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_offer_withdrawn(session, offer_id=event.offer_id, now=runtime.clock.now())


@on(BookingConfirmed)
async def booking_confirmed(runtime: Runtime, event: BookingConfirmed) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await say_how_it_stands(runtime, session, event.booking_id)


@on(VisitSettles, key="booking_id")
async def visit_settles(runtime: Runtime, event: VisitSettles) -> None:
    """What staff have done with a visit is told once they no longer take it back."""
    now = runtime.clock.now()
    async with runtime.db.begin(event.business_id) as session:
        booking = await get_booking(session, event.booking_id, lock=True)
        if booking.settles_at is not None and booking.settles_at > now:
            await emit(session, event, at=booking.settles_at)
            return
        booking.settles_at = None
    async with runtime.db.begin(event.business_id) as session:
        await say_how_it_stands(runtime, session, event.booking_id)


async def say_how_it_stands(runtime: Runtime, session: BusinessSession, booking_id: int) -> None:
    """Both sides are told, and the reminders that still lie ahead are set."""
    now, links, business_id = runtime.clock.now(), VisitLinks.of(runtime), session.require_business()
    reminders = await tell_how_it_stands(session, booking_id=booking_id, now=now, links=links)
    starts_at = (await get_booking(session, booking_id)).starts_at
    for planned_at, code in reminders.items():
        due = ReminderDue(
            business_id=business_id, booking_id=booking_id, starts_at=starts_at, code=code, planned_at=planned_at
        )
        await emit(session, due, at=planned_at)


@on(ReminderDue)
async def reminder_due(runtime: Runtime, event: ReminderDue) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await remind(
            session,
            booking_id=event.booking_id,
            starts_at=event.starts_at,
            code=event.code,
            now=runtime.clock.now(),
            planned_at=event.planned_at,
        )


@on(CustomerNewsDue)
async def customer_news_due(runtime: Runtime, event: CustomerNewsDue) -> None:
    async with runtime.db.begin(event.business_id) as session:
        now, links = runtime.clock.now(), VisitLinks.of(runtime)
        await news_due(session, booking_id=event.booking_id, news=event.news, now=now, links=links)


@on(ProfessionalNewsDue)
async def professional_news_due(runtime: Runtime, event: ProfessionalNewsDue) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_professional_news(session, event, now=runtime.clock.now())


@on(BookingCancelled)
async def booking_cancelled(runtime: Runtime, event: BookingCancelled) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await say_how_it_stands(runtime, session, event.booking_id)


@on(ProfessionalOnTheWay)
async def professional_on_the_way(runtime: Runtime, event: ProfessionalOnTheWay) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await announce_on_the_way(session, booking_id=event.booking_id, now=runtime.clock.now())


@on(ProfessionalLate)
async def professional_late(runtime: Runtime, event: ProfessionalLate) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_delay(session, event, now=runtime.clock.now())


@on(ProfessionalAtDoor)
async def professional_at_door(runtime: Runtime, event: ProfessionalAtDoor) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_door(session, event, now=runtime.clock.now())


@on(DoorUnanswered)
async def door_unanswered(runtime: Runtime, event: DoorUnanswered) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_silence(session, event, now=runtime.clock.now())


@on(ProfessionalAway)
async def professional_away(runtime: Runtime, event: ProfessionalAway) -> None:
    async with runtime.db.begin(event.business_id) as session:
        public_url = runtime.settings.http.public_url
        await tell_of_absence(session, event, public_url=public_url, now=runtime.clock.now())


@on(ProfessionalBack)
async def professional_back(runtime: Runtime, event: ProfessionalBack) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_return(session, event, now=runtime.clock.now())


@on(RoomAgain)
async def room_again(runtime: Runtime, event: RoomAgain) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_room_again(session, event, now=runtime.clock.now())


@on(VisitStands)
async def visit_stands(runtime: Runtime, event: VisitStands) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_it_stands(session, event, now=runtime.clock.now())


@on(RoomNeeded)
async def room_needed(runtime: Runtime, event: RoomNeeded) -> None:
    async with runtime.db.begin(event.business_id) as session:
        public_url = runtime.settings.http.public_url
        await tell_of_room(session, event, public_url=public_url, now=runtime.clock.now())


@on(VisitDone)
async def visit_done(runtime: Runtime, event: VisitDone) -> None:
    async with runtime.db.begin(event.business_id) as session:
        now, links = runtime.clock.now(), VisitLinks.of(runtime)
        await announce_done(session, booking_id=event.booking_id, now=now, links=links)


@on(VisitReopened)
async def visit_reopened(runtime: Runtime, event: VisitReopened) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_reopening(session, event, now=runtime.clock.now())


@on(NobodyLeft)
async def nobody_left(runtime: Runtime, event: NobodyLeft) -> None:
    async with runtime.db.begin(event.business_id) as session:
        offer = await find_last_offer_of_lead(session, event.lead_id)
        await tell_nobody_left(session, lead_id=event.lead_id, offer=offer, now=runtime.clock.now())


@on(AnswerNotComing)
async def answer_not_coming(runtime: Runtime, event: AnswerNotComing) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_not_coming(session, event, now=runtime.clock.now())


@on(PlaceChanged)
async def place_changed(runtime: Runtime, event: PlaceChanged) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_place_changed(session, event, now=runtime.clock.now())


@on(VisitNoted)
async def visit_noted(runtime: Runtime, event: VisitNoted) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_notes(session, event, now=runtime.clock.now())


@on(StaffNeeded)
async def staff_needed(runtime: Runtime, event: StaffNeeded) -> None:
    async with runtime.db.begin(event.business_id) as session:
        lead, now = await get_lead(session, event.lead_id), runtime.clock.now()
        words = await words_behind(session, lead, event.reason)
        await alert_staff(session, lead=lead, reason=event.reason, key=event.key, now=now, words=words)


@on(PersonNeeded)
async def person_needed(runtime: Runtime, event: PersonNeeded) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await alert_staff_of_conversation(
            session,
            conversation_id=event.conversation_id,
            reason=event.reason,
            key=event.key,
            lead_id=event.lead_id,
            now=runtime.clock.now(),
        )


@on(JobDied)
async def job_died(runtime: Runtime, event: JobDied) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_dead_job(session, event, now=runtime.clock.now())


@on(MoveAsked)
async def move_asked(runtime: Runtime, event: MoveAsked) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await ask_customer(session, event, now=runtime.clock.now())


@on(MoveAskLapses)
async def move_unanswered(runtime: Runtime, event: MoveAskLapses) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await lapse(session, event, now=runtime.clock.now())


@on(TimeSaid)
async def time_said(runtime: Runtime, event: TimeSaid) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_time(session, event, now=runtime.clock.now())


@on(CustomerConfirmed)
async def customer_confirmed(runtime: Runtime, event: CustomerConfirmed) -> None:
    async with runtime.db.begin(event.business_id) as session:
        await tell_of_confirmation(session, event, now=runtime.clock.now())


async def words_behind(session: BusinessSession, lead: Lead, reason: PersonReason) -> str:
    """The customer's own words because of which staff are called, where an answer to them settles it."""
    if reason == PersonReason.low_rating:
        return await rating_words(session, lead)
    if lead.conversation_id is None or reason not in ANSWERED_IN_WRITING:
        return ""
    return await said_last(session, lead.conversation_id)
