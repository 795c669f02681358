"""Field types of funding and reserves: tax bases, Band D, printed figures by year, floors."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.ids import did_you_mean
from cfbudget.money import POUNDS, parse_amount, parse_count
from cfbudget.nodes import Node
from cfbudget.plan.field_context import Reading, comma_hint, reading_of
from cfbudget.plan.figure_fields import (
    AMOUNT,
    MAY_BE_UNSTATED,
    by_year,
    by_year_schema,
    figure,
    stated_figure,
    year_key,
)
from cfbudget.plan.text_fields import TEXT, choice
from cfbudget.plan.values import Figure, Floor, Measure, StatedByYear, StatedFigure
from cfbudget.plan.written_field import Written
from cfbudget.problem import Refusal, clipped
from cfbudget.years import FinancialYear

FundingKind = Literal["funding", "cash_limit"]
KINDS_OF_FUNDING: dict[str, FundingKind] = {"funding": "funding", "cash-limit": "cash_limit"}

# A share of the net budget: 5%, 2.5 %.
SHARE = re.compile(r"(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,6}))?\s*%", re.ASCII)


def _tax_base(node: Node, reading: Reading) -> Figure:
    """A count of dwellings as Band D, in hundredths."""
    value = reading.scalar(node, "a tax base")
    count = parse_count(value.text) if value else None
    if value is None or count is None:
        return Figure(0, 100, node.place)
    if isinstance(count, Refusal):
        reading.report(rules.NOT_AN_AMOUNT, value.place, count.reason, count.hint)
        return Figure(0, 100, value.place)
    return Figure(*count, value.place)


def _band_d(node: Node, reading: Reading) -> Figure:
    """A council tax at Band D, in pence: it is in pounds whatever the file's unit."""
    value = reading.scalar(node, "a Band D council tax")
    if value is None:
        return Figure(0, 1, node.place)
    amount = parse_amount(value.text, POUNDS)
    if not isinstance(amount, Refusal) and amount.pence < 0:
        amount = Refusal(f"a Band D of {value.text.strip()!r}", "it is plus: write 1712.93")
    if isinstance(amount, Refusal):
        hint = "Band D is in pounds, whatever the file's unit: write 1712.93"
        reading.report(rules.NOT_AN_AMOUNT, value.place, amount.reason, hint)
        return Figure(0, 1, value.place)
    return Figure(*amount, value.place)


def _stated_by_year(words: Mapping[str, Measure]) -> Callable[[Node, ValidationInfo], StatedByYear]:
    """A validator of printed figures, each measure of them by year.

    Args:
        words: the measures by the words that the file uses.
    """
    known = ("label", *words)

    def read(node: Node, info: ValidationInfo) -> StatedByYear:
        reading = reading_of(info)
        example = f"{{{next(iter(words))}: {{2024-25: 1234}}}}"
        printed = reading.mapping(node, "stated figures", example)
        label: str | None = None
        figures: dict[tuple[Measure, FinancialYear], StatedFigure] = {}
        for key, value in printed.items() if printed is not None else ():
            if key == "label":
                text = reading.scalar(value, "a label")
                label = text.text.strip() or None if text else None
            elif measure := words.get(key):
                for year, figure_of in _years_stated(value, key, reading).items():
                    figures[measure, year] = figure_of
            elif printed is not None:
                hint = did_you_mean(key, known, f"stated here may have {', '.join(known)}")
                place, message = printed.keys_at[key], f"unknown key {clipped(key)!r}"
                reading.report(rules.UNKNOWN_KEY, place, message, comma_hint(key) or hint)
        return StatedByYear(label, MappingProxyType(figures), node.place)

    return read


def _years_stated(node: Node, key: str, reading: Reading) -> Mapping[FinancialYear, StatedFigure]:
    found: dict[FinancialYear, StatedFigure] = {}
    printed = reading.mapping(node, f"{key} by year", "{2024-25: 1234}")
    for text, value in printed.items() if printed is not None else ():
        year = year_key(text, printed, reading, found) if printed is not None else None
        if year:
            found[year] = _stated_one(value, key, reading)
    return found


def _stated_one(node: Node, key: str, reading: Reading) -> StatedFigure:
    """A printed figure; a Band D is in pounds, as everywhere."""
    if key != "band_d":
        return stated_figure(node, reading)
    return stated_figure(node, Reading(reading.file, POUNDS, problems=reading.problems))


def _floor(node: Node, info: ValidationInfo) -> Floor:
    reading = reading_of(info)
    value = reading.scalar(node, "a floor")
    if value is None:
        return Floor(None, None, node.place)
    match = SHARE.fullmatch(value.text.strip())
    if match is None:
        return Floor(figure(value, reading), None, value.place)
    part = match["part"] or ""
    share = Fraction(int(match["whole"] + part), 100 * 10 ** len(part))
    if share > 1:
        message = f"a floor of {value.text.strip()} of the net budget"
        reading.report(rules.NOT_AN_AMOUNT, value.place, message, "write 5%, or an amount")
    return Floor(None, share, value.place)


FUNDING_WORDS: dict[str, Measure] = {
    word: word
    for word in (
        "total",
        "gap_before_reserves",
        "reserves_used",
        "gap",
        "annual_gap",
        "over_cash_limit",
    )
}
LINE_WORDS: dict[str, Measure] = {"amount": "amount", "band_d": "band_d"}
RESERVE_WORDS: dict[str, Measure] = {
    "opening": "opening",
    "contributions": "contribution",
    "draws": "draw",
    "closing": "closing",
}
COUNT: dict[str, Any] = {
    "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": r"^([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?$"},
        {"type": "null"},
    ],
    "examples": [98210.4],
}
POUNDS_AND_PENCE: dict[str, Any] = {
    "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": r"^£?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?$"},
        {"type": "null"},
    ],
    "examples": [1712.93],
}


def _stated_by_year_schema(words: Mapping[str, Measure]) -> dict[str, Any]:
    years = by_year_schema(MAY_BE_UNSTATED)
    return {
        "type": "object",
        "properties": {"label": TEXT, **dict.fromkeys(words, years)},
        "additionalProperties": False,
    }


TaxBaseByYear = Annotated[
    Mapping[FinancialYear, Figure], Written(by_year(_tax_base), by_year_schema(COUNT))
]
BandDByYear = Annotated[
    Mapping[FinancialYear, Figure], Written(by_year(_band_d), by_year_schema(POUNDS_AND_PENCE))
]
FundingKindField = Annotated[
    FundingKind,
    Written(
        choice(KINDS_OF_FUNDING, "a kind of funding"),
        {"enum": ["funding", "cash_limit", "cash-limit", "cash limit"]},
    ),
]
FloorField = Annotated[
    Floor,
    Written(
        _floor,
        {"anyOf": [*AMOUNT["anyOf"], {"type": "string", "pattern": r"^[0-9.]+\s*%$"}]},
    ),
]
StatedFunding = Annotated[
    StatedByYear, Written(_stated_by_year(FUNDING_WORDS), _stated_by_year_schema(FUNDING_WORDS))
]
StatedLine = Annotated[
    StatedByYear, Written(_stated_by_year(LINE_WORDS), _stated_by_year_schema(LINE_WORDS))
]
StatedReserves = Annotated[
    StatedByYear, Written(_stated_by_year(RESERVE_WORDS), _stated_by_year_schema(RESERVE_WORDS))
]
