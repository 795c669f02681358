"""Several changes together: what composes, what conflicts, and what is warned of. In £000.

Hightown's options (`tests/kit/scenarios.py`), as cumulative changes by year:

    fees      (10)  (15)  (15)        buses      -   (7)  (10)
    demand      -     30    30        planner    2     2     2
    pilot       8      -     -        net budget 170  180  177
"""

import re
from collections.abc import Callable
from string import ascii_lowercase

import pytest

from tests.kit.counting import growth
from tests.kit.scenarios import (
    TOWN_OPTIONS,
    Change,
    applied,
    refused,
    rules_of,
    town,
)
from tests.kit.trial_figures import (
    CLUBS,
    PLAN,
    brought,
    capital,
    moved,
    nets,
    only,
    reprofiled,
    sentences,
    uplifted,
)

# -- several changes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        [{"delay": "fees", "years": 1}, {"delay": "fees", "years": 1}],
        [{"deliver": "fees", "share": "60%"}, {"deliver": "saving", "share": "50%"}],
        [{"deliver": "fees", "share": "60%"}, {"delay": "fees", "years": 1}],
        [{"set": "fees", "to": {"2024-25": -8}}, {"set": "fees", "to": {"2025-26": -8}}],
        [{"set": "fees", "to": {"2024-25": -8}}, {"set": "fees", "to": {"2024-25": -8}}],
        [{"set": "fees", "to": {"2024-25": -8}}, {"drop": "fees", "from": "2025-26"}],
        [
            {"deliver": "fees", "share": "60%", "from": "2025-26"},
            {"deliver": "fees", "share": "50%"},
        ],
        [{"drop": "fees"}, {"drop": "fees"}],
        [{"drop": "fees"}, {"drop": "saving"}],
        [
            {"set": "care", "measure": "gross", "to": 90},
            {"set": "care", "measure": "income", "to": -9},
        ],
        [reprofiled("2024-25", "2025-26", 1), reprofiled("2024-25", "2026-27", "0.5")],
        [brought({"2025-26": 1}), brought({"2026-27": 1})],
        [uplifted("care", "net", "2%"), uplifted("care", "net", "3%")],
    ],
)
def test_what_comes_to_the_same_in_any_order_composes(changes: list[Change]) -> None:
    one, other = applied(PLAN, *changes), applied(PLAN, *changes[::-1])
    assert nets(one.plan) == nets(other.plan)
    assert capital(one.plan) == capital(other.plan)
    assert {p.rule for p in one.problems} <= {"CF509", "CF510"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [{"set": "fees", "to": {"2024-25": -8}}, {"deliver": "fees", "share": "50%"}],
            "matters for Fees, 2024-25: (4) first, (8) first, in £000",
        ),
        (
            [{"set": "fees", "to": {"2024-25": -8}}, {"set": "fees", "to": {"2024-25": -9}}],
            "2024-25: (9) first, (8) first, in £000",
        ),
        (
            [{"delay": "fees", "years": 1}, {"set": "fees", "to": {"2026-27": -1}}],
            "2026-27: (1) first, (5) first, in £000",
        ),
        (
            [{"delay": "fees", "years": 1}, {"delay": "fees", "years": 1, "from": "2025-26"}],
            "2025-26: nil first, (10) first, in £000",
        ),
        (
            [{"delay": "fees", "years": 2}, {"deliver": "fees", "share": "50%", "from": "2026-27"}],
            "2026-27: (5) first, (10) first, in £000",
        ),
        (
            [
                {"set": "care", "measure": "gross", "to": 90},
                {"set": "care", "measure": "gross", "to": 91},
            ],
            "matters for gross of care, 2024-25: 91 first, 90 first",
        ),
        (
            [
                {"set": "roof", "measure": "allocation", "to": {"2024-25": 2}},
                reprofiled("2024-25", "2025-26", 1),
            ],
            "2024-25: 1.000 first, 2.000 first, in £m",
        ),
        (
            [{"set": "hall", "measure": "under_development", "to": 4}, brought({"2025-26": 1})],
            "under development: 3.000 first, 4.000 first, in £m",
        ),
        (
            [
                {"add": CLUBS},
                {"set": "breakfast-clubs", "to": {"2025-26": -8}},
                {"deliver": "breakfast-clubs", "share": "50%"},
            ],
            "matters for Breakfast clubs, 2025-26: (4) first, (8) first",
        ),
        (
            [{"set": "buses", "to": {"2026-27": -9}}, {"delay": "saving", "years": 2}],
            "matters for School buses, 2026-27: nil first, (9) first",
        ),
        (
            [
                {"delay": "saving", "years": 1},
                {"deliver": "saving", "share": "50%", "from": "2026-27"},
            ],
            "matters for Fees, 2026-27: (2.5) first, (5.0) first, in £000 (1 more like it)",
        ),
    ],
)
def test_a_conflict_shows_what_both_orders_come_to(changes: list[Change], said: str) -> None:
    problem = next(p for p in refused(PLAN, *changes) if p.severity == "error")
    assert problem.rule == "CF506"
    # Which change is first stands between: (4) with 'Fees: set 2024-25 to (8)' (line 1) first.
    assert said in re.sub(r" with '.*?'( \(line \d+\))? first", " first", problem.message)
    assert problem.place.line == len(changes)
    applied(PLAN, *changes, allow_conflicts=True)


def many_set(count: int) -> list[Change]:
    """Changes of one figure, each to another amount: every two of them are in conflict."""
    return [{"set": "fees", "to": {"2025-26": -100 - at}} for at in range(count)]


@pytest.mark.parametrize(
    ("count", "shown", "more"),
    [
        (6, 15, ""),
        (7, 20, "; and 1 more pair of changes like these"),
        (60, 20, "; and 1,750 more pairs of changes like these"),
        (65, 20, "; and at least 2,000 more pairs of changes like these"),
    ],
)
def test_of_many_conflicts_some_are_shown_and_the_others_counted(
    count: int, shown: int, more: str
) -> None:
    found = [problem.message for problem in refused(PLAN, *many_set(count))]
    assert len(found) == shown
    assert found[-1].endswith(more or "in £000")
    assert not any("more pair" in message for message in found[:-1])


ALIKE: dict[str, Change] = {
    "shares": {"deliver": "saving", "share": "90%"},
    "the same": {"set": "fees", "to": {"2025-26": -6}},
    "moves": {"reprofile": "roof", "from": "2024-25", "to": "2025-26", "amount": "0.01"},
}
"""Each may be made again and again, and comes to the same in any order."""


@pytest.mark.parametrize("change", ALIKE.values(), ids=ALIKE)
def test_many_changes_that_compose_take_time_in_proportion(change: Change) -> None:
    assert growth(lambda size: lambda: applied(PLAN, *[change] * size), 30) < 5


def test_many_conflicts_take_time_in_proportion() -> None:
    assert growth(lambda size: lambda: refused(PLAN, *many_set(size)), 100) < 5


def test_one_change_in_conflict_with_many_that_have_none_is_found() -> None:
    many: list[Change] = [
        {"set": "fees", "to": {year: -6}} for year in ("2024-25", "2025-26") for _ in range(50)
    ]
    found = refused(PLAN, *many, {"set": "fees", "to": {"2025-26": -7}})
    assert {problem.rule for problem in found if problem.severity == "error"} == {"CF506"}
    assert found[-1].message.endswith("; and 30 more pairs of changes like these")


def test_many_unknown_ids_are_all_named_and_the_first_get_a_suggestion() -> None:
    """The nearest id takes a walk through the whole plan: for each it would be quadratic."""
    slips = [f"fees{letter}" for letter in ascii_lowercase for _ in range(2)]
    found = refused(PLAN, *({"drop": slip} for slip in [*slips, *["nothing-like-it"] * 448]))
    assert rules_of(found) == ["CF501"] * 500
    near = [problem.hint == "did you mean 'fees' (Fees)?" for problem in found]
    assert near == [True] * 40 + [False] * 460  # twenty ids, each of which stands twice
    assert found[-1].hint == "write the id of one of the plan's options"


def test_unknown_ids_take_time_in_proportion() -> None:
    """Each to the changes and to the plan: not one times the other."""
    option = "{id: option-%d, name: Option %d, kind: saving, status: new, changes: {}}"

    def of_size(size: int) -> Callable[[], object]:
        lines = "".join(f"      - {option % (at, at)}\n" for at in range(size))
        plan = town(options=TOWN_OPTIONS[: TOWN_OPTIONS.index("      - {id: fees")] + lines)
        return lambda: refused(plan, *[{"drop": f"unknown-{at}"} for at in range(size)])

    assert growth(of_size, 100) < 5


def test_each_order_comes_to_what_the_conflict_says() -> None:
    changes: list[Change] = [
        {"set": "fees", "to": {"2024-25": -8}},
        {"deliver": "fees", "share": "50%"},
    ]
    first = applied(PLAN, *changes, allow_conflicts=True)
    assert nets(first.plan, "care", "change")[0] == -4 + 8
    second = applied(PLAN, *changes[::-1], allow_conflicts=True)
    assert nets(second.plan, "care", "change")[0] == -8 + 8
    assert rules_of(second.problems) == ["CF506"]
    assert {p.severity for p in second.problems} == {"warning"}
    assert (
        "Conflicts are allowed; the changes were made in this order: "
        "1. Fees: 50% delivered; 2. Fees: set 2024-25 to (8)." in sentences(second)
    )
    assert "in this order" not in sentences(applied(PLAN, changes[0]))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [{"drop": "fees"}, {"set": "fees", "to": {"2025-26": -6}}],
            "Fees is dropped by line 1 (Fees: dropped), and changed here",
        ),
        (
            [{"delay": "fees", "years": 1}, {"drop": "fees"}],
            "Fees is dropped here, and changed by line 1 (Fees: delayed 1 year)",
        ),
        (
            [{"drop": "saving"}, {"deliver": "buses", "share": "50%"}],
            "School buses is dropped by line 1 (Savings: dropped), and changed here",
        ),
        (
            [{"drop": "fees", "from": "2025-26"}, {"delay": "fees", "years": 1}],
            "Fees is dropped by line 1 (Fees: dropped from 2025-26), and changed here",
        ),
        (
            [
                {"drop": "fees", "from": "2025-26"},
                {"deliver": "fees", "share": "50%", "from": "2025-26"},
            ],
            "Fees is dropped by line 1",
        ),
    ],
)
def test_a_change_of_what_is_dropped(changes: list[Change], said: str) -> None:
    problem = next(p for p in refused(PLAN, *changes) if p.severity == "error")
    assert problem.rule == "CF507"
    assert said in problem.message
    assert "in this order" in sentences(applied(PLAN, *changes, allow_conflicts=True))


def test_a_group_s_change_does_not_reach_what_is_dropped() -> None:
    trial = applied(PLAN, {"drop": "fees"}, {"deliver": "saving", "share": "50%"})
    problem = only(trial.problems)
    assert (problem.rule, problem.severity) == ("CF508", "warning")
    assert problem.message == "Fees is dropped: 'Savings: 50% delivered' does not reach that"
    assert moved(trial) == [10, 15 + 3.5, 15 + 5]


def test_a_group_s_change_that_brings_back_what_is_dropped_is_a_conflict() -> None:
    changes: list[Change] = [{"drop": "fees", "from": "2025-26"}, {"delay": "saving", "years": 1}]
    assert "CF506" in rules_of(refused(PLAN, *changes))


def test_changes_of_years_that_are_not_dropped_are_no_conflict() -> None:
    trial = applied(
        PLAN,
        {"drop": "fees", "from": "2025-26"},
        {"set": "fees", "to": {"2024-25": -4}},
    )
    assert moved(trial) == [6, 11, 11]


# -- warnings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [{"delay": "buses", "years": 1}],
            "the saving 'School buses' is delayed 1 year while its invest to save (planner) stays",
        ),
        (
            [{"drop": "planner"}],
            "the saving 'School buses' stays while its invest to save (planner) is dropped",
        ),
        ([{"set": "buses", "to": {"2025-26": 0}}], "'School buses' is "),
        (
            [{"drop": "buses"}, {"delay": "planner", "years": 1}],
            "the saving 'School buses' is dropped while its invest to save (planner) is delayed",
        ),
    ],
)
def test_a_saving_that_moves_apart_from_its_invest_to_save(
    changes: list[Change], said: str
) -> None:
    problem = only(applied(PLAN, *changes).problems)
    assert (problem.rule, problem.severity) == ("CF509", "warning")
    assert said in problem.message


@pytest.mark.parametrize(
    "changes",
    [
        [{"delay": "buses", "years": 1}, {"delay": "planner", "years": 1}],
        [{"drop": "saving"}, {"drop": "investment"}],
        [{"deliver": "buses", "share": "50%"}],
        [{"set": "buses", "to": {"2025-26": -6}}],
        [{"delay": "fees", "years": 1}],
    ],
)
def test_what_moves_together_or_not_at_all(changes: list[Change]) -> None:
    assert applied(PLAN, *changes).problems == ()


def test_two_delays_of_the_saving_and_one_of_its_invest_to_save_move_apart() -> None:
    once = {"delay": "planner", "years": 1}
    trial = applied(PLAN, {"delay": "buses", "years": 1}, {"delay": "saving", "years": 1}, once)
    assert rules_of(trial.problems) == ["CF509"]


def test_a_delay_in_two_steps_is_the_same_delay() -> None:
    trial = applied(
        PLAN,
        {"delay": "buses", "years": 1},
        {"delay": "buses", "years": 1},
        {"delay": "planner", "years": 2},
    )
    assert trial.problems == ()


def test_delays_of_other_lengths_are_said_with_their_years() -> None:
    trial = applied(PLAN, {"delay": "buses", "years": 1}, {"delay": "planner", "years": 2})
    assert (
        "is delayed while its invest to save (planner) is delayed"
        not in only(trial.problems).message
    )


def test_a_saving_of_which_nothing_comes_while_its_spending_stays() -> None:
    assert rules_of(applied(PLAN, {"deliver": "buses", "share": "0%"}).problems) == ["CF509"]


def test_a_saving_that_is_set_to_nil_is_not_said_to_move_to_other_years() -> None:
    trial = applied(PLAN, {"set": "buses", "to": {"2025-26": 0, "2026-27": 0}})
    assert "set in other years" not in only(trial.problems).message


@pytest.mark.parametrize(
    "change",
    [
        {"set": "fees", "to": {"2024-25": -10, "2025-26": -6}},
        {"set": "fees", "to": {"2026-27": 0}},
        {"set": "care", "measure": "gross", "to": "£100k"},
        {"set": "roof", "measure": "allocation", "to": {"2026-27": 0}},
        {"set": "hall", "measure": "under_development", "to": 3},
    ],
)
def test_a_set_of_what_is_so_already(change: Change) -> None:
    problem = only(applied(PLAN, change).problems)
    assert (problem.rule, problem.severity) == ("CF510", "warning")
    assert "is so already" in problem.message
