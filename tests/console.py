"""A console over real HTTP, and people who sign in to it."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from proli.accounts.actions import create_business
from proli.accounts.http import FORGERY_HEADER
from proli.accounts.members import add_member, ensure_user
from proli.accounts.models import Business
from proli.accounts.passwords import hash_password
from proli.accounts.permissions import Role
from proli.platform.http import trust
from proli.platform.runtime import Runtime
from tests.doubles.serving import app_of, served
from tests.patience import PATIENCE_S

PASSWORD = "ארבעה ברזים פתוחים"
HASH = hash_password(PASSWORD)


@dataclass
class Browser:
    """One device with its cookies; writes carry the page's token."""

    http: httpx2.AsyncClient
    token: str = ""

    async def call(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        headers = {FORGERY_HEADER: self.token} if self.token else {}
        if path.endswith("/events"):
            return await self.open(path)
        answer = await self.http.request(method, path, json=body, headers=headers)
        if answer.status_code == 200 and answer.headers["content-type"].startswith("application/json"):
            self.token = token_in(answer.json()) or self.token
        return answer

    async def open(self, path: str) -> httpx2.Response:
        """The beginning of an answer that may have no end."""
        async with self.http.stream("GET", path) as answer:
            if answer.status_code != 200:
                await answer.aread()
            return answer

    async def sign_in(self, email: str, password: str = PASSWORD, code: str | None = None) -> httpx2.Response:
        return await self.call("POST", "/api/auth/sign-in", {"email": email, "password": password, "code": code})


@dataclass
class Console:
    runtime: Runtime
    url: str
    stack: AsyncExitStack
    browsers: list[Browser] = field(default_factory=list[Browser])

    async def browser(self) -> Browser:
        http = httpx2.AsyncClient(base_url=self.url, verify=trust(), timeout=PATIENCE_S)
        made = Browser(await self.stack.enter_async_context(http))
        self.browsers.append(made)
        return made

    async def add_person(
        self, email: str, *, role: Role | None = None, business: str = "moran", operator: bool = False
    ) -> int:
        """Somebody with a password, in a business that is made when there is none."""
        async with self.runtime.db.begin_operator() as session:
            user = await ensure_user(session, email=email, name=email.partition("@")[0], operator=operator)
            user.password_hash = HASH
            if role is not None:
                business_id = await ensure_business(session, business)
                await add_member(session, user_id=user.id, business_id=business_id, role=role)
            return user.id

    async def signed_in(self, email: str) -> Browser:
        browser = await self.browser()
        answer = await browser.sign_in(email)
        assert answer.status_code == 200, answer.text
        return browser


def token_in(told: Any) -> str | None:
    return told.get("token") if isinstance(told, dict) else None  # type: ignore[no-any-return]


async def ensure_business(session: Any, slug: str) -> int:
    found = await session.scalar(select(Business.id).where(Business.slug == slug))
    if found is not None:
        return found
    made = await create_business(session, slug=slug, name=slug)
    await session.flush()
    return made.id


@pytest.fixture
async def console(runtime: Runtime) -> AsyncGenerator[Console]:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(served(app_of(runtime)))
        yield Console(runtime, server.url, stack)


@pytest.fixture
async def manager(console: Console, business_id: int) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")
