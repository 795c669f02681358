"""Where every figure of a report comes from: documents, files with their digests, lines."""

from collections.abc import Iterator

from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.page import Block, Caption, Heading, Sentences, Title
from cfbudget.layout.table import Table
from cfbudget.reports.plan_report.subject import ReportSubject

NONE = "The plan's files name no source document."


def sources(subject: ReportSubject) -> Iterator[Block]:
    yield Title("Sources")
    yield Sentences(
        (
            f"Recomputed by cfbudget {subject.version} from the files below: every total from its "
            "lines, to the penny. A digest is of a file's bytes: the same digest, the same file.",
        )
    )
    yield Heading("Documents")
    yield from _documents(subject)
    yield Heading("Files")
    yield from _files(subject)
    yield Heading("Lines")
    yield from _lines(subject)


def _documents(subject: ReportSubject) -> Iterator[Block]:
    rows = [
        GridRow(
            file.name, [file.place.file, source.title, source.publisher or "", source.section or ""]
        )
        for file in subject.plan.files
        if (source := file.source)
    ]
    if rows:
        yield Grid(("Table", "File", "Document", "Publisher", "Section"), rows, frozenset(range(4)))
    else:
        yield Sentences((NONE,))


def _files(subject: ReportSubject) -> Iterator[Block]:
    rows = [GridRow(name, [digest]) for name, digest in subject.digests.items()]
    yield Grid(("File", "SHA-256"), rows, frozenset({0}))


def _lines(subject: ReportSubject) -> Iterator[Block]:
    """Every line of every table, with the place that it was read from."""
    yield Caption("Each line with its file and line")
    rows = [row for table in subject.tables for row in _of_table(table)]
    yield Grid(("Line", "Table", "Stands in"), rows, frozenset({0, 1}))


def _of_table(table: Table) -> Iterator[GridRow]:
    """The lines that the table is the first to have: what it repeats is another's."""
    if table.name in ("position", "gap", "assumptions"):
        return
    for row in table.rows:
        if row.role == "line" and row.place and not row.is_repeat:
            yield GridRow(row.label, [table.name, row.place.source])
