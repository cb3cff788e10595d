"""Leads taken along: what the list shows, in a file that Excel opens as it is meant and nothing in it runs."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from proli.accounts.permissions import Role
from proli.leads.exports import PAGE
from tests.console import Browser, Console

LEADS = "/api/businesses/moran/leads"


@pytest.fixture
async def manager(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


async def write_down(browser: Browser, phone: str, **details: str) -> int:
    made = await browser.call("POST", LEADS, {"phone": phone, **details})
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def exported(browser: Browser, query: str = "") -> list[dict[str, str]]:
    answer = await browser.call("GET", f"{LEADS}/export?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_the_file_says_what_the_list_shows_in_either_language(manager: Browser) -> None:
    await write_down(manager, "052-765-4001", trade="plumber", locality="רמת גן", urgency="high", customer_name="נועה")
    await write_down(manager, "+44 20 7946 0958", description="=HYPERLINK(1)\nשורה שנייה", customer_name="@SUM(A1)")
    second, first = await exported(manager)
    assert (first["טלפון"], first["תחום"], first["מצב"], first["דחיפות"]) == (
        "052-765-4001", "אינסטלציה", "בבירור", "דחוף",
    )  # fmt: skip
    assert (second["תיאור"], second["שם"]) == ("'=HYPERLINK(1)\nשורה שנייה", "'@SUM(A1)")
    assert second["טלפון"].startswith("'+44")
    (only,) = await exported(manager, "language=en&trade=plumber")
    assert (only["Trade"], only["Status"], only["Urgency"]) == ("plumbing", "Being clarified", "Urgent")
    assert await exported(manager, "status=done") == []


async def test_a_workbook_holds_dates_as_dates_and_formulas_as_words(manager: Browser, console: Console) -> None:
    await write_down(manager, "052-765-4001", description="=1+1", customer_name="נו\x01עה")
    async with console.runtime.db.begin_operator() as session:
        await session.execute(text("UPDATE leads SET created_at = '2070-11-03T22:30:00Z'"))
    answer = await manager.call("GET", f"{LEADS}/export?format=xlsx&language=en")
    assert 'filename="leads-moran-2070-11-23.xlsx"' in answer.headers["content-disposition"]
    header, row = load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows()
    cells: dict[Any, Any] = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert (cells["Description"].value, cells["Description"].data_type) == ("=1+1", "s")
    assert cells["Opened"].value.isoformat() == "2070-11-04T00:30:00", "at home"
    assert cells["Name"].value == "נועה"


async def test_more_than_a_page_comes_whole_and_once(manager: Browser, console: Console) -> None:
    many = 2 * PAGE + 1
    await write_down(manager, "052-765-4001")
    async with console.runtime.db.begin_operator() as session:
        await session.execute(
            text(
                "INSERT INTO leads (business_id, contact_id, status, description, urgency) SELECT business_id, "
                "contact_id, 'done', 'n' || n, 'normal' FROM leads, generate_series(2, :many) AS n"
            ),
            {"many": many},
        )
    rows = await exported(manager, "language=en")
    assert len({row["Number"] for row in rows}) == len(rows) == many
    assert rows[0]["Description"] == f"n{many}"


async def test_what_was_exported_can_be_imported_elsewhere(manager: Browser, console: Console) -> None:
    await write_down(
        manager, "052-765-4001", trade="plumber", locality="רמת גן", address="ביאליק 3", description="- דולף",
        urgency="high", customer_name="נועה",
    )  # fmt: skip
    await console.add_person("noa@example.com", role=Role.manager, business="other")
    noa = await console.signed_in("noa@example.com")
    for file_format in ("csv", "xlsx"):
        file = (await manager.call("GET", f"{LEADS}/export?format={file_format}")).content
        headers = {"x-proli-token": noa.token}
        seen = await noa.http.post("/api/businesses/other/leads/import/preview", content=file, headers=headers)
        assert (seen.json()["ready"], seen.json()["errors"]) == (1, [])
        row = seen.json()["rows"][0]
        assert (row["trade"], row["description"], row["urgency"]) == ("plumber", "- דולף", "high")
        assert (row["created_at"], row["status"], row["address"]) != (None, None, None)


async def test_only_leads_of_the_own_business_are_in_the_file(manager: Browser, console: Console) -> None:
    await write_down(manager, "052-765-4001")
    await console.add_person("noa@example.com", role=Role.agent, business="other")
    noa = await console.signed_in("noa@example.com")
    answer = await noa.call("GET", "/api/businesses/other/leads/export")
    assert len(answer.content.decode("utf-8-sig").splitlines()) == 1
