"""A business says things its own way, by a command, and only what can be said."""

from pathlib import Path

import pytest

from proli.platform.security import new_key
from tests.command_line import proli


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    return {"PROLI_DATABASE_URL": database_url, "PROLI_SECRET_KEY": new_key()}


async def test_a_text_is_changed_marked_and_taken_back(tmp_path: Path, environment: dict[str, str]) -> None:
    def run(*arguments: str) -> str:
        done = proli(*arguments, home=tmp_path, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def said(code: str) -> str:
        lines = run("words", "list", "--business", "own").splitlines()
        return next(line for line in lines if f" {code}:" in line)

    run("business", "create", "--name", "מורן", "--slug", "own")
    common = said("thanks")
    run("words", "set", "--business", "own", "thanks", "בכיף, כאן בשבילכם!")
    assert said("thanks") == "* thanks: בכיף, כאן בשבילכם!"
    run("words", "set", "--business", "own", "thanks", "")
    assert said("thanks") == common


async def test_a_text_that_would_lose_what_it_must_tell_is_refused(tmp_path: Path, environment: dict[str, str]) -> None:
    assert proli("business", "create", "--name", "מורן", "--slug", "own", home=tmp_path, **environment).returncode == 0
    for arguments in (("no_such_text", "שלום"), ("booked", "נקבע {nothing_known}")):
        done = proli("words", "set", "--business", "own", *arguments, home=tmp_path, **environment)
        assert done.returncode == 1
        assert "no_such_text" in done.stderr or "nothing_known" in done.stderr
