"""Leads taken along in a table."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from proli.accounts.audit import record_export
from proli.accounts.http import Inside, inside
from proli.accounts.permissions import Role
from proli.accounts.queries import get_business
from proli.leads.api.leads import Wanted
from proli.leads.exports import HEADER, Language, pages_of_rows, row_style
from proli.platform.sheets import Book, Cell, csv_text

router = APIRouter(prefix="/api/businesses/{slug}/leads/export", tags=["leads"])
ProvenAgent = Annotated[Inside, inside(Role.agent, proof=True)]
Format = Literal["csv", "xlsx"]
TYPES: Final[dict[Format, str]] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CHUNK: Final = 64 * 1024
MARK: Final = "\ufeff"
"""By which Excel sees that a .csv is UTF-8."""
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in TYPES.values()},
    }
}


@router.get("", response_class=StreamingResponse, responses=FILE)
async def export_leads(
    inside: ProvenAgent,
    wanted: Wanted,
    file_format: Annotated[Format, Query(alias="format")] = "csv",
    language: Annotated[Language, Query(description="Of the header and of the words in the cells.")] = "he",
) -> StreamingResponse:
    """The leads that the list would show, newest first, at most 100,000, with times as the business's clocks show."""
    business = await get_business(inside.session)
    await record_export(inside, "export:leads")
    style = await row_style(inside.session, language=language, zone=business.zone)
    pages = pages_of_rows(inside.runtime.db, business.id, wanted, style)
    body = as_csv(pages, language) if file_format == "csv" else as_xlsx(pages, language)
    name = f"leads-{business.slug}-{inside.now.astimezone(style.zone):%Y-%m-%d}.{file_format}"
    return StreamingResponse(
        body,
        media_type=TYPES[file_format],
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


async def as_csv(pages: AsyncGenerator[list[list[Cell]]], language: Language) -> AsyncGenerator[bytes]:
    yield (MARK + csv_text([HEADER[language]])).encode()
    async for rows in pages:
        yield csv_text(rows).encode()


async def as_xlsx(pages: AsyncGenerator[list[list[Cell]]], language: Language) -> AsyncGenerator[bytes]:
    """A workbook can be sent only when it is whole: it grows in a file that is gone when it has been sent."""
    book = Book(right_to_left=language == "he")
    book.add([HEADER[language]])
    async for rows in pages:
        await asyncio.to_thread(book.add, rows)
    with tempfile.TemporaryFile() as file:
        await asyncio.to_thread(book.save, file)
        file.seek(0)
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
