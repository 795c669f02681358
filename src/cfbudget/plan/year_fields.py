"""Field types for financial years: one, a list of them, and those that a plan spans."""

from typing import Annotated, Any

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.nodes import ListNode, Node, Scalar
from cfbudget.plan.field_context import Reading, reading_of, shape_of
from cfbudget.plan.values import YearWord
from cfbudget.plan.written_field import Written
from cfbudget.problem import Refusal, clipped
from cfbudget.years import FinancialYear, parse_year

YEAR: dict[str, Any] = {
    "type": "string",
    "pattern": r"^((19|20|21)[0-9]{2}|[0-9]{2})[-/–]([0-9]{4}|[0-9]{2})$",
    "examples": ["2024-25"],
}


def _year_word(node: Node, reading: Reading) -> YearWord | None:
    value = reading.scalar(node, "a financial year")
    if value is None:
        return None
    year = parse_year(value.text)
    if isinstance(year, Refusal):
        reading.report(rules.NOT_A_YEAR, value.place, year.reason, year.hint)
        return None
    return YearWord(year, value.place)


def _year(node: Node, info: ValidationInfo) -> YearWord:
    return _year_word(node, reading_of(info)) or YearWord(FinancialYear(0), node.place)


def _years(node: Node, info: ValidationInfo) -> tuple[YearWord, ...]:
    reading = reading_of(info)
    field = info.field_name or ""
    if not isinstance(node, ListNode):
        message = f"{shape_of(node)} stands in place of a list of years"
        reading.report(rules.WRONG_SHAPE, node.place, message, _list_of_years(node, field))
        reading.spoilt.add(field)
        return ()
    words = [_year_word(item, reading) for item in node]
    found = tuple(word for word in words if word is not None)
    if len(found) < len(words):
        reading.spoilt.add(field)
    return found


def _list_of_years(node: Node, field: str) -> str:
    """What to write in place of a value: itself as a list, where it is made of years."""
    written = node.text if isinstance(node, Scalar) else ""
    if not any(isinstance(parse_year(part), Refusal) for part in written.split(",")):
        return f"write [{clipped(written)}]"
    none = ", or [] for none" if field == "contains_options_of" else ""
    return f"write each year: [2024-25, 2025-26]{none}"


Year = Annotated[YearWord, Written(_year, YEAR)]
Years = Annotated[
    tuple[YearWord, ...], Written(_years, {"type": "array", "items": YEAR, "uniqueItems": True})
]
PlanYears = Annotated[
    tuple[YearWord, ...],
    Written(_years, {"type": "array", "items": YEAR, "uniqueItems": True, "minItems": 1}),
]
