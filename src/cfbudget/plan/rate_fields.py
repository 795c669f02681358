"""Field types of assumptions: rates by year, what they are of, and named amounts of a budget."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.ids import ID, LONGEST, RESERVED, id_of
from cfbudget.money import NIL
from cfbudget.nodes import Node, Scalar
from cfbudget.plan.field_context import Reading, reading_of
from cfbudget.plan.figure_fields import AMOUNT, by_year_schema, figure, year_key
from cfbudget.plan.text_fields import ID_TEXT
from cfbudget.plan.values import Figure, Word, Worked, WrittenRate, is_tbc
from cfbudget.plan.written_field import Written
from cfbudget.problem import Refusal, clipped
from cfbudget.shares import parse_share
from cfbudget.years import FinancialYear

MEASURES = ("gross", "income", "net")
WORKED = "\0worked"
"""A key that no YAML file can hold: the working of an assumption is no field of its file."""
NO_NAMES = frozenset({*MEASURES, *RESERVED})


def parse_rate(text: str) -> Fraction | Refusal:
    """A rate as it is written: 3%, 2.5%, -1%; nil is 0%, 0 or a dash."""
    written = text.strip()
    if is_tbc(written):
        return Refusal("a rate cannot be tbc", "write an estimate, and try others in a scenario")
    if written in NIL:
        return Fraction(0)
    share = parse_share(written)
    if isinstance(share, Refusal) and share.reason.endswith("is not a share"):
        return Refusal(f"{clipped(written)!r} is not a rate", "write a rate such as 3% or 2.5%")
    if isinstance(share, Refusal):
        return share
    rate = Fraction(share.numerator, share.denominator)
    if rate <= -1:
        return Refusal(f"a rate of {written} leaves nothing", "write a rate above -100%")
    return rate


def _rates(node: Node, info: ValidationInfo) -> Mapping[FinancialYear, WrittenRate]:
    """Rates by year; a year that is left blank has none."""
    reading = reading_of(info)
    found: dict[FinancialYear, WrittenRate] = {}
    seen: set[FinancialYear] = set()
    before = len(reading.problems)
    rates = reading.mapping(node, "rates by year", "{2025-26: 3%}")
    for key, value in rates.items() if rates is not None else ():
        year = year_key(key, rates, reading, seen) if rates is not None else None
        if year is None:
            continue
        seen.add(year)
        if rate := _rate(value, reading):
            found[year] = rate
    if len(reading.problems) > before:
        reading.spoilt.add("rates")
    return MappingProxyType(found)


def _rate(node: Node, reading: Reading) -> WrittenRate | None:
    value = reading.scalar(node, "a rate")
    if value is None or not value.text.strip():
        return None
    rate = parse_rate(value.text)
    if isinstance(rate, Refusal):
        reading.report(rules.NOT_A_RATE, value.place, rate.reason, rate.hint)
        return None
    return WrittenRate(rate, value.place)


def _base(node: Node, info: ValidationInfo) -> Word:
    """What rates are of: SERVICE.gross, total.net, or a named amount."""
    reading = reading_of(info)
    value = reading.scalar(node, "what the rates are of")
    if value is not None and not value.text.strip():
        message, hint = "it is not said what the rates are of", "write of: a-service.gross"
        reading.report(rules.WRONG_SHAPE, value.place, message, hint)
    return Word(value.text.strip() if value else "", node.place)


def _named_amounts(node: Node, info: ValidationInfo) -> Mapping[str, Figure]:
    """Amounts by their names, each an id that no measure has."""
    reading = reading_of(info)
    found: dict[str, Figure] = {}
    amounts = reading.mapping(node, "named amounts", "{employees: 41000}")
    for name, value in amounts.items() if amounts is not None else ():
        assert amounts is not None  # else there is no name
        place = amounts.keys_at[name]
        if name in NO_NAMES:
            message, hint = f"the name {name!r} is taken", "give the amount a name of its own"
            reading.report(rules.BAD_ID, place, message, hint)
        elif len(name) > LONGEST or not ID.fullmatch(name):
            message = f"{clipped(name)!r} is not a name of an amount"
            hint = f"write {clipped(id_of(name) or 'employees')}"
            reading.report(rules.BAD_ID, place, message, hint)
        elif isinstance(value, Scalar) and not value.text.strip():
            message = f"the amount of {name!r} is missing"
            reading.report(rules.NOT_AN_AMOUNT, place, message, "write it, or 0 for nil")
        else:
            found[name] = figure(value, reading)
    return MappingProxyType(found)


def _worked(value: tuple[Worked, ...], info: ValidationInfo) -> tuple[Worked, ...]:
    return value


RATE: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": r"^[-+−–]?[0-9]{1,4}(\.[0-9]{1,6})?\s*%$"},
        {"enum": [0, "-", "–", "—"]},
    ],
    "examples": ["3%", "2.5%"],
}
RatesByYear = Annotated[
    Mapping[FinancialYear, WrittenRate],
    Written(
        _rates,
        {"description": "Of each year of the plan; they compound.", **by_year_schema(RATE)},
    ),
]
BaseField = Annotated[
    Word,
    Written(
        _base,
        {
            "type": "string",
            "pattern": r"^[a-z0-9/-]+(\.[a-z0-9-]+)?$",
            "description": "SERVICE.gross, .income or .net, or a named amount of the budget.",
            "examples": ["education.gross", "employees"],
        },
    ),
]
NamedAmounts = Annotated[
    Mapping[str, Figure],
    Written(
        _named_amounts,
        {
            "type": "object",
            "description": "Parts of the gross (plus) or income (minus), which are never added.",
            "propertyNames": {**ID_TEXT, "not": {"enum": sorted(NO_NAMES)}},
            "additionalProperties": AMOUNT,
        },
    ),
]
WorkedField = Annotated[tuple[Worked, ...], Written(_worked, schema=None)]
