"""Every shape of Green API's webhooks, and what it means to us."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proli.channels.green_api.parse import parse, salvage
from proli.conversations.incoming import (
    Echo,
    HumanSaid,
    Ignored,
    Received,
)
from proli.conversations.models import MessageKind
from proli.platform.payloads import MalformedPayload
from tests.channels.expected import CHAT, EXPECTED, FIXTURES, PHONE, TEXT_ID, at, load, said


def test_every_fixture_has_an_expectation() -> None:
    assert {path.stem for path in FIXTURES.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_payload_means_exactly_one_thing(name: str) -> None:
    assert parse(load(name)) == EXPECTED[name]


def incoming(data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return load("incoming_textMessage") | {"messageData": data} | more


def received(data: dict[str, Any], **more: Any) -> Received:
    found = parse(incoming(data, **more))
    assert isinstance(found, Received)
    return found


def test_a_type_unknown_to_us_is_kept_with_its_name() -> None:
    found = received({"typeMessage": "holographicMessage", "hologram": {}})
    assert (found.kind, found.media) == (MessageKind.unsupported, {"type": "holographicMessage"})
    assert found.wants_answer


def test_a_hidden_phone_makes_a_provisional_contact_unless_the_sender_shows_it() -> None:
    data = load("incoming_textMessage")["messageData"]
    hidden = {"chatId": "81234567890123@lid", "sender": "81234567890123@lid", "senderName": "דנה"}
    assert received(data, senderData=hidden).phone_e164 is None
    assert received(data, senderData=hidden | {"sender": CHAT}).phone_e164 == PHONE


def test_what_postgresql_cannot_hold_is_left_out_and_long_texts_are_cut() -> None:
    found = received({"typeMessage": "textMessage", "textMessageData": {"textMessage": "א\x00ב\ud800ג" + "ד" * 30_000}})
    assert found.text.startswith("אב?גד")
    assert len(found.text) <= 20_000


def test_a_vote_taken_back_wants_no_answer() -> None:
    payload = load("incoming_pollUpdateMessage")
    payload["messageData"]["pollMessageData"]["votes"][1]["optionVoters"] = []
    found = parse(payload)
    assert isinstance(found, Received)
    assert (found.text, found.wants_answer) == ("", False)


def test_two_updates_of_one_poll_have_two_ids() -> None:
    payload = load("incoming_pollUpdateMessage")
    first, second = parse(payload), parse(payload | {"timestamp": payload["timestamp"] + 1})
    assert isinstance(first, Received)
    assert isinstance(second, Received)
    assert first.external_id != second.external_id


def test_the_body_of_a_menu_of_ours_is_its_echo() -> None:
    menu = load("incoming_interactiveButtonsReply_echo") | {"typeWebhook": "outgoingAPIMessageReceived"}
    assert parse(menu) == Echo(TEXT_ID, CHAT, at(0), "לאשר?")
    body = {"header": "", "body": "לאשר?", "footer": ""}
    menu["messageData"] = {"typeMessage": "interactiveButtonsReply", "interactiveButtons": body}
    assert parse(menu) == Echo(TEXT_ID, CHAT, at(0), "לאשר?")


@pytest.mark.parametrize("name", ["incoming_reactionMessage", "incoming_editedMessage", "incoming_deletedMessage"])
def test_a_reaction_or_an_edit_on_the_businesss_phone_is_no_takeover(name: str) -> None:
    assert isinstance(parse(load(name) | {"typeWebhook": "outgoingMessageReceived"}), Ignored)


def test_a_file_sent_from_the_businesss_phone_is_a_takeover() -> None:
    found = parse(load("incoming_imageMessage") | {"typeWebhook": "outgoingMessageReceived"})
    assert isinstance(found, HumanSaid)
    assert (found.kind, found.text) == (MessageKind.image, "זה מה שקיבלתי")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("typeWebhook",), "typeWebhook"),
        (("timestamp",), "timestamp"),
        (("idMessage",), "idMessage"),
        (("senderData",), "senderData"),
        (("senderData", "chatId"), "chatId"),
        (("messageData",), "messageData"),
        (("messageData", "typeMessage"), "typeMessage"),
        (("messageData", "textMessageData"), "textMessageData"),
        (("messageData", "textMessageData", "textMessage"), "textMessage"),
    ],
)
def test_what_is_missing_names_itself(path: tuple[str, ...], field: str) -> None:
    payload = load("incoming_textMessage")
    part = payload
    for name in path[:-1]:
        part = part[name]
    del part[path[-1]]
    with pytest.raises(MalformedPayload) as raised:
        parse(payload)
    assert raised.value.params == {"field": field}
    assert raised.value.status == 400


@pytest.mark.parametrize("timestamp", [True, "soon", None, -1, 0, 10**30, float("inf"), [1]])
def test_a_time_that_is_none_is_malformed(timestamp: object) -> None:
    with pytest.raises(MalformedPayload):
        parse(load("incoming_textMessage") | {"timestamp": timestamp})


def test_an_unreadable_message_of_a_contact_can_be_salvaged_and_nothing_else() -> None:
    broken = incoming({"typeMessage": "textMessage"})
    found = salvage(broken, at=at(0))
    assert found == said(TEXT_ID, kind=MessageKind.unsupported, media={"type": "textMessage"})
    assert salvage(broken | {"typeWebhook": "outgoingMessageReceived"}, at=at(0)) is None
    assert salvage(broken | {"senderData": {"chatId": "1203@g.us"}}, at=at(0)) is None
    assert salvage(broken | {"idMessage": ""}, at=at(0)) is None


KEYS = st.sampled_from(
    [
        *("typeWebhook", "typeMessage", "messageData", "senderData", "chatId", "sender", "idMessage", "timestamp"),
        *("textMessageData", "textMessage", "extendedTextMessageData", "text", "fileMessageData", "downloadUrl"),
        *("pollMessageData", "votes", "optionVoters", "contacts", "contactMessageData", "stanzaId", "status", "from"),
        *("locationMessageData", "latitude", "longitude", "singleSelectReply", "listResponseMessage"),
    ]
)
WORDS = st.sampled_from(
    [
        *("incomingMessageReceived", "outgoingMessageReceived", "outgoingAPIMessageReceived", "outgoingMessageStatus"),
        *("incomingCall", "stateInstanceChanged", "textMessage", "imageMessage", "pollUpdateMessage", CHAT, "missed"),
        *("locationMessage", "contactsArrayMessage", "listResponseMessage", "editedMessage", "reactionMessage"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=5),
    max_leaves=20,
)


@given(st.dictionaries(KEYS | st.text(max_size=5), VALUES, max_size=8))
def test_no_payload_raises_anything_but_malformed(payload: dict[str, Any]) -> None:
    try:
        parse(payload)
    except MalformedPayload:
        salvage(payload, at=at(0))


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    elif isinstance(value, list):
        items = list(enumerate(value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return [path, *(deeper for key, inner in items for deeper in places(inner, (*path, key)))] if path or items else []


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(sorted(EXPECTED)), VALUES)
def test_no_change_to_a_real_payload_raises_anything_but_malformed(data: st.DataObject, name: str, value: Any) -> None:
    payload = copy.deepcopy(load(name))
    path = data.draw(st.sampled_from([path for path in places(payload) if path]))
    part: Any = payload
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    try:
        parse(payload)
    except MalformedPayload:
        salvage(payload, at=at(0))
