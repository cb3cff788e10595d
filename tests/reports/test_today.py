"""The first page: what needs somebody, and only that."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from proli.accounts.permissions import Role
from proli.conversations.models import Delivery, Direction
from tests.conftest import SUNDAY_MORNING
from tests.console import Browser, Console
from tests.reports.conftest import HOUR, History

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NOW = SUNDAY_MORNING
IN, OUT = Direction.inbound, Direction.outbound


async def read(browser: Browser, business: str = "moran") -> Any:
    answer = await browser.call("GET", f"/api/businesses/{business}/today")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_leads_that_need_a_person_or_stand_still_are_shown(history: History, viewer: Browser) -> None:
    waits = await history.lead(NOW - HOUR, attention="complaint")
    still = await history.lead(NOW - 3 * DAY, status="offered", changed_at=NOW - 25 * HOUR)
    await history.lead(NOW - 3 * DAY, status="offered", changed_at=NOW - 23 * HOUR)
    await history.lead(NOW - 3 * DAY, status="booked")
    told = await read(viewer)
    assert [(one["id"], one["reason"], one["name"]) for one in told["attention"]] == [(waits, "complaint", "לקוח 1")]
    assert [(one["id"], one["status"]) for one in told["stuck"]] == [(still, "offered")]


@pytest.mark.parametrize(
    ("reason", "in_writing"),
    [("complaint", True), ("low_rating", True), ("nobody_left", False), ("professional_wrote", True)],
)
async def test_each_call_says_whether_an_answer_settles_it(
    history: History, viewer: Browser, reason: str, in_writing: bool
) -> None:
    await history.lead(NOW - HOUR, attention=reason)
    (line,) = (await read(viewer))["attention"]
    assert line["in_writing"] == in_writing


async def test_conversations_in_human_hands_are_shown_while_the_customer_waits(
    history: History, viewer: Browser
) -> None:
    waits = await history.talk((IN, NOW - HOUR), (IN, NOW - MINUTE), owner="human", answered=False)
    await history.talk((IN, NOW - HOUR), owner="human")
    await history.talk((IN, NOW - HOUR), answered=False)
    (line,) = (await read(viewer))["handed"]
    assert (line["conversation_id"], line["unanswered"]) == (waits, 2)
    assert datetime.fromisoformat(line["since"]) == NOW - HOUR


async def test_messages_that_failed_lately_are_shown(history: History, viewer: Browser) -> None:
    failed = await history.talk((IN, NOW - HOUR), (OUT, NOW - HOUR), delivery=Delivery.failed)
    await history.talk((IN, NOW - 9 * DAY), (OUT, NOW - 8 * DAY), delivery=Delivery.failed)
    await history.talk((IN, NOW - HOUR), (OUT, NOW - HOUR))
    (line,) = (await read(viewer))["failed"]
    assert (line["conversation_id"], line["name"]) == (failed, "לקוח 1")


async def test_offers_about_to_expire_and_the_visits_of_the_day_are_shown(history: History, viewer: Browser) -> None:
    yossi = await history.hire("יוסי", "+972520000001")
    leads = [await history.lead(NOW - HOUR, who=yossi) for _ in range(4)]
    soon = await history.visit(leads[0], yossi, NOW + 3 * HOUR, "held", offer="open", sent_at=NOW - 6 * MINUTE)
    await history.visit(leads[1], yossi, NOW + 30 * HOUR, "held", offer="open", sent_at=NOW)
    first = await history.visit(leads[2], yossi, NOW - HOUR, "done")
    await history.visit(leads[3], yossi, NOW + HOUR, "cancelled")
    told = await read(viewer)
    assert [(one["lead_id"], one["professional"]) for one in told["expiring"]] == [(leads[0], "יוסי")]
    assert [(one["id"], one["status"]) for one in told["visits"]] == [(first, "done"), (soon, "held")]
    assert (told["visits"][0]["name"], told["visits"][0]["locality"]) == ("לקוח 3", "רמת גן")


async def test_the_week_stands_beside_the_one_before(history: History, viewer: Browser) -> None:
    yossi = await history.hire("יוסי", "+972520000001")
    leads = [await history.lead(NOW - days * DAY, who=yossi) for days in (0, 0, 6, 7, 13, 14)]
    for number, days in ((0, 0), (1, 6), (2, 7), (3, 14)):
        starts_at = NOW + (number + 1) * 2 * HOUR
        await history.visit(leads[number], yossi, starts_at, "confirmed", made_at=NOW - days * DAY)
    await history.visit(leads[4], yossi, NOW - 29 * DAY, "done", score=4, made_at=NOW - 31 * DAY)
    await history.talk((IN, NOW - HOUR), (OUT, NOW - HOUR + MINUTE))
    await history.talk((IN, NOW - 8 * DAY), (OUT, NOW - 8 * DAY + 2 * MINUTE))
    figures = (await read(viewer))["figures"]
    assert (figures["leads_today"], figures["leads_week"], figures["leads_former_week"]) == (2, 3, 2)
    assert (figures["booked_week"], figures["booked_former_week"]) == (2, 1)
    assert (figures["median_first_response_s_week"], figures["median_first_response_s_former_week"]) == (60.0, 120.0)
    assert (figures["rating_month"], figures["rating_former_month"]) == (4.0, None)
    assert [one["count"] for one in figures["per_day"]] == [1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 2]


async def test_a_new_business_has_nothing_to_do(console: Console, history: History) -> None:
    await history.lead(NOW - HOUR, attention="complaint")
    await console.add_person("stranger@example.com", role=Role.owner, business="other")
    told = await read(await console.signed_in("stranger@example.com"), "other")
    lists = ("attention", "handed", "failed", "expiring", "stuck", "visits")
    assert not any(told[name] for name in lists)
    assert (told["figures"]["leads_week"], told["figures"]["rating_month"]) == (0, None)
