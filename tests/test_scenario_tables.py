"""What a trial's tables and words say of a scenario. In £000.

Hightown's options (`tests/kit/scenarios.py`), as cumulative changes by year:

    fees      (10)  (15)  (15)        buses      -   (7)  (10)
    demand      -     30    30        planner    2     2     2
    pilot       8      -     -        net budget 170  180  177
"""

import pytest

from cfbudget.calculate.amounts import Key
from cfbudget.tables.trial import trial_tables
from tests.kit.scenarios import (
    TOWN_OPTIONS,
    Change,
    applied,
    town,
)
from tests.kit.trial_figures import (
    CLUBS,
    FIRST,
    PLAN,
    THOUSAND,
    brought,
    by_change,
    moved,
    reprofiled,
    sentences,
    uplifted,
)

# -- tables ---------------------------------------------------------------------------------


def test_an_underspend_of_a_one_off_is_not_said_to_last() -> None:
    trial = applied(PLAN, {"drop": "pilot"})
    assert moved(trial) == [-8, 0, 0]
    assert "It lasts unless the scenario takes it back" not in sentences(trial)


def test_what_is_called_the_total_to_date_is_what_the_table_has_under_that_name() -> None:
    """Of a budget that is set the total to date, which is against the opening, does not move."""
    trial = applied(PLAN, {"set": "care", "measure": "gross", "to": 104})
    assert moved(trial, measure="total_to_date") == [0, 0, 0]
    assert "£0.012m more (total to date)" not in sentences(trial)


def test_a_sentence_gives_all_its_amounts_in_one_unit() -> None:
    trial = applied(PLAN, {"deliver": "saving", "share": "75%", "from": "2025-26"})
    assert "£0.003m more in 2025-26 and £3,750 more in 2026-27" not in sentences(trial)


def test_a_parent_whose_own_options_stay_has_no_difference_in_them() -> None:
    """Learning has an option of its own, and Adult Learning's first one is added below it."""
    lines = "  - service: learning\n    options:\n      - {id: hub, name: Hub, kind: saving, status: new, changes: {2024-25: -1}}\n"  # noqa: E501
    plan = town(options=TOWN_OPTIONS.split("  - service: schools")[0] + lines)
    trial = applied(plan, {"add": {**CLUBS, "service": "adults"}})
    (options,) = (t for t in trial_tables(trial, "x").tables if t.difference.name == "options")
    key = Key("learning/own", "change", FIRST)
    assert options.difference.cells[key].pence == 0
    assert options.baseline.cells[key].pence == -1 * THOUSAND


def test_headings_have_no_figures() -> None:
    trial = applied(PLAN, {"add": {**CLUBS, "service": "adults"}})
    for shown in trial_tables(trial, "x").tables:
        headings = {row.id for row in shown.difference.rows if row.role == "heading"}
        assert not [key for table in shown for key in table.cells if key.row in headings]


# -- what each change contributes -----------------------------------------------------------


def test_contributions_stand_in_the_order_in_which_the_changes_were_made() -> None:
    trial = applied(
        PLAN,
        {"delay": "fees", "years": 1},
        {"deliver": "saving", "share": "50%"},
        uplifted("care", "net", "10%"),
        reprofiled("2024-25", "2025-26", 1),
    )
    assert by_change(trial) == [[10, 5, 0], [0, 5 + 3.5, 7.5 + 5], [0, 8, 8], [0, 0, 0]]
    assert moved(trial) == [10, 21.5, 20.5]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([{"set": "fees", "to": {"2024-25": -4}}], "costs £6,000 more in every year"),
        (
            [{"delay": "fees", "years": 1}],
            "costs £10,000 more in 2024-25, £5,000 more in 2025-26"
            " and the same in 2026-27. By 2026-27 that adds up to £15,000 more (total to date)",
        ),
        (
            [{"set": "fees", "to": {"2024-25": -12, "2025-26": 0, "2026-27": 0}}],
            "is better at first and worse later: it costs £2,000 less in 2024-25 and £3,000 "
            "more in each of 2025-26 and 2026-27.",
        ),
        (
            [{"set": "fees", "to": {"2024-25": -8, "2025-26": -9}}],
            "is worse at first and better later",
        ),
        (
            [{"delay": "pilot", "years": 1}],
            "£8,000 more in 2025-26 and the same in 2026-27.",
        ),
        (
            [{"set": "fees", "to": {"2024-25": -8, "2025-26": -8, "2026-27": 2}}],
            "is better in some years and worse in others",
        ),
        (
            [{"deliver": "fees", "share": "100%"}],
            "makes no difference to the net budget of any year of the plan.",
        ),
    ],
)
def test_a_trial_in_words(changes: list[Change], said: str) -> None:
    assert said in sentences(applied(PLAN, *changes))


def test_the_plan_is_never_altered() -> None:
    twin = town()
    applied(
        PLAN,
        {"set": "fees", "to": {"2024-25": -4}},
        {"set": "care", "measure": "gross", "to": 90},
        uplifted("schools", "gross", "2%"),
        {"add": CLUBS},
        reprofiled("2024-25", "2025-26", 1),
        brought({"2025-26": 1}),
    )
    assert twin == PLAN
