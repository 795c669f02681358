"""One wrong line differs in every total above it: which difference follows from which."""

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import Key, RowSum
from cfbudget.calculate.options import option_sums
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.comparisons import comparisons
from cfbudget.checks.report import check
from cfbudget.plan.plan import Plan
from cfbudget.render.data import records_json
from cfbudget.reports.check.page import Checked, shown_grids, verdict
from cfbudget.reports.check.records import check_records
from tests.kit import plans_oracle as oracle
from tests.kit.plans_sketch import Sketch, StatedAt
from tests.kit.plans_strategy import sketches
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, plan_of, small_texts


def causes(texts: dict[str, str]) -> dict[str, list[str]]:
    """Each stated figure that differs, with those that its difference follows from."""
    return {
        said(compared.key): [said(cause.key) for cause in compared.causes]
        for compared in comparisons(plan_of(texts))
        if compared.outcome == "differs"
    }


def said(key: Key) -> str:
    return f"{key.row} {key.measure} {key.year or ''}".strip()


def altered(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_wrong_line_of_a_budget() -> None:
    revenue = altered(REVENUE, ("gross: 100,", "gross: 110,"))
    assert causes(small_texts(revenue=revenue)) == {
        "care net 2024-25": [],
        "total gross 2024-25": [],
        "total net 2024-25": ["care net 2024-25"],
    }


def test_a_wrong_scheme() -> None:
    """The total of a scheme follows from its programme, and the table's from the scheme's."""
    capital = altered(
        CAPITAL, ("2025-26: 0.250}, stated: {", "2025-26: 0.350}, stated: {total: 1.75, ")
    )
    assert causes(small_texts(capital=capital)) == {
        "roof programme": [],
        "roof total": ["roof programme"],
        "total allocation 2025-26": [],
        "total programme": ["roof programme"],
        "total total": ["roof programme"],
    }


def test_a_wrong_option() -> None:
    options = altered(
        OPTIONS, ("2024-25: -10, 2025-26: -5}, stated", "2024-25: -1, 2025-26: -5}, stated")
    )
    assert causes(small_texts(options=options)) == {
        "fees total": [],
        "care change 2024-25": [],
        "care total": ["fees total"],
        "total change 2024-25": ["care change 2024-25"],
        "total total": ["fees total"],
    }


def test_two_wrong_lines_come_to_their_sum() -> None:
    options = altered(
        OPTIONS,
        ("stated: -15}", "stated: -16}"),
        ("stated: 30}", "stated: 28}"),
        ("total: 15", "total: 12"),
    )
    found = causes(small_texts(options=options))
    assert found["care total"] == found["total total"] == ["fees total", "demand total"]


@pytest.mark.parametrize(
    ("fees", "demand", "care", "total", "expected"),
    [
        # What comes to none of the differences beneath is a difference of its own.
        (-16, 30, 13, 15, ([], None)),
        (-16, 30, 13, 12, ([], [])),
        # Only one of two is as large: the other was misprinted, and is in no total.
        (-16, 37, 14, 14, (["fees total"], ["fees total"])),
        # Two are as large: either may be the wrong line.
        (-16, 29, 14, 15, ([], None)),
        # A total that agrees hides what is beneath it.
        (-16, 30, 15, 14, (None, [])),
        # One that is larger does not.
        (-16, 30, 17, 14, ([], ["fees total"])),
    ],
)
def test_nothing_is_claimed_that_does_not_come_to_the_difference(
    fees: int,
    demand: int,
    care: int,
    total: int,
    expected: tuple[list[str] | None, list[str] | None],
) -> None:
    options = altered(
        OPTIONS,
        ("stated: -15}", f"stated: {fees}}}"),
        ("stated: 30}", f"stated: {demand}}}"),
        ("    stated: {2024-25: -10, 2025-26: 25, total: 15}", f"    stated: {{total: {care}}}"),
        ("\nstated: {2024-25: -10, 2025-26: 25, total: 15}", f"\nstated: {{total: {total}}}"),
    )
    found = causes(small_texts(options=options))
    assert (found.get("care total"), found.get("total total")) == expected


def test_through_what_is_not_stated() -> None:
    options = altered(
        OPTIONS,
        ("stated: -15}", "stated: -16}"),
        ("    stated: {2024-25: -10, 2025-26: 25, total: 15}\n", ""),
        ("total: 15}", "total: 14}"),
    )
    assert causes(small_texts(options=options))["total total"] == ["fees total"]


def test_what_is_shown() -> None:
    revenue = altered(REVENUE, ("gross: 100,", "gross: 110,"))
    report = check(plan_of(small_texts(revenue=revenue)))
    problem = report.problems[-1]
    assert problem.message == (
        "'Total Small Council': net 2024-25 is stated as 130 and comes to 140 £000: "
        "difference +10, follows from line 7"
    )
    assert problem.hint == "settle 'Care': net 2024-25 first: it differs by as much"
    checked = Checked("plan", "", report, report.problems, ())
    assert verdict(checked, report)[0] == (
        "21 stated figures compared: 18 agree, 2 differ and 1 follows from these."
    )
    _, grid = shown_grids(report, every=False)
    assert [row.cells[-2] for row in grid.rows] == ["differs", "differs", "follows from Care"]
    data = json.loads(records_json(check_records([checked])))
    assert (data["summary"]["differs"], data["summary"]["follow"]) == (3, 1)
    assert [one["follows_from"] for one in data["comparisons"]][:5] == [
        "",
        "",
        "",
        "",
        "care net 2024-25",
    ]


def test_several_causes_are_named_by_their_lines() -> None:
    options = altered(
        OPTIONS,
        ("stated: -15}", "stated: -16}"),
        ("stated: 30}", "stated: 28}"),
        ("total: 15}\nstated", "total: 12}\nstated"),
    )
    found = [p for p in check(plan_of(small_texts(options=options))).problems if p.rule == "CF301"]
    assert found[2].message.endswith("difference +3, follows from lines 10 and 12")
    assert found[2].hint == "settle those 2 figures first: their differences come to this one"


def hints(texts: dict[str, str]) -> list[str]:
    return [p.hint or "" for p in check(plan_of(texts)).problems if p.rule == "CF301"]


def test_a_line_that_makes_two_totals_differ_is_named_in_both() -> None:
    """Its own total and the year's: neither follows from the other, and both are of the line."""
    options = altered(
        OPTIONS, ("2024-25: -10, 2025-26: -5}, stated", "2024-25: -1, 2025-26: -5}, stated")
    )
    own, year, *_ = hints(small_texts(options=options))
    assert own == "check it, and the lines that it adds up, against the source"
    assert year == (
        "check 'Fees' first, which this adds up: its total, line 10, differs by as much"
    )
    revenue = altered(REVENUE, ("gross: 100,", "gross: 110,"))
    assert hints(small_texts(revenue=revenue))[1] == (
        "check 'Care' first, which this adds up: its net 2024-25, line 7, differs by as much"
    )
    capital = altered(CAPITAL, ("2025-26: 0.250}", "2025-26: 0.350}"))
    assert hints(small_texts(capital=capital))[1] == (
        "check 'Roof' first, which this adds up: its programme, line 6, differs by as much"
    )


@pytest.mark.parametrize(
    "changes",
    [
        # The year differs by another amount than the line's total.
        [("2024-25: -10, 2025-26: -5}, stated", "2024-25: -1, 2025-26: -6}, stated")],
        # Two lines' totals differ by as much.
        [
            ("2024-25: -10, 2025-26: -5}, stated: -15}", "2024-25: -9, 2025-26: -5}, stated: -15}"),
            ("stated: 30}", "stated: 29}"),
        ],
    ],
)
def test_no_line_is_named_that_may_be_another(changes: list[tuple[str, str]]) -> None:
    found = hints(small_texts(options=altered(OPTIONS, *changes)))
    assert not [hint for hint in found if "which this adds up" in hint]


def test_a_difference_has_the_places_of_its_figures() -> None:
    """On the page and in the sentence: 1.75 beside +1.50, and not +1.5."""
    capital = altered(CAPITAL, ("2024-25: 1.500, 2025-26: 0.250}", "2024-25: 3, 2025-26: 0.25}"))
    report = check(plan_of(small_texts(capital=capital)))
    messages = [p.message for p in report.problems if p.rule == "CF301"]
    assert messages[0].endswith("stated as 1.75 and comes to 3.25 £m: difference +1.50")
    _, grid = shown_grids(report, every=False)
    assert grid.rows[0].texts[:3] == ["1.750", "3.250", "+1.500"]


def test_a_subtotal_has_the_name_that_the_plan_prints() -> None:
    revenue = altered(
        REVENUE,
        (
            "  - {id: care, name: Care, gross: 100, income: -20, stated: {net: 80}}\n",
            "  - {id: care, name: Care, services: [{id: home, name: Home, gross: 100, "
            "income: -20, stated: {label: Net of Home, net: 81}}], "
            "stated: {label: Care in all, net: 82}}\n",
        ),
    )
    report = check(plan_of(small_texts(revenue=revenue)))
    messages = [p.message for p in report.problems if p.rule == "CF301"]
    assert [message.partition(":")[0] for message in messages] == ["'Home'", "'Care in all'"]


# -- whatever the plan ----------------------------------------------------------------------


@st.composite
def wrong_plans(draw: st.DrawFn) -> Plan:
    """A plan that prints totals, some of them wrong, and some of its lines."""
    sketch = draw(sketches(needs=frozenset({"options"}), exact=draw(st.booleans())))
    totals = oracle.printed_totals(sketch)
    assume(totals)
    slips = st.dictionaries(st.sampled_from(sorted(totals)), st.integers(-3, 3), max_size=4)
    typed = {
        at: totals[at] + slip * sketch.printing_of(at[0]).step for at, slip in draw(slips).items()
    }
    return plan_of(draw(with_wrong_options(sketch)).texts({**totals, **typed}))


@st.composite
def with_wrong_options(draw: st.DrawFn, sketch: Sketch) -> Sketch:
    def changed(pence: int) -> int:
        slip = draw(st.sampled_from((0, 0, 0, 1, 7)))
        away = (pence > 0) - (pence < 0)  # a one-off takes nothing back in its own row
        return pence + away * slip * sketch.options_printing.step

    return sketch._replace(
        blocks=tuple(
            block._replace(
                options=tuple(
                    option._replace(changes=tuple(map(changed, option.changes)))
                    for option in block.options
                )
            )
            for block in sketch.blocks or ()
        )
    )


def rows_beneath(row: str, sums: tuple[RowSum, ...]) -> set[str]:
    parts = dict(sums)
    below = {row}
    for part in parts.get(row, ()):
        below |= rows_beneath(part, sums)
    return below


@settings(max_examples=100, deadline=None)
@given(wrong_plans())
def test_a_difference_that_follows_is_exactly_explained_from_beneath(plan: Plan) -> None:
    found = comparisons(plan)
    by_key: dict[tuple[str, Key], Comparison] = {(c.table, c.key): c for c in found}
    sums = {str(b.financial_year.year): revenue_amounts(b).sums for b in plan.revenue}
    for compared in found:
        roots = [by_key[compared.table, cause.key] for cause in compared.causes]
        if not roots:
            continue
        assert compared.outcome == "differs"
        assert sum(root.difference or 0 for root in roots) == compared.difference
        for root, cause in zip(roots, compared.causes, strict=True):
            assert (root.outcome, root.causes) == ("differs", ())
            assert root.key != compared.key
            assert cause.place == root.stated.place
            if compared.table == "options":
                assert root.key.row in rows_beneath(compared.key.row, option_sums(plan))
                assert root.key[1:] == compared.key[1:]
            if compared.table == "revenue":
                of_year = sums[str(compared.key.year)]
                assert root.key.row in rows_beneath(compared.key.row, of_year)


@settings(max_examples=50, deadline=None)
@given(sketches(), st.data())
def test_a_total_that_alone_differs_follows_from_nothing(
    sketch: Sketch, data: st.DataObject
) -> None:
    totals: dict[StatedAt, int] = oracle.printed_totals(sketch)
    assume(totals)
    wrong = data.draw(st.sampled_from(sorted(totals)))
    step = sketch.printing_of(wrong[0]).step
    found = comparisons(plan_of(sketch.texts({**totals, wrong: totals[wrong] + step})))
    assert not any(compared.causes for compared in found)


def test_of_many_figures_beneath_the_number_is_said() -> None:
    services = "".join(
        f"  - {{id: s{n}, name: S{n}, gross: 10, income: 0, stated: {{net: 9}}}}\n"
        for n in range(9)
    )
    head, _, _ = REVENUE.partition("services:\n")
    revenue = f"{head}services:\n{services}stated: {{net: 81}}\n"
    report = check(plan_of({"revenue_2024_25.yaml": revenue.replace("[2024-25]", "[]")}))
    messages = [p.message for p in report.problems if p.rule == "CF301"]
    assert len(messages) == 10
    assert messages[-1].endswith("follows from 9 figures beneath it")
