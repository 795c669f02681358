"""One plan of many checked, wherever that runs, and what is sent back of it."""

import copyreg
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.checks.needs_lines import needs_lines
from cfbudget.checks.report import Report, check
from cfbudget.loaded import Loaded, load_condensed, load_folder
from cfbudget.plan.files import FileRecord
from cfbudget.problem import Place, Problem
from cfbudget.reports.check.page import Checked
from cfbudget.tables.standing_sentences import lacking_tables

NO_RECORD = FileRecord.model_construct(place=Place(""))
"""In place of the record of a plan's file, which a comparison has and nothing shows."""


class CheckTask(NamedTuple):
    """One plan to be checked: plain values alone."""

    address: str
    accepted: bool
    """Whether accepted warnings are shown too."""
    lines: bool
    """Whether each comparison is asked for."""

    def unread(self, problems: tuple[Problem, ...], texts: Mapping[str, str]) -> "CheckedPlan":
        """What becomes of it where there is no plan."""
        return CheckedPlan(Checked(self.address, self.address, None, problems, ()), texts)


class CheckedPlan(NamedTuple):
    """What checking found, and the texts of the files that its problems stand in."""

    checked: Checked
    texts: Mapping[str, str]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.checked.problems

    def named(self, address: str) -> "CheckedPlan":
        """The same, of a plan that is to be called otherwise in messages."""
        checked = self.checked
        name = address if checked.name == checked.folder else checked.name
        return self._replace(checked=checked._replace(folder=address, name=name))


def checked_plan(task: CheckTask) -> CheckedPlan:
    """Check one plan."""
    loaded = load_folder(task.address) if task.lines else load_condensed(task.address)
    report = check(loaded.plan) if loaded.plan else None
    if loaded.plan and report and needs_lines(loaded.plan, report.comparisons):
        loaded = load_folder(task.address)
        report = check(loaded.plan) if loaded.plan else None
    return CheckedPlan(_found(task, loaded, report), loaded.texts)


def _found(task: CheckTask, loaded: Loaded, report: Report | None) -> Checked:
    if loaded.plan is None or report is None:
        return Checked(task.address, task.address, None, loaded.problems, ())
    shown = tuple(p for p in report.problems if task.accepted or p.accepted is None)
    return Checked(task.address, loaded.plan.name, report, shown, lacking_tables(loaded.plan))


def checked_briefly(task: CheckTask) -> CheckedPlan:
    """The same, to be sent from another process: comparisons that agree are counted, but where
    each is asked for, and the texts are those that problems stand in."""
    checked, texts = checked_plan(task)
    files = {problem.place.file for problem in checked.problems}
    texts = {name: text for name, text in texts.items() if name in files}
    report = checked.report and _sent(checked.report, lines=task.lines)
    return CheckedPlan(checked._replace(report=report), texts)


def _sent(report: Report, *, lines: bool) -> Report:
    """A report that is no larger than what is shown of it."""
    kept = [one for one in report.comparisons if lines or one.outcome != "agrees"]
    agreeing = len(report.comparisons) - len(kept)
    sent = tuple(one._replace(record=NO_RECORD) for one in kept)
    return replace(report, comparisons=sent, condensed=report.condensed + agreeing)


def _read_only(mapping: dict[object, object]) -> "MappingProxyType[object, object]":
    return MappingProxyType(mapping)


# What a record says nothing in is a read-only mapping, which Python does not send by itself.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))
