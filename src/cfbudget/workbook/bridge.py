"""The bridge: what takes the net budget from one year to the next."""

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.options import GROUPS, group_row
from cfbudget.calculate.position import opening_years
from cfbudget.money import printed
from cfbudget.plan.plan import Plan
from cfbudget.tables.table import Table
from cfbudget.workbook.book import Chart, Series, Sheet, Style
from cfbudget.workbook.cells import At
from cfbudget.workbook.chart_data import ChartFigure, ChartLine, put_figures
from cfbudget.workbook.expressions import NIL, Between, Expression, Fixed, Is, Sum, When
from cfbudget.workbook.links import Rates
from cfbudget.workbook.statements import LABEL, Ledger
from cfbudget.years import FinancialYear


class _Step(NamedTuple):
    """A part of the bridge: a year's net budget, or what moves it towards the next."""

    id: str
    label: str
    figure: ChartFigure
    is_level: bool = False


class Bridge:
    """The steps from each year's net budget to the next one's."""

    def __init__(
        self, plan: Plan, position: Table, options: Table, ledger: Ledger, rates: Rates
    ) -> None:
        self.plan, self.position, self.options = plan, position, options
        self.ledger, self.rates = ledger, rates

    def steps(self) -> list[_Step]:
        kept = opening_years(self.plan)
        found: list[_Step] = []
        before: FinancialYear | None = None
        for year in kept:
            key = Key(TOTAL, "net_budget", year)
            if (
                key not in self.position.cells
                or Key(TOTAL, "change", year) not in self.position.cells
            ):
                return []
            if before is not None:
                found += self._movements(year, (kept[before], kept[year]))
            figure = ChartFigure(self._at(key), self.position.cells[key].pence)
            found.append(_Step(f"net-budget/{year}", f"Net budget {year}", figure, is_level=True))
            before = year
        return found

    def _at(self, key: Key) -> At:
        return self.ledger.places["position", key]

    def _movements(
        self, year: FinancialYear, kept: tuple[FinancialYear | None, FinancialYear | None]
    ) -> Iterator[_Step]:
        for kind, label in (("saving", "Savings"), ("investment", "Investment")):
            rows = [group_row(TOTAL, group) for group in GROUPS if group[0] == kind]
            keys = [Key(row, "change", year) for row in rows]
            keys = [key for key in keys if key in self.options.cells]
            if keys:
                pence = sum(self.options.cells[key].pence for key in keys)
                added = Sum(tuple(self.ledger.places["options", key] for key in keys))
                rate = self.rates.cells.get(self.options.unit.name)
                whole: Expression = Between(added, "*", Fixed(rate)) if rate else added
                yield _Step(f"{kind}/{year}", f"{label} {year}", ChartFigure(whole, pence))
        reversals = [
            Key(row.id, "change", year)
            for row in self.position.rows
            if row.role == "line" and row.id.endswith("/reversals")
        ]
        if reversals:
            pence = sum(self.position.cells[key].pence for key in reversals)
            added = Sum(tuple(self._at(key) for key in reversals))
            yield _Step(f"reversals/{year}", f"Reversals {year}", ChartFigure(added, pence))
        if kept[0] != kept[1]:
            key = Key(TOTAL, "other_movements", year)
            moved = ChartFigure(self._at(key), self.position.cells[key].pence)
            yield _Step(f"other/{year}", f"Other movements {year}", moved)


def draw_bridge(sheet: Sheet, row: int, bridge: Bridge) -> None:
    steps = bridge.steps()
    levels = _levels(steps)
    if len([step for step in steps if step.is_level]) < 2:
        return
    caption = "The bridge: what takes the net budget from one year to the next"
    header = row + 1
    lines = [
        _bridge_line(sheet.name, header + 1 + at, step, levels[at], levels[at - 1] if at else 0)
        for at, step in enumerate(steps)
    ]
    headings = ["Moves by", "Reaches", "Stands on", "Net budget", "Rise", "Fall"]
    table = bridge.position
    header = put_figures(sheet, row, caption, table, headings, lines)
    last = header + len(steps)
    if min(levels) < 0:
        note = "No picture: the net budget falls below nil on the way."
        sheet.put(last + 2, LABEL, note, Style("fact"))
        return
    minimum = _axis_start(levels)
    begins = ""
    if minimum:
        begins = f"; the axis begins at {printed(int(minimum), table.unit, 0)}"
    colours = ((5, None), (6, "#332288"), (7, "#CC6677"), (8, "#44AA99"))
    unit = table.unit
    sheet.charts.append(
        Chart(
            title=f"What takes the net budget from year to year, {unit.name}{begins}",
            description="Columns from one year's net budget to the next: savings lower it, "
            "investment raises it. The figures stand above.",
            kind="stacked",
            categories=(At(sheet.name, header + 1, LABEL), At(sheet.name, last, LABEL)),
            series=tuple(
                Series(
                    At(sheet.name, header, column - 1),
                    At(sheet.name, header + 1, column - 1),
                    At(sheet.name, last, column - 1),
                    colour,
                )
                for column, colour in colours
            ),
            axis=unit.name,
            at=At(sheet.name, last + 2, LABEL),
            minimum=minimum and minimum / unit.pence,
        )
    )


def _levels(steps: list[_Step]) -> list[int]:
    """Where the net budget stands after each step, in pence."""
    levels: list[int] = []
    for step in steps:
        levels.append(step.figure.pence if step.is_level else levels[-1] + step.figure.pence)
    return levels


def _bridge_line(sheet: str, row: int, step: _Step, level: int, before: int) -> ChartLine:
    """Change, level, and the parts of a stacked column: what lifts, and what is seen."""
    moves, reaches = At(sheet, row, 2), At(sheet, row, 3)
    earlier = At(sheet, row - 1, 3)
    nil = ChartFigure(NIL, 0)
    if step.is_level:
        reached = ChartFigure(step.figure.expression, level)
        shown = ChartFigure(reaches, level)
        return ChartLine(step.id, step.label, [None, reached, nil, shown, nil, nil])
    pence = step.figure.pence
    falls = Is(moves, "<=", NIL)
    return ChartLine(
        step.id,
        step.label,
        [
            step.figure,
            ChartFigure(Between(earlier, "+", moves), level),
            ChartFigure(When(falls, reaches, earlier), min(level, before)),
            nil,
            ChartFigure(When(falls, NIL, moves), max(pence, 0)),
            ChartFigure(When(falls, Between(NIL, "-", moves), NIL), max(-pence, 0)),
        ],
    )


def _axis_start(levels: list[int]) -> Decimal | None:
    """Where an axis on which small steps can be seen begins, in pence; None for nil."""
    low, high = Decimal(min(levels)), Decimal(max(levels))
    if high == low or low < high / 2:
        return None
    step = Decimal(1).scaleb((high - low).adjusted())
    start = ((low - (high - low) / 2) / step).to_integral_value(ROUND_FLOOR) * step
    return max(start, Decimal(0)) or None
