"""When invest to save breaks even and pays back, on plans small enough to check by hand."""

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cfbudget
from cfbudget.calculate.amounts import ByYear
from cfbudget.calculate.payback import Payback, orphans, payback, unmarked
from cfbudget.calculate.present_value import net_present_benefit
from cfbudget.cli.rate import parse_rate
from cfbudget.money import THOUSANDS, plain
from cfbudget.plan.plan import Plan
from cfbudget.reports.payback.outcome import outcome
from cfbudget.reports.payback.page import (
    payback_page,
    sections,
)
from tests.kit.paid_back import SAVE, SHARED, SPEND, THOUSAND, made, pair, paired, records_of, shown
from tests.kit.support import SHIPPED


def thousands(amounts: ByYear) -> list[int]:
    assert not any(pence % THOUSAND for pence in amounts.values())
    return [pence // THOUSAND for pence in amounts.values()]


def when(found: Payback) -> tuple[str, str]:
    """The years in which a pair breaks even and pays back; empty if not within the plan."""
    return (str(found.breaks_even or ""), str(found.pays_back or ""))


# -- what the annual net cost is made of ------------------------------------------------------


def test_the_annual_net_cost_is_the_cumulative_change_of_the_pair() -> None:
    found = pair((100, 0, 0), (-30, -90, -40))
    assert thousands(found.annual_net_cost) == [70, -20, -60]
    assert thousands(found.total_to_date) == [70, 50, -10]
    assert when(found) == ("2025-26", "2026-27")
    assert outcome(found) == "Breaks even in 2025-26 and pays back in 2026-27."


def test_levels_are_cumulative_changes_already() -> None:
    found = pair((100, 100, 100), (-30, -120, -160), basis="level")
    assert thousands(found.annual_net_cost) == [70, -20, -60]


def test_a_one_off_investment_is_taken_back_the_year_after() -> None:
    (found,) = payback(
        made(
            f"""
            id: kit, name: Kit, {SPEND}, recurs: false, funds: [less], changes: {{2024-25: 50}}
            id: less, name: Less, {SAVE}, changes: {{2025-26: -20}}
            """
        )
    )
    assert thousands(found.investments[0].cumulative_change) == [50, 0, 0]
    assert thousands(found.annual_net_cost) == [50, -20, -20]
    assert thousands(found.total_to_date) == [50, 30, 10]
    assert when(found) == ("2025-26", "")


def test_investments_that_share_a_saving_stand_together_and_count_it_once() -> None:
    together, alone = payback(made(SHARED))
    assert [line.option.id for line in together.lines] == [
        "one",
        "two",
        "unmarked",
        "shared",
        "second-saving",
    ]
    assert (together.id, together.name) == ("one/payback", "One and Two and Unmarked")
    assert thousands(together.annual_net_cost) == [50, 20, -5]
    assert [line.option.id for line in alone.lines] == ["alone", "other"]


def test_an_invest_to_save_that_funds_nothing_is_an_orphan() -> None:
    plan = made(
        f"""
        id: post, name: Post, {SPEND}, changes: {{2024-25: 3}}
        id: growth, name: Growth, kind: investment, status: new, changes: {{2024-25: 5}}
        """
    )
    assert payback(plan) == ()
    assert [line.option.id for one in orphans(plan) for line in one.lines] == ["post"]


def test_a_plan_without_options_has_neither() -> None:
    assert payback(Plan("nowhere")) == ()
    assert orphans(Plan("nowhere")) == ()


# -- when it breaks even and pays back --------------------------------------------------------


@pytest.mark.parametrize(
    ("cost", "saved", "years", "said"),
    [
        ((100, 0), (0, -200), ("2025-26", "2025-26"), "Breaks even and pays back in 2025-26."),
        (
            (100, 0),
            (0, -100),
            ("2025-26", ""),
            "Breaks even in 2025-26; pays back: not within the plan.",
        ),
        ((100, 0), (0, -99), ("", ""), "Breaks even and pays back: not within the plan."),
        # It breaks even in 2025-26, but falls behind again.
        ((20, 0, 0), (0, -30, 30), ("", ""), "Breaks even and pays back: not within the plan."),
        (
            (20, 0, 20, 0),
            (0, -25, 0, -20),
            ("2027-28", ""),
            "Breaks even in 2027-28; pays back: not within the plan.",
        ),
        # A total to date of nil pays back, but one that rises above nil again does not.
        ((10, 0, 0), (0, -20, 0), ("2025-26", "2025-26"), "Breaks even and pays back in 2025-26."),
        (
            (10, 0, 35),
            (0, -20, 0),
            ("", ""),
            "Breaks even and pays back: not within the plan.",
        ),
        (
            (0, 0, 110),
            (-100, 0, 0),
            ("", "2024-25"),
            "Breaks even: not within the plan; pays back in 2024-25. "
            "After that it has a net cost, in 2026-27, which adds to the total to date.",
        ),
        (
            (50, 0, 200, 0),
            (0, -200, 0, -60),
            ("2027-28", "2025-26"),
            "Breaks even in 2027-28; pays back in 2025-26. "
            "After that it has a net cost, in 2026-27, which adds to the total to date.",
        ),
    ],
)
def test_outcomes(
    cost: tuple[int, ...], saved: tuple[int, ...], years: tuple[str, str], said: str
) -> None:
    found = pair(cost, saved)
    assert when(found) == years
    assert outcome(found) == said
    assert not found.is_ahead_from_the_first_year


@pytest.mark.parametrize(
    ("cost", "saved", "said"),
    [
        ((10, 0), (-30, 0), "Ahead from the first year, 2024-25: no year has a net cost, so"),
        ((10, 0), (-10, -1), "Nil at first, and ahead from 2025-26: no year has a net cost, so"),
        ((0, 10), (0, -11), "Nil at first, and ahead from 2025-26: no year has a net cost, so"),
        ((10, 5), (-10, -5), "No year has a net cost or a net saving, so"),
    ],
)
def test_a_pair_without_a_net_cost_has_nothing_to_pay_back(
    cost: tuple[int, ...], saved: tuple[int, ...], said: str
) -> None:
    found = pair(cost, saved)
    assert found.is_ahead_from_the_first_year
    assert when(found) == ("2024-25", "2024-25")
    assert outcome(found) == f"{said} there is nothing to pay back."


def test_a_pair_that_changes_nothing_has_no_outcome() -> None:
    found = pair((0, 0), (0, 0))
    assert found.changes_nothing
    assert when(found) == ("", "")
    assert not found.is_ahead_from_the_first_year
    assert outcome(found).startswith("Nothing changes: every figure is nil")


def test_the_shipped_plan() -> None:
    plan = cfbudget.load(SHIPPED)
    found = {one.investments[0].option.id: one for one in cfbudget.payback(plan)}
    strategy = found["children-in-care-and-care-leavers-accommodation-strategy-investment"]
    assert thousands(strategy.total_to_date) == [149, -24, -1266, -3216]
    assert when(strategy) == ("2025-26", "2025-26")
    early_help = found["childrens-social-care-early-help-and-prevention-investment"]
    assert thousands(early_help.annual_net_cost) == [750, -195, -1140, -2085]
    assert when(early_help) == ("2025-26", "2026-27")
    ahead = {option for option, one in found.items() if one.is_ahead_from_the_first_year}
    assert ahead == set(found) - {strategy.investments[0].option.id} - {
        early_help.investments[0].option.id
    }
    assert len(ahead) == 4
    assert [one.id for one in orphans(plan)] == ["pinewood-plus/payback"]


# -- what may have begun before the plan ------------------------------------------------------

EARLIER = SAVE.replace("new", "previously approved")
SPENT_EARLIER = SPEND.replace("new", "previously approved")
BEFORE = "What was spent or saved then is not in these figures"


@pytest.mark.parametrize(
    ("post", "less", "said"),
    [
        (
            f"{SPENT_EARLIER}, funds: [less], changes: {{}}",
            f"{EARLIER}, changes: {{2024-25: -9}}",
            "",
        ),
        (
            f"{SPENT_EARLIER}, funds: [less], changes: {{2024-25: 4}}",
            f"{SAVE}, changes: {{2024-25: -9}}",
            ": Post (investment)",
        ),
        (
            f"{SPEND}, funds: [less], changes: {{2025-26: 4}}",
            f"{EARLIER}, changes: {{2024-25: -9}}",
            ": Less (saving)",
        ),
    ],
)
def test_a_pair_approved_before_is_incomplete_and_not_ahead(
    post: str, less: str, said: str
) -> None:
    plan = made(f"id: post, name: Post, {post}\nid: less, name: Less, {less}")
    (section,) = sections(shown(plan))
    assert section.sentences == (
        "No year of the plan has a net cost. Whether there was something to pay back before it "
        "cannot be told.",
        f"Incomplete: previously approved, so it may have begun before 2024-25. {BEFORE}{said}.",
    )
    found = {record.measure for record in records_of(shown(plan)) if record.role == "total"}
    assert found == {"annual_net_cost", "total_to_date", "incomplete"}


def test_an_incomplete_pair_with_a_net_cost_has_its_outcome_too() -> None:
    plan = made(
        f"""
        id: post, name: Post, {SPENT_EARLIER}, funds: [less], changes: {{2024-25: 4}}
        id: less, name: Less, {EARLIER}, changes: {{2025-26: -9}}
        """
    )
    (section,) = sections(shown(plan))
    assert section.sentences[0] == "Breaks even and pays back in 2025-26."
    assert section.sentences[1].startswith("Incomplete: previously approved")
    measures = [record.measure for record in records_of(shown(plan))]
    assert measures.count("incomplete") == measures.count("breaks_even") == 1


def test_what_takes_back_more_than_it_brings_began_before() -> None:
    for cost, saved, who in (
        ((1, -6), (0, -4), "Post (investment)"),
        ((3, 0), (-2, 5), "Less (saving)"),
    ):
        (section,) = sections(shown(paired(cost, saved)))
        assert section.sentences[1] == (
            f"Incomplete: it takes back more than it brings, so it began before 2024-25 "
            f"or a sign is wrong. {BEFORE}: {who}."
        )


def test_what_the_plan_begins_and_takes_back_in_it_is_complete() -> None:
    for cost, saved in (((5, -5), (-9, 4)), ((0, 5), (-9, 9)), ((4, -1), (-9, 0))):
        plan = paired(cost, saved)
        assert "Incomplete" not in str(payback_page(shown(plan)))
        assert "incomplete" not in {record.measure for record in records_of(shown(plan))}


# -- orphans, and what is not marked ----------------------------------------------------------


def test_an_orphan_has_its_figures_and_does_not_pay_back() -> None:
    for recurs, cost in (("", [3, 3, 5]), ("recurs: false, ", [3, 0, 2])):
        lines = f"id: post, name: Post, {SPEND}, {recurs}changes: {{2024-25: 3, 2026-27: 2}}"
        plan = made(lines)
        (one,) = orphans(plan)
        assert thousands(one.annual_net_cost) == cost
        assert when(one) == ("", "")
        (section,) = sections(shown(plan, "2%"))
        assert section.heading == "Orphan: Post"
        assert [row.label for row in section.rows[-2:]] == [
            "Annual net cost",
            "Total to date, against the opening",
        ]
        assert section.sentences[0] == (
            "It names no saving that it funds. Breaks even and pays back: not within the plan."
        )
        records = {(r.row, r.measure, r.year): r for r in records_of(shown(plan, "2%"))}
        assert ("post", "orphan", "") in records
        for measure in ("breaks_even", "pays_back"):
            assert records["post/payback", measure, ""].amount == ""
        assert records["post/payback", "total_to_date", "2026-27"].amount == str(sum(cost))
        benefit = net_present_benefit(one.annual_net_cost.values(), parse_rate("2%"))
        shown_as = records["post/payback", "net_present_benefit", ""].amount
        assert shown_as == plain(benefit, THOUSANDS)


NAMESAKES = f"""
id: fees, name: Fees, {SAVE}, changes: {{2025-26: -8}}
id: fees-investment, name: Fees*, kind: investment, status: new, changes: {{2024-25: 3}}{{}}
id: post, name: Post, {SPEND}, funds: [fees], changes: {{2024-25: 1}}
"""


def test_a_saving_and_an_investment_of_one_name_are_listed_as_not_marked() -> None:
    found = shown(made(NAMESAKES.replace("{}", "")))
    *_, section = sections(found)
    assert section.heading == "Not marked as invest to save: Fees*"
    assert [row.label for row in section.rows] == ["Investment: Fees*", "Saving: Fees"]
    assert section.sentences == (
        "One name, not marked as invest to save: where the one pays for the other, add funds: "
        "[fees] to fees-investment.",
    )
    records = list(records_of(found))
    assert {r.row for r in records if r.measure == "unmarked"} == {"fees-investment", "fees"}
    keys = [(record.row, record.measure, record.year) for record in records]
    assert len(set(keys)) == len(keys)


def test_what_is_marked_or_said_to_be_two_is_not_listed() -> None:
    two = ", accepted: {CF403: these are two}"
    for lines in (
        NAMESAKES.replace("{}", two),
        NAMESAKES.replace("{}", ", funds: [fees]"),
        NAMESAKES.replace("{}", ", invest_to_save: true"),
        NAMESAKES.replace("name: Fees*", "name: Fines").replace("{}", ""),
    ):
        assert unmarked(made(lines)) == ()


# -- what holds for every plan ----------------------------------------------------------------


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_holds_for_every_plan(data: st.DataObject) -> None:
    plan = data.draw(plans())
    assert plan.options is not None
    options = {option.id: option for option in plan.options.services[0].options}
    paying = {option.id for option in options.values() if option.funds}
    funded = {saving.text for option in options.values() for saving in option.funds}
    found = payback(plan)
    # Each option that belongs to a pair stands in one, and in one only.
    assert sorted(line.option.id for one in found for line in one.lines) == sorted(paying | funded)
    for one in found:
        mine = {line.option.id for line in one.lines}
        for line in one.investments:
            assert {saving.text for saving in line.option.funds} <= mine
        assert _is_connected(one)
        annual, to_date = one.annual_net_cost, one.total_to_date
        assert list(to_date.values()) == list(accumulate(annual.values()))
        assert tuple(annual) == plan.years
        last = list(to_date.values())[-1]
        assert net_present_benefit(annual.values(), parse_rate("0%")) == -last
        if not one.changes_nothing:
            for amounts, year in ((annual, one.breaks_even), (to_date, one.pays_back)):
                _holds_from(amounts, year)
        assert outcome(one).endswith(".")


def _holds_from(amounts: ByYear, year: object) -> None:
    """The first year from which all is nil or less, found the long way."""
    good = [y for y in amounts if all(p <= 0 for z, p in amounts.items() if z >= y)]
    assert year == (good[0] if good else None)


def _is_connected(one: Payback) -> bool:
    """Whether savings lead from the first investment to every other one."""
    met = {one.investments[0].option.id}
    reached: set[str] = set()
    for _ in one.lines:
        for line in one.investments:
            savings = {saving.text for saving in line.option.funds}
            if line.option.id in met or savings & reached:
                met.add(line.option.id)
                reached |= savings
    return met == {line.option.id for line in one.investments}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of some savings, and investments that fund any of them, or none."""
    years = draw(st.integers(1, 4))
    savings = [f"s{n}" for n in range(draw(st.integers(1, 4)))]
    lines = [f"id: {name}, name: {name}, {SAVE}, {_changes(draw, years)}" for name in savings]
    for n in range(draw(st.integers(1, 5))):
        funds = draw(st.lists(st.sampled_from(savings), max_size=2))
        words = f"id: i{n}, name: i{n}, {SPEND}, funds: [{', '.join(funds)}]"
        lines.append(f"{words}, {_changes(draw, years)}")
    listed = ", ".join(f"{start}-{start - 1999}" for start in range(2024, 2024 + years))
    return made("\n".join(draw(st.permutations(lines))), listed)


def _changes(draw: st.DrawFn, years: int) -> str:
    cells = [
        f"{start}-{start - 1999}: {draw(st.integers(-20, 20))}"
        for start in range(2024, 2024 + years)
    ]
    return f"changes: {{{', '.join(cells)}}}"
