"""Printed tables imported by the command, and what the plans hold that come of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel
from typer.testing import CliRunner

import cfbudget
from cfbudget.cli.app import command_line
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, Stated, StatedByYear, StatedFigure, Word, YearWord

APART = {
    "place",
    "source",
    "accepted",
    "note",
    "exact",
    "funds",
    "invest_to_save",
    "contains_options_of",
}
"""What a printed table does not say, or says in other words."""


class Ran(NamedTuple):
    """An import as it ended."""

    status: int
    out: str
    err: str


def run_import(source: Path, kind: str, into: Path, *options: str) -> Ran:
    """A table imported; nothing is asked, as there is no terminal."""
    words = ["import", str(source), "--as", kind, "--into", str(into), *options]
    done = CliRunner().invoke(command_line("import"), words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def imports(source: Path, kind: str, into: Path, *options: str) -> str:
    """The proof of an import that comes to its end."""
    ran = run_import(source, kind, into, *options)
    assert ran.status == 0, ran.err + ran.out
    assert "Proved: " in ran.out
    return ran.out


def figures(plan: Plan) -> object:
    """All that a plan says of its tables, without the places, but for what a table cannot say."""
    files = (*plan.revenue, plan.capital, plan.options, plan.funding, plan.reserves)
    found = [_said(file) for file in files if file is not None]
    names = {one["id"]: one["name"] for one in _mappings(found) if {"id", "name"} <= set(one)}
    for one in _mappings(found):
        # A block that is called as its service need not say so, nor a total that is.
        if one.get("name") == names.get(str(one.get("service"))):
            one.pop("name", None)
        stated = one.get("stated")
        if isinstance(stated, dict) and stated.get("label") in (None, one.get("name")):
            stated.pop("label", None)
    return found


def same_plan(folder: Path, wanted: Path, *files: str) -> None:
    """Hold a folder's plan to another's, figure by figure.

    Args:
        files: those that are compared, where they are not all.
    """
    ours, theirs = (_files(cfbudget.load(one), files) for one in (folder, wanted))
    assert figures(ours) == figures(theirs)


def _files(plan: Plan, files: Sequence[str]) -> Plan:
    from dataclasses import replace

    if not files:
        return plan
    return replace(
        plan,
        revenue=plan.revenue if "revenue" in files else (),
        capital=plan.capital if "capital" in files else None,
        options=plan.options if "options" in files else None,
        funding=plan.funding if "funding" in files else None,
        reserves=plan.reserves if "reserves" in files else None,
    )


def _said(part: object) -> object:
    match part:
        case Figure() | StatedFigure():
            return part.pence
        case Word():
            return part.text
        case YearWord():
            return str(part.year)
        case Stated():
            figures = {str(key): _said(value) for key, value in part.figures.items()}
            return {"label": part.label, "net_budgets": _said(part.net_budgets), **figures}
        case StatedByYear():
            return {"label": part.label} | {str(k): _said(v) for k, v in part.figures.items()}
        case BaseModel():
            names = [name for name in type(part).model_fields if name not in APART]
            said = {name: _said(getattr(part, name)) for name in names}
            return {name: value for name, value in said.items() if value not in (None, {}, [])}
        case Mapping():
            # A change of nil is none.
            return {str(key): one for key, value in part.items() if (one := _said(value)) != 0}
        case tuple() if not hasattr(part, "_fields"):
            return [_said(one) for one in part]
    return part


def _mappings(part: object) -> list[dict[str, object]]:
    if isinstance(part, dict):
        return [part, *(one for value in part.values() for one in _mappings(value))]
    return [one for item in part for one in _mappings(item)] if isinstance(part, list) else []
