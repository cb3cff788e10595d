"""Reports: every figure against a history small enough to count by hand."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from proli.accounts.models import Business
from proli.conversations.models import Delivery, Direction
from proli.professionals.models import Professional
from proli.reports.rules import plain
from tests.console import Browser
from tests.reports.conftest import HOUR, History

REPORTS = "/api/businesses/moran/reports"
WEEK = f"{REPORTS}?from=2070-11-02&to=2070-11-08"
ZONE = ZoneInfo("Asia/Jerusalem")
IN, OUT = Direction.inbound, Direction.outbound


def at(day: int, hour: float = 9) -> datetime:
    return datetime(2070, 11, day, tzinfo=ZONE) + timedelta(hours=hour)


async def read(browser: Browser, path: str = WEEK) -> Any:
    answer = await browser.call("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture
async def week(history: History) -> History:
    """Seven leads of the second to the eighth of November, and two of the week before."""
    yossi, moshe = await history.hire("יוסי", "+972520000001"), await history.hire("=משה", "+972520000002")
    done = await history.lead(at(2, 0), who=yossi, status="done")
    await history.visit(
        done, yossi, at(3, 10), "done", offer="accepted", sent_at=at(2), took_s=30, score=5, took_agorot=45_050
    )
    booked = await history.lead(at(3), who=moshe, status="booked", locality="חיפה")
    await history.visit(booked, yossi, at(4, 10), "cancelled", offer="declined", reason="declined", sent_at=at(3, 9))
    await history.visit(booked, moshe, at(4, 12), "cancelled", offer="accepted", reason="moved", sent_at=at(3, 9))
    await history.visit(booked, moshe, at(5, 12), "confirmed", offer="accepted", sent_at=at(3, 10), took_s=90)
    off = await history.lead(at(4), who=yossi, status="cancelled", trade="electrician")
    await history.visit(off, yossi, at(5, 8), "cancelled", reason="called_off", sent_at=at(4))
    asked = await history.lead(at(5), who=yossi, status="offered")
    await history.visit(asked, yossi, at(7, 8), "held", offer="open", sent_at=at(5))
    await history.lead(at(6), status="contacted", locality=None)
    await history.lead(at(7), status="new", trade=None, locality=None)
    await history.lead(at(8, 23.5), status="cancelled")
    former = await history.lead(at(1, 23.5), who=yossi, status="done")
    await history.visit(former, yossi, at(1, 10), "done", sent_at=at(1), score=2)
    await history.lead(at(9, 0), status="contacted")
    return history


async def test_leads_are_counted_by_the_days_of_the_businesss_calendar(week: History, viewer: Browser) -> None:
    told = await read(viewer)
    assert [one["count"] for one in told["leads_by_day"]] == [1] * 7
    assert (told["leads_by_day"][0]["day"], told["leads_by_day"][-1]["day"]) == ("2070-11-02", "2070-11-08")
    assert {one["trade"]: one["count"] for one in told["by_trade"]} == {"plumber": 5, "electrician": 1, None: 1}
    assert told["by_locality"][0] == {"locality": "רמת גן", "count": 4}
    assert {one["locality"]: one["count"] for one in told["by_locality"]} == {"רמת גן": 4, None: 2, "חיפה": 1}


async def test_the_funnel_counts_how_far_leads_have_ever_come(week: History, viewer: Browser) -> None:
    told = await read(viewer)
    assert [(one["stage"], one["count"]) for one in told["funnel"]] == [
        ("opened", 7), ("understood", 6), ("offered", 4), ("booked", 3), ("done", 1),
    ]  # fmt: skip


async def test_visits_are_counted_by_their_day_and_a_moved_one_where_it_went(week: History, viewer: Browser) -> None:
    told = await read(viewer)
    days = {one["day"][-1]: (one["booked"], one["done"], one["cancelled"]) for one in told["bookings"]}
    nothing = (0, 0, 0)
    assert days == {
        "2": nothing, "3": (1, 1, 0), "4": nothing, "5": (2, 0, 1), "6": nothing, "7": nothing, "8": nothing
    }  # fmt: skip


async def test_totals_stand_beside_those_of_as_many_days_before(week: History, viewer: Browser) -> None:
    told = await read(viewer)
    nothing = {"median_first_response_s": None}
    assert told["totals"] == {"leads": 7, "booked": 3, "done": 1, "revenue_agorot": 45_050, "rating": 5.0, **nothing}
    assert told["former"] == {"leads": 1, "booked": 1, "done": 1, "revenue_agorot": 0, "rating": 2.0, **nothing}


async def test_what_was_taken_is_counted_on_the_day_of_the_visit_and_of_one_professional_alone(
    week: History, viewer: Browser
) -> None:
    yossi, moshe = week.people["יוסי"], week.people["=משה"]
    told = await read(viewer)
    assert {one["day"][-1]: one["revenue_agorot"] for one in told["bookings"] if one["revenue_agorot"]} == {"3": 45_050}
    for who, taken in ((yossi, 45_050), (moshe, 0)):
        assert (await read(viewer, f"{WEEK}&professional_id={who}"))["totals"]["revenue_agorot"] == taken


async def test_professionals_are_measured_by_their_answers_their_ratings_and_their_visits(
    week: History, viewer: Browser
) -> None:
    told, people = await read(viewer), week.people
    assert told["acceptance"] == [
        {"professional_id": people["יוסי"], "name": "יוסי", "offers": 3, "accepted": 1, "declined": 1, "expired": 0,
         "median_answer_s": 45.0},
        {"professional_id": people["=משה"], "name": "=משה", "offers": 2, "accepted": 2, "declined": 0, "expired": 0,
         "median_answer_s": 75.0},
    ]  # fmt: skip
    assert (told["ratings"]["average"], told["ratings"]["by_score"]) == (5.0, [0, 0, 0, 0, 1])
    rated = {"professional_id": people["יוסי"], "name": "יוסי", "average": 5.0, "count": 1}
    assert told["ratings"]["by_professional"] == [rated]
    # Sunday to Thursday ten hours, Friday five.
    assert [(one["name"], one["visits"], one["minutes"], one["open_minutes"]) for one in told["load"]] == [
        ("יוסי", 1, 60, 55 * 60), ("=משה", 1, 60, 55 * 60),
    ]  # fmt: skip


async def test_what_customers_wrote_with_ratings_is_told_newest_first_and_of_each_professional(
    week: History, viewer: Browser
) -> None:
    people, lead = week.people, await week.lead(datetime(2070, 11, 3, tzinfo=UTC), status="done")
    for who, day, score, words in (("יוסי", 4, 5, "היה מצוין"), ("יוסי", 5, 1, "איחר"), ("=משה", 6, 4, "נחמד")):
        at = datetime(2070, 11, day, 3, tzinfo=UTC)
        await week.visit(lead, people[who], at, "done", score=score, words=words)
    told = await read(viewer)
    assert [(one["score"], one["words"]) for one in told["comments"]] == [(4, "נחמד"), (1, "איחר"), (5, "היה מצוין")]
    assert {one["lead_id"] for one in told["comments"]} == {lead}
    told = await read(viewer, f"{WEEK}&professional_id={people['=משה']}")
    assert [one["words"] for one in told["comments"]] == ["נחמד"]


async def test_of_one_professional_only_what_is_theirs_counts(week: History, viewer: Browser) -> None:
    told = await read(viewer, f"{WEEK}&professional_id={week.people['=משה']}")
    assert (told["totals"]["leads"], told["totals"]["booked"]) == (1, 1)
    assert [one["name"] for one in told["acceptance"] + told["load"]] == ["=משה"] * 2
    missing = await viewer.call("GET", f"{WEEK}&professional_id=999999")
    assert missing.json()["code"] == "professional_not_found"


async def test_customers_wait_from_their_first_words_to_ours(history: History, viewer: Browser) -> None:
    await history.hire("יוסי", "+972520000001")
    for seconds in (10, 20, 600):
        start = at(3)
        await history.talk((IN, start), (IN, start + HOUR / 3600), (OUT, start + timedelta(seconds=seconds)))
    await history.talk((IN, at(4)), (OUT, at(4, 10)), delivery=Delivery.failed)
    await history.talk((IN, at(1)), (OUT, at(1, 10)), (IN, at(9)))
    await history.talk((IN, at(3)), (OUT, at(3, 20)), contact_id=await history.contact("+972520000001"))
    told = await read(viewer)
    assert told["first_response"] == {"median_s": 20.0, "p90_s": 484.0, "answered": 3, "unanswered": 1}
    assert told["former"]["median_first_response_s"] == 3600.0


async def test_staff_who_write_are_no_customers_who_wait_and_a_former_professional_is_one(
    history: History, viewer: Browser
) -> None:
    staff, left = "+972540000001", "+972520000001"
    async with history.runtime.db.begin_operator() as session:
        await session.execute(update(Business).values(staff_e164=staff))
    async with history.runtime.db.begin(history.business_id) as session:
        gone = update(Professional).where(Professional.id == await history.hire("יוסי", left))
        await session.execute(gone.values(active=False))
    await history.talk((IN, at(3)), contact_id=await history.contact(staff))
    await history.talk((IN, at(3)), (OUT, at(3, 10)), contact_id=await history.contact(left))
    told = await read(viewer)
    assert (told["first_response"]["answered"], told["first_response"]["unanswered"]) == (1, 0)


async def test_a_day_is_as_long_as_the_clock_makes_it(history: History, viewer: Browser) -> None:
    """In the night to 26 October 2070 Israel's clock is set back: the day of 25 hours holds both."""
    for moment in (datetime(2070, 10, 25, 21, 30, tzinfo=UTC), datetime(2070, 10, 26, tzinfo=UTC)):
        await history.lead(moment)
    told = await read(viewer, f"{REPORTS}?from=2070-10-25&to=2070-10-26")
    assert sum(one["count"] for one in told["leads_by_day"]) == 2


@pytest.mark.parametrize(
    ("query", "reason"),
    [("from=2070-11-02&to=2070-11-01", "backwards"), ("from=2069-10-01&to=2070-11-08", "too_long"),
     ("to=0001-01-05", "out_of_time"), ("from=9999-12-01&to=9999-12-31", "out_of_time")],
)  # fmt: skip
async def test_days_that_are_no_period_are_refused(viewer: Browser, query: str, reason: str) -> None:
    refused = await viewer.call("GET", f"{REPORTS}?{query}")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_period")
    assert refused.json()["params"]["reason"] == reason


async def test_without_days_thirty_are_shown_that_end_today(viewer: Browser, history: History) -> None:
    told = await read(viewer, REPORTS)
    assert (told["first"], told["last"], len(told["bookings"])) == ("2070-10-25", "2070-11-23", 30)


@pytest.mark.parametrize(
    "table", ["funnel", "bookings", "acceptance", "ratings", "load", "leads_by_day", "by_trade", "by_locality"]
)
async def test_every_table_is_a_spreadsheet_without_formulas(week: History, viewer: Browser, table: str) -> None:
    answer = await viewer.call("GET", f"{REPORTS}/export{WEEK.removeprefix(REPORTS)}&table={table}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'proli-{table}-2070-11-02-2070-11-08.csv"' in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    if table == "acceptance":
        assert [row["name"] for row in rows] == ["יוסי", "'=משה"]


@pytest.mark.parametrize("cell", ["=1+1", "+972", "-1", "@x", "\tx"])
def test_what_begins_like_a_formula_is_text(cell: str) -> None:
    assert plain(cell) == f"'{cell}"
    assert (plain("דנה"), plain(-1)) == ("דנה", -1)


async def test_another_business_counts_none_of_it(week: History, viewer: Browser, console: Any) -> None:
    await console.add_person("stranger@example.com", role="owner", business="other")
    stranger = await console.signed_in("stranger@example.com")
    told = await read(stranger, WEEK.replace("moran", "other"))
    assert told["totals"]["leads"] == told["totals"]["booked"] == 0
    assert told["acceptance"] == told["load"] == []
