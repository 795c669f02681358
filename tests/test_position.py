"""The position of several budgets: what moves a net budget stands on the page, and adds up."""

from itertools import pairwise

from hypothesis import given, settings

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.other_movements import other_movements
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.tables.plan_tables import position
from cfbudget.workbook.book.book import Formula
from cfbudget.years import FinancialYear
from tests.kit import plans_oracle as oracle
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.support import REVENUE, plan_of, small_texts
from tests.kit.workbooks import book_of

BOTH = frozenset({"revenue", "options"})
THOUSAND = 100_000


def budgets(**nets: str) -> dict[str, str]:
    """Budgets of one service by year, each a net and, after it, the options that it contains."""
    made = {}
    for year, written in nets.items():
        net, _, contains = written.partition(" ")
        made[f"revenue_{year[1:]}.yaml"] = (
            f"name: Small\nfinancial_year: {year[1:].replace('_', '-')}\nunit: £000\n"
            f"contains_options_of: [{contains}]\nservices:\n"
            f"  - {{id: roads, name: Roads, net: {net}}}\n"
        )
    return made


def options(first: int, *lines: str) -> dict[str, str]:
    """Options of roads over two years from `first` on."""
    years = f"{first}-{first % 100 + 1}, {first + 1}-{first % 100 + 2}"
    listed = "".join(f"      - {{{line}, kind: investment, status: new}}\n" for line in lines)
    return {
        "policy_options.yaml": (
            f"name: Small\nunit: £000\nbasis: change\nfinancial_years: [{years}]\n"
            f"services:\n  - service: roads\n    options:\n{listed}"
        )
    }


def shown(plan: Plan, measure: Measure) -> dict[str, int]:
    """The total's figures of a measure in £000, by the heading of their column."""
    table = position(plan)
    cells = {
        column.heading: table.cells[Key("total", column.measure, column.year)].pence
        for column in table.columns
        if column.measure == measure
    }
    return {heading: pence // THOUSAND for heading, pence in cells.items()}


SALT = "id: salt, name: Salt, changes: {2024-25: 3, 2025-26: 20}"


def test_other_movements_have_a_column_of_their_own() -> None:
    """Without them the change was nil, and the net budget moved."""
    plan = plan_of(budgets(_2024_25="11571", _2025_26="11600", _2026_27="12236"))
    assert shown(plan, "change") == {"2024-25": 0, "2025-26": 0, "2026-27": 0}
    assert shown(plan, "other_movements") == {"2025-26": 29, "2026-27": 636}
    assert shown(plan, "net_budget") == {"2024-25": 11571, "2025-26": 11600, "2026-27": 12236}
    captions = [panel.caption for panel in position(plan).panels]
    assert captions[0] == "Change in each year by the listed options, against the year before"
    assert captions[1] == (
        "Other movements, not in the listed options: net budget = the one before it + change + "
        "other movements"
    )


def test_options_that_start_later_leave_the_earlier_budgets_there() -> None:
    plan = plan_of(
        {
            **budgets(_2022_23="40", _2023_24="44", _2024_25="50 2024-25"),
            **options(2024, SALT),
        }
    )
    assert shown(plan, "net_budget") == {
        "2022-23": 40,
        "2023-24": 44,
        "2024-25": 50,
        "2025-26": 70,
    }
    assert shown(plan, "change") == {"2022-23": 0, "2023-24": 0, "2024-25": 3, "2025-26": 20}
    assert shown(plan, "other_movements") == {"2023-24": 4, "2024-25": 3, "2025-26": 0}
    assert shown(plan, "total_to_date") == {"2024-25": 3, "2025-26": 26}
    assert shown(plan, "opening") == {
        "Opening": 40,
        "Opening, 2023-24 budget": 44,
        "Opening, 2024-25 budget": 47,
    }
    alone = position(plan).only(years={FinancialYear(2023)})
    assert [column.heading for column in alone.columns] == [
        "2023-24",
        "2023-24",
        "2023-24",
        "Opening, 2023-24 budget",
        "2023-24",
    ]


def test_a_budget_after_the_plan_stands_on_what_one_offs_take_back() -> None:
    """It contains the last year's options, and so their taking back: no other movement."""
    one_off = "id: flood, name: Flood, recurs: false, changes: {2025-26: 9}"
    contains = "2024-25, 2025-26"
    plan = plan_of(
        {
            **budgets(_2024_25="50 2024-25", _2026_27=f"70 {contains}"),
            **options(2024, SALT, one_off),
        }
    )
    assert shown(plan, "net_budget") == {"2024-25": 50, "2025-26": 79, "2026-27": 70}
    assert shown(plan, "change") == {"2024-25": 3, "2025-26": 29, "2026-27": -9}
    assert shown(plan, "other_movements") == {"2025-26": 0, "2026-27": 0}
    assert other_movements(plan) == ()


def test_a_plan_with_one_budget_has_no_other_movements() -> None:
    table = position(plan_of({**budgets(_2023_24="44"), **options(2024, SALT)}))
    assert "other_movements" not in {column.measure for column in table.columns}
    assert {column.year for column in table.columns} == {
        None,
        FinancialYear(2024),
        FinancialYear(2025),
    }
    assert table.panels[0].caption == "Change in each year, against the year before"


def test_other_movements_are_records_with_the_line_of_their_budget() -> None:
    plan = plan_of({**budgets(_2024_25="50", _2025_26="55"), **options(2024, SALT)})
    (found,) = (
        record
        for record in position(plan).records()
        if record.measure == "other_movements" and record.row == "roads"
    )
    assert (found.year, found.amount, found.source) == ("2025-26", "5", "revenue_2025_26.yaml:6")


LATER = REVENUE.replace("2024-25", "2025-26").replace("gross: 200", "gross: 230")


def test_other_movements_are_live_in_the_workbook() -> None:
    texts = small_texts(revenue=REVENUE.replace("[2024-25]", "[]"))
    later = LATER.replace("[2025-26]", "[]").replace("gross: 300", "gross: 330")
    book = book_of({**texts, "revenue_2025_26.yaml": later})
    second = FinancialYear(2025)
    now = book.places["position", Key("schools", "opening", second)]
    then = book.places["position", Key("schools", "opening", None)]
    cell = book.cell(book.places["position", Key("schools", "other_movements", second)])
    assert cell
    assert isinstance(cell.content, Formula)
    assert cell.content.result == 30
    says = "-".join(at.text("Position") for at in (now, then))
    assert cell.content.expression.text("Position") == says


# -- what holds for every plan --------------------------------------------------------------


def years_of(table: Table, measure: Measure) -> list[FinancialYear]:
    return [c.year for c in table.columns if c.measure == measure and c.year]


@settings(max_examples=200, deadline=None)
@given(sketches(needs=frozenset({"revenue"}), least_budgets=2) | sketches(needs=BOTH))
def test_each_net_budget_follows_from_the_one_before_it_on_the_page(sketch: Sketch) -> None:
    table = position(plan_of(sketch.texts()))
    years = years_of(table, "net_budget")
    several = len(sketch.budgets) > 1
    if several:
        assert {budget.year for budget in sketch.budgets} <= {year.start for year in years}
    if not oracle.changes_are_known(sketch):
        return

    def figure(row: str, measure: Measure, year: FinancialYear) -> int:
        return table.cells[Key(row, measure, year)].pence

    for row in (row.id for row in table.rows if row.role != "heading"):
        for earlier, year in pairwise(years_of(table, "change")):
            if not {earlier, year} <= {*years}:
                continue
            moved = figure(row, "change", year)
            if several:
                moved += figure(row, "other_movements", year)
            before = figure(row, "net_budget", earlier)
            assert figure(row, "net_budget", year) == before + moved, (row, year)


@settings(max_examples=60, deadline=None)
@given(sketches(needs=BOTH))
def test_other_movements_stand_on_the_page_with_several_budgets_only(sketch: Sketch) -> None:
    table = position(plan_of(sketch.texts()))
    there = "other_movements" in {column.measure for column in table.columns}
    assert there == (len(sketch.budgets) > 1 and len(years_of(table, "net_budget")) > 1)
