"""A plan as the texts of its files: what its models hold, so that reading them gives it again.

Comments are not held, and so not written.
"""

from collections.abc import Mapping, Sequence

from cfbudget.money import COUNTS, FTE, POUNDS, Unit
from cfbudget.new_plan.written_fields import (
    Keys,
    amount,
    by_year_keys,
    floor_text,
    head_keys,
    label_keys,
    line_keys,
    list_keys,
    named_keys,
    record_keys,
    stated_keys,
    switch_keys,
    table_keys,
)
from cfbudget.new_plan.yaml_lines import yaml_text
from cfbudget.plan.files import (
    CapitalProgramme,
    Option,
    PolicyOptions,
    RevenueBudget,
    Scheme,
    Service,
    ServiceOptions,
)
from cfbudget.plan.financing import Financing
from cfbudget.plan.funding_files import Funding, FundingLine, Reserve, Reserves, ReserveUse
from cfbudget.plan.plan import Plan
from cfbudget.read.folder import CAPITAL, FUNDING, OPTIONS, RESERVES


def plan_texts(plan: Plan, heads: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The texts of a plan's files by name.

    Args:
        heads: the comment that each file begins with, by its name.
    """
    files: dict[str, Keys] = {revenue_name(one): _revenue(one) for one in plan.revenue}
    if plan.capital:
        files[CAPITAL] = _capital(plan.capital)
    if plan.options:
        files[OPTIONS] = _options(plan.options)
    if plan.funding:
        files[FUNDING] = _funding(plan.funding)
    if plan.reserves:
        files[RESERVES] = _reserves(plan.reserves)
    return {name: yaml_text(keys, heads.get(name, ())) for name, keys in files.items()}


def revenue_name(budget: RevenueBudget) -> str:
    """What the file of a year's revenue budget is called: revenue_2025_26.yaml."""
    return f"revenue_{str(budget.financial_year.year).replace('-', '_')}.yaml"


def _revenue(budget: RevenueBudget) -> Keys:
    contained = [str(word.year) for word in budget.contains_options_of]
    return {
        "name": budget.name,
        "financial_year": str(budget.financial_year.year),
        **table_keys(budget),
        "contains_options_of": contained,
        **switch_keys("projected", budget.projected),
        **record_keys(budget),
        **list_keys("funds", ({"id": one.id, "name": one.name} for one in budget.funds)),
        **named_keys(budget.amounts, budget.unit),
        "services": [_service(one, budget.unit) for one in budget.services],
        **stated_keys(budget.stated, budget.unit),
    }


def _service(service: Service, unit: Unit) -> Keys:
    amounts = {"gross": service.gross, "income": service.income, "net": service.net}
    return {
        **line_keys(service),
        **({"fund": service.fund.text} if service.fund else {}),
        **{key: amount(figure, unit) for key, figure in amounts.items() if figure},
        **named_keys(service.amounts, unit),
        **record_keys(service),
        **list_keys("services", (_service(one, unit) for one in service.services or ())),
        **stated_keys(service.stated, unit),
    }


def _capital(programme: CapitalProgramme) -> Keys:
    return {
        **head_keys(
            programme,
            programme.financial_years,
            after={"later": programme.later} if programme.later else {},
        ),
        "schemes": [_scheme(scheme, programme.unit) for scheme in programme.schemes],
        **_financing(programme.financing, programme.unit),
        **stated_keys(programme.stated, programme.unit),
    }


def _scheme(scheme: Scheme, unit: Unit) -> Keys:
    apart = {"later": scheme.later, "under_development": scheme.under_development}
    return {
        **line_keys(scheme),
        **({"service": scheme.service.text} if scheme.service else {}),
        **({"portfolio": scheme.portfolio.text} if scheme.portfolio else {}),
        **by_year_keys("allocations", scheme.allocations, unit, scheme.unknown),
        **{key: amount(figure, unit) for key, figure in apart.items() if figure},
        **record_keys(scheme),
        **_financing(scheme.financing, unit),
        **stated_keys(scheme.stated, unit),
    }


def _financing(financing: Financing | None, unit: Unit) -> Keys:
    if financing is None:
        return {}
    given: Keys = {}
    for source, amounts in financing.of_sources():
        given[source] = {str(period): amount(figure, unit) for period, figure in amounts.items()}
    return {"financing": given}


def _options(options: PolicyOptions) -> Keys:
    return {
        **head_keys(options, options.financial_years, before={"basis": options.basis}),
        "services": [_block(block, options.unit) for block in options.services],
        **stated_keys(options.stated, options.unit),
    }


def _block(block: ServiceOptions, unit: Unit) -> Keys:
    return {
        "service": block.service.text,
        **({"name": block.name} if block.name else {}),
        **record_keys(block),
        "options": [_option(option, unit) for option in block.options],
        **stated_keys(block.stated, unit),
    }


def _option(option: Option, unit: Unit) -> Keys:
    words = {
        "ref": option.ref,
        "category": option.category,
        "portfolio": option.portfolio,
        "owner": option.owner,
        "decision": option.decision,
    }
    changes = by_year_keys("changes", option.changes, unit, option.unknown) or {"changes": {}}
    return {
        **line_keys(option),
        "kind": option.kind,
        "status": option.status.replace("-", " "),
        **({"affects": option.affects} if option.affects else {}),
        **switch_keys("invest_to_save", option.invest_to_save),
        **({"funds": [word.text for word in option.funds]} if option.funds else {}),
        **({} if option.recurs else {"recurs": False}),
        **changes,
        **by_year_keys("before", option.before, unit),
        **({"new_in": str(option.new_in.year)} if option.new_in else {}),
        **by_year_keys("fte", option.fte, FTE),
        **{key: word.text for key, word in words.items() if word},
        **record_keys(option),
    }


def _funding(funding: Funding) -> Keys:
    return {
        **head_keys(funding, funding.financial_years, after={"kind": funding.kind}),
        "lines": [_funding_line(line, funding.unit) for line in funding.lines],
        **list_keys("reserves", (_use(use, funding.unit) for use in funding.reserves)),
        **label_keys(funding.stated),
    }


def _funding_line(line: FundingLine, unit: Unit) -> Keys:
    return {
        **line_keys(line),
        **({} if line.recurs else {"recurs": False}),
        **by_year_keys("tax_base", line.tax_base, COUNTS),
        **by_year_keys("band_d", line.band_d, POUNDS),
        **by_year_keys("amounts", line.amounts, unit),
        **record_keys(line),
        **label_keys(line.stated),
    }


def _use(use: ReserveUse, unit: Unit) -> Keys:
    return {
        "reserve": use.reserve.text,
        **({"name": use.name} if use.name else {}),
        **(by_year_keys("amounts", use.amounts, unit) or {"amounts": {}}),
        **record_keys(use),
    }


def _reserves(reserves: Reserves) -> Keys:
    return {
        **head_keys(reserves, reserves.financial_years),
        "reserves": [_reserve(reserve, reserves.unit) for reserve in reserves.reserves],
        **label_keys(reserves.stated),
    }


def _reserve(reserve: Reserve, unit: Unit) -> Keys:
    floor = reserve.floor
    return {
        **line_keys(reserve),
        **({"fund": reserve.fund.text} if reserve.fund else {}),
        "opening": amount(reserve.opening, unit),
        **by_year_keys("contributions", reserve.contributions, unit),
        **by_year_keys("draws", reserve.draws, unit),
        **({"floor": floor_text(floor, unit)} if floor else {}),
        **record_keys(reserve),
        **label_keys(reserve.stated),
    }
