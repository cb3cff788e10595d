"""One row of each call, whatever is told first, again or never, and a state that does not go back."""

import asyncio
from collections.abc import Sequence
from itertools import combinations, permutations, product
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from proli.platform.runtime import Runtime
from proli.voice.models import Call, CallRecording
from proli.voice.rules import (
    MOST_LINES,
    ORDER,
    OVER,
    CallDirection,
    CallOutcome,
    CallState,
    closing,
    further,
    goes_on_in_writing,
    may_have_whatsapp,
    phone_of,
    state_of,
)
from tests.doubles.twilio import CALL, CALLER, VOICE, Twilio, new_call
from tests.voice.conftest import Desk

type News = tuple[str, str, dict[str, str]]
NEWS: Final[dict[str, News]] = {
    "rings": ("", "voice_inbound", {}),
    "initiated": ("/status", "voice_status_callback", {"CallStatus": "initiated", "CallDuration": ""}),
    "ringing": ("/status", "voice_status_callback", {"CallStatus": "ringing", "CallDuration": ""}),
    "answered": ("/status", "voice_status_callback", {"CallStatus": "in-progress", "CallDuration": ""}),
    "completed": ("/status", "voice_status_callback", {}),
    "stream_started": ("/stream", "stream_status_callback", {}),
    "stream_stopped": ("/stream", "stream_status_callback", {"StreamEvent": "stream-stopped"}),
    "recording": (
        "/recording", "recording_status_callback", {"RecordingStatus": "in-progress", "RecordingDuration": ""}
    ),
    "recorded": ("/recording", "recording_status_callback", {}),
    "after": ("/after", "connect_action_after_stream", {}),
    "after_hung_up": ("/after", "connect_action_after_stream", {"CallStatus": "completed"}),
}  # fmt: skip
STATES: Final = {
    "rings": CallState.ringing, "initiated": CallState.initiated, "ringing": CallState.ringing,
    "answered": CallState.in_progress, "completed": CallState.completed, "after": CallState.in_progress,
    "after_hung_up": CallState.completed,
}  # fmt: skip
NAMES_CALLER: Final = set(STATES)


async def tell(twilio: Twilio, call: str, name: str) -> None:
    path, fixture, changes = NEWS[name]
    changes = changes | ({"RecordingSid": f"RE{call[2:]}"} if path == "/recording" else {})
    assert (await twilio.tell(VOICE + path, fixture, call, **changes)).status_code == 200


async def row_of(desk: Desk, call: str) -> Call:
    async with desk.runtime.db.begin(desk.business_id) as session:
        return (await session.scalars(select(Call).where(Call.external_id == call))).one()


async def ends_told(runtime: Runtime, call_id: int) -> int:
    told = text("""
        SELECT count(*) FROM procrastinate_jobs
        WHERE task_name = 'voice.jobs.goes_on' AND (args -> 'event' ->> 'call_id')::bigint = :call_id
    """)
    async with runtime.db.begin_operator() as session:
        return await session.scalar(told, {"call_id": call_id}) or 0


async def check(desk: Desk, call: str, told: Sequence[str]) -> None:
    """All that holds of a call of which this was told, in whatever order."""
    row = await row_of(desk, call)
    states = [STATES[name] for name in told if name in STATES] or [CallState.initiated]
    latest = max(states, key=ORDER.index)
    assert row.state == latest
    assert row.phone_e164 == (CALLER if NAMES_CALLER & set(told) else None)
    assert row.duration_s == (42 if "completed" in told else None)
    assert (row.ended_at is not None) == (latest in OVER)
    assert await ends_told(desk.runtime, row.id) == int(row.ended_at is not None)
    async with desk.runtime.db.begin(desk.business_id) as session:
        recordings = (await session.scalars(select(CallRecording).where(CallRecording.call_id == row.id))).all()
    wanted = "completed" if "recorded" in told else "in-progress"
    assert [(one.state, one.contact_id) for one in recordings] == [(wanted, row.contact_id)] * bool(
        {"recording", "recorded"} & set(told)
    )


orders = st.lists(st.sampled_from(sorted(NEWS)), min_size=1, max_size=9).filter(
    lambda told: told.count("rings") + told.count("after") <= MOST_LINES
)
"""Some of it, in any order, again and again; a line that keeps breaking ends a call, of which another test tells."""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=orders)
async def test_whatever_order_its_news_come_in_a_call_is_one_row_in_the_right_state(
    twilio: Twilio, desk: Desk, told: list[str]
) -> None:
    call, before = new_call(), 0
    for name in told:
        await tell(twilio, call, name)
        now = ORDER.index((await row_of(desk, call)).state)
        assert now >= before
        before = now
    await check(desk, call, told)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.permutations(sorted(NEWS)))
async def test_every_order_of_all_of_it_ends_alike(twilio: Twilio, desk: Desk, told: list[str]) -> None:
    call = new_call()
    for name in told:
        await tell(twilio, call, name)
    await check(desk, call, told)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=orders)
async def test_told_all_at_once_it_is_one_row_as_well(twilio: Twilio, desk: Desk, told: list[str]) -> None:
    call = new_call()
    await asyncio.gather(*(tell(twilio, call, name) for name in told))
    await check(desk, call, told)


async def test_a_callback_of_a_call_that_nobody_knows_heals_it(twilio: Twilio, desk: Desk) -> None:
    await twilio.status("in-progress", CallDuration="")
    call = await desk.call()
    assert (call.external_id, call.state, call.phone_e164) == (CALL, CallState.in_progress, CALLER)


async def test_one_that_names_no_number_finds_its_business_by_the_account_and_learns_the_caller_later(
    twilio: Twilio, desk: Desk
) -> None:
    await tell(twilio, CALL, "recorded")
    assert (await desk.call()).contact_id is None
    await twilio.ring()
    call = await desk.call()
    assert call.contact_id is not None
    async with desk.runtime.db.begin(desk.business_id) as session:
        assert await session.scalar(select(CallRecording.contact_id)) == call.contact_id


@pytest.mark.parametrize("state", ["busy", "no-answer", "failed", "canceled"])
async def test_a_call_that_nobody_took_is_over_and_missed(twilio: Twilio, desk: Desk, state: str) -> None:
    await twilio.ring()
    await twilio.status(state, CallDuration="0")
    call = await desk.call()
    assert (call.state, call.outcome) == (CallState(state), CallOutcome.missed)
    assert call.ended_at is not None


async def test_a_state_that_we_do_not_know_changes_nothing(twilio: Twilio, desk: Desk) -> None:
    await twilio.ring()
    await twilio.status("levitating")
    assert (await desk.call()).state == CallState.ringing


async def test_all_rows_of_calls_together_are_as_many_as_there_were_calls(twilio: Twilio, desk: Desk) -> None:
    calls = [new_call() for _ in range(5)]
    await asyncio.gather(*(twilio.ring(call) for call in calls for _ in range(4)))
    async with desk.runtime.db.begin(desk.business_id) as session:
        assert await session.scalar(select(func.count()).select_from(Call)) == 5


@pytest.mark.parametrize(
    "address", ["http://api.twilio.com/x", "https://twilio.com.evil.org/x", "file:///etc/passwd", "x" * 900]
)
async def test_the_address_of_a_recording_is_kept_only_when_it_is_twilios(
    twilio: Twilio, desk: Desk, address: str
) -> None:
    path = f"{VOICE}/recording"
    assert (await twilio.tell(path, "recording_status_callback", RecordingUrl=address)).status_code == 200
    async with desk.runtime.db.begin(desk.business_id) as session:
        assert (await session.scalars(select(CallRecording))).one().url is None
    await twilio.tell(path, "recording_status_callback")
    async with desk.runtime.db.begin(desk.business_id) as session:
        assert (await session.scalars(select(CallRecording))).one().url is not None


async def test_a_recording_that_is_none_of_ours_is_refused(twilio: Twilio) -> None:
    path = f"{VOICE}/recording"
    assert (await twilio.tell(path, "recording_status_callback", RecordingStatus="eaten")).status_code == 400
    assert (await twilio.tell(path, "recording_status_callback", RecordingSid="RE1")).status_code == 400


def test_of_two_states_the_same_one_holds_whichever_came_first() -> None:
    for one, other in product(CallState, repeat=2):
        assert further(one, other) == further(other, one) in (one, other)
    for three in combinations(CallState, 3):
        assert len({further(further(a, b), c) for a, b, c in permutations(three)}) == 1


def test_an_end_stays_an_end_and_what_we_make_of_silence_is_one() -> None:
    for one, other in product(CallState, repeat=2):
        assert further(one, other) in OVER or not ({one, other} & OVER)
        assert closing(one) in OVER


@pytest.mark.parametrize("end", sorted(OVER))
def test_what_the_provider_says_after_all_replaces_our_guess(end: CallState) -> None:
    assert further(closing(CallState.ringing), end) == end


@given(said=st.text(max_size=40))
def test_nothing_that_is_said_for_a_number_or_a_state_breaks_the_reader(said: str) -> None:
    for one in (said, f"+{said}", f"+972{said}"):
        phone = phone_of(one)
        assert phone is None or (phone.startswith("+") and phone[1:].isascii() and phone[1:].isdecimal())
        assert state_of(one) is None or state_of(one) in CallState


def test_landlines_are_not_written_to_and_mobiles_are() -> None:
    assert may_have_whatsapp("+972501234567")
    assert may_have_whatsapp("+14158675309")
    assert not may_have_whatsapp("+97236123456")
    assert not may_have_whatsapp("+9721800123456")


def test_whom_we_called_in_vain_is_not_written_to() -> None:
    went_on = {(way, end) for way, end in product(CallDirection, [*CallOutcome, None]) if goes_on_in_writing(way, end)}
    assert went_on == {
        (CallDirection.inbound, CallOutcome.dropped),
        (CallDirection.inbound, CallOutcome.missed),
        (CallDirection.outbound, CallOutcome.dropped),
    }
