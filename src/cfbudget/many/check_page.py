"""What checking many plans found, as a page: a line for each, then what does not agree."""

from collections.abc import Iterator, Sequence

from cfbudget.checks.comparison import Outcome
from cfbudget.grammar import agreed, counted
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.layout.page import Block, Page, Sentences, Title, page
from cfbudget.reports.check.page import OUTCOMES, Checked, comparison_grids, listed_comparisons


def many_checked_page(checked: Sequence[Checked], *, every: bool) -> Page:
    """A table of the plans, the comparisons to be shown of each, and how many plans agree.

    Args:
        every: whether to list every comparison, not only those that do not agree.
    """
    return page(_blocks(checked, every=every))


def _blocks(checked: Sequence[Checked], *, every: bool) -> Iterator[Block]:
    yield Title(f"{counted(len(checked), 'plan')} checked: stated figures against computed ones")
    yield _plans_grid(checked)
    for one in checked:
        listed = listed_comparisons(one.report, every=every) if one.report else []
        if listed:
            yield Title(f"{one.folder}: {one.name}")
            yield from comparison_grids(listed)
    yield Sentences(tuple(_verdict(checked)))


def _plans_grid(checked: Sequence[Checked]) -> Grid:
    """A row for each plan; an outcome that no plan has has no column."""
    reports = [one.report for one in checked if one.report]
    there = [one for one in OUTCOMES if any(report.outcomes[one] for report in reports)]
    headings = ("Plan", "Printed", *(one.capitalize() for one in there), "Warnings", "Outcome")
    rows = [GridRow(one.folder, _cells(one, there)) for one in checked]
    return Grid(headings, rows, frozenset({len(there) + 2}))


def _cells(one: Checked, there: Sequence[Outcome]) -> list[str]:
    if one.report is None:
        blanks = [""] * (len(there) + 2)
        return [*blanks, f"not read: {counted(len(one.problems), 'problem')}"]
    outcomes = one.report.outcomes
    counts = [sum(outcomes.values()), *(outcomes[outcome] for outcome in there)]
    counts.append(len(one.report.open_warnings))
    return [*(f"{count:,}" if count else "-" for count in counts), _outcome(one)]


def _outcome(one: Checked) -> str:
    assert one.report is not None
    compared = sum(one.report.outcomes[outcome] for outcome in ("agrees", "rounding", "differs"))
    if not one.report.agrees:
        return "differs"
    return "agrees" if compared else "nothing compared"


def _verdict(checked: Sequence[Checked]) -> Iterator[str]:
    """How many plans agree, and how many do not or could not be read."""
    outcomes = [_outcome(one) if one.report else "not read" for one in checked]
    agree, differ = outcomes.count("agrees"), outcomes.count("differs")
    said = [f"{agree} {agreed(agree, 'agrees')}"]
    said += [f"{differ} {agreed(differ, 'differs')}"] if differ else []
    if silent := outcomes.count("nothing compared"):
        said.append(f"in {silent} nothing is stated to compare")
    if unread := outcomes.count("not read"):
        said.append(f"{unread} could not be read")
    yield f"Of {counted(len(checked), 'plan')} {', '.join(said)}."
    reports = [one.report for one in checked if one.report]
    warnings = sum(len(report.open_warnings) for report in reports)
    accepted = sum(report.accepted for report in reports)
    also = f", {accepted} accepted (--accepted shows them)" if accepted else ""
    yield f"{counted(warnings, 'warning')}{also}."
