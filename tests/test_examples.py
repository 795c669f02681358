"""The plans in `examples/`: each is loaded, checked, exported, verified and modelled."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from cfbudget.cli.app import command_line
from tests.kit.support import ROOT

EXAMPLES = ROOT / "examples"


class Example(NamedTuple):
    """What an example shows, and a change to it that is right by hand."""

    differs: tuple[str, ...]
    """The stated figures that do not agree, as `LABEL: MEASURE YEAR`; with any, check exits 1."""
    change: str
    """As `model --set` takes it."""
    moved: tuple[str, str, str]
    """Of the plan's total in the position: a measure, a year, and by how much it moves."""


KNOWN = {
    "gateshead-2023": Example(
        differs=(),
        change="base-budget.net@2024-25=288.767",
        moved=("gap", "2024-25", "-0.1"),
    ),
    "ring-fenced": Example(
        differs=(),
        change="rent-rise@2025-26=-300",
        moved=("net_budget", "2026-27", "50"),
    ),
    "west-norfolk-2024": Example(
        differs=(
            "contribution-to-general-fund-balance/net",
            "total/gross",
            "total/income",
        ),
        change="legal-services.gross@2024-25=908620",
        moved=("net_budget", "2024-25", "100"),
    ),
}


def ran(*words: str, status: int = 0) -> str:
    """What a command prints; it ends as it should, and with no traceback."""
    done = CliRunner().invoke(command_line(), [*words])
    assert done.exit_code == status, (done.stdout, done.stderr, done.exception)
    return done.stdout


def test_every_example_is_known() -> None:
    folders = {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    assert folders == KNOWN.keys()
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in listed for name in folders)


@pytest.mark.parametrize("name", KNOWN)
def test_an_example_is_checked(name: str) -> None:
    differs = KNOWN[name].differs
    found = json.loads(
        ran("check", "--data", str(EXAMPLES / name), "-f", "json", status=1 if differs else 0)
    )
    compared = found["comparisons"]
    assert compared
    assert differs == tuple(
        f"{one['row']}/{one['measure']}" for one in compared if one["outcome"] == "differs"
    )
    errors = [one for one in found["problems"] if one["severity"] == "error"]
    assert len(errors) == len(differs)


@pytest.mark.parametrize("name", KNOWN)
def test_an_example_is_exported_and_verified(name: str, tmp_path: Path) -> None:
    folder, book = str(EXAMPLES / name), str(tmp_path / "book.xlsx")
    ran("export", book, "--data", folder)
    assert "The workbook is the plan: " in ran("verify", book, "--data", folder)


@pytest.mark.parametrize("name", KNOWN)
def test_an_example_is_modelled(name: str) -> None:
    measure, year, by = KNOWN[name].moved
    words = ("--data", str(EXAMPLES / name), "--set", KNOWN[name].change)
    (difference,) = (
        one["amount"]
        for one in json.loads(ran("model", *words, "-f", "json"))
        if (one["table"], one["row"]) == ("position", "total")
        and (one["measure"], one["year"]) == (measure, year)
        and one["scenario"] == "difference"
    )
    assert difference == by


@pytest.mark.parametrize("name", KNOWN)
def test_an_example_is_shown_in_every_table(name: str) -> None:
    assert "Total" in ran("totals", "--data", str(EXAMPLES / name))
