"""Leads out of a table: every row is either a lead, once, or skipped with the reason."""

import asyncio
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import httpx2
import psutil
import pytest
from openpyxl import Workbook

from proli.accounts.http import FORGERY_HEADER
from proli.accounts.permissions import Role
from tests.console import Browser, Console
from tests.patience import PATIENCE_S

LEADS = "/api/businesses/moran/leads"
HEADER = ["שם הלקוח", "טלפון נייד", "עיר", "כתובת", "תחום", "תיאור", "דחיפות", "תאריך פנייה", "סטטוס", "קמפיין"]
ROWS = [
    ["נועה", "052-765-4001", "רמת גן", "ביאליק 30", "אינסטלציה", "נזילה, מתחת לכיור", "דחוף", "3.11.2070", "", "x"],
    ["אבי", "972527654002", "חיפה", "", "electrician", "", "", "2070-11-01 10:30", "בוטל", ""],
    ["רון", "052-765-4003", "", "", "", "", "", "", "נקבע", ""],
]


@pytest.fixture
async def manager(console: Console) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")


def as_csv(*rows: Sequence[str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    lines = (separator.join(f'"{cell}"' for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def as_xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(kept := io.BytesIO())
    return kept.getvalue()


async def upload(browser: Browser, file: bytes, path: str = "", columns: Any = None) -> httpx2.Response:
    asked = {"columns": json.dumps(columns)} if columns is not None else {}
    headers = {FORGERY_HEADER: browser.token, "content-type": "application/octet-stream"}
    return await browser.http.post(
        f"{LEADS}/import{path}", content=file, params=asked, headers=headers, timeout=PATIENCE_S
    )


async def previewed(browser: Browser, file: bytes, columns: Any = None) -> Any:
    answer = await upload(browser, file, "/preview", columns)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def listed(browser: Browser, query: str = "") -> list[dict[str, Any]]:
    return (await browser.call("GET", f"{LEADS}?limit=200{query}")).json()["leads"]


@pytest.mark.parametrize(
    "file",
    [
        as_csv(HEADER, *ROWS),
        as_csv(HEADER, *ROWS, separator=";", encoding="utf-8-sig"),
        as_csv(HEADER, *ROWS, separator="\t", encoding="cp1255"),
        as_csv(HEADER, *ROWS, separator="\t", encoding="utf-16"),
        as_xlsx(HEADER, *ROWS),
    ],
    ids=["utf-8", "semicolons with a mark", "tabs in Windows-1255", "unicode text", "xlsx"],
)
async def test_a_table_is_read_however_excel_wrote_it(manager: Browser, file: bytes) -> None:
    seen = await previewed(manager, file)
    assert [one["field"] for one in seen["columns"]] == [
        "customer_name", "phone", "locality", "address", "trade",
        "description", "urgency", "created_at", "status", None,
    ]  # fmt: skip
    assert (seen["total"], seen["ready"], seen["errors"]) == (3, 3, [])
    first, second, third = seen["rows"]
    assert (first["phone"], first["trade"], first["urgency"]) == ("+972527654001", "plumber", "high")
    assert first["description"] == "נזילה, מתחת לכיור"
    assert (first["created_at"], second["created_at"]) == ("2070-11-02T22:00:00Z", "2070-11-01T08:30:00Z")
    assert (second["status"], third["status"]) == ("cancelled", "booked")


async def test_what_is_right_is_imported_once_and_nothing_is_declared_that_was_not_made(manager: Browser) -> None:
    assert await listed(manager) == []
    done = (await upload(manager, as_csv(HEADER, *ROWS))).json()
    assert done == {"imported": 3, "skipped": []}
    leads = {lead["customer_name"]: lead for lead in await listed(manager)}
    assert {name: lead["status"] for name, lead in leads.items()} == {
        "נועה": "contacted",
        "אבי": "cancelled",
        "רון": "contacted",
    }
    assert (leads["נועה"]["created_at"], leads["אבי"]["closed_at"] is not None) == ("2070-11-02T22:00:00Z", True)
    timeline = (await manager.call("GET", f"{LEADS}/{leads['רון']['id']}")).json()["timeline"]
    assert [entry["kind"] for entry in timeline] == ["opened", "imported", "details", "status"]
    assert timeline[1]["details"]["status"] == "booked"
    again = (await upload(manager, as_csv(HEADER, *ROWS))).json()
    assert again["imported"] == 0
    assert [(one["row"], one["code"]) for one in again["skipped"]] == [
        (2, "contact_has_open_lead"),
        (3, "imported_already"),
        (4, "contact_has_open_lead"),
    ]
    assert len(await listed(manager)) == 3


async def test_the_same_file_sent_twice_at_once_makes_no_doubles(manager: Browser) -> None:
    file = as_csv(HEADER, *ROWS)
    answers = await asyncio.gather(*(upload(manager, file) for _ in range(3)))
    assert sorted(answer.json()["imported"] for answer in answers) == [0, 0, 3]
    assert len(await listed(manager)) == 3


async def test_every_fault_is_told_with_its_row_and_field_and_the_rest_goes_in(manager: Browser) -> None:
    known = await manager.call("POST", LEADS, {"phone": "052-765-4009"})
    assert known.status_code == 201
    rows = [
        ["12", "", "", "", "", ""],
        ["052-765-4001", "עיר שאין", "אסטרולוג", "מחר", "2080-01-01", "הלך"],
        ["052-765-4002", "תל אביב", "חשמלאי", "", "", ""],
        ["+972 52 765 4002", "", "", "", "", ""],
        ["0527654009", "", "", "", "", ""],
        ["", "", "", "", "", ""],
    ]
    file = as_csv(["phone", "city", "trade", "urgency", "created date", "status"], *rows)
    seen = await previewed(manager, file)
    assert [(one["row"], one["code"]) for one in seen["errors"]] == [
        (2, "bad_phone"), (3, "unknown_city"), (3, "unknown_trade"), (3, "unknown_urgency"), (3, "bad_date"),
        (3, "unknown_status"), (5, "duplicate_phone"), (6, "contact_has_open_lead"),
    ]  # fmt: skip
    assert (seen["total"], seen["ready"], seen["errors"][1]["value"]) == (5, 1, "עיר שאין")
    done = (await upload(manager, file)).json()
    assert (done["imported"], done["skipped"]) == (1, seen["errors"])
    assert (await listed(manager, "&trade=electrician"))[0]["locality"] == "תל אביב"


async def test_all_that_a_customer_has_asked_for_is_history_and_a_second_open_request_is_not(manager: Browser) -> None:
    rows = [
        ["052-765-4001", "נזילה", "בוטל"],
        ["052-765-4001", "סתימה", "הושלם"],
        ["052-765-4001", "דוד", ""],
        ["052-765-4001", "עוד דוד", ""],
        ["052-765-4001", "נזילה", "בוטל"],
    ]
    file = as_csv(["phone", "description", "status"], *rows)
    wrong = [(5, "duplicate_phone"), (6, "duplicate_phone")]
    seen = await previewed(manager, file)
    assert ([(one["row"], one["code"]) for one in seen["errors"]], seen["ready"]) == (wrong, 3)
    done = (await upload(manager, file)).json()
    assert (done["imported"], [(one["row"], one["code"]) for one in done["skipped"]]) == (3, wrong)
    leads = {lead["description"]: lead for lead in await listed(manager)}
    assert {words: lead["status"] for words, lead in leads.items()} == {
        "נזילה": "cancelled",
        "סתימה": "done",
        "דוד": "new",
    }
    assert leads["סתימה"]["closed_at"] is not None and leads["דוד"]["closed_at"] is None
    assert (await upload(manager, file)).json()["imported"] == 0, "and once"


async def test_columns_can_be_said_and_only_what_can_be(manager: Browser) -> None:
    file = as_xlsx(["א", "ב", None, "phone of the house"], ["נועה", 527654001, None, 31234567.5])
    seen = await previewed(manager, file, ["customer_name", "phone"])
    assert (seen["ready"], seen["rows"][0]["phone"]) == (1, "+972527654001")
    for columns, reason in (
        (["phone", "phone"], "too_many_or_twice"),
        (["salary"], "unknown_field"),
        ([None] * 5, "too_many_or_twice"),
        (["customer_name"], "no_phone"),
    ):
        refused = await upload(manager, file, columns=columns)
        assert (refused.status_code, refused.json()["params"]["reason"]) == (422, reason)
    assert (await previewed(manager, as_csv(["name"], ["נועה"])))["ready"] == 0


TITLED = [["רשימת פניות - נובמבר 2025"], [], ["שם לקוח", "טלפון", "עיר"], ["נועה", "052-765-4001", "רמת גן"]]


def merged_xlsx() -> bytes:
    book = Workbook()
    for row in TITLED:
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A1:C1")
    book.save(kept := io.BytesIO())
    return kept.getvalue()


@pytest.mark.parametrize(
    "file",
    [merged_xlsx(), as_csv(*TITLED), as_csv(*TITLED, separator=";"), as_csv(["עמוד 1", "", ""], *TITLED[1:])],
    ids=["xlsx", "csv", "semicolons", "one cell"],
)
async def test_a_title_above_the_header_is_not_the_header(manager: Browser, file: bytes) -> None:
    seen = await previewed(manager, file)
    assert (seen["header_row"], [one["field"] for one in seen["columns"]]) == (
        3,
        ["customer_name", "phone", "locality"],
    )
    assert (seen["total"], seen["ready"], seen["errors"]) == (1, 1, [])
    assert [line["row"] for line in seen["lines"]] == [1, 3, 4]
    assert (await upload(manager, file)).json() == {"imported": 1, "skipped": []}


async def test_the_header_can_be_said_where_it_was_not_found(manager: Browser) -> None:
    file = as_csv(["שם", "טלפון"], ["הסבר"], ["מי", "למי מתקשרים"], ["נועה", "052-765-4001"])
    assert (await previewed(manager, file))["header_row"] == 1
    said = {"columns": json.dumps(["customer_name", "phone"]), "header_row": "3"}
    headers = {FORGERY_HEADER: manager.token, "content-type": "application/octet-stream"}
    done = await manager.http.post(f"{LEADS}/import", content=file, params=said, headers=headers)
    assert done.json() == {"imported": 1, "skipped": []}
    refused = await manager.http.post(f"{LEADS}/import", content=file, params={"header_row": "9"}, headers=headers)
    assert (refused.status_code, refused.json()["params"]["reason"]) == (422, "no_such_row")


async def test_of_several_numbers_in_a_cell_one_is_the_phone_and_all_are_kept(manager: Browser) -> None:
    cells = {
        "050-1234567 / 052-7654321": "+972501234567",
        "052-7654322 (אשתו)": "+972527654322",
        "03-6234567, 054-7654321": "+972547654321",
        "052-7654323 שלוחה 3": "+972527654323",
        "972527654324@c.us": "+972527654324",
    }
    file = as_csv(["טלפון", "שם"], *[[cell, f"לקוח {number}"] for number, cell in enumerate(cells)])
    seen = await previewed(manager, file)
    assert (seen["ready"], seen["errors"]) == (5, [])
    assert [row["phone_cell"] for row in seen["rows"]] == [*list(cells)[:4], None]
    assert (await upload(manager, file)).json()["imported"] == 5
    leads = {lead["phone"]: lead["id"] for lead in await listed(manager)}
    assert set(leads) == set(cells.values())
    timeline = (await manager.call("GET", f"{LEADS}/{leads['+972547654321']}")).json()["timeline"]
    assert [one["details"]["text"] for one in timeline if one["kind"] == "note"] == ["03-6234567, 054-7654321"]


async def test_stages_of_the_board_are_known_by_their_names(manager: Browser) -> None:
    ours = (await manager.call("GET", "/api/businesses/moran/stages")).json()
    board = [{**{name: one[name] for name in ("name", "kind", "colour")}} for one in ours]
    board.append({"name": "לחזור אליהם", "kind": "contacted", "colour": "pink"})
    stages = (await manager.call("PUT", "/api/businesses/moran/stages", {"stages": board})).json()
    await upload(manager, as_csv(["phone", "status"], ["052-765-4001", "לחזור אליהם"]))
    (lead,) = await listed(manager)
    assert (lead["status"], lead["stage_id"]) == ("contacted", stages[-1]["id"])


def bomb() -> bytes:
    with zipfile.ZipFile(kept := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(40_000_000))
    return kept.getvalue()


def forged() -> bytes:
    """A workbook whose only row says that it is the last one there can be."""
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(["phone"], ["052-765-4001"]))) as source,
        zipfile.ZipFile(kept := io.BytesIO(), "w") as archive,
    ):
        for part in source.infolist():
            content = source.read(part)
            archive.writestr(part, content.replace(b'r="2"', b'r="999999999"'))
    return kept.getvalue()


def workbook_with(sheet: str, *, strings: str = "", head: str = "") -> bytes:
    """A workbook whose parts say what a program would not write."""
    begin = f'<?xml version="1.0"?>{head}<{{}} xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(["phone"], ["052-765-4001"]))) as source,
        zipfile.ZipFile(kept := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = f"{begin.format('worksheet')}<sheetData>{sheet}</sheetData></worksheet>".encode()
            archive.writestr(part.filename, content)
        archive.writestr("xl/sharedStrings.xml", f"{begin.format('sst')}{strings}</sst>")
    return kept.getvalue()


def numbers() -> str:
    return "".join(f"<c><v>{number * 7919 % 99991}</v></c>" for number in range(550_000))


def entities() -> str:
    told = (f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    return f"<!DOCTYPE x [{''.join(told)}]>"


@pytest.mark.parametrize(
    ("made", "status"),
    [
        (lambda: workbook_with("<row>" + "<c/>" * 5_500_000 + "</row>"), 413),
        (lambda: workbook_with("<row/>" * 4_000_000), 413),
        (lambda: workbook_with(f"<row>{numbers()}</row>"), 413),
        (lambda: workbook_with("", strings="<si><t/></si>" * 1_700_000), 413),
        (lambda: workbook_with("<row><c><v>&e8;</v></c></row>", head=entities()), 422),
        (lambda: b"phone\n" + b"x" * 200_000, 413),
        (lambda: b"p" * 200_000 + b"\n052-765-4001", 413),
        (lambda: b",".join([b"p"] * 100_000) + b"\n052-765-4001", 413),
        (lambda: b"phone\n" + b",".join([b"1"] * 1_000_000), 200),
    ],
    ids=[
        "small cells", "empty rows", "a long row", "strings", "entities",
        "a long cell", "a long first line", "a wide first line", "a wide line",
    ],
)  # fmt: skip
async def test_what_a_file_unpacks_to_is_bounded_however_small_it_is(
    manager: Browser, made: Callable[[], bytes], status: int
) -> None:
    file = made()
    before = psutil.Process().memory_info().rss
    answer = await upload(manager, file, "/preview")
    assert answer.status_code == status, answer.text[:300]
    assert psutil.Process().memory_info().rss - before < 100_000_000


@pytest.mark.parametrize(
    ("file", "status", "code"),
    [
        (b"x" * 5_000_001, 413, "body_too_large"),
        (bomb(), 413, "sheet_too_large"),
        (as_csv(["phone"], *[[f"05{number:08}"] for number in range(5001)]), 413, "sheet_too_large"),
        (as_csv([f"c{number}" for number in range(51)]), 413, "sheet_too_large"),
        (as_xlsx([f"c{number}" for number in range(60)]), 413, "sheet_too_large"),
        (b"", 422, "sheet_unreadable"),
        (b"PK\x03\x04 and then nothing", 422, "sheet_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), 422, "sheet_unreadable"),
        (b'phone\n"052-765-4001', 422, "sheet_unreadable"),
        (b"\xff\xfe\x00", 422, "sheet_unreadable"),
    ],
    ids=["bytes", "bomb", "rows", "columns", "wide", "empty", "damaged", "old excel", "open quote", "half a letter"],
)
async def test_what_is_no_table_or_too_much_is_refused(manager: Browser, file: bytes, status: int, code: str) -> None:
    answer = await upload(manager, file, "/preview")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_workbook_that_lies_about_its_rows_does_no_harm(manager: Browser) -> None:
    assert (await previewed(manager, forged()))["total"] in {0, 1}


async def test_the_largest_table_is_imported_in_one_go(manager: Browser) -> None:
    rows = [[f"05276{number:05}", "רמת גן", "אינסטלציה", "בוצע"] for number in range(5000)]
    file = as_csv(["טלפון", "עיר", "תחום", "סטטוס"], *rows)
    assert (await upload(manager, file)).json()["imported"] == 5000
    assert (await upload(manager, file)).json()["imported"] == 0
