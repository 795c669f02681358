"""The options as a list, one a row, at every width and in every format."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.layout.panel_grid import panel_grid
from cfbudget.render.grid_text import grid_text
from cfbudget.tables.options_list import options_list
from cfbudget.tables.plan_tables import options as options_table
from tests.kit.described import described
from tests.kit.pages import drawn
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.returned import cfbudget, plan_in
from tests.kit.support import plan_of, small_texts

MANY = 60


def shown(folder: Path, *words: str) -> str:
    done = cfbudget("totals", "options", "--list", *words, "--data", folder)
    assert done.status == 0, done.stderr
    return done.stdout


def long_plan() -> dict[str, str]:
    """Sixty options with long names, services and owners."""
    lines = "".join(
        f"      - {{id: o{at}, name: Review of the placements and contracts number {at},"
        f" kind: saving, status: new, ref: S{at:02}, owner: Director of Adults and Health,"
        f" changes: {{2024-25: -{1000 + at}, 2025-26: -{at}, 2027-28: -99999}}}}\n"
        for at in range(1, MANY + 1)
    )
    head = "name: Small Council\nunit: £000\nbasis: change\n"
    years = "financial_years: [2024-25, 2025-26, 2026-27, 2027-28]\n"
    text = f"{head}{years}services:\n  - service: care\n    options:\n{lines}"
    return small_texts(options=text)


def test_a_row_has_ref_service_owner_and_figures_in_the_order_of_the_file(tmp_path: Path) -> None:
    lines = shown(plan_in(tmp_path / "plan", described())).splitlines()
    assert lines[0] == ("Small Council: policy options, one a row, changes to the revenue budget")
    start = next(at for at, line in enumerate(lines) if line.startswith("£000 "))
    rows = [re.split(r" {2,}", line) for line in lines[start : start + 8]]
    assert rows[0] == ["£000", "Ref", "Service", "Owner", "2024-25", "2025-26", "By 2025-26"]
    assert rows[2] == ["Fees", "S12", "Care", "R. Shah", "(10)", "(5)", "(15)"]
    assert rows[3] == ["Growth", "D1", "Care", "R. Shah", "-", "30", "30"]
    assert rows[4] == ["Buses", "S13", "Schools", "(4)", "-", "(4)"]
    assert rows[5] == ["Rent", "Schools", "-", "3", "3"]
    assert rows[7] == ["Total change, Small Council", "(14)", "28", "14"]


def test_what_no_option_says_has_no_column(tmp_path: Path) -> None:
    listed = shown(plan_in(tmp_path / "plan", small_texts()))
    assert re.search(r"^£000 +Service +2024-25 +2025-26", listed, re.MULTILINE)


def test_records_are_those_of_the_lines_and_the_total(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    listed = [*csv.DictReader(io.StringIO(shown(folder, "-f", "csv")))]
    plain = cfbudget("totals", "options", "-f", "csv", "--data", folder).stdout
    rows = [*csv.DictReader(io.StringIO(plain))]
    assert listed == [row for row in rows if row["role"] in ("line", "total")]


def test_filters_leave_the_whole_plan_s_total(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    rows = [" ".join(line.split()) for line in shown(folder, "--service", "schools").splitlines()]
    assert "Total change, Small Council (whole plan) (14) 28 14" in rows
    assert "Fees" not in " ".join(rows)
    assert "2024-25" not in shown(folder, "--year", "2025-26").partition("£000  ")[2]


def test_markdown_and_the_workbook_have_the_columns_too(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    text = shown(folder, "-f", "md")
    assert "| £000 | Ref | Service | Owner | 2024-25 | 2025-26 | By 2025-26 |" in text
    assert "| --- | --- | --- | --- | ---: | ---: | ---: |" in text
    shown(folder, "-o", str(tmp_path / "list.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    found = [
        [cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)
    ]
    assert next(row[:6] for row in found if row[:1] == ["Fees"]) == [
        "Fees",
        "S12",
        "Care",
        "R. Shah",
        -10,
        -5,
    ]
    (total,) = (row for row in found if row[:1] == ["Total change, Small Council"])
    assert str(total[1]).startswith("=SUM(")


@pytest.mark.parametrize("width", [24, 40, 60, 80, 100, 120, 200, None])
def test_no_figure_is_cut_and_nothing_said_is_lost_at_any_width(width: int | None) -> None:
    plan = plan_of(long_plan())
    assert plan.options
    table = options_list(plan, plan.options)
    text = drawn(grid_text(panel_grid(table, table.panels[0]), width))
    if width is not None:
        assert max(map(len, text.splitlines())) <= width
    words = " ".join(text.split())
    assert words.count("(99,999)") == MANY
    for at in range(1, MANY + 1):
        assert f"S{at:02}" in words
        assert f"({1000 + at:,})" in words
    if width in (80, 120, 200, None):
        assert len(text.splitlines()) <= 4 * MANY + 10


def test_words_go_behind_the_names_from_the_last_where_there_is_no_room() -> None:
    plan = plan_of(long_plan())
    assert plan.options
    table = options_list(plan, plan.options)
    grid = panel_grid(table, table.panels[0])
    wide, middle, less, narrow = (drawn(grid_text(grid, w)) for w in (200, 110, 86, 79))
    assert re.search(r"number 1 +S01 +Care +Director of Adults and Health +\(1,001\)", wide)
    assert re.search(r"£000 +Ref +Service +2024-25", middle)
    assert re.search(r"£000 +Ref +2024-25", less)
    assert "(Care; Director of Adults" in " ".join(less.split())
    assert re.search(r"£000 +2024-25", narrow)
    assert "(S01; Care; Director" in " ".join(narrow.split())


@settings(max_examples=40, deadline=None)
@given(sketches(needs=frozenset({"options"})), st.integers(20, 140))
def test_a_list_has_every_option_and_the_plan_s_total(sketch: Sketch, width: int) -> None:
    plan = plan_of(sketch.texts())
    assert plan.options
    plain, listed = options_table(plan), options_list(plan, plan.options)
    written = [option.id for block in plan.options.services for option in block.options]
    assert [row.id for row in listed.rows] == [*written, "total"]
    for key, parts in listed.relations():
        assert listed.cells[key].pence == sum(listed.cells[part].pence for part in parts)
    assert all(plain.cells[key] == cell for key, cell in listed.cells.items())
    grid = panel_grid(listed, listed.panels[0])
    text = re.sub(r"\s", "", drawn(grid_text(grid, width)))
    for row in grid.rows:
        for cell in row.texts:
            assert re.sub(r"\s", "", cell) in text


def test_a_list_is_not_grouped(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    done = cfbudget("totals", "options", "--list", "--by", "kind", "--data", folder)
    assert (done.status, done.stdout) == (2, "")
    done = cfbudget("totals", "capital", "--list", "--data", folder)
    assert (done.status, done.stdout) == (2, "")
    assert "the options" in done.stderr


def test_lines_have_their_fund_in_a_list_and_in_groups(tmp_path: Path) -> None:
    texts = described()
    text = texts["revenue_2024_25.yaml"].replace("{id: schools,", "{id: schools, fund: dsg,")
    folder = plan_in(tmp_path / "plan", {**texts, "revenue_2024_25.yaml": text})
    plain = cfbudget("totals", "options", "-f", "csv", "--data", folder).stdout
    wanted = {row["row"]: row["fund"] for row in csv.DictReader(io.StringIO(plain))}
    assert (wanted["fees"], wanted["buses"]) == ("general", "dsg")
    for words in (("--list",), ("--by", "category")):
        done = cfbudget("totals", "options", *words, "-f", "csv", "--data", folder).stdout
        rows = [row for row in csv.DictReader(io.StringIO(done)) if row["role"] == "line"]
        assert {row["row"]: row["fund"] for row in rows} == {
            row["row"]: wanted[row["row"]] for row in rows
        }
