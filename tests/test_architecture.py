"""What docs/architecture.md says of the tree, the layers and the jobs is so."""

import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

from proli import wiring
from proli.platform.jobs import HANDLERS, PERIODICS, Event

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")


def table(header: str) -> list[list[str]]:
    """The rows below a header, each cell as it is written."""
    lines = PAGE.partition(f"{header}\n")[2].splitlines()[1:]
    rows = lines[: next(at for at, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def named(cell: str) -> list[str]:
    return re.findall(r"`([\w./]+)`", cell)


def test_the_table_of_events_names_each_event_with_who_hears_it_and_in_which_queue() -> None:
    wiring.load_handlers()
    told = {
        (event, handler, queue)
        for events, handlers, queues in table("| event | handler | queue |")
        for event in named(events)
        for handler in named(handlers)
        for queue in named(queues)
    }
    assert told == {
        (one.event.__name__, "notifications.jobs" if is_plain(one.name, one.key) else one.name, one.queue)
        for one in HANDLERS.values()
        if one.buries is None
    }


def is_plain(name: str, key: str | None) -> bool:
    """The many that tell somebody of one event each share a line."""
    return name.startswith("notifications.jobs.") and key is None


def test_every_event_is_heard_by_somebody() -> None:
    wiring.load_handlers()
    ours = {event for event in Event.__subclasses__() if event.__module__.startswith("proli.")}
    assert ours == {handler.event for handler in HANDLERS.values()}


def test_what_runs_by_the_clock_is_named() -> None:
    wiring.load_handlers()
    chapter = PAGE.partition("- **Periodic work.**")[2].partition("\n| event")[0]
    assert set(PERIODICS) <= set(named(chapter))


def test_the_layers_are_those_that_the_import_rules_hold() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["name"] == "Calls go down the layers")
    said = PAGE.partition("Each may import what stands to the right of it:\n\n")[2].partition("\n\n")[0]
    assert [set(named(layer)) for layer in said.split("→")] == [set(layer.split(" | ")) for layer in layers]


def test_the_tree_has_a_line_for_everything_in_the_package() -> None:
    folder = ROOT / "proli"
    there = {path.name for path in folder.iterdir() if (path / "__init__.py").is_file() or path.suffix == ".py"}
    told = {Path(name).name for first, _ in table("| folder | what it holds |") for name in named(first)}
    assert there - {"__init__.py"} <= told


def test_no_modules_import_each_other_in_a_circle_not_even_inside_a_folder_and_for_types_alone() -> None:
    graph = grimp.build_graph("proli", cache_dir=None)
    TopologicalSorter({one: graph.find_modules_directly_imported_by(one) for one in graph.modules}).prepare()


def test_every_file_can_be_read_in_one_sitting() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
               for path in (ROOT / "proli").rglob("*.py")}  # fmt: skip
    assert {name for name, lines in lengths.items() if lines > 300} <= STILL_LONG


STILL_LONG = {"proli/voice/live/talk.py"}
