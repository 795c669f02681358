"""What pays for the capital programme as a table: sources by year, beside what is spent."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.financing import (
    SPEND,
    UNFINANCED,
    FinancingLine,
    apart,
    financing_amounts,
    financing_lines,
    key_at,
    paid_for,
    periods,
    row_of,
    unfinanced,
)
from cfbudget.calculate.not_known import unknown_allocations
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.grammar import counted, listed
from cfbudget.layout.made_of import DifferenceOf, MadeOf, SumOf
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.money import priced
from cfbudget.plan.files import CapitalProgramme
from cfbudget.plan.financing import SOURCES, CapitalSource
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Period
from cfbudget.problem import Place
from cfbudget.tables.capital import later_column, span
from cfbudget.tables.not_known_words import left_out_note
from cfbudget.tables.standing_sentences import source_line, titled
from cfbudget.years import FinancialYear

FACTS = (
    "What pays for the approved allocations; what is under development is not in it. Nothing "
    "here computes what borrowing costs: no minimum revenue provision and no interest.",
)
MOST_NAMED = 5


def financing_table(plan: Plan, programme: CapitalProgramme) -> Table:
    """Each source by year, their total, what is spent, and what of it is not financed."""
    years = [word.year for word in programme.financial_years]
    lines, computed = financing_lines(programme), financing_amounts(programme)
    given = {
        key_at(row_of(line, lines), period, "financing"): _place(line, period)
        for line in lines
        for period in periods(programme)
    }
    lacks = frozenset(_lacking(programme))
    return Table(
        name="financing",
        title=titled(plan.name, f"capital financing {span(years)}", programme.name),
        sign="financing is plus, as it pays for spending; unfinanced = spend − financing",
        facts=(*FACTS, *source_line(programme.source)),
        unit=programme.unit,
        step=printed_step(programme),
        rows=tuple(_rows(programme, lines)),
        panels=(Panel("", _columns(programme, years)),),
        cells=MappingProxyType(
            {
                key: Cell(pence, given.get(key), key in given, lacks=key in lacks)
                for key, pence in computed.amounts.items()
            }
        ),
        notes=(*financing_words(programme), *left_out_note(unknown_allocations(plan))),
        made_of=MappingProxyType(_made_of(programme)),
    )


def _lacking(programme: CapitalProgramme) -> Iterator[Key]:
    """The figures that exclude allocations which are not known yet."""
    years = {year for scheme in paid_for(programme) for year in scheme.unknown}
    for year in years:
        yield key_at(SPEND, year, "allocation")
        yield key_at(UNFINANCED, year, "unfinanced")
    if years:
        yield from (Key(row, "programme") for row in (SPEND, UNFINANCED))


def _columns(programme: CapitalProgramme, years: Iterable[FinancialYear]) -> tuple[Column, ...]:
    by_year = tuple(Column("financing", year, str(year)) for year in years)
    later = tuple(column._replace(is_of_all_rows=True) for column in later_column(programme))
    parts = (*by_year, *later)
    sums = tuple((column.measure, column.year) for column in parts)
    return (*parts, Column("programme", None, "Programme", sums, is_of_all_rows=True))


def _rows(programme: CapitalProgramme, lines: tuple[FinancingLine, ...]) -> Iterator[Row]:
    by_source: dict[CapitalSource, list[FinancingLine]] = {}
    for line in lines:
        by_source.setdefault(line.source, []).append(line)
    for source, of_source in by_source.items():
        rows = [_line(programme, line, lines) for line in of_source]
        if [row.id for row in rows] == [source]:
            yield rows[0]
            continue
        yield Row(f"{source}/heading", SOURCES[source], "heading")
        yield from (row._replace(depth=1) for row in rows)
        label = f"Total {SOURCES[source].lower()}"
        yield Row(source, label, "subtotal", sums=tuple(row.id for row in rows))
    yield Row(TOTAL, _total_label(programme), "total", sums=tuple(by_source))
    yield Row(
        SPEND, spend_label(programme), "line", measure="allocation", is_apart=False, is_repeat=True
    )
    yield Row(UNFINANCED, "Unfinanced", "total", measure="unfinanced")


def _line(programme: CapitalProgramme, line: FinancingLine, lines: Iterable[FinancingLine]) -> Row:
    row, scheme, own = row_of(line, lines), line.scheme, programme.financing
    if scheme is None:
        name = SOURCES[line.source] if row == line.source else "Allotted to no scheme"
        return Row(row, name, "line", place=own.place if own else None)
    service = scheme.service.text if scheme.service else ""
    return Row(
        row,
        scheme.name,
        "line",
        service=service,
        place=scheme.place,
        description=scheme.description,
    )


def _total_label(programme: CapitalProgramme) -> str:
    stated = programme.financing.stated if programme.financing else None
    total = stated.total if stated else None
    return (total.label if total else None) or "Total financing"


def spend_label(programme: CapitalProgramme) -> str:
    """What is to be paid for: the programme, or the schemes whose financing is given."""
    if len(paid_for(programme)) == len(programme.schemes):
        return "Spend of the programme"
    return "Spend of the schemes whose financing is given"


def _place(line: FinancingLine, period: Period) -> Place | None:
    figure = line.amounts.get(period)
    return figure.place if figure else None


def _made_of(programme: CapitalProgramme) -> Mapping[Key, MadeOf]:
    """What is unfinanced, in each period and, across these, of the programme."""
    made: dict[Key, MadeOf] = {}
    for period in periods(programme):
        spend = key_at(SPEND, period, "allocation")
        made[key_at(UNFINANCED, period, "unfinanced")] = DifferenceOf(
            (spend,), (key_at(TOTAL, period, "financing"),)
        )
    parts = tuple(key_at(UNFINANCED, period, "unfinanced") for period in periods(programme))
    return {**made, Key(UNFINANCED, "programme"): SumOf(parts)}


def financing_words(programme: CapitalProgramme) -> Iterator[str]:
    """What is not financed, or more than financed, by year; and of what nothing is known."""
    short = unfinanced(programme)
    if not any(short.values()):
        within = ", within rounding" if any(apart(programme).values()) else ""
        yield f"{spend_label(programme)}: financed in full in every year{within}."
    for is_short, words in ((True, "unfinanced"), (False, "financing beyond the spend")):
        amounts = [
            f"{priced(abs(pence), programme.unit)} {when(programme, period)}"
            for period, pence in short.items()
            if pence and (pence > 0) == is_short
        ]
        if amounts:
            yield f"{spend_label(programme)}: {words}: {listed(amounts)}."
    paid = {scheme.id for scheme in paid_for(programme)}
    if others := [scheme.name for scheme in programme.schemes if scheme.id not in paid]:
        named = listed(others) if len(others) <= MOST_NAMED else counted(len(others), "scheme")
        yield f"What finances {named} is not given: none of it is in this table."


def when(programme: CapitalProgramme, period: Period) -> str:
    """A period in a sentence: in 2025-26."""
    if isinstance(period, FinancialYear):
        return f"in {period}"
    return f"later ({later_column(programme)[0].heading})"
