"""A figure of a workbook, by its cell or in words, explained as the workbook now has it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cfbudget.addresses import cell_name
from cfbudget.cli.asked_figure import CELL, asked_figure
from cfbudget.cli.progress import Bar
from cfbudget.cli.which_plan import fail
from cfbudget.cli.workbook_plan import show_notices, whole_spreadsheet

if TYPE_CHECKING:
    from cfbudget.explanations.explained_plan import ExplainedPlan
    from cfbudget.explanations.figures import FigureId, KnownFigure
    from cfbudget.workbook.book.cells import At
    from cfbudget.workbook.returned.returned_book import Returned


class OfWorkbook(NamedTuple):
    """A figure of a workbook, its plan, and what is to be said of it."""

    plan: "ExplainedPlan"
    figure: "KnownFigure"
    said: tuple[str, ...]


def of_workbook(file: Path, what: Sequence[str], progress: Bar) -> OfWorkbook:
    """The figure that is meant; a workbook that is not whole ends the command with 2."""
    from cfbudget.checks.report import check
    from cfbudget.explanations.explained_plan import ExplainedPlan
    from cfbudget.workbook.returned.returned_book import Returned
    from cfbudget.workbook.sheets.about import Origin
    from cfbudget.workbook.sheets.plan_book import build

    read, found = whole_spreadsheet(file, progress, "cannot be explained: it is not whole")
    exported = read.exported.plan
    assert exported is not None, "what is read as a plan was exported from one"
    book = build(exported, check(exported), Origin("", {}, texts=read.exported.texts))
    returned = Returned(book, found)
    show_notices(file, read)
    was, now = ExplainedPlan(exported), ExplainedPlan(read.plan, now=returned.now)
    if cell := CELL.fullmatch(" ".join(what).strip()):
        sheet = returned.names.get(cell["sheet"], cell["sheet"])
        name = f"{cell['column'].upper()}{int(cell['row'])}"
        figure = now.figures[_in_cell(was, returned, sheet, name)]
    else:
        figure = asked_figure(now, what, ["--workbook", str(file)])
    return OfWorkbook(now, figure, tuple(_since(figure, was.figures.get(figure.id))))


def _in_cell(plan: "ExplainedPlan", returned: "Returned", sheet: str, name: str) -> "FigureId":
    """The figure that stands in a cell, or that the cell repeats; else the command ends with 2."""
    asked = f"{sheet}!{name}"
    sheets = {known.lower(): known for known in returned.found.sheets}
    known = sheets.get(sheet.lower())
    if known is None:
        raise fail(
            f"the workbook has no sheet {sheet!r}", f"its sheets are {', '.join(sheets.values())}"
        )
    for written, now in returned.now.items():
        is_it = now.sheet == known and cell_name(now.row, now.column) == name
        if is_it and (figure := _figure_in(plan, returned, written)):
            return figure
    cells = returned.found.sheets[known]
    there = next((c.value for at, c in cells.items() if cell_name(*at) == name), None)
    holds = "is empty" if there is None else f"holds {str(there)[:60]!r}"
    raise fail(
        f"{asked} {holds}: no figure of the plan's tables stands there",
        "name a cell of a figure, or the figure in words: cfbudget explain net total 2027-28",
    )


def _figure_in(plan: "ExplainedPlan", returned: "Returned", written: "At") -> "FigureId | None":
    """The figure of a cell as it was written; of one that repeats another cell, that one's."""
    from cfbudget.explanations.signed_cells import signed_cells
    from cfbudget.workbook.book.book import Formula

    if found := plan.in_cell(written):
        return found.id
    cell = returned.book.cell(written)
    if cell is None or not isinstance(cell.content, Formula):
        return None
    parts = signed_cells(cell.content.expression) or ()
    if len(parts) == 1 and parts[0].sign == 1 and (found := plan.in_cell(parts[0].at)):
        return found.id
    return None


def _since(figure: "KnownFigure", before: "KnownFigure | None") -> Iterator[str]:
    """What became of a figure since the workbook was exported."""
    if before is None or before.pence == figure.pence:
        return
    was, now = before.shown.text, figure.shown.text
    why = "it was typed over" if figure.is_input else "inputs that make it were typed over"
    yield f"As exported it was {was}; it is {now} now, as {why} in the workbook."
