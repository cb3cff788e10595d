"""What docs/operations.md tells people to type is understood."""

import re
import shlex
import subprocess
import sys

import psycopg
import pytest

from proli.cli.main import COMMANDS
from proli.platform.settings import known_names
from tests.chaos.processes import ROOT

PAGE = (ROOT / "docs/operations.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
STATEMENTS = [one.strip() for kind, block in BLOCKS if kind == "sql" for one in block.split(";") if one.strip()]
TYPED = sorted({match for kind, block in BLOCKS if not kind for match in re.findall(r"\bproli ([a-z][a-z-]+)", block)})


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda said: " ".join(said.split())[:40])
def test_every_statement_is_one_that_the_database_understands(statement: str, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(f"EXPLAIN {statement}".encode())


def test_every_command_is_one_that_there_is() -> None:
    assert len(TYPED) > 5
    assert set(TYPED) <= set(COMMANDS) | {"proli"}


def test_every_setting_is_one_that_there_is() -> None:
    named = set(re.findall(r"\bPROLI_[A-Z_]+[A-Z]\b", PAGE))
    assert len(named) > 15
    assert {name for name in named if name not in known_names()} <= {"PROLI_BUDGET"}


def test_every_block_of_commands_is_whole() -> None:
    for kind, block in BLOCKS:
        if not kind:
            shlex.split(block, comments=True)


def test_the_link_to_a_section_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    }
    for file in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for anchor in re.findall(r"operations\.md#([\w-]+)", file.read_text("utf-8")):
            assert anchor in headings, (file.name, anchor)


def test_what_makes_a_key_by_hand_makes_one_that_is_taken() -> None:
    (said,) = re.findall(r"the key \(`([^`]+)`\)", PAGE)
    key = subprocess.run(("sh", "-c", said), check=True, capture_output=True, text=True).stdout.strip()
    program = "import sys; from proli.platform.security import Vault; Vault(sys.argv[1])"
    subprocess.run((sys.executable, "-c", program, key), check=True)
