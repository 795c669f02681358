"""A plan rolled forward as records: what each line of it became, with its amount."""

from collections.abc import Iterator, Mapping

from cfbudget.calculate.amounts import TOTAL
from cfbudget.layout.page import Records
from cfbudget.money import plain
from cfbudget.new_plan.roll_forward import RolledForward
from cfbudget.reports.new_plan.page import base_net, base_of_new, parts

ROLLED_FIELDS = ("what", "row", "label", "year", "unit", "amount", "source")


def rolled_records(made: RolledForward) -> Records:
    return Records(ROLLED_FIELDS, _records(made))


def _records(made: RolledForward) -> Iterator[Mapping[str, object]]:
    """The new base, then each line that fell away or was kept for one reason.

    An amount is of the year that fell away; of the base, and of what is carried forward, of the
    next one.
    """
    first = made.rolled.first
    if base := base_of_new(made):
        year = str(base.financial_year.year)
        amount = plain(base_net(base), base.unit)
        yield _record("base", TOTAL, base.name, year, base.unit.name, amount, base.place.source)
    for said in parts(made):
        year = str(first.next() if said.what == "carried forward" else first)
        for line in said.lines:
            amount = plain(line.pence, said.unit)
            source = line.place.source
            yield _record(said.what, line.id, line.name, year, said.unit.name, amount, source)


def _record(*values: str) -> Mapping[str, object]:
    return dict(zip(ROLLED_FIELDS, values, strict=True))


def started_records(texts: Mapping[str, str]) -> Records:
    return Records(("file",), ({"file": name} for name in texts))
