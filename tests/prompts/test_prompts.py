"""Guidance of a business's own: written in versions, given to models below our rules, and named in the trace."""

import asyncio
from uuid import uuid4

import pytest

from proli.accounts.permissions import Role
from tests.console import Browser, Console
from tests.doubles.models import say
from tests.journeys.world import CUSTOMER
from tests.office import Office

PROMPTS = "/api/businesses/moran/prompts"
DRAFT, PUBLISH, BACK = f"{PROMPTS}/whatsapp/draft", f"{PROMPTS}/whatsapp/publish", f"{PROMPTS}/whatsapp/roll-back"


@pytest.fixture
async def manager(console: Console, business_id: int) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


async def publish(manager: Browser, text: str) -> dict[str, object]:
    assert (await manager.call("PUT", DRAFT, {"text": text})).status_code == 200
    published = await manager.call("POST", PUBLISH)
    assert published.status_code == 200, published.text
    return published.json()


async def states(manager: Browser, channel: str = "whatsapp") -> list[tuple[int, str, str]]:
    told = (await manager.call("GET", f"{PROMPTS}?channel={channel}")).json()
    return [(one["number"], one["status"], one["text"]) for one in told["versions"]]


async def test_models_go_by_what_is_published_below_our_rules_and_the_turn_says_which(
    office: Office, manager: Browser
) -> None:
    office.models.always("gemini-a", say("באיזו עיר?"))
    await office.say("שלום")
    assert (await manager.call("PUT", DRAFT, {"text": "  לסיים ב-{שלום} חם  "})).status_code == 200
    await office.say("יש לי נזילה")
    assert (await manager.call("POST", PUBLISH)).status_code == 200
    await office.say("בכיור")
    before, draft, after = (str(asked.body["systemInstruction"]) for asked in office.models.asked)
    assert "הנחיות של העסק" not in before + draft
    assert after.index("כללים ששום דבר") < after.index("לסיים ב-{שלום} חם") < after.index("הכללים שלמעלה קודמים")
    versions = [turn.prompt_version for turn in await office.turns()]
    assert versions == [versions[0], versions[0], f"{versions[0]}+1"]


async def test_the_next_version_archives_the_one_before_and_a_click_brings_it_back(manager: Browser) -> None:
    await publish(manager, "ראשון")
    told = await publish(manager, "שני")
    assert "list_prices" in str(told["template"])
    assert str(told["template_version"]).startswith("services-")
    assert (await manager.call("PUT", DRAFT, {"text": "שלישי"})).status_code == 200
    assert (await manager.call("POST", BACK, {"number": 1})).status_code == 200
    assert await states(manager) == [
        (4, "published", "ראשון"),
        (3, "draft", "שלישי"),
        (2, "archived", "שני"),
        (1, "archived", "ראשון"),
    ]
    assert await states(manager, "voice") == []
    for number in (3, 4, 9):
        refused = await manager.call("POST", BACK, {"number": number})
        assert (refused.status_code, refused.json()["code"]) == (404, "prompt_not_found")


async def test_a_draft_is_not_overwritten_unseen(manager: Browser) -> None:
    made = (await manager.call("PUT", DRAFT, {"text": "א"})).json()["versions"][0]
    edited = await manager.call("PUT", DRAFT, {"text": "ב", "version": made["version"]})
    assert edited.json()["versions"][0]["version"] == made["version"] + 1
    for method, path, body in (
        ("PUT", DRAFT, {"text": "ג", "version": made["version"]}),
        ("PUT", DRAFT, {"text": "ג"}),
        ("POST", PUBLISH, {"version": made["version"]}),
    ):
        refused = await manager.call(method, path, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "prompt_changed")
        assert refused.json()["params"]["version"] == made["version"] + 1
    assert (await manager.call("PUT", DRAFT, {"text": "א" * 8001})).status_code == 422


async def test_of_several_who_write_at_once_one_does(manager: Browser) -> None:
    answers = await asyncio.gather(*(manager.call("PUT", DRAFT, {"text": f"{n}"}) for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    answers = await asyncio.gather(*(manager.call("POST", PUBLISH) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404]
    await publish(manager, "אחר")
    answers = await asyncio.gather(*(manager.call("POST", BACK, {"number": 1}) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert [status for _, status, _ in await states(manager)].count("published") == 1


async def test_what_one_business_writes_is_unknown_to_others(
    office: Office, console: Console, manager: Browser
) -> None:
    await console.add_person("stranger@example.com", role=Role.owner, business="other")
    stranger = await console.signed_in("stranger@example.com")
    sent = {"text": "של אחרים"}
    assert (await stranger.call("PUT", "/api/businesses/other/prompts/whatsapp/draft", sent)).status_code == 200
    assert (await stranger.call("POST", "/api/businesses/other/prompts/whatsapp/publish")).status_code == 200
    office.models.always("gemini-a", say("באיזו עיר?"))
    await office.say("שלום")
    assert "של אחרים" not in office.models.asked[0].text
    assert await states(manager) == []


async def test_a_draft_is_tried_on_a_simulated_phone_before_anybody_else_goes_by_it(
    office: Office, manager: Browser
) -> None:
    office.models.always("gemini-a", say("באיזו עיר?"))
    await publish(manager, "הנוסח שפורסם")
    made = (await manager.call("PUT", DRAFT, {"text": "טיוטה ראשונה"})).json()["versions"][0]
    await simulate(office, manager, CUSTOMER, draft=True)
    changed = {"text": "טיוטה שנייה", "version": made["version"]}
    assert (await manager.call("PUT", DRAFT, changed)).status_code == 200
    await simulate(office, manager, CUSTOMER, draft=True)
    await simulate(office, manager, "+972500000009", draft=False)
    await simulate(office, manager, CUSTOMER, draft=False)
    told = [guidance_in(str(asked.body["systemInstruction"])) for asked in office.models.asked]
    assert told == ["טיוטה ראשונה", "טיוטה שנייה", "הנוסח שפורסם", "הנוסח שפורסם"]
    versions = [turn.prompt_version.partition("+")[2] for turn in await office.turns()]
    assert versions == ["2~1", "2~2", "1", "1"]


async def test_where_there_is_no_draft_what_is_published_is_tried(office: Office, manager: Browser) -> None:
    office.models.always("gemini-a", say("באיזו עיר?"))
    await simulate(office, manager, CUSTOMER, draft=True)
    await publish(manager, "הנוסח שפורסם")
    await simulate(office, manager, CUSTOMER, draft=True)
    told = [guidance_in(str(asked.body["systemInstruction"])) for asked in office.models.asked]
    assert told == [None, "הנוסח שפורסם"]


async def simulate(office: Office, manager: Browser, phone: str, *, draft: bool) -> None:
    """Somebody writes on a simulated phone and is answered."""
    path = f"/api/businesses/moran/simulator/phones/{phone}"
    sent = await manager.call("POST", path, {"text": "שלום", "key": uuid4().hex, "draft": draft})
    assert sent.status_code == 202, sent.text
    await office.world.queue.drain()
    assert (await manager.call("GET", path)).json()["draft"] is draft


def guidance_in(instructions: str) -> str | None:
    """Which of the texts a model was told to go by."""
    known = ("הנוסח שפורסם", "טיוטה ראשונה", "טיוטה שנייה")
    found = [text for text in known if text in instructions]
    assert len(found) < 2
    return found[0] if found else None
