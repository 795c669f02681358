"""A plan's tables on sheets: inputs as values, every other figure as a formula over cells.

The layout is the Table's own. What a Table says is a sum becomes a SUM over cells; what it does
not (a figure that stands on another sheet, or a change that is a step between levels) is given
as a formula; what is left is an input, if its table declares it one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from textwrap import wrap
from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.layout.rounding_notes import unadded_note
from cfbudget.layout.table import Column, Panel, Role, Row, Table, key_of
from cfbudget.layout.units import PER_CENT, shown
from cfbudget.money import Unit
from cfbudget.plan.values import TBC, measure_words
from cfbudget.workbook.book.book import (
    BookCell,
    Formula,
    Sheet,
    SheetBlock,
    Style,
    StyleRole,
    amount,
    style_of,
)
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Expression, Sum
from cfbudget.workbook.sheets.made_expressions import expression_of

LABEL = 1
"""The column of labels; figures stand to the right of it."""
FACT_WIDTH = 110
MIN_WIDTH = 13
"""No year breaks in a heading."""
YEAR_WITHIN = re.compile(r" (?=[0-9]{4}-[0-9]{2}\b)")
WIDEST = {"label": 56, "id": 40, "source": 34, "note": 60}
MASTER = "Master check"
FIRST_HEADING, HEADING, FIGURE_HEADING = (
    Style("heading"),
    Style("heading", indent=1),
    Style("figure heading"),
)
STYLES: dict[Role, Style] = {
    "heading": Style("group"),
    "line": Style("label"),
    "subtotal": Style("total label"),
    "total": Style("total label"),
}


class Undeclared(Exception):
    """A figure that is neither a formula nor declared an input: a fault of ours."""


class Input(NamedTuple):
    """An input figure: the table, row and column it belongs to, and its cell."""

    table: Table
    row: Row
    column: Column
    at: At


class Ledger(NamedTuple):
    """Where every figure of the tables stands, and which of them are inputs."""

    places: dict[tuple[TableName, Key], At]
    inputs: list[Input]


Formulas = Mapping[Key, Expression]
"""What figures that are neither sums nor inputs are, by key."""

Linking = Callable[[Ledger], Formulas]
"""Makes such formulas, once it is known where every figure stands."""


def head(sheet: Sheet, title: str, facts: Iterable[str] = ()) -> int:
    """The title, the master check and what to know before reading; the next free row."""
    sheet.put(1, LABEL, title, Style("title"))
    sheet.put(2, LABEL, MASTER, Style("label"))
    sheet.labelled[MASTER] = (2, LABEL + 1)
    return say(sheet, 3, facts) + 1


def say(sheet: Sheet, row: int, sentences: Iterable[str]) -> int:
    """Sentences, broken into rows that are no wider than a page; the next free row."""
    for sentence in sentences:
        for line in wrap(sentence, FACT_WIDTH):
            sheet.put(row, LABEL, line, Style("fact"))
            row += 1
    return row


def statement(sheet: Sheet, table: Table, top: int, linking: Linking, ledger: Ledger) -> int:
    """Put a table on a sheet from row `top` on; the next free row.

    Args:
        linking: says what cells that the Table does not call sums are, if not inputs.
        ledger: takes where the figures stand, and the inputs.
    """
    last = LABEL + max((len(panel.columns) for panel in table.panels), default=0)
    id_column = max([last + 1, *(block.id_columns[0] for block in sheet.blocks)])
    headers = _header_rows(table, top)
    for panel, header in zip(table.panels, headers, strict=True):
        for key, at in _places(sheet, table, panel, header):
            ledger.places[table.name, key] = at
    formulas = linking(ledger)
    for panel, header in zip(table.panels, headers, strict=True):
        _panel(sheet, table, panel, header, id_column)
        _fill(sheet, table, panel, header, formulas, ledger)
    below = headers[-1] + len(table.rows) + 2 if headers else top
    # A sentence does not follow the cells: it is true of the plan as it was exported.
    notes = (*table.notes, *unadded_note(table))
    return say(sheet, below, (f"As exported: {note}" for note in notes)) + 1


def heading(column: Column) -> str:
    """A heading that says what it measures and when, and so is like no other on its sheet."""
    if column.is_forecast or column.year is None or column.measure == "opening":
        return with_whole_years(column.heading)
    is_level = column.measure in ("gap", "over_cash_limit")
    words = "level" if is_level else measure_words(column.measure)
    return f"{words[0].upper()}{words[1:]}\n{column.year}"


def with_whole_years(text: str) -> str:
    """A heading whose years begin a line each: a narrow cell would break one at its hyphen."""
    return YEAR_WITHIN.sub("\n", text)


@cache
def figure_style(role: StyleRole, unit: Unit, places: int) -> Style:
    """How a figure looks; a percentage has its sign."""
    if unit.name != PER_CENT.name:
        return style_of(role, places)
    digits = f"0.{'0' * places}" if places else "0"
    half = f"{Decimal(5).scaleb(-places - 3):f}"  # of the last place shown, as a share of one
    looks = f"[>={half}]{digits}%;[<=-{half}]({digits}%);0%"
    return Style(role, places, number_format=looks)


@cache
def _label_style(role: Role, depth: int) -> Style:
    return STYLES[role]._replace(indent=depth)


def heading_style(column: int, is_figure: bool) -> Style:  # noqa: FBT001
    """How a heading looks: to the right above figures, else to the left."""
    if is_figure:
        return FIGURE_HEADING
    return FIRST_HEADING if column == LABEL else HEADING


def _header_rows(table: Table, top: int) -> list[int]:
    """The row of each panel's headings; a caption stands above it, a blank row below a panel."""
    rows, row = [], top
    for panel in table.panels:
        row += 1 if panel.caption else 0
        rows.append(row)
        row += len(table.rows) + 2
    return rows


def _places(sheet: Sheet, table: Table, panel: Panel, header: int) -> Iterable[tuple[Key, At]]:
    for down, row in enumerate(table.rows, start=header + 1):
        for along, column in enumerate(panel.columns, start=LABEL + 1):
            key = key_of(row, column)
            if key in table.cells:
                yield key, At(sheet.name, down, along)


def _panel(sheet: Sheet, table: Table, panel: Panel, header: int, id_column: int) -> None:
    """The captions, headings, labels, ids and sources around a panel's figures."""
    if panel.caption:
        sheet.put(header - 1, LABEL, panel.caption, Style("caption"))
    headings = {heading(column): at for at, column in enumerate(panel.columns, start=LABEL + 1)}
    named = {table.head_of(panel): LABEL, **headings, "Id": id_column, "Source": id_column + 1}
    if table.row_notes:
        named["Note"] = id_column + 2
    for text, column in named.items():
        sheet.put(header, column, text, heading_style(column, LABEL < column < id_column))
        sheet.widen(column, max(MIN_WIDTH, *(len(word) + 2 for word in text.split())))
    rows: dict[str, int] = {}
    for at, row in enumerate(table.rows, start=header + 1):
        sheet.put(at, LABEL, row.label, _label_style(row.role, row.depth))
        sheet.widen(LABEL, min(len(row.label) + 2 * row.depth + 4, WIDEST["label"]))
        if row.depth:
            sheet.levels[at] = row.depth
        if row.role == "heading":
            continue
        rows[row.id] = at
        sheet.put(at, id_column, row.id, style_of("small"))
        sheet.widen(id_column, min(len(row.id), WIDEST["id"]))
        if row.place:
            source = row.place.source
            sheet.put(at, id_column + 1, source, style_of("small"))
            sheet.widen(id_column + 1, min(len(source), WIDEST["source"]))
        if row.note:
            sheet.put(at, id_column + 2, row.note, style_of("small"))
            sheet.widen(id_column + 2, min(len(row.note), WIDEST["note"]))
    sheet.blocks.append(SheetBlock(header, (id_column,), named, rows))


def _fill(
    sheet: Sheet, table: Table, panel: Panel, header: int, formulas: Formulas, ledger: Ledger
) -> None:
    """The figures of a panel."""
    for along, column in enumerate(panel.columns, start=LABEL + 1):
        largest: dict[tuple[Unit, int], int] = {}
        for down, row in enumerate(table.rows, start=header + 1):
            key = key_of(row, column)
            cell = table.cells.get(key)
            if cell is None:
                continue
            unit, places = table.unit_of(row, column), table.places_of(row, column)
            largest[unit, places] = max(largest.get((unit, places), 0), abs(cell.pence))
            value: Decimal | str = TBC if cell.is_unknown else amount(cell.pence, unit)
            at = At(sheet.name, down, along)
            expression = _expression(table, key, (row, column), formulas, ledger)
            if expression is None:
                if not cell.is_input:
                    raise Undeclared(f"{at.text('')} is no sum, and no input is declared there")
                ledger.inputs.append(Input(table, row, column, at))
                sheet.cells[down, along] = BookCell(value, figure_style("input", unit, places))
            else:
                style = figure_style("figure" if row.role == "line" else "total", unit, places)
                sheet.cells[down, along] = BookCell(Formula(expression, value), style)
        for (unit, places), size in largest.items():
            sheet.widen(along, len(shown(-size, unit, places)) + 3)


def _expression(
    table: Table, key: Key, place: tuple[Row, Column], formulas: Formulas, ledger: Ledger
) -> Expression | None:
    """What a figure is made of; None for what must be an input."""
    row, column = place
    if made := table.made_of.get(key):
        return formulas.get(key) or expression_of(
            made, table, lambda part: ledger.places[table.name, part]
        )
    parts = table.sum_of(row, column)
    if not parts and key in formulas:
        return formulas[key]
    if parts or row.role != "line":
        return Sum(tuple(ledger.places[table.name, part] for part in parts))
    return None
