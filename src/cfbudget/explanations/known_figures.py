"""The figures of a plan's tables, each with its place, source, cell and what it is held to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.calculate.services import with_parents
from cfbudget.checks.comparison import Comparison
from cfbudget.explanations.figures import FigureId, KnownFigure
from cfbudget.explanations.naming import name_of, title_of
from cfbudget.layout.table import Row, Table, key_of
from cfbudget.plan.files import FileRecord
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place
from cfbudget.workbook.book.cells import At


def known_figures(
    plan: Plan,
    tables: Iterable[Table],
    places: Mapping[tuple[TableName, Key], At],
    compared: Iterable[Comparison],
) -> Iterator[KnownFigure]:
    """Each figure once, in the order of the tables, their rows and columns.

    Args:
        places: where the figures stand in the workbook.
        compared: the printed figures with ours.
    """
    held: dict[tuple[TableName, Key], list[Comparison]] = defaultdict(list)
    for one in compared:
        held[one.table, one.key].append(one)
    sources = _Sources(plan)
    for table in tables:
        lines = {row.id: row.label for row in table.rows}
        done: set[Key] = set()
        for row in table.rows:
            for column in table.columns if row.role != "heading" else ():
                key = key_of(row, column)
                cell = table.cells.get(key)
                if cell is None or key in done:
                    continue
                done.add(key)
                place = cell.place or (row.place if row.role == "line" else None)
                printed = tuple(held.get((table.name, key), ()))
                yield KnownFigure(
                    FigureId(table.name, key, table.variant),
                    name_of(row, lines),
                    title_of(row, column, lines),
                    cell.pence,
                    table.unit_of(row, column),
                    table.places_of(row, column),
                    place,
                    sources.of(row, place, printed),
                    places[table.name, key].text(""),
                    row,
                    column,
                    printed,
                    cell.is_input,
                    cell.is_unknown,
                    cell.lacks,
                )


class _Sources:
    """The published documents that a plan's figures were taken from."""

    def __init__(self, plan: Plan) -> None:
        self.of_files: dict[str, str] = {}
        self.of_records: dict[Place, str] = {}
        for file in plan.files:
            if file.source:
                self.of_files[file.place.file] = str(file.source)
        for record in _records(plan):
            if record.source:
                self.of_records[record.place] = str(record.source)

    def of(self, row: Row, place: Place | None, printed: Sequence[Comparison]) -> str:
        """The line's own source, else that of the file in which it stands or its total is printed.

        Args:
            printed: the printed figures that it is compared with.
        """
        own = (row.place, *(one.record.place for one in printed))
        if found := next((self.of_records[one] for one in own if one in self.of_records), ""):
            return found
        files = (one.file for one in (place, *(one.stated.place for one in printed)) if one)
        return next((self.of_files[file] for file in files if file in self.of_files), "")


def _records(plan: Plan) -> Iterator[FileRecord]:
    """The lines and blocks that may name a source of their own."""
    for budget in plan.revenue:
        yield from (service for _, service in with_parents(budget.services))
    for block in plan.options.services if plan.options else ():
        yield block
        yield from block.options
    yield from plan.capital.schemes if plan.capital else ()
    yield from plan.funding.lines if plan.funding else ()
    yield from plan.reserves.reserves if plan.reserves else ()
