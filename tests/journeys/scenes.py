"""Scenes with which many tests begin: played once in a process, then put back from a copy of the database."""

import inspect
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from itertools import count
from typing import Any, Concatenate, Final

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from proli.platform.db import Database
from tests.conftest import ManualClock, renamed, share_what_is_compiled, usual_settings
from tests.journeys.world import World, written

KEPT: Final = 24
"""So many copies a process keeps, of about 12 MB each: those that were wanted last."""

type Scene[**P, T] = Callable[Concatenate[World, P], Awaitable[T]]


@dataclass(frozen=True, slots=True)
class Ending:
    """A world after a scene: the name of its database's copy, what its clock shows, who has read how far."""

    database: str
    at: datetime
    read: tuple[tuple[str, str, int], ...]
    result: Any


_numbers = count()
_endings: OrderedDict[Hashable, Ending] = OrderedDict()


def played_once[**P, T](scene: Scene[P, T]) -> Scene[P, T]:
    """A scene whose end is kept: in a world in which the same has been said and written, it is not played again.

    What the test has changed in memory (a patch, a double) is not seen: such a test plays by other means. What a
    scene returns is shared by all tests.
    """

    @wraps(scene)
    async def at_its_end(world: World, *args: P.args, **kwargs: P.kwargs) -> T:
        if not await is_known(world):
            return await scene(world, *args, **kwargs)
        story = (*world.story, name_of(scene, world, *args, **kwargs))
        beginning = (story, clock_of(world).at, read_by(world))
        if beginning in _endings:
            await put_back(world, _endings[beginning])
        else:
            result = await scene(world, *args, **kwargs)
            _endings[beginning] = await keep(world, result)
        _endings.move_to_end(beginning)
        world.story, world.told_until = story, await written(world.runtime)
        return _endings[beginning].result

    return at_its_end


def remembered[**P, T](scene: Scene[P, T]) -> Scene[P, T]:
    """A short scene that is played each time, behind which the world is still known."""

    @wraps(scene)
    async def as_told(world: World, *args: P.args, **kwargs: P.kwargs) -> T:
        known = await is_known(world)
        result = await scene(world, *args, **kwargs)
        if known:
            world.story = (*world.story, name_of(scene, world, *args, **kwargs))
            world.told_until = await written(world.runtime)
        return result

    return as_told


async def is_known(world: World) -> bool:
    """Whether nothing but the world's story has happened in it."""
    known = world.told_until is not None and world.told_until == await written(world.runtime) and is_usual(world)
    world.told_until = world.told_until if known else None
    return known


def name_of(scene: Scene[..., Any], world: World, *args: Any, **kwargs: Any) -> Hashable:
    given = inspect.signature(scene).bind(world, *args, **kwargs).arguments
    said = tuple(repr(value) for value in given.values() if not isinstance(value, World | ManualClock))
    return scene.__module__, scene.__qualname__, said


def is_usual(world: World) -> bool:
    return vars(world.runtime.settings) | {"core": None} == vars(usual_settings()) | {"core": None}


def clock_of(world: World) -> ManualClock:
    assert isinstance(world.runtime.clock, ManualClock)
    return world.runtime.clock


def read_by(world: World) -> tuple[tuple[str, str, int], ...]:
    return tuple(sorted((phone.phone_e164, phone.name, phone.seen) for phone in world.phones.values()))


async def keep(world: World, result: Any) -> Ending:
    kept = f"scene_{next(_numbers)}"
    await instead(world, create=(kept, database_of(world)))
    if len(_endings) >= KEPT:
        await instead(world, drop=_endings.popitem(last=False)[1].database)
    return Ending(kept, clock_of(world).at, read_by(world), result)


async def put_back(world: World, ending: Ending) -> None:
    ours = database_of(world)
    await instead(world, drop=ours, create=(ours, ending.database))
    clock_of(world).at = ending.at
    for phone_e164, name, seen in ending.read:
        world.phone(phone_e164, name).seen = seen


def database_of(world: World) -> str:
    name = make_url(world.runtime.db.url).database
    assert name is not None
    return name


async def instead(world: World, *, drop: str | None = None, create: tuple[str, str] | None = None) -> None:
    """One database dropped, and one made as a copy of another, while this world's connections are closed."""
    db = world.runtime.db
    url = db.url
    await db.close()
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(renamed(plain, "postgres"), autocommit=True) as connection:
        if drop:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(drop)))
        if create:
            name, template = map(sql.Identifier, create)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(name, template))
    Database.__init__(db, url, logins=db.logins)
    share_what_is_compiled(db)
