"""What holds of every scenario that is written into every plan's files, and of their texts."""

import re

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import Amounts, Key
from cfbudget.calculate.position import position_amounts
from cfbudget.edited.edited_plan import NotEdited, edited_plan
from cfbudget.edited.not_in_files import not_in_files
from cfbudget.loaded import load_texts
from cfbudget.nodes import MappingNode
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.changes.operators import Add
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.scenarios import scenarios, tried

often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def in_brackets(text: str) -> str:
    """The same file with all in brackets, on one line."""
    made = yaml.dump(
        yaml.load(text, Loader=yaml.CSafeLoader),
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=True,
        width=10**6,
    )
    return re.sub(r"\\U([0-9A-F]{8})", lambda match: chr(int(match[1], 16)), made)


def windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def as_it_is(text: str) -> str:
    return text


def levels(amounts: Amounts) -> dict[Key, int]:
    return {at: p for at, p in amounts.items() if p and at.measure not in ("gross", "income")}


@often
@given(sketches(), st.data(), st.sampled_from((as_it_is, in_brackets, windows)))
def test_the_edited_files_are_the_plan_that_the_scenario_makes(
    sketch: Sketch, data: st.DataObject, layout: object
) -> None:
    assert callable(layout)
    texts = {name: layout(text) for name, text in sketch.texts().items()}
    loaded = load_texts(texts)
    plan = loaded.plan
    assert plan is not None, loaded.problems
    trial = tried(plan, data.draw(scenarios(sketch, least=1)), allow_conflicts=True)
    assert isinstance(trial, Applied)
    problems = not_in_files(trial)
    assume(not problems)
    given_ = {
        change.operation.option.id: node
        for change in trial.changes
        if isinstance(change.operation, Add) and isinstance(node := change.node["add"], MappingNode)
    }
    edited = edited_plan(loaded, plan, trial.plan, given_)
    if isinstance(edited, NotEdited):
        # A scenario may add a one-off that a file could not: among levels, or taken back twice.
        assert {problem.rule for problem in edited.problems} <= {"CF211", "CF215"}
        assert edited.problems, edited.refusal
        return
    # What was read back is what would be read from the files.
    again = load_texts(edited.loaded.texts).plan
    assert again is not None
    was, now = position_amounts(trial.plan).amounts, position_amounts(again).amounts
    # An uplift says what it affects, and a file then has gross and income to come.
    assert levels(was) == levels(now)
    assert set(edited.edits) == {
        name for name, text in edited.loaded.texts.items() if text != texts[name]
    }
