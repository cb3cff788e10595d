"""The sample's calls: of every outcome, as long as what was said in them, and those that broke off went on."""

from collections import Counter, defaultdict
from itertools import pairwise

from proli.conversations.models import Delivery, Message
from proli.dispatch.models import Offer
from proli.leads.models import Lead
from proli.platform.runtime import Runtime
from proli.voice.models import Call, CallRecording, CallTurn, VoiceNumber
from proli.voice.rules import CallOutcome, CallState, key_of_message
from tests.conftest import ManualClock
from tests.demo.test_demo import rows_of


async def test_there_are_calls_of_every_outcome_at_one_number(
    runtime: Runtime, sample: int, agency: int, clock: ManualClock
) -> None:
    numbers = [await rows_of(runtime, one, VoiceNumber) for one in (sample, agency)]
    assert [len(one) for one in numbers] == [1, 1]
    assert numbers[0][0].phone_e164 != numbers[1][0].phone_e164
    for business_id, (number,) in zip((sample, agency), numbers, strict=True):
        calls = await rows_of(runtime, business_id, Call)
        came = set(CallOutcome) - {CallOutcome.machine, CallOutcome.unknown}  # the sample calls nobody itself
        assert Counter(one.outcome for one in calls).keys() == came
        assert sum(one.contact_id is None and one.phone_e164 is None for one in calls) == 1
        for one in calls:
            assert one.number_id == number.id
            assert one.ended_at is not None and one.started_at < one.ended_at < clock.now()
            assert (one.connected_at is None) == (one.outcome is CallOutcome.missed)
            assert one.state in {CallState.completed, CallState.no_answer}


async def test_what_was_said_fits_into_its_call(runtime: Runtime, sample: int, agency: int) -> None:
    for business_id in (sample, agency):
        calls = {one.id: one for one in await rows_of(runtime, business_id, Call)}
        said: dict[int, list[CallTurn]] = defaultdict(list)
        for turn in await rows_of(runtime, business_id, CallTurn):
            said[turn.call_id].append(turn)
        assert said.keys() == {one.id for one in calls.values() if one.connected_at}
        for call_id, turns in said.items():
            call = calls[call_id]
            assert call.connected_at is not None and call.ended_at is not None
            assert call.connected_at <= turns[0].began_at
            assert all(one.ended_at and one.ended_at <= other.began_at for one, other in pairwise(turns))
            assert turns[-1].ended_at is not None and turns[-1].ended_at <= call.ended_at
            assert not any(set("{}[]|") & set(turn.text) for turn in turns)
            assert {turn.contact_id for turn in turns} == {call.contact_id}
        assert {one.call_id for one in await rows_of(runtime, business_id, CallRecording)} <= calls.keys()


async def test_calls_that_broke_off_or_were_missed_went_on_in_writing_at_once(runtime: Runtime, sample: int) -> None:
    written = {one.dedup_key: one for one in await rows_of(runtime, sample, Message)}
    for call in await rows_of(runtime, sample, Call):
        message = written.get(key_of_message(call.id))
        goes_on = call.outcome in {CallOutcome.missed, CallOutcome.dropped} and call.contact_id is not None
        assert (message is not None) == goes_on
        if message is not None:
            assert call.ended_at is not None and (message.sent_at - call.ended_at).total_seconds() < 5
            assert message.delivery is not Delivery.failed


async def test_a_request_that_was_made_by_phone_asks_a_professional_before_the_call_is_over(
    runtime: Runtime, sample: int
) -> None:
    leads = {one.id: one for one in await rows_of(runtime, sample, Lead)}
    offers: dict[int, list[Offer]] = defaultdict(list)
    for offer in await rows_of(runtime, sample, Offer):
        offers[offer.lead_id].append(offer)
    made = 0
    for call in await rows_of(runtime, sample, Call):
        if call.lead_id is None or leads[call.lead_id].created_at < call.started_at:
            continue
        made += 1
        assert call.ended_at is not None and call.connected_at is not None
        assert call.connected_at < offers[call.lead_id][0].sends_at < call.ended_at
    assert made >= 2
