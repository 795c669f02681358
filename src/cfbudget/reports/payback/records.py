"""Payback as tidy records: figures by year, and outcomes as records with a year and no amount."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import ByYear
from cfbudget.calculate.payback import Payback, PaybackLine
from cfbudget.calculate.present_value import net_present_benefit
from cfbudget.layout.page import Records
from cfbudget.layout.tidy import Record
from cfbudget.money import plain
from cfbudget.reports.payback.page import PaybackShown, benefit_terms, label_of

TABLE = "payback"


def outcome_records(shown: PaybackShown) -> Records:
    return Records(Record._fields, (record._asdict() for record in payback_records(shown)))


def payback_records(shown: PaybackShown) -> Iterator[Record]:
    """The lines of each pair and orphan, then its totals and outcomes; then what is not marked."""
    there: set[str] = set()
    for pair in shown.costed:
        for line in pair.lines:
            there.add(line.option.id)
            yield from _line(shown, line)
            if not pair.savings:
                yield _record_of(line)._replace(measure="orphan")
        yield from _pair(shown, pair)
    not_marked = {line.option.id: line for both in shown.unmarked for line in both}
    for option, line in not_marked.items():
        if option not in there:
            yield from _line(shown, line)
        yield _record_of(line)._replace(measure="unmarked")


def _line(shown: PaybackShown, line: PaybackLine) -> Iterator[Record]:
    record = _record_of(line)._replace(measure="cumulative_change")
    yield from _years(shown, record, line.cumulative_change)


def _record_of(line: PaybackLine) -> Record:
    option = line.option
    return _EMPTY._replace(
        row=option.id,
        label=label_of(line),
        role="line",
        source=option.place.source,
        service=line.service,
        kind=option.kind,
        status=option.status,
    )


def _pair(shown: PaybackShown, pair: Payback) -> Iterator[Record]:
    services = {line.service for line in pair.lines}
    record = _EMPTY._replace(
        row=pair.id,
        label=pair.name,
        role="total",
        service=services.pop() if len(services) == 1 else "",
    )
    yield from _years(shown, record._replace(measure="annual_net_cost"), pair.annual_net_cost)
    yield from _years(shown, record._replace(measure="total_to_date"), pair.total_to_date)
    if pair.may_have_begun_before:
        yield record._replace(measure="incomplete")
    if not pair.changes_nothing and not pair.cannot_be_told:
        for measure, year in (("breaks_even", pair.breaks_even), ("pays_back", pair.pays_back)):
            yield record._replace(measure=measure, year=str(year) if year else "")
    if shown.rate:
        pence = net_present_benefit(pair.annual_net_cost.values(), shown.rate)
        yield record._replace(
            label=f"{pair.name}: {benefit_terms(shown, shown.rate)}",
            measure="net_present_benefit",
            unit=shown.options.unit.name,
            amount=plain(pence, shown.options.unit),
        )


def _years(shown: PaybackShown, record: Record, amounts: ByYear) -> Iterator[Record]:
    unit = shown.options.unit
    for year, pence in amounts.items():
        yield record._replace(year=str(year), unit=unit.name, amount=plain(pence, unit))


_EMPTY = Record(TABLE, *[""] * (len(Record._fields) - 1))
