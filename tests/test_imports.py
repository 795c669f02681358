"""Imports point one way, from the command line down to money, years and problems."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

SOURCE = ROOT / "src" / "cfbudget"

# What stands lower may be imported by what stands higher; never the other way round.
LAYERS = (
    ("problem",),
    ("rules", "years"),
    ("money", "ids", "nodes", "addresses"),
    ("plan",),
    ("calculate", "casting"),
    ("checks", "read"),
    ("loading",),
    ("scenario",),
    ("tables",),
    ("workbook",),
    ("render",),
    ("cli",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
ENTRANCES = frozenset({"__init__", "__main__"})


def imported(code: str) -> Iterator[str]:
    """The parts of cfbudget that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(code)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            package, _, rest = name.partition(".")
            if package == "cfbudget" and rest:
                yield rest.split(".")[0]
        if isinstance(node, ast.ImportFrom) and node.module == "cfbudget":
            yield from (alias.name for alias in node.names)


def wrong_way(part: str, code: str) -> list[str]:
    """The imports that point from a part of the program to one above it, or beside it."""
    return [
        other
        for other in imported(code)
        if other != part and LEVEL.get(other, len(LAYERS)) >= LEVEL[part]
    ]


MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if path.stem not in ENTRANCES]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    part = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    assert part in LEVEL, f"{part} has no layer"
    assert wrong_way(part, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("part", "code", "found"),
    [
        ("plan", "from cfbudget.cli.app import main", ["cli"]),
        ("calculate", "def late():\n    import cfbudget.render.grid", ["render"]),
        ("read", "from cfbudget import checks", ["checks"]),
        ("tables", "from cfbudget.money import Unit", []),
    ],
)
def test_the_guard_can_fail(part: str, code: str, found: list[str]) -> None:
    assert wrong_way(part, code) == found


def test_only_the_edge_imports_what_is_heavy() -> None:
    heavy = {"pandas", "numpy", "openpyxl", "pyarrow", "xlsxwriter"}
    importing = {
        path.relative_to(SOURCE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and heavy & set(_packages(node))
    }
    # tables/table.py names pandas for type checkers alone.
    assert importing == {
        "read/spreadsheet.py",
        "render/parquet.py",
        "render/xlsx.py",
        "render/xlsx_cells.py",
        "tables/frame.py",
        "tables/table.py",
    }


def _packages(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = (
        [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
    )
    return [name.split(".")[0] for name in names]
