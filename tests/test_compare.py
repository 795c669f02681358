"""The bridge between two plans, on plans small enough to check by hand. Amounts are in £000."""

from dataclasses import replace

import pytest

from cfbudget.calculate.bridge_lines import BridgeLine
from cfbudget.calculate.plan_bridge import compare
from cfbudget.plan.plan import Plan
from cfbudget.reports.compare.words import facts, outcome
from tests.kit.compared import FEES, SERVICES, block, care, labels, next_year, option, plan
from tests.kit.scenarios import applied
from tests.kit.small_plans import THOUSAND, options, revenue
from tests.kit.support import plan_of

Shown = tuple[str, str, list[int]]


def shown(line: BridgeLine) -> Shown:
    """A line's causes, id and amounts in £000."""
    assert not any(pence % THOUSAND for pence in line.amounts.values())
    amounts = [pence // THOUSAND for pence in line.amounts.values()]
    return ", ".join(line.causes), line.now.id, amounts


def bridged(old: Plan, new: Plan) -> list[Shown]:
    """The lines between two plans, which must add up to the difference of the net budgets."""
    bridge = compare(old, new)
    for year in bridge.years:
        assert bridge.old[year] + sum(x.amounts[year] for x in bridge.lines) == bridge.new[year]
    back = compare(new, old)
    assert back.difference == {year: -pence for year, pence in bridge.difference.items()}
    return [shown(line) for line in bridge.lines]


# -- each cause -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (care(), care(FEES), [("new", "fees", [-10, -15, -15])]),
        (care(FEES), care(), [("removed", "fees", [10, 15, 15])]),
        (
            care(FEES),
            care(option("Charges", "2024-25: -10, 2025-26: -5", id="fees")),
            [("renamed", "fees", [0, 0, 0])],
        ),
        (care(FEES), block("roads", FEES), [("moved service", "fees", [0, 0, 0])]),
        (
            care(FEES),
            care(option("Fees", "2024-25: -10, 2025-26: -5", status="previously approved")),
            [("status changed", "fees", [0, 0, 0])],
        ),
        (
            care(FEES),
            care(option("Fees", "2024-25: -10, 2025-26: -5", kind="investment")),
            [("kind changed", "fees", [0, 0, 0])],
        ),
        (
            care(FEES),
            care(option("Fees", "2025-26: -10, 2026-27: -5")),
            [("re-phased", "fees", [10, 5, 0])],
        ),
        (
            care(FEES),
            care(option("Fees", "2024-25: -10, 2025-26: -3")),
            [("re-priced", "fees", [0, 2, 2])],
        ),
        (
            care(FEES),
            block(
                "roads", option("Charges", "2024-25: -8", id="fees", status="previously-approved")
            ),
            [("renamed, moved service, status changed, re-priced", "fees", [2, 7, 7])],
        ),
        (care(FEES), care(FEES), []),
    ],
    ids=lambda value: value[0][0] if isinstance(value, list) and value else "",
)
def test_each_cause_of_an_option(old: str, new: str, lines: list[Shown]) -> None:
    assert bridged(plan(old), plan(new)) == lines


def test_levels_and_changes_that_say_the_same_are_the_same() -> None:
    levels = option("Fees", "2024-25: -10, 2025-26: -15, 2026-27: -15")
    assert bridged(plan(care(FEES)), plan(care(levels), basis="level")) == []


def test_the_cause_of_a_budget_of_the_same_year() -> None:
    new = plan(care(FEES), SERVICES.replace("net: 50", "net: 53"))
    assert bridged(plan(care(FEES)), new) == [("base changed", "roads", [3, 3, 3])]


def test_services_that_are_new_gone_renamed_or_moved_are_named() -> None:
    old = SERVICES + "  - {id: parks, name: Parks, net: 7}\n"
    new = """\
  - id: place
    name: Place
    services:
      - {id: roads, name: Highways, net: 50}
      - {id: waste, name: Waste, net: 9}
  - {id: care, name: Adult Care, net: 100}
"""
    bridge = compare(plan(care(), old), plan(care(), new))
    assert [shown(line) for line in bridge.lines] == [
        ("base changed", "place", [0, 0, 0]),
        ("base changed", "roads", [0, 0, 0]),
        ("base changed", "waste", [9, 9, 9]),
        ("base changed", "care", [0, 0, 0]),
        ("base changed", "parks", [-7, -7, -7]),
    ]
    assert labels(bridge)[2:-2] == [
        "Place (the service as a whole; in the new plan only)",
        "Highways (was Roads; was within no other)",
        "Waste (in the new plan only)",
        "Adult Care (was Care)",
        "Parks (in the old plan only)",
        "Total base changed",
    ]
    assert [line.service for line in bridge.lines] == ["place", "roads", "waste", "care", "parks"]
    back = compare(plan(care(), new), plan(care(), old))
    assert "Roads (was Highways; was within Place)" in labels(back)


def test_an_option_that_the_budget_contains_moves_the_opening_the_other_way() -> None:
    old, new = (
        plan(care(option("Fees", f"2024-25: -{size}, 2026-27: -2")), contains="2024-25")
        for size in (10, 12)
    )
    bridge = compare(old, new)
    assert [shown(line) for line in bridge.lines] == [
        ("re-priced", "fees", [-2, -2, -2]),
        ("base changed", "care", [2, 2, 2]),
    ]
    assert [line.same_budget for line in bridge.lines] == [False, True]
    assert "Care (same budget, other options in it)" in labels(bridge)
    assert set(bridge.difference.values()) == {0}
    assert any(text.startswith("Where a budget is the same") for text in outcome(bridge, "a", "b"))


def test_a_trial_moves_the_net_budget_and_no_opening() -> None:
    old, other = (plan(care(option("Fees", f"2024-25: -{n}")), contains="2024-25") for n in (10, 7))
    trial = replace(old, options=other.options, struck_with=old.options)
    assert bridged(old, trial) == [("re-priced", "fees", [3, 3, 3])]
    assert bridged(trial, trial) == []


@pytest.mark.parametrize("recurs", ["true", "false"])
def test_a_delay_past_the_plan_is_no_other_price(recurs: str) -> None:
    old = plan(care(option("Fees", "2024-25: -10, 2026-27: -5", recurs=recurs)))
    for years in (1, 2, 5):
        trial = applied(old, {"delay": "fees", "years": years}).plan
        again = applied(trial, {"delay": "fees", "years": 1}).plan
        for new in (trial, again):
            assert [line[:2] for line in bridged(old, new)] == [("re-phased", "fees")]
            assert [line[:2] for line in bridged(new, old)] == [("re-phased", "fees")]
    changes = {"delay": "fees", "years": 1}, {"deliver": "fees", "share": "60%"}
    other = applied(old, *changes).plan
    assert [line[:2] for line in bridged(old, other)] == [("re-priced", "fees")]


def test_a_trial_that_drops_a_one_off_and_its_reversal() -> None:
    old = plan(care(option("Fees", "2024-25: -10", recurs="false")), contains="2024-25")
    trial = replace(old, options=plan(care()).options, struck_with=old.options)
    assert bridged(old, trial) == [("removed", "fees", [10, 0, 0])]


# -- one-offs -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "cause", "amounts"),
    [
        # A lasting saving that becomes one for a year is worth less, though it prints the same.
        ("2024-25: -10", "2024-25: -10 once", "re-priced", [0, 10, 10]),
        ("2024-25: -10 once", "2024-25: -10", "re-priced", [0, -10, -10]),
        ("2024-25: -10 once", "2025-26: -10 once", "re-phased", [10, -10, 0]),
        ("2024-25: -10 once", "2024-25: -12 once", "re-priced", [-2, 0, 0]),
        # What is taken back comes after the last year: it is the same money, moved.
        ("2025-26: -10 once", "2026-27: -10 once", "re-phased", [0, 10, -10]),
        # No year compared tells them apart; the year after does.
        ("2026-27: -10", "2026-27: -10 once", "re-priced", [0, 0, 0]),
        # A reversal in the row itself, moved by a year: nothing stays of either.
        ("2024-25: 5 once", "2024-25: 5, 2026-27: -5", "re-phased", [0, 5, 0]),
    ],
)
def test_one_offs(old: str, new: str, cause: str, amounts: list[int]) -> None:
    def made(changes: str) -> Plan:
        once = {"recurs": "false"} if changes.endswith("once") else {}
        return plan(care(option("Fees", changes.removesuffix(" once"), **once)))

    assert bridged(made(old), made(new)) == [(cause, "fees", amounts)]


def test_a_one_off_and_a_row_that_takes_itself_back_are_the_same() -> None:
    once = plan(care(option("Fees", "2024-25: 5", recurs="false")))
    own_row = plan(care(option("Fees", "2024-25: 5, 2025-26: -5")))
    assert bridged(once, own_row) == []


# -- options with other ids -----------------------------------------------------------------


def test_another_id_with_the_same_name_or_the_same_changes_is_renamed() -> None:
    old = care(FEES, option("Meals", "2025-26: -4"), option("Rent", "2026-27: 3"))
    new = care(
        option("Fees", "2024-25: -10, 2025-26: -6", id="charges"),
        option("Lunches", "2025-26: -4"),
        option("Rent", "2026-27: 3", id="rents"),
    )
    bridge = compare(plan(old), plan(new))
    assert [shown(line) for line in bridge.lines] == [
        ("renamed, re-priced", "charges", [0, -1, -1]),
        ("renamed", "lunches", [0, 0, 0]),
        ("renamed", "rents", [0, 0, 0]),
    ]
    assert {
        "Fees (Care; its id was fees)",
        "Lunches (Care; was Meals)",
        "Rent (Care; its id was rent)",
    } <= set(labels(bridge))


def test_what_differs_in_name_and_changes_or_in_service_or_kind_is_not_the_same() -> None:
    old = care(FEES, option("Meals", "2025-26: -4"), option("Idle", ""))
    new = block("roads", option("Meals", "2025-26: -4", id="lunches")) + care(
        option("Charges", "2024-25: -10"),
        option("Rates", "2024-25: -10, 2025-26: -5", kind="investment"),
        option("Lazy", ""),
    )
    assert [line[:2] for line in bridged(plan(old), plan(new))] == [
        ("new", "lunches"),
        ("new", "charges"),
        ("new", "rates"),
        ("new", "lazy"),
        ("removed", "fees"),
        ("removed", "meals"),
        ("removed", "idle"),
    ]


def test_of_several_with_the_same_changes_the_first_listed_goes_first() -> None:
    same = "2025-26: -4"
    old = care(option("A", same), option("B", same), option("C", same))
    new = care(option("X", same), option("B", same, id="y"), option("Z", "2025-26: -5"))
    pairs = [(x.old and x.old.id, x.new and x.new.id) for x in compare(plan(old), plan(new)).lines]
    assert pairs == [("a", "x"), ("b", "y"), (None, "z"), ("c", None)]


def test_a_saving_that_slips_beyond_the_years_compared_is_re_phased() -> None:
    old = plan(care(option("Fees", "2024-25: -9, 2025-26: -10"), option("Late", "2024-25: -4")))
    new = next_year(care(option("Fees", "2027-28: -10"), option("Late", "2025-26: -4")))
    assert [line[:2] for line in bridged(old, new)][:2] == [
        ("re-phased", "fees"),
        ("re-phased", "late"),
    ]


def test_a_plan_that_begins_a_year_later() -> None:
    """What the old plan changes before belongs to its opening, with what that gives back."""
    old = plan(
        care(
            FEES,
            option("Done", "2024-25: -20"),
            option("Once", "2024-25: 6", recurs="false"),
            option("Late", "2026-27: -3"),
        ),
        "  - {id: care, name: Care, net: 100}\n",
    )
    new = next_year(
        care(
            option("Fees", "2025-26: -5"),
            option("Late", "2027-28: -3"),
            option("Own", "2025-26: 2"),
        )
    )
    bridge = compare(old, new)
    assert [str(year) for year in bridge.years] == ["2025-26", "2026-27"]
    # Old: 100 - 10 - 20 + 6 in 2024-25, so 70 without the one-off; new: 93 + 5 - 2 = 96.
    assert [shown(line) for line in bridge.lines] == [
        ("re-phased", "late", [0, 3]),
        ("new", "own", [2, 2]),
        ("other movements", "care", [26, 26]),
    ]
    assert bridge.ended == (("Done", "Once"), ())
    assert [[str(year) for year in years] for years in bridge.alone] == [["2024-25"], ["2027-28"]]
    said = list(facts(bridge))
    assert said[3:] == [
        "Not compared: 2024-25, of which only the old plan has a net budget.",
        "Not compared: 2027-28, of which only the new plan has a net budget.",
        "Changes are counted from 2025-26 on: what the old plan changes before is in its opening.",
        "In the opening of the old plan and not listed, as they change nothing from 2025-26 on: "
        "Done; Once.",
    ]
    back = compare(new, old)
    assert back.difference == {year: -pence for year, pence in bridge.difference.items()}
    assert back.ended == ((), ("Done", "Once"))
    assert any("what the new plan changes before" in fact for fact in facts(back))


def test_a_later_budget_in_one_plan_alone_has_other_movements() -> None:
    old = plan(care(FEES))
    later = revenue(SERVICES.replace("net: 100", "net: 94"), "2026-27", "2024-25, 2025-26")
    new = plan_of(
        {
            **revenue(SERVICES.replace("net: 50", "net: 51").replace("100", "101"), contains=""),
            **later,
            **options(care(FEES)),
        }
    )
    bridge = compare(old, new)
    # 94 of 2026-27 contains -15: an opening of 109 against 100.
    assert [shown(line) for line in bridge.lines] == [
        ("base changed", "care", [1, 1, 0]),
        ("other movements", "care", [0, 0, 9]),
        ("base changed", "roads", [1, 1, 0]),
    ]
    said = list(outcome(bridge, "a", "b"))
    assert "By cause" not in " ".join(said)
    assert (
        "Other movements: for 2026-27 the old plan stands on its 2024-25 budget, and the new one "
        "on its 2026-27 budget." in said
    )


def test_a_renamed_service_on_budgets_of_different_years() -> None:
    old = plan(care(), "  - {id: care, name: Care, net: 93}\n")
    new = next_year(care(), "  - {id: care, name: Adult Care, net: 93}\n")
    assert bridged(old, new) == [("other movements", "care", [0, 0])]


def test_plans_without_options_stand_on_their_budgets() -> None:
    old, new = (plan_of(revenue(f"  - {{id: a, name: A, net: {n}}}\n")) for n in (5, 8))
    assert bridged(old, new) == [("base changed", "a", [3])]
    with_options = replace(new, options=plan(care()).options)
    assert bridged(old, with_options) == [("base changed", "a", [3])]
    bridge = compare(old, with_options)
    assert [fact for fact in facts(bridge) if "policy options" in fact] == [
        "The old plan has no policy options."
    ]
