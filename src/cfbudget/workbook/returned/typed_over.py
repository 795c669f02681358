"""A plan with other amounts in some of its inputs: the plan that a worked-in workbook is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.calculate.assumptions import with_assumptions
from cfbudget.calculate.financing import paid_in
from cfbudget.calculate.options import printed_measure
from cfbudget.money import Amount
from cfbudget.plan.files import CapitalProgramme, PolicyOptions, RevenueBudget, Scheme, Service
from cfbudget.plan.funding_files import Funding, Reserves
from cfbudget.plan.plan import Plan
from cfbudget.plan.stated_fields import REVENUE
from cfbudget.plan.values import LATER, Figure, Measure, Period
from cfbudget.problem import Place
from cfbudget.scenario.changes.financed import financed_by
from cfbudget.workbook.returned.changed_inputs import ChangedInput, TypedAmounts
from cfbudget.workbook.returned.typed_rates import with_typed_rates
from cfbudget.years import FinancialYear

APART: tuple[Measure, ...] = ("under_development", LATER)


def typed_over(plan: Plan, inputs: Iterable[ChangedInput]) -> Plan:
    """The plan with these amounts in place of its own; all else is as its files say."""
    typed = {(one.table, one.key): one.amount for one in inputs}
    if not typed:
        return plan
    made = replace(
        plan,
        revenue=tuple(_budget(budget, typed) for budget in plan.revenue),
        capital=_capital(plan.capital, typed) if plan.capital else None,
        options=_options(plan.options, typed) if plan.options else None,
        funding=_funding(plan.funding, typed) if plan.funding else None,
        reserves=_reserves(plan.reserves, typed) if plan.reserves else None,
    )
    return with_assumptions(with_typed_rates(made, typed))


def _budget(budget: RevenueBudget, typed: TypedAmounts) -> RevenueBudget:
    year = budget.financial_year.year

    def service_of(service: Service) -> Service:
        update: dict[str, object] = {
            measure: Figure(*amount, service.place)
            for measure in REVENUE
            if (amount := typed.get(("revenue", Key(service.id, measure, year))))
        }
        if service.services:
            update["services"] = tuple(map(service_of, service.services))
        return service.model_copy(update=update)

    return budget.model_copy(update={"services": tuple(map(service_of, budget.services))})


def _capital(programme: CapitalProgramme, typed: TypedAmounts) -> CapitalProgramme:
    years = [word.year for word in programme.financial_years]

    def scheme_of(scheme: Scheme) -> Scheme:
        of_row = _TypedRow("capital", scheme.id, scheme.place, typed)
        update: dict[str, object] = {
            "allocations": of_row.by_year(scheme.allocations, "allocation", years),
            "unknown": of_row.still_unknown(scheme.unknown, "allocation"),
        }
        for measure in APART:
            if amount := typed.get(("capital", Key(scheme.id, measure))):
                update[measure] = Figure(*amount, scheme.place)
        return scheme.model_copy(update=update)

    made = programme.model_copy(update={"schemes": tuple(map(scheme_of, programme.schemes))})
    return _financed(made, typed)


def _financed(programme: CapitalProgramme, typed: TypedAmounts) -> CapitalProgramme:
    paid: dict[tuple[str, str], dict[Period, Amount]] = {}
    for (table, key), amount in typed.items():
        if table == "financing":
            scheme, source = paid_in(key.row)
            paid.setdefault((scheme, source), {})[key.year or LATER] = amount
    return financed_by(programme, paid) if paid else programme


def _options(options: PolicyOptions, typed: TypedAmounts) -> PolicyOptions:
    years = [word.year for word in options.financial_years]
    measure = printed_measure(options)
    earlier = [key.year for _, key in typed if key.measure == "before" and key.year]
    blocks = []
    for block in options.services:
        made = []
        for option in block.options:
            of_row = _TypedRow("options", option.id, option.place, typed)
            changes = of_row.by_year(option.changes, measure, years)
            fte = of_row.by_year(option.fte, "fte", years)
            unknown = of_row.still_unknown(option.unknown, measure)
            before = of_row.by_year(option.before, "before", earlier)
            update = {"changes": changes, "fte": fte, "unknown": unknown, "before": before}
            made.append(option.model_copy(update=update))
        blocks.append(block.model_copy(update={"options": tuple(made)}))
    return options.model_copy(update={"services": tuple(blocks)})


def _funding(funding: Funding, typed: TypedAmounts) -> Funding:
    years = [word.year for word in funding.financial_years]
    lines = []
    for line in funding.lines:
        of_row = _TypedRow("funding", line.id, line.place, typed)
        update = {
            "amounts": of_row.by_year(line.amounts, "amount", years),
            "tax_base": of_row.by_year(line.tax_base, "tax_base", years),
            "band_d": of_row.by_year(line.band_d, "band_d", years),
        }
        lines.append(line.model_copy(update=update))
    uses = []
    for use in funding.reserves:
        of_row = _TypedRow("funding", use.reserve.text, use.place, typed)
        amounts = of_row.by_year(use.amounts, "reserves_used", years)
        uses.append(use.model_copy(update={"amounts": amounts}))
    return funding.model_copy(update={"lines": tuple(lines), "reserves": tuple(uses)})


def _reserves(reserves: Reserves, typed: TypedAmounts) -> Reserves:
    years = [word.year for word in reserves.financial_years]
    made = []
    for reserve in reserves.reserves:
        of_row = _TypedRow("reserves", reserve.id, reserve.place, typed)
        update: dict[str, object] = {
            "contributions": of_row.by_year(reserve.contributions, "contribution", years),
            "draws": of_row.by_year(reserve.draws, "draw", years),
        }
        if amount := typed.get(("reserves", Key(reserve.id, "opening", years[0]))):
            update["opening"] = Figure(*amount, reserve.opening.place)
        made.append(reserve.model_copy(update=update))
    return reserves.model_copy(update={"reserves": tuple(made)})


class _TypedRow:
    """A line of a table, whose figures stand by year."""

    def __init__(self, table: TableName, row: str, place: Place, typed: TypedAmounts) -> None:
        self.table, self.row, self.place, self.typed = table, row, place, typed

    def by_year(
        self,
        written: Mapping[FinancialYear, Figure],
        measure: Measure,
        years: Iterable[FinancialYear],
    ) -> Mapping[FinancialYear, Figure]:
        """The figures as written, but for those that were typed over."""
        found = dict(written)
        for year in years:
            if amount := self.typed.get((self.table, Key(self.row, measure, year))):
                place = written[year].place if year in written else self.place
                found[year] = Figure(*amount, place)
        return MappingProxyType(found)

    def still_unknown(
        self, written: Mapping[FinancialYear, Place], measure: Measure
    ) -> Mapping[FinancialYear, Place]:
        """Where amounts are not known yet, but for those that were typed."""
        return {
            year: place
            for year, place in written.items()
            if (self.table, Key(self.row, measure, year)) not in self.typed
        }
