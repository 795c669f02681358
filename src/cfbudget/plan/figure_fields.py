"""Field types for figures: one amount, amounts by year, and printed totals."""

from collections.abc import Callable, Container, Mapping
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.ids import did_you_mean, id_of
from cfbudget.money import LARGEST, UNITS, Amount, is_not_stated, parse_amount, parse_fte
from cfbudget.nodes import MappingNode, Node, Scalar
from cfbudget.plan.field_context import Reading, comma_hint, reading_of
from cfbudget.plan.text_fields import TEXT, YEAR
from cfbudget.plan.values import (
    LATER,
    TBC,
    Figure,
    Measure,
    Period,
    Stated,
    StatedFigure,
    is_tbc,
)
from cfbudget.plan.written_field import Written
from cfbudget.problem import Place, Refusal, clipped
from cfbudget.years import FinancialYear, parse_year


def _amount(text: str, place: Place, reading: Reading) -> Amount:
    """The amount in the file's unit; where that is not known, whether any unit would do."""
    units = [reading.unit] if reading.unit else [*UNITS.values()]
    amounts = [parse_amount(text, unit) for unit in units]
    for amount in amounts:
        if not isinstance(amount, Refusal):
            return amount
    refusal = amounts[0]
    if isinstance(refusal, Refusal):
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
    return Figure(*_amount(value.text, value.place, reading), value.place)


def stated_figure(node: Node, reading: Reading) -> StatedFigure:
    """One printed total. A blank, n/a, a full stop or words state nothing."""
    value = reading.scalar(node, "a stated amount")
    if value is None or is_not_stated(value.text):
        return StatedFigure(None, _step_of_nil(reading), node.place)
    return StatedFigure(*_amount(value.text, value.place, reading), value.place)


def _step_of_nil(reading: Reading) -> int:
    return reading.unit.pence if reading.unit else LARGEST


def year_key(
    text: str, node: MappingNode, reading: Reading, seen: Container[object]
) -> FinancialYear | None:
    """A key as a year of the plan, or None and a problem."""
    place = node.keys_at[text]
    year = parse_year(text)
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
    return not node.text.strip() or (may_be_tbc and is_tbc(node.text))


def _unknown_by_year(node: Node, info: ValidationInfo) -> Mapping[FinancialYear, Place]:
    """The years of the same mapping whose amounts are not known yet; its problems are told."""
    written = node.items() if isinstance(node, MappingNode) else ()
    found: dict[FinancialYear, Place] = {}
    for key, value in written:
        year = parse_year(key)
        if isinstance(value, Scalar) and is_tbc(value.text) and not isinstance(year, Refusal):
            found[year] = value.place
    return MappingProxyType(found)


def _one(node: Node, info: ValidationInfo) -> Figure:
    return figure(node, reading_of(info))


def _income(node: Node, info: ValidationInfo) -> Figure:
    return _with_our_sign(_one(node, info), reading_of(info))


Either = TypeVar("Either", Figure, StatedFigure)


def _with_our_sign(printed: Either, reading: Reading) -> Either:
    """An income as everywhere, minus, where its file prints it as plus."""
    if not reading.income_is_plus or not printed.pence:
        return printed
    return printed._replace(pence=-printed.pence)


def _one_stated(node: Node, info: ValidationInfo) -> StatedFigure:
    return stated_figure(node, reading_of(info))


def _fte(node: Node, reading: Reading) -> Figure:
    """Full-time equivalents, in hundredths."""
    value = reading.scalar(node, "full-time equivalents")
    return Figure(*_fte_amount(value, reading), node.place)


def _fte_amount(value: Scalar | None, reading: Reading) -> Amount:
    amount = parse_fte(value.text) if value else Amount(0, 100)
    if value is None or not isinstance(amount, Refusal):
        return Amount(0, 100) if isinstance(amount, Refusal) else amount
    reading.report(rules.NOT_AN_AMOUNT, value.place, amount.reason, amount.hint)
    return Amount(0, 100)


NET_BUDGET, OF_POSTS = "net_budget", "fte"


def _stated(
    words: tuple[Measure, ...], *, years: bool, besides: tuple[str, ...] = ()
) -> Callable[[Node, ValidationInfo], Stated]:
    """A validator of printed totals: a label, the measures in `words`, and years if any.

    Args:
        besides: what else may be stated by year: net budgets, full-time equivalents.
    """
    known = ("label", *words, *besides)
    measures: dict[str, Measure] = {word: word for word in words}
    listed = ", ".join([*known, *(["a year"] if years else [])])

    def read(node: Node, info: ValidationInfo) -> Stated:
        reading = reading_of(info)
        printed = reading.mapping(node, "stated totals", f"{{{words[-1]}: 1234}}")
        label: str | None = None
        figures: dict[Measure | FinancialYear, StatedFigure] = {}
        net_budgets: Mapping[FinancialYear, StatedFigure] = MappingProxyType({})
        fte: Mapping[FinancialYear | None, StatedFigure] = MappingProxyType({})
        if printed is None:
            return Stated(label, figures, node.place)
        for key, value in printed.items():
            if key == "label":
                text = reading.scalar(value, "a label")
                label = text.text.strip() or None if text else None
            elif measure := measures.get(key):
                total = stated_figure(value, reading)
                figures[measure] = _with_our_sign(total, reading) if measure == "income" else total
            elif key == NET_BUDGET in besides:
                net_budgets = _stated_by_year(value, reading)
            elif key == OF_POSTS in besides:
                fte = _stated_fte(value, reading)
            elif years and any(character.isdigit() for character in key):
                if year := year_key(key, printed, reading, figures):
                    figures[year] = stated_figure(value, reading)
            else:
                hint = did_you_mean(key, known, f"stated here may have {listed}")
                place, message = printed.keys_at[key], f"unknown key {clipped(key)!r}"
                reading.report(rules.UNKNOWN_KEY, place, message, comma_hint(key) or hint)
        return Stated(label, MappingProxyType(figures), node.place, net_budgets, fte)

    return read


def _stated_by_year(node: Node, reading: Reading) -> Mapping[FinancialYear, StatedFigure]:
    """Printed figures of one measure, by year."""
    found: dict[FinancialYear, StatedFigure] = {}
    printed = reading.mapping(node, "stated figures by year", "{2024-25: 1234}")
    for key, value in printed.items() if printed else ():
        if printed and (year := year_key(key, printed, reading, found)):
            found[year] = stated_figure(value, reading)
    return MappingProxyType(found)


def _stated_fte(node: Node, reading: Reading) -> Mapping[FinancialYear | None, StatedFigure]:
    """Printed full-time equivalents by year and, under `total`, of all years."""
    found: dict[FinancialYear | None, StatedFigure] = {}
    printed = reading.mapping(node, "full-time equivalents by year", "{2024-25: -3.5}")
    for key, value in printed.items() if printed else ():
        year = year_key(key, printed, reading, found) if printed and key != "total" else None
        if year is None and key != "total":
            continue
        text = reading.scalar(value, "stated full-time equivalents")
        if text is None or is_not_stated(text.text):
            found[year] = StatedFigure(None, 100, value.place)
        else:
            found[year] = StatedFigure(*_fte_amount(text, reading), text.place)
    return MappingProxyType(found)


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


def _stated_schema(
    words: tuple[Measure, ...], *, years: bool, besides: tuple[str, ...] = ()
) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {"label": TEXT, **dict.fromkeys(words, MAY_BE_UNSTATED)},
        "additionalProperties": False,
    }
    by_year = {YEAR["pattern"]: MAY_BE_UNSTATED}
    if years:
        schema["patternProperties"] = by_year
    schema["properties"] |= {key: STATED_BESIDES[key] for key in besides}
    return schema


STATED_BESIDES: dict[str, dict[str, Any]] = {
    NET_BUDGET: {
        "type": "object",
        "description": "The net budget that each year comes to, as the plan prints it.",
        "patternProperties": {YEAR["pattern"]: MAY_BE_UNSTATED},
        "additionalProperties": False,
    },
    OF_POSTS: {
        "type": "object",
        "description": "Full-time equivalents by year and in total, as the plan prints them.",
        "properties": {"total": MAY_BE_UNSTATED},
        "patternProperties": {YEAR["pattern"]: MAY_BE_UNSTATED},
        "additionalProperties": False,
    },
}
"""The schema of what may be stated besides, by its key."""


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
REVENUE: tuple[Measure, ...] = ("gross", "income", "net")
PROGRAMME: tuple[Measure, ...] = ("later", "programme", "under_development", "total")
FINANCED: tuple[Measure, ...] = ("later", "programme")
TOTAL: tuple[Measure, ...] = ("total",)

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
StatedFinanced = Annotated[
    Stated, Written(_stated(FINANCED, years=True), _stated_schema(FINANCED, years=True))
]
MoneyOrTbcByYear = Annotated[
    Mapping[FinancialYear, Figure],
    Written(by_year(figure, may_be_tbc=True), by_year_schema(MAY_BE_TBC)),
]
UnknownByYear = Annotated[Mapping[FinancialYear, Place], Written(_unknown_by_year, None)]
StatedRevenue = Annotated[
    Stated, Written(_stated(REVENUE, years=False), _stated_schema(REVENUE, years=False))
]
StatedProgramme = Annotated[
    Stated, Written(_stated(PROGRAMME, years=True), _stated_schema(PROGRAMME, years=True))
]
StatedGroupTotals = Annotated[
    Stated,
    Written(
        _stated(TOTAL, years=True, besides=(OF_POSTS,)),
        _stated_schema(TOTAL, years=True, besides=(OF_POSTS,)),
    ),
]
StatedOptions = Annotated[
    Stated,
    Written(
        _stated(TOTAL, years=True, besides=(NET_BUDGET, OF_POSTS)),
        _stated_schema(TOTAL, years=True, besides=(NET_BUDGET, OF_POSTS)),
    ),
]
