"""The report of a plan as a page: in brief, the tables, what was checked, and the sources."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cfbudget.calculate import payback as found
from cfbudget.charts.plan_charts import charts_of
from cfbudget.layout.chart import Chart
from cfbudget.layout.page import Block, Facts, Page, Title, page
from cfbudget.layout.shown_parts import USUAL, with_views, without_empty
from cfbudget.layout.table import Table
from cfbudget.reports.beside.page import beside_page
from cfbudget.reports.payback.page import payback_page
from cfbudget.reports.plan_report.findings import findings
from cfbudget.reports.plan_report.in_brief import in_brief
from cfbudget.reports.plan_report.sources import sources
from cfbudget.reports.plan_report.subject import ReportSubject
from cfbudget.reports.totals.page import table_blocks
from cfbudget.reports.trial.page import trial_page
from cfbudget.tables.options_list import options_list
from cfbudget.tables.payback import PaybackShown


def report_page(subject: ReportSubject) -> Page:
    """All of a plan that there is to show, in the order in which it is read."""
    blocks = (
        Title(report_title(subject)),
        Facts(tuple(_facts(subject))),
        *in_brief(subject),
        *(block for table in _usual(subject.tables) for block in table_blocks(table, notes=True)),
        *_trial(subject),
        *charts_of(subject.plan),
        *findings(subject),
        *_payback(subject),
        *_members_list(subject),
        *sources(subject),
    )
    return page(_shortened(blocks, f"{subject.plan.name}: "))


def report_title(subject: ReportSubject) -> str:
    plan = subject.plan
    years = sorted({*plan.years, *plan.budget_years, *plan.capital_years, *plan.funding_years})
    when = f" {years[0]} to {years[-1]}" if len(years) > 1 else "".join(f" {y}" for y in years)
    return f"{plan.name}: finance plan{when}"


def _facts(subject: ReportSubject) -> Iterator[str]:
    given = (file.source._replace(section=None) for file in subject.plan.files if file.source)
    yield from (f"Source: {source}." for source in dict.fromkeys(given))
    if subject.plan.lacks:
        yield f"The plan has no {' and no '.join(subject.plan.lacks)}."


def _shortened(blocks: Iterable[Block], name: str) -> Iterator[Block]:
    """The blocks with titles that need not name the plan: the first of them does."""
    first, *others = blocks
    yield first
    for block in others:
        if isinstance(block, Title):
            yield Title(_without(name, block.text))
        elif isinstance(block, Chart):
            yield replace(block, title=_without(name, block.title))
        else:
            yield block


def _without(name: str, title: str) -> str:
    rest = title.removeprefix(name)
    return rest[:1].upper() + rest[1:]


def _usual(tables: Iterable[Table]) -> Iterable[Table]:
    """The tables with the views that `totals` shows on a page."""
    return with_views(map(without_empty, tables), USUAL)


def _trial(subject: ReportSubject) -> Iterator[Block]:
    if subject.trial:
        yield from trial_page(subject.trial, subject.whys).blocks
    if subject.beside:
        above = {table.title for table in subject.tables}
        for block in beside_page(subject.beside).blocks:
            if isinstance(block, Title) and block.text in above:
                yield Title(f"{block.text}, side by side")
            else:
                yield block


def _payback(subject: ReportSubject) -> Iterator[Block]:
    """The payback of every pair, where there is any."""
    plan = subject.plan
    if plan.options is None:
        return
    pairs, alone, alike = found.payback(plan), found.orphans(plan), found.unmarked(plan)
    if pairs or alone or alike:
        shown = PaybackShown(plan, plan.options, pairs, alone, unmarked=alike)
        yield from payback_page(shown).blocks


def _members_list(subject: ReportSubject) -> Iterator[Block]:
    """Every option on a line of its own, as members are given it."""
    plan = subject.plan
    if plan.options is not None:
        yield from table_blocks(_without_repeated(options_list(plan, plan.options)), notes=False)


def _without_repeated(table: Table) -> Table:
    """The table without what stands beside the same figures further up."""
    return replace(table, facts=(), notes=())
