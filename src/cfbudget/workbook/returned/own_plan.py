"""The plan that a workbook is, read from its own cells: never through another plan's.

Its words come from the files that it holds, its amounts from its inputs as they stand. That nothing
was lost or misread is proved by writing the workbook of those files again and holding the one that
came back against it: whatever then differs, but for an input, refuses it.
"""

from hashlib import sha256
from typing import NamedTuple

from cfbudget import rules
from cfbudget.checks.consistency import CONSISTENCY
from cfbudget.checks.report import check
from cfbudget.checks.rule_runs import apply_checks
from cfbudget.loaded import Loaded, load_texts
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, Problem, Refusal, in_order
from cfbudget.read.spreadsheet import Spreadsheet
from cfbudget.workbook.returned.changed_inputs import changed_inputs
from cfbudget.workbook.returned.file_lines import texts_in
from cfbudget.workbook.returned.findings import Finding
from cfbudget.workbook.returned.typed_over import typed_over
from cfbudget.workbook.returned.verification import verify
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.approved_years import Approved
from cfbudget.workbook.sheets.plan_book import SHEETS, build
from cfbudget.workbook.sheets.scenario_sheets import is_of_scenario

TWO_PLANS = (
    "which of its plans is meant cannot be told: name a workbook that was written without a "
    "scenario, or the plan's folder, and the scenario's file"
)


class OwnPlan(NamedTuple):
    """The plan that a workbook is, with its inputs as they stand."""

    plan: Plan
    notices: tuple[Finding, ...]
    """What to know of it, and no reason to refuse it."""
    contained: Approved
    """The years of changed inputs that an approved budget contains."""
    exported: Loaded
    """The plan as it was exported."""


class NoPlan(NamedTuple):
    """Why a workbook cannot be read as a plan: what is found of it, and of its files."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


def own_plan(found: Spreadsheet, name: str, version: str) -> OwnPlan | NoPlan | None:
    """Read a workbook as a plan of its own; None if it is none of ours.

    Args:
        name: what the plan's place is called in messages.
        version: of this program: another one may lay a workbook out in another way.
    """
    if not any(sheet in SHEETS for sheet in found.sheets):
        return None
    if of_scenario := next(filter(is_of_scenario, found.sheets), None):
        return NoPlan((Finding(rules.HOLDS_SCENARIO, of_scenario, what=TWO_PLANS),))
    texts, missing = texts_in(found)
    if missing:
        return NoPlan(missing)
    loaded = load_texts(texts, name)
    if loaded.plan is None:
        return NoPlan((), loaded.problems)
    digests = {file: sha256(text.encode()).hexdigest() for file, text in texts.items()}
    book = build(loaded.plan, check(loaded.plan), Origin(version, digests, texts=texts))
    held = verify(book, found)
    if held is None:
        return None
    if held.beyond_inputs:
        versions = (one for one in held.findings if one.rule is rules.OTHER_VERSION)
        return NoPlan((*versions, *held.beyond_inputs))
    inputs = changed_inputs(book, held.inputs)
    if isinstance(inputs, Refusal):
        problem = rules.INPUT_CHANGED.at(Place(""), inputs.reason, inputs.hint)
        return NoPlan((), (problem,))
    plan = typed_over(loaded.plan, inputs)
    problems = in_order(apply_checks(CONSISTENCY, plan).problems)
    if problems:
        return NoPlan((), problems)
    notices = [one for one in held.findings if one.rule.severity == "notice"]
    # The digests are those of the files' bytes: a text tells neither its line ends nor its mark.
    kept = tuple(one for one in notices if one.rule not in (rules.OTHER_FILES, rules.NO_RESULTS))
    return OwnPlan(plan, kept, held.contained, loaded)
