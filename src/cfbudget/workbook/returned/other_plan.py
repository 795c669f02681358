"""Whether a workbook is another plan's, or another year's: to compare it would say nothing.

What tells is the years, and which lines there are: an honest workbook may have any number of
figures, texts and rows altered, and holds the files that it was made from all the same.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from cfbudget import rules
from cfbudget.layout.table import Table
from cfbudget.loaded import load_texts
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.file_lines import texts_in, written_lines
from cfbudget.workbook.returned.findings import Finding
from cfbudget.workbook.returned.headings import plain_text
from cfbudget.workbook.returned.returned_book import Returned
from cfbudget.workbook.sheets.about import VERSION, digest_of
from cfbudget.workbook.sheets.files import FILES


class _Identity(NamedTuple):
    """What tells one plan, or one year's, from another."""

    name: str
    years: tuple[str, ...]
    lines: frozenset[tuple[str, str]]
    """Table and id of every line."""

    @property
    def words(self) -> str:
        return _words(self.name, self.years)

    def is_of(self, other: "_Identity") -> bool:
        """The years are the same, and so are most lines; by another name, most of both."""
        sizes = (len(self.lines), len(other.lines))
        needed = min(sizes) if self.name == other.name else max(sizes)
        return self.years == other.years and len(self.lines & other.lines) * 2 >= needed


HEAD = re.compile(r"(?:Change|Allocation) (?P<year>\d{4}-\d\d)")


def other_plan(book: Book, returned: Returned) -> Finding | None:
    """That a workbook is another plan's, and whose; None where nothing says so."""
    if all(returned.is_as_written(name) for name in (FILES, "About")):
        return None
    texts, missing = texts_in(returned.found)
    if not texts or missing:
        return _without_files(book, returned)
    ours = written_lines(book).lines
    if texts == {file: "\n".join(lines.values()) for file, lines in ours.items()}:
        return None
    loaded = load_texts(texts)
    if loaded.plan is None:
        return _without_files(book, returned)
    this = _identity(_about(book, "Plan"), book.tables)
    other = _identity(loaded.plan.name, plan_tables(loaded.plan))
    if other.is_of(this):
        return None
    version = returned.cell(At("About", *book.sheets["About"].labelled[VERSION])).value
    shared = f"{len(this.lines & other.lines):,} of this plan's {len(this.lines):,} lines"
    what = f"its plan, made from other files, with {shared}"
    found = f"{other.words}, exported by cfbudget {version}" if version else other.words
    return _finding(book, returned, what, this.words, found)


def _without_files(book: Book, returned: Returned) -> Finding | None:
    """The same where a workbook does not hold its files: its years are others, or few of the
    plan's inputs are there.

    One that was made from a file of this plan is this plan's, whatever became of its rows.
    """
    inputs = [
        At(name, *at)
        for name, sheet in book.sheets.items()
        for at, cell in sheet.cells.items()
        if cell.style.role == "input" and isinstance(cell.content, Decimal)
    ]
    there = sum(at in returned.now for at in inputs)
    about = book.sheets["About"]
    is_of_our_files = any(
        returned.cell(At("About", *at)).value == about.cells[at].content
        for label, at in about.labelled.items()
        if digest_of(label) is not None
    )
    years = _years_in(
        cell.content for sheet in book.sheets.values() for cell in sheet.cells.values()
    )
    sheets = (returned.found.sheets[name] for name in book.sheets if name in returned.located)
    others = _years_in(cell.value for sheet in sheets for cell in sheet.values())
    # Several sheets have them: one that was altered takes none away.
    is_of_our_years = set(others) <= set(years) or set(years) <= set(others)
    if (is_of_our_years and there * 2 >= len(inputs)) or (there and is_of_our_files):
        return None
    named = returned.cell(At("About", *about.labelled["Plan"])).value
    found = None if named is None else _words(str(named), () if is_of_our_years else others)
    expected = _words(_about(book, "Plan"), () if is_of_our_years else years)
    what = f"its plan, with {there:,} of this plan's {len(inputs):,} inputs"
    return _finding(book, returned, what, expected, found)


def _years_in(values: Iterable[object]) -> tuple[str, ...]:
    """The years that head the changes and allocations of a workbook."""
    heads = (HEAD.fullmatch(plain_text(value)) for value in values)
    return tuple(sorted({head["year"] for head in heads if head}))


def _finding(
    book: Book, returned: Returned, what: str, expected: str, found: str | None
) -> Finding:
    now = returned.now.get(At("About", *book.sheets["About"].labelled["Plan"]))
    cell = now.text("About") if now else ""
    return Finding(rules.OTHER_PLAN, "About", cell, what, expected, found)


def _words(name: str, years: Sequence[str]) -> str:
    """A plan in words: its name, and the years from the first to the last."""
    span = dict.fromkeys((years[0], years[-1])) if years else ()
    return " ".join([name, " to ".join(span)]).strip()


def _about(book: Book, label: str) -> str:
    about = book.sheets["About"]
    return str(about.cells[about.labelled[label]].content)


def _identity(name: str, tables: Iterable[Table]) -> _Identity:
    """The years are those of the net budgets; of a plan without one, those of the programme."""
    made = tuple(tables)
    by_name = {table.name: table for table in made}
    spanned = by_name.get("position") or by_name.get("capital")
    columns = spanned.columns if spanned else ()
    return _Identity(
        name,
        tuple(sorted({str(column.year) for column in columns if column.year})),
        frozenset(
            (table.name, row.id)
            for table in made
            for row in table.rows
            if row.role == "line" and table.name != "position"
        ),
    )
