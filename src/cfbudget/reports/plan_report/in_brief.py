"""What a director would say of a plan: its net budget, the gap, what drives it, what is at risk."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.layout.page import Block, Caption, Heading, Items, Sentences, Title
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.rounding_notes import marked_note
from cfbudget.layout.table import Panel, Table
from cfbudget.money import headline, headlines
from cfbudget.reports.beside.page import said_with_data
from cfbudget.reports.plan_report.drivers import drivers, levels
from cfbudget.reports.plan_report.risks import risks
from cfbudget.reports.plan_report.subject import ReportSubject

NO_FUNDING = "The plan says nothing of what pays for it, so it has no budget gap to tell."


def in_brief(subject: ReportSubject) -> Iterator[Block]:
    yield Title("In brief")
    yield Sentences((*_net_budget(subject), *_gap(subject), *_moves(subject), *_capital(subject)))
    yield from _key_figures(subject)
    yield from drivers(subject)
    if at_risk := tuple(risks(subject)):
        yield Heading("What is at risk")
        yield Items(at_risk)
    if subject.trial:
        yield Heading(f"With {subject.scenario}")
        yield Sentences(subject.trial.sentences)
    if subject.beside:
        yield Heading("The scenarios")
        yield Sentences(tuple(said_with_data(subject.beside)))


def _net_budget(subject: ReportSubject) -> Iterator[str]:
    table = subject.table("position")
    if table is None:
        return
    by_year = levels(table, TOTAL)
    if by_year:
        (first, before), (last, after) = by_year[0], by_year[-1]
        sizes = headlines(before, after, unit=table.unit)
        names = f"The net budget of {subject.plan.name} is {sizes[0]} in {first}"
        yield f"{names} and {sizes[1]} in {last}." if last != first else f"{names}."


def _moves(subject: ReportSubject) -> Iterator[str]:
    """What the plan does to the net budget, what ring fences do, and what is not in it."""
    table = subject.table("position")
    yield from table.notes if table else ()


def _gap(subject: ReportSubject) -> Iterator[str]:
    table = subject.table("gap")
    if table is not None:
        yield table.notes[0]
    elif subject.table("position") is not None and subject.plan.funding is None:
        yield NO_FUNDING


def _capital(subject: ReportSubject) -> Iterator[str]:
    """What the capital programme comes to, which is never added to revenue."""
    table = subject.table("capital")
    if table is None:
        return
    programme = table.cells.get(Key(TOTAL, "programme"))
    later = table.cells.get(Key(TOTAL, "under_development"))
    years = [str(year) for year in subject.plan.capital_years]
    if programme and years:
        when = f"from {years[0]} to {years[-1]}" if len(years) > 1 else f"in {years[0]}"
        said = f"Capital, apart from it: {headline(programme.pence, table.unit)} {when}"
        more = later.pence if later else 0
        size = headline(more, table.unit)
        yield f"{said}, and {size} under development." if more else f"{said}."


def _key_figures(subject: ReportSubject) -> Iterator[Block]:
    """The gap with what it is made of; without one, the net budget of the whole."""
    gap = subject.table("gap")
    if gap is not None:
        yield Caption(gap.panels[0].caption)
        yield panel_grid(gap, gap.panels[0])
        yield Sentences(marked_note(gap))
    elif table := subject.table("position"):
        for panel in _net_budgets(table):
            rows = [row for row in table.rows if row.role == "total" or not row.service]
            yield Caption(panel.caption)
            yield panel_grid(table, panel, [row for row in rows if row.role != "heading"])
            yield Sentences(marked_note(table))


def _net_budgets(table: Table) -> list[Panel]:
    return [panel for panel in table.panels if panel.columns[-1].measure == "net_budget"]
