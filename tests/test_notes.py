"""Notes and sources of lines, and the printed names of totals, wherever they are shown."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cfbudget.cli.app import command_line
from cfbudget.layout.table import Table
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import prove
from tests.kit.plans_awkward import AWKWARD
from tests.kit.support import OPTIONS, REVENUE, SHIPPED, plan_of, small_texts
from tests.kit.workbooks import book_of, shipped_texts

NOTES = {
    "care": "Rates are provisional",
    "total": "Before the settlement",
    "roof": "=SUM(A1)",
    "fees": "Subject to | consultation",
    "demand": "source: Report 7, Annex B",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("noted")
    for name, text in AWKWARD["noted"].items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def totals(*words: str) -> str:
    done = CliRunner().invoke(command_line("totals"), ["totals", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def labels(tables: tuple[Table, ...]) -> dict[tuple[str, str], str]:
    return {
        (table.name, row.id): row.label
        for table in tables
        for row in table.rows
        if row.role in ("subtotal", "total")
    }


# -- notes ----------------------------------------------------------------------------------


def test_notes_are_a_last_field_of_records_where_they_are_asked_for(folder: Path) -> None:
    fields = next(csv.reader(io.StringIO(totals("-f", "csv", "--data", str(folder)))))
    assert ",".join(fields) == (
        "table,row,label,role,measure,year,unit,amount,source,service,kind,status,"
        "fund,category,ref,portfolio,owner"
    )
    found = list(csv.DictReader(io.StringIO(totals("-f", "csv", "--notes", "--data", str(folder)))))
    assert [*found[0]] == [*fields, "note"]
    shown = {record["row"]: record["note"] for record in found if record["note"]}
    assert shown.pop("care") == "Agreed by the committee"  # as its block of options says
    assert shown == {
        **{row: note for row, note in NOTES.items() if row != "care"},
        "roof": "'=SUM(A1)",  # no formula to a spreadsheet
    }
    told = json.loads(totals("-f", "json", "--notes", "--data", str(folder)))
    assert {(one["table"], one["row"]): one["note"] for one in told if one["note"]} == {
        ("revenue", "care"): NOTES["care"],
        ("revenue", "total"): NOTES["total"],
        ("capital", "roof"): NOTES["roof"],
        ("options", "fees"): NOTES["fees"],
        ("options", "demand"): NOTES["demand"],
        ("options", "care"): "Agreed by the committee",
    }


def test_notes_stand_below_a_table_where_they_are_asked_for(folder: Path) -> None:
    page = totals("--notes", "--data", str(folder))
    said = (
        "Care: Rates are provisional",
        "Council tax requirement: Before the settlement",
        "Roof: =SUM(A1)",
        "Fees: Subject to | consultation",
        "Demand: source: Report 7, Annex B",
        "Net savings of care (plus is more spending): Agreed by the committee",
    )
    assert set(said) <= {*page.splitlines()}
    plain = totals("--data", str(folder)).splitlines()
    assert [line for line in page.splitlines() if line not in plain] == [*said]
    assert totals("--data", str(SHIPPED)) == totals("--notes", "--data", str(SHIPPED))


def test_markdown_always_has_the_notes(folder: Path) -> None:
    text = totals("-f", "md", "--data", str(folder))
    assert "\n- Fees: Subject to \\| consultation\n- Demand: source: Report 7, Annex B\n" in text
    assert text == totals("-f", "md", "--notes", "--data", str(folder))


def test_notes_are_a_column_of_the_workbook() -> None:
    book = book_of(AWKWARD["noted"])
    prove(book)
    shown = {}
    for name in ("Revenue", "Capital", "Options"):
        (block,) = book.sheets[name].blocks
        for row, at in block.rows.items():
            if cell := book.cell(At(name, at, block.columns["Note"])):
                shown[name, row] = str(cell.content)
    assert shown == {
        ("Revenue", "care"): NOTES["care"],
        ("Revenue", "total"): NOTES["total"],
        ("Capital", "roof"): NOTES["roof"],
        ("Options", "fees"): NOTES["fees"],
        ("Options", "demand"): NOTES["demand"],
        ("Options", "care"): "Agreed by the committee",
    }


def test_a_plan_without_notes_has_no_column_of_them() -> None:
    book = book_of(shipped_texts())
    assert not [name for name, s in book.sheets.items() for b in s.blocks if "Note" in b.columns]


# -- names of totals ------------------------------------------------------------------------


def test_totals_have_the_names_that_the_plan_prints() -> None:
    assert labels(plan_tables(plan_of(AWKWARD["noted"]))) == {
        ("revenue", "total"): "Council tax requirement",
        ("capital", "total"): "Approved programme",
        ("options", "care/saving/new"): "Total new savings",
        ("options", "care/investment/previously-approved"): "Total previously approved investment",
        ("options", "care"): "Net savings of care (plus is more spending)",
        ("options", "total/saving/new"): "All new savings",
        (
            "options",
            "total/investment/previously-approved",
        ): "All previously approved investment",
        ("options", "total"): "Total Net Savings (plus is more spending)",
        ("position", "total"): "Council tax requirement",
    }


NESTED = REVENUE.replace(
    "  - {id: care,",
    "  - id: people\n    name: People\n    stated: {label: Directorate of people, net: 1}\n"
    "    services:\n      - {id: inner, name: Inner, net: 1, stated: {label: Innermost, net: 1}}\n"
    "  - {id: care,",
)


def test_services_that_add_up_others_have_printed_names_too() -> None:
    """A line has its own name, whatever its stated figures are called."""
    texts = small_texts(revenue=NESTED)
    shown = {
        (table.name, row.id): row.label
        for table in plan_tables(plan_of(texts))
        for row in table.rows
    }
    for table in ("revenue", "position"):
        assert shown[table, "people"] == "Directorate of people"
        assert shown[table, "inner"] == "Inner"
    assert shown["revenue", "people/heading"] == "People"


def test_a_block_of_a_service_with_others_names_its_own_options_alone() -> None:
    block = OPTIONS.replace("service: care", "service: people").replace(
        "    stated: {2024", "    stated: {label: Changes of people, 2024"
    )
    inner = (
        "  - service: inner\n    options:\n      - {id: more, name: More, kind: investment, "
        "status: new, changes: {2024-25: 1}}\n"
    )
    both = block.replace("  - service: people", f"{inner}  - service: people")
    shown = labels(plan_tables(plan_of(small_texts(revenue=NESTED, options=both)), ["options"]))
    assert shown["options", "people/own"] == "Changes of people"
    assert shown["options", "people"] == "Total change, People"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Council tax requirement", "Council tax requirement"),
        ("Efficiencies", "Efficiencies (plus is more spending)"),
        ("Savings and growth", "Savings and growth"),
        ("Net change", "Net change"),
    ],
)
def test_a_name_that_speaks_of_less_says_what_plus_means(label: str, shown: str) -> None:
    text = OPTIONS.replace("\nstated: {2024", f"\nstated: {{label: {label}, 2024")
    assert labels(plan_tables(plan_of(small_texts(options=text))))["options", "total"] == shown
