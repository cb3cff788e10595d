"""Settings: what changes, what cannot be, and what two people do at once."""

from typing import Any

import pytest

from tests.console import Browser

SETTINGS = "/api/businesses/moran/settings"


async def test_settings_begin_as_the_defaults_and_change_one_by_one(manager: Browser) -> None:
    before = (await manager.call("GET", SETTINGS)).json()
    assert before["weights"] == before["default_weights"]
    assert (before["rest"]["shabbat"], before["zone"], before["staff_e164"]) == (False, "Asia/Jerusalem", None)
    change: dict[str, Any] = {
        "version": before["version"],
        "staff_e164": "052-123-4567",
        "facts": {"אחריות": "שנה על כל עבודה"},
        "weights": {"rating": 1, "distance": 0},
        "rest": {"shabbat": True, "quiet_start_minute": 1320},
        "urgent_offer_minutes": 3,
    }
    after = (await manager.call("PATCH", SETTINGS, change)).json()
    assert after == (await manager.call("GET", SETTINGS)).json()
    assert after["version"] == before["version"] + 1
    assert (after["staff_e164"], after["facts"]) == ("+972521234567", change["facts"])
    assert after["weights"] == {**before["default_weights"], "rating": 1, "distance": 0}
    assert after["rest"] == {**before["rest"], "shabbat": True, "quiet_start_minute": 1320}
    assert (after["name"], after["offer_minutes"], after["urgent_offer_minutes"]) == (before["name"], 15, 3)
    nobody = await manager.call("PATCH", SETTINGS, {"version": after["version"], "staff_e164": None})
    assert (nobody.json()["staff_e164"], nobody.json()["facts"]) == (None, change["facts"])


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "Asia/Atlantis"},
        {"zone": "../etc/passwd"},
        {"name": "  "},
        {"language": "fr"},
        {"staff_e164": "12"},
        {"offer_minutes": 0},
        {"facts": {"x": ""}},
        {"facts": {"x": "a\0b"}},
        {"facts": {str(number): "x" for number in range(61)}},
        {"weights": {"charm": 1}},
        {"weights": {"rating": -1}},
        {"weights": dict.fromkeys(("rating", "distance", "load", "fairness", "earliest"), 0)},
        {"rest": {"shabbat": "sometimes"}},
        {"rest": {"naps": True}},
        {"sweeps": {"leads": {"minutes": 1}}},
        {"sweeps": {"digest": {"minutes": 1380}}},
        {"sweeps": {"unanswered": {"on": False, "minutes": 10}}},
        {"sweeps": {"naps": {"minutes": 10}}},
        {"slug": "mine"},
        {"transfers": {"people": [{"name": " ", "phone_e164": "052-111-0001"}]}},
        {"transfers": {"people": [{"name": "דנה", "phone_e164": "12"}]}},
        {"transfers": {"people": [{"name": one, "phone_e164": "052-111-0001"} for one in "אב"]}},
        {"transfers": {"hours": {"0": [[600, 500]]}}},
        {"transfers": {"hours": {"7": [[0, 10]]}}},
    ],
)
async def test_settings_that_cannot_be_are_refused_and_change_nothing(manager: Browser, change: dict[str, Any]) -> None:
    before = (await manager.call("GET", SETTINGS)).json()
    refused = await manager.call("PATCH", SETTINGS, {"version": before["version"], "offer_minutes": 20, **change})
    assert refused.status_code == 422, refused.text
    assert (await manager.call("GET", SETTINGS)).json() == before


async def test_of_two_edits_of_the_same_settings_the_second_is_refused(manager: Browser) -> None:
    version = (await manager.call("GET", SETTINGS)).json()["version"]
    first = await manager.call("PATCH", SETTINGS, {"version": version, "name": "מורן ובניו"})
    second = await manager.call("PATCH", SETTINGS, {"version": version, "name": "מורן"})
    assert (second.status_code, second.json()["code"]) == (409, "settings_changed")
    assert second.json()["params"]["version"] == first.json()["version"]


async def test_sweeps_run_as_the_business_wants_within_their_bounds(manager: Browser) -> None:
    before = (await manager.call("GET", SETTINGS)).json()
    assert all(one["on"] and one["minutes"] == one["usual_minutes"] for one in before["sweeps"])
    own = {"leads": {"on": False, "minutes": 30}, "digest": {"on": True, "minutes": 420}}
    after = (await manager.call("PATCH", SETTINGS, {"version": before["version"], "sweeps": own})).json()
    found = {one["name"]: (one["on"], one["minutes"]) for one in after["sweeps"]}
    assert (found["leads"], found["digest"], found["visits"]) == ((False, 30), (True, 420), (True, 30))
    usual = (await manager.call("PATCH", SETTINGS, {"version": after["version"], "sweeps": {}})).json()
    assert usual["sweeps"] == before["sweeps"]


async def test_who_takes_calls_is_kept_in_order_with_their_phones_in_one_spelling(manager: Browser) -> None:
    before = (await manager.call("GET", SETTINGS)).json()
    assert before["transfers"]["people"] == []
    assert before["transfers"]["hours"]["0"] == [[480, 1080]]
    people = [
        {"name": "דנה", "phone_e164": "052-111-0001", "always": True},
        {"name": "יוסי", "phone_e164": "0521110002"},
    ]
    change = {"version": before["version"], "transfers": {"hours": {"0": [[540, 1020]]}, "people": people}}
    after = (await manager.call("PATCH", SETTINGS, change)).json()["transfers"]
    assert [(one["name"], one["phone_e164"], one["always"]) for one in after["people"]] == [
        ("דנה", "+972521110001", True), ("יוסי", "+972521110002", False),
    ]  # fmt: skip
    assert after["hours"] == {"0": [[540, 1020]]}
