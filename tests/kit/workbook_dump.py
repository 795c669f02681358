"""A stored workbook as text: what its sheets and cells hold, and how they look, line by line."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from cfbudget.workbook.book.xlsx_styles import HEAD_FILL, INPUT_FILL, STATED_FILL, TOTAL_FILL

# Colours by what they mean, so that another shade is no other workbook.
FILLS = {HEAD_FILL: "heading", INPUT_FILL: "input", STATED_FILL: "stated", TOTAL_FILL: "total"}


def dump(path: Path) -> str:
    """Every sheet: its set-up, then a line for each cell: address, content, result, looks."""
    book, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    lines = [f"{name}: {defined.attr_text}" for name, defined in book.defined_names.items()]
    for sheet in book.worksheets:
        lines += ["", f"== {sheet.title}", *_set_up(sheet)]
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and (cell.value is not None or cell.style_id):
                    lines.append(_line(cell, results[sheet.title][cell.coordinate].value))
    return "\n".join(lines) + "\n"


def _set_up(sheet: Worksheet) -> Iterator[str]:
    """What a sheet has besides its cells."""
    page, foot = sheet.page_setup, sheet.oddFooter
    assert foot
    yield f"frozen at {sheet.freeze_panes}; repeats {sheet.print_title_rows or 'nothing'}"
    yield (
        f"paper {page.paperSize} {page.orientation}, fits {page.fitToWidth} x {page.fitToHeight}; "
        f"foot: {foot.left and foot.left.text} | {foot.right and foot.right.text}"
    )
    widths = sheet.column_dimensions.items()
    yield f"widths: {' '.join(f'{name}={column.width:.0f}' for name, column in widths)}"
    for rule in sheet.data_validations.dataValidation:
        yield f"{rule.type} {rule.operator or ''} {rule.formula1}: {rule.sqref}"
    for area in sheet.conditional_formatting:
        words = " ".join(str(rule.formula[0]) for rule in area.rules)
        yield f"colours {words}: {area.sqref}"
    for table in sheet.tables.values():
        yield f"table {table.name}: {table.ref}"


def _line(cell: Cell, result: object) -> str:
    content = "" if cell.value is None else str(cell.value).replace("\n", "⏎")
    parts = [cell.coordinate, content]
    if cell.data_type == "f":
        parts.append(f"-> {result}")
    if looks := " ".join(_looks(cell)):
        parts.append(f"[{looks}]")
    return "  ".join(parts)


def _looks(cell: Cell) -> Iterator[str]:
    if cell.fill.fill_type:
        colour = f"#{str(cell.fill.start_color.rgb)[2:]}"
        yield FILLS.get(colour, colour)
    if cell.number_format != "General":
        positive = cell.number_format.partition("_")[0]
        yield positive.removeprefix("#,##")
    if cell.font.b:
        yield "bold"
    if cell.font.sz and cell.font.sz != 10:
        yield f"{cell.font.sz:g}pt"
    if cell.alignment.indent:
        yield f"indent {cell.alignment.indent:g}"
    if cell.hyperlink:
        yield f"to {cell.hyperlink.location}"
