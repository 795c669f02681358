"""What a sheet says outside its tables, or heads their groups: it may stand elsewhere now."""

from collections import Counter
from collections.abc import Iterator

from cfbudget import rules
from cfbudget.workbook.book.book import Sheet
from cfbudget.workbook.returned.findings import Finding
from cfbudget.workbook.returned.headings import plain_text
from cfbudget.workbook.returned.sheet_beside import SheetBeside

SENTENCES = frozenset({"title", "fact", "caption", "group", "text"})
"""The roles of what has neither an id nor a label of its own."""


def sentences(sheet: Sheet, found: SheetBeside, compared: Counter[str]) -> Iterator[Finding]:
    """The sentences of a sheet that are missing; `compared` counts all."""
    written = [text for text in _written(sheet) if text]
    compared["texts"] += len(written)
    if found.only_figures_differ:
        return
    there = Counter(map(plain_text, found.texts()))
    for text in written:
        there[plain_text(text)] -= 1
        if there[plain_text(text)] < 0:
            yield Finding(rules.TEXT_CHANGED, sheet.name, "", "a sentence is missing", text)


def _written(sheet: Sheet) -> Iterator[str]:
    labelled = set(sheet.labelled.values())
    columns: dict[int, frozenset[int]] = {}
    for block in sheet.blocks:
        held = frozenset(block.columns.values())
        columns |= dict.fromkeys((block.header, *block.rows.values()), held)
    for row, cells in sheet.cells.rows():
        held = columns.get(row, frozenset())
        for column, cell in enumerate(cells, 1):
            if cell is None or cell.style.role not in SENTENCES:
                continue
            is_apart = column not in held or cell.style.role == "group"
            if is_apart and isinstance(cell.content, str) and (row, column) not in labelled:
                yield cell.content
