"""The shape of a scenario's file, as frozen Pydantic models.

What an amount is worth depends on what it is set for, so that amounts stay words here.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

from pydantic import ConfigDict, Field, ValidationInfo

from cfbudget import rules
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.plan.field_context import comma_hint, reading_of, shape_of
from cfbudget.plan.figure_fields import MAY_BE_BLANK
from cfbudget.plan.files import Option
from cfbudget.plan.financing import SOURCES
from cfbudget.plan.mapped_model import Mapped
from cfbudget.plan.text_fields import TEXT, Name, Note, Pointer, Switch
from cfbudget.plan.values import LATER, Word, YearWord
from cfbudget.plan.written_field import Written
from cfbudget.plan.year_fields import YEAR, Year
from cfbudget.problem import Refusal, clipped
from cfbudget.years import FinancialYear, parse_year


class WrittenAmount(NamedTuple):
    """An amount as a scenario writes it for a year, or for what is later than all years: None."""

    year: YearWord | None
    amount: Word


To = Word | tuple[WrittenAmount, ...]
"""One amount, or a year; or amounts by year."""


def _value(what: str) -> Callable[[Node, ValidationInfo], Word]:
    """A validator that takes one value as it is written; empty where it is a list or mapping."""

    def read(node: Node, info: ValidationInfo) -> Word:
        value = reading_of(info).scalar(node, what)
        return Word(value.text.strip() if value else "", node.place)

    return read


def _by_year(node: Node, info: ValidationInfo) -> tuple[WrittenAmount, ...]:
    reading = reading_of(info)
    found: dict[FinancialYear, WrittenAmount] = {}
    later: tuple[WrittenAmount, ...] = ()
    amounts = reading.mapping(node, "amounts by year", "{2025-26: 1234}")
    for key, value in (amounts or MappingNode(node.place)).items():
        assert amounts is not None  # else there is no key
        place, year = amounts.keys_at[key], parse_year(key)
        if key == LATER:
            if amount := reading.scalar(value, "an amount"):
                later = (WrittenAmount(None, Word(amount.text, amount.place)),)
        elif isinstance(year, Refusal):
            hint = comma_hint(key) or year.hint
            reading.report(rules.NOT_A_YEAR, place, year.reason, hint)
        elif year in found:
            hint = "delete one of them"
            reading.report(rules.REPEATED_YEAR, place, f"{year} stands twice", hint)
        elif amount := reading.scalar(value, "an amount"):
            found[year] = WrittenAmount(YearWord(year, place), Word(amount.text, amount.place))
    return (*found.values(), *later)


def _to(node: Node, info: ValidationInfo) -> To:
    if isinstance(node, Scalar):
        return Word(node.text.strip(), node.place)
    return _by_year(node, info)


def _included(node: Node, info: ValidationInfo) -> tuple[Word, ...]:
    reading = reading_of(info)
    if not isinstance(node, ListNode):
        message = f"{shape_of(node)} stands in place of a list of files"
        written = node.text if isinstance(node, Scalar) and node.text else "another.yaml"
        reading.report(rules.WRONG_SHAPE, node.place, message, f"write [{clipped(written)}]")
        return ()
    values = [reading.scalar(item, "a file") for item in node]
    return tuple(Word(value.text.strip(), value.place) for value in values if value)


Target = Annotated[Word, Written(_value("an id"), TEXT)]
SHARE = {"type": "string", "pattern": r"^[-+−–]?[0-9]{1,4}(\.[0-9]{1,6})?\s*%$"}
OF_A_COUNCIL = ("amount", "tax_base", "band_d", "rise", "draw")
"""What may be set of a funding line or of a reserve."""
MEASURES = (
    *("gross", "income", "net", "allocation", "under_development", LATER, "fte", *SOURCES),
    *OF_A_COUNCIL,
)
BY_YEAR = {
    "type": "object",
    "properties": {LATER: MAY_BE_BLANK},
    "patternProperties": {YEAR["pattern"]: {"anyOf": [*MAY_BE_BLANK["anyOf"], SHARE]}},
    "additionalProperties": False,
    "minProperties": 1,
}
WrittenAmounts = Annotated[tuple[WrittenAmount, ...], Written(_by_year, BY_YEAR)]
Toward = Annotated[To, Written(_to, {"anyOf": [*MAY_BE_BLANK["anyOf"], YEAR, BY_YEAR]})]


class AddedOption(Option):
    """A new option of a trial, and the service that it belongs to."""

    service: Pointer


class Operator(NamedTuple):
    """Which other keys a change must have, and which it may."""

    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        "set": Operator(("to",), ("measure", "year")),
        "delay": Operator(("years",), ("from",)),
        "deliver": Operator(("share",), ("from",)),
        "drop": Operator((), ("from",)),
        "add": Operator(),
        "uplift": Operator(("measure", "by"), ("from", "yearly")),
        "reprofile": Operator(("from", "to", "amount")),
        "bring_in": Operator(("allocations",)),
    }
)
"""What a scenario can do, by the key that says so."""


def _one_operator() -> dict[str, Any]:
    """The JSON Schema of the same: one operator, with its own keys and no others."""
    others = {key for needs, takes in OPERATORS.values() for key in (*needs, *takes)}
    shapes = []
    for name, (needs, takes) in OPERATORS.items():
        spare = sorted((set(OPERATORS) - {name}) | (others - {*needs, *takes}))
        none = {"anyOf": [{"required": [key]} for key in spare]}
        shapes.append({"required": [name, *needs], "not": none})
    return {"oneOf": shapes}


class WrittenChange(Mapped):
    """One change: an operator with what it is aimed at, and what that operator takes."""

    model_config = ConfigDict(json_schema_extra=_one_operator())
    last_keys = ("why",)

    set: Target | None = None
    delay: Target | None = None
    deliver: Target | None = None
    drop: Target | None = None
    add: AddedOption | None = None
    uplift: Target | None = None
    reprofile: Target | None = None
    bring_in: Target | None = None
    to: Toward | None = None
    measure: Annotated[Word, Written(_value("a measure"), {"enum": list(MEASURES)})] | None = None
    year: Year | None = None
    since: Annotated[Year | None, Field(validation_alias="from")] = None
    years: (
        Annotated[Word, Written(_value("a number of years"), {"type": "integer", "minimum": 1})]
        | None
    ) = None
    share: Annotated[Word, Written(_value("a share"), SHARE)] | None = None
    by: Annotated[Word, Written(_value("a share"), SHARE)] | None = None
    yearly: Switch = False
    amount: Annotated[Word, Written(_value("an amount"), MAY_BE_BLANK)] | None = None
    allocations: WrittenAmounts | None = None
    why: Note | None = None


class ReadChange(NamedTuple):
    """A change as it was read, and the node that it was read from."""

    change: WrittenChange
    node: MappingNode


class ScenarioFile(Mapped):
    """A scenario: changes to a plan under a name, after those of the files it includes."""

    name: Name
    note: Note | None = None
    changes: tuple[WrittenChange, ...] = ()
    include: Annotated[tuple[Word, ...], Written(_included, {"type": "array", "items": TEXT})] = ()
