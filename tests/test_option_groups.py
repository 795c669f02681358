"""The options by category, portfolio, owner, kind or status, and totals that are stated so."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.option_groups import OF_TEXTS, option_groups
from cfbudget.checks.report import check
from cfbudget.loaded import load_texts
from cfbudget.plan.files import Option, PolicyOptions
from cfbudget.plan.groupings import GROUPINGS, Grouping
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word
from cfbudget.tables.options_by import options_by, with_groupings
from cfbudget.tables.plan_tables import options as options_table
from cfbudget.workbook.returned.verification import verify
from tests.kit.described import described
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.returned import book_of, came_back, cfbudget, plan_in
from tests.kit.scenarios import applied
from tests.kit.support import OPTIONS, plan_of
from tests.kit.workbooks import disagreements, results, stored

AnyGrouping = st.sampled_from(GROUPINGS)
GROUPS = """\
groups:
  - {by: category, name: Demand, stated: {2024-25: -4, 2025-26: 30, total: 26}}
  - {by: kind, name: saving, stated: {label: Net savings, total: -19}}
  - {by: status, name: Previously approved, stated: {2025-26: 30}}
"""


def stated(groups: str = GROUPS, **replaced: str) -> dict[str, str]:
    texts = described(**replaced)
    return {**texts, "policy_options.yaml": texts["policy_options.yaml"] + groups}


def page(folder: Path, *words: str) -> str:
    done = cfbudget("totals", "options", *words, "--data", folder)
    assert done.status == 0, done.stderr
    return done.stdout


# -- the table ------------------------------------------------------------------------------


def test_each_group_has_its_options_and_a_subtotal(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    shown = page(folder, "--by", "category")
    assert shown.startswith("Small Council: policy options by category, changes to the revenue")
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    first = rows.index("Charging")
    assert rows[first : first + 12] == [
        "Charging",
        "Fees (Care) (10) (5) (15)",
        "Total Charging (10) (5) (15)",
        "Demand",
        "Growth (Care) - 30 30",
        "Buses (Schools) (4) - (4)",
        "Total Demand (4) 30 26",
        "Not given",
        "Rent (Schools) - 3 3",
        "Total not given - 3 3",
        rows[first + 10],
        "Total change, Small Council (14) 28 14",
    ]


def test_kinds_and_statuses_stand_in_the_order_of_plans(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described(saving="inflation", demand="saving"))
    lines = page(folder, "--by", "kind").splitlines()
    assert [line for line in lines if line in ("Savings", "Inflation", "Pressures")] == [
        "Savings",
        "Pressures",
        "Inflation",
    ]
    lines = page(folder, "--by", "status").splitlines()
    assert lines.index("New") < lines.index("Previously approved")


def test_a_plan_of_which_no_option_says_it_is_told_so(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    text = (folder / "policy_options.yaml").read_text("utf-8").replace("owner: R. Shah, ", "")
    (folder / "policy_options.yaml").write_text(text.replace(", owner: R. Shah", ""), "utf-8")
    assert "\nNo option of the plan has an owner.\n" in page(folder, "--by", "owner")
    assert "No option of the plan" not in page(folder, "--by", "portfolio")


def test_a_group_s_record_says_what_its_options_share(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    for by, row, field, value in (
        ("category", "total/category/demand", "category", "Demand"),
        ("owner", "total/owner/r-shah", "owner", "R. Shah"),
        ("owner", "total/owner/not-given", "owner", ""),
        ("kind", "total/kind/saving", "kind", "saving"),
        ("status", "total/status/previously-approved", "status", "previously-approved"),
    ):
        rows = [*csv.DictReader(io.StringIO(page(folder, "--by", by, "-f", "csv")))]
        found = [record for record in rows if record["row"] == row]
        assert {(record["role"], record[field]) for record in found} == {("subtotal", value)}


def test_two_spellings_and_odd_texts_are_groups_of_their_own() -> None:
    plan = plan_of(
        described(Charging="not given", **{"ref: S13, category: Demand": 'category: "—"'})
    )
    assert plan.options
    table = options_by(plan, plan.options, "category")
    subtotals = {row.id: row.label for row in table.rows if row.role == "subtotal"}
    assert subtotals == {
        "total/category/not-given-2": "Total not given",
        "total/category/demand": "Total Demand",
        "total/category/group": "Total —",
        "total/category/not-given": "Total not given",
    }


def test_a_filter_leaves_the_totals_of_groups_and_says_whose_they_are(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    shown = page(folder, "--by", "category", "--service", "care", "--year", "2024-25")
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "Total Demand (whole plan) (4) 26" in rows
    assert "Total Charging (whole plan) (10) (15)" in rows
    assert "Growth (Care) - 30" in rows
    assert not any("Buses" in row or "Not given" in row for row in rows)
    # The plain table has no totals over services but its last.
    plain = page(folder, "--service", "care")
    assert "All new savings" not in plain


@pytest.mark.parametrize("words", [("revenue", "--by", "kind"), ("options", "--by", "service")])
def test_what_cannot_be_grouped_is_bad_usage(words: tuple[str, ...], tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", described())
    done = cfbudget("totals", *words, "--data", folder)
    assert (done.status, done.stdout) == (2, "")
    assert "--by" in done.stderr


SAID = (None, "Demand", "demand", "[red]Tŷ[/red]", "—", "Not given")


def described_at_random(plan: Plan, data: st.DataObject) -> Plan:
    """The plan with options that say something of themselves, or do not."""
    assert plan.options

    def option_of(option: Option) -> Option:
        drawn = [data.draw(st.sampled_from(SAID)) for _ in OF_TEXTS]
        words: dict[str, object] = {
            field: Word(text, option.place) if text else None
            for field, text in zip(OF_TEXTS, drawn, strict=True)
        }
        return option.model_copy(update=words)

    blocks = [
        block.model_copy(update={"options": tuple(map(option_of, block.options))})
        for block in plan.options.services
    ]
    return replace(plan, options=plan.options.model_copy(update={"services": tuple(blocks)}))


@settings(max_examples=60, deadline=None)
@given(sketches(needs=frozenset({"options"})), AnyGrouping, st.data())
def test_groups_come_to_what_services_come_to(
    sketch: Sketch, by: Grouping, data: st.DataObject
) -> None:
    """By-category totals equal by-service totals, whatever options say of themselves."""
    plan = described_at_random(plan_of(sketch.texts()), data)
    assert plan.options
    plain, grouped = options_table(plan), options_by(plan, plan.options, by)
    for table in (plain, grouped, with_groupings(plain, plan.options)):
        for key, parts in table.relations():
            assert table.cells[key].pence == sum(table.cells[part].pence for part in parts)
    for column in plain.columns:
        key = Key(TOTAL, column.measure, column.year)
        assert grouped.cells[key] == plain.cells[key]
    lines = [sorted(r.id for r in t.rows if r.role == "line") for t in (plain, grouped)]
    assert lines[0] == lines[1]
    assert len({row.id for row in grouped.rows}) == len(grouped.rows)


@settings(max_examples=40, deadline=None)
@given(sketches(needs=frozenset({"options"})), AnyGrouping, st.data())
def test_the_order_of_options_moves_no_group_s_total(
    sketch: Sketch, by: Grouping, data: st.DataObject
) -> None:
    plan = described_at_random(plan_of(sketch.texts()), data)
    assert plan.options
    blocks = data.draw(st.permutations(plan.options.services))
    other = plan.options.model_copy(update={"services": tuple(blocks)})

    def totals(options: PolicyOptions) -> set[tuple[str, frozenset[str]]]:
        groups = option_groups(options, by)
        return {(one.said, frozenset(o.id for o in one.options)) for one in groups}

    assert totals(plan.options) == totals(other)


# -- stated totals --------------------------------------------------------------------------


def outcomes(texts: dict[str, str]) -> dict[tuple[str, str, str], str]:
    found = check(plan_of(texts)).comparisons
    return {
        (one.key.row, one.key.measure, str(one.key.year or "")): one.outcome
        for one in found
        if one.key.row.startswith("total/")
    }


def test_stated_totals_of_groups_are_compared() -> None:
    assert outcomes(stated()) == {
        ("total/category/demand", "change", "2024-25"): "agrees",
        ("total/category/demand", "change", "2025-26"): "agrees",
        ("total/category/demand", "total", ""): "agrees",
        ("total/kind/saving", "total", ""): "agrees",
        ("total/status/previously-approved", "change", "2025-26"): "agrees",
    }


def test_a_group_s_total_may_round_by_half_a_unit_a_line() -> None:
    # Two options are not nil over the years: one and a half units.
    near = stated(GROUPS.replace("total: 26", "total: 27"))
    assert outcomes(near)["total/category/demand", "total", ""] == "rounding"
    far = stated(GROUPS.replace("total: 26", "total: 28"))
    assert outcomes(far)["total/category/demand", "total", ""] == "differs"
    exact = {**near, "policy_options.yaml": near["policy_options.yaml"] + "exact: true\n"}
    assert outcomes(exact)["total/category/demand", "total", ""] == "differs"
    (problem,) = (p for p in check(plan_of(far)).problems if p.rule == "CF301")
    assert "'Total Demand'" in problem.message


def test_a_wrong_line_s_stated_total_explains_its_group_s() -> None:
    """One wrong line shows in every total above it, and is named once."""
    texts = stated(
        "groups:\n  - {by: owner, name: R. Shah, stated: {total: 17}}\n",
        **{"changes: {2025-26: 30}": "changes: {2025-26: 30}, stated: 32"},
    )
    found = {one.key.row: one for one in check(plan_of(texts)).comparisons}
    assert found["total/owner/r-shah"].outcome == "differs"
    assert [cause.key.row for cause in found["total/owner/r-shah"].causes] == ["growth"]


def test_levels_are_compared_with_levels() -> None:
    texts = stated(
        "groups:\n  - {by: category, name: Demand, stated: {2024-25: -4, 2025-26: 26}}\n",
        **{
            "basis: change": "basis: level",
            "changes: {2025-26: 30}": "changes: {2024-25: 0, 2025-26: 30}",
            "changes: {2024-25: -4}": "changes: {2024-25: -4, 2025-26: -4}",
            "changes: {2025-26: 3}": "changes: {2024-25: 0, 2025-26: 3}",
        },
    )
    assert set(outcomes(texts).values()) == {"agrees"}
    book = book_of(texts)
    assert not [row for row in book.sheets["Options"].blocks if "total/category" not in row.rows]


def test_a_total_of_a_group_that_is_called_savings_and_is_plus_is_told() -> None:
    groups = (
        "groups:\n  - {by: category, name: Demand, stated: {label: Demand savings, total: 26}}\n"
    )
    (problem,) = (p for p in check(plan_of(stated(groups))).problems if p.rule == "CF408")
    assert "'Demand savings' is a cost increase" in problem.message
    assert "on its group" in (problem.hint or "")
    accepted = groups.replace("stated:", "accepted: {CF408: a net change}, stated:")
    found = check(plan_of(stated(accepted))).problems
    assert [p.accepted for p in found if p.rule == "CF408"] == ["a net change"]
    assert not [p for p in found if p.rule == "CF420"]


@pytest.mark.parametrize(
    ("group", "rule", "hint"),
    [
        ("{by: category, name: Demands, stated: {total: 1}}", "CF216", "did you mean 'Demand'?"),
        ("{by: kind, name: savings, stated: {total: 1}}", "CF216", "did you mean 'saving'?"),
        (
            "{by: owner, name: Zhou, stated: {total: 1}}",
            "CF216",
            "write one that an option has: R. Shah",
        ),
        ("{by: kinds, name: saving, stated: {total: 1}}", "CF114", "did you mean 'kind'?"),
        ("{by: kind, stated: {total: 1}}", "CF110", "add name: ..."),
        (
            "{by: kind, name: saving, stated: {net_budget: {2024-25: 1}}}",
            "CF109",
            "stated here may have label, total, fte, a year",
        ),
    ],
)
def test_a_group_that_is_not_there_is_a_problem(group: str, rule: str, hint: str) -> None:
    (problem,) = load_texts(stated(f"groups:\n  - {group}\n")).problems
    assert (problem.rule, problem.hint) == (rule, hint)
    assert problem.place.line == len(stated("")["policy_options.yaml"].splitlines()) + 2


def test_a_group_that_is_stated_twice_is_a_problem() -> None:
    twice = "  - {by: category, name: Demand, stated: {total: 26}}\n"
    (problem,) = load_texts(stated(f"groups:\n{twice}{twice}")).problems
    assert problem.rule == "CF216"
    assert "is stated on line" in problem.message


def test_a_category_that_cannot_be_read_accuses_no_group() -> None:
    texts = stated(**{"ref: S13, category: Demand": "category: [Demand]"})
    assert [p.rule for p in load_texts(texts).problems] == ["CF111"]


def test_a_scenario_states_nothing_of_groups() -> None:
    trial = applied(plan_of(stated()), {"drop": "fees"})
    assert trial.plan.options
    assert trial.plan.options.groups == ()


# -- the workbook ---------------------------------------------------------------------------


def test_the_workbook_adds_groups_up_live_and_casts_them(tmp_path: Path) -> None:
    book = book_of(stated())
    (block,) = book.sheets["Options"].blocks
    wanted = ["total/category/demand", "total/category", "total/kind/saving", "total/owner/r-shah"]
    assert set(wanted) <= set(block.rows)
    casts = [
        row for one in book.sheets["Checks"].blocks for row in one.rows if "cast/options" in row
    ]
    assert "cast/options/total/category" in casts
    path = stored(book, tmp_path / "book.xlsx")
    assert disagreements(book, results(path)) == []
    held = verify(book, came_back(path))
    assert held is not None
    assert held.findings == ()


def test_a_plan_that_says_nothing_has_no_groups_in_its_workbook() -> None:
    bare = {**described(), "policy_options.yaml": OPTIONS}
    (block,) = book_of(bare).sheets["Options"].blocks
    assert not [row for row in block.rows if row.startswith(("total/cat", "total/kind"))]
