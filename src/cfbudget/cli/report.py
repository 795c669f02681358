"""`cfbudget report`: the whole plan as one page to publish."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cfbudget.cli.asked_trial import AskedTrial
from cfbudget.cli.beside import BesideOption, candidates, refuse_same_files
from cfbudget.cli.common_options import (
    DataOption,
    FormatOption,
    OutputOption,
    TemplateOption,
    chosen_format,
)
from cfbudget.cli.output import loaded_plan, show_differing, spare_inputs
from cfbudget.cli.report_extra import need_report_extra
from cfbudget.cli.show import Result, show
from cfbudget.cli.trials import ConflictsOption, ScenarioOption, Trial, tried
from cfbudget.cli.which_plan import plan_folder

if TYPE_CHECKING:
    from cfbudget.loaded import Loaded
    from cfbudget.plan.plan import Plan
    from cfbudget.reports.plan_report.subject import ReportSubject

EXAMPLES = """Examples:

cfbudget report -o plan.html

cfbudget report -o plan.md

cfbudget report -o plan.docx --template council.docx

cfbudget report --scenario slips.yaml -o slips.html

cfbudget report --beside slips.yaml --beside clubs.yaml -o which.html

cfbudget report --data examples/ring-fenced -o elmbridge.html"""


def report(
    data: DataOption = None,
    scenario: ScenarioOption = None,
    beside: BesideOption = None,
    allow_conflicts: ConflictsOption = False,
    format_: FormatOption = None,
    output: OutputOption = None,
    template: TemplateOption = None,
) -> None:
    """Write the whole plan as one page: in brief, every table, the checks and the sources.

    As HTML it is one file that needs no network: search, sort, copy and print it, and ask
    any figure where it comes from. As a Word document it takes a council's template. Both need
    the extra 'report'. With --scenario, or several with --beside, it shows what they come to
    beside the baseline.
    """
    if beside is not None:
        refuse_same_files(beside)
        if scenario:
            message = "scenarios stand side by side, or one is tried with --scenario: give one"
            raise typer.BadParameter(message, param_hint="'--beside'")
    chosen = chosen_format(format_, output, template)
    if chosen in ("html", "docx"):
        need_report_extra(f"the report as {chosen}", "jinja2", "altair", "vl_convert")
    folder = plan_folder(data)
    spare_inputs(output, folder)
    loaded, plan = loaded_plan(folder)
    trial = (
        tried(plan, scenario, allow_conflicts=allow_conflicts, output=output) if scenario else None
    )
    subject = _subject(loaded, plan, trial)
    if beside is not None:
        asked = AskedTrial(None, {}, beside, allow_conflicts, None, force=False)
        subject = _side_by_side(subject, asked, output)
    show_differing(loaded, subject.checked.comparisons)
    if chosen == "html":
        _html(subject, output)
    else:
        show(_result(subject), chosen, output, template)


def _subject(loaded: "Loaded", plan: "Plan", trial: Trial | None) -> "ReportSubject":
    from importlib.metadata import version

    from cfbudget.checks.report import check
    from cfbudget.reports.plan_report.subject import ReportSubject
    from cfbudget.tables.trial import trial_tables

    subject = ReportSubject(plan, check(plan), version("cfbudget"), loaded.digests)
    if trial is None:
        return subject
    from dataclasses import replace

    tables = trial_tables(trial.applied, trial.name)
    tried_plan, name = trial.applied.plan, trial.name
    shown = replace(subject, trial=tables, tried=tried_plan, scenario=name, whys=trial.whys)
    return replace(shown, trial_problems=trial.applied.problems)


def _side_by_side(
    subject: "ReportSubject", asked: AskedTrial, output: Path | None
) -> "ReportSubject":
    from dataclasses import replace

    from cfbudget.problem import in_order
    from cfbudget.tables.alternatives import alternatives

    shown = alternatives(candidates(subject.plan, asked, output), None, lambda table: table)
    problems = in_order(problem for one in shown.each for problem in one.applied.problems)
    return replace(subject, beside=shown, trial_problems=problems)


def _result(subject: "ReportSubject") -> Result:
    from cfbudget.reports.plan_report.page import report_page
    from cfbudget.reports.plan_report.records import report_records

    return Result(lambda: report_page(subject), lambda: report_records(subject))


def _html(subject: "ReportSubject", output: Path | None) -> None:
    """The page in its richer form, which searches, sorts and explains."""
    from cfbudget.cli.output import deliver
    from cfbudget.render.report_html.shell import report_html
    from cfbudget.reports.plan_report.page import report_page
    from cfbudget.reports.plan_report.told import told_figures

    deliver(report_html(report_page(subject), told_figures(subject)), output)
