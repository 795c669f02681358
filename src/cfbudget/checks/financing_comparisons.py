"""Capital financing: its stated totals, and spending beside all that pays for it."""

from collections.abc import Iterable, Iterator, Sequence

from cfbudget.calculate.amounts import TOTAL, Key, TableName
from cfbudget.calculate.financing import (
    SPEND,
    FinancingLine,
    allocated,
    financing_amounts,
    financing_lines,
    key_at,
    periods,
    row_of,
)
from cfbudget.calculate.not_known import NotKnown, unknown_of
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.checks.compared_table import ComparedTable, label_of
from cfbudget.checks.comparison import Cause, Comparison
from cfbudget.checks.root_causes import with_causes
from cfbudget.plan.files import CapitalProgramme, FileRecord, Scheme
from cfbudget.plan.financing import WORDS, Financing, StatedRow
from cfbudget.plan.values import Measure, Period, Stated, StatedFigure
from cfbudget.problem import Place
from cfbudget.years import FinancialYear


def financing_comparisons(programme: CapitalProgramme) -> Iterator[Comparison]:
    """Each printed total of the financing with ours, then the spending with its financing.

    Nothing, where the plan does not say what pays for its programme.
    """
    computed = financing_amounts(programme)
    table = ComparedTable("financing", programme, computed.amounts, printed_step(programme))
    compared = _Compared(programme, table)
    yield from with_causes(compared.stated(), computed.sums)
    yield from compared.spending()


class _Compared:
    """The financing of one programme, and what it is held against."""

    def __init__(self, programme: CapitalProgramme, table: ComparedTable) -> None:
        self.programme, self.table = programme, table
        self.lines = financing_lines(programme)
        self.periods = periods(programme)
        self.step = table.step

    def stated(self) -> Iterator[Comparison]:
        """The printed totals of each source and of all, of schemes and of the programme."""
        for scheme in self.programme.schemes:
            rows = self._rows(line for line in self.lines if line.scheme is scheme)
            for row, stated in _stated(scheme.financing):
                yield from self._of_scheme(scheme, rows, row, stated)
        for row, stated in _stated(self.programme.financing):
            below = self._below(row)
            for column, figure in stated.figures.items():
                key = _key(row, column)
                across = [_key(row, period) for period in self.periods]
                addends = [_key(part, column) for part in below] if below else across
                addends = [] if not below and column != "programme" else addends
                label = label_of(stated, WORDS[row])
                yield self.table.compare(key, label, figure, addends, self.programme)

    def _of_scheme(
        self, scheme: Scheme, rows: Sequence[str], row: StatedRow, stated: Stated
    ) -> Iterator[Comparison]:
        """What a scheme prints of one source, or of all of its sources."""
        name = f"{scheme.name}, {WORDS[row]}"
        for column, figure in stated.figures.items():
            if row == TOTAL:
                parts = [_key(part, column) for part in rows]
                key = _key(f"{scheme.id}/{TOTAL}", column)
                yield self._summed(key, name, figure, parts, scheme)
                continue
            own = f"{scheme.id}/{row}"
            across = [_key(own, period) for period in self.periods]
            addends = across if column == "programme" else []
            yield self.table.compare(_key(own, column), name, figure, addends, scheme)

    def spending(self) -> Iterator[Comparison]:
        """What is to be spent in each period, held against all that pays for it.

        Where the programme has financing that is allotted to no scheme, this may pay for what a
        scheme's own does not: then the whole is held, and a scheme only if its own is too much.
        """
        pooled = self.programme.financing
        too_much: list[Comparison] = []
        for scheme in self.programme.schemes:
            for period in self.periods if scheme.financing else ():
                compared = self._spending_of(scheme, period)
                is_too_much = compared.outcome == "differs" and (compared.difference or 0) > 0
                if is_too_much or not pooled:
                    yield compared
                if is_too_much:
                    too_much.append(compared)
        for period in self.periods if pooled else ():
            yield _following(self._spending(period), too_much)

    def _spending_of(self, scheme: Scheme, period: Period) -> Comparison:
        lines = [line for line in self.lines if line.scheme is scheme]
        stated = StatedFigure(allocated(scheme, period), self.step, _place(scheme, lines, period))
        parts = [key_at(row, period, "financing") for row in self._rows(lines)]
        key = key_at(f"{scheme.id}/{SPEND}", period, "financing")
        compared = self._summed(key, scheme.name, stated, parts, scheme)
        spend: tuple[TableName, Key] = ("capital", key_at(scheme.id, period, "allocation"))
        return compared._replace(spend=spend, lacks=_lacking((scheme,), period))

    def _spending(self, period: Period) -> Comparison:
        programme = self.programme
        spent = sum(allocated(scheme, period) for scheme in programme.schemes)
        stated = StatedFigure(spent, self.step, _place(programme, self.lines, period))
        total, rows = key_at(TOTAL, period, "financing"), self._rows(self.lines)
        parts = [key_at(row, period, "financing") for row in rows]
        key, label = key_at(SPEND, period, "financing"), f"Total {programme.name}"
        compared = self._summed(key, label, stated, parts, programme)
        allocations = [key_at(scheme.id, period, "allocation") for scheme in programme.schemes]
        return compared._replace(
            spend=("capital", key_at(TOTAL, period, "allocation")),
            parts=(total,),
            spent_on=tuple(allocations),
            lacks=_lacking(programme.schemes, period),
            addends=compared.addends + sum(1 for s in programme.schemes if allocated(s, period)),
        )

    def _summed(
        self, key: Key, label: str, stated: StatedFigure, parts: Sequence[Key], record: FileRecord
    ) -> Comparison:
        """A figure that is the sum of others, and stands in no row of the table."""
        computed = sum(self.table.amounts[part] for part in parts)
        compared = self.table.compare(key, label, stated, parts, record)
        return compared._replace(computed=computed, parts=tuple(parts))

    def _rows(self, lines: Iterable[FinancingLine]) -> list[str]:
        return [row_of(line, self.lines) for line in lines]

    def _below(self, row: str) -> list[str]:
        """The rows that a source's, or the total, adds up; none of a line."""
        if row == TOTAL:
            return list(dict.fromkeys(line.source for line in self.lines))
        rows = self._rows(line for line in self.lines if line.source == row)
        return rows if rows != [row] else []


def _following(whole: Comparison, too_much: Iterable[Comparison]) -> Comparison:
    """The whole, which differs by what is too much in schemes alone, as following from these."""
    when = (whole.key.measure, whole.key.year)
    same = [one for one in too_much if (one.key.measure, one.key.year) == when]
    if not same or whole.difference != sum(one.difference or 0 for one in same):
        return whole
    causes = tuple(Cause(one.key, one.label, one.stated.place) for one in same)
    return whole._replace(causes=causes)


def _stated(financing: Financing | None) -> Iterator[tuple[StatedRow, Stated]]:
    if financing and financing.stated:
        yield from financing.stated.of_rows()


def _lacking(schemes: Iterable[Scheme], period: Period) -> tuple[NotKnown, ...]:
    """The allocations of a period that are not known yet: what pays for them may be known."""
    return tuple(one for scheme in schemes for one in unknown_of(scheme) if one.year == period)


def _key(row: str, column: Measure | Period) -> Key:
    if isinstance(column, FinancialYear):
        return Key(row, "financing", column)
    return Key(row, column)


def _place(
    record: Scheme | CapitalProgramme, lines: Iterable[FinancingLine], period: Period
) -> Place:
    """Where what pays in a period is given; where it would be, or is given in several places.

    Of several figures any may be right: none of them is pointed at.
    """
    given = [line.amounts[period].place for line in lines if period in line.amounts]
    return given[0] if len(given) == 1 else (record.financing or record).place
