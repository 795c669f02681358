"""What pays for the capital programme, by source and year, and what is not paid for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Computed, Key, RowSum, add_up
from cfbudget.calculate.capital import has_later
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.plan.files import CapitalProgramme, Scheme
from cfbudget.plan.financing import NAMES, CapitalSource
from cfbudget.plan.values import LATER, Figure, Measure, Period
from cfbudget.years import FinancialYear

OWN = "own"
SPEND, UNFINANCED = "spend", "unfinanced"
"""The rows beneath the total: what is to be paid for, and what of it is not."""


class FinancingLine(NamedTuple):
    """What one source pays for a scheme or, without one, for the programme."""

    source: CapitalSource
    scheme: Scheme | None
    amounts: Mapping[Period, Figure]

    def pence(self, period: Period) -> int:
        figure = self.amounts.get(period)
        return figure.pence if figure else 0


def periods(programme: CapitalProgramme) -> tuple[Period, ...]:
    """The years of a programme, and what comes after them where it says anything of that."""
    years = tuple(word.year for word in programme.financial_years)
    return (*years, LATER) if has_later(programme) else years


def key_at(row: str, period: Period, measure: Measure) -> Key:
    """A row's figure of a period; what is later than the years is measured under that name."""
    return Key(row, measure, period) if isinstance(period, FinancialYear) else Key(row, "later")


def financing_lines(programme: CapitalProgramme) -> tuple[FinancingLine, ...]:
    """Every line by source; of each, the schemes in their order, then what is of none."""
    records = (*((s.financing, s) for s in programme.schemes), (programme.financing, None))
    found = [
        FinancingLine(source, scheme, amounts)
        for financing, scheme in records
        if financing
        for source, amounts in financing.of_sources()
    ]
    return tuple(line for source in NAMES for line in found if line.source == source)


def row_of(line: FinancingLine, lines: Iterable[FinancingLine]) -> str:
    """A source's own row where it has only the programme's line, else one of its parts."""
    if line.scheme:
        return f"{line.scheme.id}/{line.source}"
    is_alone = all(other.scheme is None for other in lines if other.source == line.source)
    return line.source if is_alone else f"{line.source}/{OWN}"


def paid_in(row: str) -> tuple[str, str]:
    """The scheme and the source of a line's row: `total` for a line of no scheme."""
    first, _, second = row.partition("/")
    return (first, second) if second and second != OWN else (TOTAL, first)


def paid_for(programme: CapitalProgramme) -> tuple[Scheme, ...]:
    """The schemes that the financing is of: all, or those that have their own where none is
    given for the programme. Of the others nothing is known.
    """
    if programme.financing:
        return programme.schemes
    return tuple(scheme for scheme in programme.schemes if scheme.financing)


def financing_amounts(programme: CapitalProgramme) -> Computed:
    """Financing by source and in total, what is spent, and the difference, in pence.

    Financing is plus. Unfinanced = spend − financing: minus is more financing than spend.
    """
    lines, times = financing_lines(programme), periods(programme)
    amounts: dict[Key, int] = {}
    for line in lines:
        _put(amounts, row_of(line, lines), "financing", {p: line.pence(p) for p in times})
    sums = tuple(_sums(lines))
    keys = [*(key_at(TOTAL, p, "financing") for p in times), Key(TOTAL, "programme")]
    add_up(amounts, sums, [(key.measure, key.year) for key in keys])
    schemes = paid_for(programme)
    spent = {p: sum(allocated(scheme, p) for scheme in schemes) for p in times}
    _put(amounts, SPEND, "allocation", spent)
    short = {p: spent[p] - amounts[key_at(TOTAL, p, "financing")] for p in times}
    _put(amounts, UNFINANCED, "unfinanced", short)
    return Computed(amounts, sums)


def apart(programme: CapitalProgramme) -> dict[Period, int]:
    """Spend less financing by period, in pence, whatever explains it."""
    amounts = financing_amounts(programme).amounts
    return {p: amounts[key_at(UNFINANCED, p, "unfinanced")] for p in periods(programme)}


def unfinanced(programme: CapitalProgramme) -> dict[Period, int]:
    """What is to be spent and not paid for, by period; minus is more financing than spend.

    Nil where rounding explains it: half a printed unit for each figure that is not nil, unless
    the programme is exact.
    """
    found = apart(programme)
    if programme.exact:
        return found
    lines, schemes = financing_lines(programme), paid_for(programme)
    given = {
        p: [*(line.pence(p) for line in lines), *(allocated(scheme, p) for scheme in schemes)]
        for p in found
    }
    step = printed_step(programme)
    return {
        p: 0 if 2 * abs(pence) <= sum(map(bool, given[p])) * step else pence
        for p, pence in found.items()
    }


def allocated(scheme: Scheme, period: Period) -> int:
    """What a scheme is to spend in a period, in pence."""
    figure = scheme.allocations.get(period) if isinstance(period, FinancialYear) else scheme.later
    return figure.pence if figure else 0


def _put(amounts: dict[Key, int], row: str, measure: Measure, given: Mapping[Period, int]) -> None:
    amounts |= {key_at(row, period, measure): pence for period, pence in given.items()}
    amounts[Key(row, "programme")] = sum(given.values())


def _sums(lines: Iterable[FinancingLine]) -> Iterator[RowSum]:
    """Each source that is more than one line, then the total of all sources."""
    rows: dict[CapitalSource, list[str]] = {}
    for line in lines:
        rows.setdefault(line.source, []).append(row_of(line, lines))
    yield from (RowSum(source, tuple(parts)) for source, parts in rows.items() if parts != [source])
    yield RowSum(TOTAL, tuple(rows))
