"""Consistency (CF23x) of funding: its figures by year, and the reserves that it uses."""

from collections.abc import Iterator

from cfbudget import rules
from cfbudget.checks.rule_runs import Check, Part, Problems
from cfbudget.grammar import listed
from cfbudget.ids import ID, RESERVED, did_you_mean_id, id_of
from cfbudget.plan.funding_files import FundingLine
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place, clipped


def _lines(plan: Plan) -> Iterator[FundingLine]:
    yield from plan.funding.lines if plan.funding else ()


def funding_figures(plan: Plan) -> Problems:
    """A line has amounts, or a tax base with Band D, or a tax base with amounts."""
    for line in _lines(plan):
        if wrong := _wrong_figures(line):
            yield rules.FUNDING_FIGURES.at(line.place, f"{line.name!r} {wrong[0]}", wrong[1])


def _wrong_figures(line: FundingLine) -> tuple[str, str] | None:
    """What is wrong with a line's figures, and what to type."""
    if line.amounts and line.band_d:
        hint = "delete amounts, which are tax base × Band D; printed ones are stated: {amount: ...}"
        return "has amounts beside its Band D", hint
    if line.band_d and not line.tax_base:
        return "has a Band D and no tax base", "add tax_base: {2024-25: 98210.4}"
    if line.tax_base and not line.band_d and not line.amounts:
        return "has a tax base alone", "add band_d: {2024-25: 1712.93}, or amounts"
    if not line.amounts and not line.band_d:
        return "has no figures", "add amounts: {2024-25: -1234}, or tax_base and band_d"
    return None


def missing_funding(plan: Plan) -> Problems:
    """What recurs has a figure in every year: one that is missing is not nil."""
    for line in _lines(plan):
        given = {
            "tax base": line.tax_base,
            "Band D": line.band_d,
            "amount": {} if line.band_d else line.amounts,
        }
        for what, figures in given.items() if line.recurs or line.tax_base else ():
            missing = [str(year) for year in plan.funding_years if year not in figures]
            if figures and missing:
                message = f"{line.name!r} has no {what} for {listed(missing)}"
                hint = _write_nil(missing) if what == "amount" else f"write the {what} of each year"
                yield rules.FUNDING_MISSING.at(line.place, message, hint)


def _write_nil(missing: list[str]) -> str:
    return f"write {missing[0]}: 0 if there is none, or recurs: false on a line that does not recur"


def cash_limits(plan: Plan) -> Problems:
    """A directorate has a cash limit: council tax and reserves are the whole council's."""
    if plan.funding is None or plan.funding.kind == "funding":
        return
    hint = "write kind: funding where this is a whole council's"
    for line in plan.funding.lines:
        if line.tax_base or line.band_d:
            message = f"{line.name!r} is council tax in a cash limit"
            yield rules.NOT_OF_A_CASH_LIMIT.at(line.place, message, hint)
    for use in plan.funding.reserves:
        message = f"{use.reserve.text!r} is used in a cash limit"
        yield rules.NOT_OF_A_CASH_LIMIT.at(use.place, message, hint)


def repeated_uses(plan: Plan) -> Problems:
    """Each reserve is used in one place."""
    first: dict[str, Place] = {}
    for use in plan.funding.reserves if plan.funding else ():
        reserve, place = use.reserve
        if reserve in first:
            message = f"the reserve {clipped(reserve)!r} is used on line {first[reserve].line} too"
            yield rules.REPEATED_ID.at(place, message, "put its years into one line")
        first.setdefault(reserve, place)


def unknown_reserves(plan: Plan) -> Problems:
    """Funding uses reserves that the plan has, where it has a file of them."""
    if plan.funding is None or plan.reserves is None:
        return
    known = {reserve.id: reserve.name for reserve in plan.reserves.reserves}
    for use in plan.funding.reserves:
        if use.reserve.text not in known:
            hint = did_you_mean_id(use.reserve.text, known, "write the id of a reserve")
            message = f"unknown reserve {clipped(use.reserve.text)!r}"
            yield rules.UNKNOWN_RESERVE.at(use.reserve.place, message, hint)


def ids_of_used_reserves(plan: Plan) -> Problems:
    """Without a file of reserves their uses are what names them."""
    uses = plan.funding.reserves if plan.funding and plan.reserves is None else ()
    lines = {line.id for line in _lines(plan)}
    for use in uses:
        reserve, place = use.reserve
        if reserve in RESERVED or not ID.fullmatch(reserve):
            meant = id_of(reserve)
            hint = f"write {meant}" if meant and meant not in RESERVED else "name the reserve"
            message = f"{clipped(reserve)!r} is not an id of a reserve"
            yield rules.BAD_ID.at(place, message, hint)
        elif reserve in lines:
            message = f"the id {reserve!r} is also a funding line's"
            yield rules.REPEATED_ID.at(place, message, f"write {reserve}-reserve")


FIGURES: tuple[Part, ...] = ("amounts", "tax_base", "band_d")
FUNDING_CONSISTENCY = (
    Check(rules.BAD_ID, ids_of_used_reserves, ("funding",), needs=("reserves",)),
    Check(
        rules.FUNDING_MISSING, missing_funding, ("funding",), needs=("financial_years", *FIGURES)
    ),
    Check(rules.FUNDING_FIGURES, funding_figures, ("funding",), needs=FIGURES),
    Check(rules.NOT_OF_A_CASH_LIMIT, cash_limits, ("funding",), needs=("kind",)),
    Check(rules.REPEATED_ID, repeated_uses, ("funding",)),
    Check(rules.UNKNOWN_RESERVE, unknown_reserves, ("funding",), needs=("reserves",)),
)
