"""The bridge as a picture: a stacked column for each step, with the formulas that it is drawn from.

What is seen of a step is split at nil: a stack grows upwards from nil with what is plus, and
downwards with what is minus. So one layout is right whatever is typed into the inputs.
"""

from cfbudget.layout.chart_axis import axis_of
from cfbudget.layout.palette import LEVEL_COLOUR, LOWERS_COLOUR, RAISES_COLOUR
from cfbudget.plan.kinds import what_moves
from cfbudget.workbook.book.book import Sheet, SheetChart, SheetSeries
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import NIL, Between, Extreme
from cfbudget.workbook.sheets.chart_data import ChartFigure, ChartLine, put_figures
from cfbudget.workbook.sheets.statements import LABEL
from cfbudget.workbook.sheets.year_bridge import BridgeStep, YearBridge

NOTHING = ChartFigure(NIL, 0)
DRAWN = {
    "Stands on": None,  # above or below nil, and never both
    "Net budget": LEVEL_COLOUR,
    "Rise": RAISES_COLOUR,
    "Fall": LOWERS_COLOUR,
    "Rise below nil": RAISES_COLOUR,
    "Fall below nil": LOWERS_COLOUR,
}
"""The columns that the picture is drawn from, and their colours; None for what only lifts."""
HEADINGS = ("Moves by", "Reaches", *DRAWN)
MOVES, REACHES = LABEL + 1, LABEL + 2
NAMED = ("Net budget", "Rise", "Fall")
"""What the legend names; below nil a rise and a fall have the same colours."""


def draw_bridge(sheet: Sheet, row: int, bridge: YearBridge) -> None:
    """The steps from row `row` on, and the picture below them; nothing with one level alone."""
    steps = bridge.steps()
    if len([step for step in steps if step.is_level]) < 2:
        return
    levels = _levels(steps)
    first = row + 2
    lines = []
    for at, step in enumerate(steps):
        reaches = At(sheet.name, first + at, REACHES)
        now = ChartFigure(reaches, levels[at])
        before = ChartFigure(reaches._replace(row=reaches.row - 1), levels[at - 1])
        moves = reaches._replace(column=MOVES)
        lines.append(_level(step, now) if step.is_level else _movement(step, moves, before, now))
    caption = "The bridge: what takes the net budget from one year to the next"
    header = put_figures(sheet, row, caption, bridge.position, list(HEADINGS), lines)
    sheet.landings += [
        (At(sheet.name, at - 1, REACHES), At(sheet.name, at, REACHES))
        for at, step in enumerate(steps[1:], start=first + 1)
        if step.is_level
    ]
    sheet.charts.append(_picture(sheet, header, bridge, levels))


def _levels(steps: list[BridgeStep]) -> list[int]:
    """Where the net budget stands after each step, in pence."""
    levels: list[int] = []
    for step in steps:
        levels.append(step.figure.pence if step.is_level else levels[-1] + step.figure.pence)
    return levels


def _picture(sheet: Sheet, header: int, bridge: YearBridge, levels: list[int]) -> SheetChart:
    unit, last = bridge.position.unit, header + len(levels)
    axis = axis_of(levels, unit)
    return SheetChart(
        title=f"What takes the net budget from year to year, {unit.name}{axis.words}",
        description=f"Columns from one year's net budget to the next: {what_moves(bridge.kinds)}. "
        "The figures stand above.",
        kind="stacked",
        categories=(At(sheet.name, header + 1, LABEL), At(sheet.name, last, LABEL)),
        series=tuple(
            SheetSeries(
                At(sheet.name, header, column),
                At(sheet.name, header + 1, column),
                At(sheet.name, last, column),
                DRAWN[heading],
                is_named=heading in NAMED,
            )
            for column, heading in enumerate(HEADINGS, start=LABEL + 1)
            if heading in DRAWN
        ),
        axis=unit.name,
        at=At(sheet.name, last + 2, LABEL),
        minimum=axis.minimum,
    )


def _level(step: BridgeStep, now: ChartFigure) -> ChartLine:
    """A year's net budget, which stands on nil."""
    reached = ChartFigure(step.figure.expression, now.pence)
    return ChartLine(step.id, step.label, [None, reached, NOTHING, now, *[NOTHING] * 4])


def _movement(step: BridgeStep, moves: At, before: ChartFigure, now: ChartFigure) -> ChartLine:
    """What a step moves, where it reaches, and the parts of its column."""
    above, below = _plus(_least(before, now)), _minus(_most(before, now))
    lifted = Between(above.expression, "+", below.expression)
    figures = [
        step.figure,
        ChartFigure(Between(before.expression, "+", moves), now.pence),
        ChartFigure(lifted, above.pence + below.pence),
        NOTHING,
        _plus(_less(_plus(now), _plus(before))),
        _plus(_less(_plus(before), _plus(now))),
        _minus(_less(_minus(before), _minus(now))),
        _minus(_less(_minus(now), _minus(before))),
    ]
    return ChartLine(step.id, step.label, [*figures])


def _most(one: ChartFigure, other: ChartFigure) -> ChartFigure:
    both = Extreme("MAX", one.expression, other.expression)
    return ChartFigure(both, max(one.pence, other.pence))


def _least(one: ChartFigure, other: ChartFigure) -> ChartFigure:
    both = Extreme("MIN", one.expression, other.expression)
    return ChartFigure(both, min(one.pence, other.pence))


def _less(one: ChartFigure, other: ChartFigure) -> ChartFigure:
    return ChartFigure(Between(one.expression, "-", other.expression), one.pence - other.pence)


def _plus(figure: ChartFigure) -> ChartFigure:
    """What of a figure is above nil."""
    return _most(figure, NOTHING)


def _minus(figure: ChartFigure) -> ChartFigure:
    """What of a figure is below nil."""
    return _least(figure, NOTHING)
