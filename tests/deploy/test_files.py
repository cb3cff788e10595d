"""The files that put Proli on a machine: what they say is so, and their very commands bring an installation up."""

import asyncio
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
import yaml
from psycopg import sql
from sqlalchemy.engine import make_url

from proli.cli.main import COMMANDS
from proli.platform.security import new_key
from proli.platform.settings import VoiceSettings, known_names
from tests.chaos.processes import ROOT, Proli, answers
from tests.chaos.waiting import until
from tests.command_line import proli
from tests.conftest import copy_of
from tests.patience import PATIENCE_S
from tests.ports import free_port

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
ON_THE_MACHINE = {
    "PROLI_HOME", "PROLI_HTTP_HOST", "PROLI_HTTP_PORT", "PROLI_LOG_FILE", "PROLI_MEDIA_ALLOW_PRIVATE_HOSTS",
    "PROLI_DATABASE_OWNER_URL",
}  # fmt: skip
"""What is no setting of the servers in containers."""
SECRETS = {"DB_OWNER_PASSWORD": "owner", "DB_WEB_PASSWORD": "web", "DB_OPERATOR_PASSWORD": "operator"}
ROLES = ("proli_web", "proli_operator_login", "proli")


def filled(text: str, values: Mapping[str, str]) -> str:
    """As compose puts values into its file."""
    return re.sub(r"\$\{(\w+):\?\}", lambda found: values[found[1]], text)


def test_every_setting_reaches_the_containers_and_nothing_else() -> None:
    told = set(COMPOSE["services"]["api"]["environment"])
    assert told == set(known_names()) - ON_THE_MACHINE
    for name in ("api", "worker"):
        assert "OWNER" not in json.dumps(COMPOSE["services"][name])
    assert "PROLI_DATABASE_OWNER_URL" in COMPOSE["services"]["migrate"]["environment"]


def test_what_compose_needs_is_in_the_one_example_beside_every_setting() -> None:
    example = set(re.findall(r"^#\s*([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    needed = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text("utf-8")))
    assert needed <= example
    assert set(known_names()) <= example


def test_the_image_runs_as_nobody_in_particular_and_its_files_are_there() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert 'ENTRYPOINT ["proli"]' in last
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for line in re.findall(r"^COPY ([^-].*)$", DOCKERFILE, re.MULTILINE):
        for name in line.split()[:-1]:
            assert (ROOT / name).exists(), name
            assert any(name.rstrip("/").startswith(one[1:]) for one in kept if one.startswith("!")), name


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_says_a_command_that_there_is_and_stops_in_time(unit: Path) -> None:
    said = unit.read_text("utf-8")
    (line,) = re.findall(r"^ExecStart=(.*)$", said, re.MULTILINE)
    program, command, *_ = shlex.split(line)
    assert program == "/opt/proli/bin/proli"
    assert command in COMMANDS
    assert "User=proli" in said
    if "Type=oneshot" not in said:
        (stop,) = re.findall(r"^TimeoutStopSec=(\d+)$", said, re.MULTILINE)
        assert int(stop) == (VoiceSettings().grace_s + 30 if command == "voice" else 30)


@pytest.fixture
def machine(server: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """What `.env` holds after a newcomer has filled it in, and a PostgreSQL as the one of compose."""
    with copy_of(server, "template0") as url, psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE ROLE proli SUPERUSER LOGIN PASSWORD 'x'")
        yield {
            "DOMAIN": "proli.example.com",
            "PROLI_SECRET_KEY": new_key(),
            "PROLI_HTTP_METRICS_TOKEN": "a-token-of-the-figures",
            "url": url,
            **SECRETS,
        }
        connection.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO postgres").format(sql.Identifier(make_url(url).database or ""))
        )
        with psycopg.connect(url, autocommit=True) as own:
            for role in ROLES:
                own.execute(sql.SQL("REASSIGN OWNED BY {} TO postgres").format(sql.Identifier(role)))
                own.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
        for role in ROLES:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def environment_of(service: str, values: dict[str, str]) -> dict[str, str]:
    """What the service's process finds, with the address of the test's database in place of `db`."""
    found = {
        name: filled(str(value), values)
        for name, value in COMPOSE["services"][service]["environment"].items()
        if value is not None
    }
    place = make_url(values["url"])
    for name, value in found.items():
        if name.startswith("PROLI_DATABASE_"):
            said = make_url(value)
            assert (said.host, said.database) == ("db", "proli")
            found[name] = place.set(username=said.username, password=said.password).render_as_string(False)
    return found


def test_every_service_of_ours_says_a_command_that_there_is() -> None:
    ours = [one for one in COMPOSE["services"].values() if one["image"] == "proli:latest"]
    assert len(ours) == 5
    assert {one["command"][0] for one in ours} <= set(COMMANDS)


def test_every_kind_of_server_in_compose_is_watched() -> None:
    jobs = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text("utf-8"))["scrape_configs"]
    fixed = {target.split(":")[0] for job in jobs for one in job.get("static_configs", ()) for target in one["targets"]}
    found = {name for job in jobs for one in job.get("dns_sd_configs", ()) for name in one["names"]}
    serving = {name for name, one in COMPOSE["services"].items() if one.get("command", [""])[0] in ("serve", "voice")}
    assert fixed | found == serving == {"api", "voice"}


async def test_the_commands_of_compose_bring_up_an_installation_that_is_ready(
    machine: dict[str, str], tmp_path: Path
) -> None:
    def command(service: str) -> list[str]:
        return COMPOSE["services"][service]["command"]

    migrated = proli(*command("migrate"), home=tmp_path, **environment_of("migrate", machine))
    assert migrated.returncode == 0, migrated.stderr
    port = free_port()
    image = {"PROLI_HOME": str(tmp_path), "PROLI_HTTP_PORT": str(port)}
    running = [
        Proli(command(name), environment_of(name, machine) | image, tmp_path / f"{name}.log")
        for name in ("api", "worker")
    ]
    try:
        for process in running:
            process.start()
        await answers(f"http://127.0.0.1:{port}/healthz")
        await asyncio.to_thread(check_health, port)
        async with httpx2.AsyncClient(trust_env=False, base_url=f"http://127.0.0.1:{port}") as client:

            async def ready() -> bool:
                return (await client.get("/readyz")).status_code == 200

            await until(ready, "it never was ready")
            token = {"authorization": f"Bearer {machine['PROLI_HTTP_METRICS_TOKEN']}"}
            assert (await client.get("/metrics")).status_code == 403
            assert "proli_workers 1.0" in (await client.get("/metrics", headers=token)).text
    finally:
        for process in running:
            process.kill()


def check_health(port: int) -> None:
    """The image's own health check, word by word."""
    (said,) = re.findall(r"HEALTHCHECK .*? CMD (\[.*\])", DOCKERFILE)
    program, *arguments = json.loads(said)
    assert program == "python"
    arguments = [one.replace(":8700/", f":{port}/") for one in arguments]
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    subprocess.run((sys.executable, *arguments), check=True, timeout=PATIENCE_S, env=kept)


def test_every_part_of_compose_that_is_mounted_is_there() -> None:
    mounted: list[Any] = [one for service in COMPOSE["services"].values() for one in service.get("volumes", ())]
    ours = [one.split(":")[0] for one in mounted if one.startswith("./")]
    assert len(ours) >= 4
    for name in ours:
        assert (ROOT / name).exists(), name
