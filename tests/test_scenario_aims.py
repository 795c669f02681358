"""What a scenario is aimed at: a line, a group, or a word that is nearly one. In £000.

Hightown's options (`tests/kit/scenarios.py`), as cumulative changes by year:

    fees      (10)  (15)  (15)        buses      -   (7)  (10)
    demand      -     30    30        planner    2     2     2
    pilot       8      -     -        net budget 170  180  177
"""

import pytest

from cfbudget.scenario.changes.applied import Applied
from tests.kit.scenarios import (
    TOWN_OPTIONS,
    Change,
    applied,
    refused,
    town,
    tried,
)
from tests.kit.trial_figures import PLAN, moved, only

# -- groups ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "expected", "words"),
    [
        ("saving", [10, 22, 25], "Savings: dropped"),
        ("saving/new", [10, 15, 15], "New savings: dropped"),
        ("saving/previously-approved", [0, 7, 10], "Previously approved savings: dropped"),
        ("investment", [-10, -32, -32], "Investments: dropped"),
        ("care/saving", [10, 15, 15], "Savings of Care: dropped"),
        ("schools/saving", [0, 7, 10], "Savings of Schools: dropped"),
        ("learning/saving", [0, 7, 10], "Savings of Learning: dropped"),
        ("learning/investment/new", [-2, -2, -2], "New investments of Learning: dropped"),
        (
            "care/investment/previously-approved",
            [0, -30, -30],
            "Previously approved investments of Care: dropped",
        ),
    ],
)
def test_a_group_is_all_its_options(target: str, expected: list[float], words: str) -> None:
    trial = applied(PLAN, {"drop": target})
    assert moved(trial) == expected
    assert trial.changes[0].words == words


def test_a_group_has_the_options_of_the_plan_not_those_that_are_added() -> None:
    added = {
        "service": "care",
        "id": "x",
        "name": "X",
        "kind": "saving",
        "status": "new",
        "changes": {"2024-25": -1},
    }
    trial = applied(PLAN, {"add": added}, {"drop": "saving"})
    assert moved(trial) == [9, 21, 24]


# -- what a scenario is aimed at ------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "said", "hint"),
    [
        ("Fees", "unknown option 'Fees'", "did you mean 'fees' (Fees)?"),
        ("School buses", "unknown option 'School buses'", "did you mean 'buses' (School buses)?"),
        ("school", "unknown option 'school'", "did you mean 'buses' (School buses)?"),
        ("route", "unknown option 'route'", "did you mean 'planner' (Route planner)?"),
        ("buss", "unknown option 'buss'", "did you mean 'buses' (School buses)?"),
        ("e", "unknown option 'e'", "write the id of one of the plan's options: none is near"),
        (
            "xyzzy",
            "unknown option 'xyzzy'",
            "write the id of one of the plan's options: none is near",
        ),
        ("???", "unknown option '???'", "write the id of one of the plan's options: none is near"),
        ("care", "'care' is a service, not an option", "write care/saving or care/investment"),
        ("roof", "'roof' is a capital scheme, not an option", "reprofile or bring_in it"),
        ("car/saving", "unknown service 'car'", "did you mean 'care' (Care)?"),
        ("Adult Learning/saving", "unknown service 'Adult Learning'", "did you mean 'adults'"),
        ("adults/saving", "the plan has no savings of Adult Learning", "aim at"),
        ("saving/old", "unknown option 'saving/old'", ""),
        ("care/saving/new/x", "unknown option 'care/saving/new/x'", ""),
        ("/saving", "no service is named", ""),
    ],
)
def test_a_target_that_the_plan_does_not_have(target: str, said: str, hint: str) -> None:
    problem = only(refused(PLAN, {"drop": target}))
    assert problem.rule == "CF501"
    assert said in problem.message
    assert hint in (problem.hint or "")


def test_many_candidates_are_not_all_named() -> None:
    lines = "".join(
        f"      - {{id: bus-{n}, name: Bus {n}, kind: saving, status: new, changes: {{}}}}\n"
        for n in range(12)
    )
    plan = town(options=TOWN_OPTIONS + lines)
    assert only(refused(plan, {"drop": "bus"})).hint == (
        "13 ids hold 'bus': write more of the one that is meant"
    )


def test_an_option_whose_id_is_that_of_a_group_is_not_silently_the_group() -> None:
    plan = town(options=TOWN_OPTIONS.replace("id: fees, name: Fees", "id: saving, name: Saving"))
    found = tried(plan, [{"drop": "saving"}])
    assert not isinstance(found, Applied) or found.changes[0].words == "Saving: dropped"


@pytest.mark.parametrize("target", ["care/savings", "savings", "care/saving/approved"])
def test_a_group_that_is_nearly_right_is_suggested(target: str) -> None:
    hint = only(refused(PLAN, {"drop": target})).hint or ""
    assert "'care/saving" in hint or "'saving'" in hint


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        ({}, "CF502", "a change says nothing that a scenario can do"),
        ({"why": "so"}, "CF502", "a change says nothing that a scenario can do"),
        ({"drop": "fees", "delay": "fees", "years": 1}, "CF502", "a change says delay and drop"),
        ({"drop": "fees", "years": 1}, "CF109", "drop takes no 'years'"),
        ({"delay": "fees"}, "CF110", "delay needs 'years'"),
        ({"deliver": "fees"}, "CF110", "deliver needs 'share'"),
        ({"drop": "fees", "from": "2031-32"}, "CF204", "2031-32 is outside the plan"),
        ({"drop": "fees", "from": "2024"}, "CF113", "'2024' is not a financial year"),
        ({"delay": "fees", "years": 1, "from": "2031-32"}, "CF204", "outside"),
        ({"deliver": "fees", "share": "5%", "from": "2031-32"}, "CF204", "outside"),
        ({"remove": "fees"}, "CF109", "unknown key 'remove'"),
    ],
)
def test_what_is_no_change(change: Change, rule: str, said: str) -> None:
    problem = only(refused(PLAN, change))
    assert problem.rule == rule
    assert said in problem.message


def test_every_problem_is_said_at_its_own_line() -> None:
    found = refused(PLAN, {"drop": "x"}, {"drop": "fees"}, {"delay": "fees", "years": 0}, {})
    assert [(p.place.line, p.rule) for p in found] == [(1, "CF501"), (3, "CF503"), (4, "CF502")]
