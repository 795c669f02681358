"""Steps from level to level as the bars of a waterfall, proved to land before they are shown."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.calculate.steps_landed import land
from cfbudget.charts.bars import lacking_note, said_figure
from cfbudget.layout.chart import Chart, ChartBar, ChartGroup, ChartPiece, ChartSeries
from cfbudget.layout.chart_axis import axis_of
from cfbudget.layout.grid import Emphasis, Grid, GridRow, ShownFigure
from cfbudget.layout.palette import LEVEL, LOWERS, RAISES
from cfbudget.money import Unit, rounded

LEVELS, RAISING, LOWERING = "level", "raises", "lowers"
SERIES = (
    ChartSeries(LEVELS, "Net budget", LEVEL),
    ChartSeries(RAISING, "Raises it", RAISES),
    ChartSeries(LOWERING, "Lowers it", LOWERS),
)


class ChartStep(NamedTuple):
    """A level, or what takes it towards the next one."""

    id: str
    label: str
    figure: ShownFigure
    is_level: bool = False


class Waterfall(NamedTuple):
    """What a waterfall shows besides its steps."""

    title: str
    """Without its unit."""
    sign: str
    unit: Unit
    places: int


def waterfall(made: Waterfall, steps: Sequence[ChartStep]) -> Chart:
    """Steps as bars, each beginning where the one before it ended.

    Args:
        steps: the first of them is a level, and so is the last.

    Raises:
        Astray: the steps do not come to the next level: a fault of ours.
    """
    levels = _reached(steps)
    axis = axis_of(levels, made.unit)
    begins = int(axis.minimum * made.unit.pence) if axis.minimum else 0
    bars = tuple(_bars(steps, levels))
    used = {piece.series for bar in bars for piece in bar.pieces}
    return Chart(
        name="bridge",
        title=f"{made.title}, {made.unit.name}",
        sign=f"{made.sign}{axis.words}",
        unit=made.unit,
        places=made.places,
        series=tuple(series for series in SERIES if series.id in used),
        groups=(ChartGroup("steps", "", bars),),
        description=tuple(_said(steps)),
        grid=_grid(made, steps, levels),
        notes=lacking_note(step.figure for step in steps),
        begins=begins,
    )


def _reached(steps: Sequence[ChartStep]) -> list[int]:
    """Where each step ends, in pence; those before a level are proved to come to it."""
    reached: list[int] = []
    for step in steps:
        if not reached:
            reached.append(step.figure.pence)
        elif step.is_level:
            land(f"the bridge to {step.label}", reached[-1], step.figure.pence)
            reached.append(step.figure.pence)
        else:
            reached.append(reached[-1] + step.figure.pence)
    return reached


def _bars(steps: Sequence[ChartStep], levels: Sequence[int]) -> Iterator[ChartBar]:
    before = 0
    for step, level in zip(steps, levels, strict=True):
        start = 0 if step.is_level else before
        series = LEVELS if step.is_level else RAISING if level > before else LOWERING
        piece = ChartPiece(series, start, level, step.figure)
        yield ChartBar(step.id, step.label, (piece,) if start != level else (), step.figure)
        before = level


def _grid(made: Waterfall, steps: Sequence[ChartStep], levels: Sequence[int]) -> Grid:
    """Each step with what it moves, and where the net budget stands after it."""
    rows = []
    for step, level in zip(steps, levels, strict=True):
        reached = ShownFigure(level, made.unit, made.places, lacks=step.figure.lacks)
        moves = "" if step.is_level else step.figure
        style: Emphasis = "bold" if step.is_level else ""
        rows.append(GridRow(step.label, [moves, reached], style, 0 if step.is_level else 1))
    return Grid((made.unit.name, "Moves it by", "Reaches"), rows)


def _said(steps: Sequence[ChartStep]) -> Iterator[str]:
    """A sentence for each stretch between two levels."""
    moves: list[str] = []
    before: ChartStep | None = None
    for step in steps:
        if not step.is_level:
            moves.append(f"{step.label} {said_figure(step.figure)}")
            continue
        if before is not None:
            yield f"{_ends(before, step)}: {'; '.join(moves) or 'nothing moves it'}."
        before, moves = step, []
    if before is not None and before is steps[0]:
        yield f"{before.label}: {said_figure(before.figure)}."


def _ends(before: ChartStep, now: ChartStep) -> str:
    then, there = (
        rounded(step.figure.pence, step.figure.unit, step.figure.places) for step in (before, now)
    )
    way = "rises" if there > then else "falls" if there < then else "goes"
    figures = said_figure(before.figure), said_figure(now.figure)
    return f"From {before.label} to {now.label} it {way} from {figures[0]} to {figures[1]}"
