"""Imports point one way, from the command line down to money, years and problems."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.kit.support import ROOT

SOURCE = ROOT / "src" / "cfbudget"

# What stands lower may be imported by what stands higher; never the other way round.
LAYERS = (
    ("problem",),
    ("rules", "years", "grammar"),
    ("money", "ids", "nodes", "addresses", "written_files", "stores"),
    ("shares",),
    ("plan",),
    ("calculate",),
    ("checks", "read"),
    ("condensed",),
    ("loaded",),
    ("scenario",),
    ("new_plan",),
    ("layout",),
    ("tables",),
    ("charts",),
    ("workbook",),
    ("edited",),
    ("template",),
    ("explanations",),
    ("render", "reports"),
    ("many",),
    ("casting",),
    ("imports",),
    ("cli",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
# The rooms of a house open one way too.
HOUSES = {
    "scenario": (("written",), ("changes",), ("solve",), ("public",)),
    "workbook": (("book",), ("sheets",), ("returned",)),
    "many": (
        ("plan_check", "found_plans", "addable", "local_pool", "scheduler"),
        ("revenue_outturn", "partitions"),
        ("heading_map",),
        ("mapped_services",),
        ("plan_task",),
        ("plan_work", "consolidated", "cluster"),
        ("cluster_plans",),
        ("totals_tables", "totals_records", "records_grid"),
        ("page", "check_page"),
    ),
    "casting": (
        ("stored_cells",),
        ("results", "read", "table"),
        ("search",),
        ("proof",),
        ("casting",),
        ("public", "report"),
        ("book",),
    ),
}
ROOMS = {
    house: {name: level for level, names in enumerate(rooms) for name in names}
    for house, rooms in HOUSES.items()
}
CASTS = {"__init__.py", "cli/cast.py", "cli/import_table.py", "cli/printed_source.py"}
"""The façade and the commands: nobody else knows how a printed table is cast, but import."""
ENTRANCES = frozenset({"__init__", "__main__"})


def imported(code: str, within: str = "") -> Iterator[str]:
    """The parts of cfbudget that a module imports, wherever in it the import stands.

    Args:
        within: a package of cfbudget, for the parts of that alone.
    """
    home = ".".join(filter(None, ("cfbudget", within)))
    for node in ast.walk(ast.parse(code)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name.startswith(f"{home}."):
                yield name.removeprefix(f"{home}.").split(".")[0]
        if isinstance(node, ast.ImportFrom) and node.module == home:
            yield from (alias.name for alias in node.names)


def wrong_way(
    part: str, code: str, level: Mapping[str, int] = LEVEL, within: str = ""
) -> list[str]:
    """The imports that point from a part of the program to one above it, or beside it.

    Args:
        level: how high the parts stand.
        within: the package that they are parts of, where it is not the whole program.
    """
    return [
        other
        for other in imported(code, within)
        if other != part and level.get(other, len(level)) >= level[part]
    ]


MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if path.stem not in ENTRANCES]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    part = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    assert part in LEVEL, f"{part} has no layer"
    assert wrong_way(part, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.relative_to(SOURCE).parts[0] in HOUSES],
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_the_rooms_of_a_house_open_one_way(path: Path) -> None:
    house, room, *_ = path.relative_to(SOURCE).parts
    room = room.removesuffix(".py")
    assert room in ROOMS[house], f"{room} has no place in {house}"
    assert wrong_way(room, path.read_text(encoding="utf-8"), ROOMS[house], house) == []


def test_only_the_facade_its_commands_and_import_know_casting() -> None:
    knowing = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] not in ("casting", "imports")
        and "casting" in imported(path.read_text(encoding="utf-8"))
    }
    assert knowing == CASTS


@pytest.mark.parametrize(
    ("part", "code", "found"),
    [
        ("plan", "from cfbudget.cli.app import main", ["cli"]),
        ("calculate", "def late():\n    import cfbudget.render.grid_text", ["render"]),
        ("read", "from cfbudget import checks", ["checks"]),
        ("tables", "from cfbudget.money import Unit", []),
    ],
)
def test_the_guard_can_fail(part: str, code: str, found: list[str]) -> None:
    assert wrong_way(part, code) == found


def test_the_guard_of_a_house_can_fail() -> None:
    code = "from cfbudget.casting.report import page\nfrom cfbudget.money import Unit"
    assert wrong_way("search", code, ROOMS["casting"], "casting") == ["report"]
    assert wrong_way("book", code, ROOMS["casting"], "casting") == []


def test_only_the_edge_imports_what_is_heavy() -> None:
    heavy = {
        "pandas",
        "numpy",
        "openpyxl",
        "pyarrow",
        "pypdfium2",
        "xlsxwriter",
        "altair",
        "vl_convert",
        "fsspec",
        "distributed",
    }
    importing = {
        path.relative_to(SOURCE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and heavy & set(_packages(node))
    }
    # layout/table.py names pandas for type checkers alone.
    assert importing == {
        "casting/read/pdf_letters.py",
        "read/parquet_table.py",
        "read/whole_cells.py",
        "render/chart_layers.py",
        "render/chart_picture.py",
        "render/chart_scale.py",
        "render/chart_vega.py",
        "render/parquet.py",
        "stores.py",
        "template/workbook.py",
        "workbook/book/xlsx.py",
        "workbook/book/xlsx_again.py",
        "workbook/book/xlsx_rows.py",
        "layout/table.py",
        "many/cluster.py",
        "many/scheduler.py",
    }


def _packages(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = (
        [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
    )
    return [name.split(".")[0] for name in names]
