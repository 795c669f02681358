"""Field types for figures: one amount, amounts by year, and full-time equivalents."""

from collections.abc import Callable, Container, Mapping
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.ids import id_of
from cfbudget.money import LARGEST, UNITS, Amount, is_not_stated, parse_amount, parse_fte
from cfbudget.nodes import MappingNode, Node, Scalar
from cfbudget.plan.field_context import Reading, comma_hint, reading_of
from cfbudget.plan.values import (
    LATER,
    TBC,
    Figure,
    Period,
    StatedFigure,
    is_tbc,
)
from cfbudget.plan.written_field import Written
from cfbudget.plan.year_fields import YEAR
from cfbudget.problem import Place, Refusal
from cfbudget.years import FinancialYear, parse_year


def _amount(text: str, place: Place, reading: Reading) -> Amount:
    """The amount in the file's unit; where that is not known, whether any unit would do."""
    refusal = None
    for unit in (reading.unit,) if reading.unit else UNITS.values():
        amount = parse_amount(text, unit)
        if not isinstance(amount, Refusal):
            return amount
        refusal = refusal or amount
    if refusal is not None:
        hint = _unknown_hint(text) or refusal.hint
        reading.report(rules.NOT_AN_AMOUNT, place, refusal.reason, hint)
    return Amount(0, LARGEST)


def _unknown_hint(text: str) -> str | None:
    """What to do about a word for what is not known yet, where it is not read as one."""
    if is_tbc(text):
        return f"{TBC} may stand in an option's changes and a scheme's allocations only"
    if id_of(text) in ("tba", "tbd", "to-be-confirmed", "to-be-determined", "not-known", "unknown"):
        return f"write {TBC} for an amount that is not known yet"
    return None


def figure(node: Node, reading: Reading) -> Figure:
    """One amount of a line. A blank is nil: it adds nothing."""
    value = reading.scalar(node, "an amount")
    if value is None or not value.text.strip():
        return Figure(0, _step_of_nil(reading), node.place)
    pence, step = _amount(value.text, value.place, reading)
    return Figure(pence, step, value.place)


def stated_figure(node: Node, reading: Reading) -> StatedFigure:
    """One printed total. A blank, n/a, a full stop or words state nothing."""
    value = reading.scalar(node, "a stated amount")
    if value is None or is_not_stated(value.text):
        return StatedFigure(None, _step_of_nil(reading), node.place)
    pence, step = _amount(value.text, value.place, reading)
    return StatedFigure(pence, step, value.place)


def _step_of_nil(reading: Reading) -> int:
    return reading.unit.pence if reading.unit else LARGEST


def year_key(
    text: str, node: MappingNode, reading: Reading, seen: Container[object]
) -> FinancialYear | None:
    """A key as a year of the plan, or None and a problem."""
    year, place = parse_year(text), node.keys_at[text]
    if isinstance(year, Refusal):
        hint = comma_hint(text) or (BESIDE if text == LATER else year.hint)
        reading.report(rules.NOT_A_YEAR, place, year.reason, hint)
        return None
    if year in seen:
        reading.report(rules.REPEATED_YEAR, place, f"{year} stands twice", "delete one of them")
        return None
    if reading.years is not None and year not in reading.years:
        listed = ", ".join(str(listed) for listed in sorted(reading.years))
        hint = f"the file's financial_years are {listed}"
        reading.report(rules.YEAR_OUTSIDE, place, f"{year} is outside the plan", hint)
        return None
    return year


def by_year(
    one: Callable[[Node, Reading], Figure], *, may_be_tbc: bool = False
) -> Callable[[Node, ValidationInfo], Mapping[FinancialYear, Figure]]:
    """A validator of figures by year; a year that is left blank has none.

    Args:
        one: reads one of them.
        may_be_tbc: whether one that is not known yet may stand there; it is no figure.
    """

    def read(node: Node, info: ValidationInfo) -> Mapping[FinancialYear, Figure]:
        found = _amounts(node, info, one, has_later=False, may_be_tbc=may_be_tbc)
        years = {year: figure for year, figure in found.items() if isinstance(year, FinancialYear)}
        return MappingProxyType(years)

    return read


def _by_period(node: Node, info: ValidationInfo) -> Mapping[Period, Figure]:
    """Amounts by year and, under `later`, one for all that comes after the last year."""
    return MappingProxyType(_amounts(node, info, figure, has_later=True, may_be_tbc=False))


def _before(node: Node, info: ValidationInfo) -> Mapping[FinancialYear, Figure]:
    """Amounts of years before the plan, which its own years do not list."""
    reading = reading_of(info)
    years, reading.years = reading.years, None
    try:
        found = _amounts(node, info, figure, has_later=False, may_be_tbc=False)
    finally:
        reading.years = years
    return MappingProxyType({y: f for y, f in found.items() if isinstance(y, FinancialYear)})


def _amounts(
    node: Node,
    info: ValidationInfo,
    one: Callable[[Node, Reading], Figure],
    *,
    has_later: bool,
    may_be_tbc: bool,
) -> dict[Period, Figure]:
    reading = reading_of(info)
    found: dict[Period, Figure] = {}
    seen: set[Period] = set()
    before = len(reading.problems)
    amounts = reading.mapping(node, "amounts by year", "{2024-25: 1234}")
    if amounts is not None:
        for key, value in amounts.items():
            is_later = has_later and key == LATER
            period = LATER if is_later else year_key(key, amounts, reading, seen)
            if period is None:
                continue
            seen.add(period)
            if not _is_blank_or_tbc(value, may_be_tbc=may_be_tbc):
                found[period] = one(value, reading)
    if len(reading.problems) > before:
        reading.spoilt.add(info.field_name or "")
    return found


def _is_blank_or_tbc(node: Node, *, may_be_tbc: bool) -> bool:
    """Whether a year's value is blank or, where it may be, not known yet."""
    if not isinstance(node, Scalar):
        return False
    written = node.text.strip()
    return not written or (may_be_tbc and is_tbc(written))


def _unknown_by_year(node: Node, info: ValidationInfo) -> Mapping[FinancialYear, Place]:
    """The years of the same mapping whose amounts are not known yet; its problems are told."""
    written = node.items() if isinstance(node, MappingNode) else ()
    found: dict[FinancialYear, Place] = {}
    for key, value in written:
        if isinstance(value, Scalar) and is_tbc(value.text):
            year = parse_year(key)
            if not isinstance(year, Refusal):
                found[year] = value.place
    return MappingProxyType(found)


def _one(node: Node, info: ValidationInfo) -> Figure:
    return figure(node, reading_of(info))


def _income(node: Node, info: ValidationInfo) -> Figure:
    return with_our_sign(_one(node, info), reading_of(info))


Either = TypeVar("Either", Figure, StatedFigure)


def with_our_sign(printed: Either, reading: Reading) -> Either:
    """An income as everywhere, minus, where its file prints it as plus."""
    if not reading.income_is_plus or not printed.pence:
        return printed
    return printed._replace(pence=-printed.pence)


def _one_stated(node: Node, info: ValidationInfo) -> StatedFigure:
    return stated_figure(node, reading_of(info))


def _fte(node: Node, reading: Reading) -> Figure:
    """Full-time equivalents, in hundredths."""
    value = reading.scalar(node, "full-time equivalents")
    return Figure(*fte_amount(value, reading), node.place)


def fte_amount(value: Scalar | None, reading: Reading) -> Amount:
    amount = parse_fte(value.text) if value else Amount(0, 100)
    if value is None or not isinstance(amount, Refusal):
        return Amount(0, 100) if isinstance(amount, Refusal) else amount
    reading.report(rules.NOT_AN_AMOUNT, value.place, amount.reason, amount.hint)
    return Amount(0, 100)


AMOUNT: dict[str, Any] = {
    "anyOf": [
        {"type": "number"},
        {
            "type": "string",
            "pattern": r"^[(+\-−–£]*([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?[mMkK]?[-−–)]*$",
        },
        {"enum": ["-", "–", "—"]},
    ],
    "examples": [-3380, "(3,380)", "£0.750m"],
}
BESIDE = "write later: 5.000 beside allocations"
MAY_BE_BLANK = {"anyOf": [*AMOUNT["anyOf"], {"type": "null"}, {"const": ""}]}
MAY_BE_TBC = {
    "anyOf": [*MAY_BE_BLANK["anyOf"], {"type": "string", "pattern": "^[Tt][Bb][Cc]$"}],
    "examples": [-573, TBC],
}
MAY_BE_UNSTATED = {"type": ["number", "string", "null"]}


def by_year_schema(one: dict[str, Any]) -> dict[str, Any]:
    """The schema of a mapping by year.

    Args:
        one: the schema of each of its values.
    """
    return {
        "type": "object",
        "patternProperties": {YEAR["pattern"]: one},
        "additionalProperties": False,
    }


FTE_AMOUNT: dict[str, Any] = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^\(?[-+−–]?[0-9][0-9,]*(\.[0-9]{1,2})?\)?$"},
        {"enum": ["-", "–", "—"]},
        {"type": "null"},
        {"const": ""},
    ],
    "examples": [-3.5, "(12.25)"],
}
Money = Annotated[Figure, Written(_one, MAY_BE_BLANK)]
Income = Annotated[Figure, Written(_income, MAY_BE_BLANK)]
StatedMoney = Annotated[StatedFigure, Written(_one_stated, MAY_BE_UNSTATED)]
MoneyByYear = Annotated[
    Mapping[FinancialYear, Figure], Written(by_year(figure), by_year_schema(MAY_BE_BLANK))
]
MoneyByPeriod = Annotated[
    Mapping[Period, Figure],
    Written(
        _by_period,
        {
            "type": "object",
            "properties": {LATER: MAY_BE_BLANK},
            "patternProperties": {YEAR["pattern"]: MAY_BE_BLANK},
            "additionalProperties": False,
        },
    ),
]
BeforeByYear = Annotated[
    Mapping[FinancialYear, Figure],
    Written(
        _before,
        {
            "description": "Its changes in years before the plan: in no total of it.",
            **by_year_schema(MAY_BE_BLANK),
        },
    ),
]
FteByYear = Annotated[
    Mapping[FinancialYear, Figure],
    Written(
        by_year(_fte),
        {
            "description": "Full-time equivalents: the change of each year, plus is more posts.",
            **by_year_schema(FTE_AMOUNT),
        },
    ),
]
MoneyOrTbcByYear = Annotated[
    Mapping[FinancialYear, Figure],
    Written(by_year(figure, may_be_tbc=True), by_year_schema(MAY_BE_TBC)),
]
UnknownByYear = Annotated[Mapping[FinancialYear, Place], Written(_unknown_by_year, None)]
