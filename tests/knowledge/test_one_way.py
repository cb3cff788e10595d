"""Knowledge is read from words to sentences: no module needs one that needs it."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

from proli import knowledge

FOLDER = Path(knowledge.__file__).parent


def imported(source: Path) -> set[str]:
    """Every module of knowledge that a module imports, wherever in it the import stands."""
    found = ast.walk(ast.parse(source.read_text(encoding="utf-8")))
    names = {one.module for one in found if isinstance(one, ast.ImportFrom) and one.module}
    return {name for name in names if name.startswith(knowledge.__name__)}


def test_no_module_of_knowledge_needs_one_that_needs_it() -> None:
    modules = {
        ".".join((knowledge.__name__, *source.relative_to(FOLDER).with_suffix("").parts)): imported(source)
        for source in FOLDER.rglob("*.py")
    }
    assert len(list(TopologicalSorter(modules).static_order())) >= len(modules)
