"""The sample businesses with a past: it is consistent, it reads well, and it is the same every time."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select

from proli.accounts.actor import BY_CUSTOMER
from proli.contacts.models import Contact
from proli.conversations.models import Author, Conversation, Delivery, Direction, Message, MessageKind, Owner
from proli.demo import fill_with_life
from proli.demo.people import words
from proli.demo.sample import make_sample
from proli.demo.stories import bank_of, foreign
from proli.dispatch.models import Offer, OfferStatus, Ranking
from proli.knowledge.calendar import is_rest
from proli.knowledge.places import find_locality
from proli.knowledge.reading.trade_clues import trade_table
from proli.leads.models import Lead, LeadEntry, LeadStatus
from proli.platform.orm import Base
from proli.platform.runtime import Runtime
from proli.playbooks.loader import get_playbook
from proli.professionals.models import Professional
from proli.scheduling.models import LIVE, Booking, BookingStatus
from proli.traces.models import Turn
from tests.conftest import ManualClock
from tests.demo.conftest import LEADS

ZONE = ZoneInfo("Asia/Jerusalem")
BUFFER = timedelta(minutes=30)
TRADES = ("plumber", "electrician", "ac_tech", "locksmith", "handyman")


async def rows_of[Row: Base](runtime: Runtime, business_id: int, model: type[Row]) -> Sequence[Row]:
    async with runtime.db.begin(business_id) as session:
        return (await session.scalars(select(model).order_by(model.id))).all()


async def threads_of(runtime: Runtime, business_id: int) -> dict[int, list[Message]]:
    threads: dict[int, list[Message]] = defaultdict(list)
    for message in await rows_of(runtime, business_id, Message):
        threads[message.conversation_id].append(message)
    return threads


async def test_most_requests_of_three_months_are_done_and_a_few_are_open(runtime: Runtime, clock: ManualClock) -> None:
    business_id = await make_sample(runtime)
    await fill_with_life(runtime, business_id, now=clock.now())
    leads = await rows_of(runtime, business_id, Lead)
    counts = Counter(lead.status for lead in leads)
    assert len(leads) == 400
    assert 230 <= counts[LeadStatus.done] <= 275
    assert 40 <= counts[LeadStatus.cancelled] <= 75
    assert 18 <= counts[LeadStatus.booked] <= 32
    assert 1 <= counts[LeadStatus.offered] <= 3
    assert 20 <= counts[LeadStatus.contacted] <= 50
    assert 12 <= counts[LeadStatus.new] <= 32
    assert {lead.trade for lead in leads} == {*TRADES, None}
    assert {lead.attention for lead in leads} >= {"human_asked", "complaint", "callback", "nobody_left", "danger"}
    assert all(clock.now() - lead.created_at < timedelta(days=91) for lead in leads)


async def test_it_takes_far_fewer_statements_than_rows(runtime: Runtime, clock: ManualClock) -> None:
    business_id = await make_sample(runtime)
    seen: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(runtime.db.engine.sync_engine, "before_cursor_execute", count)
    await fill_with_life(runtime, business_id, now=clock.now())
    event.remove(runtime.db.engine.sync_engine, "before_cursor_execute", count)
    assert len(seen) < 200


async def test_the_same_seed_gives_the_same_past(runtime: Runtime, clock: ManualClock) -> None:
    told: list[list[tuple[Any, ...]]] = []
    for _ in range(2):
        business_id = await make_sample(runtime)
        await fill_with_life(runtime, business_id, now=clock.now(), leads=60)
        messages = await rows_of(runtime, business_id, Message)
        told.append([(one.sent_at, one.author, one.text, one.delivery) for one in messages])
    assert told[0] == told[1]


async def test_visits_keep_to_hours_and_rest_and_none_meets_another(runtime: Runtime, sample: int) -> None:
    hours = {one.id: one.hours for one in await rows_of(runtime, sample, Professional)}
    kept: dict[int, list[Booking]] = defaultdict(list)
    for booking in await rows_of(runtime, sample, Booking):
        start, end = booking.starts_at.astimezone(ZONE), booking.ends_at.astimezone(ZONE)
        assert booking.during.upper == booking.ends_at + BUFFER
        assert not is_rest(start)
        assert not is_rest(end)
        spans = hours[booking.professional_id][str(start.isoweekday() % 7)]
        assert any(first <= start.hour * 60 + start.minute and end.hour * 60 <= last for first, last in spans)
        if booking.status is not BookingStatus.cancelled:
            kept[booking.professional_id].append(booking)
    for bookings in kept.values():
        bookings.sort(key=lambda one: one.starts_at)
        assert all(one.ends_at + BUFFER <= other.starts_at for one, other in pairwise(bookings))


async def test_what_is_over_is_past_and_what_is_promised_is_ahead(
    runtime: Runtime, sample: int, clock: ManualClock
) -> None:
    now = clock.now()
    leads = {lead.id: lead for lead in await rows_of(runtime, sample, Lead)}
    live = set[int]()
    for booking in await rows_of(runtime, sample, Booking):
        if booking.status in LIVE:
            live.add(booking.lead_id)
            assert now < booking.starts_at < now + timedelta(days=10)
        if booking.status is BookingStatus.done:
            assert booking.ends_at < now
            assert leads[booking.lead_id].status is LeadStatus.done
    assert live == {one.id for one in leads.values() if one.status in {LeadStatus.booked, LeadStatus.offered}}
    for lead in leads.values():
        assert (lead.closed_at is not None) == (lead.status in {LeadStatus.done, LeadStatus.cancelled})
        assert lead.changed_at <= now
    assert all(message.sent_at <= now for message in await rows_of(runtime, sample, Message))


async def test_offers_were_answered_or_have_lapsed_and_few_are_open(
    runtime: Runtime, sample: int, clock: ManualClock
) -> None:
    offers = await rows_of(runtime, sample, Offer)
    ways = Counter(offer.status for offer in offers)
    assert ways[OfferStatus.accepted] > ways[OfferStatus.declined] > 0
    assert ways[OfferStatus.expired] > 0
    for offer in offers:
        answered = offer.status in {OfferStatus.accepted, OfferStatus.declined}
        assert answered == (offer.answered_at is not None)
        assert offer.answered_at is None or offer.sends_at < offer.answered_at < offer.expires_at
        assert (offer.status is OfferStatus.open) == (offer.expires_at > clock.now())
    assert 1 <= ways[OfferStatus.open] <= 3


async def test_a_timeline_begins_with_its_opening_and_ends_where_the_request_stands(
    runtime: Runtime, sample: int
) -> None:
    timelines: dict[int, list[LeadEntry]] = defaultdict(list)
    for entry in await rows_of(runtime, sample, LeadEntry):
        timelines[entry.lead_id].append(entry)
    names = {one.id: one.name for one in await rows_of(runtime, sample, Professional)}
    offered = {offer.id: names[offer.professional_id] for offer in await rows_of(runtime, sample, Offer)}
    for lead in await rows_of(runtime, sample, Lead):
        entries = timelines[lead.id]
        assert entries[0].kind == "opened"
        assert sorted(entry.at for entry in entries) == [entry.at for entry in entries]
        moves = [entry.details for entry in entries if entry.kind == "status"]
        assert all(one["to"] == other["from"] for one, other in pairwise(moves))
        assert not moves or moves[-1]["to"] == lead.status
        for entry in entries:
            if entry.kind == "offered":
                assert offered[entry.details["offer_id"]] == entry.details["to"]


async def test_rankings_name_who_was_asked(runtime: Runtime, sample: int) -> None:
    rankings: dict[int, list[Ranking]] = defaultdict(list)
    for ranking in await rows_of(runtime, sample, Ranking):
        rankings[ranking.lead_id].append(ranking)
    for offer in await rows_of(runtime, sample, Offer):
        eligible = [
            next(entry["professional_id"] for entry in ranking.entries if entry["excluded"] is None)
            for ranking in rankings[offer.lead_id]
            if any(entry["excluded"] is None for entry in ranking.entries)
        ]
        assert offer.professional_id in eligible


async def test_threads_are_neither_short_nor_endless_and_no_text_is_empty(
    runtime: Runtime, sample: int, agency: int
) -> None:
    for business_id in (sample, agency):
        leads = Counter(lead.conversation_id for lead in await rows_of(runtime, business_id, Lead))
        for conversation_id, messages in (await threads_of(runtime, business_id)).items():
            assert 4 * leads[conversation_id] <= len(messages) <= 12 * leads[conversation_id]
            assert all(message.text.strip() for message in messages if message.kind is not MessageKind.call)
            assert not any(set("{}[]|") & set(message.text) for message in messages)
            assert [one.sent_at for one in messages] == sorted(one.sent_at for one in messages)


async def test_threads_do_not_look_copied(runtime: Runtime, sample: int, agency: int) -> None:
    for business_id in (sample, agency):
        threads = (await threads_of(runtime, business_id)).values()
        whole = Counter(tuple(message.text for message in thread) for thread in threads)
        assert max(whole.values()) == 1
        first = Counter(thread[0].text for thread in threads)
        assert max(first.values()) <= len(first) // 12


async def test_a_person_answers_in_some_and_a_few_wait_for_one(runtime: Runtime, sample: int) -> None:
    messages = await rows_of(runtime, sample, Message)
    talks = {one.id: one for one in await rows_of(runtime, sample, Conversation)}
    waiting = {one.conversation_id for one in messages if one.wants_answer and one.answered_at is None}
    assert 2 <= len(waiting) <= 8
    assert all(talks[one].owner is Owner.human for one in waiting)
    assert any(one.author is Author.human for one in messages)
    assert {one.kind.value for one in messages} == {"text", "image", "audio", "call"}


async def test_two_or_three_messages_never_arrived(runtime: Runtime, sample: int) -> None:
    messages = await rows_of(runtime, sample, Message)
    ways = Counter(one.delivery for one in messages if one.direction is Direction.outbound)
    assert ways[Delivery.failed] == 3
    assert set(ways) == {Delivery.failed, Delivery.sent, Delivery.delivered, Delivery.read}


async def test_recent_replies_of_the_agent_have_their_turns(runtime: Runtime, sample: int, clock: ManualClock) -> None:
    messages = {one.id: one for one in await rows_of(runtime, sample, Message)}
    turns = await rows_of(runtime, sample, Turn)
    assert turns
    for turn in turns:
        assert turn.reply_message_id is not None
        reply = messages[turn.reply_message_id]
        assert clock.now() - reply.sent_at <= timedelta(days=14)
        assert turn.trace.keys() == {"messages", "attempts", "tools", "usage", "rewritten", "draft"}
        assert all(messages[one].answered_at == reply.sent_at for one in turn.trace["messages"])


async def test_ratings_go_with_about_half_of_the_visits(runtime: Runtime, clock: ManualClock) -> None:
    def rate(*, lead_id: int, at: Any, **rest: Any) -> LeadEntry:
        return LeadEntry(lead_id=lead_id, kind="rated", actor=BY_CUSTOMER, details=rest, at=at)

    business_id = await make_sample(runtime)
    await fill_with_life(runtime, business_id, now=clock.now(), leads=LEADS, rate=rate)
    rated = [one for one in await rows_of(runtime, business_id, LeadEntry) if one.kind == "rated"]
    done = [one for one in await rows_of(runtime, business_id, Booking) if one.status is BookingStatus.done]
    assert 0.35 < len(rated) / len(done) < 0.65
    assert {one.details["booking_id"] for one in rated} <= {one.id for one in done}
    for professional in await rows_of(runtime, business_id, Professional):
        scores = [one.details["score"] for one in rated if one.details["professional_id"] == professional.id]
        if scores:
            assert (professional.rating_sum, professional.rating_count) == (sum(scores), len(scores))


async def test_the_agency_books_meetings_at_once_for_people_with_needs(runtime: Runtime, agency: int) -> None:
    leads = await rows_of(runtime, agency, Lead)
    assert not await rows_of(runtime, agency, Offer)
    assert {"buyer", "tenant", "seller", "landlord"} <= {lead.needs.get("role") for lead in leads}
    goals = get_playbook("real_estate").goals.values()
    known = {intent for goal in goals for intent in goal.intents}
    assert {lead.intent for lead in leads if lead.status is not LeadStatus.new} <= known
    counts = Counter(lead.status for lead in leads)
    assert counts[LeadStatus.done] > 60
    assert counts[LeadStatus.booked] >= 4


async def test_one_business_does_not_see_the_past_of_another(runtime: Runtime, sample: int, agency: int) -> None:
    async with runtime.db.begin(agency) as session:
        phones = (await session.scalars(select(Contact.phone_e164))).all()
        count = (await session.scalars(select(func.count()).select_from(Lead))).one()
    assert count == 120
    assert len(set(phones)) == len(phones)
    assert all(phone and phone.startswith("+97250000") for phone in phones)


@pytest.mark.parametrize("trade", TRADES)
def test_a_main_trade_has_stories_of_faults_that_exist(trade: str) -> None:
    stories = [*bank_of(trade).stories, *foreign()["en"][trade], *foreign()["ru"][trade]]
    assert len(bank_of(trade).stories) >= 8
    assert {story.issue for story in stories} <= set(trade_table()[trade]["issues"])


def test_places_are_known_by_their_canonical_names() -> None:
    for kind in ("streets", "english", "russian"):
        for name in words()[kind]:
            found = find_locality(name)
            assert found is not None
            assert found.name == name
