"""Which figure of a plan is asked for, by words or by a cell; what is not one figure is refused."""

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from cfbudget.cli.which_plan import fail, plan_folder
from cfbudget.grammar import listed
from cfbudget.problem import printable

if TYPE_CHECKING:
    from cfbudget.explanations.explained_plan import ExplainedPlan
    from cfbudget.explanations.figures import KnownFigure

CELL = re.compile(r"'?(?P<sheet>[^!']+)'?!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[0-9]{1,7})")
MOST = 12
"""How many figures a message lists."""


def figure_words(ctx: typer.Context, incomplete: str) -> list[str]:
    """The words that figures of the plan are found by, for shell completion."""
    from cfbudget.explanations.explained_plan import ExplainedPlan
    from cfbudget.loaded import load_folder

    plan = load_folder(plan_folder(ctx.params.get("data"))).plan
    if plan is None:
        return []
    figures = ExplainedPlan(plan, ()).figures.values()
    words = (word for figure in figures for word in figure.id.pasted.split())
    return sorted({word for word in words if word.startswith(incomplete)})


def asked_figure(
    plan: "ExplainedPlan", what: Sequence[str], besides: Sequence[str] = ()
) -> "KnownFigure":
    """The one figure that is meant; none, or more than one, ends the command with 2.

    Args:
        besides: the options that what is pasted needs too, such as --data DIR.
    """
    asked = " ".join(what).strip()
    if not asked:
        raise typer.BadParameter("it names no figure", param_hint="'WHAT'")
    if cell := CELL.fullmatch(asked):
        return _at(plan, f"{cell['sheet']}!{cell['column'].upper()}{int(cell['row'])}")
    from cfbudget.explanations.search import sought

    found = sought(plan, what)
    if len(found.figures) == 1:
        return found.figures[0]
    if found.figures:
        count = len(found.figures)
        ended = fail(f"{asked!r} may be any of {count:,} figures: name one of them")
        for line in _listed(found.figures, besides):
            typer.echo(f"   {line}", err=True)
        raise ended
    from cfbudget.tables.plan_tables import lacking

    for table in lacking(plan.plan):
        if table in asked.lower().split():
            raise fail(f"the plan in {plan.plan.folder} has no {table} table")
    if found.years:
        raise fail(
            f"no figure of that year has all of this in its name: {asked!r}",
            f"there are figures of {listed(found.years)}",
        )
    near = f"did you mean {found.nearest!r}? " if found.nearest else ""
    raise fail(
        f"no figure of the plan has all of this in its name: {asked!r}",
        f"{near}a figure has a measure, a row and a year, as in: net education 2026-27",
    )


def _at(plan: "ExplainedPlan", cell: str) -> "KnownFigure":
    for figure in plan.shown_in(cell):
        return figure
    raise fail(
        f"no figure of the plan's tables stands in {cell} of the workbook that it exports",
        "for a workbook whose rows were moved give it: --workbook FILE.xlsx",
    )


def _listed(figures: "Sequence[KnownFigure]", besides: Sequence[str]) -> "Iterator[str]":
    """Each with what finds it, to be pasted."""
    for one in figures[:MOST]:
        command = " ".join(["cfbudget explain", one.id.pasted, *map(shlex.quote, besides)])
        yield printable(f"{one.title}, {one.shown.text}: {command}")
    if len(figures) > MOST:
        yield f"and {len(figures) - MOST:,} more: say its year, its measure or more of its name"
