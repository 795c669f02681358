"""Views of the position and depths of services: less is shown, and no total changes."""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cfbudget as package
from cfbudget.calculate.amounts import TableName
from cfbudget.layout.shown_parts import (
    BY_SERVICE,
    USUAL,
    View,
    to_depth,
    view_of,
    with_views,
    without_empty,
)
from cfbudget.layout.table import Row
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.returned import cfbudget
from tests.kit.small_plans import NESTED, ON_THE_PARENT, options, revenue
from tests.kit.support import PLANS, ROOT, plan_of
from tests.test_properties import read

PLAN = {**revenue(NESTED), **options(ON_THE_PARENT)}
COUNCIL = ROOT / "examples" / "ring-fenced"


def labels(depth: int | None, table: TableName) -> list[str]:
    (found,) = plan_tables(plan_of(PLAN), (table,))
    return [row.label for row in to_depth(found, depth).rows]


# -- depth ----------------------------------------------------------------------------------


def test_services_down_to_a_depth() -> None:
    assert labels(1, "revenue") == ["Total People", "Roads", "Total Small Council"]
    assert labels(2, "revenue") == [
        "People",
        "Care",
        "Total Learning",
        "Total People",
        "Roads",
        "Total Small Council",
    ]
    assert labels(3, "revenue") == labels(None, "revenue") == labels(9, "revenue")


def test_a_service_at_the_depth_has_its_total_and_one_above_it_its_parts() -> None:
    assert labels(1, "position") == ["Total People", "Roads", "Total Small Council"]
    assert "Options of the service as a whole" in labels(2, "position")
    assert labels(1, "options")[0] == "Total change, People"
    assert "Review" in labels(2, "options")
    assert "Demand" not in labels(2, "options")
    assert "Demand" in labels(3, "options")


@settings(max_examples=40, deadline=None)
@given(sketches(), st.integers(1, 4))
def test_no_figure_that_is_left_is_another(sketch: Sketch, depth: int) -> None:
    for table in plan_tables(read(sketch)):
        less = to_depth(table, depth)
        assert less.cells is table.cells
        assert [r for r in less.rows if r.role == "total"] == [
            r for r in table.rows if r.role == "total"
        ]
        kept = {row.id for row in less.rows}
        assert kept <= {row.id for row in table.rows}
        if table.name not in BY_SERVICE:
            assert less is table
        # A heading stands above its own total, and there is something between the two.
        assert bare(less.rows) <= bare(table.rows)


def bare(rows: Sequence[Row]) -> set[str]:
    """The headings right above their own totals, as of a service without any option."""
    pairs = pairwise(row.id for row in rows)
    return {above for above, below in pairs if above.removesuffix("/heading") == below}


# -- views ----------------------------------------------------------------------------------


def test_a_view_is_what_a_panel_measures() -> None:
    tables = plan_tables(package.load(COUNCIL), ("position", "gap"))
    found = [view_of(panel) for table in tables for panel in table.panels]
    assert found == ["change", "cumulative", "net", "to-date", "gap"]
    usual = [view_of(panel) for table in with_views(tables, USUAL) for panel in table.panels]
    assert usual == ["change", "cumulative", "net", "gap"]
    views: list[tuple[View, TableName]] = [("gap", "gap"), ("net", "position")]
    for view, name in views:
        assert [table.name for table in with_views(tables, (view,))] == [name]


def test_other_movements_are_with_the_changes_and_a_projection_with_the_net_budget() -> None:
    two = {**revenue(NESTED), **revenue(NESTED, "2025-26", "2024-25, 2025-26")}
    affects = ON_THE_PARENT.replace("status: new", "status: new, affects: gross")
    (table,) = plan_tables(plan_of({**two, **options(affects)}), ("position",))
    assert [view_of(panel) for panel in table.panels] == [
        *("change", "change", "cumulative", "net", "net", "net", "to-date"),
    ]


def test_a_plan_without_options_has_no_changes_to_show() -> None:
    (table,) = plan_tables(plan_of(revenue(NESTED, contains="")), ("position",))
    (panel,) = without_empty(table).panels
    assert [column.measure for column in panel.columns] == ["opening", "net_budget"]
    assert panel.columns[1].sums == (("opening", None),)
    assert len(list(table.records())) > len(list(without_empty(table).records()))
    # Options whose changes are all nil are options.
    (nil,) = plan_tables(plan_of({**revenue(NESTED), **options("  []\n")}), ("position",))
    assert without_empty(nil) is nil


# -- the commands ---------------------------------------------------------------------------


def captions(*words: str | Path) -> list[str]:
    done = cfbudget(*words)
    assert done.status == 0
    known = ("Change in", "Cumulative", "Net budget =", "Total to date", "Levels, not")
    return [line.split(",")[0] for line in done.stdout.splitlines() if line.startswith(known)]


def test_pages_leave_out_the_total_to_date_and_data_has_it() -> None:
    of = ("--data", COUNCIL)
    assert len(captions("totals", "position", *of)) == 4
    assert captions("totals", "position", "--view", "to-date", *of) == ["Total to date"]
    both = ("--view", "gap", "--view", "net")
    assert len(captions("totals", "position", *both, *of)) == 2
    rows = json.loads(cfbudget("totals", "position", "-f", "json", *of).stdout)
    assert "total_to_date" in {row["measure"] for row in rows}
    rows = json.loads(cfbudget("totals", "position", "-f", "json", "--view", "net", *of).stdout)
    assert {row["measure"] for row in rows} == {"opening", "net_budget"}


def test_a_trial_has_the_same_views_and_depths() -> None:
    words = ("model", "--data", PLANS / "nested", "--drop", "new-rounds")
    plain = cfbudget(*words)
    assert plain.status == 0, plain.stderr
    assert "Total to date" not in plain.stdout
    less = cfbudget(*words, "--view", "net", "--depth", "1")
    assert "Net budget =" in less.stdout
    assert "Cumulative" not in less.stdout
    assert "Home Care" not in less.stdout
    rows = json.loads(cfbudget(*words, "-f", "json").stdout)
    assert "total_to_date" in {row["measure"] for row in rows}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["totals", "revenue", "--view", "net"], "it is not shown"),
        (["totals", "--view", "nett"], "'nett' is none of change, cumulative, net"),
        (["totals", "position", "--view", "gap"], "it has change, cumulative, net, to-date"),
        (["totals", "gap", "--depth", "1", "--data", str(COUNCIL)], "none within another"),
        (["totals", "--depth", "0"], "greater than or equal to 1"),
        (["totals", "options", "--list", "--depth", "1"], "leave it out"),
        (["totals", "options", "--by", "kind", "--depth", "1"], "leave it out"),
        (["model", "--drop", "x", "--view", "net", "-o", "x.xlsx"], "holds the whole plan"),
        (["model", "--drop", "x", "--depth", "1", "-o", "x.xlsx"], "holds the whole plan"),
    ],
)
def test_what_is_refused(words: list[str], said: str) -> None:
    of = () if "--data" in words else ("--data", PLANS / "nested")
    done = cfbudget(*words, *of)
    assert (done.status, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.replace("│", " ").split())
