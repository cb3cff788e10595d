"""What has changed in a business, as server-sent events. They say what to ask for anew, not what it is."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator
from typing import Annotated, ClassVar, Final

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from proli.accounts.errors import BusinessNotFound, Unauthenticated
from proli.accounts.http import Inside, Slug, enter_business, inside
from proli.accounts.permissions import Role, may
from proli.platform.changes import EVERYTHING, Change, Changes
from proli.platform.errors import ProliError

router = APIRouter(prefix="/api/businesses/{slug}/events", tags=["events"])
Viewer = Annotated[Inside, inside(Role.viewer)]
SILENCE_S = 15
SETTLE_S = 0.1
"""Changes that come so close together are told together."""
ROUNDS = 40
"""A stream ends after some ten minutes at most, so that who may see it is asked again."""
MOST: Final = 12
"""Streams of one user at this process: a page has one, and nobody looks at more pages at once."""


class TooManyStreams(ProliError):
    """The user watches from as many pages as they may."""

    status: ClassVar[int] = 429


@router.get("", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def get_events(request: Request, slug: Slug, inside: Viewer) -> StreamingResponse:
    """A stream of `change` events whose data is a list of {"topic", "id"}; the topic `everything` follows a gap.

    It ends as soon as the device is signed out or its user may not see the business any more.
    """
    changes: Changes = request.app.state.changes
    streams: Counter[int] = request.app.state.streams
    if streams[inside.member.user_id] >= MOST:
        raise TooManyStreams(most=MOST)
    return StreamingResponse(
        counted(tell(changes, inside, slug), streams, inside.member.user_id),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def counted(stream: AsyncGenerator[str], streams: Counter[int], user_id: int) -> AsyncGenerator[str]:
    """The stream, which counts as the user's until it ends."""
    if streams[user_id] >= MOST:
        return  # others began at the same moment
    streams[user_id] += 1
    try:
        async for told in stream:
            yield told
    finally:
        streams[user_id] -= 1
        if not streams[user_id]:
            del streams[user_id]


async def tell(changes: Changes, inside: Inside, slug: str) -> AsyncGenerator[str]:
    access = inside.access
    ends = frozenset({("sign_ins", access.sign_in_id), ("members", access.user_id)})
    async with changes.watch(inside.member.business_id, ends=ends) as watch:
        told: list[Change] = [EVERYTHING]
        for _ in range(ROUNDS):
            if changes.ending or (watch.take_doubt() and not await may_still(inside, slug)):
                return
            yield event(told) if told else ": still here\n\n"
            await asyncio.sleep(SETTLE_S)
            told = await watch.wait(timeout_s=SILENCE_S)


async def may_still(inside: Inside, slug: str) -> bool:
    """Whether the device is signed in and its user may see the business, as it is now."""
    try:
        now = inside.runtime.clock.now()
        member, _ = await enter_business(inside.runtime, inside.access, slug, now=now)
    except (Unauthenticated, BusinessNotFound):
        return False
    return may(member.role, Role.viewer)


def event(told: list[Change]) -> str:
    data = json.dumps([{"topic": topic, "id": row_id} for topic, row_id in told])
    return f"event: change\ndata: {data}\n\n"
