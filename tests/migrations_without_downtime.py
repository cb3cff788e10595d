"""`make check`: a revision does nothing that breaks the release before it, which still runs while the tables change.

First expand (new tables, columns that may be empty or have a default), then release what no longer uses the old, then
contract. A revision that contracts says `UNUSED_SINCE = "1.2.0"`: the release that stopped using what it takes away. It
must be older than the one being made, and where its tag is there, its models must not name what is taken away.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from proli import __version__

ROOT = Path(__file__).parents[1]
VERSIONS = ROOT / "migrations/versions"
BEFORE_THE_RULE = "0083_privacy"
"""Up to here workers are stopped for an update; what came before has been on every database since."""
TAKES_AWAY = {"drop_column", "drop_table", "rename_table"}
SQL = re.compile(
    r"\bDROP\s+(TABLE|COLUMN)\b|\bRENAME\s+(TO|COLUMN)\b|\bALTER\s+COLUMN\s+\S+\s+((SET\s+DATA\s+)?TYPE|SET\s+NOT\s+NULL)\b",
    re.IGNORECASE,
)


def takes_away(source: str) -> list[str]:
    """What `upgrade` does that a program of the release before could not stand."""
    tree = ast.parse(source)
    inside = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name != "downgrade"]
    return [found for function in inside for node in ast.walk(function) for found in of(node)]


def of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and (found := SQL.search(node.value)):
        yield found.group()
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    said, words = ast.unparse(node), {one.arg: one.value for one in node.keywords}
    match node.func.attr:
        case name if name in TAKES_AWAY:
            yield said
        case "alter_column":
            empty = words.get("nullable")
            forbids = isinstance(empty, ast.Constant) and empty.value is False
            if forbids or {"new_column_name", "type_"} & set(words):
                yield said
        case "add_column":
            if "nullable=False" in said and "server_default" not in said:
                yield said
        case _:
            pass


def names_in(taken: str) -> list[str]:
    """The tables and columns that a call names, as a model would."""
    return re.findall(r"'(\w+)'", taken)


def still_named(release: str, names: list[str]) -> list[str]:
    """Those that the models of the release name; nothing where its tag is not there to be asked."""
    tag = f"v{release}"
    if subprocess.run(
        ("git", "rev-parse", "-q", "--verify", tag), cwd=ROOT, capture_output=True, check=False
    ).returncode:
        return []
    asked = ("git", "grep", "-qw")
    where = (tag, "--", "proli/*models.py")
    return [name for name in names if not subprocess.run((*asked, name, *where), cwd=ROOT, check=False).returncode]


def problems_of(name: str, source: str) -> list[str]:
    taken = takes_away(source)
    if not taken:
        return []
    said = re.search(r'^UNUSED_SINCE = "(\d+(?:\.\d+)*)"$', source, re.MULTILINE)
    if said is None:
        return [f"{name}: {one}: say UNUSED_SINCE, the release that stopped using it" for one in taken]
    if parts(said[1]) >= parts(__version__):
        return [f"{name}: UNUSED_SINCE {said[1]} is not released before {__version__}"]
    columns = [column for one in taken for column in names_in(one)[-1:]]
    return [f"{name}: the models of {said[1]} still name {one}" for one in still_named(said[1], columns)]


def parts(version: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", version)]


def main() -> None:
    problems = [
        problem
        for path in sorted(VERSIONS.glob("*.py"))
        if path.stem > BEFORE_THE_RULE
        for problem in problems_of(path.stem, path.read_text("utf-8"))
    ]
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
