"""What each change of a scenario does to one figure: the figure after it less the figure before."""

from collections.abc import Iterator
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.steps_landed import land
from cfbudget.explanations.amount_words import size_of
from cfbudget.explanations.figures import FigureId, KnownFigure
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.money import needed_places
from cfbudget.plan.plan import Plan
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.changes.operators import Change
from cfbudget.scenario.changes.trial_plan import plan_of
from cfbudget.scenario.changes.working_copy import WorkingCopy
from cfbudget.tables.plan_tables import plan_tables


class Step(NamedTuple):
    """A change, and what it does to the figure; plus is more of it."""

    change: Change
    pence: int


def steps_to(applied: Applied, figure: FigureId) -> tuple[Step, ...]:
    """The changes that move a figure, in the order in which they are made.

    Raises:
        Astray: they do not come to the difference; a fault of ours.
    """
    amounts = [_amount(plan, figure) for plan in _plans(applied)]
    each = (after - before for before, after in pairwise(amounts))
    steps = tuple(map(Step, applied.changes, each))
    difference = _amount(applied.plan, figure) - _amount(applied.baseline, figure)
    land(figure.pasted, sum(step.pence for step in steps), difference)
    return tuple(step for step in steps if step.pence)


def changed_table(
    applied: Applied, scenario: str, figure: KnownFigure, before: KnownFigure | None
) -> Table:
    """The steps from the baseline's figure to the scenario's as a table."""
    steps = steps_to(applied, figure.id)
    was, now = before.pence if before else 0, figure.pence
    places = needed_places(figure.unit, was, now, *(step.pence for step in steps))
    places = max(figure.places, places)
    column = Column("amount", None, "Amount")
    lines = {f"change-{at}": step for at, step in enumerate(steps, start=1)}
    cells = {Key(row, "amount"): Cell(step.pence, is_input=True) for row, step in lines.items()}
    cells[Key("baseline", "amount")] = Cell(was, is_input=True)
    cells[Key(TOTAL, "amount")] = Cell(now)
    return Table(
        name="explain",
        title=f"What {scenario} does to it",
        sign="plus is more of it",
        facts=(),
        unit=figure.unit,
        step=max(1, figure.unit.pence // 10**places),
        rows=(
            Row("baseline", "In the baseline", "line"),
            *(
                Row(row, step.change.words, "line", 1, place=step.change.place)
                for row, step in lines.items()
            ),
            Row(TOTAL, "With the scenario", "total", sums=("baseline", *lines)),
        ),
        panels=(Panel("", (column,)),),
        cells=MappingProxyType(cells),
    )


def moved_words(scenario: str, figure: KnownFigure, before: KnownFigure | None) -> str:
    """By how much a scenario makes a figure more or less, from the sign of the difference."""
    was = before.pence if before else 0
    moved = figure.pence - was
    if not moved:
        return f"{scenario} leaves it as it is in the baseline."
    size, more = size_of(moved, figure.unit), "more" if moved > 0 else "less"
    return f"With {scenario} it is {size} {more} than in the baseline; plus is more of it."


def _plans(applied: Applied) -> Iterator[Plan]:
    """The plan as it stands before the first change, and after each."""
    trial = WorkingCopy(applied.baseline)
    yield applied.baseline
    for change in applied.changes:
        trial.make(change.operation)
        yield plan_of(trial)


def _amount(plan: Plan, figure: FigureId) -> int:
    """What a figure comes to in a plan; nil where it does not have it."""
    for table in plan_tables(plan, (figure.table,)):
        if found := table.cells.get(figure.key):
            return found.pence
    return 0
