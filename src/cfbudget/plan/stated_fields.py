"""Field types for printed totals: by measure and year, net budgets and full-time equivalents."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.ids import did_you_mean
from cfbudget.money import is_not_stated
from cfbudget.nodes import Node
from cfbudget.plan.field_context import Reading, comma_hint, reading_of
from cfbudget.plan.figure_fields import (
    MAY_BE_UNSTATED,
    fte_amount,
    stated_figure,
    with_our_sign,
    year_key,
)
from cfbudget.plan.text_fields import TEXT
from cfbudget.plan.values import Measure, Stated, StatedFigure
from cfbudget.plan.written_field import Written
from cfbudget.plan.year_fields import YEAR
from cfbudget.problem import clipped
from cfbudget.years import FinancialYear

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
                figures[measure] = with_our_sign(total, reading) if measure == "income" else total
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
            found[year] = StatedFigure(*fte_amount(text, reading), text.place)
    return MappingProxyType(found)


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


REVENUE: tuple[Measure, ...] = ("gross", "income", "net")
PROGRAMME: tuple[Measure, ...] = ("later", "programme", "under_development", "total")
FINANCED: tuple[Measure, ...] = ("later", "programme")
TOTAL: tuple[Measure, ...] = ("total",)

StatedFinanced = Annotated[
    Stated, Written(_stated(FINANCED, years=True), _stated_schema(FINANCED, years=True))
]
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
