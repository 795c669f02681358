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
    written = [*_written(sheet)]
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
    for (row, column), cell in sheet.cells.items():
        text, role = cell.content, cell.style.role
        if role not in SENTENCES or not isinstance(text, str) or not text:
            continue
        if (row, column) not in labelled and (
            role == "group" or column not in columns.get(row, ())
        ):
            yield text
