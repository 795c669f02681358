"""A Band D that a trial sets in words: the year after it stays, and catches up."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.funding import funding_amounts, rises
from cfbudget.layout.units import RISE, share, shown
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.changes.operators import SetFunding


def tax_words(applied: Applied) -> Iterator[str]:
    """What becomes of the next year's rise where a Band D is set and the next year's is not."""
    before, after = applied.baseline.funding, applied.plan.funding
    if before is None or after is None:
        return
    was, now = funding_amounts(applied.baseline).amounts, funding_amounts(applied.plan).amounts
    rose, rises_now = rises(before, was), rises(after, now)
    names = {line.id: line.name for line in after.lines}
    set_ = {
        (operation.line, year.next())
        for change in applied.changes
        if isinstance(operation := change.operation, SetFunding) and operation.measure == "band_d"
        for year in operation.amounts
    }
    for line, year in sorted(set_ & rises_now.keys() & rose.keys()):
        key = Key(line, "band_d", year)
        new, old = (_rise(*found[line, year]) for found in (rises_now, rose))
        if was[key] == now[key] and new != old:
            stays = f"{names[line]}: Band D of {year} stays as it is"
            yield f"{stays}, and its rise of that year becomes {new} in place of {old}."


def _rise(now: int, before: int) -> str:
    """A rise in per cent, of Band D in pence."""
    return shown(share(now - before, before), RISE, RISE.places)
