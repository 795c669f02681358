"""The stated figures of funding, the gap and reserves, beside the computed ones."""

from collections.abc import Iterable, Iterator, Sequence

from cfbudget.calculate.amounts import TOTAL, Amounts, Key, TableName
from cfbudget.calculate.funding import funding_amounts
from cfbudget.calculate.gap import gap_amounts, net_budgets
from cfbudget.calculate.net_budget_lines import assumed_lines, net_budget_lines
from cfbudget.calculate.not_known import gap_lacks
from cfbudget.calculate.printed_unit import PlanFile, printed_step
from cfbudget.calculate.reserves import reserve_amounts
from cfbudget.calculate.services import service_tree, walk
from cfbudget.checks.assumed import assumed_slack
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.root_causes import with_causes
from cfbudget.money import POUNDS
from cfbudget.plan.files import FileRecord
from cfbudget.plan.funding_files import Funding, FundingLine, Reserves
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure, StatedFigure
from cfbudget.years import FinancialYear

GAPS: tuple[Measure, ...] = ("gap_before_reserves", "gap", "annual_gap", "over_cash_limit")


def funding_comparisons(plan: Plan) -> Iterator[Comparison]:
    """Each printed figure of funding.yaml and reserves.yaml with ours."""
    if plan.funding:
        computed = funding_amounts(plan)
        yield from _lines(plan.funding, computed.amounts)
        yield from with_causes(_totals(plan.funding, computed.amounts), computed.sums)
        yield from with_causes(_gaps(plan, plan.funding, computed.amounts), ())
    if plan.reserves:
        balances = reserve_amounts(plan)
        yield from with_causes(_reserves(plan.reserves, balances.amounts), balances.sums)


def _compared(
    where: tuple[TableName, FileRecord, str],
    file: Funding | Reserves,
    figures: tuple[Key, StatedFigure],
    amounts: Amounts,
    beneath: Sequence[Key] = (),
) -> Comparison:
    """A stated figure beside ours.

    Args:
        where: the table, and the record that states it with its label.
        beneath: the figures directly beneath it.
    """
    (table, record, label), (key, stated) = where, figures
    there = tuple(part for part in beneath if part in amounts)
    return Comparison(
        table=table,
        key=key,
        label=label,
        unit=file.unit,
        stated=stated,
        computed=amounts.get(key),
        beneath=there,
        addends=sum(1 for part in there if amounts[part]),
        step=printed_step(file),
        exact=file.exact,
        record=record,
    )


def _lines(funding: Funding, amounts: Amounts) -> Iterator[Comparison]:
    """A line's printed amount or Band D: a product, or a quotient, of figures that are rounded."""
    for line in funding.lines:
        for (measure, year), stated in line.stated.figures.items() if line.stated else ():
            figures = (Key(line.id, measure, year), stated)
            found = _compared(("funding", line, line.name), funding, figures, amounts)
            if measure == "band_d":
                found = found._replace(unit=POUNDS, step=stated.step)
            if slack := _slack(line, measure, year):
                # It is worked out to the penny, and rounded where it was printed alone.
                found = found._replace(exact=False, slack=slack, step=stated.step)
            yield found


def _slack(line: FundingLine, measure: Measure, year: FinancialYear) -> int:
    """What half a place of the factors comes to in the result, in pence, rounded up."""
    base, band_d, amount = (by.get(year) for by in (line.tax_base, line.band_d, line.amounts))
    if measure == "amount" and base and band_d:
        return -(-(base.pence * band_d.step + band_d.pence * base.step) // 200)
    if measure == "band_d" and base and base.pence and amount:
        of_amount = amount.step * 100 * base.pence + abs(amount.pence) * 100 * base.step
        return -(-of_amount // (2 * base.pence**2))
    return 0


def _tax_slack(
    funding: Funding, years: Iterable[FinancialYear], stated: StatedFigure, *, exact: bool
) -> int:
    """What the rounding of tax bases and Band D comes to in a sum of lines, in pence.

    A sum that is printed more coarsely than the lines, as its tax may be, is rounded by as much.

    Args:
        exact: whether the printed total adds printed lines: each tax is then rounded once more.
    """
    step = printed_step(funding)
    half = max(step, stated.step) // 2 if exact else 0
    of_lines = [_slack(line, "amount", year) for line in funding.lines for year in years]
    of_taxes = sum(slack + half for slack in of_lines if slack)
    return of_taxes + max(0, stated.step - step) // 2 if of_taxes else 0


def _totals(funding: Funding, amounts: Amounts) -> Iterator[Comparison]:
    """The printed totals of the lines and of the reserves used."""
    for name, year, stated in _stated(funding, ("total", "reserves_used")):
        measure: Measure = "amount" if name == "total" else name
        rows = [line.id for line in funding.lines]
        if name == "reserves_used":
            rows = [use.reserve.text for use in funding.reserves]
        parts = [Key(row, measure, year) for row in rows]
        label = "Total funding" if name == "total" else "Planned use of reserves"
        figures = (Key(TOTAL, measure, year), stated)
        found = _compared(("funding", funding, label), funding, figures, amounts, parts)
        if name == "total":
            of_taxes = _tax_slack(funding, (year,), stated, exact=found.exact)
            found = found._replace(slack=of_taxes)
        yield found


def _stated(
    file: Funding, wanted: Sequence[Measure]
) -> Iterator[tuple[Measure, FinancialYear, StatedFigure]]:
    for (measure, year), stated in file.stated.figures.items() if file.stated else ():
        if measure in wanted:
            yield measure, year, stated


def _gaps(plan: Plan, funding: Funding, amounts: Amounts) -> Iterator[Comparison]:
    """The printed gaps: each of them adds up the net budget, funding lines and reserves used.

    What they add up stands in several files: they are as exact as the coarsest of these.
    """
    files: list[PlanFile] = [*plan.revenue, *([plan.options] if plan.options else []), funding]
    step, exact = max(map(printed_step, files)), all(file.exact for file in files)
    nets = {Key(TOTAL, "net_budget", year): pence for year, pence in net_budgets(plan).items()}
    figures, lacks = {**amounts, **nets, **gap_amounts(plan)}, gap_lacks(plan)
    for measure, year, stated in _stated(funding, GAPS):
        key, leaves = Key(TOTAL, measure, year), list(_leaves(funding, measure, year))
        label = funding.stated.label if funding.stated and funding.stated.label else funding.name
        place: tuple[TableName, FileRecord, str] = ("gap", funding, label)
        found = _compared(place, funding, (key, stated), figures, _beneath(funding, measure, year))
        addends = sum(_rounded(plan, leaf, figures) for leaf in leaves)
        years = [year, FinancialYear(year.start - 1)] if measure == "annual_gap" else [year]
        yield found._replace(
            unit=files[0].unit,
            step=step,
            exact=exact,
            addends=addends,
            counts_lines=True,
            lacks=lacks.get(key, ()),
            slack=_tax_slack(funding, years, stated, exact=exact)
            + assumed_slack(_assumed(plan, leaves), step, exact=exact),
        )


def _assumed(plan: Plan, leaves: Iterable[Key]) -> int:
    """The lines of assumptions in net budgets of exact files, which count as one figure."""
    files = (*plan.revenue, *([plan.options] if plan.options else []))
    if not all(file.exact for file in files):
        return 0
    services = {node.id for node in walk(service_tree(plan))}
    years = [leaf.year for leaf in leaves if leaf.measure == "net_budget" and leaf.year]
    return sum(assumed_lines(plan, services, year) for year in years)


def _rounded(plan: Plan, leaf: Key, figures: Amounts) -> int:
    """How many printed figures are in one that a gap is made of; nil was not rounded.

    Files that are declared exact print a net budget that is the sum of their lines: one figure.
    """
    files = (*plan.revenue, *([plan.options] if plan.options else []))
    is_one = leaf.measure != "net_budget" or all(file.exact for file in files)
    if is_one or leaf.year is None or leaf not in figures:
        return 1 if figures.get(leaf) else 0
    services = {node.id for node in walk(service_tree(plan))}
    return net_budget_lines(plan, services, leaf.year)


def _beneath(funding: Funding, measure: Measure, year: FinancialYear) -> list[Key]:
    if measure == "annual_gap":
        return [Key(TOTAL, "gap", year), Key(TOTAL, "gap", FinancialYear(year.start - 1))]
    if measure == "gap":
        used = [Key(use.reserve.text, "reserves_used", year) for use in funding.reserves]
        return [Key(TOTAL, "gap_before_reserves", year), *used]
    return [Key(TOTAL, "net_budget", year), Key(TOTAL, "amount", year)]


def _leaves(funding: Funding, measure: Measure, year: FinancialYear) -> Iterable[Key]:
    """The printed figures that a gap is made of."""
    yield Key(TOTAL, "net_budget", year)
    yield from (Key(line.id, "amount", year) for line in funding.lines)
    if measure in ("gap", "annual_gap"):
        yield from (Key(use.reserve.text, "reserves_used", year) for use in funding.reserves)
    if measure == "annual_gap":
        yield from _leaves(funding, "gap", FinancialYear(year.start - 1))


def _reserves(reserves: Reserves, amounts: Amounts) -> Iterator[Comparison]:
    rows = [(reserve.id, reserve.name, reserve) for reserve in reserves.reserves]
    for row, name, record in rows:
        for (measure, year), stated in record.stated.figures.items() if record.stated else ():
            figures = (Key(row, measure, year), stated)
            parts = _of_balance(row, measure, year)
            found = _compared(("reserves", record, name), reserves, figures, amounts, parts)
            leaves = _balance_leaves(row, measure, year, reserves)
            addends = sum(1 for leaf in leaves if amounts.get(leaf))
            yield found._replace(addends=addends, counts_lines=True)
    if reserves.stated:
        label = reserves.stated.label or f"Total {reserves.name}"
        for (measure, year), stated in reserves.stated.figures.items():
            parts = [Key(row, measure, year) for row, *_ in rows]
            figures = (Key(TOTAL, measure, year), stated)
            yield _compared(("reserves", reserves, label), reserves, figures, amounts, parts)


def _of_balance(row: str, measure: Measure, year: FinancialYear) -> list[Key]:
    """What a balance is made of: an opening is the closing of the year before."""
    if measure == "opening":
        return [Key(row, "closing", FinancialYear(year.start - 1))]
    if measure == "closing":
        movements: tuple[Measure, ...] = ("opening", "contribution", "draw")
        return [Key(row, part, year) for part in movements]
    return []


def _balance_leaves(
    row: str, measure: Measure, year: FinancialYear, reserves: Reserves
) -> Iterator[Key]:
    """The printed figures that a balance is made of: the first opening, and all movements since."""
    if measure not in ("opening", "closing"):
        return
    years = [word.year for word in reserves.financial_years]
    yield Key(row, "opening", years[0])
    for before in years:
        if before < year or (before == year and measure == "closing"):
            yield Key(row, "contribution", before)
            yield Key(row, "draw", before)
