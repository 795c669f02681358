"""A measure has its unit: a percentage, a count, a year and a fact are cells of a table."""

import json
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.layout.made_of import MadeOf, ShareOf
from cfbudget.layout.page import Page, Records, Title, page
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.table import Cell, Column, Panel, Table, key_of
from cfbudget.layout.tidy import Record
from cfbudget.layout.units import COUNT, FACT, PER_CENT, SHARE_PLACES, YEAR, exact, share, shown
from cfbudget.loaded import load_folder
from cfbudget.render.data import records_json
from cfbudget.render.page_html import page_html
from cfbudget.render.page_markdown import page_markdown
from cfbudget.tables.revenue import revenue_table
from cfbudget.workbook.book.book import Book, Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import prove, work_out
from cfbudget.workbook.sheets.page_book import page_book
from cfbudget.workbook.sheets.statements import Ledger, Undeclared, statement
from tests.kit.pages import text_of
from tests.kit.support import SHIPPED

SHARE = Column("rate", None, "Share", unit=PER_CENT)
POSTS = Column("total", None, "Posts", unit=COUNT)
SINCE = Column("breaks_even", None, "Since", unit=YEAR)
CLOSED = Column("incomplete", None, "Closed", unit=FACT)


def revenue() -> Table:
    plan = load_folder(str(SHIPPED)).plan
    assert plan is not None
    return revenue_table(plan, plan.revenue[0])


@pytest.fixture
def measured() -> Table:
    """The shipped revenue budget with a column of each unit that is no money."""
    table = revenue()
    net = table.columns[-1]
    whole = Key(TOTAL, "net", net.year)
    cells, made = dict(table.cells), dict[Key, MadeOf]()
    for at, row in enumerate(table.rows, start=1):
        part = key_of(row, net)
        made[key_of(row, SHARE)] = ShareOf(part, whole)
        cells[key_of(row, SHARE)] = Cell(share(cells[part].pence, cells[whole].pence))
        if row.role == "line":
            cells[key_of(row, POSTS)] = Cell(1_200 * at, is_input=True)
            cells[key_of(row, SINCE)] = Cell(2019 + at, is_input=True)
    cells[key_of(table.rows[0], CLOSED)] = Cell(1, is_input=True)
    total = Key(TOTAL, POSTS.measure)
    cells[total] = Cell(sum(cell.pence for key, cell in cells.items() if key.measure == "total"))
    more = Panel("Beside the money", (SHARE, POSTS, SINCE, CLOSED))
    return replace(
        table,
        panels=(*table.panels, more),
        cells=MappingProxyType(cells),
        made_of=MappingProxyType(made),
    )


def page_of(table: Table) -> Page:
    return page((Title(table.title), *(panel_grid(table, panel) for panel in table.panels)))


def test_each_unit_is_read_as_what_it_is(measured: Table) -> None:
    shown_page = page_of(measured)
    net = measured.panels[0].columns[-1]
    first, *_, whole = (measured.cell(row, net) for row in measured.rows)
    assert first is not None
    assert whole is not None
    per_cent = first.pence * 100 / whole.pence
    for text in (text_of(shown_page, None), page_markdown(shown_page), page_html(shown_page)):
        for words in (f"{per_cent:.1f}%", "100.0%", "1,200", "7,200", "2020-21", "yes"):
            assert words in text


def test_the_records_say_the_unit_and_a_year_is_a_year(measured: Table) -> None:
    rows = [record._asdict() for record in measured.records()]
    records: list[dict[str, str]] = json.loads(records_json(Records(Record._fields, rows)))
    of = {(one["row"], one["measure"]): one for one in records}
    first = measured.rows[0].id
    whole = of[TOTAL, "rate"]
    assert (whole["unit"], whole["amount"]) == ("%", "100")
    posts = of[TOTAL, "total"]
    assert (posts["unit"], posts["amount"]) == ("count", "7200")
    since = of[first, "breaks_even"]
    assert (since["year"], since["unit"], since["amount"]) == ("2020-21", "", "")
    assert (of[first, "incomplete"]["unit"], of[first, "incomplete"]["amount"]) == ("", "")


def test_a_share_and_a_count_are_live_in_the_workbook_of_a_page(measured: Table) -> None:
    book = page_book(page_of(measured))
    prove(book)
    texts = [formula.expression.text(at.sheet) for at, formula in book.formulas()]
    assert sum(text.startswith("ROUND(") for text in texts) == len(measured.rows)
    # Typing over an input moves what is made of it.
    sheet = book.sheets["Revenue"]
    row, column = next(at for at, cell in sheet.cells.items() if cell.style.role == "input")
    moved = work_out(book, {At(sheet.name, row, column): Decimal(0)})
    assert [at for at, formula in book.formulas() if moved[at] != formula.result]


def test_a_sheet_of_the_reconciliation_workbook_takes_them_too(measured: Table) -> None:
    years = Panel("", tuple(c for c in measured.columns if c.unit not in (YEAR, FACT)))
    sheet, ledger = Sheet("Revenue"), Ledger({}, [])
    statement(sheet, replace(measured, panels=(years,)), 5, lambda _: {}, ledger)
    prove(Book({"Revenue": sheet}, {}, (), (), {}))
    formats = {cell.style.number_format for cell in sheet.cells.values()}
    # What rounds to nil has no brackets there either.
    assert "[>=0.0005]0.0%;[<=-0.0005](0.0%);0%" in formats


def test_a_figure_that_is_no_formula_is_an_input_only_where_it_is_declared() -> None:
    table = revenue()
    bare = {key: cell._replace(is_input=False) for key, cell in table.cells.items()}
    with pytest.raises(Undeclared):
        statement(
            Sheet("Revenue"),
            replace(table, cells=MappingProxyType(bare)),
            5,
            lambda _: {},
            Ledger({}, []),
        )


# -- units ----------------------------------------------------------------------------------


@given(st.integers(-(10**15), 10**15), st.integers(-(10**15), 10**15).filter(bool))
def test_a_share_is_the_fraction_to_its_places(part: int, whole: int) -> None:
    held = share(part, whole)
    assert abs(held * whole - 100 * part * PER_CENT.pence) * 2 <= (
        PER_CENT.pence // 10**SHARE_PLACES * abs(whole)
    )
    assert share(-part, whole) == -held
    text = exact(held, PER_CENT)
    assert Decimal(text) == Decimal(held).scaleb(-18)


def test_the_words_of_each_unit() -> None:
    one = PER_CENT.pence
    seen = [
        shown(125 * one // 10, PER_CENT, 1),
        shown(-125 * one // 10, PER_CENT, 1),
        shown(0, PER_CENT, 1),
        shown(-one // 25, PER_CENT, 1),
        shown(-one // 20, PER_CENT, 1),
        shown(1_234, COUNT, 0),
        shown(2024, YEAR, 0),
        shown(0, YEAR, 0),
        shown(1, FACT, 0),
    ]
    assert seen == [
        "12.5%",
        "(12.5%)",
        "0%",
        "0%",
        "(0.1%)",
        "1,234",
        "2024-25",
        "not within the plan",
        "yes",
    ]
