"""However many guess at once, no more is looked at than of one after another; and nobody learns who is here."""

import asyncio
import hashlib
import threading
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from pyotp.totp import TOTP
from sqlalchemy import func, select, text

from proli.accounts import passwords
from proli.accounts.errors import Busy
from proli.accounts.jobs import forget
from proli.accounts.models import SecurityEvent, Tries, User
from proli.accounts.passwords import in_line, verify_password
from proli.accounts.permissions import Role
from proli.accounts.rules import SOURCE_TRIES, TRIES
from tests.accounts.people import READY, link_of, turn_factor_on
from tests.conftest import STRONG_N, ManualClock
from tests.console import PASSWORD, Console
from tests.patience import PATIENCE_S

DANA = "dana@example.com"


def codes_of(answers: list[httpx2.Response]) -> dict[str, int]:
    found = [answer.json()["code"] for answer in answers]
    return {code: found.count(code) for code in sorted(set(found))}


async def many(console: Console, count: int, **said: Any) -> list[httpx2.Response]:
    """Sign-ins from as many browsers, all at once."""
    browsers = [await console.browser() for _ in range(count)]
    return list(await asyncio.gather(*(one.sign_in(**said) for one in browsers)))


async def test_of_sixty_wrong_passwords_at_once_five_are_looked_at(console: Console) -> None:
    await console.add_person(DANA)
    answers = await many(console, 60, email=DANA, password="wrong")
    assert codes_of(answers) == {"locked_out": 60 - TRIES, "wrong_credentials": TRIES}
    assert (await (await console.browser()).sign_in(DANA)).json()["code"] == "locked_out"


async def test_of_sixty_wrong_codes_at_once_five_are_looked_at(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    await turn_factor_on(await console.signed_in(DANA), clock)
    answers = await many(console, 60, email=DANA, code="000000")
    assert codes_of(answers) == {"locked_out": 60 - TRIES, "wrong_code": TRIES}


async def test_the_right_password_without_a_code_between_guesses_buys_no_more_guesses(
    console: Console, clock: ManualClock
) -> None:
    await console.add_person(DANA)
    await turn_factor_on(await console.signed_in(DANA), clock)
    browser, looked_at = await console.browser(), 0
    for _ in range(30):
        await browser.sign_in(DANA)
        looked_at += (await browser.sign_in(DANA, code="000000")).json()["code"] == "wrong_code"
    assert looked_at == TRIES


async def test_whoever_is_asked_for_the_code_may_give_it_after_others_have_guessed(
    console: Console, clock: ManualClock
) -> None:
    await console.add_person(DANA)
    secret, _ = await turn_factor_on(await console.signed_in(DANA), clock)
    browser = await console.browser()
    for _ in range(TRIES):
        await browser.sign_in(DANA, "wrong")
    clock.advance(seconds=61)
    assert (await browser.sign_in(DANA)).json()["code"] == "second_factor_needed"
    assert (await browser.sign_in(DANA, code=TOTP(secret).at(clock.now()))).status_code == 200


async def test_showing_again_who_one_is_locks_as_signing_in_does_and_for_itself(console: Console) -> None:
    await console.add_person(DANA)
    here, there = await console.signed_in(DANA), await console.browser()
    asked = ("POST", "/api/auth/proof", {"password": "wrong"})
    answers = list(await asyncio.gather(*(here.call(*asked) for _ in range(40))))
    assert codes_of(answers) == {"locked_out": 40 - TRIES, "wrong_credentials": TRIES}
    for path, body in (
        ("/api/me/password", {"current": PASSWORD, "password": READY}),
        ("/api/me/second-factor", {"password": PASSWORD, "code": "123456"}),
    ):
        assert (await here.call("POST", path, body)).json()["code"] == "locked_out"
    assert (await there.sign_in(DANA)).status_code == 200, "and who guesses inside keeps nobody out"


async def test_codes_are_guessed_at_no_link_either(console: Console, clock: ManualClock) -> None:
    user_id = await console.add_person(DANA)
    secret, recovery = await turn_factor_on(await console.signed_in(DANA), clock)
    link = await link_of(console, "reset", user_id)
    browser = await console.browser()
    sent = {"token": link, "password": READY}
    assert (await browser.call("POST", "/api/auth/links/reset", sent)).json()["code"] == "second_factor_needed"
    guess = ("POST", "/api/auth/links/reset", sent | {"code": "000000"})
    answers = list(await asyncio.gather(*(browser.call(*guess) for _ in range(40))))
    assert codes_of(answers) == {"locked_out": 40 - TRIES, "wrong_code": TRIES}
    clock.advance(seconds=61)
    right = sent | {"code": TOTP(secret).at(clock.now())}
    assert (await browser.call("POST", "/api/auth/links/reset", right)).status_code == 200
    entering = {"token": await link_of(console, "sign_in", user_id)}
    assert (await browser.call("POST", "/api/auth/links/sign_in", entering)).json()["code"] == "second_factor_needed"
    used = await browser.call("POST", "/api/auth/links/sign_in", entering | {"code": recovery[0]})
    assert used.status_code == 200


async def test_an_address_that_nobody_has_is_answered_and_locked_like_any(console: Console) -> None:
    await console.add_person(DANA)
    theirs, nobodys = [
        [(one.status_code, one.content) for one in [await browser.sign_in(email, "wrong") for _ in range(TRIES + 1)]]
        for email, browser in ((DANA, await console.browser()), ("nobody@example.com", await console.browser()))
    ]
    assert theirs == nobodys


async def test_an_address_that_nobody_has_takes_the_same_work(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    await console.add_person(DANA)
    worked: list[str] = []

    async def counted(password: str, stored: str | None) -> tuple[bool, str | None]:
        worked.append(stored or passwords.nobodys())
        return await verify_password(password, stored)

    monkeypatch.setattr("proli.accounts.proving.verify_password", counted)
    browser = await console.browser()
    for email in (DANA, "nobody@example.com"):
        assert (await browser.sign_in(email, "wrong")).status_code == 401
    assert [one.partition("m=")[0] for one in worked] == ["$argon2id$v=19$"] * 2
    async with console.runtime.db.begin_operator() as session:
        kept = (await session.scalars(select(SecurityEvent.user_id).order_by(SecurityEvent.id))).all()
    assert len(kept) == 2
    assert kept[1] is None


async def test_one_place_guesses_at_many_accounts_no_longer_than_a_quarter_of_an_hour(
    console: Console, clock: ManualClock
) -> None:
    await console.add_person(DANA)
    browser = await console.browser()
    answers = [await browser.sign_in(f"somebody{number}@example.com", "wrong") for number in range(SOURCE_TRIES + 5)]
    assert codes_of(answers) == {"locked_out": 5, "wrong_credentials": SOURCE_TRIES}
    assert (await browser.sign_in(DANA)).json()["code"] == "locked_out"
    clock.advance(minutes=15, seconds=1)
    assert (await browser.sign_in(DANA)).status_code == 200


async def test_an_office_of_many_who_sign_in_from_one_place_is_not_locked_out(console: Console) -> None:
    await console.add_person(DANA)
    browser = await console.browser()
    for _ in range(SOURCE_TRIES + 5):
        assert (await browser.sign_in(DANA)).status_code == 200


async def test_tries_of_long_ago_are_forgotten(console: Console, clock: ManualClock) -> None:
    await (await console.browser()).sign_in(DANA, "wrong")
    await forget(console.runtime, clock.now() + timedelta(hours=23))
    async with console.runtime.db.begin_operator() as session:
        assert await session.scalar(select(func.count()).select_from(Tries)) == 2
    await forget(console.runtime, clock.now() + timedelta(hours=25))
    async with console.runtime.db.begin_operator() as session:
        assert await session.scalar(select(func.count()).select_from(Tries)) == 0


async def test_while_passwords_are_compared_no_transaction_is_open_and_other_pages_answer(console: Console) -> None:
    """The line of those who are compared is held up: none of them keeps a connection, and the pages of others go on."""
    await console.add_person(DANA, role=Role.owner)
    owner = await console.signed_in(DANA)
    held = threading.Event()
    holding = [asyncio.create_task(in_line(held.wait)) for _ in range(passwords.THREADS)]
    signing_in = [asyncio.create_task((await console.browser()).sign_in(f"{n}@example.com")) for n in range(40)]
    try:
        async with asyncio.timeout(PATIENCE_S):
            while passwords.waiting() < 40 + passwords.THREADS:  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)
        async with console.runtime.db.begin_operator() as session:
            open_ones = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
            assert await session.scalar(text(open_ones)) == 0
        assert (await owner.call("GET", "/api/businesses/moran/members")).status_code == 200
        assert not any(one.done() for one in signing_in)
    finally:
        held.set()
        await asyncio.gather(*holding)
    assert {one.status_code for one in await asyncio.gather(*signing_in)} == {401}


async def test_who_would_stand_in_line_for_too_long_is_asked_to_come_again(console: Console) -> None:
    held = threading.Event()
    holding = [asyncio.create_task(in_line(held.wait)) for _ in range(passwords.LONGEST_LINE)]
    try:
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await in_line(held.wait)
        answer = await (await console.browser()).sign_in(DANA)
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    finally:
        held.set()
        await asyncio.gather(*holding)
    assert (await (await console.browser()).sign_in(DANA)).json()["code"] == "wrong_credentials", "and it did not count"


async def test_what_is_kept_of_recovery_codes_is_dear_to_guess(console: Console, clock: ManualClock) -> None:
    user_id = await console.add_person(DANA)
    _, codes = await turn_factor_on(await console.signed_in(DANA), clock)
    async with console.runtime.db.begin_operator() as session:
        kept = (await session.get_one(User, user_id)).recovery
    assert len(set(kept)) == len(codes) == 10
    assert len({one.partition("$")[0] for one in kept}) == 1
    plain = codes[0].replace("-", "")
    assert not any(hashlib.sha256(plain.encode()).hexdigest() in one for one in kept)
    assert STRONG_N >= 2**14


async def test_a_code_in_arabic_digits_is_a_code(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    secret, _ = await turn_factor_on(await console.signed_in(DANA), clock)
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    browser = await console.browser()
    assert (await browser.sign_in(DANA, code="٠٠٠٠٠٠")).json()["code"] == "wrong_code"
    clock.advance(seconds=30)
    assert (await browser.sign_in(DANA, code=TOTP(secret).at(clock.now()).translate(arabic))).status_code == 200


async def test_a_secret_is_ours_and_not_the_pages(console: Console, clock: ManualClock) -> None:
    await console.add_person(DANA)
    browser = await console.signed_in(DANA)
    for secret in ("A", "AAAAAAAAAAAAAAAAA", "NOTBASE32!"):
        sent = {"password": PASSWORD, "secret": secret, "code": "123456"}
        assert (await browser.call("POST", "/api/me/second-factor", sent)).status_code == 422
    early = {"password": PASSWORD, "code": "123456"}
    assert (await browser.call("POST", "/api/me/second-factor", early)).json()["code"] == "wrong_code"
