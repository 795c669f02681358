"""`cfbudget import` of tidy records that `totals` or `export` wrote: the plan's files they hold."""

from pathlib import Path

import typer

from cfbudget.cli.import_files import existing_texts, put_texts, refuse_others, spare_existing
from cfbudget.cli.output import print_found, wrote
from cfbudget.cli.show import Destination, Result, show
from cfbudget.cli.which_plan import fail

FIRST_LINE = 4_000
"""Bytes in which the headings stand."""


def holds_records(file: str | None) -> bool:
    """Whether a file is CSV with the headings of tidy records."""
    from cfbudget.imports.tidy.records import are_records

    if not file or not file.lower().endswith(".csv"):
        return False
    try:
        with Path(file).open("rb") as found:
            first = found.read(FIRST_LINE).decode("utf-8-sig", "replace")
    except (OSError, ValueError):  # to read it says why
        return False
    return are_records((first.splitlines() or [""])[0])


def import_records(file: Path, into: str, to: Destination, *, force: bool) -> None:
    """Write the files that records come to, and prove that they compute every record.

    Args:
        to: where the proof is shown, and in which format.
    """
    from cfbudget.imports.tidy.record_page import ImportedRecords, record_page, record_records
    from cfbudget.imports.tidy.record_proof import prove_records
    from cfbudget.imports.tidy.records import read_records
    from cfbudget.problem import Place, Problem
    from cfbudget.read.folder import read_text

    problems: list[Problem] = []
    text = read_text(file, Place(str(file)), problems)
    read = read_records(text or "", str(file)) if text is not None else None
    if found := (*problems, *(read.problems if read else ())):
        print_found("", found, {str(file): text or ""})
        raise typer.Exit(2)
    assert read is not None  # what is none is a problem
    tables = {one.of.table for one in read.records}
    if "revenue" in tables and "position" not in tables:
        raise fail(
            f"{file.name} has no records of the position: they tell which years' options the "
            "budget contains",
            "write all tables: cfbudget totals -f csv -o plan.csv",
        )
    proof = prove_records(read.records, file.name, into)
    if proof is None:
        raise fail(
            f"{file.name}: no services come to the totals of its revenue records: nothing was "
            "written",
            "write the records again, without filters: cfbudget totals -f csv -o plan.csv",
        )
    if proof.problems:
        print_found(into, proof.problems, proof.texts)
        raise typer.Exit(2)
    existing = existing_texts(into)
    refuse_others(into, existing, proof.texts)
    spare_existing(into, list(proof.texts), force=force)
    imported = ImportedRecords(file.name, proof)
    show(Result(lambda: record_page(imported), lambda: record_records(imported)), *to)
    if not proof.holds:
        raise typer.Exit(2)
    for target in put_texts(Path(into), {Path(into, n): text for n, text in proof.texts.items()}):
        wrote(target)
