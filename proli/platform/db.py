"""Transactions. One business each, guarded by the ORM and again by row-level security."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from secrets import token_hex
from typing import Any, Final
from weakref import WeakKeyDictionary

from psycopg import OperationalError as OperationalErrorOfDriver
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import BigInteger, Connection, Select, cast, event, func, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from proli.platform.database_roles import APP, OPERATOR, Logins, conninfo_as, embedded_logins
from proli.platform.embedded import start_embedded
from proli.platform.engine import driver_url, make_engine
from proli.platform.errors import BusinessRequired, ConfigurationError
from proli.platform.faults import is_away
from proli.platform.orm import BusinessOwned
from proli.platform.settings import CoreSettings

ROLE = APP
BEGIN = "BEGIN"
BEGIN_OPERATOR = f"BEGIN; SET LOCAL ROLE {OPERATOR}"
BEGIN_AS = f"BEGIN; SET LOCAL ROLE {APP}; SET LOCAL proli.business_id = '{{}}'"
"""The whole beginning of a business's transaction in one round trip; filled with a number, or with nothing."""


CURRENT_BUSINESS = cast(func.nullif(func.current_setting("proli.business_id", True), ""), BigInteger)
OF_CURRENT_BUSINESS = with_loader_criteria(
    BusinessOwned, lambda owned: owned.business_id == CURRENT_BUSINESS, include_aliases=True
)
"""Made once: a condition with the number itself in it would have to be compiled anew for every statement."""


GUARDED: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
"""Statements with their condition: those that a module keeps are put together, and their cache key computed, once."""


class BusinessSession(AsyncSession):
    """A session inside one transaction. `business_id` is None only for the operator or for no business at all."""

    business_id: int | None
    operator: bool

    def __init__(self, engine: AsyncEngine, *, business_id: int | None, operator: bool) -> None:
        super().__init__(engine, expire_on_commit=False, sync_session_class=GuardedSession)
        self.business_id = business_id
        self.operator = operator
        self.sync_session.info.update(business_id=business_id, operator=operator)
        self.sync_session.info["begin"] = BEGIN_OPERATOR if operator else begin_of(business_id)

    def narrow(self, business_id: int) -> None:
        """An operator's session, already under the business's role in the database, is that business's from here on."""
        self.business_id, self.operator = business_id, False
        self.sync_session.info.update(business_id=business_id, operator=False)

    def require_business(self) -> int:
        if self.business_id is None:
            raise BusinessRequired("this needs a transaction of one business")
        return self.business_id


def begin_of(business_id: int | None) -> str:
    return BEGIN_AS.format("" if business_id is None else int(business_id))


class GuardedSession(Session):
    """The synchronous half, on which the guard's events hang."""


@event.listens_for(GuardedSession, "after_begin")
def begin_as(session: Session, _: Any, connection: Connection) -> None:
    """The transaction begins in the database as what the session is: a business, or the operator."""
    if not connection.in_nested_transaction():
        connection.exec_driver_sql(session.info["begin"])


@event.listens_for(GuardedSession, "do_orm_execute")
def add_business(state: ORMExecuteState) -> None:
    """Narrow every statement to the session's business; without one, refuse to touch owned rows."""
    info = state.session.info
    if info["operator"] or state.is_column_load or state.is_relationship_load:
        return
    guarded = GUARDED.get(state.statement)
    if guarded is None:
        if not any(issubclass(mapper.class_, BusinessOwned) for mapper in state.all_mappers):
            return
        guarded = GUARDED[state.statement] = state.statement.options(OF_CURRENT_BUSINESS)
    if info["business_id"] is None:
        raise BusinessRequired("a query for a business's rows without a business")
    state.statement = guarded


@event.listens_for(GuardedSession, "before_flush")
def stamp_business(session: Session, *_: Any) -> None:
    """New rows belong to the session's business; a row that says otherwise is a fault."""
    business_id = session.info["business_id"]
    for row in session.new:
        if not isinstance(row, BusinessOwned) or session.info["operator"]:
            continue
        if getattr(row, "business_id", None) is None and business_id is not None:
            row.business_id = business_id
        elif row.business_id != business_id:
            raise BusinessRequired("a row of another business, or of none, was about to be written")


class Statement:
    """Words that are said to the database as they are, by a session (`text`) or by the driver alone (`driver`).

    Parameters are written `:name`.
    """

    def __init__(self, words: str) -> None:
        self.text = text(words)
        self.driver = for_driver(words).encode()


def for_driver(words: str) -> str:
    """A statement with its parameters as the driver writes them."""
    return re.sub(r"(?<!:):([a-z_]+)", r"%(\1)s", words.replace("%", "%%"))


MARK: Final = "proli-"
"""What connections are known by of which each process that goes on holds one: it asks for the time by it."""
REFUSES_LOGIN: Final = re.compile(r"password authentication failed|role .* does not exist")
AS_BUSINESS = b"SELECT set_config('proli.business_id', %s, true)"


def locked[*Columns](statement: Select[*Columns]) -> Select[*Columns]:
    """The same rows, locked until the end of the transaction and read as they are now."""
    return statement.with_for_update().execution_options(populate_existing=True)


@asynccontextmanager
async def whole(session: BusinessSession) -> AsyncGenerator[BusinessSession]:
    """All that the block does is one transaction, and afterwards the session holds neither a connection nor rows."""
    try:
        yield session
        await session.commit()
    finally:
        if session.in_transaction():
            await asyncio.shield(session.close())
        session.expunge_all()


class Database:
    """The database as a server reaches it; without logins of its own by one address, that of the tables' owner."""

    def __init__(self, url: str, *, logins: Logins | None = None, pool_size: int = 20) -> None:
        self.url = driver_url(url)
        self.logins = logins or Logins(make_url(self.url), make_url(self.url))
        business, operator = (driver_url(one) for one in (self.logins.business, self.logins.operator))
        self.engine = make_engine(business, pool_size)
        self.operator_engine = make_engine(operator, max(pool_size // 2, 2)) if self.logins.apart else self.engine
        self.mark = f"{MARK}{token_hex(4)}"
        self._single = AsyncConnectionPool(
            self.conninfo, min_size=1, max_size=pool_size, timeout=10,
            kwargs={"autocommit": True, "application_name": self.mark}, open=False,
        )  # fmt: skip
        self._acting = AsyncConnectionPool(
            conninfo_as(self.logins.business, APP), min_size=1, max_size=max(pool_size // 4, 2), timeout=10,
            kwargs={"autocommit": True, "prepare_threshold": 1}, open=False,
        )  # fmt: skip

    @classmethod
    def open(cls, settings: CoreSettings) -> "Database":
        """The configured database; the embedded one is started when none is configured."""
        size = settings.database_pool_size
        if settings.database_url is None:
            url = start_embedded(settings.home)
            return cls(url, logins=embedded_logins(url), pool_size=size)
        business = make_url(driver_url(settings.database_url))
        operator = make_url(driver_url(settings.database_operator_url or settings.database_url))
        return cls(
            settings.database_owner_url or settings.database_url, logins=Logins(business, operator), pool_size=size
        )

    @property
    def conninfo(self) -> str:
        """The address as libpq and Procrastinate want it, where every statement is the operator's."""
        return conninfo_as(self.logins.operator, OPERATOR)

    @asynccontextmanager
    async def begin(self, business_id: int | None) -> AsyncGenerator[BusinessSession]:
        """One transaction of one business under the unprivileged role; committed at the end, rolled back on error.

        With None, owned rows can be neither queried nor seen.
        """
        async with whole(BusinessSession(self.engine, business_id=business_id, operator=False)) as session:
            yield session

    @asynccontextmanager
    async def begin_operator(self) -> AsyncGenerator[BusinessSession]:
        """One transaction of the operator, who sees all businesses: set-up, routing of webhooks, upkeep."""
        async with whole(BusinessSession(self.operator_engine, business_id=None, operator=True)) as session:
            yield session

    @asynccontextmanager
    async def owner(self) -> AsyncGenerator[AsyncConnection]:
        """A connection as whoever owns the tables, for what concerns the tables themselves."""
        engine = make_engine(self.url, 1)
        try:
            async with engine.connect() as connection:
                yield connection
        finally:
            await engine.dispose()

    async def time(self) -> datetime:
        row = await self.run("SELECT clock_timestamp()", {})
        assert row is not None
        return row[0]

    async def check(self) -> datetime:
        """The database's time, when it answers.

        Raises:
            ConfigurationError: it does not, with what to do.
        """
        try:
            async with self.owner() as connection:
                return (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
        except (OperationalError, OSError) as error:
            reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
            todo = "check PROLI_DATABASE_URL and that PostgreSQL is running"
            if REFUSES_LOGIN.search(reason) and self.url == driver_url(self.logins.business):
                todo = (
                    "a new database has this login once `proli migrate` was run with PROLI_DATABASE_OWNER_URL; "
                    "else check PROLI_DATABASE_URL"
                )
            raise ConfigurationError(f"The database does not answer ({reason}): {todo}.") from error

    async def run(self, statement: str, parameters: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row of one statement that is a transaction of its own, as the operator.

        For what stands before every webhook and is written with its own care for whose rows it touches: it costs a
        third of `begin`. A connection that was cut is no reason to have it said again, which may change an order: the
        statement is run anew, so it must be one that may.
        """
        await self._single.open()
        for last_try in (False, False, True):
            try:
                async with self._single.connection() as connection:
                    return await (await connection.execute(statement.encode(), parameters)).fetchone()
            except PoolTimeout:
                raise
            except OperationalErrorOfDriver as error:
                if last_try or not is_away(error):
                    raise
                await self._single.check()
        raise AssertionError("unreachable")

    async def act(
        self, business_id: int, *steps: tuple[Statement, Mapping[str, Any]]
    ) -> Sequence[tuple[Any, ...] | None]:
        """The first row of each step, in one transaction of one business and one round trip; all of them or none.

        For what needs no thought between its statements. It goes by the same role and policies as `begin`, at a fifth
        of its cost. Each step sees what was committed when it began, so one that locks comes before what it guards.
        """
        await self._acting.open()
        try:
            async with self._acting.connection() as connection:
                async with connection.pipeline():
                    await connection.execute(AS_BUSINESS, (str(int(business_id)),))
                    cursors = [await connection.execute(one.driver, values) for one, values in steps]
                return [await cursor.fetchone() if cursor.description else None for cursor in cursors]
        except OperationalErrorOfDriver as error:
            if is_away(error):
                await self._acting.check()
            raise

    async def close(self) -> None:
        await self._single.close()
        await self._acting.close()
        await self.engine.dispose()
        await self.operator_engine.dispose()
