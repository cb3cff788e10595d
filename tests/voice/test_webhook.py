"""A call that comes in is kept before it is answered, and only by whom Twilio has signed for."""

import dataclasses
import xml.etree.ElementTree as ElementTree
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from twilio.twiml.voice_response import VoiceResponse  # type: ignore[import-untyped]

from proli.accounts.actions import create_business
from proli.contacts.models import Contact
from proli.platform.db import Database
from proli.platform.runtime import Runtime
from proli.platform.security import digest
from proli.platform.settings import HttpSettings
from proli.voice.errors import VoiceNumberTaken
from proli.voice.models import Call
from proli.voice.numbers import add_voice_number
from proli.voice.rules import CallDirection, CallOutcome, CallState
from tests.conftest import ManualClock
from tests.doubles.serving import app_of
from tests.doubles.twilio import (
    ACCOUNT,
    CALL,
    CALLER,
    NUMBER,
    SHARED_KEY,
    TOKEN,
    VOICE,
    Twilio,
    fields_of,
    load,
    new_call,
    order_of,
    signed,
)
from tests.voice.conftest import Desk

OTHER_ACCOUNT = "AC11111111111111111111111111111111"


async def test_a_call_is_kept_and_its_line_is_to_be_opened(twilio: Twilio, desk: Desk) -> None:
    order = order_of(await twilio.ring())
    call = await desk.call()
    assert (call.external_id, call.state, call.direction) == (CALL, CallState.ringing, CallDirection.inbound)
    assert (call.phone_e164, call.ended_at) == (CALLER, None)
    (line,) = await desk.lines()
    assert (line.call_id, line.token_digest, line.used_at) == (call.id, digest(order.token), None)
    assert order.url == twilio.public_url.replace("http://", "ws://") + f"{VOICE}/media"
    assert order.after == twilio.public_url + f"{VOICE}/after"


async def test_nothing_stands_behind_the_line_and_the_answer_is_as_twilio_itself_would_write_it(twilio: Twilio) -> None:
    answer = await twilio.ring()
    order = order_of(answer)
    assert order.verbs == ["Connect"]
    response = cast(Any, VoiceResponse)()  # pyright: ignore
    line = response.connect(action=order.after, method="POST")  # pyright: ignore
    stream = line.stream(url=order.url, status_callback=order.told_to, status_callback_method="POST")  # pyright: ignore
    stream.parameter(name="token", value=order.token)  # pyright: ignore
    canonical = ElementTree.canonicalize
    assert canonical(answer.text) == canonical(str(response))  # pyright: ignore
    assert answer.headers["content-type"].startswith("application/xml")
    example = ElementTree.fromstring(load("twiml_connect_stream")["xml"])
    mine = ElementTree.fromstring(answer.content)
    assert [one.tag for one in mine.iter()] == [one.tag for one in example.iter()]


async def test_who_calls_and_who_writes_from_one_phone_is_one_contact(
    twilio: Twilio, desk: Desk, runtime: Runtime
) -> None:
    async with runtime.db.begin(desk.business_id) as session:
        session.add(Contact(phone_e164=CALLER, name="דנה"))
    await twilio.ring()
    async with runtime.db.begin(desk.business_id) as session:
        found = await session.get_one(Contact, (await desk.call()).contact_id)
    assert found.name == "דנה"


@pytest.mark.parametrize("withheld", ["anonymous", "+266696687", "Restricted", "", "+", "sip:robot@example.com", "+12"])
async def test_a_call_whose_number_is_withheld_is_kept_as_nobodys(twilio: Twilio, desk: Desk, withheld: str) -> None:
    order = order_of(await twilio.ring(From=withheld))
    call = await desk.call()
    assert (call.contact_id, call.phone_e164, order.verbs) == (None, None, ["Connect"])


async def test_a_foreign_number_is_a_contact_like_any(twilio: Twilio, desk: Desk) -> None:
    await twilio.ring(From="+14158675309")
    call = await desk.call()
    assert call.phone_e164 == "+14158675309"
    assert call.contact_id is not None


async def test_two_calls_of_one_number_are_two(twilio: Twilio, desk: Desk) -> None:
    orders = [order_of(await twilio.ring(new_call())) for _ in range(2)]
    first, second = await desk.calls()
    assert first.contact_id == second.contact_id
    assert orders[0].token != orders[1].token


def test_our_signatures_are_those_of_twilio() -> None:
    vector = load("signature_vector")
    made = signed(vector["url"], vector["params"], vector["auth_token"])
    assert made["x-twilio-signature"] == vector["value_sha1"]
    new = signed(vector["url"], vector["params"], vector["auth_token"], new=True)["x-twilio-signature"]
    theirs = RequestValidator(vector["auth_token"])  # pyright: ignore
    assert theirs.compute_signature(vector["url"], vector["params"], "HMAC_SHA256") == new  # pyright: ignore


async def test_both_algorithms_are_taken(twilio: Twilio, desk: Desk, runtime: Runtime) -> None:
    async with runtime.db.begin(desk.business_id) as session:
        secrets = {"auth_token": TOKEN, "shared_key": SHARED_KEY}
        await add_voice_number(session, runtime.vault, phone_e164=NUMBER, account_sid=ACCOUNT, secrets=secrets)
    fields = fields_of("voice_inbound")
    url = twilio.public_url + VOICE
    for headers in (signed(url, fields), signed(url, fields, SHARED_KEY, new=True)):
        assert order_of(await twilio.post(VOICE, fields, headers)).verbs == ["Connect"]
    assert len(await desk.calls()) == 1


@pytest.mark.parametrize("path", ["", "/status", "/stream", "/recording", "/after"])
@pytest.mark.parametrize(
    "kind", ["none", "empty", "other_secret", "other_field", "other_path", "other_algorithm", "long"]
)
async def test_a_wrong_signature_is_refused_and_keeps_nothing(twilio: Twilio, desk: Desk, path: str, kind: str) -> None:
    fields, url = fields_of("voice_inbound"), twilio.public_url + VOICE + path
    headers = {
        "none": {},
        "empty": {"x-twilio-signature": ""},
        "other_secret": signed(url, fields, "x" * 32),
        "other_field": signed(url, fields | {"From": "+972500000002"}),
        "other_path": signed(url + "/x", fields),
        "other_algorithm": {**signed(url, fields), "x-twilio-webhooks-signature-settings": "key=a,algorithm=NONE"},
        "long": {"x-twilio-signature": "A" * 5000},
    }[kind]
    answer = await twilio.post(VOICE + path, fields, headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "signature_refused")
    assert await desk.calls() == []


async def test_behind_a_proxy_the_address_that_twilio_was_given_counts(twilio: Twilio, runtime: Runtime) -> None:
    given = "https://proli.example.com/desk"
    runtime.settings.http = HttpSettings(public_url=given)
    order = order_of(await Twilio(twilio.http, given).ring())
    assert order.url == f"wss://proli.example.com/desk{VOICE}/media"
    assert order.after == f"{given}{VOICE}/after"
    assert (await twilio.ring()).status_code == 403


async def test_an_address_with_a_query_is_signed_as_a_whole(twilio: Twilio) -> None:
    fields, path = fields_of("voice_inbound"), f"{VOICE}?a=1&b=%D7%A9"
    answer = await twilio.post(path, fields, signed(twilio.public_url + path, fields))
    assert order_of(answer).verbs == ["Connect"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"CallSid": ""}, "CallSid"),
        ({"CallSid": "CA1"}, "CallSid"),
        ({"CallSid": f"CA{'0' * 31}'"}, "CallSid"),
        ({"AccountSid": "AC"}, "AccountSid"),
    ],
)
async def test_a_form_that_names_no_call_is_refused(
    twilio: Twilio, desk: Desk, changes: dict[str, str], field: str
) -> None:
    fields = fields_of("voice_inbound", **changes)
    for path in ("", "/status"):
        answer = await twilio.post(VOICE + path, fields)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed_payload")
    assert await desk.calls() == []


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"\xff\xfe", b"a=%FF%FE", b"{}", b"&" * 60_000, b"a=1&" * 300, b"CallSid=%00"]
)
async def test_what_is_no_form_of_twilios_is_refused(twilio: Twilio, desk: Desk, body: bytes) -> None:
    answer = await twilio.http.post(VOICE, content=body)
    assert answer.status_code == 400
    assert await desk.calls() == []


async def test_more_than_a_form_may_have_is_not_read(twilio: Twilio) -> None:
    answer = await twilio.http.post(VOICE, content=b"a=" + b"x" * 70_000)
    assert answer.status_code == 413


async def test_a_number_that_no_business_has_hears_a_few_words(twilio: Twilio, desk: Desk) -> None:
    order = order_of(await twilio.ring(To="+97237000009"))
    assert order.verbs == ["Say", "Hangup"]
    assert "להתראות" in order.says
    assert await desk.calls() == []


async def test_where_nobody_can_talk_the_caller_hears_so_and_the_call_is_kept(
    twilio: Twilio, desk: Desk, runtime: Runtime
) -> None:
    app_of(runtime).state.talker = None
    answer = await twilio.ring()
    order = order_of(answer)
    assert order.verbs == ["Say", "Hangup"]
    (said,) = ElementTree.fromstring(answer.content).iter("Say")
    assert said.attrib["language"] == "he-IL"
    assert "he-IL" in said.attrib["voice"]
    assert (await desk.call()).phone_e164 == CALLER


async def test_while_the_database_is_away_the_caller_hears_a_few_words_of_ours_and_news_come_again(
    twilio: Twilio, runtime: Runtime
) -> None:
    away = Database("postgresql://nobody@127.0.0.1:9/nothing")
    app_of(runtime).state.runtime = dataclasses.replace(runtime, db=away)
    assert order_of(await twilio.ring()).verbs == ["Say", "Hangup"]
    assert order_of(await twilio.after()).verbs == ["Say", "Hangup"]
    assert (await twilio.status("completed")).status_code == 503
    await away.close()


async def test_another_business_keeps_its_number_and_its_calls(twilio: Twilio, desk: Desk, runtime: Runtime) -> None:
    await twilio.ring()
    async with runtime.db.begin_operator() as session:
        other = await create_business(session, slug="other", name="אחר")
        await session.flush()
        other_id = other.id
    async with runtime.db.begin(other_id) as session:
        with pytest.raises(VoiceNumberTaken):
            await add_voice_number(session, runtime.vault, phone_e164=NUMBER, account_sid=ACCOUNT, secrets={})
    async with runtime.db.begin(other_id) as session:
        await add_voice_number(
            session, runtime.vault,
            phone_e164="+97237000001", account_sid=OTHER_ACCOUNT, secrets={"auth_token": "theirs" * 5},
        )  # fmt: skip
    fields = fields_of("voice_status_callback", AccountSid=OTHER_ACCOUNT, To="+97237000001", CallStatus="completed")
    path = f"{VOICE}/status"
    answer = await twilio.post(path, fields, signed(twilio.public_url + path, fields, "theirs" * 5))
    assert (answer.status_code, answer.json()["code"]) == (404, "call_not_found")
    assert (await desk.call()).state == CallState.ringing
    assert await Desk(runtime, other_id).calls() == []


async def test_a_leg_of_a_call_makes_no_call(twilio: Twilio, desk: Desk) -> None:
    await twilio.ring()
    answer = await twilio.status("in-progress", new_call(), ParentCallSid=CALL)
    assert answer.status_code == 200
    assert len(await desk.calls()) == 1
    fields = fields_of("voice_status_callback", ParentCallSid=CALL)
    assert (await twilio.post(f"{VOICE}/status", fields, {})).status_code == 403


async def test_a_call_of_ours_is_with_whom_we_call(twilio: Twilio, desk: Desk) -> None:
    await twilio.status("ringing", Direction="outbound-api", From=NUMBER, To=CALLER)
    call = await desk.call()
    assert (call.direction, call.phone_e164) == (CallDirection.outbound, CALLER)


async def test_a_call_that_is_told_of_again_once_it_is_over_is_hung_up(
    twilio: Twilio, desk: Desk, clock: ManualClock
) -> None:
    await twilio.ring()
    await twilio.status("completed")
    order = order_of(await twilio.ring())
    assert order.verbs == ["Hangup"]
    call = await desk.call()
    assert (call.state, call.outcome, call.duration_s) == (CallState.completed, CallOutcome.missed, 42)


async def test_a_form_is_read_as_it_was_sent(twilio: Twilio, desk: Desk) -> None:
    fields = fields_of("voice_inbound", CallerName='דנה & "בניו" + 1', CallToken="%7B%22a%22%7D")
    assert urlencode(fields).count("%25") > 1
    assert order_of(await twilio.post(VOICE, fields)).verbs == ["Connect"]
    assert isinstance(await desk.call(), Call)
