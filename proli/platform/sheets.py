"""Tables as people keep them in Excel: .csv and .xlsx, read within bounds whatever the file claims to be, and written
so that no cell is taken for a formula.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import IO, BinaryIO, ClassVar, Final
from xml.parsers import expat

from proli.platform.errors import ProliError

MOST_COLUMNS: Final = 50
MOST_UNPACKED: Final = 25_000_000
MOST_PARTS: Final = 500
FIRST_LINES: Final = 20
FIRST_LETTERS: Final = 20_000
"""How much of a .csv tells what separates its cells: a title above the header has none."""
MOST_ELEMENTS: Final = 1_000_000
"""In all the parts of a workbook, cells the most of them."""
MOST_RATIO: Final = 200
"""How many times larger than in the file a part may be; what people keep in tables is far below."""
SMALL: Final = 1_000_000
PIECE: Final = 65_536
MOST_CHARACTERS: Final = 10_000_000
"""In all cells together."""
LAST_ROW: Final = 1_048_576
XLSX: Final = b"PK\x03\x04"
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may take for a formula."""

type Cell = str | int | datetime | None
"""What is written; a moment without zone, as clocks on the wall show it."""
type Line = tuple[int, list[str]]
"""A row with its number in the file, the first being 1."""


class SheetUnreadable(ProliError):
    """The file is no table that can be read; `reason` says why."""

    status: ClassVar[int] = 422


class SheetTooLarge(ProliError):
    """The table has more rows or columns than it may have, or unpacks to too much; `reason` and `most` say which."""

    status: ClassVar[int] = 413


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first table of a file: its header, and the rows below it that are not blank."""

    header_row: int
    """The number of the header's row in the file, the first being 1."""
    header: Sequence[str]
    rows: Sequence[Line]

    def first_lines(self, most: int) -> list[Line]:
        """The header and the rows below it, `most` at most."""
        return [(self.header_row, [*self.header]), *self.rows[: most - 1]]

    def below(self, line: Line) -> "Sheet":
        """The same table with another of its lines as the header; what stands above it is no row."""
        number, cells = line
        return Sheet(number, cells, [row for row in self.rows if row[0] > number])


def read_sheet(body: bytes, *, most_rows: int) -> Sheet:
    """The table in the file. It takes seconds for a large one, and memory: `doors.tables` reads what strangers send.

    Raises:
        SheetUnreadable: neither .xlsx nor text, or damaged, or empty.
        SheetTooLarge: more than `most_rows` under the header, or too much altogether.
    """
    header: Line | None = None
    rows: list[Line] = []
    characters = 0
    for number, cells in xlsx_lines(body) if body.startswith(XLSX) else csv_lines(body):
        characters += sum(map(len, cells))
        if characters > MOST_CHARACTERS:
            raise SheetTooLarge(reason="unpacked", most=MOST_CHARACTERS)
        if header is None:
            header = (number, cells)
        elif len(rows) == most_rows:
            raise SheetTooLarge(reason="rows", most=most_rows)
        else:
            rows.append((number, cells))
    if header is None:
        raise SheetUnreadable(reason="empty")
    if len(header[1]) > MOST_COLUMNS:
        raise SheetTooLarge(reason="columns", most=MOST_COLUMNS)
    return Sheet(*header, rows)


def csv_lines(body: bytes) -> Iterator[Line]:
    text = decoded(body)
    first = text.lstrip()[:FIRST_LETTERS].splitlines()[:FIRST_LINES]
    separator = max(",;\t", key=lambda one: sum(map(len, csv.reader(first, delimiter=one))))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from filled((number, cells[: MOST_COLUMNS + 1]) for number, cells in enumerate(reader, 1))
    except csv.Error as error:
        if "field limit" in str(error):
            raise SheetTooLarge(reason="unpacked", most=csv.field_size_limit()) from error
        raise SheetUnreadable(reason="quotes", line=reader.line_num) from error


def decoded(body: bytes) -> str:
    """The text as Excel writes it here: UTF-8, Unicode text, or the old Hebrew code page."""
    encodings = ("utf-16",) if body.startswith(UTF16) else ("utf-8-sig", "cp1255")
    if b"\0" in body and encodings != ("utf-16",):
        raise SheetUnreadable(reason="not_a_table")
    for encoding in encodings:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable(reason="encoding")


def xlsx_lines(body: bytes) -> Iterator[Line]:
    """The rows of the workbook's first sheet.

    What a workbook says of its own size is not believed: the parts are measured before anything is unpacked, no more
    than that is ever read of them, and their elements are counted before anything is made of them.
    """
    from openpyxl import load_workbook  # only for workbooks: a .csv is read in a process that begins with nothing

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            measure(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            cells = sheet.iter_rows(min_row=1, max_row=LAST_ROW, max_col=MOST_COLUMNS + 1, values_only=True)
            yield from filled(line for line in enumerate(cells, 1) if line[1].count(None) < len(line[1]))
    except (ProliError, MemoryError):
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as it has parts
        raise SheetUnreadable(reason="damaged") from error


def measure(archive: zipfile.ZipFile) -> None:
    """Return when the workbook is no larger than it looks.

    Raises:
        SheetTooLarge, SheetUnreadable
    """
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetTooLarge(reason="unpacked", most=MOST_UNPACKED)
    if any(part.file_size > max(SMALL, MOST_RATIO * part.compress_size) for part in parts):
        raise SheetTooLarge(reason="unpacked", most=MOST_RATIO)
    left = MOST_ELEMENTS
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as unpacked:
                left -= count_elements(unpacked, most=left)


def count_elements(part: IO[bytes], *, most: int) -> int:
    """How many elements the part has; read piece by piece, and no further than `most`.

    Raises:
        SheetTooLarge: more.
        SheetUnreadable: it defines names of its own, as no workbook does.
    """
    found = 0

    def element(*_: object) -> None:
        nonlocal found
        found += 1
        if found > most:
            raise SheetTooLarge(reason="unpacked", most=MOST_ELEMENTS)

    def definitions(*_: object) -> None:
        raise SheetUnreadable(reason="damaged")

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = definitions
    while piece := part.read(PIECE):
        parser.Parse(piece)
    return found


def filled(lines: Iterable[tuple[int, Sequence[object]]]) -> Iterator[Line]:
    for number, cells in lines:
        said = [text_of(cell) for cell in cells]
        while said and not said[-1]:
            said.pop()
        if said:
            yield number, said


def text_of(cell: object) -> str:
    """What stands in the cell, as it would be typed; an apostrophe that kept it from being a formula is dropped."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = CONTROL.sub("", str(cell)).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as lines of .csv, with an apostrophe before what a spreadsheet might take for a formula."""
    kept = io.StringIO()
    csv.writer(kept).writerows([harmless(written(cell)) for cell in row] for row in rows)
    return kept.getvalue()


def written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return CONTROL.sub("", str(cell)) if cell is not None else ""


def harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


class Book:
    """A workbook of one sheet on its way to a file; rows do not stay in memory."""

    def __init__(self, *, right_to_left: bool) -> None:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell

        self._book = Workbook(write_only=True)
        self._make_cell = WriteOnlyCell
        self._sheet = self._book.create_sheet()
        self._sheet.sheet_view.rightToLeft = right_to_left
        self._sheet.freeze_panes = "A2"

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            self._sheet.append([self._cell(cell) for cell in row])

    def _cell(self, cell: Cell) -> object:
        if not isinstance(cell, str):
            return cell
        made = self._make_cell(self._sheet, CONTROL.sub("", cell))
        made.data_type = "s"
        return made

    def save(self, file: BinaryIO) -> None:
        self._book.save(file)
