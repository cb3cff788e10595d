"""Faults as they may be logged: where they came from and of what kind, and nothing of what customers wrote."""

import re
import traceback
from collections.abc import Iterator
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError

from proli.platform.security import mask

LONGEST: Final = 500
LONGEST_LINE: Final = 4_000
ROWS: Final = re.compile(r"\s*(?:\b(?:DETAIL|CONTEXT|HINT|QUERY):|\[SQL:|\[parameters:).*", re.DOTALL)
"""What PostgreSQL and SQLAlchemy add: the row, the statement and its values."""
SAID: Final = re.compile(r"(\(psycopg\.errors\.\w+\)).*", re.DOTALL)
"""An error of the database within a message, whose words quote what was given."""
INPUT: Final = re.compile(r"input_value=.*?(?=, input_type=|$)", re.DOTALL | re.MULTILINE)
CODE: Final = r"[a-z][a-z0-9]*(?:[_.][a-z0-9]+)*|[A-Z]+(?:_[A-Z]+)+|[A-Z][a-z]+[A-Z][A-Za-z]*|[0-9.]*"
QUOTED: Final = re.compile(rf"(?<!\w)(['\"])(?!(?:{CODE})\1)(?:(?!\1).)*\1", re.DOTALL)
"""Somebody's words, rather than the name of a field or a class."""
RAISED: Final = re.compile(r"\b(exception=\w+)\([^\n]*\)")
"""A task that failed, as asyncio shows it."""
QUERY: Final = re.compile(r"\?[^\s'\"]+")
"""What follows the path of an address: whom was looked for, or a token."""
EMAIL: Final = re.compile(r"[\w.+-]{1,64}@(?![cg]\.us)[\w-]{1,63}\.[\w.-]{1,63}")
"""That of a chat is a phone, which is masked as one."""
WORDS: Final = re.compile(r"[^\W\d_a-zA-Z]+")
"""Letters of any other alphabet than that of the code."""
BETWEEN: Final = "\nThat came of:\n\n"


def trace_of(fault: BaseException) -> str:
    """The way to the fault and to those it came of."""
    return BETWEEN.join(f"{frames(one)}{type(one).__name__}: {describe(one)}" for one in chain(fault))


def frames(fault: BaseException) -> str:
    return "".join(traceback.format_tb(fault.__traceback__))


def chain(fault: BaseException) -> Iterator[BaseException]:
    """The fault, what it groups, and what it came of; each once."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [fault]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting.append(one.__cause__ or (None if one.__suppress_context__ else one.__context__))
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(one.exceptions)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]


def describe(fault: BaseException) -> str:
    """What the fault says of itself; one of the database names its kind and place, as its words quote the row."""
    original = fault.orig if isinstance(fault, DBAPIError) else fault
    if isinstance(original, psycopg.Error) and original.sqlstate:
        diag = original.diag
        named = (diag.schema_name, diag.table_name, diag.column_name, diag.constraint_name)
        return " ".join([type(original).__name__, original.sqlstate, ".".join(filter(None, named))]).strip()
    return without_words(str(fault))[:LONGEST]


def without_words(text: str) -> str:
    """The text without what is quoted in it, words of another alphabet, rows, phones and addresses of e-mail."""
    text = RAISED.sub(r"\1(***)", INPUT.sub("input_value=***", without_rows(text[:LONGEST_LINE])))
    text = EMAIL.sub("***@***", QUERY.sub("?***", text))
    return mask(WORDS.sub("***", QUOTED.sub("'***'", text)))


def without_rows(text: str) -> str:
    return ROWS.sub("", SAID.sub(r"\1", text))
