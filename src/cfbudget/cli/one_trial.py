"""One trial of `cfbudget model`: all changes together, as a page, as data or as a workbook."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cfbudget.cli.asked_trial import AskedTrial, TrialParts
from cfbudget.cli.filters import chosen_services
from cfbudget.cli.flags import typed
from cfbudget.cli.output import loaded_plan, show_plan_differing, wrote
from cfbudget.cli.show import Destination, Result, show
from cfbudget.cli.shown_parts import shown_parts
from cfbudget.cli.trials import Attempt, Trial, attempted, save_scenario, shown_trial
from cfbudget.cli.which_plan import say

if TYPE_CHECKING:
    from cfbudget.cli.flags import Typed
    from cfbudget.loaded import Loaded
    from cfbudget.plan.plan import Plan


def show_trial(
    loaded: "Loaded", plan: "Plan", asked: AskedTrial, parts: TrialParts, target: Destination
) -> None:
    """Try all changes together, beside the baseline; they may be kept as a scenario."""
    services = chosen_services(plan, parts.services)
    typed_changes = typed(asked.flags)
    made = _attempt(plan, asked, typed_changes, target)
    if plan.condensed and is_about_lines(plan, made):
        loaded, plan = loaded_plan(loaded.folder)
        made = _attempt(plan, asked, typed_changes, target)
    trial = shown_trial(made, typed_changes)
    if target.book is not None:
        _book(loaded, plan, target.book, trial, force=asked.force)
    else:
        show_plan_differing(loaded, plan)
        _tables(trial, services, target, parts)
    if asked.save:
        if any(problem.rule in ("CF506", "CF507") for problem in trial.applied.problems):
            say("its changes conflict: it needs --allow-conflicts")
        changes = [change.node for change in trial.applied.changes]
        save_scenario(asked.save, changes, force=asked.force)


def _attempt(plan: "Plan", asked: AskedTrial, changes: "Typed", target: Destination) -> Attempt:
    conflicts = asked.allow_conflicts
    return attempted(
        plan, asked.scenarios or (), changes, allow_conflicts=conflicts, output=target.output
    )


def is_about_lines(plan: "Plan", made: Attempt) -> bool:
    """Whether a trial of a plan with condensed options might come to more, or say more, of each.

    An option that is added may have the id or the name of any of them.
    """
    from cfbudget.checks.needs_lines import needs_lines
    from cfbudget.scenario.changes.applied import Applied
    from cfbudget.scenario.changes.operators import Add

    if made.problems or not isinstance(made.found, Applied):
        return True
    if any(isinstance(change.operation, Add) for change in made.found.changes):
        return True
    tried = made.found.plan
    return tried.condensed != plan.condensed or needs_lines(tried, ())


def _tables(
    trial: Trial, services: set[str] | None, target: Destination, wanted: TrialParts
) -> None:
    """Lay the trial out and print as much of it as is wanted."""
    from cfbudget.calculate.amounts import PLAN_TABLES
    from cfbudget.layout.beside_baseline import Beside
    from cfbudget.reports.trial.page import trial_page
    from cfbudget.reports.trial.records import scenario_records
    from cfbudget.tables.trial import FOR_READING, trial_tables

    names = PLAN_TABLES if target.chosen in ("csv", "json") else FOR_READING
    shown = trial_tables(trial.applied, trial.name, services, names)
    shown = shown.only_changed() if wanted.only_changed else shown
    shown = shown.summary() if wanted.summary else shown
    of_three = [
        shown_parts([one[which] for one in shown.tables], wanted.views, wanted.depth, target.chosen)
        for which in range(3)
    ]
    shown = replace(shown, tables=tuple(Beside(*three) for three in zip(*of_three, strict=True)))
    result = Result(lambda: trial_page(shown, trial.whys), lambda: scenario_records(shown))
    show(result, *target)


def _book(loaded: "Loaded", plan: "Plan", output: Path, trial: Trial, *, force: bool) -> None:
    """The workbook of the plan, what it comes to with the scenario, and the difference."""
    from cfbudget.cli.progress import bar
    from cfbudget.cli.stored_workbook import may_write, store_workbook

    may_write(output, force=force)
    with bar() as progress:
        said = store_workbook(loaded, plan, output, None, progress, trial)
    wrote(output, said)
