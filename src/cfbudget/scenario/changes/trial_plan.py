"""The plan that a trial comes to, as a plan of its own.

Stated figures of what was changed are left out: nothing printed says what a trial comes to.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from cfbudget.calculate.changes import changes_of
from cfbudget.plan.files import CapitalProgramme, Option, PolicyOptions, Scheme, ServiceOptions
from cfbudget.plan.funding_files import Funding
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure, Word, WrittenRate
from cfbudget.problem import Place
from cfbudget.scenario.changes.financed import financed_by, unstated
from cfbudget.scenario.changes.held_funding import funding_with, is_used, reserves_with, use_with
from cfbudget.scenario.changes.held_options import HeldOption
from cfbudget.scenario.changes.held_schemes import HeldScheme
from cfbudget.scenario.changes.working_copy import WorkingCopy
from cfbudget.shares import to_the_penny
from cfbudget.years import FinancialYear


def plan_of(trial: WorkingCopy) -> Plan:
    """The plan as it now stands; what its budgets were struck with is remembered."""
    plan = trial.plan
    budgets = tuple(trial.budgets.get(b.financial_year.year, b) for b in plan.revenue)
    options = plan.options
    if options and trial.options:
        options = _options(options, trial)
    if options and (trial.options or trial.budgets):
        options = _without_net_budgets(options)
    capital = plan.capital
    if capital and (trial.schemes or trial.financing):
        capital = unstated(financed_by(_capital(capital, trial.schemes), trial.financing))
    beyond = (*plan.beyond, *((moved.option, moved.pence) for moved in trial.beyond()))
    return replace(
        plan,
        revenue=budgets,
        capital=capital,
        options=options,
        struck_with=plan.struck_with or plan.options,
        beyond=beyond,
        unread=(),
        funding=_funding(trial),
        reserves=reserves_with(plan.reserves, trial.draws)
        if plan.reserves and trial.draws
        else plan.reserves,
    )


def _funding(trial: WorkingCopy) -> Funding | None:
    """The funding as it stands; nothing printed says what gap a trial comes to."""
    plan, funding = trial.plan, trial.plan.funding
    if funding is None:
        return None
    if trial.funding or trial.draws:
        uses = {
            reserve: {year: use_with(plan, reserve, year, draw) for year, draw in draws.items()}
            for reserve, draws in trial.draws.items()
            if is_used(plan, reserve)
        }
        return funding_with(funding, trial.funding, uses)
    stated = funding.stated
    if stated is None or not (trial.options or trial.budgets):
        return funding
    kept = {key: figure for key, figure in stated.figures.items() if key[0] not in OF_THE_GAP}
    update = {"stated": stated._replace(figures=MappingProxyType(kept))}
    return funding.model_copy(update=update)


OF_THE_GAP = ("gap_before_reserves", "gap", "annual_gap", "over_cash_limit")


def _without_net_budgets(options: PolicyOptions) -> PolicyOptions:
    """The options without the net budgets that are stated: no service's is known to stay."""

    records: tuple[ServiceOptions | PolicyOptions, ...] = (options, *options.services)
    if not any(record.stated and record.stated.net_budgets for record in records):
        return options

    def update(record: ServiceOptions | PolicyOptions) -> dict[str, object]:
        stated = record.stated
        return {"stated": stated._replace(net_budgets={}) if stated else None}

    blocks = tuple(block.model_copy(update=update(block)) for block in options.services)
    return options.model_copy(update={**update(options), "services": blocks})


def _options(options: PolicyOptions, trial: WorkingCopy) -> PolicyOptions:
    """The options as changes, whatever the file holds; blocks of new services come last."""
    added: dict[str, list[Option]] = {}
    for option, there in trial.options.items():
        if option not in trial.written:
            added.setdefault(there.service, []).append(_option(there, options.unit.pence))
    blocks = []
    for block in options.services:
        extra = added.pop(block.service.text, [])
        blocks.append(_block(block, options, trial, tuple(extra)))
    blocks += [_new_block(service, tuple(new), options.place) for service, new in added.items()]
    update = {"services": tuple(blocks), "stated": None, "groups": (), "basis": "change"}
    return options.model_copy(update=update)


def _block(
    block: ServiceOptions, options: PolicyOptions, trial: WorkingCopy, extra: tuple[Option, ...]
) -> ServiceOptions:
    """A block with what was changed in it; the same block where nothing was."""
    made = tuple(_as_it_stands(option, options, trial) for option in block.options)
    if not extra and all(new is old for new, old in zip(made, block.options, strict=True)):
        return block
    return block.model_copy(update={"options": (*made, *extra), "stated": None})


def _as_it_stands(option: Option, options: PolicyOptions, trial: WorkingCopy) -> Option:
    there = trial.options.get(option.id)
    if there:
        return _option(there, options.unit.pence)
    if options.basis == "change":
        return option
    changes = changes_of(option, options.basis, trial.years)
    return _option(HeldOption("", option, dict(changes), {}, {}, {}, {}, {}), options.unit.pence)


def _new_block(service: str, options: tuple[Option, ...], place: Place) -> ServiceOptions:
    return ServiceOptions.model_construct(
        place=place,
        service=Word(service, place),
        options=options,
        accepted=MappingProxyType({}),
    )


def _option(there: HeldOption, unit: int) -> Option:
    option = there.option
    coarsest = max((figure.step for figure in option.changes.values()), default=unit)
    changes = {
        year: Figure(
            to_the_penny(amount),
            shown_step(there.steps.get(year, coarsest), unit, coarsest),
            option.changes[year].place if year in option.changes else option.place,
        )
        for year, amount in there.changes.items()
        if amount or year in option.changes
    }
    fte = {
        year: Figure(
            to_the_penny(amount),
            1,
            option.fte[year].place if year in option.fte else option.place,
        )
        for year, amount in there.fte.items()
        if amount or year in option.fte
    }
    unknown = {year: place for year, place in there.unknown.items() if year in there.changes}
    update: dict[str, object] = {
        "changes": MappingProxyType(changes),
        "fte": MappingProxyType(fte),
        "unknown": unknown,
        "stated": None,
    }
    if there.assumed:
        update |= {"rates": _rates(there), "worked": there.assumed.worked()}
    return option.model_copy(update=update)


def _rates(there: HeldOption) -> Mapping[FinancialYear, WrittenRate]:
    """An assumption's rates as they stand."""
    option, rates = there.option, there.assumed.rates if there.assumed else {}
    return MappingProxyType(
        {
            year: WrittenRate(Fraction(rate), option.rates[year].place)
            for year, rate in rates.items()
        }
    )


def shown_step(step: int, unit: int, coarsest: int) -> int:
    """How fine an amount is shown: as it is typed, but not beyond three places.

    A share in pence would put five places on every figure of its page, which rounds and says so.
    """
    return step if step * 1000 >= unit else coarsest


def _capital(programme: CapitalProgramme, changed: Mapping[str, HeldScheme]) -> CapitalProgramme:
    unit = programme.unit.pence
    schemes = tuple(
        _scheme(changed[scheme.id], unit) if scheme.id in changed else scheme
        for scheme in programme.schemes
    )
    return programme.model_copy(update={"schemes": schemes, "stated": None})


def _scheme(there: HeldScheme, unit: int) -> Scheme:
    scheme, written = there.scheme, there.scheme.allocations
    coarsest = max((figure.step for figure in written.values()), default=unit)
    allocations: dict[FinancialYear, Figure] = {
        year: Figure(
            pence,
            shown_step(there.steps.get(year, coarsest), unit, coarsest),
            written[year].place if year in written else scheme.place,
        )
        for year, pence in there.allocations.items()
    }
    coming = scheme.under_development or Figure(0, unit, scheme.place)
    later = scheme.later or Figure(0, unit, scheme.place)
    update = {
        "allocations": MappingProxyType(allocations),
        "under_development": coming._replace(pence=there.under_development),
        "later": later._replace(pence=there.later) if there.later or scheme.later else None,
        "unknown": there.unknown,
        "stated": None,
    }
    return scheme.model_copy(update=update)
