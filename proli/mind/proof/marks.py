"""Markdown, as models write it, in the marks that WhatsApp knows; the words themselves stay as they are."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_BESIDE: Final = frozenset(" \n\t.,;:!?…()[]{}\"'״׳-–—•_*~\u2066\u2067\u2068\u2069\u200e\u200f")
"""What may stand beside a mark for WhatsApp to take it as one."""
_LINES: Final = re.compile(r"\n{3,}")


def _as_written(link: str) -> str:
    return link


def _parser() -> MarkdownIt:
    """What a customer would not take for writing is left out: indents as code, an underline as a heading, HTML."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.disable(["code", "lheading", "html_block", "html_inline", "reference"])
    parser.normalizeLink = _as_written  # pyright: ignore[reportAttributeAccessIssue]
    parser.normalizeLinkText = _as_written  # pyright: ignore[reportAttributeAccessIssue]
    return parser


_PARSER: Final = _parser()


def to_whatsapp(text: str) -> str:
    """The text with one asterisk for bold, no headings, tables as lines, addresses bare and no fences."""
    page = Page()
    for block in _PARSER.parse(text):
        page.take(block)
    return _LINES.sub("\n\n", "\n".join(page.lines)).strip()


class Page:
    """The lines of a text, as its blocks come one by one."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._marks: list[str] = []
        """What stands before a line: of the lists and quotations that it is in."""
        self._cells: list[str] | None = None
        self._heading = False
        self._ended = 0
        """The line of the source after the last one that was taken."""

    def take(self, block: Token) -> None:
        match block.type:
            case "heading_open" | "heading_close":
                self._heading = block.nesting > 0
            case "list_item_open":
                self._marks.append(mark_of(block))
            case "blockquote_open":
                self._marks.append("> ")
            case "list_item_close" | "blockquote_close":
                self._marks.pop()
            case "tr_open" | "tr_close" | "table_close":
                self._take_row(block)
            case "inline" if self._cells is not None:
                self._cells.append(inline(block.children or []))
            case "inline":
                self._set_off(block)
                self._write(heading_of(block) if self._heading else inline(block.children or []))
            case "fence":
                self._set_off(block)
                self._write(block.content.rstrip("\n"))
            case _:
                pass

    def _take_row(self, block: Token) -> None:
        """A row is a line, its cells side by side."""
        if block.type == "tr_open":
            self._set_off(block, row=self._cells is not None)
        elif self._cells:
            self.lines.append(" · ".join(cell for cell in self._cells if cell))
        self._cells = None if block.type == "table_close" else []

    def _set_off(self, block: Token, *, row: bool = False) -> None:
        """A blank line stays where one was written."""
        first, last = block.map or (self._ended, self._ended)
        if self.lines and first > self._ended and not row:
            self.lines.append("")
        self._ended = last

    def _write(self, text: str) -> None:
        """The lines of a block; the marks of its lists stand once, what is nested in them under blanks."""
        first, *rest = text.split("\n")
        self.lines.append("".join(self._marks) + first)
        self._marks = [mark if mark == "> " else " " * len(mark) for mark in self._marks]
        quoted = "".join(mark for mark in self._marks if mark == "> ")
        self.lines += [quoted + line for line in rest]


def mark_of(item: Token) -> str:
    """The mark of a list's line as it was written; an asterisk would be taken for bold."""
    return f"{item.info}{item.markup} " if item.info else f"{'-' if item.markup == '*' else item.markup} "


def heading_of(block: Token) -> str:
    """A heading is a line in bold."""
    words = inline([one for one in block.children or [] if one.type not in ("strong_open", "strong_close")])
    return f"*{words}*" if words and "*" not in words else words


def inline(parts: Sequence[Token]) -> str:
    """The words of a line, with WhatsApp's marks where they are set off from other letters."""
    said = ""
    links: list[tuple[str, int]] = []
    opened: list[str] = []
    for at, part in enumerate(parts):
        match part.type:
            case "text" | "code_inline" | "text_special" | "html_inline":
                said += part.content
            case "softbreak" | "hardbreak":
                said += "\n"
            case "em_open":
                inner = next((one.type for one in parts[at + 1 :] if one.type != "text" or one.content), "")
                opened.append("_" if inner == "strong_open" else part.markup)
                said += opened[-1]
            case "strong_open" | "s_open":
                opened.append(mark_at(parts, at, said))
                said += opened[-1]
            case "em_close" | "strong_close" | "s_close":
                said += opened.pop()
            case "link_open":
                links.append((str(part.attrGet("href") or ""), len(said)))
            case "link_close":
                link, start = links.pop()
                said = said[:start] + labelled(said[start:], link)
            case "image":
                said += labelled(part.content, str(part.attrGet("src") or ""))
            case _:
                said += part.content
    return said


def mark_at(parts: Sequence[Token], at: int, said: str) -> str:
    """One sign for two; none beside a letter, where WhatsApp shows it; beside a digit it was no emphasis and stays."""
    part = parts[at]
    closing = part.type.replace("open", "close")
    end = next(n for n in range(at + 1, len(parts)) if parts[n].type == closing and parts[n].level == part.level)
    after = parts[end + 1].content if end + 1 < len(parts) and parts[end + 1].type == "text" else ""
    beside = (said[-1:], after[:1])
    if any(one and one not in _BESIDE and not one.isalpha() for one in beside):
        return part.markup
    if any(one.isalpha() for one in beside):
        return ""
    return part.markup[:1].replace("_", "*")


def labelled(label: str, link: str) -> str:
    """An address after its words, once."""
    link = link.removeprefix("mailto:").removeprefix("tel:")
    return link if label.strip() in ("", link) else f"{label} {link}"
