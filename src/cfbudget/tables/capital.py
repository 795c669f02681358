"""The capital programme as a table: schemes by year, and what is under development."""

from collections.abc import Sequence
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, ColumnKey, Key
from cfbudget.calculate.capital import capital_amounts, has_later
from cfbudget.calculate.not_known import capital_lacks, unknown_allocations
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.layout.table import Column, Panel, Row, Table
from cfbudget.plan.files import CapitalProgramme
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place
from cfbudget.tables.given_cell import given_cell
from cfbudget.tables.not_known_words import left_out_note
from cfbudget.tables.standing_sentences import source_line, titled
from cfbudget.tables.total_names import named, noted
from cfbudget.years import FinancialYear


def capital_table(plan: Plan, programme: CapitalProgramme) -> Table:
    """Allocations by scheme and year, the programme, what is under development, the total."""
    years = [word.year for word in programme.financial_years]
    computed = capital_amounts(plan)
    places = _places(programme)
    given, lacks = _given(programme), capital_lacks(plan)
    later = later_column(programme)
    allocated: list[ColumnKey] = [("allocation", year) for year in years]
    allocated += [("later", None) for _ in later]
    columns = (
        *(Column("allocation", year, str(year)) for year in years),
        *later,
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
            description=scheme.description,
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
        title=titled(plan.name, f"capital programme {span(years)}", programme.name),
        sign="spending on assets is plus; it is never added to revenue",
        facts=(
            f"Programme: the approved allocations of {span(years)}{_and_later(later)}. Total: "
            "programme and under development, which is not yet in the programme.",
            *source_line(programme.source),
        ),
        unit=programme.unit,
        step=printed_step(programme),
        rows=(*lines, total),
        panels=(Panel("", columns),),
        cells=MappingProxyType(
            {
                key: given_cell(pence, places.get(key), lacks.get(key, ()), given=key in given)
                for key, pence in computed.amounts.items()
            }
        ),
        notes=tuple(left_out_note(unknown_allocations(plan))),
    )


def span(years: Sequence[FinancialYear]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def later_column(programme: CapitalProgramme) -> tuple[Column, ...]:
    """The column of what is approved for after the last year, where anything is said of it."""
    if not has_later(programme):
        return ()
    last = programme.financial_years[-1].year
    return (Column("later", None, programme.later or f"After {last}"),)


def _and_later(later: tuple[Column, ...]) -> str:
    return f" and after ({later[0].heading})" if later else ""


def _given(programme: CapitalProgramme) -> frozenset[Key]:
    """The figures that the file gives, or gives as nil by leaving them out."""
    years = [word.year for word in programme.financial_years]
    return frozenset(
        key
        for scheme in programme.schemes
        for key in (
            *(Key(scheme.id, "allocation", year) for year in years),
            Key(scheme.id, "later"),
            Key(scheme.id, "under_development"),
        )
    )


def _places(programme: CapitalProgramme) -> dict[Key, Place]:
    places: dict[Key, Place] = {}
    for scheme in programme.schemes:
        for year, figure in scheme.allocations.items():
            places[Key(scheme.id, "allocation", year)] = figure.place
        for year, place in scheme.unknown.items():
            places[Key(scheme.id, "allocation", year)] = place
        if scheme.later:
            places[Key(scheme.id, "later")] = scheme.later.place
        if scheme.under_development:
            places[Key(scheme.id, "under_development")] = scheme.under_development.place
    return places
