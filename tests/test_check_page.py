"""What `check` shows of its comparisons."""

import cfbudget
from cfbudget.reports.check.page import Checked, comparison_grids, shown_grids, verdict
from tests.kit.support import CAPITAL, REVENUE, plan_of, small_texts


def test_amounts_have_the_places_of_their_table_and_differences_a_sign() -> None:
    capital = CAPITAL.replace("programme: 1.75}", "programme: 1.7}", 1)
    report = cfbudget.check(plan_of(small_texts(capital=capital)))
    (grid,) = comparison_grids([c for c in report.comparisons if c.outcome == "differs"])
    assert grid.headings[0] == "Capital, £m"
    (row,) = grid.rows
    assert row.label == "Roof: programme"
    assert row.texts == ["1.700", "1.750", "+0.050", "-", "differs", "capital_programme.yaml:6"]


def test_only_what_does_not_agree_is_listed_unless_all_is_asked_for() -> None:
    revenue = REVENUE.replace("net: 130", "net: n/a")
    report = cfbudget.check(plan_of(small_texts(revenue=revenue)))
    counts, *listed = shown_grids(report, every=False)
    assert counts.rows[0].label == "Revenue"
    assert counts.rows[0].texts == ["5", "4", "-", "-", "1", "-"]
    assert listed == []
    _, *every = shown_grids(report, every=True)
    assert [grid.headings[0] for grid in every] == ["Revenue, £000", "Capital, £m", "Options, £000"]


def verdict_of(texts: dict[str, str]) -> list[str]:
    report = cfbudget.check(plan_of(texts))
    return verdict(Checked("", "", report, (), ("And a note.",)), report)


def test_one_figure_and_several() -> None:
    one = REVENUE.replace(", stated: {net: 80}", "").replace(", stated: {net: 50}", "")
    one = one.replace("gross: 300, income: -170, net: 130", "net: 131")
    first, *_, last = verdict_of({"revenue_2024_25.yaml": one})
    assert first == "1 stated figure compared: 0 agree, 1 differs."
    assert last == "And a note."
    assert verdict_of(small_texts())[0] == "21 stated figures compared: 21 agree."


def test_only_rules_with_something_to_look_at_are_applied() -> None:
    of_capital = cfbudget.check(plan_of({"capital_programme.yaml": CAPITAL})).rules
    assert "CF413" in of_capital
    assert not {"CF401", "CF209", "CF303"} & set(of_capital)
    assert len(cfbudget.check(plan_of(small_texts())).rules) > len(of_capital) > 0
