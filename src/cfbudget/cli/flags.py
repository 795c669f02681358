"""Changes as they are typed on a command line, each as the node that a file would hold.

`--set an-option@2024-25=-400` is `{set: an-option, to: {2024-25: -400}}`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import typer

from cfbudget.problem import COMMAND_LINE

if TYPE_CHECKING:
    from cfbudget.nodes import MappingNode, Node

WHERE = COMMAND_LINE
MEASURES = (
    "gross|income|net|allocation|under_development|later|fte|"
    "grants|contributions|receipts|revenue|borrowing|"
    "amount|tax_base|band_d|rise|draw"
)


class Form(NamedTuple):
    """How a flag's value is written: a pattern with named parts, and an example."""

    pattern: str
    example: str


TARGET, YEAR = r"(?P<target>[^@=]+?)", r"(?P<from>[^@=]+)"
FORMS: Mapping[str, Form] = {
    "set": Form(
        rf"{TARGET}(?:\.(?P<measure>{MEASURES}))?(?:@{YEAR})?=(?P<to>.+)",
        "personal-travel-budgets@2024-25=-400, or education.gross=112500",
    ),
    "delay": Form(rf"{TARGET}=(?P<years>[^@]+)(?:@{YEAR})?", "an-option=1"),
    "deliver": Form(
        rf"{TARGET}=(?P<share>[^@]+)(?:@{YEAR})?", "an-option=60% or saving=75%@2025-26"
    ),
    "drop": Form(rf"{TARGET}(?:@{YEAR})?", "an-option or an-option@2025-26"),
    "uplift": Form(
        rf"{TARGET}\.(?P<measure>\w+)=(?P<by>[^@,]+)(?:@(?P<from>[^@=,]+))?(?P<yearly>,yearly)?",
        "education.gross=2%@2025-26 or education.gross=2%@2025-26,yearly or total.net=2%",
    ),
    "reprofile": Form(
        rf"{TARGET}@(?P<from>[^@=]+?)\.\.(?P<to>[^@=]+)=(?P<amount>.+)",
        "school-basic-need@2024-25..2025-26=2.0",
    ),
    "bring_in": Form(rf"{TARGET}@{YEAR}=(?P<amount>.+)", "pupil-referral-unit@2025-26=3.203"),
}
"""By the operator that a flag writes."""


class Typed(NamedTuple):
    """The changes typed, and the lines in which problems show them."""

    changes: "tuple[MappingNode, ...]"
    text: str


def typed(given: Mapping[str, Iterable[str] | None]) -> Typed:
    """The changes of flags, in the order of the operators.

    Raises:
        typer.BadParameter: one is not written as it should; this ends the command with 2.
    """
    changes: list[MappingNode] = []
    lines: list[str] = []
    for operator, values in given.items():
        for value in values or ():
            flag = f"--{operator.replace('_', '-')}"
            lines.append(f"{flag} {value}")
            changes.append(_change(operator, value, len(lines), len(flag) + 1))
    return Typed(tuple(changes), "\n".join(lines))


def _change(operator: str, value: str, line: int, before: int) -> "MappingNode":
    from cfbudget.nodes import MappingNode, Scalar
    from cfbudget.problem import Place

    form = FORMS[operator]
    match = re.fullmatch(form.pattern, value)
    if match is None:
        flag = f"--{operator.replace('_', '-')}"
        raise typer.BadParameter(
            f"{value!r} cannot be read: write {form.example}", param_hint=f"'{flag}'"
        )
    change = MappingNode(Place(WHERE, line, before + 1, len(value)))

    def put(into: MappingNode, key: str, node: "Node") -> None:
        into[key], into.keys_at[key] = node, node.place

    def part(name: str) -> Scalar:
        place = Place(WHERE, line, before + match.start(name) + 1, len(match[name]))
        return Scalar(match[name].strip(), place)

    put(change, operator, part("target"))
    found = {name for name, text in match.groupdict().items() if text is not None} - {"target"}
    amount = {"set": "to", "bring_in": "amount"}.get(operator)
    if amount and "from" in found and not ("measure" in found and match["measure"] in BUDGET):
        by_year = MappingNode(change.place)
        year = part("from")
        by_year[year.text], by_year.keys_at[year.text] = part(amount), year.place
        put(change, "to" if operator == "set" else "allocations", by_year)
        found -= {amount, "from"}
    for name in ("measure", "years", "share", "by", "to", "from", "amount"):
        if name in found:
            put(change, "year" if operator == "set" and name == "from" else name, part(name))
    if "yearly" in found:
        put(change, "yearly", Scalar("true", change.place))
    return change


BUDGET = ("gross", "income", "net")
