"""The Charts sheet: pictures of the plan, each beside the figures that it shows."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.options import GROUPS, group_row
from cfbudget.calculate.position import opening_years
from cfbudget.money import printed
from cfbudget.plan.plan import Plan
from cfbudget.tables.table import Column, Row, Table
from cfbudget.workbook.book import Block, Chart, Formula, Series, Sheet, Style, amount
from cfbudget.workbook.expressions import NIL, At, Between, Expression, Fixed, Is, Sum, When
from cfbudget.workbook.links import Rates
from cfbudget.workbook.statements import LABEL, Ledger, heading_style
from cfbudget.years import FinancialYear

MOST = 11
"""How many services a chart tells apart by colour; the rest stand together."""
MOST_SCHEMES = 24
HEIGHT = 21
"""How many rows of the sheet a chart covers."""
# Told apart by people who see colours differently (Paul Tol's muted scheme).
PALETTE = (
    "#332288",
    "#88CCEE",
    "#44AA99",
    "#DDCC77",
    "#CC6677",
    "#117733",
    "#999933",
    "#882255",
    "#AA4499",
    "#6699CC",
    "#661100",
    "#888888",
)
ID = 8
"""The column of ids: figures stand to the left of it."""


class _Figure(NamedTuple):
    """A formula, and what it comes to in pence."""

    expression: Expression
    pence: int


class _Line(NamedTuple):
    """A row beside a chart."""

    id: str
    label: str
    figures: list[_Figure | None]


def charts(
    sheet: Sheet, top: int, plan: Plan, tables: Sequence[Table], ledger: Ledger, rates: Rates
) -> None:
    """Put the charts that the plan has figures for on the sheet, from row `top` on."""
    named = {table.name: table for table in tables}
    row = top
    if position := named.get("position"):
        row = _net_budget(sheet, row, position, ledger)
    if capital := named.get("capital"):
        row = _capital(sheet, row, capital, ledger)
    if position and "options" in named:
        _bridge(sheet, row, _Bridge(plan, position, named["options"], ledger, rates))


def _data(
    sheet: Sheet, row: int, caption: str, table: Table, headings: list[str], lines: list[_Line]
) -> int:
    """The figures of a chart as a block; the row of its headings."""
    sheet.put(row, LABEL, caption, Style("caption"))
    if sheet.blocks:
        sheet.breaks.append(row)
    header = row + 1
    columns = {text: at for at, text in enumerate(headings, start=LABEL + 1)}
    id_column = max([ID, *(at + 1 for at in columns.values())])
    named = {table.unit.name: LABEL, **columns, "Id": id_column}
    for text, column in named.items():
        sheet.put(header, column, text, heading_style(column, LABEL < column < id_column))
        sheet.widen(column, max(len(word) for word in text.split()) + 3)
    rows = {}
    for at, line in enumerate(lines, start=header + 1):
        rows[line.id] = at
        sheet.put(at, LABEL, line.label, Style("label"))
        sheet.widen(LABEL, min(len(line.label) + 2, 56))
        sheet.put(at, id_column, line.id, Style("small"))
        sheet.widen(id_column, min(len(line.id) + 2, 40))
        for column, figure in enumerate(line.figures, start=LABEL + 1):
            if figure:
                value = amount(figure.pence, table.unit)
                style = Style("figure", table.places)
                sheet.put(at, column, Formula(figure.expression, value), style)
                shown = printed(-abs(figure.pence), table.unit, table.places)
                sheet.widen(column, len(shown) + 3)
    sheet.blocks.append(Block(header, (id_column,), named, rows))
    return header


def _linked(table: Table, row: str, column: Column, ledger: Ledger) -> _Figure | None:
    key = Key(row, column.measure, column.year)
    cell = table.cells.get(key)
    return _Figure(ledger.places[table.name, key], cell.pence) if cell else None


def _largest(
    table: Table, rows: Sequence[Row], columns: Sequence[Column], ledger: Ledger, most: int
) -> Iterator[_Line]:
    """A line for each row or, of very many, for the largest and one for all others."""
    shown = rows
    if len(rows) > most:
        sizes = {row.id: _size(table, row, columns) for row in rows}
        least = sorted(sizes.values(), reverse=True)[most - 2]
        shown = [row for row in rows if sizes[row.id] >= least][: most - 1]
    lines = [
        _Line(
            row.id,
            row.label.removeprefix("Total "),
            [_linked(table, row.id, c, ledger) for c in columns],
        )
        for row in shown
    ]
    yield from lines
    if len(shown) == len(rows):
        return
    others: list[_Figure | None] = []
    for at, column in enumerate(columns):
        whole = _linked(table, TOTAL, column, ledger)
        parts = [figure for line in lines if (figure := line.figures[at])]
        assert whole is not None  # a total has every column that its rows have
        own = tuple(part.expression for part in parts if isinstance(part.expression, At))
        rest = whole.pence - sum(part.pence for part in parts)
        others.append(_Figure(Between(whole.expression, "-", Sum(own)), rest))
    yield _Line("others", f"All others ({len(rows) - len(shown)})", others)


def _size(table: Table, row: Row, columns: Sequence[Column]) -> int:
    """How much a row weighs in a picture, whatever its signs."""
    cells = (table.cell(row, column) for column in columns)
    return sum(abs(cell.pence) for cell in cells if cell)


# -- net budget by service and year ---------------------------------------------------------


def _net_budget(sheet: Sheet, row: int, table: Table, ledger: Ledger) -> int:
    columns = [column for column in table.columns if column.measure == "net_budget"]
    parts = {part for row_ in table.rows if row_.id == TOTAL for part in row_.sums}
    services = [row_ for row_ in table.rows if row_.id in parts]
    if not columns or not services:
        return row
    lines = list(_largest(table, services, columns, ledger, MOST))
    headings = [str(column.year) for column in columns]
    header = _data(sheet, row, "Net budget by service and year", table, headings, lines)
    last = LABEL + len(headings)
    series = [
        Series(
            At(sheet.name, at, LABEL),
            At(sheet.name, at, LABEL + 1),
            At(sheet.name, at, last),
            PALETTE[number % len(PALETTE)],
        )
        for number, at in enumerate(range(header + 1, header + 1 + len(lines)))
    ]
    top = header + len(lines) + 2
    sheet.charts.append(
        Chart(
            title=f"Net budget by service and year, {table.unit.name}",
            description=f"Columns for {', '.join(headings)}: the net budget, with a part for each "
            f"of {', '.join(line.label for line in lines)}. The figures stand above.",
            kind="stacked",
            categories=(At(sheet.name, header, LABEL + 1), At(sheet.name, header, last)),
            series=tuple(series),
            axis=table.unit.name,
            at=At(sheet.name, top, LABEL),
        )
    )
    return top + HEIGHT


# -- the capital programme by scheme --------------------------------------------------------


def _capital(sheet: Sheet, row: int, table: Table, ledger: Ledger) -> int:
    columns = [c for c in table.columns if c.measure in ("allocation", "under_development")]
    schemes = [row_ for row_ in table.rows if row_.role == "line"]
    if not schemes:
        return row
    lines = list(_largest(table, schemes, columns, ledger, MOST_SCHEMES))
    headings = [column.heading for column in columns]
    caption = "Capital programme by scheme, and what is under development"
    header = _data(sheet, row, caption, table, headings, lines)
    last = header + len(lines)
    series = [
        Series(
            At(sheet.name, header, column),
            At(sheet.name, header + 1, column),
            At(sheet.name, last, column),
            PALETTE[number % len(PALETTE)],
        )
        for number, column in enumerate(range(LABEL + 1, LABEL + 1 + len(headings)))
    ]
    sheet.charts.append(
        Chart(
            title=f"Capital programme by scheme, {table.unit.name}",
            description=f"A bar for each scheme, with a part for each of {', '.join(headings)}. "
            "The figures stand above.",
            kind="bars",
            categories=(At(sheet.name, header + 1, LABEL), At(sheet.name, last, LABEL)),
            series=tuple(series),
            axis=table.unit.name,
            at=At(sheet.name, last + 2, LABEL),
        )
    )
    return last + 2 + HEIGHT


# -- the bridge from one year to the next ---------------------------------------------------


class _Step(NamedTuple):
    """A part of the bridge: a year's net budget, or what moves it towards the next."""

    id: str
    label: str
    figure: _Figure
    is_level: bool = False


class _Bridge:
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
            figure = _Figure(self._at(key), self.position.cells[key].pence)
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
                yield _Step(f"{kind}/{year}", f"{label} {year}", _Figure(whole, pence))
        reversals = [
            Key(row.id, "change", year)
            for row in self.position.rows
            if row.role == "line" and row.id.endswith("/reversals")
        ]
        if reversals:
            pence = sum(self.position.cells[key].pence for key in reversals)
            added = Sum(tuple(self._at(key) for key in reversals))
            yield _Step(f"reversals/{year}", f"Reversals {year}", _Figure(added, pence))
        if kept[0] != kept[1]:
            now, earlier = (Key(TOTAL, "opening", k) for k in (kept[1], kept[0]))
            pence = self.position.cells[now].pence - self.position.cells[earlier].pence
            moved = Between(self._at(now), "-", self._at(earlier))
            yield _Step(f"other/{year}", f"Other movements {year}", _Figure(moved, pence))


def _bridge(sheet: Sheet, row: int, bridge: _Bridge) -> None:
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
    header = _data(sheet, row, caption, table, headings, lines)
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


def _bridge_line(sheet: str, row: int, step: _Step, level: int, before: int) -> _Line:
    """Change, level, and the parts of a stacked column: what lifts, and what is seen."""
    moves, reaches = At(sheet, row, 2), At(sheet, row, 3)
    earlier = At(sheet, row - 1, 3)
    nil = _Figure(NIL, 0)
    if step.is_level:
        reached = _Figure(step.figure.expression, level)
        shown = _Figure(reaches, level)
        return _Line(step.id, step.label, [None, reached, nil, shown, nil, nil])
    pence = step.figure.pence
    falls = Is(moves, "<=", NIL)
    return _Line(
        step.id,
        step.label,
        [
            step.figure,
            _Figure(Between(earlier, "+", moves), level),
            _Figure(When(falls, reaches, earlier), min(level, before)),
            nil,
            _Figure(When(falls, NIL, moves), max(pence, 0)),
            _Figure(When(falls, Between(NIL, "-", moves), NIL), max(-pence, 0)),
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
