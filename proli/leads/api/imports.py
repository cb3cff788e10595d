"""Requests brought along in a table: looked at first, then written down."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic import Field as Described

from proli.accounts.deeds import deed, not_kept
from proli.accounts.http import Carried, Inside, Now, Slug, TheRuntime, enter_business, inside, require_role
from proli.accounts.permissions import Role
from proli.leads.columns import HEADER_WITHIN, Field, guess_fields, with_header
from proli.leads.errors import BadColumns
from proli.leads.import_rows import Draft
from proli.leads.imports import check_sheet, import_sheet
from proli.leads.models import LeadStatus
from proli.platform.body import read_body
from proli.platform.doors.tables import Tables
from proli.platform.sheets import Sheet

router = APIRouter(prefix="/api/businesses/{slug}/leads/import", tags=["leads"])
Manager = Annotated[Inside, inside(Role.manager)]
MOST_BYTES: Final = 5_000_000
MOST_ROWS: Final = 5_000
FIRST: Final = 20
COLUMNS: Final = TypeAdapter(list[Field | None])
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
FILE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The file itself: .csv (UTF-8, Windows-1255 or Unicode text; comma, semicolon or tab) or .xlsx,"
        " at most 5 MB and 5,000 rows. Which of them it is, is seen by what stands in it.",
        "content": {"text/csv": BINARY, XLSX: BINARY, "application/octet-stream": BINARY},
    }
}
Columns = Annotated[
    str | None,
    Query(
        max_length=2000,
        description="What the columns hold, first to last, as a list in JSON of fields and nulls, as the preview"
        " returns them; guessed from the header where it is not said.",
        examples=['["customer_name", "phone", null]'],
    ),
]


HeaderRow = Annotated[
    int | None,
    Query(ge=1, le=1_048_576, description="The row of the file that names the columns; looked for where not said."),
]


class ColumnOut(BaseModel):
    header: Annotated[str, Described(examples=["שם לקוח"])]
    field: Annotated[Field | None, Described(description="What it holds; null when it is left out.")]


class RowOut(BaseModel):
    """A row as it was understood; what could not be is null here and stands among the errors."""

    row: Annotated[int, Described(description="Its number in the file, the first line being 1.")]
    customer_name: str | None = None
    phone: Annotated[str | None, Described(examples=["+972521234567"])] = None
    phone_cell: Annotated[
        str | None,
        Described(description="The phone's cell where more stands in it than one number; kept as a note."),
    ] = None
    locality: str | None = None
    address: str | None = None
    trade: Annotated[str | None, Described(examples=["plumber"])] = None
    description: str | None = None
    urgency: str | None = None
    created_at: datetime | None = None
    status: LeadStatus | None = None


class RowError(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    row: int
    field: Field
    code: Annotated[
        str,
        Described(
            description="bad_phone, unknown_city, unknown_trade, unknown_urgency, bad_date, unknown_status, too_long,"
            " duplicate_phone, contact_has_open_lead or imported_already.",
            examples=["unknown_city"],
        ),
    ]
    value: Annotated[str, Described(description="What stands in the cell, its beginning when it is long.")]


class LineOut(BaseModel):
    """A row of the file as it is written, which may name the columns."""

    row: int
    cells: list[str]


class ImportPreview(BaseModel):
    header_row: Annotated[int, Described(description="The row of the file that names the columns.")]
    lines: Annotated[list[LineOut], Described(description="The first rows of the file, the beginning of each cell.")]
    columns: list[ColumnOut]
    rows: Annotated[list[RowOut], Described(description="The first twenty.")]
    total: Annotated[int, Described(description="Rows under the header that are not blank.")]
    errors: Annotated[list[RowError], Described(description="By row; a row with any is skipped.")]
    ready: Annotated[int, Described(description="How many rows would be imported.")]


class ImportOut(BaseModel):
    imported: int
    skipped: Annotated[list[RowError], Described(description="By row; one row may have several.")]


async def sheet_in(request: Request, slug: Slug, access: Carried, runtime: TheRuntime, now: Now) -> Sheet:
    """Dependency, to stand before the transaction: the table is read from somebody who may send one, and nothing waits
    for it meanwhile.
    """
    member, _ = await enter_business(runtime, access, slug, now=now)
    require_role(member, Role.manager)
    tables: Tables = request.app.state.tables
    return await tables.read(await read_body(request, limit=MOST_BYTES), most_rows=MOST_ROWS)


Uploaded = Annotated[Sheet, Depends(sheet_in)]


@router.post("/preview", openapi_extra=FILE)
@not_kept("a table is looked at, and nothing is kept")
async def preview_import(
    whole: Uploaded, inside: Manager, columns: Columns = None, header_row: HeaderRow = None
) -> ImportPreview:
    """What a table would bring, and what is wrong with it; nothing is written."""
    sheet = with_header(whole, header_row)
    fields = fields_of(sheet, columns)
    heads = [ColumnOut(header=head, field=field) for head, field in zip(sheet.header, fields, strict=True)]
    lines = [LineOut(row=row, cells=[cell[:60] for cell in cells]) for row, cells in whole.first_lines(HEADER_WITHIN)]
    seen = ImportPreview(
        header_row=sheet.header_row, lines=lines, columns=heads, rows=[], total=len(sheet.rows), errors=[], ready=0
    )
    if "phone" not in fields:
        return seen
    checked = await check_sheet(inside.session, sheet, fields, now=inside.now)
    found = {
        "rows": [shown_row(draft) for draft in checked.rows[:FIRST]],
        "errors": [RowError.model_validate(fault) for fault in checked.faults],
        "ready": len(checked.ready),
    }
    return seen.model_copy(update=found)


@router.post("", openapi_extra=FILE)
@deed("leads.imported", "leads")
async def import_leads(
    whole: Uploaded, inside: Manager, columns: Columns = None, header_row: HeaderRow = None
) -> ImportOut:
    """Write down every request of a table that can be; the same table again brings nothing new."""
    sheet = with_header(whole, header_row)
    fields = fields_of(sheet, columns)
    if "phone" not in fields:
        raise BadColumns(reason="no_phone")
    count, faults = await import_sheet(inside.session, sheet, fields, actor=inside.actor, now=inside.now)
    return ImportOut(imported=count, skipped=[RowError.model_validate(fault) for fault in faults])


def fields_of(sheet: Sheet, columns: str | None) -> Sequence[Field | None]:
    """What each column of the table holds.

    Raises:
        BadColumns: not a list of fields, longer than the header, or two columns with one field.
    """
    if columns is None:
        return guess_fields(sheet.header)
    try:
        said = COLUMNS.validate_json(columns)
    except ValidationError as error:
        raise BadColumns(reason="unknown_field") from error
    named = [field for field in said if field is not None]
    if len(said) > len(sheet.header) or len(named) != len(set(named)):
        raise BadColumns(reason="too_many_or_twice")
    return [*said, *[None] * (len(sheet.header) - len(said))]


def shown_row(draft: Draft) -> RowOut:
    return RowOut(row=draft.row, phone_cell=draft.phone_cell, **draft.values)
