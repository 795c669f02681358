"""The capital programme as a table: schemes by year, and what is under development."""

from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.plan.files import CapitalProgramme
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.problem import Place
from cfbudget.tables.standing_sentences import source_line, titled
from cfbudget.tables.total_names import named, noted
from cfbudget.years import FinancialYear


def capital_table(plan: Plan, programme: CapitalProgramme) -> Table:
    """Allocations by scheme and year, the programme, what is under development, the total."""
    years = [word.year for word in programme.financial_years]
    computed = capital_amounts(plan)
    places = _places(programme)
    given = _given(programme)
    allocated: list[tuple[Measure, FinancialYear | None]] = [("allocation", year) for year in years]
    columns = (
        *(Column("allocation", year, str(year)) for year in years),
        Column("programme", None, "Programme", tuple(allocated)),
        Column("under_development", None, "Under development"),
        Column("total", None, "Total", (("programme", None), ("under_development", None))),
    )
    lines = tuple(
        Row(
            scheme.id,
            scheme.name,
            "line",
            service=scheme.service.text if scheme.service else "",
            place=scheme.place,
            note=noted(scheme),
        )
        for scheme in programme.schemes
    )
    total = Row(
        TOTAL,
        named(programme.stated, f"Total {programme.name}"),
        "total",
        sums=tuple(scheme.id for scheme in programme.schemes),
        note=noted(programme),
    )
    return Table(
        name="capital",
        title=titled(plan.name, f"capital programme {_span(years)}", programme.name),
        sign="spending on assets is plus; it is never added to revenue",
        facts=(
            f"Programme: the approved allocations of {_span(years)}. Total: programme and under "
            "development, which is not yet in the programme.",
            *source_line(programme.source),
        ),
        unit=programme.unit,
        step=printed_step(programme),
        rows=(*lines, total),
        panels=(Panel("", columns),),
        cells=MappingProxyType(
            {
                key: Cell(pence, places.get(key), key in given)
                for key, pence in computed.amounts.items()
            }
        ),
    )


def _span(years: list[FinancialYear]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _given(programme: CapitalProgramme) -> frozenset[Key]:
    """The figures that the file gives, or gives as nil by leaving them out."""
    years = [word.year for word in programme.financial_years]
    return frozenset(
        key
        for scheme in programme.schemes
        for key in (
            *(Key(scheme.id, "allocation", year) for year in years),
            Key(scheme.id, "under_development"),
        )
    )


def _places(programme: CapitalProgramme) -> dict[Key, Place]:
    places: dict[Key, Place] = {}
    for scheme in programme.schemes:
        for year, figure in scheme.allocations.items():
            places[Key(scheme.id, "allocation", year)] = figure.place
        if scheme.under_development:
            places[Key(scheme.id, "under_development")] = scheme.under_development.place
    return places
