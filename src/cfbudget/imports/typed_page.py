"""The proof of an import of a filled-in template, as it is shown."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.grammar import counted, listed
from cfbudget.imports.typed_tables import TypedTable
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.page import Block, Caption, Items, Page, Records, Sentences, Title, page

FIELDS = ("sheet", "file", "key", "typed", "written")


class ImportedBook(NamedTuple):
    """A workbook that a plan was typed into, and the files that say the same."""

    file: str
    tables: Sequence[TypedTable]
    unread: Sequence[str]
    """Sheets that are no table of a plan."""

    @property
    def holds(self) -> bool:
        return all(table.is_same for table in self.tables)


def typed_page(imported: ImportedBook) -> Page:
    """What is shown before anything is written."""
    return page(_blocks(imported))


def _blocks(imported: ImportedBook) -> Iterator[Block]:
    files = [table.file for table in imported.tables]
    yield Title(f"{imported.file}: a plan typed into a workbook, to {', '.join(files)}")
    yield Caption("What is typed into each sheet, and what is read back from its file")
    rows = [
        GridRow(table.sheet, [table.file, str(len(table.typed)), str(_same(table))])
        for table in imported.tables
    ]
    yield Grid(("Sheet", "File", "Values", "Read back the same"), rows, left=frozenset({0}))
    yield Items([f"Not read: the sheet {name} is no table of a plan." for name in imported.unread])
    if imported.holds:
        count = counted(sum(len(table.typed) for table in imported.tables), "value")
        yield Sentences([f"Proved: {listed(files)} say what the workbook does, {count} in all."])
    else:
        yield Sentences(["There is no proof, so nothing was written."])


def _same(table: TypedTable) -> int:
    return len(set(table.typed) & set(table.written))


def typed_records(imported: ImportedBook) -> Records:
    """Every value that was typed, and what is written of it."""
    return Records(FIELDS, list(_records(imported)))


def _records(imported: ImportedBook) -> Iterator[dict[str, object]]:
    for table in imported.tables:
        written = dict(table.written)
        for key, text in table.typed:
            yield {
                "sheet": table.sheet,
                "file": table.file,
                "key": key,
                "typed": text,
                "written": written.get(key),
            }
