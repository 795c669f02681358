"""The figures in which a plan differs from another of the same lines, and where they stand."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from cfbudget.money import COUNTS, FTE, POUNDS, Unit
from cfbudget.plan.files import (
    CapitalProgramme,
    Option,
    PolicyOptions,
    RevenueBudget,
    Scheme,
    Service,
)
from cfbudget.plan.financing import NAMES, Financing
from cfbudget.plan.funding_files import Funding, Reserves
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, Period
from cfbudget.problem import Place
from cfbudget.shares import Share
from cfbudget.years import FinancialYear

Path = tuple[str | int, ...]
"""Where something stands in a file: keys, and places in lists from 0."""


class NewFigure(NamedTuple):
    """What a figure of a file is to be: pence, hundredths of a count, or not known yet."""

    file: str
    path: Path
    pence: int | None
    """None is tbc."""
    unit: Unit
    line: str
    """The id of the line that has it."""
    text: str = ""
    """What is written of it, where that is no amount: 2.5%."""


class _LineOfFile(NamedTuple):
    """Where a line of a file stands, in which unit its amounts are, and its id."""

    file: str
    path: Path
    unit: Unit
    id: str

    def one(
        self, key: str, before: Figure | None, after: Figure | None, sign: int = 1
    ) -> Iterator[NewFigure]:
        """A figure of the line; what is not there is nil."""
        now = after.pence if after else 0
        if now != (before.pence if before else 0):
            yield NewFigure(self.file, (*self.path, key), sign * now, self.unit, self.id)

    def by_period(
        self,
        key: str,
        before: Mapping[Period, int],
        after: Mapping[Period, int],
        unknown: "Unknown | None" = None,
    ) -> Iterator[NewFigure]:
        """Figures by year, in the order of the years; what is not there is nil."""
        then, now = (unknown.before, unknown.after) if unknown else ((), ())
        for period in sorted({*before, *after, *then, *now}, key=str):
            was = None if period in then else before.get(period, 0)
            shall = None if period in now else after.get(period, 0)
            if shall != was:
                yield NewFigure(
                    self.file, (*self.path, key, str(period)), shall, self.unit, self.id
                )

    def named(
        self, before: Mapping[str, Figure], after: Mapping[str, Figure]
    ) -> Iterator[NewFigure]:
        """The amounts of a budget that have a name."""
        line = self._replace(path=(*self.path, "amounts"))
        for name, figure in before.items():
            yield from line.one(name, figure, after[name])

    def rates(self, before: Option, after: Option) -> Iterator[NewFigure]:
        """The rates of an assumption; there is one in every year."""
        for year, rate in before.rates.items():
            share = after.rates[year].share
            if share != rate.share:
                path: Path = (*self.path, "rates", str(year))
                text = str(Share(share.numerator, share.denominator))
                yield NewFigure(self.file, path, 0, self.unit, self.id, text)


class Unknown(NamedTuple):
    """The years of which a line's amounts are not known yet, in both plans."""

    before: Mapping[FinancialYear, Place]
    after: Mapping[FinancialYear, Place]


def differing(before: Plan, after: Plan) -> Iterator[NewFigure]:
    """The figures of a plan's lines that are others in the second plan."""
    for budget, other in zip(before.revenue, after.revenue, strict=True):
        yield from _budget(budget, other)
    if before.options and after.options:
        yield from _options(before.options, after.options)
    if before.capital and after.capital:
        yield from _capital(before.capital, after.capital)
    if before.funding and after.funding:
        yield from _funding(before.funding, after.funding)
    if before.reserves and after.reserves:
        yield from _reserves(before.reserves, after.reserves)


def levels_of(
    changes: Mapping[FinancialYear, int], years: Sequence[FinancialYear]
) -> dict[Period, int]:
    """What changes come to so far, in every year of the plan."""
    return dict(zip(years, accumulate(changes.get(year, 0) for year in years), strict=True))


def _budget(before: RevenueBudget, after: RevenueBudget) -> Iterator[NewFigure]:
    income = -1 if before.signs and before.signs.income == "plus" else 1

    def within(old: Sequence[Service], new: Sequence[Service], path: Path) -> Iterator[NewFigure]:
        for at, (was, now) in enumerate(zip(old, new, strict=True)):
            line = _LineOfFile(before.place.file, (*path, at), before.unit, was.id)
            yield from line.one("gross", was.gross, now.gross)
            yield from line.one("income", was.income, now.income, income)
            yield from line.one("net", was.net, now.net)
            yield from line.named(was.amounts, now.amounts)
            yield from within(was.services or (), now.services or (), (*line.path, "services"))

    whole = _LineOfFile(before.place.file, (), before.unit, "total")
    yield from whole.named(before.amounts, after.amounts)
    yield from within(before.services, after.services, ("services",))


def _options(before: PolicyOptions, after: PolicyOptions) -> Iterator[NewFigure]:
    years = [word.year for word in before.financial_years]
    for place, (block, other) in enumerate(zip(before.services, after.services, strict=False)):
        for at, (was, now) in enumerate(zip(block.options, other.options, strict=False)):
            path: Path = ("services", place, "options", at)
            line = _LineOfFile(before.place.file, path, before.unit, was.id)
            posts = line._replace(unit=FTE)
            yield from posts.by_period("fte", pence_by(was.fte), pence_by(now.fte))
            if was.is_assumption:  # its changes are worked out
                yield from line.rates(was, now)
                continue
            changes = pence_by(now.changes)
            if before.basis != after.basis:  # a trial has changes, whatever the file holds
                changes = levels_of(pence_of(now), years)
            unknown = Unknown(was.unknown, now.unknown)
            yield from line.by_period("changes", pence_by(was.changes), changes, unknown)


def pence_of(option: Option) -> dict[FinancialYear, int]:
    """An option's amounts by year."""
    return {year: figure.pence for year, figure in option.changes.items()}


def pence_by(
    figures: Mapping[FinancialYear, Figure] | Mapping[Period, Figure],
) -> dict[Period, int]:
    """The amounts of figures by year."""
    return {period: figure.pence for period, figure in figures.items()}


def _capital(before: CapitalProgramme, after: CapitalProgramme) -> Iterator[NewFigure]:
    for at, (was, now) in enumerate(zip(before.schemes, after.schemes, strict=True)):
        line = _LineOfFile(before.place.file, ("schemes", at), before.unit, was.id)
        yield from _scheme(line, was, now)
    whole = _LineOfFile(before.place.file, (), before.unit, "total")
    yield from _financing(whole, before.financing, after.financing)


def _scheme(line: _LineOfFile, was: Scheme, now: Scheme) -> Iterator[NewFigure]:
    unknown = Unknown(was.unknown, now.unknown)
    allocations = pence_by(was.allocations), pence_by(now.allocations)
    yield from line.by_period("allocations", *allocations, unknown)
    yield from line.one("later", was.later, now.later)
    yield from line.one("under_development", was.under_development, now.under_development)
    yield from _financing(line, was.financing, now.financing)


def _financing(
    line: _LineOfFile, was: Financing | None, now: Financing | None
) -> Iterator[NewFigure]:
    of_sources = line._replace(path=(*line.path, "financing"))
    before, after = (dict(found.of_sources()) if found else {} for found in (was, now))
    for source in NAMES:
        amounts = pence_by(before.get(source, {})), pence_by(after.get(source, {}))
        yield from of_sources.by_period(source, *amounts)


def _funding(before: Funding, after: Funding) -> Iterator[NewFigure]:
    file = before.place.file
    for at, (was, now) in enumerate(zip(before.lines, after.lines, strict=True)):
        line = _LineOfFile(file, ("lines", at), before.unit, was.id)
        yield from line.by_period("amounts", pence_by(was.amounts), pence_by(now.amounts))
        count, pounds = line._replace(unit=COUNTS), line._replace(unit=POUNDS)
        yield from count.by_period("tax_base", pence_by(was.tax_base), pence_by(now.tax_base))
        yield from pounds.by_period("band_d", pence_by(was.band_d), pence_by(now.band_d))
    for at, (use, used) in enumerate(zip(before.reserves, after.reserves, strict=True)):
        line = _LineOfFile(file, ("reserves", at), before.unit, use.reserve.text)
        yield from line.by_period("amounts", pence_by(use.amounts), pence_by(used.amounts))


def _reserves(before: Reserves, after: Reserves) -> Iterator[NewFigure]:
    for at, (was, now) in enumerate(zip(before.reserves, after.reserves, strict=True)):
        line = _LineOfFile(before.place.file, ("reserves", at), before.unit, was.id)
        yield from line.one("opening", was.opening, now.opening)
        paid = pence_by(was.contributions), pence_by(now.contributions)
        yield from line.by_period("contributions", *paid)
        yield from line.by_period("draws", pence_by(was.draws), pence_by(now.draws))
