"""A plan as the texts of its files: what its models hold, so that reading them gives it again.

Comments are not held, and so not written. Amounts keep the places that they were printed to.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from cfbudget.money import COUNTS, FTE, POUNDS, Unit, needed_places, places_of, plain
from cfbudget.new_plan.yaml_lines import PlainValue, yaml_text
from cfbudget.plan.files import (
    CapitalProgramme,
    FileRecord,
    Line,
    Option,
    PolicyOptions,
    RevenueBudget,
    Scheme,
    Service,
    ServiceOptions,
    TableFile,
)
from cfbudget.plan.financing import Financing
from cfbudget.plan.funding_files import Funding, FundingLine, Reserve, Reserves, ReserveUse
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import TBC, Figure, Floor, Source, Stated, StatedByYear, YearWord
from cfbudget.problem import Place
from cfbudget.read.folder import CAPITAL, FUNDING, OPTIONS, RESERVES
from cfbudget.years import FinancialYear

NOTHING_UNKNOWN: Mapping[FinancialYear, Place] = MappingProxyType({})
Keys = dict[str, PlainValue]
"""A record of a file by its keys, in the order in which they are written."""


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


# -- the five files -------------------------------------------------------------------------


def _revenue(budget: RevenueBudget) -> Keys:
    contained = [str(word.year) for word in budget.contains_options_of]
    return {
        "name": budget.name,
        "financial_year": str(budget.financial_year.year),
        **_of_table(budget),
        "contains_options_of": contained,
        **_switch("projected", budget.projected),
        **_record(budget),
        **_list("funds", ({"id": one.id, "name": one.name} for one in budget.funds)),
        **_named(budget.amounts, budget.unit),
        "services": [_service(one, budget.unit) for one in budget.services],
        **_stated(budget.stated, budget.unit),
    }


def _service(service: Service, unit: Unit) -> Keys:
    amounts = {"gross": service.gross, "income": service.income, "net": service.net}
    return {
        **_line(service),
        **({"fund": service.fund.text} if service.fund else {}),
        **{key: amount(figure, unit) for key, figure in amounts.items() if figure},
        **_named(service.amounts, unit),
        **_record(service),
        **_list("services", (_service(one, unit) for one in service.services or ())),
        **_stated(service.stated, unit),
    }


def _capital(programme: CapitalProgramme) -> Keys:
    return {
        "name": programme.name,
        **_of_table(programme),
        **_years(programme.financial_years),
        **({"later": programme.later} if programme.later else {}),
        **_record(programme),
        "schemes": [_scheme(scheme, programme.unit) for scheme in programme.schemes],
        **_financing(programme.financing, programme.unit),
        **_stated(programme.stated, programme.unit),
    }


def _scheme(scheme: Scheme, unit: Unit) -> Keys:
    apart = {"later": scheme.later, "under_development": scheme.under_development}
    return {
        **_line(scheme),
        **({"service": scheme.service.text} if scheme.service else {}),
        **({"portfolio": scheme.portfolio.text} if scheme.portfolio else {}),
        **_by_year("allocations", scheme.allocations, unit, scheme.unknown),
        **{key: amount(figure, unit) for key, figure in apart.items() if figure},
        **_record(scheme),
        **_financing(scheme.financing, unit),
        **_stated(scheme.stated, unit),
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
        "name": options.name,
        **_of_table(options),
        "basis": options.basis,
        **_years(options.financial_years),
        **_record(options),
        "services": [_block(block, options.unit) for block in options.services],
        **_stated(options.stated, options.unit),
    }


def _block(block: ServiceOptions, unit: Unit) -> Keys:
    return {
        "service": block.service.text,
        **({"name": block.name} if block.name else {}),
        **_record(block),
        "options": [_option(option, unit) for option in block.options],
        **_stated(block.stated, unit),
    }


def _option(option: Option, unit: Unit) -> Keys:
    words = {
        "ref": option.ref,
        "category": option.category,
        "portfolio": option.portfolio,
        "owner": option.owner,
        "decision": option.decision,
    }
    changes = _by_year("changes", option.changes, unit, option.unknown) or {"changes": {}}
    return {
        **_line(option),
        "kind": option.kind,
        "status": option.status.replace("-", " "),
        **({"affects": option.affects} if option.affects else {}),
        **_switch("invest_to_save", option.invest_to_save),
        **({"funds": [word.text for word in option.funds]} if option.funds else {}),
        **({} if option.recurs else {"recurs": False}),
        **changes,
        **_by_year("before", option.before, unit),
        **({"new_in": str(option.new_in.year)} if option.new_in else {}),
        **_by_year("fte", option.fte, FTE),
        **{key: word.text for key, word in words.items() if word},
        **_record(option),
    }


def _funding(funding: Funding) -> Keys:
    return {
        "name": funding.name,
        **_of_table(funding),
        **_years(funding.financial_years),
        "kind": funding.kind,
        **_record(funding),
        "lines": [_funding_line(line, funding.unit) for line in funding.lines],
        **_list("reserves", (_use(use, funding.unit) for use in funding.reserves)),
        **_label(funding.stated),
    }


def _funding_line(line: FundingLine, unit: Unit) -> Keys:
    return {
        **_line(line),
        **({} if line.recurs else {"recurs": False}),
        **_by_year("tax_base", line.tax_base, COUNTS),
        **_by_year("band_d", line.band_d, POUNDS),
        **_by_year("amounts", line.amounts, unit),
        **_record(line),
        **_label(line.stated),
    }


def _use(use: ReserveUse, unit: Unit) -> Keys:
    return {
        "reserve": use.reserve.text,
        **({"name": use.name} if use.name else {}),
        **(_by_year("amounts", use.amounts, unit) or {"amounts": {}}),
        **_record(use),
    }


def _reserves(reserves: Reserves) -> Keys:
    return {
        "name": reserves.name,
        **_of_table(reserves),
        **_years(reserves.financial_years),
        **_record(reserves),
        "reserves": [_reserve(reserve, reserves.unit) for reserve in reserves.reserves],
        **_label(reserves.stated),
    }


def _reserve(reserve: Reserve, unit: Unit) -> Keys:
    floor = reserve.floor
    return {
        **_line(reserve),
        **({"fund": reserve.fund.text} if reserve.fund else {}),
        "opening": amount(reserve.opening, unit),
        **_by_year("contributions", reserve.contributions, unit),
        **_by_year("draws", reserve.draws, unit),
        **({"floor": _floor(floor, unit)} if floor else {}),
        **_record(reserve),
        **_label(reserve.stated),
    }


# -- what they are made of ------------------------------------------------------------------


def amount(figure: Figure, unit: Unit) -> str:
    """An exact amount, to the places that it is printed to or, where it needs more, to these."""
    exact = plain(figure.pence, unit)
    places = max(places_of(figure.step, unit), needed_places(unit, figure.pence))
    whole, _, part = exact.partition(".")
    return f"{whole}.{part:0<{places}}" if places else whole


def _floor(floor: Floor, unit: Unit) -> str:
    if floor.amount is not None:
        return amount(floor.amount, unit)
    assert floor.share is not None  # it has one of the two
    return per_cent(floor.share)


def per_cent(share: Fraction) -> str:
    """A share as a file writes it: 2.5%."""
    millionths = share * 10**8  # of a per cent: the finest that a file may write
    return f"{plain(int(millionths), Unit('%', 10**6, 0))}%"


def _line(line: Line) -> Keys:
    return {"id": line.id, "name": line.name}


def _record(record: FileRecord) -> Keys:
    """What any line, block or file may say: a note, its source, the warnings that it accepts."""
    note: str | None = getattr(record, "note", None)
    reasons = {code: accepted.reason for code, accepted in record.accepted.items()}
    return {
        **({"note": note} if note else {}),
        **({"source": _source(record.source)} if record.source else {}),
        **({"accepted": reasons} if reasons else {}),
    }


def _source(source: Source) -> PlainValue:
    parts = source._asdict()
    return {key: part for key, part in parts.items() if part}


def _of_table(file: TableFile) -> Keys:
    return {"unit": file.unit.name, **_switch("exact", file.exact)}


def _named(amounts: Mapping[str, Figure], unit: Unit) -> Keys:
    """Amounts by name, which are parts of others."""
    found: Keys = {name: amount(figure, unit) for name, figure in amounts.items()}
    return {"amounts": found} if found else {}


def _years(words: Iterable[YearWord]) -> Keys:
    return {"financial_years": [str(word.year) for word in words]}


def _switch(key: str, is_on: bool) -> Keys:  # noqa: FBT001
    return {key: True} if is_on else {}


def _list(key: str, records: Iterable[Keys]) -> Keys:
    found = list(records)
    return {key: found} if found else {}


def _by_year(
    key: str,
    figures: Mapping[FinancialYear, Figure],
    unit: Unit,
    unknown: Mapping[FinancialYear, Place] = NOTHING_UNKNOWN,
) -> Keys:
    """Amounts by year; nothing where there are none."""
    written = {year: amount(figure, unit) for year, figure in figures.items()}
    written |= dict.fromkeys(unknown, TBC)
    return {key: {str(year): written[year] for year in sorted(written)}} if written else {}


def _stated(stated: Stated | None, unit: Unit) -> Keys:
    """A label and printed totals."""
    if stated is None:
        return {}
    figures = {
        str(key): amount(Figure(one.pence, one.step, one.place), unit)
        for key, one in stated.figures.items()
        if one.pence is not None
    }
    label = {"label": stated.label} if stated.label else {}
    return {"stated": {**label, **figures}} if label or figures else {}


def _label(stated: StatedByYear | None) -> Keys:
    return {"stated": {"label": stated.label}} if stated and stated.label else {}
