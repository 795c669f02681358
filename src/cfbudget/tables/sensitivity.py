"""The sensitivity of the gap, or of the net budget, to each assumption, as a table."""

from collections.abc import Iterator
from types import MappingProxyType

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.printed_unit import PlanFile, shown_step
from cfbudget.layout.table import Cell, Column, Panel, Row, RowWords, Table
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.scenario.changes.sensitivity import MovedSubject, Sensitivity
from cfbudget.shares import Share

WORDS: dict[Measure, str] = {
    "gap": "gap",
    "over_cash_limit": "amount over the cash limit",
    "net_budget": "net budget",
}
CAPTION = "Levels, each against the plan's own: not to be added up over years"


def sensitivity_table(plan: Plan, found: Sensitivity) -> Table:
    """Two rows for each assumption: what a point more does, and a point less."""
    what = WORDS[found.measure]
    files: list[PlanFile] = [*plan.revenue, *([plan.options] if plan.options else [])]
    files += [plan.funding] if plan.funding else []
    rows = [row for effect in found.effects for row in _rows(effect.subject)]
    cells = {
        Key(f"{effect.subject.row}/{way}", found.measure, year): Cell(pence)
        for effect in found.effects
        for way, by_year in (("more", effect.more), ("less", effect.less))
        for year, pence in by_year.items()
    }
    rates = {f"{one.subject.row}/more": _said(one.subject) for one in found.effects}
    words = (RowWords("As planned", rates),)
    columns = tuple(Column(found.measure, year, str(year)) for year in found.years)
    return Table(
        name="sensitivity",
        title=f"{plan.name}: sensitivity of the {what}",
        sign=f"plus is a larger {what}; minus is a smaller one, in brackets",
        facts=(
            "Each line moves one assumption alone: every rate of the years shown by one point, a "
            "tax base by 1%. What budgets contain stays.",
        ),
        unit=files[0].unit,
        step=min(map(shown_step, files)),
        rows=tuple(rows),
        panels=(Panel(CAPTION, columns, words),),
        cells=MappingProxyType(cells),
    )


def _rows(subject: MovedSubject) -> Iterator[Row]:
    by = "one point" if subject.rates else "1%"
    for way in ("more", "less"):
        label = f"{subject.name}, {by} {way}"
        yield Row(f"{subject.row}/{way}", label, "line", place=subject.place)


def _said(subject: MovedSubject) -> str:
    """The rates of the years shown: 3%, 2.5%; to two places, as a rise of council tax may end."""
    shares = (round(rate * 10_000) for rate in subject.rates.values())
    return ", ".join(str(Share(share, 10_000)) for share in shares)
