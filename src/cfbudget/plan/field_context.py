"""What a field needs to know while a file is read, and where its problems go.

A value that cannot be taken is recorded with its place and a stand-in is used, so that one run
reports every problem of a file. Nothing is ever computed from a file that has problems.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import ValidationInfo

from cfbudget import rules
from cfbudget.money import Unit
from cfbudget.nodes import ListNode, MappingNode, Node, Scalar
from cfbudget.problem import Place, Problem, Rule, clipped
from cfbudget.years import FinancialYear


@dataclass(slots=True)
class Reading:
    """One file being read: its unit, years and signs, known before its figures; its problems."""

    file: str
    unit: Unit | None = None
    years: frozenset[FinancialYear] | None = None
    income_is_plus: bool = False
    """Whether its income is printed without a minus, and is turned as it is read."""
    problems: list[Problem] = field(default_factory=list)
    spoilt: set[str] = field(default_factory=set)
    """The fields of which a value could not be taken, and a stand-in is used."""

    def report(self, rule: Rule, place: Place, message: str, hint: str | None = None) -> None:
        self.problems.append(rule.at(place, message, hint))

    def scalar(self, node: Node, what: str) -> Scalar | None:
        """The node as one value; None, and a problem, where it is a list or a mapping."""
        if isinstance(node, Scalar):
            return node
        message = f"{shape_of(node)} stands in place of {what}"
        self.report(rules.WRONG_SHAPE, node.place, message, "write one value")
        return None

    def mapping(self, node: Node, what: str, example: str) -> MappingNode | None:
        """The node as a mapping; None, and a problem, where it is anything else."""
        if isinstance(node, MappingNode):
            return node
        message = f"{shape_of(node)} stands in place of {what}"
        self.report(rules.WRONG_SHAPE, node.place, message, f"write {example}")
        return None


def reading_of(info: ValidationInfo) -> Reading:
    """The file being read. Models are made by reading alone, so that every figure has a place."""
    if not isinstance(info.context, Reading):
        raise TypeError("a plan's models are read from files: use cfbudget.load")
    return info.context


def shape_of(node: Node) -> str:
    """A node in words."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, ListNode):
        return "a list"
    return f"{clipped(node.text)!r}" if node.text else "nothing"


def comma_hint(key: str) -> str | None:
    """What to type where a key is most likely the end of an amount: {net: 77,523}."""
    if re.fullmatch(r"\d{3}(\.\d+)?\)?", key, re.ASCII):
        return "quote an amount that holds a comma inside {}: '1,234'"
    return None


def colon_hint(key: str, words: Sequence[str]) -> str | None:
    """What to type where a key has run together with its value: {net:80}."""
    word, colon, value = key.partition(":")
    if colon and word in words:
        return f"put a space after the colon: {clipped(f'{word}: {value.strip()}')}"
    return None


def is_blank(node: Node) -> bool:
    """Whether nothing is written, as after a comma inside {}: {name: Homes, Adults}."""
    return isinstance(node, Scalar) and not node.text
