"""Full-time equivalents: exact, totalled as the options are, and never added to money."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.calculate.option_fte import fte_amounts
from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.calculate.position import position_amounts
from cfbudget.checks.report import check
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.table import Table
from cfbudget.loaded import load_texts
from cfbudget.money import Amount, parse_fte
from cfbudget.plan.files import Option
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure
from cfbudget.read.spreadsheet import Spreadsheet
from cfbudget.tables.compare_labels import label_of
from cfbudget.tables.options_by import options_by, with_groupings
from cfbudget.tables.options_list import options_list
from cfbudget.tables.plan_tables import options as options_table
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.returned.as_changes import as_changes
from cfbudget.workbook.returned.own_plan import OwnPlan, own_plan
from cfbudget.workbook.returned.verification import verify
from tests.kit.altered import altered, cell_in, input_at
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.posts import with_posts
from tests.kit.returned import book_of, came_back, cfbudget, plan_in, recalculated
from tests.kit.scenarios import applied, refused, rules_of
from tests.kit.support import plan_of, small_texts
from tests.kit.workbooks import disagreements, results, stored

PLAN = plan_of(with_posts())
STATED = "stated: {total: 14, fte: {2024-25: 1.5, 2025-26: -0.25, total: 1.25}}\n"


def posts(plan: Plan, row: str = TOTAL) -> list[int]:
    """A row's full-time equivalents by year, then in all, in hundredths."""
    amounts = fte_amounts(plan)
    return [amounts[Key(row, "fte", year)] for year in (*plan.years, None)]


# -- reading --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("-3.5", -350),
        ("(12.25)", -1225),
        ("+2", 200),
        ("−0.05", -5),
        ("1,234.5", 123450),
        ("-", 0),
        ("0", 0),
        ("0.6", 60),
    ],
)
def test_a_number_of_posts_is_read_exactly(text: str, hundredths: int) -> None:
    found = parse_fte(text)
    assert isinstance(found, Amount)
    assert found.pence == hundredths


@pytest.mark.parametrize(
    "text", ["£3", "3k", "0.5m", "3.555", "(3", "-(3)", "two", "1e2", "03", ""]
)
def test_what_is_no_number_of_posts_is_refused(text: str) -> None:
    assert not isinstance(parse_fte(text), Amount)


@given(st.integers(-(10**9), 10**9))
def test_every_hundredth_is_read_as_it_is_written(hundredths: int) -> None:
    whole, part = divmod(abs(hundredths), 100)
    found = parse_fte(f"{'-' if hundredths < 0 else ''}{whole}.{part:02}")
    assert isinstance(found, Amount)
    assert found.pence == hundredths


def test_a_figure_that_cannot_be_read_is_a_problem_at_its_place() -> None:
    texts = with_posts(**{"fte: {2024-25: 3}": "fte: {2024-25: £3, 2023-24: 1}"})
    found = load_texts(texts).problems
    assert [(p.rule, p.place.line) for p in found] == [("CF112", 15), ("CF204", 15)]
    assert found[0].message == "'£3' is no number of full-time equivalents"
    assert found[0].hint == "write a figure such as -3.5"


def test_beside_levels_they_are_an_error() -> None:
    texts = with_posts(
        **{
            "basis: change": "basis: level",
            "changes: {2025-26: 30}": "changes: {2024-25: 0, 2025-26: 30}",
            "changes: {2024-25: -4}": "changes: {2024-25: -4, 2025-26: -4}",
            "changes: {2025-26: 3}": "changes: {2024-25: 0, 2025-26: 3}",
        }
    )
    assert [p.rule for p in load_texts(texts).problems] == ["CF217", "CF217"]


# -- totals ---------------------------------------------------------------------------------


def test_they_are_totalled_by_group_service_and_plan() -> None:
    assert posts(PLAN, "fees") == [-150, -25, -175]
    assert posts(PLAN, "rent") == [0, 0, 0]
    assert posts(PLAN, "care/saving/new") == [-150, -25, -175]
    assert posts(PLAN, "care") == [-150, -25, -175]
    assert posts(PLAN, "total/saving/new") == [150, -25, 125]
    assert posts(PLAN) == [150, -25, 125]


def test_they_move_no_money() -> None:
    without = plan_of(with_posts(**{"fte: {2024-25: 3}, ": ""}))
    bare = {key: cell for key, cell in options_table(without).cells.items() if key.measure != "fte"}
    assert bare == {k: c for k, c in options_table(PLAN).cells.items() if k.measure != "fte"}
    assert position_amounts(PLAN).amounts == position_amounts(without).amounts


def test_a_plan_without_them_has_no_table_of_them(tmp_path: Path) -> None:
    done = cfbudget("totals", "options", "--data", plan_in(tmp_path / "plan", small_texts()))
    assert "FTE" not in done.stdout
    assert "ull-time" not in done.stdout
    assert not any("fte" in key.measure for key in options_table(plan_of(small_texts())).cells)


def test_the_page_shows_the_rows_that_have_any(tmp_path: Path) -> None:
    shown = cfbudget("totals", "options", "--data", plan_in(tmp_path / "plan", with_posts())).stdout
    _, _, below = shown.partition("Full-time equivalents, no money:")
    rows = [" ".join(line.split()) for line in below.splitlines()]
    assert rows[1] == "FTE 2024-25 2025-26 FTE by 2025-26"
    assert "Fees (1.50) (0.25) (1.75)" in rows
    assert "Total change, Care (1.50) (0.25) (1.75)" in rows
    assert "Total change, Small Council 1.50 (0.25) 1.25" in rows
    assert not any(row.startswith(("Growth", "Rent", "New pressures")) for row in rows)


def test_another_unit_of_money_leaves_them(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", with_posts())
    done = cfbudget("totals", "options", "--unit", "£", "-f", "csv", "--data", folder).stdout
    rows = [row for row in csv.DictReader(io.StringIO(done)) if row["measure"] == "fte"]
    assert {row["unit"] for row in rows} == {"FTE"}
    found = {(row["row"], row["year"]): row["amount"] for row in rows}
    assert (found["fees", "2025-26"], found["total", ""]) == ("-0.25", "1.25")
    assert found["rent", "2024-25"] == "0"


def test_a_list_has_one_column_of_them(tmp_path: Path) -> None:
    table = options_list(PLAN, PLAN.options) if PLAN.options else None
    assert table is not None
    grid = panel_grid(table, table.panels[0])
    assert list(grid.headings)[-2:] == ["By 2025-26", "FTE"]
    assert [row.texts[-1] for row in grid.rows] == ["(1.75)", "-", "3.00", "-", "1.25"]


def test_groups_have_their_own(tmp_path: Path) -> None:
    assert PLAN.options
    table = options_by(PLAN, PLAN.options, "category")
    found = {row.id: table.cells[Key(row.id, "fte")].pence for row in table.rows if row.sums}
    assert found == {
        "total/category/charging": -175,
        "total/category/demand": 300,
        "total/category/not-given": 0,
        "total": 125,
    }


def with_drawn_posts(plan: Plan, data: st.DataObject) -> Plan:
    assert plan.options

    def option_of(option: Option) -> Option:
        drawn = data.draw(st.lists(st.integers(-999, 999) | st.none(), max_size=len(plan.years)))
        fte = {
            year: Figure(hundredths, 1, option.place)
            for year, hundredths in zip(plan.years, drawn, strict=False)
            if hundredths is not None
        }
        return option.model_copy(update={"fte": MappingProxyType(fte)})

    blocks = [
        block.model_copy(update={"options": tuple(map(option_of, block.options))})
        for block in plan.options.services
    ]
    return replace(plan, options=plan.options.model_copy(update={"services": tuple(blocks)}))


@settings(max_examples=60, deadline=None)
@given(sketches(needs=frozenset({"options"})), st.data())
def test_every_total_of_them_is_the_sum_of_its_lines(sketch: Sketch, data: st.DataObject) -> None:
    plan = with_drawn_posts(plan_of(sketch.texts()), data)
    assert plan.options
    every: list[Table] = [options_table(plan), options_list(plan, plan.options)]
    every += [options_by(plan, plan.options, "kind"), with_groupings(every[0], plan.options)]
    written = sum(
        figure.pence
        for block in plan.options.services
        for option in block.options
        for figure in option.fte.values()
    )
    for table in every:
        for key, parts in table.relations():
            assert table.cells[key].pence == sum(table.cells[part].pence for part in parts)
            # Nothing adds posts to money.
            assert len({part.measure == "fte" for part in (key, *parts)}) == 1
        if key_there := table.cells.get(Key(TOTAL, "fte")):
            assert key_there.pence == written


# -- stated ---------------------------------------------------------------------------------


def outcomes(texts: dict[str, str]) -> dict[tuple[str, str], str]:
    found = check(plan_of(texts)).comparisons
    return {
        (one.key.row, str(one.key.year or "")): one.outcome
        for one in found
        if one.key.measure == "fte"
    }


def test_stated_totals_are_compared() -> None:
    assert outcomes(with_posts(STATED)) == {
        ("total", "2024-25"): "agrees",
        ("total", "2025-26"): "agrees",
        ("total", ""): "agrees",
    }
    assert outcomes(with_posts()) == {}


def test_those_of_a_block_and_of_a_group_too() -> None:
    group = "groups:\n  - {by: category, name: Demand, stated: {fte: {2024-25: 2}}}\n"
    texts = with_posts(group, **{"  - service: schools\n": "BLOCK  - service: schools\n"})
    block = "    stated: {fte: {2024-25: -1.5, total: n/a}}\n"
    text = texts["policy_options.yaml"].replace("BLOCK", block)
    assert outcomes({**texts, "policy_options.yaml": text}) == {
        ("care", "2024-25"): "agrees",
        ("care", ""): "not stated",
        ("total/category/demand", "2024-25"): "differs",
    }


def test_one_that_differs_is_an_error_and_says_by_how_much(tmp_path: Path) -> None:
    texts = with_posts(STATED.replace("total: 1.25", "total: 2.25"))
    folder = plan_in(tmp_path / "plan", texts)
    done = cfbudget("check", "--data", folder)
    assert done.status == 1
    assert "CF301" in done.stderr
    assert "2.25" in done.stderr
    assert "FTE" in done.stderr


def test_rounding_is_by_the_places_of_the_posts_not_of_the_money() -> None:
    """Printed to a tenth, two lines and a total may be out by a tenth and a half."""
    tenths = {"fte: {2024-25: -1.5, 2025-26: (0.25)}": "fte: {2024-25: -1.5}"}
    near = STATED.replace("2025-26: -0.25, total: 1.25", "2025-26: 0, total: 1.6")
    assert outcomes(with_posts(near, **tenths))["total", ""] == "rounding"
    far = near.replace("total: 1.6", "total: 1.7")
    assert outcomes(with_posts(far, **tenths))["total", ""] == "differs"


# -- scenarios and comparisons of plans -----------------------------------------------------


def test_what_is_done_to_an_option_is_done_to_its_posts() -> None:
    assert posts(applied(PLAN, {"drop": "fees"}).plan) == [300, 0, 300]
    assert posts(applied(PLAN, {"deliver": "fees", "share": "50%"}).plan) == [225, -13, 212]
    assert posts(applied(PLAN, {"drop": "fees", "from": "2025-26"}).plan) == [150, 0, 150]
    late = applied(PLAN, {"delay": "fees", "years": "1"})
    assert posts(late.plan) == [300, -150, 150]
    (beyond,) = late.fte_beyond
    assert (beyond.option, str(beyond.year), beyond.pence) == ("fees", "2026-27", -25)


def test_setting_money_leaves_posts_and_setting_posts_leaves_money() -> None:
    money = applied(PLAN, {"set": "fees", "to": {"2024-25": "-20"}})
    assert posts(money.plan) == posts(PLAN)
    posted = applied(PLAN, {"set": "rent", "measure": "fte", "to": {"2025-26": "-2.5"}})
    assert posts(posted.plan) == [150, -275, -125]
    assert position_amounts(posted.plan).amounts == position_amounts(PLAN).amounts
    assert not posted.problems


def test_a_plan_without_posts_may_be_given_some() -> None:
    plan = plan_of(small_texts())
    trial = applied(plan, {"set": "fees", "measure": "fte", "to": {"2025-26": "-2"}})
    assert posts(trial.plan) == [0, -200, -200]


def test_a_change_of_posts_alone_is_a_change_and_none_is_told() -> None:
    trial = applied(PLAN, {"set": "fees", "measure": "fte", "to": {"2024-25": "-1.5"}})
    assert rules_of(trial.problems) == ["CF510"]


def test_the_order_of_setting_and_delaying_posts_matters() -> None:
    (problem,) = refused(
        PLAN,
        {"set": "fees", "measure": "fte", "to": {"2024-25": "-3"}},
        {"delay": "fees", "years": "1"},
    )
    assert problem.rule == "CF506"
    assert "FTE 2024-25" in problem.message
    both = applied(
        PLAN,
        {"set": "fees", "measure": "fte", "to": {"2024-25": "-3"}},
        {"set": "fees", "to": {"2024-25": "-20"}},
    )
    assert posts(both.plan, "fees") == [-300, -25, -325]


def test_the_page_of_a_trial_says_what_becomes_of_posts(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", with_posts())
    done = cfbudget("model", "--delay", "fees=1", "--data", folder)
    assert (
        "Full-time equivalents: +1.50 in 2024-25, (1.25) in 2025-26; 1.50 by 2025-26, "
        "1.25 in the baseline." in done.stdout
    )
    said = "Full-time equivalents beyond the plan, in none of its figures: net (0.25) in 2026-27."
    assert said in done.stdout
    unmoved = cfbudget("model", "--set", "rent@2025-26=4", "--data", folder)
    assert "ull-time" not in unmoved.stdout
    typed = cfbudget("model", "--set", "rent.fte@2025-26=-2.5", "--data", folder)
    assert "(2.50) in 2025-26" in typed.stdout


def test_a_bridge_lists_options_whose_posts_differ() -> None:
    new = plan_of(with_posts(**{"fte: {2024-25: 3}": "fte: {2024-25: 2}"}))
    bridge = bridge_between(PLAN, new)
    assert isinstance(bridge, Bridge)
    assert [(line.causes, label_of(line)) for line in bridge.lines] == [
        (("FTE changed",), "Buses (Schools; FTE 2.00, was 3.00)")
    ]


# -- the workbook ---------------------------------------------------------------------------


def test_a_workbook_holds_them_as_inputs_with_live_totals(tmp_path: Path) -> None:
    book = book_of(with_posts(STATED))
    path = stored(book, tmp_path / "book.xlsx")
    assert disagreements(book, results(path)) == []
    found = came_back(path)
    held = verify(book, found)
    assert held is not None
    assert held.findings == ()
    (block,) = book.sheets["Lines"].blocks
    assert "options, FTE/fees/fte/2024-25" in block.rows
    # An option that gives none has cells to type them into.
    assert "options, FTE/rent/fte/2025-26" in block.rows


def typed(path: Path) -> tuple[Book, Spreadsheet]:
    """A workbook in which the posts of an option that gave none are typed."""
    book = book_of(with_posts(STATED))
    found = came_back(stored(book, path))
    at = input_at(book, "options", "rent", "fte", "2025-26")
    value = Decimal("-2.5")
    worked_in = altered(found, {at: cell_in(found, at)._replace(value=value)})
    return book, recalculated(book, worked_in, {at: value})


def test_typed_posts_are_found_and_can_be_kept_as_a_scenario(tmp_path: Path) -> None:
    book, found = typed(tmp_path / "book.xlsx")
    held = verify(book, found)
    assert held is not None
    assert "CF603" in [one.rule.code for one in held.findings]
    assert held.effects == ()
    changes = as_changes(book, plan_of(with_posts(STATED)), held.inputs)
    assert changes == [{"set": "rent", "measure": "fte", "to": {"2025-26": "-2.5"}}]


def test_a_worked_in_workbook_is_a_plan_with_the_posts_typed(tmp_path: Path) -> None:
    _, found = typed(tmp_path / "book.xlsx")
    own = own_plan(found, "book.xlsx", "0.0.0")
    assert isinstance(own, OwnPlan)
    assert posts(own.plan) == [150, -275, -125]


def test_an_altered_total_of_posts_is_found(tmp_path: Path) -> None:
    book = book_of(with_posts())
    found = came_back(stored(book, tmp_path / "book.xlsx"))
    at = book.places["options", Key(TOTAL, "fte")]
    assert isinstance(at, At)
    other = altered(found, {at: cell_in(found, at)._replace(formula=None, value=Decimal(9))})
    held = verify(book, other)
    assert held is not None
    assert "CF605" in [one.rule.code for one in held.findings]


def test_a_workbook_with_a_scenario_has_both(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", with_posts())
    scenario = tmp_path / "s.yaml"
    scenario.write_text(
        "name: Late\nchanges:\n  - {delay: fees, years: 1}\n"
        "  - {add: {service: care, id: lanes, name: Lanes, kind: saving, status: new,"
        " fte: {2025-26: -1}, changes: {2025-26: -3}}}\n",
        encoding="utf-8",
    )
    book = tmp_path / "book.xlsx"
    words = ("--data", folder, "--scenario", scenario)
    assert cfbudget("export", book, *words).status == 0
    assert cfbudget("verify", book, *words).status == 0


def test_the_workbook_of_a_page_adds_up_the_rows_that_it_shows(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", with_posts())
    path = tmp_path / "page.xlsx"
    assert cfbudget("totals", "options", "-o", path, "--data", folder).status == 0
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if "Total change" in str(row[0])]
    of_posts = rows[len(rows) // 2 :]
    assert len(of_posts) == 3
    assert all(str(cell).startswith("=SUM(") for row in of_posts for cell in row[1:4])
