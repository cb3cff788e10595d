"""Every column of every table, as the catalogue knows them, looked through for words."""

from collections.abc import Collection, Mapping

from sqlalchemy import text

from proli.platform.db import Database

COLUMNS = text("""
    SELECT class.relname, attname, attnotnull FROM pg_attribute JOIN pg_class AS class ON class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
    ORDER BY class.relname, attnum
""")
QUEUE = "procrastinate_"


async def list_columns(db: Database) -> Mapping[str, list[str]]:
    """The columns of every table that is ours, and of those of the queue."""
    found: dict[str, list[str]] = {}
    async with db.begin_operator() as session:
        for table, column, _ in await session.execute(COLUMNS):
            found.setdefault(table, []).append(column)
    return found


async def find_everywhere(db: Database, words: Collection[str]) -> list[str]:
    """Where any of the words stands: "table.column: word"."""
    hits: list[str] = []
    tables = await list_columns(db)
    async with db.owner() as connection:
        for table, columns in tables.items():
            for column in columns:
                read = text(f'SELECT CAST("{column}" AS text) FROM "{table}" WHERE "{column}" IS NOT NULL')
                said = "\n".join((await connection.execute(read)).scalars())
                hits += [f"{table}.{column}: {word}" for word in words if word in said]
    return hits
