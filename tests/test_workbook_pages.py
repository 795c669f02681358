"""The pages of a large council's workbook: what they begin and end with, and what repeats."""

from functools import cache
from itertools import pairwise

import pytest

from cfbudget.workbook.book.book import Book, Sheet
from cfbudget.workbook.book.cell_rows import CellRows
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.xlsx_pages import (
    CHART_HEIGHT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    ROW,
    chart_breaks,
    printed_pages,
)
from tests.kit.large_council import LARGE, OPTIONS
from tests.kit.returned import book_of
from tests.kit.small_plans import NESTED, ON_THE_PARENT, options, revenue
from tests.kit.support import CAPITAL

LABEL = 1
OF_TABLES = ("Revenue", "Capital", "Options", "FTE", "List", "Position", "Reserves")


@cache
def large() -> Book:
    return book_of(LARGE)


def role(sheet: Sheet, row: int) -> str:
    cell = sheet.cells.get((row, LABEL))
    return cell.style.role if cell and cell.content != "" else ""


def pages_of(sheet: Sheet) -> list[range]:
    """The rows of each page."""
    found = printed_pages(sheet, {})
    starts = [1, *(found.breaks if found else ()), sheet.last_filled + 1]
    return [range(first, end) for first, end in pairwise(starts)]


@pytest.mark.parametrize("name", OF_TABLES)
def test_no_page_ends_with_a_heading_or_begins_with_a_lone_total(name: str) -> None:
    sheet = large().sheets[name]
    first, *others = pages_of(sheet)
    assert first
    for page in others:
        assert role(sheet, page[0]) != "total label"
    for page in (first, *others)[:-1]:
        filled = [row for row in page if any(at == row for at, _ in sheet.cells)]
        assert role(sheet, filled[-1]) not in ("heading", "group", "caption")


@pytest.mark.parametrize("name", OF_TABLES)
def test_a_page_holds_its_rows(name: str) -> None:
    sheet = large().sheets[name]
    found = printed_pages(sheet, {})
    assert found is not None
    room = PAGE_HEIGHT * 100 / found.scale
    repeated = len(range(sheet.repeated[0], sheet.repeated[1] + 1)) if sheet.repeated else 0
    for at, page in enumerate(pages_of(sheet)):
        assert (len(page) + (repeated if at else 0)) * ROW <= room
    columns = {column for _, column in sheet.cells}
    width = sum(sheet.widths.get(column, 8.43) * 5.6 + 4 for column in range(1, max(columns) + 1))
    assert width * found.scale / 100 <= PAGE_WIDTH


@pytest.mark.parametrize("name", OF_TABLES)
def test_every_page_has_the_headings_of_its_table(name: str) -> None:
    """They repeat where a sheet has one table; of several each stands on one page with them."""
    sheet = large().sheets[name]
    if len(sheet.blocks) == 1:
        header = sheet.blocks[0].header
        assert sheet.repeated == (header, header)
        return
    for block in sheet.blocks:
        (page,) = (page for page in pages_of(sheet) if block.header in page)
        assert max(block.rows.values()) in page


def test_heights_count() -> None:
    sheet = large().sheets["List"]
    plain = printed_pages(sheet, {})
    high = printed_pages(sheet, dict.fromkeys(range(1, sheet.last_filled + 1), 2 * ROW))
    assert plain is not None
    assert high is not None
    assert len(high.breaks) > len(plain.breaks)


def test_what_needs_no_care_is_left_to_the_spreadsheet() -> None:
    sheets = large().sheets
    for name in ("Lines", "Files", "Charts", "About"):
        assert printed_pages(sheets[name], {}) is None
    wide = Sheet("Wide", cells=CellRows(sheets["Revenue"].cells), widths={1: 900.0})
    assert printed_pages(wide, {}) is None


def test_a_heading_alone_on_pages_breaks_where_it_must() -> None:
    """Totals upon totals leave no row at which a page may begin: it is then full where it is."""
    totals = Sheet("Totals", cells=CellRows(large().sheets["Revenue"].cells))
    style = next(c.style for c in totals.cells.values() if c.style.role == "total label")
    for row in range(large().sheets["Revenue"].blocks[0].header + 2, 120):
        totals.put(row, LABEL, "Total", style)
    found = printed_pages(totals, {})
    assert found is not None
    assert found.breaks


# -- the sheets -----------------------------------------------------------------------------


def test_a_plan_has_no_sheet_of_what_it_lacks() -> None:
    alone = book_of(revenue(NESTED, contains="")).sheets
    assert {"Options", "List", "FTE", "Capital", "Funding"}.isdisjoint(alone)
    assert {"Revenue", "Position", "Checks", "Lines", "Charts", "Files"} <= set(alone)
    capital = book_of({"capital_programme.yaml": CAPITAL}).sheets
    assert {"Revenue", "Position", "Options"}.isdisjoint(capital)
    assert "Capital" in capital
    contents = {cell.content for (_, column), cell in alone["About"].cells.items() if column == 1}
    assert not any("Options" in str(content) for content in contents)


def test_the_members_list_leads_to_the_options() -> None:
    book = large()
    sheet = book.sheets["List"]
    (block,) = sheet.blocks
    assert list(block.columns)[:4] == ["£000", "Ref", "Service", "Owner"]
    assert len(block.rows) == OPTIONS + 1
    row = block.rows["option-7"]
    said = [sheet.cells[row, block.columns[word]].content for word in ("Ref", "Service", "Owner")]
    assert said == ["R07", "Service number 7", "Director 2"]
    change = sheet.cells[row, block.columns["Change\n2025-26"]].content
    options_at = book.sheets["Options"].blocks[0]
    at = At("Options", options_at.rows["option-7"], options_at.columns["Change\n2025-26"])
    assert getattr(change, "expression", None) == at
    posts = sheet.cells[row, block.columns["FTE"]].content
    assert getattr(posts, "expression", None).sheet == "FTE"  # type: ignore[union-attr]


def test_a_list_without_words_has_figures_alone() -> None:
    sheet = book_of({**revenue(NESTED), **options(ON_THE_PARENT)}).sheets["List"]
    (block,) = sheet.blocks
    assert list(block.columns)[:2] == ["£000", "Service"]


def test_levels_and_changes_have_a_sheet_each() -> None:
    levels = ON_THE_PARENT.replace("2025-26: -4}", "2025-26: -4, 2026-27: -4}").replace(
        "{2025-26: 10}", "{2024-25: 0, 2025-26: 10, 2026-27: 10}"
    )
    book = book_of({**revenue(NESTED), **options(levels, basis="level")})
    assert [len(book.sheets[name].blocks) for name in ("Options", "Changes")] == [1, 1]


def test_a_chart_is_whole_on_its_page() -> None:
    """It is drawn over rows: where it does not fit below its figures it begins a page."""
    sheet = large().sheets["Charts"]
    net, capital, bridge = (chart.at.row for chart in sheet.charts)
    begun = [1, *sheet.breaks]
    assert [*chart_breaks(sheet, {})] == [capital, bridge]
    room = PAGE_HEIGHT / ROW
    assert net - begun[0] + CHART_HEIGHT / ROW < room
    assert capital - begun[1] + CHART_HEIGHT / ROW > room
