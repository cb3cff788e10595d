"""What a user meets who configures something wrong: one clear line that says what to do, and exit code 2."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.patience import PATIENCE_S


def proli(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line as a user runs it, with nothing of ours in its environment but what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PROLI_")}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "proli.cli", *arguments],
        env=kept | {"PROLI_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


def test_an_unknown_setting_names_itself_and_the_one_that_was_meant(tmp_path: Path) -> None:
    done = proli("migrate", home=tmp_path, PROLI_DATABASE_ULR="x")
    assert_refused(done, "PROLI_DATABASE_ULR", "did you mean PROLI_DATABASE_URL")


def test_a_setting_of_the_wrong_kind_names_itself(tmp_path: Path) -> None:
    assert_refused(proli("migrate", home=tmp_path, PROLI_HTTP_PORT="many"), "PROLI_HTTP_PORT")


def test_a_ladder_of_no_models_is_refused_at_boot(tmp_path: Path) -> None:
    assert_refused(proli("migrate", home=tmp_path, PROLI_MODEL_LADDER="gemini"), "PROLI_MODEL_LADDER", "google:<model>")


def test_an_own_database_needs_a_secret_key(tmp_path: Path) -> None:
    done = proli("migrate", home=tmp_path, PROLI_DATABASE_URL="postgresql://localhost/proli")
    assert_refused(done, "PROLI_SECRET_KEY is missing", "proli secret")


def test_a_secret_key_that_is_none_is_refused(tmp_path: Path) -> None:
    assert_refused(proli("migrate", home=tmp_path, PROLI_SECRET_KEY="hello"), "PROLI_SECRET_KEY", "proli secret")


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "postgresql://u:p@127.0.0.1:1/proli"])
def test_a_database_address_that_cannot_work_is_one_line(tmp_path: Path, url: str) -> None:
    key = proli("secret", home=tmp_path).stdout.strip()
    done = proli("migrate", home=tmp_path, PROLI_DATABASE_URL=url, PROLI_SECRET_KEY=key)
    assert_refused(done, "PROLI_DATABASE_URL")
    assert "u:p" not in done.stderr


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    key = proli("secret", home=tmp_path).stdout.strip()
    done = proli("migrate", home=tmp_path, PROLI_DATABASE_URL=database_url, PROLI_SECRET_KEY=key)
    assert_refused(done, "newer version", "9999")


def test_a_database_that_is_behind_says_how_to_go_on(tmp_path: Path, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    key = proli("secret", home=tmp_path).stdout.strip()
    done = proli("chat", home=tmp_path, PROLI_DATABASE_URL=database_url, PROLI_SECRET_KEY=key)
    assert_refused(done, "proli migrate")


@pytest.mark.parametrize("name", ["PROLI_DATABASE_OWNER_URL", "PROLI_DATABASE_OPERATOR_URL"])
@pytest.mark.parametrize("command", ["migrate", "doctor"])
def test_a_login_to_an_own_database_that_is_not_named_is_refused(tmp_path: Path, name: str, command: str) -> None:
    done = proli(command, home=tmp_path, **{name: "postgresql://owner@localhost/proli"})
    assert_refused(done, name, "PROLI_DATABASE_URL too")
    assert list(tmp_path.iterdir()) == [], "no database of our own was begun"


def test_a_log_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = proli("migrate", home=tmp_path, PROLI_LOG_FILE=str(tmp_path / "file" / "proli.log"))
    assert_refused(done, "PROLI_LOG_FILE", str(tmp_path / "file" / "proli.log"))


def test_a_port_that_another_program_has_names_the_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = proli("serve", home=tmp_path, PROLI_HTTP_PORT=str(port), PROLI_LOG_LEVEL="ERROR")
    assert done.returncode == 2, done.stderr
    last = done.stderr.splitlines()[-1]
    assert "PROLI_HTTP_PORT" in last and str(port) in last
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["proli.example.com", "https://", "https://proli.example.com/?a=b", ""])
def test_a_public_address_that_leads_nowhere_is_refused_at_boot(tmp_path: Path, address: str) -> None:
    assert_refused(proli("migrate", home=tmp_path, PROLI_HTTP_PUBLIC_URL=address), "PROLI_HTTP_PUBLIC_URL")
