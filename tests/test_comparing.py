"""The bridge between two plans, on plans small enough to check by hand. Amounts are in £000."""

import json
from dataclasses import replace
from typing import Any

import pytest

import cfbudget
from cfbudget.calculate.bridge_lines import Bridge, BridgeLine
from cfbudget.calculate.plan_bridge import bridge_between, compare
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.render.data import records_csv, records_json
from cfbudget.reports.bridge.page import Bridged, bridge_grid
from cfbudget.reports.bridge.records import bridge_records
from cfbudget.reports.bridge.words import facts, outcome
from tests.kit.scenarios import applied
from tests.kit.support import CAPITAL, plan_of
from tests.test_calculate import THOUSAND, options, revenue

SERVICES = """\
  - {id: care, name: Care, net: 100}
  - {id: roads, name: Roads, net: 50}
"""


def option(name: str, changes: str, **more: str) -> str:
    """An option's line; a saving and new unless `more` says otherwise."""
    given = {"kind": "saving", "status": "new", "id": name.lower(), **more}
    rest = ", ".join(f"{key}: {value}" for key, value in given.items())
    return f"      - {{name: {name}, {rest}, changes: {{{changes}}}}}\n"


def block(service: str, *lines: str) -> str:
    listed = f"\n{''.join(lines)}" if lines else " []\n"
    return f"  - service: {service}\n    options:{listed}"


def care(*lines: str) -> str:
    return block("care", *lines)


def plan(
    blocks: str,
    services: str = SERVICES,
    contains: str = "",
    years: str = "2024-25, 2025-26, 2026-27",
    basis: str = "change",
) -> Plan:
    return plan_of(
        {**revenue(services, contains=contains), **options(blocks, basis=basis, years=years)}
    )


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


FEES = option("Fees", "2024-25: -10, 2025-26: -5")


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


# -- years ----------------------------------------------------------------------------------


def next_year(blocks: str, services: str = "  - {id: care, name: Care, net: 93}\n") -> Plan:
    texts = revenue(services, "2025-26", "2025-26")
    return plan_of({**texts, **options(blocks, years="2025-26, 2026-27, 2027-28")})


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


# -- refusals -------------------------------------------------------------------------------


def test_plans_that_cannot_be_compared() -> None:
    full = plan(care(FEES))
    only_options = plan_of(options(care(FEES)))
    later = revenue(SERVICES, "2030-31", "")
    unbased = plan_of({**later, **options(care(FEES))})
    other = plan_of(later)
    reasons = []
    for old, new in ((full, only_options), (unbased, full), (full, other)):
        found = bridge_between(old, new)
        assert isinstance(found, Refusal)
        reasons.append(found.reason)
        with pytest.raises(LookupError, match="net budget"):
            cfbudget.compare(old, new)
    assert reasons == [
        " has no revenue budget, and so no net budget to compare",
        " has no net budget: no year of the plan stands on a budget",
        "no year is in both plans:  has net budgets of 2024-25, 2025-26, 2026-27,  of 2030-31",
    ]


# -- what else is said ----------------------------------------------------------------------


def labels(bridge: Bridge) -> list[str]:
    return [row.label for row in bridge_grid(Bridged(bridge, "a", "b", ("P", "P"))).rows]


def test_a_saving_and_an_investment_of_one_name_are_told_apart() -> None:
    meals = option("Meals", "2024-25: 1", kind="investment", id="meals-investment")
    bridge = compare(plan(care()), plan(care(option("Meals", "2024-25: -4"), meals, FEES)))
    assert labels(bridge)[2:-2] == [
        "Meals (Care; saving)",
        "Meals (Care; investment)",
        "Fees (Care)",
        "Total new",
    ]


def test_gross_and_income_that_differ_alike_are_said() -> None:
    lines = "  - {{id: care, name: Care, gross: {}, income: -{}}}\n  - {{id: b, name: B, net: 5}}\n"
    old, new = (plan(care(), lines.format(100 + n, 20 + n)) for n in (0, 5))
    bridge = compare(old, new)
    assert bridge.lines == ()
    assert list(outcome(bridge, "a", "b"))[1:] == [
        "Gross and income differ in the base budget, and the net does not: Care."
    ]
    assert compare(old, old).same_net == ()
    # Where the net differs too it is a line; on budgets of other years nothing is the same.
    priced = plan(care(), lines.format(105, 20))
    assert compare(old, priced).same_net == ()
    assert compare(old, next_year(care(), lines.format(105, 25))).same_net == ()


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (("1.500", "1.600"), True),
        (("name: Roof", "name: Roofs"), True),
        (("2025-26: 0.250}, stated", "2025-26: 0.25}, stated"), False),
    ],
)
def test_capital_is_said_to_differ_and_is_in_no_line(
    change: tuple[str, str], differs: bool
) -> None:
    base = {**revenue(SERVICES, contains=""), **options(care(FEES))}
    old = plan_of({**base, "capital_programme.yaml": CAPITAL})
    new = plan_of({**base, "capital_programme.yaml": CAPITAL.replace(*change)})
    bridge = compare(old, new)
    assert (bridge.lines, bridge.capital_differs) == ((), differs)
    sentence = "The capital programmes differ; they are not in this bridge."
    assert (sentence in outcome(bridge, "a", "b")) == differs
    other = compare(old, plan(care()))
    assert list(outcome(other, "a", "b"))[-1].startswith("The capital programmes differ too;")


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            option("Fees", "2024-25: -10, 2025-26: -3"),
            "The net budget of 2026-27 is £2,000 higher in b than in a.",
        ),
        (
            option("Fees", "2024-25: -11, 2025-26: -5"),
            "The net budget of every year from 2024-25 to 2026-27 is £1,000 lower in b than in a.",
        ),
        (
            option("Fees", "2025-26: -15"),
            "The net budget of 2026-27 is the same in both plans; that of 2024-25 is not.",
        ),
        (
            option("Fees", "2024-25: -10, 2025-26: -5", status="previously approved"),
            "The net budget of every year compared is the same in both plans: what differs moves "
            "no money, or cancels out.",
        ),
        (
            FEES,
            "Nothing differs: the net budgets, the services' net budgets and the policy options "
            "are the same in both plans.",
        ),
    ],
)
def test_the_outcome_in_words(new: str, sentence: str) -> None:
    assert list(outcome(compare(plan(care(FEES)), plan(care(new))), "a", "b")) == [sentence]


def test_records_add_up_and_lead_to_their_lines() -> None:
    old = plan(care(FEES, option("Gone", "2025-26: 4"), option("Meals", "2024-25: 1")))
    new = plan(
        care(FEES, option("New", "2025-26: -6.25"), option("Meals", "2024-25: 1", recurs="false")),
        SERVICES.replace("net: 50", "net: 50.5"),
    )
    ends = Bridged(compare(old, new), "one", "two", ("P", "P"))
    records: list[dict[str, Any]] = json.loads(records_json(bridge_records(ends)))
    by_row = {(r["row"], r["role"], r["year"]): r for r in records}
    assert len(by_row) == len(records)
    # An option may have the id of a row: the role tells which is which.
    assert by_row["new", "line", "2025-26"] == {
        "table": "compare",
        "row": "new",
        "label": "New (Care)",
        "role": "line",
        "measure": "net_budget",
        "year": "2025-26",
        "unit": "£000",
        "amount": "-6.25",
        "source": "policy_options.yaml:9",
        "service": "care",
        "kind": "saving",
        "status": "new",
        "cause": "new",
        "forecast": "",
    }
    assert by_row["gone", "line", "2026-27"]["source"] == "policy_options.yaml:9"
    assert by_row["roads/base-changed", "line", "2024-25"]["source"] == "revenue_2024_25.yaml:7"
    assert by_row["old", "total", "2026-27"]["amount"] == "140"
    assert by_row["new", "total", "2026-27"]["amount"] == "129.25"
    assert by_row["difference", "subtotal", "2026-27"]["amount"] == "-10.75"
    assert records_csv(bridge_records(ends)).splitlines()[0] == ",".join(records[0])
    grid = bridge_grid(ends)
    assert grid.rows[0].texts == ["141.00", "140.00", "140.00"]
    assert "Meals (Care; one-off, was lasting)" in [row.label for row in grid.rows]


def test_the_old_plan_gives_the_unit_and_the_finer_one_the_places() -> None:
    old = plan(care(FEES))
    text = options(care(option("Fees", "2024-25: -0.0105, 2025-26: -0.005")))
    pounds = {name: body.replace("£000", "£m") for name, body in text.items()}
    new = plan_of({**revenue(SERVICES, contains=""), **pounds})
    bridge = compare(old, new)
    assert (bridge.unit.name, bridge.step) == ("£000", 10_000)
    assert [line.causes for line in bridge.lines] == [("re-priced",)]
    rows = bridge_grid(Bridged(bridge, "a", "b", ("P", "P"))).rows
    assert rows[2].texts == ["(0.5)", "(0.5)", "(0.5)"]


def test_a_line_that_stands_in_neither_plan_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        _ = BridgeLine(("new",), "option", None, None, {}).now
