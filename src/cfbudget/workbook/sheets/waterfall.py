"""The bridge as a picture: a stacked column for each step, with the formulas that it is drawn from.

Where the net budget falls below nil, what a column stands on and what is seen of it are split at
nil: a stack grows upwards from nil with what is plus, and downwards with what is minus.
"""

from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from cfbudget.money import printed
from cfbudget.plan.kinds import what_moves
from cfbudget.workbook.book.book import Chart, Series, Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import NIL, Between, Is, When
from cfbudget.workbook.sheets.chart_data import ChartFigure, ChartLine, put_figures
from cfbudget.workbook.sheets.statements import LABEL
from cfbudget.workbook.sheets.year_bridge import BridgeStep, YearBridge

MOVES, REACHES = LABEL + 1, LABEL + 2
NOTHING = ChartFigure(NIL, 0)
LEVEL, RISE, FALL = "#332288", "#CC6677", "#44AA99"


class _Layout(NamedTuple):
    """The columns beside the picture, and which of them it is drawn from, by their colour."""

    headings: tuple[str, ...]
    series: dict[str, str | None]
    """None for what only lifts what stands on it."""
    line: Callable[[At, BridgeStep, int, int], ChartLine]
    """A step's line: its first cell, the step, and the net budget before and after it."""


def draw_bridge(sheet: Sheet, row: int, bridge: YearBridge) -> None:
    """The steps from row `row` on, and the picture below them; nothing with one level alone."""
    steps = bridge.steps()
    if len([step for step in steps if step.is_level]) < 2:
        return
    levels = _levels(steps)
    layout = SPLIT if min(levels) < 0 else WHOLE
    first = row + 2
    lines = [
        layout.line(
            At(sheet.name, first + at, MOVES), step, levels[at - 1] if at else 0, levels[at]
        )
        for at, step in enumerate(steps)
    ]
    caption = "The bridge: what takes the net budget from one year to the next"
    header = put_figures(sheet, row, caption, bridge.position, list(layout.headings), lines)
    sheet.landings += [
        (At(sheet.name, at - 1, REACHES), At(sheet.name, at, REACHES))
        for at, step in enumerate(steps[1:], start=first + 1)
        if step.is_level
    ]
    sheet.charts.append(_picture(sheet, header, bridge, levels, layout))


def _levels(steps: list[BridgeStep]) -> list[int]:
    """Where the net budget stands after each step, in pence."""
    levels: list[int] = []
    for step in steps:
        levels.append(step.figure.pence if step.is_level else levels[-1] + step.figure.pence)
    return levels


def _picture(
    sheet: Sheet, header: int, bridge: YearBridge, levels: list[int], layout: _Layout
) -> Chart:
    unit, last = bridge.position.unit, header + len(levels)
    minimum = axis_start(levels)
    begins = ""
    if minimum:
        begins = f"; the axis begins at {printed(int(minimum), unit, 0)}"
    columns = {heading: at for at, heading in enumerate(layout.headings, start=MOVES)}
    return Chart(
        title=f"What takes the net budget from year to year, {unit.name}{begins}",
        description=f"Columns from one year's net budget to the next: {what_moves()}. "
        "The figures stand above.",
        kind="stacked",
        categories=(At(sheet.name, header + 1, LABEL), At(sheet.name, last, LABEL)),
        series=tuple(
            Series(
                At(sheet.name, header, columns[heading]),
                At(sheet.name, header + 1, columns[heading]),
                At(sheet.name, last, columns[heading]),
                colour,
                is_named=colour is not None and heading not in BELOW,
            )
            for heading, colour in layout.series.items()
        ),
        axis=unit.name,
        at=At(sheet.name, last + 2, LABEL),
        minimum=minimum and minimum / unit.pence,
    )


def axis_start(levels: list[int]) -> Decimal | None:
    """Where an axis on which small steps can be seen begins, in pence; None for nil."""
    low, high = Decimal(min(levels)), Decimal(max(levels))
    if low < 0 or high == low or low < high / 2:
        return None
    step = Decimal(1).scaleb((high - low).adjusted())
    start = ((low - (high - low) / 2) / step).to_integral_value(ROUND_FLOOR) * step
    return max(start, Decimal(0)) or None


# -- above nil ------------------------------------------------------------------------------


def _whole(moves: At, step: BridgeStep, before: int, level: int) -> ChartLine:
    """Change, level, and the parts of a stacked column: what lifts, and what is seen."""
    reaches, earlier = _ends(moves)
    if step.is_level:
        return _level(reaches, step, level, (NOTHING,), (NOTHING, NOTHING))
    pence, falls = level - before, Is(moves, "<=", NIL)
    return ChartLine(
        step.id,
        step.label,
        [
            step.figure,
            ChartFigure(Between(earlier, "+", moves), level),
            ChartFigure(When(falls, reaches, earlier), min(level, before)),
            NOTHING,
            ChartFigure(When(falls, NIL, moves), max(pence, 0)),
            ChartFigure(When(falls, Between(NIL, "-", moves), NIL), max(-pence, 0)),
        ],
    )


def _ends(moves: At) -> tuple[At, At]:
    """Where a step's level and the one before it stand."""
    reaches = moves._replace(column=REACHES)
    return reaches, reaches._replace(row=moves.row - 1)


def _level(
    reaches: At,
    step: BridgeStep,
    level: int,
    left: tuple[ChartFigure | None, ...],
    right: tuple[ChartFigure | None, ...],
) -> ChartLine:
    """A year's net budget, with what stands to the left and right of what is seen of it."""
    reached, seen = ChartFigure(step.figure.expression, level), ChartFigure(reaches, level)
    return ChartLine(step.id, step.label, [None, reached, *left, seen, *right])


# -- above and below nil --------------------------------------------------------------------


def _split(moves: At, step: BridgeStep, before: int, level: int) -> ChartLine:
    """Change, level, the step's lower and upper end, and the parts of two stacks."""
    reaches, earlier = _ends(moves)
    if step.is_level:
        return _level(reaches, step, level, (None, None, NOTHING), (NOTHING,) * 5)
    low, high, lifts, sinks = (moves._replace(column=MOVES + at) for at in (2, 3, 4, 8))
    (least, most), falls = sorted((before, level)), Is(moves, "<=", NIL)
    lifted, sunk = max(least, 0), min(most, 0)
    above = ChartFigure(Between(_plus(high), "-", lifts), max(most, 0) - lifted)
    below = ChartFigure(Between(_minus(low), "-", sinks), min(least, 0) - sunk)
    return ChartLine(
        step.id,
        step.label,
        [
            step.figure,
            ChartFigure(Between(earlier, "+", moves), level),
            ChartFigure(When(falls, reaches, earlier), least),
            ChartFigure(When(falls, earlier, reaches), most),
            ChartFigure(_plus(low), lifted),
            NOTHING,
            *_rise_and_fall(falls, above, rises=level > before),
            ChartFigure(_minus(high), sunk),
            *_rise_and_fall(falls, below, rises=level > before),
        ],
    )


def _rise_and_fall(falls: Is, seen: ChartFigure, *, rises: bool) -> tuple[ChartFigure, ChartFigure]:
    """What is seen of a step as a rise or as a fall, and nil as the other."""
    rise, fall = When(falls, NIL, seen.expression), When(falls, seen.expression, NIL)
    return (
        ChartFigure(rise, seen.pence if rises else 0),
        ChartFigure(fall, 0 if rises else seen.pence),
    )


def _plus(at: At) -> When:
    """What of a figure is above nil."""
    return When(Is(at, "<=", NIL), NIL, at)


def _minus(at: At) -> When:
    """What of a figure is below nil."""
    return When(Is(at, "<=", NIL), at, NIL)


BELOW = ("Stands below", "Rise below nil", "Fall below nil")
WHOLE = _Layout(
    ("Moves by", "Reaches", "Stands on", "Net budget", "Rise", "Fall"),
    {"Stands on": None, "Net budget": LEVEL, "Rise": RISE, "Fall": FALL},
    _whole,
)
SPLIT = _Layout(
    (
        *("Moves by", "Reaches", "Lower end", "Upper end"),
        *("Stands on", "Net budget", "Rise", "Fall"),
        *BELOW,
    ),
    {**WHOLE.series, "Stands below": None, "Rise below nil": RISE, "Fall below nil": FALL},
    _split,
)
