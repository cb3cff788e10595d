"""Managers make two contacts one and part them again; staff write to people who never have."""

from typing import Any

from proli.accounts.permissions import Role
from tests.console import Browser, Console
from tests.journeys.world import World

AT = "/api/businesses/moran"


async def person(console: Console, role: Role) -> Browser:
    await console.add_person(f"{role}@example.com", role=role)
    return await console.signed_in(f"{role}@example.com")


async def write_down(browser: Browser, number: int, **details: str) -> dict[str, Any]:
    made = await browser.call("POST", f"{AT}/leads", {"phone": f"052-765-43{number:02}", **details})
    assert made.status_code == 201, made.text
    return made.json()


async def test_two_with_an_open_request_each_become_one_with_one_and_are_parted_again(
    console: Console, world: World
) -> None:
    browser = await person(console, Role.manager)
    kept = await write_down(browser, 1, customer_name="נועה", trade="plumber")
    other = await write_down(browser, 2, locality="רמת גן")
    contact, gone = f"{AT}/contacts/{kept['contact_id']}", f"{AT}/contacts/{other['contact_id']}"
    merged = await browser.call("POST", f"{contact}/merge", {"other_id": other["contact_id"]})
    assert merged.status_code == 200, merged.text
    assert [one["value"] for one in merged.json()["addresses"]] == ["+972527654301", "+972527654302"]
    assert (await browser.call("GET", gone)).json()["code"] == "contact_not_found"
    request = (await browser.call("GET", f"{AT}/leads/{kept['id']}")).json()
    assert (request["locality"], request["status"]) == ("רמת גן", "contacted")
    taken_in = (await browser.call("GET", f"{AT}/leads/{other['id']}")).json()
    assert (taken_in["status"], taken_in["contact_id"]) == ("cancelled", kept["contact_id"])
    (merge,) = merged.json()["merges"]
    parted = await browser.call("POST", f"{AT}/contacts/merges/{merge['id']}/undo")
    assert (parted.status_code, parted.json()["phone"]) == (200, "+972527654302")
    for lead in (kept, other):
        again = (await browser.call("GET", f"{AT}/leads/{lead['id']}")).json()
        assert {name: again[name] for name in ("contact_id", "status", "locality", "trade")} == {
            name: lead[name] for name in ("contact_id", "status", "locality", "trade")
        }
    twice = await browser.call("POST", f"{AT}/contacts/merges/{merge['id']}/undo")
    assert (twice.status_code, twice.json()["code"]) == (404, "contact_merge_not_found")
    owner = await person(console, Role.owner)
    entries = (await owner.call("GET", f"{AT}/audit")).json()["entries"]
    assert {"contact.merged", "contact.parted"} <= {entry["action"] for entry in entries}


async def test_agents_see_contacts_and_only_managers_merge_them(console: Console, world: World) -> None:
    browser = await person(console, Role.agent)
    one, two = await write_down(browser, 1), await write_down(browser, 2)
    contact = f"{AT}/contacts/{one['contact_id']}"
    assert (await browser.call("GET", contact)).status_code == 200
    refused = await browser.call("POST", f"{contact}/merge", {"other_id": two["contact_id"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


async def test_staff_write_to_somebody_who_was_written_down_by_hand(console: Console, world: World) -> None:
    await world.customer.say("שלום")
    browser = await person(console, Role.agent)
    lead = await write_down(browser, 1, customer_name="נועה")
    begun = await browser.call("POST", f"{AT}/conversations", {"contact_id": lead["contact_id"]})
    assert (begun.status_code, begun.json()["phone"]) == (201, "+972527654301"), begun.text
    at = f"{AT}/conversations/{begun.json()['id']}/messages"
    assert (await browser.call("POST", at, {"text": "שלום נועה", "key": "12345678"})).status_code == 201
    heard = await world.phone("+972527654301", "נועה").say("מי זה?")
    assert [message.text for message in heard] == ["שלום נועה"], "a person answers"
    again = await browser.call("POST", f"{AT}/conversations", {"contact_id": lead["contact_id"]})
    assert again.json()["id"] == begun.json()["id"]
    nobody = await browser.call("POST", f"{AT}/conversations", {"contact_id": 999_999})
    assert (nobody.status_code, nobody.json()["code"]) == (404, "contact_not_found")
