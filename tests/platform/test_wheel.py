"""What `pip install` brings is all there is: the wheel is installed elsewhere and works from an empty folder.

With LONG_TESTS=1 into an environment of its own, with nothing else but the hashed requirements; otherwise beside those
of the tests.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.chaos.processes import ROOT, answers
from tests.patience import PATIENCE_S
from tests.ports import free_port

LONG = bool(os.environ.get("LONG_TESTS"))
START = "from proli.cli.main import main; main()"


@dataclass(frozen=True)
class Installed:
    python: Path
    folder: Path
    """Where `proli` has come to lie."""
    path: Mapping[str, str]

    def run(self, *arguments: str, cwd: Path, **environment: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PROLI_", "PYTHON"))}
        return subprocess.Popen(
            (self.python, "-P", "-c", START, *arguments),
            cwd=cwd, env={**kept, "PROLI_HOME": str(cwd / "home"), **self.path, **environment},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    into = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", into)
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = into.glob("*.whl")
    if LONG:
        return fresh(into / "venv", wheel)
    shutil.unpack_archive(wheel, into / "lib", "zip")
    return Installed(Path(sys.executable), into / "lib", {"PYTHONPATH": str(into / "lib")})


def fresh(venv: Path, wheel: Path) -> Installed:
    uv = shutil.which("uv") or ROOT / ".uv/bin/uv"
    python = venv / "bin/python"
    pip = (uv, "pip", "install", "--quiet", "--no-deps", "--python", python)
    subprocess.run((uv, "venv", "--quiet", "--python", sys.executable, venv), check=True)
    subprocess.run(
        (*pip, "--compile-bytecode", "--require-hashes", "-r", ROOT / "requirements/runtime.txt"), check=True
    )
    subprocess.run((*pip, "--compile-bytecode", wheel), check=True)
    (folder,) = venv.glob("lib/python*/site-packages")
    return Installed(python, folder, {})


@pytest.fixture
def empty_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "somewhere"
    folder.mkdir()
    yield folder


def test_the_wheel_holds_every_migration_and_the_console(installed: Installed) -> None:
    ours = {path.name for path in (ROOT / "migrations/versions").glob("*.py")}
    theirs = {path.name for path in (installed.folder / "proli/migrations/versions").glob("*.py")}
    assert len(ours) > 20
    assert theirs == ours
    assert (installed.folder / "proli/migrations/env.py").is_file()
    assert (installed.folder / "proli/static/index.html").is_file()
    assert not (installed.folder / "migrations").exists()
    assert not (installed.folder / "tests").exists()


async def test_it_serves_its_console_from_an_empty_folder(installed: Installed, empty_folder: Path) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    serving = installed.run("serve", "--port", str(port), cwd=empty_folder)
    try:
        await asyncio.wait_for(answers(f"{address}/healthz"), PATIENCE_S)
        async with httpx2.AsyncClient(trust_env=False, base_url=address) as client:
            assert (await client.get("/healthz")).json() == {"status": "ok"}
            assert (await client.get("/readyz")).json()["checks"]["migrations"] == "ok"
            assert "<script" in (await client.get("/")).text
    finally:
        serving.send_signal(signal.SIGTERM)
        said, _ = await asyncio.to_thread(serving.communicate, timeout=PATIENCE_S)
    assert serving.returncode == 0, said
    assert "Traceback" not in said


def test_the_demo_is_played_from_an_empty_folder(installed: Installed, empty_folder: Path) -> None:
    playing = installed.run("demo", "--once", cwd=empty_folder)
    said, _ = playing.communicate(timeout=PATIENCE_S)
    assert playing.returncode == 0, said
    assert "Booked and approved" in said
